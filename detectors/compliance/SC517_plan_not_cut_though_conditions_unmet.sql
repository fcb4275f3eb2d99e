/*
id: SC517
title: plan not cut in spite of unmet conditions
title_zh: 办学条件未达标而招生计划未调减
severity: C
certainty: certain
subject: other
policy: [xinzhou_2023:conditions, jiamusi_2022:qualification]
reads:
  required:
    - core.school
    - school_qualifications
  optional:
    - core.school_lineage
    - enrollment_plans
    - school_events
evidence:
  - subject_id
  - kind
  - school_code
  - region_code
  - cohort
  - unmet_year
  - inspection
  - plan_before
  - plan_after
  - schools
  - met_schools
  - met_share
  - target_share
  - finding
  - finding_zh
  - bound_by
  - severity
key: [kind, subject_id, cohort]
route: school_code
message: >-
  {finding}.
message_zh: '{finding_zh}。'
next: >-
  Take the monitor's table of conditions (land, buildings, teachers, equipment per student) for both years and the
  decision on the plan, and cut the next plan or show what has been mended.
next_zh: 调取两个年度的办学条件监测表和计划下达文件,未整改到位的调减下一年度计划,已整改的附验收材料。
params:
  least_schools:
    default: 5
    unit: schools
    comment: Own estimate; with fewer schools one of them decides over the share of a whole place.
exceptions:
  - name: X10_merged_schools
    says: The plans of schools that have merged since are added up before they are compared.
    says_zh: 学校合并的,合并前后各校计划合计比较。
    proof: core.school_lineage
  - name: X37_mended_since
    says: The next list finds the conditions met, before the plan was due to be cut.
    says_zh: 下一年度已达标,无需再调减。
    proof: school_qualifications
  - name: X37b_cut_before
    says: The plan was cut in the very year of the finding, and has not been raised since.
    says_zh: 在认定未达标的当年已调减,此后未再增加。
    proof: enrollment_plans
  - name: X37c_target_met_by_the_next_list
    says: The list drawn after the end of the year, where there is one, shows that the place had reached its target.
    says_zh: 年底之后公布的下一份名单显示已达到目标。
    proof: school_qualifications
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Places in class are safe only with teachers and rooms to them: a school below the conditions has its plan cut until it
meets them (Xinzhou, intake of 2023). Conditions are counted per student, so that such a school has a motive to hide
students here while it shows more of them where money is counted; the two headcounts are worth a look together.

`plan_not_cut`: the list of a year finds the conditions unmet and the plan of the next year is not smaller than that
year's. A school without a plan in either year has nothing to cut, and a school that is no longer in a later plan has
been cut to nothing. `target_missed`: a place that set itself a share of schools that meet the conditions (Jiamusi:
eight tenths by the end of 2023, nine by the end of 2025) misses it; this is D, a table for the government.

Schools whose conditions the list does not judge are not asked about.

What to check first

Whether the list says unmet for the whole school or for one condition under repair.
*/
with judged_row as (
    select
        qualification.year,
        qualification.conditions_met,
        qualification.inspection,
        school.current_school_code as school_code
    from school_qualifications as qualification
    -- X10_merged_schools
    inner join core.school as school
        on qualification.school_code = school.school_code
    where
        qualification.conditions_met is not null
        and coalesce(school.kind, 'vocational') <> 'technical'
),

judged_school as (
    select
        judged_row.year,
        judged_row.school_code,
        min(judged_row.inspection) as inspection,
        bool_or(judged_row.conditions_met) as is_met
    from judged_row
    group by judged_row.year, judged_row.school_code
),

placed as (
    select
        judged_school.*,
        school.region_code,
        left(school.region_code, 4) as city
    from judged_school
    inner join core.school as school
        on judged_school.school_code = school.school_code
),

plan as (
    select
        planned.year,
        school.current_school_code as school_code,
        left(school.region_code, 4) as city,
        sum(planned.planned) as places
    from enrollment_plans as planned
    inner join core.school as school
        on planned.school_code = school.school_code
    where regexp_matches(planned.category, '中职|中专|职业')
    group by planned.year, school.current_school_code, left(school.region_code, 4)
),

planned_year as (
    select
        plan.year,
        plan.city
    from plan
    group by plan.year, plan.city
),

uncut as (
    select
        unmet.school_code,
        unmet.region_code,
        unmet.inspection,
        unmet.year as unmet_year,
        cast(before.places as integer) as plan_before,
        cast(after.places as integer) as plan_after,
        unmet.year + 1 as cohort,
        year_before.year is not null and year_after.year is not null as is_planned,
        policy_clause('plan.cut_if_unmet', 'vocational', unmet.region_code, make_date(unmet.year + 1, 9, 1))
            as bound_by
    from placed as unmet
    left join plan as before
        on
            unmet.school_code = before.school_code
            and unmet.year = before.year
    left join plan as after
        on
            unmet.school_code = after.school_code
            and unmet.year + 1 = after.year
    left join plan as earlier
        on
            unmet.school_code = earlier.school_code
            and unmet.year - 1 = earlier.year
    left join planned_year as year_before
        on
            unmet.city = year_before.city
            and unmet.year = year_before.year
    left join planned_year as year_after
        on
            unmet.city = year_after.city
            and unmet.year + 1 = year_after.year
    left join placed as since
        on
            unmet.school_code = since.school_code
            and unmet.year + 1 = since.year
    where
        not unmet.is_met
        and policy_number('plan.cut_if_unmet', 'vocational', unmet.region_code, make_date(unmet.year + 1, 9, 1)) = 1
        and as_of() >= make_date(unmet.year + 1, 9, 1)
        and (
            after.places >= before.places
            or year_before.year is null
            or year_after.year is null
        )
        -- X37_mended_since
        and not coalesce(since.is_met, false)
        -- X37b_cut_before
        and not coalesce(before.places < earlier.places and after.places <= before.places, false)
),

