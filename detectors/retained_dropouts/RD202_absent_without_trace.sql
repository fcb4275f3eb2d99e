/*
id: RD202
title: absent without leave beyond the limit and still on the roll
title_zh: 长期旷课或无任何在校痕迹仍在籍
severity: B
certainty: certain
subject: person
policy: [national:exit, national:own-exit, xinzhou_2023:false-registration]
reads:
  required:
    - attendance
    - core.enrolment
    - feature.attendance_month
    - feature.later_aid
    - feature.school_term
    - feature.student_number
    - feature.term_trace
  optional:
    - core.hold
    - flexible_filings
    - internships
    - skill_certificates
    - status_changes
    - term_registrations
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - absent_by
  - absent_by_zh
  - absence
  - absence_zh
  - overlap_from
  - overlap_to
  - overlap_days
  - days_absent
  - periods_absent
  - months_silent
  - last_trace_on
  - is_aid_returned
  - traces_available
  - clause
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
  Still on the roll {overlap_days} days after {overlap_from}, when the limit of absence without leave was passed
  ({absence}); not back since. Traces were looked for in {traces_available}.
message_zh: >-
  该生至 {overlap_from} 已达退学界线({absence_zh}),此后未返校,至今 {overlap_days} 天仍在籍;已查痕迹来源:{traces_available}。
next: >-
  Look at the class register and the leave slips of these months and telephone the family; where the student is gone for
  good, have the withdrawal entered and the aid stopped. A minor is first to be brought back.
next_zh: 先核对点名册、请假条并电联家长;确已离校的补办退学并停发资助,未成年学生应先劝返。
params:
  posting_days:
    default: policy:exit.posting_days
    unit: days
    comment: Days after the limit within which the withdrawal is entered.
  school_days:
    default: 20
    unit: school_days
    comment: Own estimate; days of school in a month for which attendance was delivered.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the records are the same person only probably.
exceptions:
  - name: X11_flexible_programme
    says: The school filed flexible study for that intake; its adults come by stages.
    says_zh: 学校已备案弹性学制或学分制,成人学员分段就读。
    proof: flexible_filings
  - name: X15_posting_lag
    says: The days within which a withdrawal is entered are not over.
    says_zh: 达到退学界线后仍在规定的录入期限内。
    proof: core.enrolment
  - name: X16_number_of_another
    says: The student number is another student's as well, or none was given; a row on the list may be either's.
    says_zh: 学号与他人相同或缺失,名单上无法辨认本人,不能认定缺名。
    proof: core.enrolment
  - name: X18_programme_over
    says: The programme is over; closing the record late is another wrong (RD204).
    says_zh: 学制已满,属毕业未及时结转(见 RD204)。
    proof: core.enrolment
  - name: X19_came_back
    says: The student was back for most of the lessons of a later month, or registered or was examined later.
    says_zh: 学生之后已返校上课,或已注册、参加考核。
    proof: attendance
  - name: X20_held_enrolment
    says: Suspended, place reserved or in the army in the months of absence.
    says_zh: 缺勤期间处于休学、保留学籍或服兵役。
    proof: core.hold
  - name: X20b_sick_leave
    says: On leave (sick or private) that the school granted.
    says_zh: 缺勤为经批准的病假、事假。
    proof: attendance
  - name: X21_placement
    says: On a placement from the second year on.
    says_zh: 缺勤期间在岗位实习(二年级起)。
    proof: internships
  - name: X22_part_time
    says: Part-time students have no attendance by the month.
    says_zh: 非全日制学生不按月考勤。
    proof: core.enrolment
  - name: X35_taught_at_the_partner
    says: A joint programme or mixed class; the school that hosts it lists the student as present.
    says_zh: 联合办学或融通班学生在合作学校上课,该校考勤有出勤记录。
    proof: attendance
history:
  - {on: 2024-04-15, note: First edition.}
  - on: 2024-04-15
    note: A filed flexible programme excuses those it is for, not a full-time student who came straight from school.
  - on: 2024-04-15
    note: >-
      A student number that two students bear, or none, proves nobody missing from a list.
---
Why it matters

The national rules let a school treat as withdrawn whoever is away two weeks running or misses ninety periods in a term
without leave. Who passed the limit, did not come back and is on the roll a month later is a retained drop-out
(保留流失学生学籍); aid for a later term makes the case A.

Three sub-tests: a run of absence (14 days for certain; ten school days probably, as lists do not say which days they
count), the periods of a term, and silence: for thirty school days no lesson, leave, registration, placement or
examination, in months in which at least half of the class was present. What place and day set the limit is in the
clause.

What to check first

The leave slips; then whether the class was at a firm. Where rows of unknown numbers stand on the list, one of them may
be the student: the certainty is then probable. A school treats a minor as withdrawn only after trying to bring the
student back.
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
        enrolment.started_on,
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
        -- X18_programme_over
        and enrolment.expected_end_on > as_of()
        -- X22_part_time
        and enrolment.study_form = 'full_time'
),

held_month as (
    select
        month.record_id,
        month.month
    from feature.attendance_month as month
    inner join core.hold as hold
        on
            month.record_id = hold.record_id
            and month.last_day >= hold.held_from
            and coalesce(month.first_day < hold.held_until, true)
    group by month.record_id, month.month
),

month_of as (
    select
        on_roll.*,
        month.month,
        month.first_day,
        month.last_day,
        month.cohort_year,
        month.term,
        month.attendance_record_id,
        month.unknown_rows,
        month.is_class_present,
        month.longest_absence,
        month.periods_absent,
        -- X19_came_back
        month.periods_present > 0 and 2 * month.periods_present >= coalesce(month.periods_due, 0) as is_attended,
        month.periods_present > 0
        -- X20b_sick_leave
        or month.periods_excused > 0
        -- X20_held_enrolment
        or held_month.record_id is not null
        -- X21_placement
        or coalesce(
            trace.placed_from <= month.last_day
            and trace.placed_to >= month.first_day
            and trace.placed_from >= on_roll.started_on + 300,
            false
        )
        -- X35_taught_at_the_partner
        or month.periods_hosted > 0 as is_accounted_for,
        held_month.record_id is not null
        or month.periods_hosted > 0
        or coalesce(
            trace.placed_from <= month.last_day
            and trace.placed_to >= month.first_day
            and trace.placed_from >= on_roll.started_on + 300,
            false
        ) as is_lawfully_away,
        policy_number(
            'exit.absence_periods', on_roll.registry, on_roll.region_code, month.first_day
        ) as limit_periods,
        policy_number('exit.absence_days', on_roll.registry, on_roll.region_code, month.first_day) as limit_days,
        policy_number(
            'exit.absence_school_days', on_roll.registry, on_roll.region_code, month.first_day
        ) as limit_school_days,
        policy_number(
            'exit.trace_school_days', on_roll.registry, on_roll.region_code, month.first_day
        ) as limit_silence
    from on_roll
    inner join feature.attendance_month as month
        on on_roll.record_id = month.record_id
    left join feature.term_trace as trace
        on
            month.record_id = trace.record_id
            and month.cohort_year || '-' || (month.cohort_year + 1) = trace.school_year
            and month.term = trace.term
    left join held_month
        on
            month.record_id = held_month.record_id
            and month.month = held_month.month
),

other_trace as (
    select
        trace.record_id,
        max(
            greatest(
                case when trace.registration in ('registered', 'postponed') then trace.first_day end,
                trace.registered_on,
                trace.examined_on
            )
        ) as seen_on
    from feature.term_trace as trace
    group by trace.record_id
),

last_seen as (
    select
        month_of.record_id,
        max(month_of.last_day) as listed_to,
        max(month_of.first_day) filter (where month_of.is_attended) as attended_on,
        max(other_trace.seen_on) as registered_on,
        greatest(
            max(month_of.last_day) filter (where month_of.is_accounted_for), max(other_trace.seen_on)
        ) as last_trace_on
    from month_of
    left join other_trace
        on month_of.record_id = other_trace.record_id
    group by month_of.record_id
),

added_up as (
    select
        month_of.*,
        sum(case when month_of.is_lawfully_away then 0 else month_of.periods_absent end) over (
            partition by month_of.record_id, month_of.cohort_year, month_of.term
            order by month_of.month
        ) as periods_so_far
    from month_of
),

-- The limit is passed on the day it is reached, however long the silence lasts by now.
silent as (
    select
        added_up.*,
        sum($school_days) over (
            partition by added_up.record_id
            order by added_up.month
        ) as days_so_far
    from added_up
    inner join last_seen
        on added_up.record_id = last_seen.record_id
    where
        added_up.is_class_present
        -- X16_number_of_another
        and not added_up.is_without_own_number
        and coalesce(added_up.first_day > last_seen.last_trace_on, true)
),

passed as (
    select
        added_up.record_id,
        'two_weeks' as absent_by,
        added_up.last_day as reached_on,
        added_up.longest_absence as days_absent,
        0 as periods_absent,
        0 as months_silent,
        added_up.attendance_record_id,
        added_up.longest_absence >= added_up.limit_days as is_certain
    from added_up
    where
        added_up.longest_absence >= least(added_up.limit_school_days, added_up.limit_days)
        and not added_up.is_lawfully_away
    union all
    select
        added_up.record_id,
        'term_periods' as absent_by,
        min(added_up.last_day) as reached_on,
        0 as days_absent,
        max(added_up.periods_so_far) as periods_absent,
        0 as months_silent,
        min(added_up.attendance_record_id) as attendance_record_id,
        true as is_certain
    from added_up
    where added_up.periods_so_far >= added_up.limit_periods
    group by added_up.record_id, added_up.cohort_year, added_up.term
    union all
    select
        silent.record_id,
        'no_trace' as absent_by,
        min(silent.last_day) filter (where silent.days_so_far >= silent.limit_silence) as reached_on,
        0 as days_absent,
        0 as periods_absent,
        count(*) as months_silent,
        min(silent.attendance_record_id) as attendance_record_id,
        max(silent.unknown_rows) = 0 as is_certain
    from silent
    group by silent.record_id
    having max(silent.days_so_far) >= min(silent.limit_silence)
),

not_back as (
    select passed.*
    from passed
    inner join last_seen
        on passed.record_id = last_seen.record_id
    where
        -- X15_posting_lag
        as_of() > passed.reached_on + $posting_days
        -- Back later: in class, registered for a later term, or examined.
        and coalesce(last_seen.attended_on < passed.reached_on, true)
        and coalesce(last_seen.registered_on <= passed.reached_on, true)
),

student as (
    select
        on_roll.*,
        cast(max(not_back.days_absent) as integer) as days_absent,
        cast(max(not_back.periods_absent) as integer) as periods_absent,
        cast(max(not_back.months_silent) as integer) as months_silent,
        min(not_back.reached_on) as reached_on,
        string_agg(distinct not_back.absent_by, ',' order by not_back.absent_by) as absent_by,
        bool_or(not_back.is_certain) as is_certain,
        list(distinct not_back.attendance_record_id)
        filter (where not_back.attendance_record_id is not null) as attendance_record_ids
    from not_back
    inner join on_roll
        on not_back.record_id = on_roll.record_id
    group by all
),

-- The newest term of which a month is over and listed.
current_term as (
    select max(term.first_day) as first_day
    from feature.school_term as term
    where term.first_day + 2 * $posting_days < as_of()
),

filed as (
    select
        filing.school_code,
        filing.year
    from flexible_filings as filing
    group by filing.school_code, filing.year
),

term_at as (
    select
        trace.record_id,
        arg_max(trace.traces_available, trace.first_day) as traces_available,
        bool_or(trace.is_aid_returned and trace.last_day >= student.reached_on) as is_aid_returned
    from student
    inner join feature.term_trace as trace
        on student.record_id = trace.record_id
    where trace.first_day <= student.reached_on
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
            and student.reached_on < aid.benefit_from
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
            student.reached_on < term.first_day
            and term.first_day <= as_of()
    group by student.record_id
),

finding as (
    select
        student.*,
        student.reached_on as overlap_from,
        last_seen.last_trace_on,
        term_at.traces_available,
        cast(as_of() - student.reached_on as integer) as overlap_days,
        cast(coalesce(paid.amount, 0) as decimal(14, 2)) as amount_paid,
        cast(coalesce(standard.amount, 0) as decimal(14, 2)) as amount_estimated,
        as_of() as overlap_to,
        coalesce(term_at.is_aid_returned, false) as is_aid_returned,
        replace(
            replace(replace(student.absent_by, 'no_trace', '无任何痕迹'), 'term_periods', '学期缺课'),
            'two_weeks',
            '连续旷课'
        ) as absent_by_zh,
        concat_ws(
            ', ',
            case when student.days_absent > 0 then student.days_absent || ' days running' end,
            case when student.periods_absent > 0 then student.periods_absent || ' periods of a term' end,
            case when student.months_silent > 0 then student.months_silent || ' months without a trace' end
        ) as absence,
        concat_ws(
            '、',
            case when student.days_absent > 0 then '连续旷课 ' || student.days_absent || ' 天' end,
            case when student.periods_absent > 0 then '一学期缺课 ' || student.periods_absent || ' 课时' end,
            case when student.months_silent > 0 then student.months_silent || ' 个月无任何痕迹' end
        ) as absence_zh,
        policy_clause('exit.absence_periods', student.registry, student.region_code, student.reached_on) as clause,
        array_to_string(coalesce(paid.aid_items, []), ',') as aid_items,
        list_sort(
            list_concat(coalesce(paid.record_ids, []), coalesce(student.attendance_record_ids, []))
        ) as evidence_record_ids,
        case when paid.amount > 0 then 'A' else 'B' end as severity,
        case
            when student.match_probability >= $certain_match and student.is_certain then 'certain'
            else 'probable'
        end as certainty,
        concat_ws(
            ',',
            -- A term begun since without a list: nobody knows whether the student came back.
            case when last_seen.listed_to < current_term.first_day then 'attendance' end,
            case
                when not is_delivered('flexible_filings') and not student.is_fresh_graduate then 'flexible_filings'
            end,
            case
                when not is_delivered('internships') and student.reached_on >= student.started_on + 300
                    then 'internships'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from student
    cross join current_term
    inner join last_seen
        on student.record_id = last_seen.record_id
    left join term_at
        on student.record_id = term_at.record_id
    left join paid
        on student.record_id = paid.record_id
    left join standard
        on student.record_id = standard.record_id
    where
        -- X11_flexible_programme
        student.is_fresh_graduate
        or not exists (
            select 1
            from filed
            where
                filed.school_code in (student.own_code, student.school_code)
                and filed.year = student.cohort
        )
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
    judged.absent_by,
    judged.absent_by_zh,
    judged.absence,
    judged.absence_zh,
    judged.overlap_from,
    judged.overlap_to,
    judged.overlap_days,
    judged.days_absent,
    judged.periods_absent,
    judged.months_silent,
    judged.last_trace_on,
    judged.is_aid_returned,
    judged.traces_available,
    judged.clause,
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
