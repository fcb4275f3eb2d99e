create table if not exists identity.repair (number varchar, repaired_number varchar);

-- A number that cannot be right has few right neighbours one slip away; those that somebody holds are candidates.
-- One substitution, one swap of neighbours, one swap ten places apart (equal weights: the check digit is blind
-- to it), one digit lost, one digit too many.
create or replace temp table repair_tonight as
with damaged as (
    select distinct
        stated.number,
        stated.number_class
    from identity.stated as stated
    where
        stated.number_class in ('bad_check', 'bad_date', 'short', 'long')
        -- a wrong number may look like one that a program rounded
        or stated.number_class = 'rounded' and not ends_with(stated.number, '000')
),

held as (
    select stated.number
    from identity.stated as stated
    where stated.number_class = 'valid'

    union

    select stated.lifelong_number as number
    from identity.stated as stated
    where stated.lifelong_number is not null
),

places as (
    select unnest(range(1, 20)) as place
),

digits as (
    select unnest(string_split('0123456789X', '')) as digit
),

neighbours as (
    select
        damaged.number,
        substr(damaged.number, 1, places.place - 1) || digits.digit || substr(damaged.number, places.place + 1)
            as neighbour
    from damaged
    inner join places on length(damaged.number) >= places.place
    cross join digits
    where length(damaged.number) = 18

    union all

    select
        damaged.number,
        substr(damaged.number, 1, places.place - 1) || substr(damaged.number, places.place + 1, 1)
        || substr(damaged.number, places.place, 1) || substr(damaged.number, places.place + 2) as neighbour
    from damaged
    inner join places on length(damaged.number) > places.place
    where length(damaged.number) = 18

    union all

    select
        damaged.number,
        substr(damaged.number, 1, places.place - 1) || substr(damaged.number, places.place + 10, 1)
        || substr(damaged.number, places.place + 1, 9) || substr(damaged.number, places.place, 1)
        || substr(damaged.number, places.place + 11) as neighbour
    from damaged
    inner join places on places.place <= 7
    where length(damaged.number) = 18

    union all

    select
        damaged.number,
        substr(damaged.number, 1, places.place - 1) || digits.digit || substr(damaged.number, places.place)
            as neighbour
    from damaged
    inner join places on length(damaged.number) + 1 >= places.place
    cross join digits
    where length(damaged.number) = 17

    union all

    select
        damaged.number,
        substr(damaged.number, 1, places.place - 1) || substr(damaged.number, places.place + 1) as neighbour
    from damaged
    inner join places on length(damaged.number) >= places.place
    where length(damaged.number) = 19
)

-- two slips can lead to the same neighbour; coalesce keeps the planner from hashing the neighbours, which are a
-- hundred times as many as the numbers held
select distinct
    neighbours.number,
    neighbours.neighbour as repaired_number
from neighbours
where coalesce(neighbours.neighbour in (select held.number from held), false);

-- wrong numbers with other right neighbours than last night
create or replace temp table reread_number as
select tonight.number
from repair_tonight as tonight
anti join identity.repair as known
    on
        tonight.number = known.number
        and tonight.repaired_number = known.repaired_number

union

select known.number
from identity.repair as known
anti join repair_tonight as tonight
    on
        known.number = tonight.number
        and known.repaired_number = tonight.repaired_number;

create or replace table identity.repair as
select
    tonight.number,
    tonight.repaired_number
from repair_tonight as tonight;
