/*
id: DE105
title: technical school and full-time higher education at once
title_zh: 技工院校与普通高校全日制双重学籍
severity: B
certainty: certain
subject: person
policy: [national:jg-formal, national:one-registration, jilin_2020:higher-sequence]
reads:
  required: [feature.dual_enrolment]
  optional:
    - core.school_lineage
    - articulation_agreements
    - school_events
    - status_changes
  needs_sources: [technical_students, higher_students]
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
  The student is enrolled full-time at a technical school and at a university or college at once, from {overlap_from} to
  {overlap_to} ({active_days} days, summer posting season and suspensions left out), outside any agreed programme.
message_zh: 该生 {overlap_from} 至 {overlap_to} 同时在技工院校和普通高校有全日制有效学籍,扣除暑期录入期和休学后重叠 {active_days} 天,且未见相符的贯通培养协议或升格沿革。
next: >-
  Look up which enrolment began first: a university student used again as a technical student is the graver case. At a
  technician college that became a college, ask why the student was not left to the college's registry alone.
next_zh: 先看哪一学籍在先(在校大学生被再次注册为技工学生性质更重),再向高校核实报到注册、住宿记录;技师学院已升格的,核对升格批文和学籍迁移名单。
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
  - name: X01_agreed_programme
    says: >-
      A 3+2 or 3+4 programme under an agreement for this school, major, cohort and college: the college begins with the
      fourth year, the technical record closes late and draws no more aid.
    says_zh: 3+2 或 3+4 贯通培养,有相符协议,第四学年起转入高校,仅技工学籍注销滞后且未再领取资助。
    proof: articulation_agreements
  - name: X02_five_year_programme
    says: A five-year programme under an agreement; the college may list its students from the first year on.
    says_zh: 五年一贯制,有相符协议,高职可先行列入。
    proof: articulation_agreements
  - name: X05_promoted_to_college
    says: >-
      The technical school became the college; who was on its roll before moved over with the cohort, and the old record
      draws no more aid once the move had time to be entered.
    says_zh: 技师学院升格(并入)为该高校,升格前已在籍的学生随整届迁移,旧技工学籍在办理期后未再领取资助。
    proof: core.school_lineage
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

A university student registered again as a technical student, or a technical student kept on the roll after leaving for
college, draws waiver and grant for nobody in the workshop. A technician college that entered the higher sequence keeps
its college-level students in the higher registry only (专科层次学生按《普通高等学校学生管理规定》管理学籍): whoever it
registers as a technical student after the promotion is registered twice. The levels that technical schools name
(高级工, 预备技师) are no college education in themselves and say nothing here.

An intermediate class whose programme was over when the college began is closed late and no second enrolment. Part-time
higher education (成人, 开放, 网络, 自考) beside a technical school is another matter (DE109).

What to check first

Which enrolment began first and at which school the student is seen; the approval of the promotion and the list of those
who moved; the agreement; then the technical school's aid lines after the college began.
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
                    and date_diff('year', dual.started_on, dual.other_started_on)
                    >= policy_number('articulation.first_stage_years', null, dual.region_code, as_of())
                    then 'articulation_agreements'
            end,
            case
                when
                    not is_delivered('school_events')
                    and dual.started_on <= dual.other_started_on
                    and (dual.entry_month = dual.other_entry_month or dual.major_name = dual.other_major_name)
                    then 'school_events'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from feature.dual_enrolment as dual
    where
        dual.registry = 'technical'
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
    -- X01_agreed_programme
    and not judged.is_three_plus_two
    and not judged.is_three_plus_four
    -- X02_five_year_programme
    and not judged.is_five_year
    -- X05_promoted_to_college
    and not exists (
        select 1
        from core.school_lineage as promotion
        where
            promotion.old_code = judged.own_code
            and promotion.new_code in (judged.other_code, judged.other_school_code)
            and judged.started_on < promotion.happened_on
            and coalesce(
                judged.aided_from <= greatest(judged.other_started_on, promotion.happened_on) + $lag_days,
                true
            )
    )
qualify
    row_number() over (
        partition by judged.person_id, judged.school_code, judged.other_school_code
        order by judged.active_days desc, judged.record_id, judged.other_record_id
    ) = 1
