/*
reads: [core.enrolment, feature.roll_record]
comment: >-
  Full-time students of vocational and technical schools by class and intake, who stayed for a month at least, and the
  days on which they were there; with those who vanished unexplained from a list delivered again (record_id is null).
*/
select  -- noqa: AM07
    enrolment.registry,
    enrolment.current_school_code as school_code,
    enrolment.class_name,
    enrolment.entry_month,
    enrolment.cohort,
    enrolment.region_code,
    enrolment.record_id,
    enrolment.person_id,
    enrolment.started_on,
    enrolment.segment_mode,
    enrolment.joint_school_code,
    enrolment.teaching_site,
    enrolment.entrant_type,
    false as is_vanished,
    upper(enrolment.student_no) as student_key,
    least(coalesce(enrolment.ended_on, as_of()), as_of()) as present_to
from core.enrolment as enrolment
where
    enrolment.registry in ('vocational', 'technical')
    and enrolment.study_form = 'full_time'
    and enrolment.class_name is not null
    and enrolment.entry_month is not null
    and coalesce(enrolment.ended_on > enrolment.started_on + 30, true)
union all by name
select
    gone.registry,
    gone.current_school_code as school_code,
    gone.class_name,
    gone.entry_month,
    gone.entry_month // 100 as cohort,
    gone.region_code,
    gone.person_id,
    make_date(gone.entry_month // 100, gone.entry_month % 100, 1) as started_on,
    true as is_vanished,
    gone.student_key,
    gone.vanished_on as present_to
from feature.roll_record as gone
where
    gone.registry in ('vocational', 'technical')
    and gone.study_form = 'full_time'
    and gone.vanished_as = 'unexplained'
    and gone.class_name is not null
    and gone.entry_month is not null
