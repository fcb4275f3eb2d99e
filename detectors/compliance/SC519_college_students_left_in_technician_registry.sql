/*
id: SC519
title: technician college students not moved into the higher registry
title_zh: 升格技师学院的专科层次学生未转入高校学籍
severity: B
certainty: probable
subject: school
policy: [jilin_2020:higher-sequence, jiamusi_2022:higher-sequence]
reads:
  required:
    - core.enrolment
    - core.school
    - core.school_lineage
  optional:
    - admissions
    - core.hold
    - core.person_link
    - higher_students
    - school_events
    - schools
  needs_sources: [technical_students]
evidence:
  - school_code
  - cohort
  - other_school_code
  - registry
  - students
  - admitted_students
  - moved_students
  - ground
  - ground_zh
  - promoted_on
  - overlap_from
  - bound_by
  - severity
  - evidence_record_ids
key: [school_code, cohort]
route: school_code
message: >-
  Promoted to a college on {promoted_on}; of the intake of {cohort}, {students} students at college level ({ground}) are
  still on the technician roll and not in the higher registry, where {moved_students} of them are.
message_zh: >-
  该校 {promoted_on} 升格进入高职序列,{cohort} 年入学的专科层次学生({ground_zh})中仍有 {students} 人只在技工学籍系统,
  已转入高校学籍 {moved_students} 人。
next: >-
  Ask for the approval of the promotion and the list of the higher admission platform, and register the students under
  the university rules or settle them as technician students.
next_zh: 调取升格批复和高职招生平台录取名单,逐人确认层次,按《普通高等学校学生管理规定》补办高校学籍或明确为技工学籍。
params:
  lag_days:
    default: policy:lineage.lag_days
    unit: days
    comment: So long after entry the higher registry may take to show the students.
  least_students:
    default: 3
    unit: students
    comment: Own estimate; one or two are a matter of single records.
  first_years:
    default: policy:articulation.first_stage_years
    unit: years
    comment: A five-year class is in the higher registry from the year after these.
exceptions:
  - name: X04_next_level
    says: A technician school's own graduate in the next class there, who was never admitted to college.
    says_zh: 本校中级工毕业后升入高级工、预备技师班,未经高职录取,仍属技工学籍。
    proof: core.enrolment
  - name: X05_entered_before
    says: The cohort entered before the promotion and finishes in the registry in which it began.
    says_zh: 升格以前入学,在原学籍系统内培养至毕业。
    proof: core.school_lineage
  - name: X05b_posting
    says: The students entered so lately that the higher registry need not show them yet.
    says_zh: 入学不久,高校学籍注册尚在办理期内。
    proof: core.enrolment
  - name: X11_part_time
    says: Part-time students of a technician school are no college students.
    says_zh: 非全日制技工学生不属于专科层次全日制学生。
    proof: core.enrolment
  - name: X18_left_in_time
    says: The student left before the higher registry had to show anybody.
    says_zh: 在应转入高校学籍之前已离校。
    proof: core.enrolment
  - name: X20_kept_place
    says: The place is kept (army service, illness); the student is registered on coming back.
    says_zh: 保留入学资格或学籍(含应征入伍),返校后办理。
    proof: core.hold
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

A technician college that has joined the higher sequence admits its college level through the higher platform, and those
students are under the university rules: their diploma, their aid and their year of leaving come from the higher
registry. Left in the technician registry they may draw what is meant for secondary students, and get no diploma.

Only a promotion (升格) to a college code that the history of the schools shows is such a college; a name is not enough,
and without that history the case waits for evidence. Advanced worker and technician classes rank with college in pay
only (treatment), so that a level alone moves nobody: at college level are those whom the higher platform admitted (B),
and high school graduates who entered such a class after the promotion (C). A five-year class moves in its fourth year.
Whoever is in both registries at once is DE105's.

What to check first

The approval: which majors and which intake it covers. Then the platform's list.
*/
with college as (
    select
        lineage.old_code,
        lineage.new_code as school_code,
        min(lineage.happened_on) as promoted_on
    from core.school_lineage as lineage
    inner join core.school as school
        on lineage.new_code = school.school_code
    where
        lineage.kind like '%升格%'
        and (school.kind = 'higher' or school.kind is null and starts_with(lineage.new_code, '41'))
    group by lineage.old_code, lineage.new_code
),

-- A college may go on writing under either code.
college_code as (
    select
        college.old_code as written_code,
        college.old_code,
        college.school_code,
        college.promoted_on
    from college
    union
    select
        college.school_code as written_code,
        min(college.old_code) as old_code,
        college.school_code,
        min(college.promoted_on) as promoted_on
    from college
    group by college.school_code
    union
    -- Whether a school of that name has been promoted cannot be told while the history of schools is missing.
    select
        school.school_code as written_code,
        school.school_code as old_code,
        school.school_code,
        null as promoted_on
    from core.school as school
    where
        school.kind = 'technical'
        and school.school_name like '%技师学院%'
        and not is_delivered('school_events')
),

admitted_school as (
    select
        school.school_code as written_code,
        school.current_school_code
    from core.school as school
    union
    select
        listed.recruit_code as written_code,
        school.current_school_code
    from schools as listed
    inner join core.school as school
        on listed.school_code = school.school_code
    where
        listed.recruit_code is not null
        and listed.recruit_code not in (select known.school_code from core.school as known)
),

