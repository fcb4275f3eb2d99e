-- Every registration with what is right and wrong about it; the rows behind each number of the notice.
create or replace temp table quality_row as
with stated as (
    select
        enrolment.current_school_code as school_code,
        enrolment.record_id,
        enrolment.source_file,
        enrolment.sheet,
        enrolment.source_row,
        enrolment.registry,
        enrolment.copies,
        enrolment.born_on as known_born_on,
        enrolment.sex,
        enrolment.entry_month,
        enrolment.major_code,
        row_of.born_on,
        coalesce(row_of.phone, row_of.guardian_phone) as phone,
        id_normalise(row_of.id_number) as id_number
    from core.enrolment as enrolment
    left join core.person_record as row_of on enrolment.record_id = row_of.record_id
),

-- The macros name their argument many times over: a column keeps the query small.
judged as (
    select
        stated.*,
        id_class(stated.id_number) as id_class,
        id_birth(stated.id_number) as id_born_on
    from stated
)

select
    school_code,
    record_id,
    source_file,
    sheet,
    source_row,
    registry in ('vocational', 'technical') as has_deadline,
    -- The cells that the registry has: k12 no major, higher no phone.
    6 - cast(registry in ('k12', 'higher') as integer) as cells,
    cast(id_number is not null as integer)
    + cast(known_born_on is not null as integer)
    + cast(coalesce(sex, 'unknown') <> 'unknown' as integer)
    + cast(entry_month is not null as integer)
    + cast(registry <> 'higher' and phone is not null as integer)
    + cast(registry <> 'k12' and major_code is not null as integer) as filled,
    id_class in ('valid', 'temporary', 'foreign') as is_valid,
    coalesce(born_on = id_born_on, true) as is_consistent,
    copies = 1 as is_unique
from judged;
