/*
reads: [core.person_record, core.person_link]
comment: >-
  Every name under which any delivery knows a person (own) or the person's guardian (guardian), folded as the matcher
  folds names: banks drop the dot of a minority name, blanks and brackets.
*/
with named as (
    select
        link.person_id,
        'own' as role,
        record.name
    from core.person_record as record
    inner join core.person_link as link
        on record.record_id = link.record_id
    union all
    select
        link.person_id,
        'own' as role,
        record.former_name as name
    from core.person_record as record
    inner join core.person_link as link
        on record.record_id = link.record_id
    union all
    select
        link.person_id,
        'guardian' as role,
        record.guardian_name as name
    from core.person_record as record
    inner join core.person_link as link
        on record.record_id = link.record_id
)

select
    named.person_id,
    named.role,
    name_key(named.name) as name
from named
where name_key(named.name) is not null
group by named.person_id, named.role, name_key(named.name)