admitted as (
    select
        link.person_id,
        listed.year as cohort,
        college_code.school_code,
        min(listed.record_id) as record_id,
        bool_or(listed.admitted_as like '%五年%') as is_five_year
    from admissions as listed
    inner join core.person_link as link
        on listed.record_id = link.record_id
    inner join admitted_school
        on listed.school_code = admitted_school.written_code
    inner join college_code
        on admitted_school.current_school_code = college_code.school_code
    where
        regexp_matches(listed.admitted_as, '高职|专科|大专|五年')
        and regexp_matches(listed.admission_status, '录取')
        and not regexp_matches(listed.admission_status, '未|退|放弃|取消')
    group by link.person_id, listed.year, college_code.school_code
),

-- Students of the college level by the admission, else by what they had finished before.
student as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.region_code,
        enrolment.cohort,
        enrolment.study_form,
        enrolment.started_on,
        enrolment.ended_on,
        college_code.old_code,
        college_code.school_code,
        college_code.promoted_on,
        admitted.record_id as admission_record_id,
        case
            when coalesce(admitted.is_five_year, false)
                then cast(enrolment.started_on + to_years(cast($first_years as integer)) as date)
            else enrolment.started_on
        end as due_on,
        policy_clause(
            'technician_college.higher_registry_required', 'technical', enrolment.region_code, enrolment.started_on
        ) as bound_by,
        policy_number(
            'technician_college.higher_registry_required', 'technical', enrolment.region_code, enrolment.started_on
        ) as is_required
    from core.enrolment as enrolment
    inner join college_code
        on enrolment.school_code = college_code.written_code
    left join admitted
        on
            enrolment.person_id = admitted.person_id
            and enrolment.cohort = admitted.cohort
            and college_code.school_code = admitted.school_code
    where
        enrolment.registry = 'technical'
        and (
            admitted.record_id is not null
            or enrolment.entrant_type in ('high_fresh', 'high_past')
            and enrolment.level in ('advanced', 'technician')
        )
),

earlier_class as (
    select
        enrolment.person_id,
        college_code.school_code,
        min(enrolment.started_on) as started_on
    from core.enrolment as enrolment
    inner join college_code
        on enrolment.school_code = college_code.written_code
    where enrolment.registry = 'technical'
    group by enrolment.person_id, college_code.school_code
),

held as (
    select
        hold.record_id,
        min(hold.held_from) as held_from
    from core.hold as hold
    where hold.held_until is null
    group by hold.record_id
),

in_college as (
    select
        higher.person_id,
        max(coalesce(higher.ended_on, as_of())) as last_on
    from core.enrolment as higher
    where
        higher.registry = 'higher'
        and higher.study_form = 'full_time'
    group by higher.person_id
),

covered_college as (
    select higher.current_school_code as school_code
    from core.enrolment as higher
    where higher.registry = 'higher'
    group by higher.current_school_code
),

due as (
    select
        student.*,
        coalesce(in_college.last_on >= student.due_on, false) as is_moved
    from student
    left join earlier_class
        on
            student.person_id = earlier_class.person_id
            and student.school_code = earlier_class.school_code
            and student.started_on > earlier_class.started_on
    left join held
        on student.record_id = held.record_id
    left join in_college
        on student.person_id = in_college.person_id
    where
        student.is_required = 1
        -- X04_next_level
        and (earlier_class.person_id is null or student.admission_record_id is not null)
        -- X05_entered_before
        and coalesce(student.started_on >= student.promoted_on, true)
        -- X05b_posting
        and student.due_on + cast($lag_days as integer) <= as_of()
        -- X11_part_time
        and student.study_form = 'full_time'
        -- X18_left_in_time
        and coalesce(student.ended_on > student.due_on + cast($lag_days as integer), true)
        -- X20_kept_place
        and held.record_id is null
),

left_behind as (
    select
        due.school_code,
        due.cohort,
        'technical' as registry,
        cast(count(distinct due.person_id) filter (where not due.is_moved) as integer) as students,
        cast(
            count(distinct due.person_id) filter (where not due.is_moved and due.admission_record_id is not null)
            as integer
        ) as admitted_students,
        cast(count(distinct due.person_id) filter (where due.is_moved) as integer) as moved_students,
        min(due.old_code) as other_school_code,
        min(due.promoted_on) as promoted_on,
        min(due.due_on) filter (where not due.is_moved) as overlap_from,
        max(due.bound_by) as bound_by,
        list_sort(
            list_concat(
                list(due.record_id) filter (where not due.is_moved),
                list(due.admission_record_id) filter (where not due.is_moved and due.admission_record_id is not null)
            )
        ) as evidence_record_ids
    from due
    group by due.school_code, due.cohort
),

judged as (
    select
        left_behind.*,
        case when left_behind.admitted_students >= $least_students then 'B' else 'C' end as severity,
        case
            when left_behind.admitted_students >= $least_students then 'admitted through the higher platform'
            else 'high school graduates in an advanced or technician class'
        end as ground,
        case
            when left_behind.admitted_students >= $least_students then '经高职招生平台录取'
            else '高中毕业后就读高级工、预备技师班'
        end as ground_zh,
        concat_ws(
            ',',
            case when left_behind.promoted_on is null then 'school_events' end,
            case when covered_college.school_code is null then 'higher_students' end
        ) as missing_inputs
    from left_behind
    left join covered_college
        on left_behind.school_code = covered_college.school_code
    where left_behind.students >= $least_students
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
    worded.other_school_code,
    worded.registry,
    worded.students,
    worded.admitted_students,
    worded.moved_students,
    worded.ground,
    worded.ground_zh,
    worded.promoted_on,
    worded.overlap_from,
    worded.bound_by,
    worded.severity,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
