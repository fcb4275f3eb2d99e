/*
id: RD203
title: suspension expired or longer than two years
title_zh: 休学期满未复学或休学超过两年仍在籍
severity: B
certainty: certain
subject: person
policy: [national:exit, national:suspension, xinzhou_2023:false-registration]
reads:
  required:
    - core.enrolment
    - core.hold
    - feature.later_aid
    - feature.school_term
    - feature.term_trace
  optional:
    - core.change
    - core.person_link
    - core.roll_history
    - counter_evidence
    - special_statuses
    - status_changes
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - overdue_by
  - overdue_by_zh
  - suspended_from
  - suspended_until
  - days_suspended
  - overlap_from
  - overlap_to
  - overlap_days
  - has_been_seen
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
  Suspended since {suspended_from}, and since {overlap_from} beyond the limit ({overdue_by}); neither back nor withdrawn
  {overlap_days} days later.
message_zh: 该生自 {suspended_from} 起休学,{overlap_from} 已到期限({overdue_by_zh}),逾期 {overlap_days} 天既未复学也未退学,仍在籍。
next: >-
  Ask for the suspension form and for a decision: return, a further approval, or withdrawal. Telephone the family before
  the record is closed.
next_zh: 调取休学审批表,电联家长后明确复学、续休或退学,并补录异动。
params:
  posting_days:
    default: policy:exit.posting_days
    unit: days
    comment: Days after the limit within which the return or the withdrawal is entered.
  army_return_days:
    default: 730
    unit: days
    comment: Own estimate; universities keep a place for two years after discharge, no rule is known for schools.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the records are the same person only probably.
exceptions:
  - name: X15_posting_lag
    says: The days of grace, and those within which the return or the withdrawal is entered, are not over.
    says_zh: 仍在期满后的宽限和异动录入期限内。
    proof: core.hold
  - name: X15b_extended
    says: The suspension was extended by a further approval.
    says_zh: 已批准续休,期限未到。
    proof: core.change
  - name: X18_posting_season
    says: The suspension ended in the summer; the return is for the new term and entered by the end of September.
    says_zh: 暑期(7 至 9 月)期满的,新学期开学办理复学并录入。
    proof: core.hold
  - name: X19_came_back
    says: The student resumed, or has a newer enrolment at the school.
    says_zh: 学生已复学,或在该校已有新的学籍。
    proof: core.change
  - name: X20_army_service
    says: Suspended for army service, which lasts as long as the service; nothing shows that it is long over.
    says_zh: 因服兵役休学(保留学籍),期限与服役期相当,尚无证据表明退役已久。
    proof: core.hold
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Suspension has an end: who is two weeks overdue, or has been away two years and cannot return, is to be withdrawn
(national rule for vocational schools, by analogy for technical ones). A record that stays suspended for ever is counted
with the roll (保留流失学生学籍). Aid for a term after the limit makes the case A; a student who is seen in class since is
back without the return having been entered, severity C.

Four sub-tests: the day until which it was approved, two years since it began, and, where no change dates the beginning,
two years since the first list that showed the student suspended, or two years since the programme ended.

What to check first

The approval form and its last day; whether the reason is the army, in which case the discharge papers decide.
*/
with suspended as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.region_code,
        enrolment.status,
        enrolment.started_on,
        enrolment.expected_end_on,
        enrolment.match_probability
    from core.enrolment as enrolment
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.standing = 'held'
        and enrolment.is_open_in_registry
        and enrolment.ended_on is null
),

stretch as (
    select
        hold.record_id,
        hold.kind,
        hold.reason,
        hold.held_from,
        hold.held_until,
        hold.is_dated,
        coalesce(
            hold.held_from <= lag(hold.held_until) over (partition by hold.record_id order by hold.held_from), false
        ) as is_continued
    from core.hold as hold
    inner join suspended
        on hold.record_id = suspended.record_id
    where hold.held_from <= as_of()
),

numbered as (
    select
        stretch.*,
        sum(case when stretch.is_continued then 0 else 1 end) over (
            partition by stretch.record_id
            order by stretch.held_from
        ) as absence_no
    from stretch
),

-- The absence that lasts: stretches approved one after the other are one.
lasting as (
    select
        numbered.record_id,
        numbered.absence_no,
        min(numbered.held_from) as held_from,
        bool_and(numbered.is_dated) as is_dated,
        bool_or(numbered.kind = 'reserve') as is_reserved,
        any_value(numbered.reason order by numbered.held_from) as reason,
        bool_or(
            coalesce(regexp_matches(numbered.reason, '入伍|服役|兵役|参军|从军'), false)
        ) as is_army_by_reason
    from numbered
    group by numbered.record_id, numbered.absence_no
    having bool_or(numbered.held_until is null or numbered.held_until > as_of())
),

