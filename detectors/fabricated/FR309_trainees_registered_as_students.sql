/*
id: FR309
title: trainees of a short course registered as students
title_zh: 短期培训学员被注册为全日制学生
severity: B
certainty: probable
subject: class
policy: [national:jg-formal, national:own-training]
reads:
  required:
    - core.enrolment
    - core.person_link
    - feature.enrolment_aid
    - feature.school_term
    - feature.term_trace
    - training_subsidies
  optional:
    - core.school
    - attendance
    - flexible_filings
    - skill_certificates
    - special_statuses
    - term_registrations
evidence:
  - subject_id
  - school_code
  - registry
  - course
  - institution
  - listed_in
  - course_from
  - course_to
  - registered_from
  - registered_to
  - students
  - probable_students
  - trainees
  - students_expected
  - chance
  - courses_compared
  - false_discovery_rate
  - severity
  - amount_paid
  - amount_estimated
  - aid_items
  - subsidy_yuan
  - evidence_record_ids
key: [registry, school_code, course]
route: school_code
message: >-
  {students} of the {trainees} trainees of course {course} ({course_from} to {course_to}) were registered as full-time
  students of the school within weeks of it and left no trace in any later term; {students_expected} were to be expected
  (chance {chance}, at most {false_discovery_rate} of such cases by chance). Aid paid for them: {amount_paid} yuan.
message_zh: >-
  培训班 {course}({course_from} 至 {course_to})学员 {trainees} 人中有 {students} 名成人被该校注册为全日制学生,此后无任何学期在校痕迹;
  按其他班期只应有约 {students_expected} 人(偶然概率 {chance},整批误报率控制在 {false_discovery_rate} 以内),
  已发学生资助 {amount_paid} 元。
next: >-
  Lay the roster of the course beside the roll and the timetable; telephone ten of the trainees and ask whether they
  know that they are students.
next_zh: 将培训班花名册与学籍名册、课表对照,电话抽查十名学员是否知晓自己被注册学籍。
params:
  least_persons:
    default: policy:training.registered_persons
    unit: persons
    comment: So many trainees of one course on the roll of one school are a case.
  near_days:
    default: policy:training.registered_days
    unit: days
    comment: Registered within so many days before or after the course.
  adult_age:
    default: policy:age.high
    registry: vocational
    unit: years_of_age
    comment: Younger trainees are students of the usual age and no suspicion.
  settling_days:
    default: policy:exit.term_registration_days
    unit: days
    comment: So long into the next term traces of it cannot be missed yet.
  certain_match:
    default: 0.99
    unit: probability
    comment: Trainees who are that student only probably are told, not counted.
  false_rate:
    default: 0.05
    unit: share
    comment: Own choice; of the cases reported on one night at most this share is expected to be chance.
exceptions:
  - name: X11_flexible_programme
    says: An adult on the departments' lists at a school that has filed flexible study, who need not register for terms.
    says_zh: 学员在退役军人、农民工等名单内,且该校该年级已备案弹性学制,可分段学习。
    proof: flexible_filings
  - name: X18_went_on_to_school
    says: The trainee really went on to school and is there in the next term.
    says_zh: 培训后确已转入学历教育,下一学期有注册或考勤记录。
    proof: term_registrations
  - name: X22_part_time
    says: Registered for part-time study, as short courses may lead to.
    says_zh: 注册为非全日制学习形式。
    proof: core.enrolment
  - name: X24_student_before_the_course
    says: The trainee had been a student long before the course, as those lawfully are who train beside their studies.
    says_zh: 培训前早已在籍的学生参加培训(毕业年度等允许对象)。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

A school may turn training into workload on paper, not trainees into students: 短期培训学员不得注册正式学籍. A course of
three weeks becomes a cohort of three years, with waiver, grant and appropriation, beside the training subsidy that the
same persons already drew.

A course is a class of the subsidy system, or a day of assessment at the school on the list of certificates. How many of
a course end on one school's roll honestly is taken from the other courses at other schools, in proportion to size;
where no others are there, it is one. They scatter widely (geometric distribution), and the rate of false discoveries
over all courses and schools is held by the procedure of Benjamini and Hochberg (1995); the size of a school does not
enter.

Where no list of presence names anybody of the school in the next term, the case waits for the term registrations.
Schools that also tick their trainees for the next term, or write attendance for them, are not seen here.

What to check first

Who taught the course and where; whether class lists, timetable and dormitory know any of the trainees.
*/
with course_row as (
    select
        training.record_id,
        training.class_no as course,
        training.institution_name as institution,
        training.started_on,
        training.ended_on,
        training.amount,
        link.person_id,
        link.match_probability,
        null as school_code,
        'training_subsidies' as listed_in
    from training_subsidies as training
    inner join core.person_link as link
        on training.record_id = link.record_id
    union all
    select
        skill.record_id,
        concat_ws(' ', skill.occupation, skill.skill_level, skill.assessed_on) as course,
        skill.issuer as institution,
        skill.assessed_on as started_on,
        skill.assessed_on as ended_on,
        0 as amount,
        link.person_id,
        link.match_probability,
        coalesce(school.current_school_code, skill.school_code) as school_code,
        'skill_certificates' as listed_in
    from skill_certificates as skill
    inner join core.person_link as link
        on skill.record_id = link.record_id
    left join core.school as school
        on skill.school_code = school.school_code
    where
        skill.assessed_on is not null
        and skill.school_code is not null
        and contains(skill.kind, '证书')
),

