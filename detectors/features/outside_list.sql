/*
reads: [core.person_record, core.person_link]
comment: >-
  Persons whom lists know that no vocational or technical school writes itself: junior and general high schools, the
  admission platform, universities, certificates, training, the departments' lists.
*/
select
    link.person_id,
    string_agg(distinct record.source, ',' order by record.source) as sources
from core.person_record as record
inner join core.person_link as link
    on record.record_id = link.record_id
where
    record.source in (
        'admissions', 'counter_evidence', 'higher_students', 'k12_students', 'skill_certificates', 'special_statuses',
        'training_subsidies'
    )
group by link.person_id
