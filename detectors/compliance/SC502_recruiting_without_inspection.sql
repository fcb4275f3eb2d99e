/*
id: SC502
title: recruiting without a passed annual inspection
title_zh: 年检未通过或未参加仍招生
severity: B
certainty: certain
subject: school
policy: [xinzhou_2023:inspection, national:inspection]
reads:
  required:
    - feature.recruit
    - school_qualifications
  optional:
    - core.school
    - school_events
    - status_changes
  needs_sources: [vocational_students]
evidence:
  - school_code
  - cohort
  - result
  - result_zh
  - inspected_on
  - students
  - aided_students
  - overlap_from
  - severity
  - amount_paid
  - aid_items
  - evidence_record_ids
key: [school_code, cohort]
route: school_code
message: >-
  The school registered {students} new entrants of {cohort}; of that year's annual inspection the published list says:
  {result}.
message_zh: 该校 {cohort} 年注册新生 {students} 人,而当年年检名单载明:{result_zh}。
next: >-
  Ask the department that inspects for its file and the notice as published; if it stands, stop registration until the
  school has passed and settle where these students can finish.
next_zh: 调取年检主管部门的结论原件和公示,属实的暂停招生注册,整改复检合格前不得再招,并妥善安置已注册学生。
params:
  least_students:
    default: 3
    unit: students
    comment: Own estimate; one or two students under a school code are more likely a code that was mistyped.
  known_share:
    default: 0.5
    unit: share
    comment: Own estimate; where fewer schools of a year have a result, the column was not filled in.
exceptions:
  - name: X10_merged_schools
    says: The inspection was passed under the code of the predecessor or successor.
    says_zh: 学校合并、更名,年检结论列在其前身或承接学校的代码下且合格。
    proof: core.school
  - name: X15_transferred_in
    says: Students who came by approved transfer were recruited elsewhere.
    says_zh: 经批准转入的学生由原校招收,不计入本校招生。
    proof: status_changes
  - name: X15d_time_to_mend
    says: To be corrected for the first time; the law gives the school time to mend before recruiting stops.
    says_zh: 年检结论首次为整改,法规允许限期整改,尚不停止招生。
    proof: school_qualifications
  - name: X19_spring_intake
    says: Spring entrants of a school that passed the inspection of their own calendar year before they came.
    says_zh: 春季入学的新生,学校在其入学前已通过入学当年的年检。
    proof: school_qualifications
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Every school is inspected before the spring term; one that did not take part, or failed and did not mend, may not
recruit. Not taking part and failing are B; passing only after the entrants had come, staying under correction for a
second year, and an empty result among schools that have theirs are C.

Schools off the list of the year, or listed there as not qualified, are SC501's and are not accused here again. Where a
year's list or its results were not delivered, only schools are asked about that had not passed the last inspection
before it. Results that were corrected later the same year count from the day of the passed one.

What to check first

The notice of the inspecting department, with its date; a result is often entered late.
*/
with listed as (
    select
        qualification.year,
        qualification.school_code,
        qualification.qualified,
        qualification.inspected_on,
        coalesce(school.current_school_code, qualification.school_code) as current_school_code,
        case
            -- What was mended and passed again is passed.
            when
                regexp_matches(qualification.inspection, '(复检|复查|复核|补检|整改后?|整改完成后?)(已?合格|已?通过)')
                then 'passed'
            when regexp_matches(qualification.inspection, '未参|未年检|未按时|未检|缺检|未申报') then 'missed'
            when regexp_matches(qualification.inspection, '不合格|未合格|不通过|未通过') then 'failed'
            when regexp_matches(qualification.inspection, '整改|限期|暂缓') then 'to_mend'
            when regexp_matches(qualification.inspection, '合格|通过|优秀|良好') then 'passed'
        end as outcome
    from school_qualifications as qualification
    left join core.school as school
        on qualification.school_code = school.school_code
),

first_list as (
    select min(listed.year) as year
    from listed
),

-- Of how many schools of a year the list gives a result.
list_year as (
    select
        listed.year,
        count(listed.outcome) >= $known_share * count(*) as has_results
    from listed
    group by listed.year
),

-- Where no list ever gave results, there is nothing to wait for: whether the school is listed at all is SC501's matter.
practice as (
    select coalesce(bool_or(list_year.has_results), true) as gives_results
    from list_year
),

own_result as (
    select
        listed.year,
        listed.school_code,
        bool_or(listed.outcome = 'passed') as is_passed,
        bool_or(listed.outcome = 'missed') as is_missed,
        bool_or(listed.outcome = 'failed') as is_failed,
        bool_or(listed.outcome = 'to_mend') as is_to_mend,
        max(listed.inspected_on) as inspected_on
    from listed
    group by listed.year, listed.school_code
),

kin_result as (
    select
        listed.year,
        listed.current_school_code as school_code,
        bool_or(listed.qualified) as is_qualified,
        bool_or(listed.outcome = 'passed') as is_passed,
        bool_or(listed.outcome is not null) as is_known,
        min(listed.inspected_on) filter (where listed.outcome = 'passed') as passed_on
    from listed
    group by listed.year, listed.current_school_code
),

