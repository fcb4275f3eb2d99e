/*
id: DE109
title: full-time vocational or technical study on paper beside part-time higher education
title_zh: 非全日制高等教育在读人员登记为中职或技工全日制学生
severity: C
certainty: certain
subject: person
policy: [national:aid-eligible, national:jg-formal]
reads:
  required:
    - core.enrolment
    - feature.dual_enrolment
    - feature.later_aid
  optional:
    - flexible_filings
    - status_changes
  needs_sources: [higher_students]
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
  - age_years
  - match_probability
  - severity
  - certainty
  - amount_paid
  - evidence_record_ids
key: [person_id, school_code, other_school_code]
route: school_code
message: >-
  The student is registered as full-time from {overlap_from} to {overlap_to} ({active_days} days counted) while enrolled
  in part-time higher education: {ground}.
message_zh: 该生 {overlap_from} 至 {overlap_to} 登记为全日制学生,同期在读非全日制高等教育(计 {active_days} 天):{ground_zh}。
next: >-
  See whether the person sits in class on workdays or has a job; who does not study full-time belongs in the part-time
  roll, and full-time aid is owed back.
next_zh: 核实工作日是否在校上课、有无在职参保;实为业余学习的,改登非全日制学籍并核减全日制资助。
params:
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: Days for which both enrolments may stay open while a transfer is entered.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the two records are the same person only probably.
  adult_age:
    default: 22
    unit: years
    comment: Own estimate; who enters at this age did not come on from junior or high school.
exceptions:
  - name: X11_part_time_at_school
    says: The school has the person as a part-time student as well, as an adult learner should be.
    says_zh: 中职或技工一方本身登记为非全日制,属成人学员。
    proof: core.enrolment
  - name: X11_filed_flexible_programme
    says: An adult in a flexible or credit-based programme that the school filed for the entry year, and draws no aid.
    says_zh: 成人学员,学校当年弹性学制或学分制已备案,且未领取资助。
    proof: flexible_filings
  - name: X15_transfer_lag
    says: Both enrolments were open only for as long as closing one takes.
    says_zh: 重叠时间未超过学籍办结所需的合理期限。
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
    says: The school programme was over when the college began; its graduation is merely posted late.
    says_zh: 中职或技工学制已满后读成人高等教育,仅毕业状态补录滞后。
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
  - name: X22_courses_beside_school
    says: >-
      A young full-time student who takes up adult, open, online or self-study higher education beside school and draws
      no second aid for it; no ban names it.
    says_zh: 在校青年学生套读成人、开放、网络、自考高等教育,且未在高校一方另领资助。
    proof: core.enrolment
  - name: X23_second_skill
    says: The college programme was over when the person came to learn a trade, and no aid is drawn for that.
    says_zh: 高等教育学制已满后学习第二技能,且未领取资助。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
  - {on: 2024-04-15, note: Whoever was registered only when the other enrolment had closed was never on two rolls.}
---
Why it matters

The bans on two enrolments name regular full-time higher education; adult, open, online and self-study education are
checked apart. What remains is the paper student: an employee who studies for a diploma in the evening and is on a
vocational or technical school's full-time roll for the sake of plan and aid (企业在职职工 are registered as part-time;
full-time aid is for full-time students). Reported are adults, whoever draws school aid though already at college when
registered, and whoever draws aid twice. With school aid drawn by an adult it is B.

What to check first

Attendance on workdays, social insurance, the aid lines of both schools.
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
            and dual.counted_from <= aid.benefit_to
            and dual.counted_to >= aid.benefit_from
    group by dual.record_id, dual.other_record_id
),

pair as (
    select
        dual.* exclude (amount_paid, evidence_record_ids),
        not dual.is_later and dual.remaining_days <= $lag_days as is_school_over,
        dual.is_later and dual.remaining_days <= $lag_days as is_college_over,
        dual.started_on > dual.other_started_on + $lag_days as is_after_college,
        date_diff('year', own.born_on, own.started_on)
        - case when strftime(own.started_on, '%m-%d') < strftime(own.born_on, '%m-%d') then 1 else 0 end as age_years,
        -- Former graduates are among the adults of the packs, and mostly are no older than others.
        coalesce(
            own.entrant_type not in ('junior_fresh', 'junior_past', 'high_fresh', 'high_past')
            and list_contains(
                policy_list('adult.entrant_types', own.registry, own.region_code, own.started_on), own.entrant_type
            ),
            false
        ) as is_adult_entrant,
        coalesce(own_aid.amount, 0) as own_amount,
        coalesce(college_aid.amount, 0) as college_amount,
        list_sort(list_concat(coalesce(own_aid.aid_record_ids, []), coalesce(college_aid.aid_record_ids, [])))
            as evidence_record_ids
    from feature.dual_enrolment as dual
    inner join core.enrolment as own
        on dual.record_id = own.record_id
    left join drawn as own_aid
        on
            dual.record_id = own_aid.record_id
            and dual.other_record_id = own_aid.other_record_id
    left join drawn as college_aid
        on
            dual.record_id = college_aid.other_record_id
            and dual.other_record_id = college_aid.record_id
    where
        dual.registry in ('vocational', 'technical')
        and dual.other_registry = 'higher'
        and dual.other_study_form <> 'full_time'
),

aged as (
    select
        pair.*,
        pair.is_adult_entrant or coalesce(pair.age_years >= $adult_age, false) as is_adult,
        pair.is_after_college and pair.own_amount > 0 as is_aided_after_college,
        pair.own_amount > 0 and pair.college_amount > 0 as is_aided_twice
    from pair
),

judged as (
    select
        aged.*,
        cast(aged.own_amount + aged.college_amount as decimal(14, 2)) as amount_paid,
        case when aged.is_adult and aged.own_amount > 0 then 'B' else 'C' end as severity,
        case when aged.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        case
            when aged.is_adult and aged.own_amount > 0 then 'an adult who draws full-time aid'
            when aged.is_aided_twice then 'aid is drawn at both'
            when aged.is_adult then 'an adult on the full-time roll'
            else 'at college before the school, and aided there'
        end as ground,
        case
            when aged.is_adult and aged.own_amount > 0 then '成人领取全日制资助'
            when aged.is_aided_twice then '两边都领取资助'
            when aged.is_adult then '成人登记为全日制'
            else '先有高校学籍、后注册中职或技工并领取资助'
        end as ground_zh,
        concat_ws(
            ',',
            case
                when aged.is_adult and aged.own_amount = 0 and not is_delivered('flexible_filings')
                    then 'flexible_filings'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from aged
),

decided as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
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
    judged.age_years,
    judged.match_probability,
    judged.severity,
    judged.certainty,
    judged.amount_paid,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from decided as judged
where
    -- X11_part_time_at_school
    judged.study_form = 'full_time'
    -- X15_transfer_lag
    and judged.counted_days > $lag_days
    -- X20_held_enrolment
    and judged.active_days > $lag_days
    -- X19_repeat_entrant
    and not judged.is_ended_undated
    -- X18_went_up_after_graduation
    and not judged.is_school_over
    -- X23_second_skill
    and not (judged.is_college_over and judged.own_amount = 0)
    -- X22_courses_beside_school
    and (judged.is_adult or judged.is_aided_after_college or judged.is_aided_twice)
    -- X11_filed_flexible_programme
    and not exists (
        select 1
        from flexible_filings as filing
        where
            judged.own_amount = 0
            and filing.school_code in (judged.own_code, judged.school_code)
            and filing.year = judged.cohort
    )
    -- X15c_registered_after_closing
    and not judged.is_one_after_the_other
    -- X17_corrected_identity
    and coalesce(judged.correction_days > $lag_days, true)
qualify
    row_number() over (
        partition by judged.person_id, judged.school_code, judged.other_school_code
        order by judged.active_days desc, judged.record_id, judged.other_record_id
    ) = 1
