/*
reads: [core.enrolment, core.person_record]
comment: >-
  Every registration with what is right and wrong about it: the rows behind each number of the data-quality notice
  (pipeline/report) and of RQ602. Cells that its registry has and that are filled; whether number, major and month are
  possible; whether birth date and sex agree with the number; whether it was delivered once; whether a fresh junior
  graduate is the person of a compulsory-school record (null where those records do not reach that year).
*/
with junior as (
    select
        enrolment.person_id,
        max(enrolment.cohort) as cohort
    from core.enrolment as enrolment
    where enrolment.stage = 'junior'
    group by enrolment.person_id
),

-- The junior schools' records reach an intake where half of its fresh graduates are among them.
reached as (
    select enrolment.cohort
    from core.enrolment as enrolment
    left join junior
        on enrolment.person_id = junior.person_id
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.entrant_type = 'junior_fresh'
    group by enrolment.cohort
    having 2 * count(junior.person_id) >= count(*)
),

stated as (
    select
        enrolment.current_school_code as school_code,
        enrolment.record_id,
        enrolment.source_file,
        enrolment.sheet,
        enrolment.source_row,
        enrolment.registry,
        enrolment.cohort,
        enrolment.study_form,
        enrolment.copies,
        enrolment.born_on as known_born_on,
        enrolment.sex,
        enrolment.entry_month,
        enrolment.major_code,
        row_of.born_on,
        row_of.sex as stated_sex,
        coalesce(row_of.phone, row_of.guardian_phone) as phone,
        id_normalise(row_of.id_number) as id_number,
        case
            when
                enrolment.registry in ('vocational', 'technical')
                and enrolment.entrant_type = 'junior_fresh'
                and reached.cohort is not null
                then junior.person_id is not null
        end as is_verified
    from core.enrolment as enrolment
    left join core.person_record as row_of
        on enrolment.record_id = row_of.record_id
    left join junior
        on enrolment.person_id = junior.person_id
    left join reached
        on enrolment.cohort = reached.cohort
),

-- The macros name their argument many times over: a column keeps the query small.
judged as (
    select
        stated.*,
        id_class(stated.id_number) as id_class,
        id_birth(stated.id_number) as id_born_on,
        id_sex(stated.id_number) as id_sex
    from stated
)

select
    judged.school_code,
    judged.record_id,
    judged.source_file,
    judged.sheet,
    judged.source_row,
    judged.registry,
    judged.cohort,
    judged.study_form,
    judged.is_verified,
    judged.registry in ('vocational', 'technical') as has_deadline,
    -- The cells that the registry has: k12 no major, higher no phone.
    6 - cast(judged.registry in ('k12', 'higher') as integer) as cells,
    cast(judged.id_number is not null as integer)
    + cast(judged.known_born_on is not null as integer)
    + cast(coalesce(judged.sex, 'unknown') <> 'unknown' as integer)
    + cast(judged.entry_month is not null as integer)
    + cast(judged.registry <> 'higher' and judged.phone is not null as integer)
    + cast(judged.registry <> 'k12' and judged.major_code is not null as integer) as filled,
    judged.id_class in ('rounded', 'scientific', 'masked') as is_damaged,
    judged.id_class in ('valid', 'temporary', 'foreign')
    and coalesce(judged.entry_month % 100 between 1 and 12, true)
    and coalesce(
        judged.registry <> 'vocational'
        or regexp_matches(judged.major_code, '^(0[1-9]|1[0-9]|6[1-9]|7[0-9])[0-9]{4}'),
        true
    ) as is_valid,
    coalesce(judged.born_on = judged.id_born_on, true)
    and coalesce(nullif(judged.stated_sex, 'unknown') = judged.id_sex, true) as is_consistent,
    judged.copies = 1 as is_unique
from judged
