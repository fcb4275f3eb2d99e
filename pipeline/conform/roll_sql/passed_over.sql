-- A list is delivered again where half of those whom it showed last are shown again; who is not, vanished. Few students
-- of an entry month say too little, so that there the whole school's list decides.
update work.roll_seen
set vanished_on = passed_over.seen_on
from (
    with school_day as (
        select
            registry,
            school_code,
            any_value(seen_on) as seen_on
        from day_sighting
        group by registry, school_code
    ),

    listed_before as (
        select
            known.registry,
            known.school_code,
            known.student_key,
            known.entry_month,
            known.last_seen_on,
            school_day.seen_on,
            shown.student_key is not null as is_shown
        from work.roll_seen as known
        inner join school_day on known.registry = school_day.registry and known.school_code = school_day.school_code
        left join day_sighting as shown
            on
                known.registry = shown.registry
                and known.school_code = shown.school_code
                and known.student_key = shown.student_key
        where
            known.is_latest
            and known.vanished_on is null
            and known.last_seen_on < school_day.seen_on
    ),

    counted as (
        select
            *,
            count(*) over of_entry as entrants,
            count(*) filter (where is_shown) over of_entry as entrants_shown,
            count(*) over of_school as students,
            count(*) filter (where is_shown) over of_school as students_shown
        from listed_before
        window
            of_entry as (partition by registry, school_code, last_seen_on, entry_month),
            of_school as (partition by registry, school_code, last_seen_on)
    )

    select
        registry,
        school_code,
        student_key,
        seen_on
    from counted
    where
        not is_shown
        and 2 * students_shown >= if(entrants >= 5, 0, students)
        and 2 * entrants_shown >= if(entrants >= 5, entrants, 0)
) as passed_over
where
    roll_seen.registry = passed_over.registry
    and roll_seen.school_code = passed_over.school_code
    and roll_seen.student_key = passed_over.student_key
    and roll_seen.is_latest;
