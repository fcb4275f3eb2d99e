/*
id: DE108
title: general high school still open beside full-time higher education
title_zh: 普通高中学籍未办结即在普通高校就读
severity: C
certainty: certain
subject: person
policy: [national:one-registration, national:own-lag]
reads:
  required:
    - feature.dual_enrolment
    - feature.later_aid
  optional: [status_changes]
  needs_sources: [k12_students, higher_students]
evidence:
  - person_id
  - record_id
  - other_record_id
  - school_code
  - other_school_code
  - registry
  - other_registry
  - ground
  - ground_zh
  - overlap_from
  - overlap_to
  - overlap_days
  - active_days
  - match_probability
  - severity
  - certainty
  - amount_paid
  - evidence_record_ids
key: [person_id, school_code, other_school_code]
route: school_code
message: >-
  The student is enrolled full-time at a university or college from {overlap_from} on, and the high school {ground}
  ({active_days} days, summer posting season and suspensions left out).
message_zh: 该生自 {overlap_from} 起在普通高校有全日制学籍,{ground_zh},扣除暑期录入期和休学后重叠 {active_days} 天。
next: >-
  Have the high school post graduation. Where the college began before the high school years were over, ask who sat in
  the high school class and who took the examination.
next_zh: 督促高中办结毕业手续;高中学制未满即有高校学籍的,核实高中在读和参加高考的是否同一人。
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
  - name: X15_transfer_lag
    says: Both enrolments were open only for as long as posting graduation takes.
    says_zh: 重叠时间未超过毕业办结所需的合理期限。
    proof: core.enrolment
  - name: X17_corrected_identity
    says: One student under a former and a corrected identity number; the old enrolment was closed with the correction.
    says_zh: 同一学生身份信息更正前后各有一条记录,旧学籍已随更正注销。
    proof: core.change
  - name: X18_graduation_posted
    says: The high school years were over when the college began, and the high school has posted the end since.
    says_zh: 高中学制已满后升学,且高中学籍其后已办结,仅办结较晚。
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
    says: The higher education is no regular full-time study.
    says_zh: 高校一方为非全日制(成人、开放、网络、自考)学习形式。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

A high school that does not close its leavers counts them in its appropriation and plan, and blocks their numbers; it is
paperwork first (C). A college enrolment that began while the high school years still ran is rarer and means that one of
the two is not this student, or that somebody left early and was kept.

A university student registered again at a vocational or technical school is another matter (DE103, DE105).

What to check first

How many leavers of the year the high school has left open: one export forgotten, or this student alone. Aid of the high
school for terms after the college began is owed back.
*/
with drawn as (
    select
        dual.record_id,
        dual.other_record_id,
        sum(aid.amount) as amount,
        flatten(list(aid.record_ids)) as aid_record_ids
    from feature.dual_enrolment as dual
    inner join feature.later_aid as aid
        on
            dual.record_id = aid.record_id
            and dual.overlap_from <= aid.benefit_from
            and dual.overlap_to >= aid.benefit_from
    group by dual.record_id, dual.other_record_id
),

pair as (
    select
        dual.* exclude (amount_paid, evidence_record_ids),
        cast(coalesce(drawn.amount, 0) as decimal(14, 2)) as amount_paid,
        dual.expected_end_on <= dual.overlap_from + $lag_days as is_over,
        case when dual.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        list_sort(coalesce(drawn.aid_record_ids, [])) as evidence_record_ids,
        case when is_delivered('status_changes') then '' else 'status_changes' end as missing_inputs
    from feature.dual_enrolment as dual
    left join drawn
        on
            dual.record_id = drawn.record_id
            and dual.other_record_id = drawn.other_record_id
    where
        dual.stage = 'high'
        and dual.other_registry = 'higher'
),

judged as (
    select
        pair.*,
        'C' as severity,
        case
            when pair.is_over then 'has not posted the end of a programme that is over'
            else 'has years of its programme left'
        end as ground,
        case when pair.is_over then '高中学制已满但学籍至今未办结' else '而高中学制尚未届满、学籍仍有效' end as ground_zh,
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
    judged.ground,
    judged.ground_zh,
    judged.overlap_from,
    judged.overlap_to,
    judged.overlap_days,
    judged.active_days,
    judged.match_probability,
    judged.severity,
    judged.certainty,
    judged.amount_paid,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
where
    -- X22_part_time
    judged.other_study_form = 'full_time'
    -- X15_transfer_lag
    and judged.counted_days > $lag_days
    -- X20_held_enrolment
    and judged.active_days > $lag_days
    -- X19_repeat_entrant
    and not judged.is_ended_undated
    -- X18_graduation_posted
    and not (judged.is_over and coalesce(judged.ended_on <= as_of(), false))
    -- X17_corrected_identity
    and coalesce(judged.correction_days > $lag_days, true)
qualify
    row_number() over (
        partition by judged.person_id, judged.school_code, judged.other_school_code
        order by judged.active_days desc, judged.record_id, judged.other_record_id
    ) = 1
