/*
id: RD205
title: not registered for the term and still on the roll
title_zh: 未进行学期注册仍在籍
severity: B
certainty: certain
subject: person
policy: [national:own-exit, xinzhou_2023:false-registration, xinzhou_2023:change-entry]
reads:
  required:
    - core.enrolment
    - feature.later_aid
    - feature.school_term
    - feature.student_number
    - feature.term_trace
    - term_registrations
  optional:
    - attendance
    - core.hold
    - flexible_filings
    - internships
    - skill_certificates
    - status_changes
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - school_year
  - term
  - registration
  - registration_zh
  - terms_missed
  - overlap_from
  - overlap_to
  - overlap_days
  - last_trace_on
  - is_aid_returned
  - traces_available
  - match_probability
  - severity
  - certainty
  - amount_paid
  - amount_estimated
  - aid_items
  - evidence_record_ids
key: [person_id, registry, school_code]
route: school_code
message: >-
  On the roll, but not registered for {terms_missed} term(s) since {overlap_from} ({registration}); traces were looked
  for in {traces_available}.
message_zh: >-
  该生在籍,但自 {overlap_from} 起 {terms_missed} 个学期未注册({registration_zh});已查痕迹来源:{traces_available}。
next: >-
  Ask the form master when the student was last in class and telephone the family; where nobody has seen the student
  since the term began, close the enrolment and stop the aid.
next_zh: 先向班主任核实最后到校日期并电联家长;开学以来无人见到的,应办理退学等异动并停发资助。
params:
  grace_days:
    default: policy:exit.term_registration_days
    unit: days
    comment: Days of the term within which a student registers.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the records are the same person only probably.
exceptions:
  - name: X11_flexible_programme
    says: The school filed flexible study for that intake; its adults come by stages and register when they come.
    says_zh: 学校已备案弹性学制或学分制,成人学员分段就读、到校时注册。
    proof: flexible_filings
  - name: X15_postponed_registration
    says: Registration for this term is postponed, by the list itself.
    says_zh: 名单注明本学期暂缓注册。
    proof: term_registrations
  - name: X15b_came_after_registration
    says: The student joined the school after the term began and was entered with the transfer.
    says_zh: 学生开学后转入,随转学办理,未列入开学注册名单。
    proof: core.enrolment
  - name: X15c_time_to_register
    says: The days within which a student may register for the term are not over.
    says_zh: 仍在开学后的注册期限内。
    proof: core.enrolment
  - name: X16_number_of_another
    says: The student number is another student's as well, or none was given; a row on the list may be either's.
    says_zh: 学号与他人相同或缺失,名单上无法辨认本人,不能认定缺名。
    proof: core.enrolment
  - name: X18_programme_over
    says: The programme was over before the term; closing the record late is another wrong (RD204).
    says_zh: 开学前学制已满,属毕业未及时结转(见 RD204)。
    proof: core.enrolment
  - name: X19_registered_again
    says: The student registered for a later term; the gap is past.
    says_zh: 之后的学期已注册,缺口已过。
    proof: term_registrations
  - name: X20_held_enrolment
    says: Suspended, place reserved or serving in the army when the term was registered for.
    says_zh: 注册期间处于休学、保留学籍或服兵役。
    proof: core.hold
  - name: X21_placement
    says: On a placement from the second year on when the term was registered for.
    says_zh: 注册期间在岗位实习(二年级起)。
    proof: internships
  - name: X21b_seen_in_class
    says: Attendance or an examination shows the student at school in that term; only the registration was forgotten.
    says_zh: 考勤或技能考核证明学生本学期在校,仅漏办注册。
    proof: attendance
  - name: X22_part_time
    says: Part-time students do not register by terms.
    says_zh: 非全日制学生不按学期注册。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
  - on: 2024-04-15
    note: A filed flexible programme excuses those it is for, not a full-time student who came straight from school.
  - on: 2024-04-15
    note: >-
      A student number that two students bear, or none, proves nobody missing from a list.
---
Why it matters

Who does not come back after the holidays is the commonest drop-out, and the first that a school keeps for the sake of
the head count (保留流失学生学籍). A list of term registrations without the student is the earliest paper that tells. Aid
for the terms without registration makes the case A.

Two sub-tests: a row that says 未注册, and a student missing from a list that names at least half of the class. A whole
class missing from the list says nothing about its students.

What to check first

Whether the class was photographed or called since the term began; then the bank returns of the aid card. Where rows of
unknown numbers stand on the same list, one of them may be the student: the certainty is then probable.
*/
with on_roll as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.school_code as own_code,
        enrolment.region_code,
        enrolment.cohort,
        enrolment.standing,
        enrolment.started_on,
        enrolment.expected_end_on,
        enrolment.match_probability,
        coalesce(enrolment.entrant_type in ('junior_fresh', 'high_fresh'), false) as is_fresh_graduate,
        number.person_id is null as is_without_own_number
    from core.enrolment as enrolment
    left join feature.student_number as number
        on
            enrolment.registry = number.registry
            and upper(trim(enrolment.student_no)) = number.student_no
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.is_open_in_registry
        and enrolment.ended_on is null
        -- X22_part_time
        and enrolment.study_form = 'full_time'
),

