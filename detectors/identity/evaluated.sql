with met as (
    select
        labelled.true_person::varchar as true_person,
        link.person_id,
        count(*) as records
    from labelled_rows as labelled
    inner join core.person_link as link on labelled.record_id = link.record_id
    group by labelled.true_person, link.person_id
),

truly as (
    select sum(met.records) as records
    from met
    group by met.true_person
),

resolved as (
    select sum(met.records) as records
    from met
    group by met.person_id
),

paired as (
    select
        count(*) as persons,
        sum(resolved.records * (resolved.records - 1) // 2) as pairs
    from resolved
),

truly_paired as (
    select
        count(*) as persons,
        sum(truly.records * (truly.records - 1) // 2) as pairs
    from truly
),

rightly_paired as (
    select
        sum(met.records) as records,
        sum(met.records * (met.records - 1) // 2) as pairs
    from met
)

select
    paired.persons,
    truly_paired.persons as true_persons,
    coalesce(rightly_paired.records, 0)::bigint as records,
    coalesce(paired.pairs, 0)::bigint as pairs,
    coalesce(truly_paired.pairs, 0)::bigint as true_pairs,
    coalesce(rightly_paired.pairs, 0)::bigint as right_pairs
from rightly_paired
cross join paired
cross join truly_paired
