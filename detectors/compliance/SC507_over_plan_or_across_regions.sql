/*
id: SC507
title: intake over plan, or across regions
title_zh: 超计划或跨区域招生
severity: C
certainty: certain
subject: school
policy: [xinzhou_2023:intake-balance, jilin_2020:intake-balance]
reads:
  required:
    - feature.recruit
    - enrollment_plans
  optional:
    - admissions
    - core.school
    - flexible_filings
    - k12_students
    - school_events
    - status_changes
evidence:
  - school_code
  - cohort
  - registry
  - wrong
  - major_code
  - planned
  - students
  - beyond
  - reason
  - reason_zh
  - overlap_from
  - severity
  - evidence_record_ids
key: [school_code, cohort, registry, wrong, major_code]
route: school_code
message: "The school registered {students} entrants of {cohort} in the {registry} registry: {reason}."
message_zh: 该校 {cohort} 年注册新生 {students} 人,{reason_zh}。
next: >-
  Ask the planning office for the plan with its later additions, and the platform for the list of those admitted.
next_zh: 向计划部门调取当年计划及追加批复,并与招生平台录取名单逐人核对。
params:
  tolerance:
    default: 0.05
    unit: share
    comment: Own estimate; plans are rounded and a few who were admitted elsewhere come after all.
  least_beyond:
    default: 5
    unit: students
    comment: Own estimate; so few beyond the plan of a small school are no case.
  least_across:
    default: 3
    unit: students
    comment: Own estimate; one or two from another city have their reasons.
  settled_days:
    default: 30
    unit: days
    comment: Own estimate; who left within that time did not take the place.
exceptions:
  - name: X07_admitted_for_a_talent
    says: Admitted for a talent or by quota, for which schools may recruit beyond their area.
    says_zh: 特长生、指标生等经批准可跨区域录取。
    proof: admissions
  - name: X10_merged_schools
    says: The plans of the schools that were merged into this one count as its own.
    says_zh: 学校合并的,前身学校的计划一并计入。
    proof: core.school
  - name: X11_adult_entrants
    says: Adults, and flexible programmes that were filed, are recruited outside the plan for school leavers.
    says_zh: 社会人员、已备案弹性学制学员在应届招生计划之外。
    proof: flexible_filings
  - name: X15_transferred_in
    says: Students who came by approved transfer took their place in the plan of another school.
    says_zh: 经批准转入的学生不占本校当年招生计划。
    proof: status_changes
  - name: X19_repeated_a_year
    says: Students who repeat the year were recruited in an earlier one.
    says_zh: 留级重读的学生不占当年招生计划。
    proof: status_changes
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Plans keep vocational and general schools in balance; a high school over plan takes its pupils from the vocational
schools, and from the counties if it recruits across regions. Three tests. More entrants than all plans of the school
and its predecessors together allow, later additions included, by more than five in a hundred and at least five: C. The
school within its plan, every row of which names a major, and one major beyond its own by as much: D. A public high
school with pupils who sat the entrance examination in another city that no plan of the school names: C.

Judged where and when a policy forbids it: plans of both kinds in Xinzhou for the intake of 2023, plans and areas of
high schools in Jilin since March 2020. A school of the list without a plan in a year for which plans were delivered
needs evidence. Quotas of whole regions are RQ606's.

What to check first

A supplementary plan that nobody entered.
*/
with plan as (
    select
        plans.year,
        plans.major_code,
        plans.region_code,
        plans.planned,
        coalesce(school.current_school_code, plans.school_code) as school_code,
        case
            when contains(plans.category, '技工') then 'technical'
            when contains(plans.category, '高中') then 'k12'
            else 'vocational'
        end as registry
    from enrollment_plans as plans
    left join core.school as school
        on plans.school_code = school.school_code
    where plans.school_code is not null
),

school_plan as (
    select
        plan.year,
        plan.registry,
        plan.school_code,
        cast(sum(plan.planned) as integer) as planned,
        count(*) = count(plan.major_code) as is_by_major
    from plan
    group by plan.year, plan.registry, plan.school_code
),

major_plan as (
    select
        plan.year,
        plan.registry,
        plan.school_code,
        cast(sum(plan.planned) as integer) as planned,
        left(plan.major_code, 6) as major_code
    from plan
    where plan.major_code is not null
    group by plan.year, plan.registry, plan.school_code, left(plan.major_code, 6)
),

