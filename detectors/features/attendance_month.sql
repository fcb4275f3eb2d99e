/*
reads: [core.enrolment, core.school, feature.student_number, attendance]
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
        number.registry,
        number.student_no,
        number.person_id
    from feature.student_number as number
    where number.registry is not null
),

sole_number as (
    select
        number.student_no,
        number.person_id
    from feature.student_number as number
    where number.registry is null
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

hosted as (
    select
        student_row.person_id,
        student_row.month,
        max(student_row.periods_present) as periods_present
    from student_row
    anti join core.enrolment as enrolment
        on
            student_row.person_id = enrolment.person_id
            and student_row.current_school_code = enrolment.current_school_code
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

class_list as (
    select
        due.registry,
        due.current_school_code,
        due.month,
        due.class_name,
        due.entry_month,
        2 * count(due.attendance_record_id) >= count(*) as is_covered,
        2 * count(*) filter (where due.periods_present > 0) >= count(*) as is_present
    from due
    group by due.registry, due.current_school_code, due.month, due.class_name, due.entry_month
)

select
    due.record_id,
    due.registry,
    due.current_school_code,
    due.month,
    due.first_day,
    due.last_day,
    due.attendance_record_id,
    due.unknown_rows,
    due.periods_due,
    class_list.is_present as is_class_present,
    case when due.month % 100 between 2 and 8 then 'spring' else 'autumn' end as term,
    due.month // 100 - case when due.month % 100 <= 8 then 1 else 0 end as cohort_year,
    due.attendance_record_id is not null as is_listed,
    coalesce(due.periods_present, 0) as periods_present,
    coalesce(due.periods_excused, 0) as periods_excused,
    coalesce(due.periods_absent, 0) as periods_absent,
    coalesce(due.longest_absence, 0) as longest_absence,
    coalesce(hosted.periods_present, 0) as periods_hosted
from due
inner join class_list
    on
        due.registry = class_list.registry
        and due.current_school_code = class_list.current_school_code
        and due.month = class_list.month
        and due.class_name is not distinct from class_list.class_name
        and due.entry_month is not distinct from class_list.entry_month
left join hosted
    on
        due.person_id = hosted.person_id
        and due.month = hosted.month
where
    due.attendance_record_id is not null
    or class_list.is_covered
