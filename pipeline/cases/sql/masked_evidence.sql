-- The findings as JSON once more, with every value under a name that the schemas mark as personal masked.
with personal_value as (
    select
        found.case_id,
        personal_column.name,
        mask(personal_column.personal, found.evidence ->> personal_column.name) as masked
    from found
    inner join personal_column
        on json_exists(found.evidence, '$.' || personal_column.name)
),

patch as (
    select
        case_id,
        json_group_object(name, masked) as masked
    from personal_value
    group by case_id
)

update found
set evidence_masked = coalesce((
    select json_merge_patch(found.evidence, patch.masked)
    from patch
    where patch.case_id = found.case_id
), found.evidence);
