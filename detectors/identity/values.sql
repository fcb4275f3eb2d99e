-- Every written value once: the night has ten times more rows than numbers and names. What a value says never changes.
insert into identity.number_value by name
with written as (
    select record.id_number as written
    from new_record() as record
    where record.id_number is not null

    union

    select record.guardian_id as written
    from new_record() as record
    where record.guardian_id is not null

    union

    -- the number in a 学籍号
    select upper(trim(record.student_no))[2:] as written
    from new_record() as record
    where regexp_full_match(upper(trim(record.student_no)), '[GJL][0-9]{17}[0-9X]')
),

normalised as materialized (
    select
        written.written,
        id_normalise(written.written) as number
    from written
    anti join identity.number_value as known on written.written = known.written
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

insert into identity.name_value by name
with written as (
    select record.name as written
    from new_record() as record
    where record.name is not null

    union

    select record.former_name as written
    from new_record() as record
    where record.former_name is not null

    union

    select record.guardian_name as written
    from new_record() as record
    where record.guardian_name is not null
)

select
    written.written,
    name_key(written.written) as name_key,
    name_in_brackets(written.written) as former_key
from written
anti join identity.name_value as known on written.written = known.written;
