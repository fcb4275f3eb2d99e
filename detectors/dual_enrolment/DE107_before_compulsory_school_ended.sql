/*
id: DE107
title: vocational or technical enrolment of a pupil who had not finished compulsory school
title_zh: 未完成义务教育即注册中职或技工学籍
severity: B
certainty: certain
subject: person
policy: [national:compulsory-first, national:one-registration, national:jg-formal]
reads:
  required:
    - core.enrolment
    - feature.dual_enrolment
  optional:
    - k12_students
    - status_changes
evidence:
  - person_id
  - record_id
  - other_record_id
  - school_code
  - other_school_code
  - registry
  - ground
  - ground_zh
  - overlap_from
  - overlap_to
  - overlap_days
  - counted_days
  - age_years
  - match_probability
  - severity
  - certainty
  - amount_paid
  - amount_estimated
  - aid_items
  - evidence_record_ids
key: [person_id, school_code]
route: school_code
message: >-
  The school registered a pupil who had not finished compulsory school: {ground}.
message_zh: 该校为未完成义务教育的学生注册学籍:{ground_zh}。
next: >-
  Ask the junior school for its roll call and the date of finishing; if whole classes of one junior school are on the
  roll, somebody handed over their particulars. A pupil may learn here, the enrolment has to go and its aid back.
next_zh: 向学生所在初中核对点名册和毕业时间;若同一初中整班学生在册,先查信息来源。学生可以到职业学校学习,但学籍应注销、资助应退回。
params:
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: Days for which both enrolments may stay open while a transfer is entered.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the two records are the same person only probably.
  least_age:
    default: 14
    unit: years
    comment: Own estimate; nobody who entered school at six has finished nine years below it.
exceptions:
  - name: X15_registry_lag
    says: Both enrolments were open only for as long as closing the junior one takes.
    says_zh: 重叠时间未超过初中学籍办结所需的合理期限。
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
  - name: X17_birth_written_two_ways
    says: Another record of the pupil tells a birth date by which the pupil was old enough.
    says_zh: 该生另一条记录的出生日期不同,按其计算已到年龄,属出生日期录入差错。
    proof: core.enrolment
  - name: X18_junior_school_over
    says: The junior school years were over when the pupil was registered; finishing is merely posted late.
    says_zh: 注册时初中学制已满,仅毕业状态补录滞后。
    proof: core.enrolment
  - name: X18_finished_early
    says: A junior school reports that so young a pupil had finished before entering.
    says_zh: 年龄虽小,但初中学籍显示入学前已毕业。
    proof: core.enrolment
  - name: X19_status_without_a_day
    says: One of the enrolments is ended in its registry, or in no status it names, and only the day was not delivered.
    says_zh: 其中一条学籍状态已终止或为“其他”,只是未填日期。
    proof: core.enrolment
  - name: X20_place_kept
    says: The vocational or technical school keeps a place for the pupil, who is not yet registered as a student there.
    says_zh: 中职或技工学校仅保留入学资格,学生尚未注册在读。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
  - {on: 2024-04-15, note: Whoever was registered only when the other enrolment had closed was never on two rolls.}
---
Why it matters

Technical schools have registered whole junior classes two years before they finished and drawn aid for them; it came to
light when the pupils could not be registered where they really went. 在未完成义务教育之前,严禁中职学校为其注册中职学籍.

A pupil who finds learning hard may finish compulsory school inside a vocational school (X26): only without an enrolment
there, so that nothing is reported of such a pupil. Suspension at junior school ends no compulsory schooling and is no
excuse, nor is a part-time form of study. Before September 2021 the ban on two enrolments is what binds.

What to check first

The junior school's roll; who brought the applications; who received the aid. Where only the age speaks, the birth date
in the household register; schools of dance, opera, acrobatics and sports take pupils young.
*/
with entrant as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.match_probability,
        enrolment.registry,
        enrolment.current_school_code,
        enrolment.region_code,
        enrolment.started_on,
        enrolment.end_basis,
        enrolment.status,
        enrolment.id_number,
        date_diff('year', enrolment.born_on, enrolment.started_on)
        - case when strftime(enrolment.started_on, '%m-%d') < strftime(enrolment.born_on, '%m-%d') then 1 else 0 end
            as age_years
    from core.enrolment as enrolment
    where enrolment.registry in ('vocational', 'technical')
),

