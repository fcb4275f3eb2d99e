-- Pairs of rows of one person: how many truly are, how many were said to be, how many both.
with wanted as (
    select unnest($sources) as source
),

linked as (
    select
        true_record.true_person,
        coalesce(link.person_id, 'row ' || row_number() over ()) as person_id
    from true_record
    inner join core.person_record as record
        on
            true_record.source = record.source
            and true_record.source_file = record.source_file
            and coalesce(true_record.sheet, '') = coalesce(record.sheet, '')
            and true_record.source_row = record.source_row
    inner join wanted
        on true_record.source = wanted.source
    left join core.person_link as link
        on record.record_id = link.record_id
),

both_ways as (
    select
        linked.true_person,
        linked.person_id,
        count(*) as records
    from linked
    group by
        linked.true_person,
        linked.person_id
),

truly as (
    select sum(records * (records - 1) / 2) as pairs
    from (
        select sum(both_ways.records) as records
        from both_ways
        group by both_ways.true_person
    ) as person
),

said as (
    select sum(records * (records - 1) / 2) as pairs
    from (
        select sum(both_ways.records) as records
        from both_ways
        group by both_ways.person_id
    ) as person
),

agreed as (
    select sum(both_ways.records * (both_ways.records - 1) / 2) as pairs
    from both_ways
)

select
    cast(agreed.pairs as bigint) as agreed_pairs,
    cast(said.pairs as bigint) as said_pairs,
    cast(truly.pairs as bigint) as true_pairs
from agreed
cross join said
cross join truly;
