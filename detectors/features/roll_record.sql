/*
reads: [core.roll_history, core.enrolment, core.school_lineage]
comment: >-
  A student of a registry at a school (by its code of today) over all deliveries: when first and last listed, when and
  on how many days of export as on the roll (two, months apart, are persistence), when first shown as ended, and how the
  student vanished from a list that was delivered again: ended, programme_over, renumbered, merged, elsewhere or
  unexplained. Null while nobody vanished; a list not delivered again says nothing.
*/
with shown as (
    select
        history.*,
        history.status in ('active', 'resumed', 'suspended', 'stopped', 'reserved')
        and coalesce(history.left_on > history.first_seen_on, true) as is_on_roll
    from core.roll_history as history
),

record as (
    select
        shown.registry,
        shown.current_school_code,
        shown.student_key,
        cast(sum(shown.days_seen) as integer) as days_seen,
        cast(coalesce(sum(shown.days_seen) filter (where shown.is_on_roll), 0) as integer) as on_roll_days_seen,
        any_value(shown.region_code order by shown.school_code) as region_code,
        max(shown.enrolment_record_id) as record_id,
        max(shown.person_id) as person_id,
        arg_max(shown.school_code, (shown.last_seen_on, shown.first_seen_on)) as school_code,
        arg_max(shown.class_name, (shown.last_seen_on, shown.first_seen_on)) as class_name,
        arg_max(shown.major_code, (shown.last_seen_on, shown.first_seen_on)) as major_code,
        arg_max(shown.study_form, (shown.last_seen_on, shown.first_seen_on)) as study_form,
        arg_max(shown.entry_month, (shown.last_seen_on, shown.first_seen_on)) as entry_month,
        arg_max(shown.status, (shown.last_seen_on, shown.first_seen_on)) as status,
        arg_max_null(shown.registered_on, (shown.last_seen_on, shown.first_seen_on)) as registered_on,
        arg_max_null(shown.vanished_on, (shown.last_seen_on, shown.first_seen_on)) as missing_on,
        arg_max(shown.is_on_roll, (shown.last_seen_on, shown.first_seen_on)) as is_on_roll,
        max(shown.expected_end) as expected_end,
        max(shown.left_on) as left_on,
        min(shown.first_seen_on) as first_seen_on,
        max(shown.last_seen_on) as last_seen_on,
        min(shown.first_seen_on) filter (where shown.is_on_roll) as on_roll_from,
        max(shown.last_seen_on) filter (where shown.is_on_roll) as on_roll_to,
        min(shown.first_seen_on) filter (where not shown.is_on_roll) as ended_seen_on
    from shown
    group by shown.registry, shown.current_school_code, shown.student_key
),

still_there as (
    select
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code
    from core.enrolment as enrolment
    where enrolment.is_open_in_registry
    group by enrolment.person_id, enrolment.registry, enrolment.current_school_code
),

found_again as (
    select
        record.registry,
        record.current_school_code,
        record.student_key,
        bool_or(
            still_there.registry = record.registry and still_there.current_school_code = record.current_school_code
        ) as is_renumbered
    from record
    inner join still_there
        on record.person_id = still_there.person_id
    where
        record.missing_on is not null
        and record.record_id is null
    group by record.registry, record.current_school_code, record.student_key
),

moved as (
    select
        lineage.old_code as school_code,
        max(lineage.happened_on) as happened_on
    from core.school_lineage as lineage
    group by lineage.old_code
)

select
    record.registry,
    record.current_school_code,
    record.student_key,
    record.region_code,
    record.record_id,
    record.person_id,
    record.class_name,
    record.major_code,
    record.study_form,
    record.entry_month,
    record.status,
    record.registered_on,
    record.first_seen_on,
    record.last_seen_on,
    record.days_seen,
    record.on_roll_from,
    record.on_roll_to,
    record.on_roll_days_seen,
    record.ended_seen_on,
    case when record.record_id is null then record.missing_on end as vanished_on,
    case
        when record.record_id is not null or record.missing_on is null then null
        when not record.is_on_roll then 'ended'
        -- Summer exports leave out those whose programme ends in the summer.
        when
            coalesce(
                make_date(record.expected_end // 100, record.expected_end % 100, 1),
                make_date(record.entry_month // 100 + 3, record.entry_month % 100, 1)
            ) <= record.missing_on + 92
            then 'programme_over'
        when found_again.is_renumbered then 'renumbered'
        when moved.happened_on <= record.missing_on then 'merged'
        when found_again.student_key is not null then 'elsewhere'
        else 'unexplained'
    end as vanished_as
from record
left join found_again
    on
        record.registry = found_again.registry
        and record.current_school_code = found_again.current_school_code
        and record.student_key = found_again.student_key
left join moved
    on record.school_code = moved.school_code
