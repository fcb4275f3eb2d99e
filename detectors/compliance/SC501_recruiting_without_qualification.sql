/*
id: SC501
title: recruiting without the qualification
title_zh: 无招生资质招生
severity: B
certainty: certain
subject: school
policy: [national:qualification, xinzhou_2023:qualification, jiamusi_2022:qualification]
reads:
  required:
    - core.enrolment
    - school_qualifications
    - feature.later_aid
  optional:
    - core.school
    - core.change
    - filed_majors
    - school_events
    - status_changes
  needs_sources: [vocational_students]
evidence:
  - school_code
  - cohort
  - listed_as
  - listed_as_zh
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
  The school registered {students} new entrants of {cohort} and is {listed_as} for that year.
message_zh: 该校 {cohort} 年注册新生 {students} 人,但当年招生资质公布名单中该校{listed_as_zh}。
next: >-
  Compare with the list as it was published and with the school's licence; if it stands, stop registration and settle
  where the students can finish.
next_zh: 核对省级公布的资质名单原件和办学许可证,属实的立即停止招生注册,并妥善安置已注册学生。
params:
  least_students:
    default: 3
    unit: students
    comment: Own estimate; one or two students under a school code are more likely a code that was mistyped.
exceptions:
  - name: X10_merged_schools
    says: The school is listed under the code of its predecessor or successor.
    says_zh: 学校合并、更名,当年名单中为其前身或承接学校的代码。
    proof: core.school
  - name: X15_transferred_in
    says: Students who came by approved transfer were recruited elsewhere.
    says_zh: 经批准转入的学生由原校招收,不计入本校招生。
    proof: core.change
  - name: X19_spring_intake
    says: Spring entrants of a school that is on the list of their own calendar year.
    says_zh: 春季入学的新生,学校已列入其入学当年的资质名单。
    proof: school_qualifications
  - name: X32_attached_vocational_class
    says: A vocational class attached to a high, special or higher school, with majors filed for that year.
    says_zh: 普通高中、特教或高校附设中职班,当年专业已备案。
    proof: filed_majors
history:
  - {on: 2024-01-15, note: First edition.}
  - on: 2024-04-15
    note: A missing yearly list no longer puts every school of the city in question, only those off the list before.
---
Why it matters

Only schools on the province's yearly list may recruit. A school off the list that registers students takes their years
and their aid; with aid drawn the case is A. Cohorts that entered while the school was listed may finish; years before
the first list delivered are not asked about. Of a year whose list was not delivered only schools are asked about that
were not qualified on the last list before it, and these wait for evidence.

What to check first

The list as published and its annexes (schools are often listed by a former name); then the licence; then who taught and
who was paid.
*/
with listed as (
    select
        qualification.year,
        qualification.school_code,
        qualification.qualified,
        coalesce(school.current_school_code, qualification.school_code) as current_school_code
    from school_qualifications as qualification
    left join core.school as school
        on qualification.school_code = school.school_code
),

first_list as (
    select min(listed.year) as year
    from listed
),

list_year as (
    select
        listed.year,
        count(*) as schools
    from listed
    group by listed.year
),

own_listing as (
    select
        listed.year,
        listed.school_code,
        bool_or(listed.qualified) as is_qualified
    from listed
    group by listed.year, listed.school_code
),

kin_listing as (
    select
        listed.year,
        listed.current_school_code,
        bool_or(listed.qualified) as is_qualified
    from listed
    group by listed.year, listed.current_school_code
),

-- What the list before a year that has none said of the school.
listing_before as (
    select
        asked.year,
        kin_listing.current_school_code,
        arg_max(kin_listing.is_qualified, kin_listing.year) as is_qualified
    from (
        select unnest(range(first_list.year, year(as_of()) + 1)) as year
        from first_list
    ) as asked
    inner join kin_listing
        on asked.year > kin_listing.year
    left join list_year
        on asked.year = list_year.year
    where list_year.year is null
    group by asked.year, kin_listing.current_school_code
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
        coalesce(school.current_school_code, filing.school_code) as school_code
    from filed_majors as filing
    left join core.school as school
        on filing.school_code = school.school_code
    group by filing.year, coalesce(school.current_school_code, filing.school_code)
),

aided as (
    select
        aid.record_id,
        sum(aid.amount) as amount,
        list(distinct aid.aid_item order by aid.aid_item) as aid_items
    from feature.later_aid as aid
    group by aid.record_id
),