plan_year as (
    select
        plan.year,
        plan.registry
    from plan
    group by plan.year, plan.registry
),

flexible as (
    select
        filing.school_code,
        filing.year
    from flexible_filings as filing
    group by filing.school_code, filing.year
),

entrant as (
    select
        recruit.*,
        left(recruit.major_code, 6) as major
    from feature.recruit as recruit
    left join flexible
        on
            recruit.own_code = flexible.school_code
            and recruit.cohort = flexible.year
            and recruit.study_form <> 'full_time'
    where
        recruit.registry in ('vocational', 'technical', 'k12')
        -- X11_adult_entrants
        and flexible.school_code is null
        and coalesce(recruit.entrant_type in ('junior_fresh', 'junior_past', 'other'), true)
        -- X15_transferred_in
        and not recruit.is_transferred_in
        -- X19_repeated_a_year
        and not recruit.is_repeating
        and coalesce(recruit.ended_on > recruit.started_on + $settled_days, true)
),

bound_by_plan as (
    select entrant.*
    from entrant
    where policy_number('plan.over_allowed', entrant.registry, entrant.region_code, entrant.started_on) = 0
),

intake as (
    select
        bound_by_plan.school_code,
        bound_by_plan.cohort,
        bound_by_plan.registry,
        cast(count(distinct bound_by_plan.person_id) as integer) as students,
        min(bound_by_plan.started_on) as overlap_from,
        list(bound_by_plan.record_id order by bound_by_plan.record_id) as record_ids
    from bound_by_plan
    group by bound_by_plan.school_code, bound_by_plan.cohort, bound_by_plan.registry
),

intake_against_plan as (
    select
        intake.*,
        school_plan.planned,
        school_plan.is_by_major,
        intake.students > school_plan.planned * (1 + $tolerance)
        and intake.students >= school_plan.planned + $least_beyond as is_over
    from intake
    -- X10_merged_schools
    left join school_plan
        on
            intake.school_code = school_plan.school_code
            and intake.cohort = school_plan.year
            and intake.registry = school_plan.registry
),

major_intake as (
    select
        bound_by_plan.school_code,
        bound_by_plan.cohort,
        bound_by_plan.registry,
        bound_by_plan.major as major_code,
        cast(count(distinct bound_by_plan.person_id) as integer) as students,
        min(bound_by_plan.started_on) as overlap_from,
        list(bound_by_plan.record_id order by bound_by_plan.record_id) as record_ids
    from bound_by_plan
    group by bound_by_plan.school_code, bound_by_plan.cohort, bound_by_plan.registry, bound_by_plan.major
),

talent as (
    select
        admission.exam_no,
        admission.year,
        upper(trim(admission.id_number)) as id_number
    from admissions as admission
    where regexp_matches(admission.admitted_as, '特长|指标|特招|体育|艺术|国际|民族')
),

from_afar as (
    select
        entrant.school_code,
        entrant.cohort,
        entrant.registry,
        entrant.person_id,
        entrant.record_id,
        entrant.started_on
    from entrant
    inner join k12_students as pupil
        on entrant.record_id = pupil.record_id
    inner join core.school as school
        on entrant.own_code = school.school_code
    left join plan as area
        on
            entrant.school_code = area.school_code
            and entrant.cohort = area.year
            and entrant.registry = area.registry
            and starts_with(pupil.exam_area_code, regexp_replace(area.region_code, '(00)+$', ''))
    left join talent
        on
            upper(trim(pupil.id_number)) = talent.id_number
            and entrant.cohort = talent.year
    where
        entrant.registry = 'k12'
        and school.owner = '公办'
        and regexp_full_match(pupil.exam_area_code, '[0-9]{6}')
        and left(pupil.exam_area_code, 4) <> left(entrant.region_code, 4)
        and area.school_code is null
        and policy_number(
            'plan.across_areas_allowed', entrant.registry, entrant.region_code, entrant.started_on
        ) = 0
        -- X07_admitted_for_a_talent
        and talent.id_number is null
),

