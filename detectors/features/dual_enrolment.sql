/*
reads:
  - feature.concurrent_enrolment
  - feature.disputed_aid
  - feature.identity_correction
  - feature.aid_claim
  - core.enrolment
  - core.school_lineage
  - joint_programs
comment: >-
  Pairs of concurrent enrolments with what detectors of dual enrolment weigh: both schools and forms of study, the aid
  in dispute, and the facts that excuse a pair. Each pair stands in both directions, seen from the first enrolment.
*/
with last_aid as (
    select
        claim.person_id,
        claim.registry,
        claim.current_school_code,
        max(claim.benefit_from) as aided_from
    from feature.aid_claim as claim
    where claim.amount > 0
    group by claim.person_id, claim.registry, claim.current_school_code
),

kin as (
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

joint as (
    select
        together.record_id,
        together.other_record_id
    from feature.concurrent_enrolment as together
    inner join core.enrolment as own
        on together.record_id = own.record_id
    inner join core.enrolment as other
        on together.other_record_id = other.record_id
    inner join joint_programs as program
        on
            (own.school_code = program.school_code and other.school_code = program.partner_code)
            or (other.school_code = program.school_code and own.school_code = program.partner_code)
    where
        program.partner_kind = '学历教育'
        and coalesce(program.valid_from, together.overlap_from) <= together.overlap_from
        and coalesce(program.valid_to, together.overlap_from) >= together.overlap_from
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
    own.joint_school_code,
    other.joint_school_code as other_joint_school_code,
    own.started_on,
    other.started_on as other_started_on,
    own.registered_on,
    own.ended_on,
    other.ended_on as other_ended_on,
    own.end_basis,
    other.end_basis as other_end_basis,
    own.expected_end_on,
    together.is_later,
    together.overlap_from,
    together.overlap_to,
    together.overlap_days,
    together.counted_days,
    together.active_days,
    together.first_closed_on,
    together.match_probability,
    last_aid.aided_from,
    corrected.corrected_on as identity_corrected_on,
    case when together.is_later then other.expected_end_on else own.expected_end_on end as earlier_expected_end_on,
    coalesce(disputed.amount_paid, 0) as amount_paid,
    coalesce(disputed.amount_estimated, 0) as amount_estimated,
    coalesce(disputed.aid_items, '') as aid_items,
    coalesce(disputed.aid_record_ids, []) as evidence_record_ids,
    own.current_school_code = other.current_school_code or kin.school_code is not null as is_one_school,
    joint.record_id is not null as have_joint_programme,
    coalesce(own.joint_school_code = other.school_code, false)
    or coalesce(other.joint_school_code = own.school_code, false) as is_registered_as_joint
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
left join last_aid
    on
        own.person_id = last_aid.person_id
        and own.registry = last_aid.registry
        and own.current_school_code = last_aid.current_school_code
left join kin
    on
        own.school_code = kin.school_code
        and other.school_code = kin.other_code
left join joint
    on
        together.record_id = joint.record_id
        and together.other_record_id = joint.other_record_id