entrant as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.school_code as own_code,
        enrolment.current_school_code as school_code,
        enrolment.cohort,
        enrolment.started_on,
        aided.amount,
        aided.aid_items,
        own_listing.is_qualified,
        year(enrolment.started_on) > enrolment.cohort
        and month(enrolment.started_on) < 7
        and own_list.year is null as is_list_awaited
    from core.enrolment as enrolment
    cross join first_list
    left join own_listing
        on
            enrolment.school_code = own_listing.school_code
            and enrolment.cohort = own_listing.year
    left join list_year as own_list
        on year(enrolment.started_on) = own_list.year
    left join kin_listing as own_year
        on
            enrolment.current_school_code = own_year.current_school_code
            and year(enrolment.started_on) = own_year.year
            and year(enrolment.started_on) > enrolment.cohort
            and month(enrolment.started_on) < 7
            and own_year.is_qualified
    left join core.school as own_school
        on enrolment.school_code = own_school.school_code
    left join filed
        on
            enrolment.current_school_code = filed.school_code
            and enrolment.cohort = filed.year
    left join filed as filed_in_spring
        on
            enrolment.current_school_code = filed_in_spring.school_code
            and year(enrolment.started_on) = filed_in_spring.year
            and year(enrolment.started_on) > enrolment.cohort
            and month(enrolment.started_on) < 7
    left join aided
        on enrolment.record_id = aided.record_id
    left join transferred_in
        on enrolment.record_id = transferred_in.record_id
    where
        enrolment.registry = 'vocational'
        and enrolment.started_on <= as_of()
        and enrolment.cohort >= first_list.year
        -- X15_transferred_in
        and transferred_in.record_id is null
        -- X19_spring_intake
        and own_year.year is null
        -- X32_attached_vocational_class
        and not (
            coalesce(own_school.kind, '') in ('high', 'special', 'higher', 'adult_higher')
            and coalesce(filed.year, filed_in_spring.year) is not null
        )
),

recruiting as (
    select
        entrant.school_code,
        entrant.cohort,
        cast(count(distinct entrant.person_id) as integer) as students,
        cast(count(distinct entrant.person_id) filter (where entrant.amount > 0) as integer) as aided_students,
        cast(coalesce(sum(entrant.amount), 0) as decimal(14, 2)) as amount_paid,
        min(entrant.started_on) as overlap_from,
        count(distinct entrant.person_id) filter (where not entrant.is_list_awaited) as students_asked_about,
        min(entrant.own_code) as own_code,
        bool_or(coalesce(entrant.is_qualified, false)) as is_qualified,
        bool_or(entrant.is_qualified is not null) as is_listed,
        array_to_string(
            list_sort(list_distinct(flatten(list(coalesce(entrant.aid_items, []))))), ','
        ) as aid_items,
        list(entrant.record_id order by entrant.record_id) as evidence_record_ids
    from entrant
    group by entrant.school_code, entrant.cohort
),

judged as (
    select
        recruiting.*,
        school.kind,
        coalesce(kin_listing.is_qualified, listing_before.is_qualified) as is_kin_qualified,
        case when recruiting.amount_paid > 0 then 'A' else 'B' end as severity,
        case when recruiting.is_listed then 'listed as not qualified' else 'not on the list' end as listed_as,
        case when recruiting.is_listed then '标注为不具备资质' else '未列入' end as listed_as_zh,
        concat_ws(
            ',',
            case
                when
                    not is_delivered('filed_majors')
                    and coalesce(school.kind, '') in ('high', 'special', 'higher', 'adult_higher')
                    then 'filed_majors'
            end,
            case when not is_delivered('school_events') then 'school_events' end,
            case
                when list_year.year is null or recruiting.students_asked_about < $least_students
                    then 'school_qualifications'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from recruiting
    left join list_year
        on recruiting.cohort = list_year.year
    left join kin_listing
        on
            recruiting.school_code = kin_listing.current_school_code
            and recruiting.cohort = kin_listing.year
    left join listing_before
        on
            recruiting.school_code = listing_before.current_school_code
            and recruiting.cohort = listing_before.year
    left join core.school as school
        on recruiting.own_code = school.school_code
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
    worded.listed_as,
    worded.listed_as_zh,
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
where
    worded.students >= $least_students
    and not worded.is_qualified
    -- X10_merged_schools
    and not coalesce(worded.is_kin_qualified, false)
