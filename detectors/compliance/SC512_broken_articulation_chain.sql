/*
id: SC512
title: 3+2 or five-year chain broken
title_zh: 3+2、五年一贯制贯通培养断链
severity: C
certainty: certain
subject: school
policy: [national:articulation, national:five-year, xinzhou_2023:articulation, jiamusi_2022:articulation]
reads:
  required:
    - core.enrolment
    - core.school
    - feature.lost_year
  optional:
    - articulation_agreements
    - higher_students
    - school_events
evidence:
  - school_code
  - cohort
  - major_code
  - problem
  - problem_zh
  - students
  - overlap_from
  - agreed_colleges
  - found_colleges
  - colleges_zh
  - severity
  - certainty
  - evidence_record_ids
key: [school_code, cohort, major_code, problem]
route: school_code
message: >-
  {students} students of major {major_code}, entered {cohort}, are marked as 3+2 or five-year: {problem}. Colleges
  agreed {agreed_colleges}, found {found_colleges}, since {overlap_from}.
message_zh: >-
  该校 {cohort} 级专业 {major_code} 有 {students} 名学生标注贯通培养,自 {overlap_from} 起{problem_zh}({colleges_zh})。
next: >-
  Read the agreement with its numbers and the college's list of those promoted (转段); ask the families what they
  were promised, and settle who graduates as an ordinary vocational student.
next_zh: 调取贯通培养协议、计划和高校转段名单,向家长核实招生时的承诺;未转段的按普通中职办理毕业或注销标注。
params:
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: Days within which the vocational record is closed after the college registered the student.
exceptions:
  - name: X01_chain_in_time
    says: An agreement for school, major and cohort, and the college registered from July before year four on.
    says_zh: 有协议,且自第四学年前的七月起在协议高校注册。
    proof: articulation_agreements
  - name: X02_five_year
    says: The college of a five-year programme may list its students from the first year on.
    says_zh: 五年一贯制学生可由高职预先建档。
    proof: core.enrolment
  - name: X03_recoded_major
    says: The agreement names the major by the code of the other catalogue (2010, 2021).
    says_zh: 协议与学籍使用不同年份专业目录的代码。
    proof: articulation_agreements
  - name: X10_merged_schools
    says: The agreement was signed by the school's predecessor, or by a college since renamed or merged.
    says_zh: 协议由合并、更名前的学校(高校)签订。
    proof: core.school
  - name: X17_written_otherwise
    says: A college has a full-time student of that name and birthday under another number.
    says_zh: 高校有同名、同出生日期的全日制学生,仅证件号写法不一,视为已转段。
    proof: higher_students
  - name: X18_left_the_chain
    says: The vocational record was ended before; the student failed or declined the promotion and graduated, or left.
    says_zh: 未通过或放弃转段,已按普通中职毕业(或退学),其后另行升学。
    proof: core.enrolment
  - name: X19_lost_year
    says: A year was repeated or lost; year four begins a year later.
    says_zh: 留级或休学,第四学年顺延。
    proof: core.change
  - name: X20_held_enrolment
    says: Suspended or in the army; the promotion waits.
    says_zh: 休学或保留学籍,转段顺延。
    proof: core.enrolment
  - name: X34_taught_at_the_college
    says: The last vocational year is taught on the college's campus, which the record names.
    says_zh: 最后一年中职课程在高校校区上,学籍已登记教学点。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Families choose a school for the college place that comes with it. A mark without an agreement fills a class with a
promise nobody made, avoids the plan and draws five years' funds; a student whom the agreed college does not have by the
middle of year four left, or was never to go there.

Sub-tests: no_agreement for school, major and cohort (C); wrong_college, full-time at a college without agreement while
the vocational record is open (B); not_closed, the same after the years of the course were over, the graduation posted
late (C); too_early, at the agreed college before year four (C); wrong_major, there in another
group of majors (C); no_college, six months into year four registered nowhere and still on the vocational roll (C). One
case for school, cohort, major and problem. Only students on the vocational roll are asked about for the first and the
last.

What to check first

Agreements are often signed under a former name of the college; then the list of those promoted.
*/
with agreement as (
    select
        signed.major_code,
        signed.higher_major_code,
        signed.cohort_from,
        signed.cohort_to,
        -- X10_merged_schools
        coalesce(school.current_school_code, signed.school_code) as school_code,
        right(coalesce(college.current_school_code, signed.higher_code), 5) as college_code
    from articulation_agreements as signed
    left join core.school as school
        on signed.school_code = school.school_code
    left join core.school as college
        on
            right(signed.higher_code, 5) = right(college.school_code, 5)
            and college.kind in ('higher', 'adult_higher')
),

