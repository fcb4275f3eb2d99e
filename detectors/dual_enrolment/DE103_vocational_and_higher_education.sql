/*
id: DE103
title: vocational and full-time higher education at once
title_zh: 中职与普通高校全日制双重学籍
severity: B
certainty: certain
subject: person
policy: [national:one-registration, xinzhou_2023:anti-dual]
reads:
  required: [feature.dual_enrolment]
  optional:
    - articulation_agreements
    - status_changes
  needs_sources: [vocational_students, higher_students]
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
  The student is enrolled full-time at a vocational school and at a university or college at once, from {overlap_from}
  to {overlap_to} ({active_days} days, summer posting season and suspensions left out), outside any agreed programme.
message_zh: 该生 {overlap_from} 至 {overlap_to} 同时在中职学校和普通高校有全日制有效学籍,扣除暑期录入期和休学后重叠 {active_days} 天,且未见相符的贯通培养协议。
next: >-
  Look up which enrolment began first: a university student used again as a vocational student is the graver case; then
  ask the college for registration and dormitory records of the disputed terms.
next_zh: 先看哪一学籍在先(在校大学生被再次注册为中职生性质更重),再向高校核实报到注册、住宿记录,核对贯通培养协议及转段名单。
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
  - name: X01_three_plus_two
    says: >-
      A 3+2 programme under an agreement for this school, major, cohort and college: the college begins with the fourth
      year, the vocational record closes late and draws no more aid.
    says_zh: 3+2 中高职贯通,有相符协议,第四学年起转入高职,仅中职学籍注销滞后且未再领取资助。
    proof: articulation_agreements
  - name: X02_five_year_programme
    says: A five-year programme under an agreement; the college may list its students from the first year on.
    says_zh: 五年一贯制,有相符协议,前三年按中职管理,高职可先行列入。
    proof: articulation_agreements
  - name: X03_three_plus_four
    says: A 3+4 programme under an agreement, the university beginning with the fourth year.
    says_zh: 3+4 中本贯通,有相符协议,第四学年起转入本科。
    proof: articulation_agreements
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
    says: The vocational programme was over when the college began; its graduation is merely posted late.
    says_zh: 中职学制已满后升入高校,仅毕业状态补录滞后。
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
  - name: X34_last_year_at_the_college
    says: >-
      The last vocational year of an agreed programme is taught on the college's campus, which lists the class a year
      early.
    says_zh: 有相符协议,中职最后一年安排在高校校区教学,高校提前一年列入名单。
    proof: articulation_agreements
history:
  - {on: 2024-01-15, note: First edition.}
  - on: 2024-04-15
    note: >-
      An agreement without a last cohort goes on; its mode is read in the ways it is written; a vocational record that
      tells no major is held against no agreement of the two schools.
  - {on: 2024-04-15, note: Whoever was registered only when the other enrolment had closed was never on two rolls.}
---
Why it matters

A university student registered again as a vocational student, or a vocational student kept on the roll after leaving
for college, draws waiver and grant for nobody in the classroom: 严禁在中职学籍系统为普通高校在籍学生注册学籍. Part-time
higher education (成人, 开放, 网络, 自考) is another matter and has its own list.

The vocational record of a chain student that merely stays open after the fourth year began is late closing, not a
second enrolment (RD204 reports it); it becomes one when aid is still drawn on it.

What to check first

Which enrolment began first and at which school the student is seen; the agreement and the list of students promoted
(转段名单); then the vocational school's aid lines after the college began.
*/
with pair as (
    select
        dual.*,
        case when dual.amount_paid > 0 then 'A' else 'B' end as severity,
        case when dual.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        concat_ws(
            ',',
            case
                when
                    not is_delivered('articulation_agreements')
                    and (
                        dual.segment_mode is not null
                        or dual.teaching_site is not null
                        or date_diff('year', dual.started_on, dual.other_started_on)
                        >= policy_number('articulation.first_stage_years', null, dual.region_code, as_of())
                    )
                    then 'articulation_agreements'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from feature.dual_enrolment as dual
    where
        dual.registry = 'vocational'
        and dual.other_registry = 'higher'
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
    -- X15c_registered_after_closing
    and not judged.is_one_after_the_other
    -- X17_corrected_identity
    and coalesce(judged.correction_days > $lag_days, true)
    -- X01_three_plus_two
    and not judged.is_three_plus_two
    -- X02_five_year_programme
    and not judged.is_five_year
    -- X03_three_plus_four
    and not judged.is_three_plus_four
    -- X34_last_year_at_the_college
    and not judged.is_last_year_at_college
qualify
    row_number() over (
        partition by judged.person_id, judged.school_code, judged.other_school_code
        order by judged.active_days desc, judged.record_id, judged.other_record_id
    ) = 1
