/*
id: SC513
title: flexible programme not filed
title_zh: 弹性学制、学分制未备案即实施
severity: C
certainty: certain
subject: school
policy: [xinzhou_2023:flexible]
reads:
  required:
    - core.enrolment
    - core.school
  optional:
    - core.change
    - flexible_filings
    - school_events
    - status_changes
evidence:
  - school_code
  - registry
  - cohort
  - problem
  - problem_zh
  - mode
  - students
  - overlap_from
  - filed_on
  - severity
  - certainty
  - evidence_record_ids
key: [school_code, registry, cohort]
route: school_code
message: >-
  {students} adults entered in {cohort} study in {mode} form since {overlap_from}: {problem} (filed on {filed_on}).
message_zh: 该校 {cohort} 年招收的社会人员有 {students} 人按{mode}学习(自 {overlap_from}),{problem_zh};备案日期 {filed_on}。
next: >-
  Ask for the reply of the provincial department to the filing; where there is none, settle by which form the students
  may finish before anybody graduates.
next_zh: 调取省教育厅备案批复;确未备案的,停止新招并明确在读学生的学制和毕业办法。
params:
  least_students:
    default: 3
    unit: students
    comment: Own estimate; one or two rows marked part-time are more likely a slip of the pen.
  filing_days:
    default: 30
    unit: days
    comment: Own estimate; a filing within these days of the first day of the course counts as made before it.
  adult_age:
    default: 20
    unit: years
    comment: Own estimate; where the kind of entrant was left empty, from this age on it is an adult.
exceptions:
  - name: X10_merged_schools
    says: The mode was filed by the school's predecessor.
    says_zh: 由合并、更名前的学校备案。
    proof: core.school
  - name: X11_filed_programme
    says: The school filed flexible study or credits for that intake in time.
    says_zh: 学校当年弹性学制或学分制已按时备案。
    proof: flexible_filings
  - name: X15_transferred_in
    says: Came by approved transfer; the mode was filed where the student was recruited.
    says_zh: 经批准转入,由原招生学校备案。
    proof: core.change
  - name: X19_spring_intake
    says: Spring entrants of a programme that was filed in time for their own calendar year.
    says_zh: 春季入学的社会人员,其入学当年已按时备案。
    proof: flexible_filings
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Flexible study is how adults may lawfully be on the roll for six years with few days in class. Filed, it is a programme;
not filed, it is the easiest cover for students who never come, and their diplomas rest on nothing.

Asked only where and when a policy pack demands the filing (Xinzhou, intake of 2023, vocational schools). Adults are all
entrants but fresh graduates; the flexible form shows in the name of the class, or probably in the form of study. Two
problems: not_filed, and filed_late, after the course had begun. The list of a year that names no school was not
delivered; spring entrants may stand on the one of the autumn before or of their own year.

What to check first

Whether the filing stands under the school's former name; then the timetable of the class.
*/
with entrant as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.school_code as own_code,
        enrolment.region_code,
        enrolment.cohort,
        enrolment.started_on,
        case
            when month(enrolment.started_on) < 7 and year(enrolment.started_on) > enrolment.cohort
                then year(enrolment.started_on)
        end as spring_year,
        case when enrolment.class_name like '%学分%' then '学分制' else '弹性学制' end as mode,
        coalesce(regexp_matches(enrolment.class_name, '弹性|学分'), false) as is_named
    from core.enrolment as enrolment
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.started_on <= as_of()
        and (
            enrolment.study_form = 'part_time'
            or coalesce(regexp_matches(enrolment.class_name, '弹性|学分'), false)
        )
        and (
            enrolment.entrant_type not in ('junior_fresh', 'high_fresh')
            or enrolment.entrant_type is null
            and enrolment.started_on >= enrolment.born_on + to_years(cast($adult_age as integer))
        )
),

transferred_in as (
    select change.enrolment_record_id as record_id
    from core.change as change
    where
        change.change_type = 'transfer_in'
        and change.is_approved
    group by change.enrolment_record_id
),

filed as (
    select
        filing.year,
        -- X10_merged_schools
        coalesce(school.current_school_code, filing.school_code) as school_code,
        min(filing.filed_on) as filed_on
    from flexible_filings as filing
    left join core.school as school
        on filing.school_code = school.school_code
    group by coalesce(school.current_school_code, filing.school_code), filing.year
),

filing_year as (
    select filed.year
    from filed
    group by filed.year
),

bound as (
    select
        entrant.*,
        entrant.spring_year is not null and spring_list.year is null as is_without_spring_list
    from entrant
    left join transferred_in
        on entrant.record_id = transferred_in.record_id
    left join filed as spring_filing
        on
            entrant.school_code = spring_filing.school_code
            and entrant.spring_year = spring_filing.year
    left join filing_year as spring_list
        on entrant.spring_year = spring_list.year
    where
        -- Who is registered in August belongs to the intake that begins in September.
        policy_number(
            'flexible.filing_required',
            entrant.registry,
            entrant.region_code,
            greatest(entrant.started_on, make_date(entrant.cohort, 9, 1))
        ) = 1
        -- X15_transferred_in
        and transferred_in.record_id is null
        -- X19_spring_intake
        and not (
            spring_filing.year is not null
            and coalesce(spring_filing.filed_on <= entrant.started_on + cast($filing_days as integer), true)
        )
),

programme as (
    select
        bound.school_code,
        bound.registry,
        bound.cohort,
        cast(count(distinct bound.person_id) as integer) as students,
        min(bound.started_on) as overlap_from,
        bool_or(bound.is_named) as is_named,
        count(distinct bound.person_id) filter (where not bound.is_without_spring_list) as on_delivered_lists,
        array_to_string(list_sort(list_distinct(list(bound.mode))), '、') as mode,
        list(bound.record_id order by bound.record_id) as evidence_record_ids
    from bound
    group by bound.school_code, bound.registry, bound.cohort
),

judged as (
    select
        programme.*,
        filed.filed_on,
        case when filed.year is null then 'not_filed' else 'filed_late' end as problem,
        concat_ws(
            ',',
            case
                when filing_year.year is null or programme.on_delivered_lists < $least_students
                    then 'flexible_filings'
            end,
            case when not is_delivered('school_events') then 'school_events' end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from programme
    left join filed
        on
            programme.school_code = filed.school_code
            and programme.cohort = filed.year
    left join filing_year
        on programme.cohort = filing_year.year
    where
        programme.students >= $least_students
        -- X11_filed_programme
        and not coalesce(filed.year is not null and filed.filed_on is null, false)
        and not coalesce(
            -- Registered in August, the course begins in September.
            filed.filed_on
            <= greatest(programme.overlap_from, make_date(programme.cohort, 9, 1)) + cast($filing_days as integer),
            false
        )
),

worded as (
    select
        judged.*,
        'C' as severity,
        case when judged.is_named then 'certain' else 'probable' end as certainty,
        case judged.problem
            when 'not_filed' then '当年备案名单中没有该校'
            else '开课后才备案'
        end as problem_zh,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.school_code,
    worded.registry,
    worded.cohort,
    worded.problem,
    worded.problem_zh,
    worded.mode,
    worded.students,
    worded.overlap_from,
    worded.filed_on,
    worded.severity,
    worded.certainty,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