place_year as (
    select
        placed.city,
        placed.year,
        min(placed.region_code) as region_code,
        count(*) as schools,
        count(*) filter (where placed.is_met) as met_schools
    from placed
    where placed.city is not null
    group by placed.city, placed.year
),

home as (
    select
        left(school.region_code, 4) as city,
        count(distinct school.current_school_code) as schools_known
    from core.school as school
    where
        school.kind = 'vocational'
        and school.region_code is not null
    group by left(school.region_code, 4)
),

year_end as (
    select unnest(range(2020, year(as_of()))) as year
),

-- Year-ends at which a place with vocational schools has set itself a target.
target as (
    select
        home.city,
        home.schools_known,
        year_end.year,
        policy_number('condition.target_share', 'vocational', home.city, make_date(year_end.year, 12, 31))
            as target_share,
        policy_clause('condition.target_share', 'vocational', home.city, make_date(year_end.year, 12, 31)) as bound_by
    from home
    cross join year_end
),

missed as (
    select
        target.city,
        target.year,
        target.target_share,
        target.bound_by,
        place_year.schools,
        place_year.met_schools,
        place_year.met_schools / place_year.schools as met_share
    from target
    left join place_year
        on
            target.city = place_year.city
            and target.year = place_year.year
    left join place_year as following
        on
            target.city = following.city
            and target.year + 1 = following.year
    where
        target.target_share is not null
        and coalesce(place_year.schools, target.schools_known) >= $least_schools
        and (
            place_year.schools is null
            or place_year.met_schools < place_year.schools * target.target_share
        )
        -- X37c_target_met_by_the_next_list
        and not coalesce(following.met_schools >= following.schools * target.target_share, false)
),

found as (
    select
        uncut.school_code as subject_id,
        'plan_not_cut' as kind,
        uncut.school_code,
        uncut.region_code,
        uncut.cohort,
        uncut.unmet_year,
        uncut.inspection,
        uncut.plan_before,
        uncut.plan_after,
        null as schools,
        null as met_schools,
        null as met_share,
        null as target_share,
        uncut.bound_by,
        'C' as severity,
        concat_ws(
            ',',
            case when not uncut.is_planned then 'enrollment_plans' end,
            case when not is_delivered('school_events') then 'school_events' end
        ) as missing_inputs
    from uncut

    union all

    select
        missed.city || '00' as subject_id,
        'target_missed' as kind,
        null as school_code,
        missed.city || '00' as region_code,
        missed.year as cohort,
        missed.year as unmet_year,
        null as inspection,
        null as plan_before,
        null as plan_after,
        cast(missed.schools as integer) as schools,
        cast(missed.met_schools as integer) as met_schools,
        missed.met_share,
        missed.target_share,
        missed.bound_by,
        'D' as severity,
        case when missed.schools is null then 'school_qualifications' else '' end as missing_inputs
    from missed
),

worded as (
    select
        found.*,
        case
            when found.kind = 'plan_not_cut'
                then
                    'the conditions were unmet in ' || found.unmet_year || ', and the plan of ' || found.cohort
                    || ' has ' || coalesce(cast(found.plan_after as varchar), '?') || ' places after '
                    || coalesce(cast(found.plan_before as varchar), '?')
            else
                'at the end of ' || found.cohort || ' ' || coalesce(cast(found.met_schools as varchar), '?')
                || ' of ' || coalesce(cast(found.schools as varchar), '?')
                || ' schools met the conditions, the target being ' || found.target_share
        end as finding,
        case
            when found.kind = 'plan_not_cut'
                then
                    '该校 ' || found.unmet_year || ' 年办学条件未达标,' || found.cohort || ' 年招生计划 '
                    || coalesce(cast(found.plan_after as varchar), '?') || ' 人,未低于上年的 '
                    || coalesce(cast(found.plan_before as varchar), '?') || ' 人'
            else
                found.cohort || ' 年底达标中职学校 ' || coalesce(cast(found.met_schools as varchar), '?')
                || ' 所,共 ' || coalesce(cast(found.schools as varchar), '?')
                || ' 所,未达到规划目标 ' || found.target_share
        end as finding_zh,
        case when found.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from found
)

select
    worded.subject_id,
    worded.kind,
    worded.school_code,
    worded.region_code,
    worded.cohort,
    worded.unmet_year,
    worded.inspection,
    worded.plan_before,
    worded.plan_after,
    worded.schools,
    worded.met_schools,
    worded.met_share,
    worded.target_share,
    worded.finding,
    worded.finding_zh,
    worded.bound_by,
    worded.severity,
    worded.verdict,
    worded.missing_inputs
from worded
