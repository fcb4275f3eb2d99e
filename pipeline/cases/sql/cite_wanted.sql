-- The rows that tonight's findings mention, by role; a row that is subject or other is not listed again as evidence.
insert into cited_record by name
with mentioned as (
    select
        case_id,
        record_id,
        'subject' as role,
        1 as standing
    from found
    union all
    select
        case_id,
        other_record_id as record_id,
        'other' as role,
        2 as standing
    from found
    union all
    select
        case_id,
        unnest(evidence_record_ids) as record_id,
        'evidence' as role,
        3 as standing
    from found
)

select
    case_id,
    record_id,
    min_by(role, standing) as role
from mentioned
where record_id is not null
group by case_id, record_id;
