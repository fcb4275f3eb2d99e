-- Every written value once: the night has ten times more rows than numbers and names.
create schema if not exists identity;

create or replace table identity.number_value as
with written as (
    select id_number as written
    from core.person_record
    where id_number is not null

    union

    select guardian_id as written
    from core.person_record
    where guardian_id is not null
),

normalised as materialized (
    select
        written.written,
        id_normalise(written.written) as number
    from written
),

classed as materialized (
    select
        normalised.written,
        normalised.number,
        id_class(normalised.number) as number_class
    from normalised
)

select
    classed.written,
    classed.number_class,
    case when classed.number_class not in ('none', 'placeholder') then classed.number end as number,
    id_birth(classed.number) as born_on,
    case when classed.number_class = 'valid' then id_sex(classed.number) end as sex
from classed;

create or replace table identity.name_value as
with written as (
    select name as written
    from core.person_record
    where name is not null

    union

    select former_name as written
    from core.person_record
    where former_name is not null

    union

    select guardian_name as written
    from core.person_record
    where guardian_name is not null
)

select
    written.written,
    name_key(written.written) as name_key,
    name_in_brackets(written.written) as former_key
from written;
