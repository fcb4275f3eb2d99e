/*
reads: [core.aid, core.change, core.enrolment]
comment: >-
  Entrants of vocational, technical and general high schools, whom the school recruited itself or took over by transfer:
  the major of entry (before an approved change of major), whether the entry was in spring, and what was paid on the
  enrolment (corrections offset, bank returns left out; each payment on one enrolment only).
*/
with first_event as (
    select
        change.enrolment_record_id as record_id,
        bool_or(change.change_type = 'transfer_in') as is_transferred_in,
        bool_or(change.change_type = 'repeat') as is_repeating,
        bool_or(change.change_type = 'change_major') as is_major_changed,
        arg_min(change.from_major_code, (change.changed_on, change.record_id)) filter (
            where change.change_type = 'change_major'
        ) as major_code_before
    from core.change as change
    where
        change.is_approved
        and change.change_type in ('transfer_in', 'repeat', 'change_major')
    group by change.enrolment_record_id
),

paid as (
    select
        aid.enrolment_record_id as record_id,
        sum(aid.amount) as amount,
        list(distinct aid.aid_item order by aid.aid_item) as aid_items
    from core.aid as aid
    where
        aid.is_paid
        and aid.enrolment_record_id is not null
    group by aid.enrolment_record_id
)

select
    enrolment.record_id,
    enrolment.person_id,
    enrolment.registry,
    enrolment.school_code as own_code,
    enrolment.current_school_code as school_code,
    enrolment.region_code,
    enrolment.cohort,
    enrolment.entry_month,
    enrolment.started_on,
    enrolment.ended_on,
    enrolment.registered_on,
    enrolment.study_form,
    enrolment.entrant_type,
    enrolment.program_years,
    enrolment.class_name,
    enrolment.segment_mode,
    enrolment.teaching_site,
    enrolment.joint_school_code,
    cast(greatest(coalesce(paid.amount, 0), 0) as decimal(14, 2)) as amount_paid,
    upper(enrolment.student_no) as student_key,
    coalesce(first_event.is_transferred_in, false) as is_transferred_in,
    coalesce(first_event.is_repeating, false) as is_repeating,
    coalesce(first_event.is_major_changed, false) as is_major_changed,
    case
        when coalesce(first_event.is_major_changed, false) then first_event.major_code_before
        else enrolment.major_code
    end as major_code,
    case when not coalesce(first_event.is_major_changed, false) then enrolment.major_name end as major_name,
    month(enrolment.started_on) < 7 and year(enrolment.started_on) > enrolment.cohort as is_spring_entry,
    coalesce(paid.aid_items, []) as aid_items
from core.enrolment as enrolment
left join first_event
    on enrolment.record_id = first_event.record_id
left join paid
    on enrolment.record_id = paid.record_id
where
    enrolment.stage in ('vocational', 'technical', 'high')
    and enrolment.started_on <= as_of()