joined as (
    select
        entrant.*,
        policy_number(
            'registration.before_compulsory_end_allowed', entrant.registry, entrant.region_code, entrant.started_on
        ) as early_allowed,
        policy_number('dual.forbidden', entrant.registry, entrant.region_code, entrant.started_on) as dual_forbidden
    from entrant
    where
        entrant.age_years < $least_age
        or entrant.record_id in (
            select dual.record_id
            from feature.dual_enrolment as dual
            where dual.other_stage = 'junior'
        )
),

still_at_school as (
    select
        dual.person_id,
        dual.record_id,
        dual.other_record_id,
        dual.school_code,
        dual.other_school_code,
        dual.registry,
        dual.overlap_from,
        dual.overlap_to,
        dual.overlap_days,
        dual.counted_days,
        joined.age_years,
        dual.match_probability,
        dual.amount_paid,
        dual.amount_estimated,
        dual.aid_items,
        dual.evidence_record_ids,
        case when dual.amount_paid > 0 then 'A' else 'B' end as severity,
        case when dual.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        concat(
            'still enrolled at a junior school from ', dual.overlap_from, ' to ', dual.overlap_to,
            ' (', dual.counted_days, ' days, summer posting season left out)'
        ) as ground,
        concat(
            dual.overlap_from, ' 至 ', dual.overlap_to, ' 初中学籍仍有效,扣除暑期录入期后重叠 ',
            dual.counted_days, ' 天'
        ) as ground_zh,
        case
            when (joined.id_number is distinct from junior.id_number) and not is_delivered('status_changes')
                then 'status_changes'
            else ''
        end as missing_inputs
    from feature.dual_enrolment as dual
    inner join joined
        on dual.record_id = joined.record_id
    inner join core.enrolment as junior
        on dual.other_record_id = junior.record_id
    where
        dual.other_stage = 'junior'
        and coalesce(joined.early_allowed, 1 - joined.dual_forbidden) = 0
        -- X15_registry_lag
        and dual.counted_days > $lag_days
        -- X18_junior_school_over
        and dual.other_expected_end_on > dual.overlap_from + $lag_days
        -- X19_status_without_a_day
        and not dual.is_ended_undated
        and joined.status <> 'other'
        and junior.status <> 'other'
        -- X20_place_kept
        and joined.status <> 'reserved'
        -- X15c_registered_after_closing
        and not dual.is_one_after_the_other
        -- X17_corrected_identity
        and coalesce(dual.correction_days > $lag_days, true)
),

too_young as (
    select
        joined.person_id,
        joined.record_id,
        null as other_record_id,
        joined.current_school_code as school_code,
        null as other_school_code,
        joined.registry,
        null as overlap_from,
        null as overlap_to,
        null as overlap_days,
        null as counted_days,
        joined.age_years,
        joined.match_probability,
        0 as amount_paid,
        0 as amount_estimated,
        '' as aid_items,
        [] as evidence_record_ids,
        'C' as severity,
        'probable' as certainty,
        concat('aged ', joined.age_years, ' on the day of entry, and no junior school reports finishing') as ground,
        concat('入学时仅 ', joined.age_years, ' 周岁,且未见初中毕业记录') as ground_zh,
        case when is_delivered('k12_students') then '' else 'k12_students' end as missing_inputs
    from joined
    where
        joined.age_years < $least_age
        and joined.early_allowed = 0
        and coalesce(joined.end_basis, '') <> 'status'
        and joined.status not in ('other', 'reserved')
        -- X17_birth_written_two_ways
        and not exists (
            select 1
            from core.enrolment as other
            where
                other.person_id = joined.person_id
                and other.born_on <= joined.started_on - to_years($least_age)
        )
        -- X18_finished_early
        and not exists (
            select 1
            from core.enrolment as junior
            where
                junior.person_id = joined.person_id
                and junior.stage = 'junior'
                and least(junior.ended_on, junior.expected_end_on) <= joined.started_on + $lag_days
        )
),

found as (
    select still_at_school.*
    from still_at_school
    union all
    select too_young.*
    from too_young
),

judged as (
    select
        found.*,
        case when found.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from found
)

select
    judged.person_id,
    judged.record_id,
    judged.other_record_id,
    judged.school_code,
    judged.other_school_code,
    judged.registry,
    judged.ground,
    judged.ground_zh,
    judged.overlap_from,
    judged.overlap_to,
    judged.overlap_days,
    judged.counted_days,
    judged.age_years,
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
qualify
    row_number() over (
        partition by judged.person_id, judged.school_code
        order by judged.severity, judged.counted_days desc nulls last, judged.record_id, judged.other_record_id
    ) = 1