last_registration as (
    select
        trace.record_id,
        max(trace.first_day) filter (where trace.registration = 'registered') as registered_on,
        max(trace.first_day) filter (where trace.registration is not null) as listed_on
    from feature.term_trace as trace
    group by trace.record_id
),

missed as (
    select
        on_roll.*,
        trace.school_year,
        trace.term,
        trace.first_day,
        trace.registration,
        trace.registration_record_id,
        trace.unknown_rows,
        trace.months_listed,
        trace.last_present_on,
        trace.examined_on,
        trace.is_aid_returned,
        trace.traces_available,
        trace.placed_from,
        trace.placed_to,
        last_registration.registered_on,
        trace.first_day = last_registration.listed_on as is_newest
    from on_roll
    inner join feature.term_trace as trace
        on on_roll.record_id = trace.record_id
    inner join last_registration
        on on_roll.record_id = last_registration.record_id
    where
        trace.registration <> 'registered'
        -- X15c_time_to_register
        and as_of() > trace.first_day + $grace_days
        -- X15b_came_after_registration
        and on_roll.started_on <= trace.first_day
        -- X18_programme_over
        and on_roll.expected_end_on > trace.first_day
        -- X19_registered_again
        and coalesce(last_registration.registered_on < trace.first_day, true)
),

held as (
    select
        missed.record_id,
        missed.first_day
    from missed
    inner join core.hold as hold
        on
            missed.record_id = hold.record_id
            and missed.first_day + $grace_days >= hold.held_from
            and coalesce(missed.first_day < hold.held_until, true)
    group by missed.record_id, missed.first_day
),

filed as (
    select
        filing.school_code,
        filing.year
    from flexible_filings as filing
    group by filing.school_code, filing.year
),

unexplained as (
    select missed.*
    from missed
    left join held
        on
            missed.record_id = held.record_id
            and missed.first_day = held.first_day
    where
        -- X15_postponed_registration
        missed.registration <> 'postponed'
        -- X20_held_enrolment
        and held.record_id is null
        -- X21_placement
        and not coalesce(
            missed.placed_from <= missed.first_day + $grace_days
            and missed.placed_to >= missed.first_day
            and missed.placed_from >= missed.started_on + 300,
            false
        )
        -- X16_number_of_another
        and not (missed.registration = 'unlisted' and missed.is_without_own_number)
        -- X21b_seen_in_class
        and missed.last_present_on is null
        and missed.examined_on is null
        -- X11_flexible_programme
        and (
            missed.is_fresh_graduate
            or not exists (
                select 1
                from filed
                where
                    filed.school_code in (missed.own_code, missed.school_code)
                    and filed.year = missed.cohort
            )
        )
),

