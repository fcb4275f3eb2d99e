-- Keep what tonight's cases say, where it differs from what they said last.
insert into work.case_content by name
with last_said as (
    select
        case_id,
        max_by(content_digest, as_of) as content_digest
    from work.case_content
    group by case_id
),

said as (
    select
        content.*,
        sentence.* exclude (case_id)
    from content
    inner join sentence on content.case_id = sentence.case_id
),

digested as (
    select
        said.*,
        cast($as_of as date) as as_of,
        md5(cast(to_json(said) as varchar)) as content_digest
    from said
)

-- Inserted by name: the table says which columns there are.
select digested.*  -- noqa: AM04
from digested
left join last_said on digested.case_id = last_said.case_id
where last_said.content_digest is distinct from digested.content_digest;