course as (
    select
        course_row.listed_in,
        course_row.course,
        course_row.school_code,
        cast(count(distinct course_row.person_id) as integer) as trainees
    from course_row
    group by course_row.listed_in, course_row.course, course_row.school_code
),

school as (
    select enrolment.current_school_code as school_code
    from core.enrolment as enrolment
    where enrolment.registry in ('vocational', 'technical')
    group by enrolment.current_school_code
),

-- Adults on a roll, each with the course nearest by list and day.
registered as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.cohort,
        course_row.listed_in,
        course_row.course,
        course_row.institution,
        course_row.started_on as course_from,
        course_row.ended_on as course_to,
        course_row.amount,
        course_row.school_code as course_school_code,
        course_row.record_id as course_record_id,
        coalesce(enrolment.registered_on, enrolment.started_on) as registered_on,
        least(enrolment.match_probability, course_row.match_probability) as match_probability
    from core.enrolment as enrolment
    inner join course_row
        on
            enrolment.person_id = course_row.person_id
            and coalesce(enrolment.current_school_code = course_row.school_code, true)
    where
        enrolment.registry in ('vocational', 'technical')
        and coalesce(
            date_diff('year', enrolment.born_on, enrolment.started_on) >= $adult_age,
            enrolment.entrant_type not in ('junior_fresh', 'junior_past', 'high_fresh', 'high_past')
        )
        -- X22_part_time
        and enrolment.study_form = 'full_time'
        -- X24_student_before_the_course
        and coalesce(enrolment.registered_on, enrolment.started_on) >= course_row.started_on - $near_days
        and coalesce(enrolment.registered_on, enrolment.started_on) <= course_row.ended_on + $near_days
    qualify
        row_number() over (
            partition by enrolment.record_id
            order by course_row.listed_in desc, course_row.ended_on, course_row.record_id
        ) = 1
),

next_term as (
    select
        registered.record_id,
        min(term.first_day) as first_day
    from registered
    inner join feature.school_term as term
        on term.first_day > greatest(registered.course_to, registered.registered_on)
    group by registered.record_id
),

traced as (
    select
        registered.record_id,
        bool_or(
            trace.first_day >= next_term.first_day
            and coalesce(trace.registration in ('registered', 'postponed'), false)
            or trace.last_present_on > registered.course_to
            or trace.placed_to > registered.course_to and trace.first_day >= next_term.first_day
        ) as is_at_school
    from registered
    inner join next_term
        on registered.record_id = next_term.record_id
    inner join feature.term_trace as trace
        on registered.record_id = trace.record_id
    group by registered.record_id
),

