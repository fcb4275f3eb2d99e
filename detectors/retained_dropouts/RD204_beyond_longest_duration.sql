/*
id: RD204
title: on the roll beyond the longest lawful duration
title_zh: 超过最长学习年限仍在籍
severity: B
certainty: certain
subject: person
policy: [national:duration, national:jg-cleanup, xinzhou_2023:false-registration]
reads:
  required:
    - core.enrolment
    - feature.school_term
    - feature.later_aid
  optional:
    - core.change
    - core.hold
    - flexible_filings
    - status_changes
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - overlap_from
  - overlap_to
  - overlap_days
  - due_on
  - has_gone_up
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
  The student should have left the roll by {due_on} at the latest and is still on it {overlap_days} days later;
  graduated or left, the enrolment was not closed.
message_zh: 该生最迟应于 {due_on} 前毕业或办理离校,至今仍在籍,已超 {overlap_days} 天。
next: >-
  Ask the school for the graduation list of that year and where the student is now; if nobody has seen the student,
  close the enrolment and stop the aid.
next_zh: 先核对当年毕业生名册、毕业证书发放记录和学生去向,未在校的应办理毕业、结业或退学,并停发资助。
params:
  posting_days:
    default: policy:dual.lag_days
    unit: days
    comment: Days after the end of the programme within which graduation is entered.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the records are the same person only probably.
exceptions:
  - name: X11_flexible_duration
    says: >-
      A flexible programme that the school filed for that entry year, up to the longest flexible duration: for adults
      and part-time students, and by credits for all.
    says_zh: 学校当年已备案弹性学制(适用成人、非全日制学员)或学分制(适用全体),未超过最长弹性年限。
    proof: flexible_filings
  - name: X11b_repeated_year
    says: Approved repetition of a year lengthens the programme by that year.
    says_zh: 经批准留级,学习年限相应顺延。
    proof: core.change
  - name: X18_posting_season
    says: Graduation is posted over the summer; an enrolment still open in that season means little.
    says_zh: 7 至 9 月为毕业、升学信息集中录入期,期内未注销属正常。
    proof: core.enrolment
  - name: X20_held_enrolment
    says: Suspension, reserved place or army service lengthens the programme by its days.
    says_zh: 休学、保留学籍(含服兵役)期间不计入学习年限。
    proof: core.hold
history:
  - {on: 2024-01-15, note: First edition.}
  - on: 2024-04-15
    note: A filed flexible programme excuses those it is for, not a full-time student who came straight from school.
---
Why it matters

Whoever should have left and is still on the roll is counted for appropriation and may be paid aid: 严禁保留流失学生学籍.
Technical schools have to clear out over-time students by the end of the spring term.

A student who went on to college while the school forgot to close the record (X01, X18) is late closing, severity C; aid
paid for a term after the programme ended makes it A. A full-time student straight from school is not who a flexible
programme is filed for; where the school filed one for that year the case is a grade milder, as its list may name the
student all the same.

What to check first

The graduation list and the certificates handed out that summer; then whether the student repeated a year or was
suspended without the change having been entered.
*/
with held as (
    select
        hold.record_id,
        cast(sum(coalesce(hold.held_until, as_of()) - hold.held_from) as integer) as days,
        bool_or(not hold.is_dated) as is_undated
    from core.hold as hold
    where hold.held_from <= as_of()
    group by hold.record_id
),

repeated as (
    select
        change.enrolment_record_id as record_id,
        cast(count(distinct year(change.changed_on)) as integer) as years
    from core.change as change
    where
        change.change_type = 'repeat'
        and change.is_approved
    group by change.enrolment_record_id
),

went_up as (
    select
        enrolment.record_id,
        max(later.started_on) as started_on
    from core.enrolment as enrolment
    inner join core.enrolment as later
        on
            enrolment.person_id = later.person_id
            and enrolment.record_id <> later.record_id
            and later.started_on >= enrolment.expected_end_on - $posting_days
    where enrolment.ended_on is null
    group by enrolment.record_id
),

on_roll as (
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
        held.is_undated,
        cast(
            policy_number(
                case
                    when enrolment.entrant_type in ('high_fresh', 'high_past')
                        then 'duration.high_graduate.flexible_max_years'
                    else 'duration.flexible_max_years'
                end,
                enrolment.registry,
                enrolment.region_code,
                enrolment.started_on
            ) as integer
        ) as flexible_years,
        enrolment.study_form = 'full_time'
        and coalesce(enrolment.entrant_type in ('junior_fresh', 'high_fresh'), false) as is_fresh_graduate,
        coalesce(held.days, 0) as held_days,
        coalesce(repeated.years, 0) as repeated_years,
        went_up.started_on is not null as has_gone_up,
        coalesce(
            policy_month_day(
                'duration.technical.cleanup',
                enrolment.registry,
                enrolment.region_code,
                cast(date_trunc('month', enrolment.expected_end_on) as date)
            ),
            enrolment.expected_end_on
        ) as programme_ends_on
    from core.enrolment as enrolment
    left join held
        on enrolment.record_id = held.record_id
    left join repeated
        on enrolment.record_id = repeated.record_id
    left join went_up
        on enrolment.record_id = went_up.record_id
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.is_open_in_registry
        and enrolment.ended_on is null
),