found as (
    select
        intake_against_plan.school_code,
        intake_against_plan.cohort,
        intake_against_plan.registry,
        intake_against_plan.planned,
        intake_against_plan.students,
        intake_against_plan.overlap_from,
        intake_against_plan.record_ids as evidence_record_ids,
        'over plan' as wrong,
        '' as major_code,
        'C' as severity,
        intake_against_plan.students - intake_against_plan.planned as beyond,
        concat(
            intake_against_plan.students - intake_against_plan.planned, ' more than all its plans allow (',
            intake_against_plan.planned, ')'
        ) as reason,
        concat(
            '超出下达计划 ', intake_against_plan.planned, ' 人共 ',
            intake_against_plan.students - intake_against_plan.planned, ' 人'
        ) as reason_zh
    from intake_against_plan
    where intake_against_plan.is_over

    union all by name

    select
        intake_against_plan.school_code,
        intake_against_plan.cohort,
        intake_against_plan.registry,
        intake_against_plan.students,
        intake_against_plan.overlap_from,
        intake_against_plan.record_ids as evidence_record_ids,
        'no plan' as wrong,
        '' as major_code,
        'C' as severity,
        'the plans of that year name no place for it' as reason,
        '当年计划名单中没有该校' as reason_zh
    from intake_against_plan
    inner join plan_year
        on
            intake_against_plan.cohort = plan_year.year
            and intake_against_plan.registry = plan_year.registry
    inner join core.school as school
        on intake_against_plan.school_code = school.school_code
    where
        intake_against_plan.planned is null
        and school.is_listed
        -- A school of another kind has no place in these plans; the registry is SC508's matter.
        and case intake_against_plan.registry
            when 'vocational' then school.kind in ('vocational', 'high', 'special', 'higher', 'adult_higher')
            when 'k12' then school.kind = 'high'
            else school.kind = 'technical'
        end
        and intake_against_plan.students >= $least_beyond

    union all by name

    select
        major_intake.school_code,
        major_intake.cohort,
        major_intake.registry,
        major_plan.planned,
        major_intake.students,
        major_intake.overlap_from,
        major_intake.record_ids as evidence_record_ids,
        'over the plan of a major' as wrong,
        major_intake.major_code,
        'D' as severity,
        major_intake.students - major_plan.planned as beyond,
        concat(
            'in ', major_intake.major_code, ' ', major_intake.students - major_plan.planned, ' more than planned (',
            major_plan.planned, '), the school within its plan'
        ) as reason,
        concat(
            '专业 ', major_intake.major_code, ' 超出计划 ', major_plan.planned, ' 人共 ',
            major_intake.students - major_plan.planned, ' 人(全校未超计划)'
        ) as reason_zh
    from major_intake
    inner join intake_against_plan
        on
            major_intake.school_code = intake_against_plan.school_code
            and major_intake.cohort = intake_against_plan.cohort
            and major_intake.registry = intake_against_plan.registry
    inner join major_plan
        on
            major_intake.school_code = major_plan.school_code
            and major_intake.cohort = major_plan.year
            and major_intake.registry = major_plan.registry
            and major_intake.major_code = major_plan.major_code
    where
        intake_against_plan.is_by_major
        and not intake_against_plan.is_over
        and major_intake.students > major_plan.planned * (1 + $tolerance)
        and major_intake.students >= major_plan.planned + $least_beyond

    union all by name

    select
        from_afar.school_code,
        from_afar.cohort,
        from_afar.registry,
        cast(count(distinct from_afar.person_id) as integer) as students,
        min(from_afar.started_on) as overlap_from,
        list(from_afar.record_id order by from_afar.record_id) as evidence_record_ids,
        'across regions' as wrong,
        '' as major_code,
        'C' as severity,
        'they sat the entrance examination in another city, which no plan of this public school names' as reason,
        '其中考报名地在外市,且该公办高中的计划未包含该地区' as reason_zh
    from from_afar
    group by from_afar.school_code, from_afar.cohort, from_afar.registry
),

judged as (
    select
        found.*,
        concat_ws(
            ',',
            case when found.wrong = 'across regions' and not is_delivered('admissions') then 'admissions' end,
            case when found.wrong = 'no plan' then 'enrollment_plans' end,
            case when not is_delivered('school_events') then 'school_events' end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from found
    where
        found.wrong <> 'across regions'
        or found.students >= $least_across
),

worded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.school_code,
    worded.cohort,
    worded.registry,
    worded.wrong,
    worded.major_code,
    worded.planned,
    worded.students,
    worded.beyond,
    worded.reason,
    worded.reason_zh,
    worded.overlap_from,
    worded.severity,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
