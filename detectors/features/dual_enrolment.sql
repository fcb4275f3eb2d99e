/*
reads:
  - feature.agreed_programme
  - feature.aid_span
  - feature.concurrent_enrolment
  - feature.disputed_aid
  - feature.dual_transfer
  - feature.identity_correction
  - feature.school_term
  - core.enrolment
  - core.school_lineage
  - integrated_classes
  - joint_programs
comment: >-
  Pairs of concurrent enrolments with what detectors of dual enrolment weigh: both schools and forms of study, the aid
  in dispute, and for each lawful exception a fact (is_…) or the days that it took to enter it (…_days), which a
  detector holds against the days that it allows. Each pair stands in both directions, seen from the first enrolment.
*/
with kin as (
    select
        lineage.old_code as school_code,
        lineage.new_code as other_code
    from core.school_lineage as lineage
    union
    select
        lineage.new_code as school_code,
        lineage.old_code as other_code
    from core.school_lineage as lineage
),

program as (
    select
        joint.school_code,
        joint.partner_code as other_code,
        joint.valid_from,
        joint.valid_to
    from joint_programs as joint
    where joint.partner_kind = '学历教育'
    union
    select
        joint.partner_code as school_code,
        joint.school_code as other_code,
        joint.valid_from,
        joint.valid_to
    from joint_programs as joint
    where joint.partner_kind = '学历教育'
),

joint as (
    select
        together.record_id,
        together.other_record_id
    from feature.concurrent_enrolment as together
    inner join core.enrolment as own
        on together.record_id = own.record_id
    inner join core.enrolment as other
        on together.other_record_id = other.record_id
    inner join program
        on
            own.school_code = program.school_code
            and other.school_code = program.other_code
    where
        coalesce(program.valid_from, together.overlap_from) <= together.overlap_from
        and coalesce(program.valid_to, together.overlap_from) >= together.overlap_from
    group by together.record_id, together.other_record_id
),

integrated as (
    select
        class_list.vocational_code,
        class_list.high_code,
        min(term.first_day) as runs_from,
        max(term.last_day) as runs_to
    from integrated_classes as class_list
    inner join feature.school_term as term
        on class_list.school_year = term.school_year
    group by class_list.vocational_code, class_list.high_code
),

classmate as (
    select
        together.record_id,
        together.other_record_id
    from feature.concurrent_enrolment as together
    inner join core.enrolment as own
        on together.record_id = own.record_id
    inner join core.enrolment as other
        on together.other_record_id = other.record_id
    inner join integrated
        on
            integrated.vocational_code in (own.school_code, own.current_school_code)
            and integrated.high_code in (other.school_code, other.current_school_code)
            and together.overlap_to >= integrated.runs_from
            and together.overlap_from <= integrated.runs_to
    where
        own.registry in ('vocational', 'technical')
        and other.stage = 'high'
    group by together.record_id, together.other_record_id
)