student as (
    select
        unexplained.record_id,
        unexplained.person_id,
        unexplained.registry,
        unexplained.school_code,
        unexplained.region_code,
        unexplained.match_probability,
        unexplained.is_fresh_graduate,
        cast(count(*) as integer) as terms_missed,
        min(unexplained.first_day) as overlap_from,
        max(unexplained.first_day) as newest_on,
        max(unexplained.started_on) as started_on,
        max(unexplained.unknown_rows) as unknown_rows,
        arg_max(unexplained.school_year, unexplained.first_day) as school_year,
        arg_max(unexplained.term, unexplained.first_day) as term,
        arg_max(unexplained.registration, unexplained.first_day) as registration,
        arg_max(unexplained.months_listed, unexplained.first_day) as months_listed,
        arg_max(unexplained.traces_available, unexplained.first_day) as traces_available,
        bool_or(unexplained.is_newest) as is_newest,
        bool_or(unexplained.is_aid_returned) as is_aid_returned,
        list(unexplained.registration_record_id order by unexplained.registration_record_id)
        filter (where unexplained.registration_record_id is not null) as registration_record_ids
    from unexplained
    group by
        unexplained.record_id,
        unexplained.person_id,
        unexplained.registry,
        unexplained.school_code,
        unexplained.region_code,
        unexplained.match_probability,
        unexplained.is_fresh_graduate
),

last_trace as (
    select
        trace.record_id,
        max(greatest(trace.last_present_on, trace.registered_on, trace.examined_on)) as seen_on
    from feature.term_trace as trace
    group by trace.record_id
),

paid as (
    select
        student.record_id,
        sum(aid.amount) as amount,
        list_sort(list_distinct(list(aid.aid_item))) as aid_items,
        flatten(list(aid.record_ids)) as record_ids
    from student
    inner join feature.later_aid as aid
        on
            student.record_id = aid.record_id
            and student.overlap_from <= aid.benefit_from
    group by student.record_id
),

standard as (
    select
        student.record_id,
        sum(
            policy_number('aid.waiver.amount_year', student.registry, student.region_code, term.first_day) / 2
        ) as amount
    from student
    inner join feature.school_term as term
        on
            student.overlap_from <= term.first_day
            and term.first_day <= as_of()
    group by student.record_id
),

-- The newest term that a student should have registered for by now.
current_term as (
    select max(term.first_day) as first_day
    from feature.school_term as term
    where term.first_day + $grace_days < as_of()
),

finding as (
    select
        student.*,
        last_trace.seen_on as last_trace_on,
        cast(as_of() - student.overlap_from as integer) as overlap_days,
        cast(coalesce(paid.amount, 0) as decimal(14, 2)) as amount_paid,
        cast(coalesce(standard.amount, 0) as decimal(14, 2)) as amount_estimated,
        as_of() as overlap_to,
        case when student.registration = 'unregistered' then '名单注明未注册' else '注册名单无此人' end as registration_zh,
        array_to_string(coalesce(paid.aid_items, []), ',') as aid_items,
        list_sort(
            list_concat(coalesce(paid.record_ids, []), coalesce(student.registration_record_ids, []))
        ) as evidence_record_ids,
        case when paid.amount > 0 then 'A' else 'B' end as severity,
        case
            when student.match_probability < $certain_match then 'probable'
            when student.registration = 'unlisted' and student.unknown_rows > 0 then 'probable'
            else 'certain'
        end as certainty,
        concat_ws(
            ',',
            case when student.months_listed = 0 then 'attendance' end,
            case
                when not is_delivered('flexible_filings') and not student.is_fresh_graduate then 'flexible_filings'
            end,
            case
                when
                    not is_delivered('internships') and student.newest_on >= student.started_on + 300
                    then 'internships'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end,
            case when student.newest_on < current_term.first_day then 'term_registrations' end
        ) as missing_inputs
    from student
    cross join current_term
    left join last_trace
        on student.record_id = last_trace.record_id
    left join paid
        on student.record_id = paid.record_id
    left join standard
        on student.record_id = standard.record_id
    where student.is_newest
),

judged as (
    select
        finding.*,
        case when finding.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from finding
)

select
    judged.person_id,
    judged.record_id,
    judged.school_code,
    judged.registry,
    judged.school_year,
    judged.term,
    judged.registration,
    judged.registration_zh,
    judged.terms_missed,
    judged.overlap_from,
    judged.overlap_to,
    judged.overlap_days,
    judged.last_trace_on,
    judged.is_aid_returned,
    judged.traces_available,
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
        partition by judged.person_id, judged.registry, judged.school_code
        order by judged.overlap_days desc, judged.record_id
    ) = 1
