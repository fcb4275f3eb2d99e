/*
id: DE106
title: two schools of the same registry at once
title_zh: 同一学籍系统内两校双重学籍
severity: B
certainty: certain
subject: person
policy: [national:one-registration, xinzhou_2023:anti-dual]
reads:
  required: [feature.dual_enrolment]
  optional:
    - joint_programs
    - school_events
    - status_changes
evidence:
  - person_id
  - school_pair
  - record_id
  - other_record_id
  - school_code
  - other_school_code
  - registry
  - other_registry
  - overlap_from
  - overlap_to
  - overlap_days
  - active_days
  - match_probability
  - severity
  - certainty
  - amount_paid
  - amount_estimated
  - aid_items
  - evidence_record_ids
key: [person_id, registry, school_pair]
route: school_code
message: >-
  The student is enrolled full-time at two schools of the same registry at once, from {overlap_from} to {overlap_to}
  ({active_days} days, summer posting season and suspensions left out).
message_zh: 该生 {overlap_from} 至 {overlap_to} 在同一学籍系统的两所学校同时有全日制有效学籍,扣除暑期录入期和休学后重叠 {active_days} 天。
next: >-
  Ask the school that registered later how it got past the duplicate check of the registry, then see at which of the two
  the student sits in class.
next_zh: 先查后注册学校如何通过系统查重(姓名、证件号差异),再核对两校课堂点名确认实际就读学校。
params:
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: Days for which both enrolments may stay open while a transfer is entered.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the two records are the same person only probably.
exceptions:
  - name: X04_consecutive_levels
    says: An advanced class of a technical school after the intermediate one, whose end was posted late.
    says_zh: 技工院校中级工结束后升入高级工(预备技师),前一层次仅注销滞后。
    proof: core.enrolment
  - name: X10_merged_schools
    says: The two codes belong to one school before and after a merger, renaming or promotion; the record was copied.
    says_zh: 两校代码存在合并、更名或升格的沿革关系,属学籍迁移。
    proof: core.school_lineage
  - name: X15_transfer_lag
    says: Both enrolments were open only for as long as entering a transfer takes.
    says_zh: 重叠时间未超过转学录入所需的合理期限。
    proof: core.enrolment
  - name: X15b_approved_transfer
    says: An approved transfer between the two schools, and the school left closed in time.
    says_zh: 两校之间有经批准的转学,转出学校已按期办结。
    proof: core.change
  - name: X15c_registered_after_closing
    says: >-
      The later school registered the student only when the other enrolment was closed; it keeps the month of entry of
      the grade joined and drew no aid for the terms before.
    says_zh: 后一学校在前一学籍注销后才注册,仅沿用原入学年月,且未领取注册以前学期的资助。
    proof: core.enrolment
  - name: X17_corrected_identity
    says: One student under a former and a corrected identity number; the old enrolment was closed with the correction.
    says_zh: 同一学生身份信息更正前后各有一条记录,旧学籍已随更正注销。
    proof: core.change
  - name: X18_went_up_after_graduation
    says: The earlier programme was over when the later one began; its graduation is merely posted late.
    says_zh: 前一学段学制已满、学生已升学,仅毕业状态补录滞后。
    proof: core.enrolment
  - name: X19_repeat_entrant
    says: >-
      One of the enrolments is ended in its registry and only the day of leaving was not delivered, as with a drop-out
      who enters again.
    says_zh: 其中一条学籍状态已为退学、流失等,只是未填离校日期,属往届生再入学。
    proof: core.enrolment
  - name: X20_held_enrolment
    says: One of the enrolments is suspended or reserved, for illness or army service, while the student is elsewhere.
    says_zh: 其中一条学籍处于休学或保留学籍(含应征入伍)状态。
    proof: core.hold
  - name: X22_part_time
    says: One of the two is not full-time study.
    says_zh: 其中一条为非全日制学习形式。
    proof: core.enrolment
  - name: X35_joint_programme
    says: A joint programme of two accredited schools under an agreement in force, named in the enrolment.
    says_zh: 两所学历教育学校之间有在有效期内的联合办学协议,且学籍中登记了合作学校。
    proof: joint_programs
history:
  - {on: 2024-01-15, note: First edition.}
  - on: 2024-04-15
    note: Two general high schools, or two junior schools, are C, and B where aid was drawn.
  - {on: 2024-04-15, note: Whoever was registered only when the other enrolment had closed was never on two rolls.}
---
Why it matters

The registries refuse a second enrolment under the same number; whoever gets one in has altered a name or a number, or a
school kept a student whom another one teaches. Both draw funds by head, and often both draw aid.

What to check first

How name and number are written in the two records; the transfer papers; then roll call and aid lines of both schools.
*/
with pair as (
    select
        dual.*,
        -- Two K-12 records are mostly a duplicate across provinces that either side defends with papers.
        case
            when dual.registry = 'k12' and dual.amount_paid > 0 then 'B'
            when dual.registry = 'k12' then 'C'
            when dual.amount_paid > 0 then 'A'
            else 'B'
        end as severity,
        case when dual.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        concat(
            least(dual.school_code, dual.other_school_code), '+', greatest(dual.school_code, dual.other_school_code)
        ) as school_pair,
        coalesce(
            (dual.other_level = 'intermediate' and dual.level in ('advanced', 'technician'))
            or (dual.other_level = 'advanced' and dual.level = 'technician'),
            false
        ) as is_next_level,
        concat_ws(
            ',',
            case when dual.is_registered_as_joint and not is_delivered('joint_programs') then 'joint_programs' end,
            case
                when
                    not is_delivered('school_events')
                    and dual.entry_month = dual.other_entry_month
                    and dual.major_code = dual.other_major_code
                    then 'school_events'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from feature.dual_enrolment as dual
    where
        dual.is_later
        and dual.registry = dual.other_registry
        and dual.stage = dual.other_stage
),

judged as (
    select
        pair.*,
        case when pair.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from pair
)

select
    judged.person_id,
    judged.school_pair,
    judged.record_id,
    judged.other_record_id,
    judged.school_code,
    judged.other_school_code,
    judged.registry,
    judged.other_registry,
    judged.overlap_from,
    judged.overlap_to,
    judged.overlap_days,
    judged.active_days,
    judged.match_probability,
    judged.severity,
    judged.certainty,
    judged.amount_paid,
    judged.amount_estimated,
    judged.aid_items,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
where
    -- X22_part_time
    not judged.is_part_time_at_one
    -- X15_transfer_lag
    and judged.counted_days > $lag_days
    -- X20_held_enrolment
    and judged.active_days > $lag_days
    -- X19_repeat_entrant
    and not judged.is_ended_undated
    -- X04_consecutive_levels
    and (not judged.is_next_level or judged.remaining_days > $lag_days)
    -- X18_went_up_after_graduation
    and (judged.is_next_level or judged.remaining_days > $lag_days)
    -- X15b_approved_transfer
    and coalesce(least(judged.arrival_days, judged.leave_days) > $lag_days, true)
    -- X15c_registered_after_closing
    and not judged.is_one_after_the_other
    -- X17_corrected_identity
    and coalesce(judged.correction_days > $lag_days, true)
    -- X10_merged_schools
    and not judged.is_one_school
    -- X35_joint_programme
    and not judged.is_joint_programme
qualify
    row_number() over (
        partition by judged.person_id, judged.registry, judged.school_pair
        order by judged.active_days desc, judged.record_id, judged.other_record_id
    ) = 1