select
    together.person_id,
    together.record_id,
    together.other_record_id,
    own.current_school_code as school_code,
    other.current_school_code as other_school_code,
    own.school_code as own_code,
    other.school_code as other_code,
    own.region_code,
    own.registry,
    other.registry as other_registry,
    own.stage,
    other.stage as other_stage,
    own.study_form,
    other.study_form as other_study_form,
    own.cohort,
    own.level,
    other.level as other_level,
    own.major_code,
    other.major_code as other_major_code,
    own.major_name,
    other.major_name as other_major_name,
    own.entry_month,
    other.entry_month as other_entry_month,
    own.segment_mode,
    own.teaching_site,
    own.started_on,
    other.started_on as other_started_on,
    own.ended_on,
    own.expected_end_on,
    other.expected_end_on as other_expected_end_on,
    together.is_later,
    together.overlap_from,
    together.overlap_to,
    together.overlap_days,
    together.counted_from,
    together.counted_to,
    together.counted_days,
    together.active_days,
    together.match_probability,
    aid_span.aided_from,
    -- Days that it took to enter an approved transfer (X08, X09, X15).
    transfer.arrival_days,
    transfer.leave_days,
    transfer.permitted_leave_days,
    -- Days of its programme that the earlier enrolment had left (X18).
    case when together.is_later then other.expected_end_on else own.expected_end_on end
    - together.overlap_from as remaining_days,
    -- Days for which the first of the two to close stayed open after an identity was corrected (X17).
    together.first_closed_on - corrected.corrected_on as correction_days,
    -- Days for which the other school kept its enrolment open after this one was registered (X07).
    coalesce(other.ended_on, as_of()) - own.registered_on as closing_days,
    classmate.record_id is not null as is_comprehensive_class,
    -- Registered only when the other was closed, and no aid drawn for a term before: a month of entry that was kept. A
    -- day of registration after the own end is that of a later entry in the registry.
    coalesce(
        own.registered_on >= other.ended_on
        and own.registered_on < coalesce(own.ended_on, date '9999-12-31')
        and own.registered_on < coalesce(aid_span.first_aided_to, date '9999-12-31'),
        false
    )
    or coalesce(
        other.registered_on >= own.ended_on
        and other.registered_on < coalesce(other.ended_on, date '9999-12-31')
        and other.registered_on < coalesce(other_span.first_aided_to, date '9999-12-31'),
        false
    ) as is_one_after_the_other,
    coalesce(disputed.amount_paid, 0) as amount_paid,
    coalesce(disputed.amount_estimated, 0) as amount_estimated,
    coalesce(disputed.aid_items, '') as aid_items,
    coalesce(disputed.aid_record_ids, []) as evidence_record_ids,
    coalesce(own.study_form <> 'full_time' or other.study_form <> 'full_time', true) as is_part_time_at_one,
    -- Ended by its status, on a day that nobody delivered (X19).
    coalesce(own.end_basis = 'status', false) or coalesce(other.end_basis = 'status', false) as is_ended_undated,
    own.current_school_code = other.current_school_code or kin.school_code is not null as is_one_school,
    coalesce(own.joint_school_code = other.school_code, false)
    or coalesce(other.joint_school_code = own.school_code, false) as is_registered_as_joint,
    joint.record_id is not null and is_registered_as_joint as is_joint_programme,
    agreed.record_id is not null as has_agreement,
    coalesce(agreed.is_three_plus_two, false) as is_three_plus_two,
    coalesce(agreed.is_five_year, false) as is_five_year,
    coalesce(agreed.is_three_plus_four, false) as is_three_plus_four,
    coalesce(agreed.is_last_year_at_college, false) as is_last_year_at_college
from feature.concurrent_enrolment as together
inner join core.enrolment as own
    on together.record_id = own.record_id
inner join core.enrolment as other
    on together.other_record_id = other.record_id
left join feature.disputed_aid as disputed
    on
        together.record_id = disputed.record_id
        and together.other_record_id = disputed.other_record_id
left join feature.identity_correction as corrected
    on
        together.record_id = corrected.record_id
        and together.other_record_id = corrected.other_record_id
left join feature.dual_transfer as transfer
    on
        together.record_id = transfer.record_id
        and together.other_record_id = transfer.other_record_id
left join feature.agreed_programme as agreed
    on
        together.record_id = agreed.record_id
        and together.other_record_id = agreed.other_record_id
left join feature.aid_span as aid_span
    on
        own.person_id = aid_span.person_id
        and own.registry = aid_span.registry
        and own.current_school_code = aid_span.current_school_code
left join feature.aid_span as other_span
    on
        other.person_id = other_span.person_id
        and other.registry = other_span.registry
        and other.current_school_code = other_span.current_school_code
left join kin
    on
        own.school_code = kin.school_code
        and other.school_code = kin.other_code
left join joint
    on
        together.record_id = joint.record_id
        and together.other_record_id = joint.other_record_id
left join classmate
    on
        together.record_id = classmate.record_id
        and together.other_record_id = classmate.other_record_id