-- What the last inspection with a result before the year asked about had said.
result_before as (
    select
        asked.year,
        kin_result.school_code,
        arg_max(coalesce(kin_result.is_passed, false), kin_result.year) as is_passed
    from (
        select unnest(range(first_list.year, year(as_of()) + 1)) as year
        from first_list
    ) as asked
    inner join kin_result
        on asked.year > kin_result.year
    where kin_result.is_known
    group by asked.year, kin_result.school_code
),

entrant as (
    select recruit.*
    from feature.recruit as recruit
    cross join first_list
    left join kin_result as own_year
        on
            recruit.is_spring_entry
            and recruit.school_code = own_year.school_code
            and year(recruit.started_on) = own_year.year
            and own_year.is_passed
            and coalesce(recruit.started_on >= own_year.passed_on, true)
    where
        recruit.registry = 'vocational'
        and recruit.cohort >= first_list.year
        and policy_number('inspection.required', recruit.registry, recruit.region_code, recruit.started_on) = 1
        -- X15_transferred_in
        and not recruit.is_transferred_in
        -- X19_spring_intake
        and own_year.year is null
),

recruiting as (
    select
        entrant.school_code,
        entrant.cohort,
        cast(count(distinct entrant.person_id) as integer) as students,
        cast(count(distinct entrant.person_id) filter (where entrant.amount_paid > 0) as integer) as aided_students,
        cast(sum(entrant.amount_paid) as decimal(14, 2)) as amount_paid,
        min(entrant.started_on) as overlap_from,
        min(entrant.own_code) as own_code,
        array_to_string(list_sort(list_distinct(flatten(list(entrant.aid_items)))), ',') as aid_items,
        list(entrant.record_id order by entrant.record_id) as evidence_record_ids
    from entrant
    group by entrant.school_code, entrant.cohort
),

inspected as (
    select
        recruiting.*,
        own_result.inspected_on as listed_on,
        kin_result.passed_on,
        result_before.is_passed as is_passed_before,
        coalesce(own_result.is_passed, false) as is_passed,
        coalesce(kin_result.is_passed, false) as is_kin_passed,
        coalesce(list_year.has_results, false) as has_results,
        list_year.year is not null or not practice.gives_results as is_told_by_listing,
        max(recruiting.cohort) over (partition by recruiting.school_code) as last_cohort,
        case
            when coalesce(own_result.is_missed, false) then 'missed'
            when coalesce(own_result.is_failed, false) then 'failed'
            when coalesce(own_result.is_to_mend, false) then 'to_mend'
            else 'unknown'
        end as outcome
    from recruiting
    cross join practice
    left join list_year
        on recruiting.cohort = list_year.year
    left join own_result
        on
            recruiting.own_code = own_result.school_code
            and recruiting.cohort = own_result.year
    left join kin_result
        on
            recruiting.school_code = kin_result.school_code
            and recruiting.cohort = kin_result.year
    left join result_before
        on
            recruiting.school_code = result_before.school_code
            and recruiting.cohort = result_before.year
    where
        recruiting.students >= $least_students
        -- Schools without the qualification are SC501's.
        and (kin_result.is_qualified or list_year.year is null)
),

judged as (
    select
        inspected.*,
        case when inspected.is_passed then inspected.passed_on else inspected.listed_on end as inspected_on,
        case
            when inspected.is_passed then 'passed on a day after the first of them came'
            when inspected.outcome = 'missed' then 'the school did not take part'
            when inspected.outcome = 'failed' then 'failed'
            when inspected.outcome = 'to_mend' then 'to be corrected, for the second time running'
            when inspected.has_results then 'no result'
            else 'nothing: the list or its results were not delivered'
        end as result,
        case
            when inspected.is_passed then '合格,但结论日期晚于新生入学'
            when inspected.outcome = 'missed' then '未参加年检'
            when inspected.outcome = 'failed' then '不合格'
            when inspected.outcome = 'to_mend' then '整改,且上一次年检也未合格'
            when inspected.has_results then '无年检结论'
            else '当年名单或年检结论未提供'
        end as result_zh,
        case
            when inspected.is_passed then 'C'
            when inspected.outcome in ('missed', 'failed') then 'B'
            else 'C'
        end as severity,
        concat_ws(
            ',',
            case when not is_delivered('school_events') then 'school_events' end,
            case
                when inspected.outcome = 'unknown' and not inspected.has_results and not inspected.is_passed
                    then 'school_qualifications'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from inspected
    where
        -- X10_merged_schools
        not (inspected.is_kin_passed and not inspected.is_passed)
        -- Passed in time.
        and not (inspected.is_passed and coalesce(inspected.passed_on <= inspected.overlap_from, true))
        -- X15d_time_to_mend
        and not (
            not inspected.is_passed and inspected.outcome = 'to_mend' and coalesce(inspected.is_passed_before, true)
        )
        -- Without any result only those are asked about that had not passed before, or of whom nothing is known today:
        -- a list that gives no results names as qualified only who passed.
        and (
            inspected.is_passed
            or inspected.outcome <> 'unknown'
            or inspected.has_results
            or not coalesce(
                inspected.is_passed_before, inspected.is_told_by_listing or inspected.cohort < inspected.last_cohort
            )
        )
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
    worded.result,
    worded.result_zh,
    worded.inspected_on,
    worded.students,
    worded.aided_students,
    worded.overlap_from,
    worded.severity,
    worded.amount_paid,
    worded.aid_items,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
