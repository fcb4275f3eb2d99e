/*
id: DE104
title: technical and general high school at once
title_zh: 技工院校与普通高中双重学籍
severity: B
certainty: certain
subject: person
policy: [national:jg-formal, national:one-registration]
reads:
  required: [feature.dual_enrolment]
  optional:
    - status_changes
  needs_sources: [technical_students, k12_students]
evidence:
  - person_id
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
key: [person_id, school_code, other_school_code]
route: school_code
message: >-
  The student is enrolled full-time at a technical school and at a general high school at once, from {overlap_from} to
  {overlap_to} ({active_days} days, summer posting season and suspensions left out).
message_zh: 该生 {overlap_from} 至 {overlap_to} 同时在技工院校和普通高中有全日制有效学籍,扣除暑期录入期和休学后重叠 {active_days} 天。
next: >-
  The two registries belong to two ministries and refuse nothing between them: call the roll at both schools on one day,
  compare the photographs, then have the enrolment closed at which the student does not study, and its aid stopped.
next_zh: 两个学籍系统分属教育、人社,互不查重:同日到两校核对课堂点名和学籍照片,确认实际就读学校后注销另一学籍并核减资助。
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
  - name: X08_transfer_to_technical
    says: An approved transfer from the high school to the technical school, and the high school closed in time.
    says_zh: 经批准由普通高中转入技工院校,普高学籍已按期转出。
    proof: core.change
  - name: X09_transfer_to_high_school
    says: An approved transfer from the technical school to the high school, where the province allows mutual transfer.
    says_zh: 所在省允许职普互转,且经批准由技工院校转入普高,技工学籍已按期转出。
    proof: core.change
  - name: X15_transfer_lag
    says: Both enrolments were open only for as long as entering a transfer takes.
    says_zh: 重叠时间未超过转学录入所需的合理期限。
    proof: core.enrolment
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
history:
  - {on: 2024-04-15, note: First edition.}
  - {on: 2024-04-15, note: Whoever was registered only when the other enrolment had closed was never on two rolls.}
---
Why it matters

A technical school that registers the pupils of a general high school draws waivers and grants for students it does not
teach, and no registry refuses them: the two never see each other. 技工院校不得虚假、重复注册学籍.

The list of comprehensive classes (综合高中班, 职普融通班) names vocational schools only and excuses nothing here; whoever
finished high school and learns a trade is tested by the end of the high school programme.

What to check first

The day on which each school registered the student; roll call, photographs and dormitory lists of both schools on the
same day; then who received the aid.
*/
with pair as (
    select
        dual.*,
        case when dual.amount_paid > 0 then 'A' else 'B' end as severity,
        case when dual.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        case when is_delivered('status_changes') then '' else 'status_changes' end as missing_inputs
    from feature.dual_enrolment as dual
    where
        dual.registry = 'technical'
        and dual.other_stage = 'high'
),

judged as (
    select
        pair.*,
        case when pair.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from pair
)

select
    judged.person_id,
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
    -- X18_went_up_after_graduation
    and judged.remaining_days > $lag_days
    -- X08_transfer_to_technical
    and coalesce(judged.arrival_days > $lag_days, true)
    -- X09_transfer_to_high_school
    and coalesce(judged.permitted_leave_days > $lag_days, true)
    -- X15c_registered_after_closing
    and not judged.is_one_after_the_other
    -- X17_corrected_identity
    and coalesce(judged.correction_days > $lag_days, true)
qualify
    row_number() over (
        partition by judged.person_id, judged.school_code, judged.other_school_code
        order by judged.active_days desc, judged.record_id, judged.other_record_id
    ) = 1
