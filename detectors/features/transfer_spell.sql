/*
reads: [core.change, core.enrolment, core.school]
comment: >-
  Approved transfers with the enrolment left and the one joined, one row a pair whichever side reported it; a side whose
  enrolment was not delivered is null. Schools by the code that carries them on today. transferred_on is the first day
  named in the papers, settled_on the last.
*/
with side as (
    select
        change.record_id,
        change.changed_on,
        change.from_grade,
        change.to_grade,
        coalesce(enrolment.person_id, change.person_id) as person_id,
        case when change.change_type = 'transfer_out' then change.enrolment_record_id end as old_record_id,
        case when change.change_type = 'transfer_in' then change.enrolment_record_id end as new_record_id,
        case
            when change.change_type = 'transfer_out' then coalesce(change.from_school_code, enrolment.school_code)
            else change.from_school_code
        end as from_code,
        case
            when change.change_type = 'transfer_in' then coalesce(change.to_school_code, enrolment.school_code)
            else change.to_school_code
        end as to_code
    from core.change as change
    left join core.enrolment as enrolment
        on change.enrolment_record_id = enrolment.record_id
    where
        change.change_type in ('transfer_out', 'transfer_in')
        and change.is_approved
),

placed as (
    select
        side.record_id,
        side.changed_on,
        side.from_grade,
        side.to_grade,
        side.person_id,
        side.old_record_id,
        side.new_record_id,
        coalesce(origin.current_school_code, side.from_code) as from_school_code,
        coalesce(destination.current_school_code, side.to_code) as to_school_code
    from side
    left join core.school as origin
        on side.from_code = origin.school_code
    left join core.school as destination
        on side.to_code = destination.school_code
    where side.person_id is not null
),

paired as (
    select
        placed.record_id,
        placed.changed_on,
        placed.from_grade,
        placed.to_grade,
        placed.person_id,
        placed.from_school_code,
        placed.to_school_code,
        coalesce(
            placed.old_record_id,
            arg_max(former.record_id, (former.started_on, former.record_id))
        ) as old_record_id,
        coalesce(
            placed.new_record_id,
            arg_min(later.record_id, (abs(later.started_on - placed.changed_on), later.record_id))
        ) as new_record_id
    from placed
    left join core.enrolment as former
        on
            placed.old_record_id is null
            and placed.person_id = former.person_id
            and placed.from_school_code = former.current_school_code
            and placed.new_record_id <> former.record_id
            and placed.changed_on > former.started_on
            and coalesce(former.ended_on >= placed.changed_on - 120, true)
    left join core.enrolment as later
        on
            placed.new_record_id is null
            and placed.person_id = later.person_id
            and placed.to_school_code = later.current_school_code
            and placed.old_record_id <> later.record_id
            and later.started_on between placed.changed_on - 120 and placed.changed_on + 120
    group by
        placed.record_id,
        placed.changed_on,
        placed.from_grade,
        placed.to_grade,
        placed.person_id,
        placed.from_school_code,
        placed.to_school_code,
        placed.old_record_id,
        placed.new_record_id
)

select
    paired.person_id,
    paired.old_record_id,
    paired.new_record_id,
    paired.from_school_code,
    paired.to_school_code,
    min(paired.changed_on) as transferred_on,
    max(paired.changed_on) as settled_on,
    arg_min(paired.from_grade, (paired.changed_on, paired.record_id))
    filter (where paired.from_grade is not null) as from_grade,
    arg_min(paired.to_grade, (paired.changed_on, paired.record_id))
    filter (where paired.to_grade is not null) as to_grade,
    list(paired.record_id order by paired.record_id) as record_ids
from paired
group by
    paired.person_id,
    paired.old_record_id,
    paired.new_record_id,
    paired.from_school_code,
    paired.to_school_code