back as (
    select
        change.enrolment_record_id as record_id,
        max(change.changed_on) as back_on
    from core.change as change
    where
        change.change_type in ('resume', 'transfer_in')
        and change.is_approved
    group by change.enrolment_record_id
),

granted as (
    select
        lasting.record_id,
        max(change.suspended_until) as granted_until,
        list(change.record_id order by change.record_id) as record_ids
    from lasting
    inner join core.change as change
        on
            lasting.record_id = change.enrolment_record_id
            and lasting.held_from <= coalesce(change.suspended_from, change.changed_on)
    left join back
        on lasting.record_id = back.record_id
    where
        change.change_type in ('suspend', 'reserve', 'stop')
        -- X15b_extended
        and change.is_approved
        -- X19_came_back
        and coalesce(back.back_on <= coalesce(change.suspended_from, change.changed_on), true)
    group by lasting.record_id
),

newer_spell as (
    select
        suspended.record_id,
        max(later.started_on) as started_on
    from suspended
    inner join core.enrolment as later
        on
            suspended.person_id = later.person_id
            and suspended.registry = later.registry
            and suspended.school_code = later.current_school_code
            and suspended.started_on < later.started_on
    group by suspended.record_id
),

shown_active as (
    select
        history.enrolment_record_id as record_id,
        max(history.last_seen_on) as shown_on
    from core.roll_history as history
    where history.status not in ('suspended', 'stopped', 'reserved')
    group by history.enrolment_record_id
),

shown_suspended as (
    select
        history.enrolment_record_id as record_id,
        min(history.first_seen_on) as shown_from
    from core.roll_history as history
    left join shown_active
        on history.enrolment_record_id = shown_active.record_id
    where
        history.status in ('suspended', 'stopped')
        and coalesce(history.first_seen_on > shown_active.shown_on, true)
    group by history.enrolment_record_id
),

served as (
    select
        link.person_id,
        min(proof.started_on) as served_from,
        max(coalesce(proof.ended_on, date '9999-12-31')) as served_until
    from counter_evidence as proof
    inner join core.person_link as link
        on proof.record_id = link.record_id
    where regexp_matches(proof.kind, '入伍|服役|参军|现役')
    group by link.person_id
),

discharged as (
    select
        link.person_id,
        max(status.valid_from) as discharged_on
    from special_statuses as status
    inner join core.person_link as link
        on status.record_id = link.record_id
    where regexp_matches(status.kind, '退役|退伍')
    group by link.person_id
),

dated as (
    select
        suspended.*,
        lasting.is_dated,
        lasting.reason,
        granted.granted_until,
        granted.record_ids as change_record_ids,
        back.back_on,
        newer_spell.started_on as newer_started_on,
        -- When no change dates it: the first list that shows it, else no later than the end of the programme.
        case
            when lasting.is_dated then lasting.held_from
            else least(shown_suspended.shown_from, suspended.expected_end_on)
        end as suspended_from,
        not lasting.is_dated and coalesce(shown_suspended.shown_from <= suspended.expected_end_on, false) as is_by_list,
        lasting.is_army_by_reason
        or lasting.is_reserved
        or suspended.status = 'reserved'
        or coalesce(
            served.served_until >= lasting.held_from and served.served_from <= lasting.held_from + 365, false
        ) as is_for_the_army,
        least(
            case
                when
                    coalesce(served.served_until < date '9999-12-31', false) and served.served_until > lasting.held_from
                    then served.served_until
            end,
            case when discharged.discharged_on > lasting.held_from then discharged.discharged_on end
        ) as service_over_on,
        policy_number(
            'exit.suspension_grace_days', suspended.registry, suspended.region_code, lasting.held_from
        ) as grace_days,
        policy_number(
            'exit.suspension_max_days', suspended.registry, suspended.region_code, lasting.held_from
        ) as longest_days
    from suspended
    inner join lasting
        on suspended.record_id = lasting.record_id
    left join granted
        on suspended.record_id = granted.record_id
    left join back
        on suspended.record_id = back.record_id
    left join newer_spell
        on suspended.record_id = newer_spell.record_id
    left join shown_suspended
        on suspended.record_id = shown_suspended.record_id
    left join served
        on suspended.person_id = served.person_id
    left join discharged
        on suspended.person_id = discharged.person_id
),

limited as (
    select
        dated.*,
        dated.granted_until + 1 + cast(dated.grace_days as integer) as expired_on,
        dated.suspended_from + cast(dated.longest_days as integer) as two_years_on
    from dated
),