marked as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.current_school_code as school_code,
        enrolment.region_code,
        enrolment.cohort,
        enrolment.major_code,
        enrolment.name,
        enrolment.born_on,
        enrolment.started_on,
        enrolment.ended_on,
        enrolment.expected_end_on,
        enrolment.standing,
        enrolment.teaching_site,
        enrolment.status in ('graduated', 'completed')
        or coalesce(enrolment.end_event = 'certificate', false) as is_graduated,
        -- X02_five_year
        enrolment.segment_mode like '%五年%' as is_five_year,
        enrolment.ended_on is null and enrolment.is_open_in_registry as is_open
    from core.enrolment as enrolment
    where
        enrolment.registry = 'vocational'
        and enrolment.study_form = 'full_time'
        and regexp_matches(coalesce(enrolment.segment_mode, ''), '3[+＋][24]|三二|三加二|五年')
        and enrolment.started_on <= as_of()
),

lost as (
    select
        lost_year.record_id,
        cast(count(*) as integer) as years
    from feature.lost_year as lost_year
    inner join marked
        on lost_year.record_id = marked.record_id
    group by lost_year.record_id
),

agreed as (
    select
        marked.record_id,
        list_sort(list_distinct(list(agreement.college_code))) as college_codes,
        list(distinct agreement.higher_major_code[1:2]) as college_groups
    from marked
    inner join agreement
        on
            marked.school_code = agreement.school_code
            and marked.cohort between agreement.cohort_from and coalesce(agreement.cohort_to, 9999)
            and (
                coalesce(marked.major_code = agreement.major_code, true)
                -- X03_recoded_major
                or (marked.major_code[1] in ('0', '1')) <> (agreement.major_code[1] in ('0', '1'))
            )
    group by marked.record_id
),

-- Full-time college after the vocational course began; who had left the vocational school before is out of the chain.
at_college as (
    select
        marked.record_id,
        college.record_id as college_record_id,
        college.started_on,
        college.major_code,
        right(college.current_school_code, 5) as college_code,
        coalesce(list_contains(agreed.college_codes, right(college.current_school_code, 5)), false) as is_agreed,
        -- X18_left_the_chain
        not coalesce(marked.ended_on <= college.started_on + $lag_days, false) as is_in_chain
    from marked
    inner join core.enrolment as college
        on
            marked.person_id = college.person_id
            and college.registry = 'higher'
            and college.study_form = 'full_time'
            and marked.started_on < college.started_on
    left join agreed
        on marked.record_id = agreed.record_id
),

colleges as (
    select
        at_college.record_id,
        bool_or(at_college.is_agreed) as is_at_agreed,
        min(at_college.started_on) filter (where at_college.is_agreed) as agreed_from,
        arg_min(at_college.major_code, at_college.started_on) filter (where at_college.is_agreed) as agreed_major,
        min(at_college.started_on) filter (where not at_college.is_agreed and at_college.is_in_chain) as other_from,
        list(distinct at_college.college_code) as college_codes,
        list(at_college.college_record_id) as college_record_ids
    from at_college
    group by at_college.record_id
),

named_at_college as (
    select marked.record_id
    from marked
    inner join core.enrolment as college
        on
            marked.born_on = college.born_on
            and name_key(marked.name) = name_key(college.name)
            and college.registry = 'higher'
            and college.study_form = 'full_time'
            and marked.started_on < college.started_on
    group by marked.record_id
),

college_year as (
    select
        college.cohort,
        right(college.current_school_code, 5) as college_code
    from core.enrolment as college
    where college.registry = 'higher'
    group by right(college.current_school_code, 5), college.cohort
),

measured as (
    select
        marked.*,
        colleges.agreed_from,
        colleges.agreed_major,
        colleges.other_from,
        agreed.college_groups,
        agreed.record_id is not null as has_agreement,
        coalesce(colleges.is_at_agreed, false) as is_at_agreed,
        colleges.record_id is not null as is_at_any,
        named_at_college.record_id is not null as is_named_at_college,
        coalesce(agreed.college_codes, []) as agreed_codes,
        coalesce(colleges.college_codes, []) as college_codes,
        coalesce(colleges.college_record_ids, []) as college_record_ids,
        -- X19_lost_year
        marked.cohort + coalesce(lost.years, 0)
        + cast(
            policy_number('articulation.higher_start_year', null, marked.region_code, marked.started_on) as integer
        ) - 1 as college_year
    from marked
    left join agreed
        on marked.record_id = agreed.record_id
    left join colleges
        on marked.record_id = colleges.record_id
    left join named_at_college
        on marked.record_id = named_at_college.record_id
    left join lost
        on marked.record_id = lost.record_id
),

dated as (
    select
        measured.*,
        cast(
            measured.college_year || '-'
            || policy_text('articulation.tolerance_from', null, measured.region_code, measured.started_on) as date
        ) as college_from,
        cast(
            make_date(measured.college_year, 9, 1)
            + to_months(
                cast(
                    policy_number('articulation.missing_months', null, measured.region_code, measured.started_on)
                    as integer
                )
            ) as date
        ) as missing_from
    from measured
),

