-- Which of tonight's rows a decision is about. A row is known again by its place if it still says the same, by what
-- it says if it moved, and by its place if number and name are as they were; else the decision waits for it.
create or replace table identity.row_said as
select
    record.record_id,
    identity.who_key(record) as who_key,
    identity.said_key(record) as said_key
from core.person_record as record
-- on a night without decisions nothing has to be known again
where
    exists (select 1 from identity.must_link)
    or exists (select 1 from identity.must_not_link);

-- what a row said when it was decided on, kept from the first night on which it was seen
insert into identity.decided_row by name
with named as (
    select unnest([decided.record_id_a, decided.record_id_b]) as record_id
    from identity.must_link as decided

    union

    select unnest([decided.record_id_a, decided.record_id_b]) as record_id
    from identity.must_not_link as decided
)

select
    said.record_id,
    said.said_key,
    said.who_key,
    said.record_id as place_id
from named
inner join identity.row_said as said on named.record_id = said.record_id
anti join identity.decided_row as known on named.record_id = known.record_id;

create or replace table identity.row_tonight as
with decided as (
    select
        known.record_id,
        known.said_key,
        known.who_key,
        coalesce(known.place_id, known.record_id) as place_id
    from identity.decided_row as known
),

in_place as (
    select
        decided.record_id,
        said.record_id as tonight_id
    from decided
    inner join identity.row_said as said
        on
            decided.place_id = said.record_id
            and decided.said_key = said.said_key
),

away as (
    select
        decided.record_id,
        decided.said_key,
        -- several decisions may be about one row
        dense_rank() over (partition by decided.said_key order by decided.place_id) as place
    from decided
    anti join in_place on decided.record_id = in_place.record_id
),

elsewhere as (
    select
        said.record_id,
        said.said_key,
        row_number() over (partition by said.said_key order by said.record_id) as place
    from identity.row_said as said
    anti join in_place on said.record_id = in_place.tonight_id
),

-- rows written alike are taken in order, each for one decided row
moved as (
    select
        away.record_id,
        elsewhere.record_id as tonight_id
    from away
    inner join elsewhere
        on
            away.said_key = elsewhere.said_key
            and away.place = elsewhere.place
),

amended as (
    select
        decided.record_id,
        said.record_id as tonight_id
    from decided
    inner join identity.row_said as said
        on
            decided.place_id = said.record_id
            and decided.who_key = said.who_key
    anti join in_place on decided.record_id = in_place.record_id
    anti join moved on decided.record_id = moved.record_id
)

select
    in_place.record_id,
    in_place.tonight_id
from in_place

union all

select
    moved.record_id,
    moved.tonight_id
from moved

union all

select
    amended.record_id,
    amended.tonight_id
from amended;

create or replace table identity.asked as
with decided as (
    select
        decided.record_id_a,
        decided.record_id_b,
        'must_link' as decision
    from identity.must_link as decided

    union all

    select
        decided.record_id_a,
        decided.record_id_b,
        'must_not_link' as decision
    from identity.must_not_link as decided
)

select
    one.tonight_id as record_id_a,
    other.tonight_id as record_id_b,
    decided.decision
from decided
inner join identity.row_tonight as one on decided.record_id_a = one.record_id
inner join identity.row_tonight as other on decided.record_id_b = other.record_id;

-- rows that inspectors hold apart are not collapsed with rows that are written alike
create or replace table identity.apart as
with named as (
    select unnest([asked.record_id_a, asked.record_id_b]) as record_id
    from identity.asked as asked
    where asked.decision = 'must_not_link'
)

select named.record_id
from named
group by named.record_id;