-- Days for which a list of presence names students of the school, if none of the course.
listing_school as (
    select
        listed.registry,
        term.first_day as listed_on,
        coalesce(school.current_school_code, listed.school_code) as school_code
    from term_registrations as listed
    inner join feature.school_term as term
        on
            listed.school_year = term.school_year
            and listed.term = term.term
    left join core.school as school
        on listed.school_code = school.school_code
    union
    select
        listed.registry,
        make_date(listed.month // 100, listed.month % 100, 1) as listed_on,
        coalesce(school.current_school_code, listed.school_code) as school_code
    from attendance as listed
    left join core.school as school
        on listed.school_code = school.school_code
),

traceable as (
    select registered.record_id
    from registered
    inner join next_term
        on registered.record_id = next_term.record_id
    inner join listing_school
        on
            registered.registry = listing_school.registry
            and registered.school_code = listing_school.school_code
            and next_term.first_day <= listing_school.listed_on
    group by registered.record_id
),

special as (
    select link.person_id
    from special_statuses as listed
    inner join core.person_link as link
        on listed.record_id = link.record_id
    group by link.person_id
),

filed as (
    select
        filing.year,
        coalesce(school.current_school_code, filing.school_code) as school_code
    from flexible_filings as filing
    left join core.school as school
        on filing.school_code = school.school_code
    group by filing.year, coalesce(school.current_school_code, filing.school_code)
),

member as (
    select
        registered.*,
        special.person_id is not null as is_special,
        filed.school_code is not null as is_filed,
        traceable.record_id is not null as is_traceable
    from registered
    inner join next_term
        on registered.record_id = next_term.record_id
    left join traced
        on registered.record_id = traced.record_id
    left join traceable
        on registered.record_id = traceable.record_id
    left join special
        on registered.person_id = special.person_id
    left join filed
        on
            registered.school_code = filed.school_code
            and registered.cohort = filed.year
    where
        as_of() > next_term.first_day + $settling_days
        -- X18_went_on_to_school
        and not coalesce(traced.is_at_school, false)
        -- X11_flexible_programme
        and (special.person_id is null or filed.school_code is null)
),

class as (
    select
        member.registry,
        member.school_code,
        member.listed_in,
        member.course,
        cast(
            count(distinct member.person_id) filter (where member.match_probability >= $certain_match) as integer
        ) as students,
        cast(
            count(distinct member.person_id) filter (where member.match_probability < $certain_match) as integer
        ) as probable_students,
        cast(sum(member.amount) as decimal(14, 2)) as subsidy_yuan,
        cast(sum(aid.amount_paid) as decimal(14, 2)) as amount_paid,
        cast(sum(aid.amount_estimated) as decimal(14, 2)) as amount_estimated,
        any_value(member.course_school_code) as course_school_code,
        any_value(member.institution order by member.course_record_id) as institution,
        min(member.course_from) as course_from,
        max(member.course_to) as course_to,
        min(member.registered_on) as registered_from,
        max(member.registered_on) as registered_to,
        count(*) filter (where member.is_traceable) as traceable,
        count(*) filter (where member.is_special) as special,
        count(*) filter (where member.is_filed) as filed,
        count(*) as members,
        array_to_string(
            list_sort(list_distinct(flatten(list(string_split(nullif(aid.aid_items, ''), ','))))), ','
        ) as aid_items,
        list_sort(flatten(list([member.record_id, member.course_record_id]))) as evidence_record_ids
    from member
    left join feature.enrolment_aid as aid
        on member.record_id = aid.record_id
    group by member.registry, member.school_code, member.listed_in, member.course
),

total as (
    select
        sum(class.students) as students,
        (
            select sum(course.trainees)
            from course
        ) as trainees,
        (
            select count(*)
            from course
        ) as courses,
        (
            select count(*)
            from school
        ) as schools
    from class
),

compared as (
    select
        class.*,
        course.trainees,
        cast(total.courses * total.schools as integer) as courses_compared,
        total.students
        - sum(class.students) over (partition by class.school_code)
        - sum(class.students) over (partition by class.listed_in, class.course)
        + class.students as other_students,
        cast(total.trainees - course.trainees as double) * (total.schools - 1) as other_product
    from class
    inner join course
        on
            class.listed_in = course.listed_in
            and class.course = course.course
            and class.course_school_code is not distinct from course.school_code
    cross join total
),

expected as (
    select
        compared.*,
        compared.trainees * (greatest(compared.other_students, 0) + 1)
        / (compared.other_product + compared.trainees) as students_expected
    from compared
),

tested as (
    select
        expected.*,
        power(expected.students_expected / (1 + expected.students_expected), expected.students) as chance
    from expected
),

ranked as (
    select
        tested.*,
        tested.chance * tested.courses_compared / count(*) over (order by tested.chance) as discovery_rate
    from tested
),

discovered as (
    select
        ranked.*,
        min(ranked.discovery_rate) over (
            order by ranked.chance desc
            rows between unbounded preceding and current row
        ) as false_discoveries
    from ranked
),

judged as (
    select
        discovered.registry,
        discovered.school_code,
        discovered.course,
        discovered.institution,
        discovered.listed_in,
        discovered.course_from,
        discovered.course_to,
        discovered.registered_from,
        discovered.registered_to,
        discovered.students,
        discovered.probable_students,
        discovered.trainees,
        discovered.courses_compared,
        discovered.amount_paid,
        discovered.amount_estimated,
        discovered.aid_items,
        discovered.subsidy_yuan,
        discovered.evidence_record_ids,
        cast($false_rate as double) as false_discovery_rate,
        concat_ws(' ', discovered.school_code, discovered.course) as subject_id,
        round(discovered.students_expected, 2) as students_expected,
        greatest(round(discovered.chance, 9), 1e-9) as chance,
        case when discovered.amount_paid > 0 then 'A' else 'B' end as severity,
        concat_ws(
            ',',
            case
                when not is_delivered('flexible_filings') and 2 * discovered.special >= discovered.members
                    then 'flexible_filings'
            end,
            case
                when not is_delivered('special_statuses') and 2 * discovered.filed >= discovered.members
                    then 'special_statuses'
            end,
            case when 2 * discovered.traceable < discovered.members then 'term_registrations' end
        ) as missing_inputs
    from discovered
    where
        discovered.students >= $least_persons
        and discovered.false_discoveries <= $false_rate
),

concluded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    concluded.subject_id,
    concluded.school_code,
    concluded.registry,
    concluded.course,
    concluded.institution,
    concluded.listed_in,
    concluded.course_from,
    concluded.course_to,
    concluded.registered_from,
    concluded.registered_to,
    concluded.students,
    concluded.probable_students,
    concluded.trainees,
    concluded.students_expected,
    concluded.chance,
    concluded.courses_compared,
    concluded.false_discovery_rate,
    concluded.severity,
    concluded.amount_paid,
    concluded.amount_estimated,
    concluded.aid_items,
    concluded.subsidy_yuan,
    concluded.evidence_record_ids,
    concluded.verdict,
    concluded.missing_inputs
from concluded
