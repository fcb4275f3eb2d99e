-- What each day of export shows of a student at a school: one state; days are taken in their order, school by school.
create or replace temp table ranked_sighting as
with stated as (
    select
        sighting.* exclude (study_form, id_number),  -- noqa: RF02,AM04
        upper(student_no) as student_key,
        nullif(trim(id_number), '') as id_number,
        coalesce(study_form, 'full_time') as study_form
    from sighting
),

chosen as (
    select *
    from stated
    -- Two levels at one school: the enrolment that goes on stands for the student.
    qualify
        row_number() over (
            partition by registry, school_code, student_key, seen_on
            order by
                status not in ('active', 'resumed', 'suspended', 'stopped', 'reserved', 'other'),
                entry_month desc nulls last,
                left_on desc nulls first,
                source_file,
                status,
                class_name,
                major_code
        ) = 1
)

select
    *,  -- noqa: AM04
    md5_number_lower(
        row(
            status, grade, class_name, major_code, study_form, entry_month, registered_on, expected_end, left_on
        )::varchar
    ) as state_digest,
    dense_rank() over (partition by registry, school_code order by seen_on) as day_rank
from chosen;