season as (
    select
        policy_text('dual.posting_season.from', null, null, as_of()) as opens,
        policy_text('dual.posting_season.to', null, null, as_of()) as closes
),

overdue as (
    select
        limited.*,
        least(limited.expired_on, limited.two_years_on) as overdue_on,
        case
            when limited.expired_on <= limited.two_years_on or limited.two_years_on is null then 'approval_expired'
            when limited.is_dated then 'two_years'
            when limited.is_by_list then 'two_years_by_lists'
            else 'two_years_after_programme'
        end as overdue_by
    from limited
),

settled as (
    select
        overdue.*,
        case
            when strftime(overdue.overdue_on, '%m-%d') between season.opens and season.closes
                then cast(year(overdue.overdue_on) || '-' || season.closes as date)
            else overdue.overdue_on
        end as cleared_by
    from overdue
    cross join season
),

seen as (
    select
        settled.record_id,
        arg_max(trace.traces_available, trace.first_day) as traces_available,
        coalesce(
            bool_or(
                trace.last_present_on > settled.overdue_on
                or trace.examined_on > settled.overdue_on
                or trace.registered_on > settled.overdue_on
            ),
            false
        ) as has_been_seen
    from settled
    inner join feature.term_trace as trace
        on settled.record_id = trace.record_id
    group by settled.record_id
),

paid as (
    select
        settled.record_id,
        sum(aid.amount) as amount,
        list_sort(list_distinct(list(aid.aid_item))) as aid_items,
        flatten(list(aid.record_ids)) as record_ids
    from settled
    inner join feature.later_aid as aid
        on
            settled.record_id = aid.record_id
            and settled.overdue_on <= aid.benefit_from
    group by settled.record_id
),

standard as (
    select
        settled.record_id,
        sum(
            policy_number('aid.waiver.amount_year', settled.registry, settled.region_code, term.first_day) / 2
        ) as amount
    from settled
    inner join feature.school_term as term
        on
            settled.overdue_on <= term.first_day
            and term.first_day <= as_of()
    group by settled.record_id
),

finding as (
    select
        settled.*,
        settled.granted_until as suspended_until,
        settled.overdue_on as overlap_from,
        seen.traces_available,
        cast(as_of() - settled.suspended_from as integer) as days_suspended,
        cast(as_of() - settled.overdue_on as integer) as overlap_days,
        cast(coalesce(paid.amount, 0) as decimal(14, 2)) as amount_paid,
        cast(coalesce(standard.amount, 0) as decimal(14, 2)) as amount_estimated,
        as_of() as overlap_to,
        coalesce(seen.has_been_seen, false) as has_been_seen,
        case settled.overdue_by
            when 'approval_expired' then '批准的休学期满'
            when 'two_years' then '休学满两年'
            when 'two_years_by_lists' then '历次名册显示休学满两年'
            else '学制届满后仍休学满两年'
        end as overdue_by_zh,
        policy_clause('exit.suspension_max_days', settled.registry, settled.region_code, settled.suspended_from)
            as clause,
        array_to_string(coalesce(paid.aid_items, []), ',') as aid_items,
        list_sort(
            list_concat(coalesce(paid.record_ids, []), coalesce(settled.change_record_ids, []))
        ) as evidence_record_ids,
        case
            when paid.amount > 0 then 'A'
            when seen.has_been_seen then 'C'
            else 'B'
        end as severity,
        case when settled.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        concat_ws(
            ',',
            case when not is_delivered('counter_evidence') and settled.reason is null then 'counter_evidence' end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from settled
    left join seen
        on settled.record_id = seen.record_id
    left join paid
        on settled.record_id = paid.record_id
    left join standard
        on settled.record_id = standard.record_id
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
    judged.overdue_by,
    judged.overdue_by_zh,
    judged.suspended_from,
    judged.suspended_until,
    judged.days_suspended,
    judged.overlap_from,
    judged.overlap_to,
    judged.overlap_days,
    judged.has_been_seen,
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
where
    -- X15_posting_lag
    as_of() > judged.overdue_on + $posting_days
    -- X18_posting_season
    and as_of() > judged.cleared_by
    -- X19_came_back
    and coalesce(judged.back_on < judged.suspended_from, true)
    and judged.newer_started_on is null
    -- X20_army_service
    and (
        not judged.is_for_the_army
        or coalesce(as_of() > judged.service_over_on + $army_return_days, false)
    )
qualify
    row_number() over (
        partition by judged.person_id, judged.registry, judged.school_code
        order by judged.overlap_days desc, judged.record_id
    ) = 1
