/*
reads: [feature.concurrent_enrolment, core.enrolment, core.change]
comment: >-
  Pairs of concurrent enrolments that carry two identity numbers and on one of which an approved amendment of the
  personal data was recorded: one student, written twice until the correction.
*/
with amendment as (
    select
        change.enrolment_record_id,
        max(change.changed_on) as corrected_on
    from core.change as change
    where
        change.change_type = 'amend'
        and change.is_approved
        and change.enrolment_record_id is not null
    group by change.enrolment_record_id
)

select
    together.record_id,
    together.other_record_id,
    greatest(own_amendment.corrected_on, other_amendment.corrected_on) as corrected_on
from feature.concurrent_enrolment as together
inner join core.enrolment as own
    on together.record_id = own.record_id
inner join core.enrolment as other
    on together.other_record_id = other.record_id
left join amendment as own_amendment
    on together.record_id = own_amendment.enrolment_record_id
left join amendment as other_amendment
    on together.other_record_id = other_amendment.enrolment_record_id
where
    own.id_number is distinct from other.id_number
    and coalesce(own_amendment.corrected_on, other_amendment.corrected_on) is not null
