/*
reads: [core.enrolment, core.school, attendance]
comment: >-
  What the monthly attendance list says of an enrolment (vocational and technical, on the roll the whole month): its
  row, or that it has none on a list which names at least half of its class. Where a class is missing from the list
  nothing is said. Rows of unknown numbers at the school are counted: one of them may be the student who is not listed.
  Of copies the kindest cells count. A row at a school where the student has no enrolment is that of a
  host. In holidays and on placements the class is not present.
*/
-- A number may stand in two registries for two people; the row's own registry tells whose it is.
with known_number as (
    select
        enrolment.registry,
        upper(trim(enrolment.student_no)) as student_no,
        min(enrolment.person_id) as person_id
    from core.enrolment as enrolment
    group by enrolment.registry, upper(trim(enrolment.student_no))
    having count(distinct enrolment.person_id) = 1
),

sole_number as (
    select
        upper(trim(enrolment.student_no)) as student_no,
        min(enrolment.person_id) as person_id
    from core.enrolment as enrolment
    group by upper(trim(enrolment.student_no))
    having count(distinct enrolment.person_id) = 1
),

delivered_row as (
    select
        row_of.registry,
        row_of.month,
        row_of.periods_due,
        row_of.periods_present,
        row_of.periods_excused,
        row_of.periods_absent,
        row_of.longest_absence,
        row_of.record_id,
        coalesce(known_number.person_id, sole_number.person_id) as person_id,
        coalesce(school.current_school_code, row_of.school_code) as current_school_code
    from attendance as row_of
    left join core.school as school
        on row_of.school_code = school.school_code
    left join known_number
        on
            row_of.registry = known_number.registry
            and upper(trim(row_of.student_no)) = known_number.student_no
    left join sole_number
        on upper(trim(row_of.student_no)) = sole_number.student_no
    where row_of.month % 100 between 1 and 12
),

student_row as (
    select
        delivered_row.registry,
        delivered_row.current_school_code,
        delivered_row.month,
        delivered_row.person_id,
        max(delivered_row.periods_due) as periods_due,
        max(delivered_row.periods_present) as periods_present,
        max(delivered_row.periods_excused) as periods_excused,
        min(delivered_row.periods_absent) as periods_absent,
        min(delivered_row.longest_absence) as longest_absence,
        min(delivered_row.record_id) as attendance_record_id
    from delivered_row
    where delivered_row.person_id is not null
    group by
        delivered_row.registry,
        delivered_row.current_school_code,
        delivered_row.month,
        delivered_row.person_id
),

enrolled_at as (
    select
        enrolment.person_id,
        enrolment.current_school_code
    from core.enrolment as enrolment
    group by enrolment.person_id, enrolment.current_school_code
),

hosted as (
    select
        student_row.person_id,
        student_row.month,
        max(student_row.periods_present) as periods_present
    from student_row
    left join enrolled_at
        on
            student_row.person_id = enrolled_at.person_id
            and student_row.current_school_code = enrolled_at.current_school_code
    where enrolled_at.person_id is null
    group by student_row.person_id, student_row.month
),

school_list as (
    select
        delivered_row.registry,
        delivered_row.current_school_code,
        delivered_row.month,
        cast(count(*) filter (where delivered_row.person_id is null) as integer) as unknown_rows,
        make_date(delivered_row.month // 100, delivered_row.month % 100, 1) as first_day
    from delivered_row
    group by delivered_row.registry, delivered_row.current_school_code, delivered_row.month
),

due as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code,
        enrolment.class_name,
        enrolment.entry_month,
        school_list.month,
        school_list.first_day,
        school_list.unknown_rows,
        student_row.periods_due,
        student_row.periods_present,
        student_row.periods_excused,
        student_row.periods_absent,
        student_row.longest_absence,
        student_row.attendance_record_id,
        last_day(school_list.first_day) as last_day
    from school_list
    inner join core.enrolment as enrolment
        on
            school_list.registry = enrolment.registry
            and school_list.current_school_code = enrolment.current_school_code
            and school_list.first_day >= enrolment.started_on
            and coalesce(enrolment.ended_on > last_day(school_list.first_day), true)
    left join student_row
        on
            enrolment.registry = student_row.registry
            and enrolment.current_school_code = student_row.current_school_code
            and enrolment.person_id = student_row.person_id
            and school_list.month = student_row.month
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.study_form = 'full_time'
),

measured as (
    select
        due.*,
        count(due.attendance_record_id) over same_class as listed_in_class,
        count(*) filter (where due.periods_present > 0) over same_class as present_in_class,
        count(*) over same_class as class_size
    from due
    window same_class as (
        partition by due.registry, due.current_school_code, due.month, due.class_name, due.entry_month
    )
)

select
    measured.record_id,
    measured.registry,
    measured.current_school_code,
    measured.month,
    measured.first_day,
    measured.last_day,
    measured.attendance_record_id,
    measured.unknown_rows,
    measured.periods_due,
    case when measured.month % 100 between 2 and 8 then 'spring' else 'autumn' end as term,
    measured.month // 100 - case when measured.month % 100 <= 8 then 1 else 0 end as cohort_year,
    measured.attendance_record_id is not null as is_listed,
    2 * measured.present_in_class >= measured.class_size as is_class_present,
    coalesce(measured.periods_present, 0) as periods_present,
    coalesce(measured.periods_excused, 0) as periods_excused,
    coalesce(measured.periods_absent, 0) as periods_absent,
    coalesce(measured.longest_absence, 0) as longest_absence,
    coalesce(hosted.periods_present, 0) as periods_hosted
from measured
left join hosted
    on
        measured.person_id = hosted.person_id
        and measured.month = hosted.month
where
    measured.attendance_record_id is not null
    or 2 * measured.listed_in_class >= measured.class_size