due as (
    select
        on_roll.*,
        on_roll.programme_ends_on + $posting_days as posted_by,
        cast(on_roll.programme_ends_on + to_years(on_roll.repeated_years) as date)
        + on_roll.held_days
        + $posting_days as due_on,
        cast(on_roll.started_on + to_years(coalesce(on_roll.flexible_years, 0)) as date)
        + on_roll.held_days as flexible_until
    from on_roll
    where on_roll.programme_ends_on < as_of()
),

-- What the school filed for the year of entry, as long as the longest flexible duration lasts.
filed as (
    select
        due.record_id,
        bool_or(not due.is_fresh_graduate or regexp_matches(filing.mode, '学分')) as is_for_the_student
    from due
    inner join flexible_filings as filing
        on
            filing.school_code in (due.own_code, due.school_code)
            and due.cohort = filing.year
            and due.flexible_until >= as_of()
    group by due.record_id
),

season as (
    select
        policy_text('dual.posting_season.from', null, null, as_of()) as opens,
        policy_text('dual.posting_season.to', null, null, as_of()) as closes
),

overdue as (
    select
        due.*,
        case
            when strftime(due.due_on, '%m-%d') between season.opens and season.closes
                then cast(year(due.due_on) || '-' || season.closes as date)
            else due.due_on
        end as cleared_by
    from due
    cross join season
),

paid as (
    select
        overdue.record_id,
        sum(aid.amount) as amount,
        list_sort(list_distinct(list(aid.aid_item))) as aid_items,
        list_sort(flatten(list(aid.record_ids))) as record_ids
    from overdue
    inner join feature.later_aid as aid
        on
            overdue.record_id = aid.record_id
            and overdue.due_on - $posting_days < aid.benefit_from
    group by overdue.record_id
),

standard as (
    select
        overdue.record_id,
        sum(
            policy_number('aid.waiver.amount_year', overdue.registry, overdue.region_code, term.first_day) / 2
        ) as amount
    from overdue
    inner join feature.school_term as term
        on
            term.first_day > overdue.due_on - $posting_days
            and term.first_day <= as_of()
    group by overdue.record_id
),

finding as (
    select
        overdue.*,
        cast(as_of() - overdue.cleared_by as integer) as overlap_days,
        cast(coalesce(paid.amount, 0) as decimal(14, 2)) as amount_paid,
        cast(coalesce(standard.amount, 0) as decimal(14, 2)) as amount_estimated,
        overdue.cleared_by + 1 as overlap_from,
        as_of() as overlap_to,
        array_to_string(coalesce(paid.aid_items, []), ',') as aid_items,
        coalesce(paid.record_ids, []) as evidence_record_ids,
        coalesce(filed.is_for_the_student, false) as is_flexible,
        case
            when paid.amount > 0 and filed.record_id is null then 'A'
            when paid.amount > 0 then 'B'
            when overdue.has_gone_up or filed.record_id is not null then 'C'
            else 'B'
        end as severity,
        case when overdue.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        concat_ws(
            ',',
            case
                when
                    not is_delivered('flexible_filings')
                    and as_of() <= overdue.flexible_until
                    then 'flexible_filings'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from overdue
    left join paid
        on overdue.record_id = paid.record_id
    left join standard
        on overdue.record_id = standard.record_id
    left join filed
        on overdue.record_id = filed.record_id
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
    judged.overlap_from,
    judged.overlap_to,
    judged.overlap_days,
    judged.cleared_by as due_on,
    judged.has_gone_up,
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
where
    as_of() > judged.posted_by
    -- X20_held_enrolment
    and as_of() > judged.posted_by + judged.held_days
    and not coalesce(judged.is_undated, false)
    -- X11b_repeated_year
    and as_of() > judged.due_on
    -- X18_posting_season
    and as_of() > judged.cleared_by
    -- X11_flexible_duration
    and not judged.is_flexible
qualify
    row_number() over (
        partition by judged.person_id, judged.registry, judged.school_code
        order by judged.overlap_days desc, judged.record_id
    ) = 1
