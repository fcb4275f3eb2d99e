/*
reads: [core.person_record, core.person_link]
comment: >-
  Every name under which any delivery knows a person (own) or the person's guardian (guardian), folded as the matcher
  folds names: banks drop the dot of a minority name, blanks and brackets.
*/
with recorded as materialized (
    select
        link.person_id,
        record.name,
        record.former_name,
        record.guardian_name
    from core.person_record as record
    inner join core.person_link as link
        on record.record_id = link.record_id
),

named as (
    select
        recorded.person_id,
        'own' as role,
        recorded.name
    from recorded
    group by recorded.person_id, recorded.name
    union all
    select
        recorded.person_id,
        'own' as role,
        recorded.former_name as name
    from recorded
    where recorded.former_name is not null
    union all
    select
        recorded.person_id,
        'guardian' as role,
        recorded.guardian_name as name
    from recorded
    where recorded.guardian_name is not null
    group by recorded.person_id, recorded.guardian_name
)

select
    named.person_id,
    named.role,
    name_key(named.name) as name
from named
where name_key(named.name) is not null
group by named.person_id, named.role, name_key(named.name)