broken as (
    select
        dated.*,
        case
            when
                not dated.has_agreement
                and dated.is_open
                and policy_number('articulation.agreement_required', null, dated.region_code, dated.started_on) = 1
                then 'no_agreement'
            when dated.has_agreement and dated.other_from is not null and not dated.is_at_agreed
                then
                    case
                        -- The years were done: who declined the promotion may go where they like.
                        when dated.other_from >= dated.expected_end_on then 'not_closed'
                        when dated.is_graduated and dated.other_from >= dated.college_from then 'not_closed'
                        else 'wrong_college'
                    end
            when
                dated.is_at_agreed
                -- X01_chain_in_time
                and dated.agreed_from < dated.college_from
                and not dated.is_five_year
                -- X34_taught_at_the_college
                and dated.teaching_site is null
                then 'too_early'
            when
                dated.is_at_agreed
                and not coalesce(list_contains(dated.college_groups, dated.agreed_major[1:2]), true)
                then 'wrong_major'
            when
                dated.has_agreement
                and dated.is_open
                and not dated.is_at_any
                -- X17_written_otherwise
                and not dated.is_named_at_college
                and as_of() >= dated.missing_from
                -- X20_held_enrolment
                and dated.standing = 'active'
                then 'no_college'
        end as problem
    from dated
),

student as (
    select
        broken.school_code,
        broken.cohort,
        broken.record_id,
        broken.person_id,
        broken.problem,
        broken.agreed_codes,
        broken.college_codes,
        coalesce(broken.major_code, '-') as major_code,
        case broken.problem
            when 'no_college' then broken.missing_from
            when 'wrong_college' then broken.other_from
            when 'not_closed' then broken.other_from
            when 'no_agreement' then broken.started_on
            else broken.agreed_from
        end as overlap_from,
        list_concat(broken.college_record_ids, [broken.record_id]) as record_ids,
        broken.problem = 'no_college'
        and not exists (
            select 1
            from college_year
            where
                broken.college_year = college_year.cohort
                and list_contains(broken.agreed_codes, college_year.college_code)
        ) as needs_colleges
    from broken
    where broken.problem is not null
),

-- How an inspector calls a college: by its name.
college_name as (
    select map_from_entries(list((named.code, named.school_name))) as by_code
    from (
        select
            right(college.school_code, 5) as code,
            min(college.school_name) as school_name
        from core.school as college
        where college.kind in ('higher', 'adult_higher')
        group by right(college.school_code, 5)
    ) as named
),

school as (
    select
        student.school_code,
        student.cohort,
        student.major_code,
        student.problem,
        cast(count(distinct student.person_id) as integer) as students,
        min(student.overlap_from) as overlap_from,
        bool_and(student.needs_colleges) as needs_colleges,
        list_sort(list_distinct(flatten(list(student.agreed_codes)))) as agreed_codes,
        list_sort(list_distinct(flatten(list(student.college_codes)))) as found_codes,
        list_sort(list_distinct(flatten(list(student.record_ids)))) as evidence_record_ids
    from student
    group by student.school_code, student.cohort, student.major_code, student.problem
),

judged as (
    select
        school.*,
        case when school.problem = 'wrong_college' then 'B' else 'C' end as severity,
        coalesce(nullif(array_to_string(school.agreed_codes, ','), ''), '-') as agreed_colleges,
        coalesce(nullif(array_to_string(school.found_codes, ','), ''), '-') as found_colleges,
        concat_ws(
            ',',
            '协议高校:' || nullif(
                array_to_string(
                    list_transform(
                        school.agreed_codes,
                        lambda code: coalesce(college_name.by_code[code] || ' ' || code, code)
                    ),
                    '、'
                ),
                ''
            ),
            coalesce(
                '高校学籍在:' || nullif(
                    array_to_string(
                        list_transform(
                            school.found_codes,
                            lambda code: coalesce(college_name.by_code[code] || ' ' || code, code)
                        ),
                        '、'
                    ),
                    ''
                ),
                '均无高校学籍'
            )
        ) as colleges_zh,
        -- A college record written under a wrong number is missed.
        case when school.problem = 'no_college' then 'probable' else 'certain' end as certainty,
        case school.problem
            when 'no_agreement' then '无对应学校、专业、年级的贯通培养协议'
            when 'wrong_college' then '未毕业即在无协议的高校全日制就读'
            when 'too_early' then '第四学年前已在协议高校注册'
            when 'wrong_major' then '高校专业与协议专业不同类'
            when 'not_closed' then '中职学制期满后未转段、另入其他高校,中职毕业未及时办结'
            else '第四学年已过半仍无高校学籍且中职未结'
        end as problem_zh,
        concat_ws(
            ',',
            case when not is_delivered('articulation_agreements') then 'articulation_agreements' end,
            case
                when school.problem = 'no_college' and (school.needs_colleges or not is_delivered('higher_students'))
                    then 'higher_students'
            end,
            case
                when
                    school.problem in ('no_agreement', 'wrong_college', 'not_closed')
                    and not is_delivered('school_events')
                    then 'school_events'
            end
        ) as missing_inputs
    from school
    cross join college_name
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
    worded.major_code,
    worded.problem,
    worded.problem_zh,
    worded.students,
    worded.overlap_from,
    worded.agreed_colleges,
    worded.found_colleges,
    worded.colleges_zh,
    worded.severity,
    worded.certainty,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
