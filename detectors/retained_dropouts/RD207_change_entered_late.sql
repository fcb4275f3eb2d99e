/*
id: RD207
title: change entered late or held back until after a payment of aid
title_zh: 学籍异动迟报(或拖到资助发放后才报)
severity: C
certainty: certain
subject: person
policy: [national:change-entry, national:jg-change, xinzhou_2023:change-entry]
reads:
  required:
    - core.change
    - core.enrolment
    - core.school
  optional:
    - core.aid
    - core.roll_history
  needs_sources: [status_changes]
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - change_type
  - change_zh
  - changed_on
  - due_on
  - entered_on
  - entered_by
  - entered_by_zh
  - shown_as_present_on
  - paid_on
  - overlap_from
  - overlap_to
  - overlap_days
  - match_probability
  - severity
  - certainty
  - amount_paid
  - aid_items
  - evidence_record_ids
key: [person_id, registry, school_code]
route: school_code
message: >-
  The change ({change_type}) of {changed_on} was to be entered by {due_on} and was entered on {entered_on}
  ({entered_by}), {overlap_days} days after it happened; aid paid in between: {amount_paid} yuan.
message_zh: >-
  该生 {changed_on} {change_zh},应于 {due_on} 前录入,实际 {entered_on}({entered_by_zh}),距发生 {overlap_days} 天;
  其间发放资助 {amount_paid} 元。
next: >-
  Put the signed application beside the registry's log; where aid was paid in between, ask who signed for it and look at
  the school's other changes entered in the weeks after that payment.
next_zh: 将异动审批表签字日期与系统操作日志对照;其间发放资助的,核查签领人,并查该校同批发放后集中录入的其他异动。
params:
  posting_days:
    default: policy:exit.posting_days
    unit: days
    comment: Days within which a change is entered where no rule of the registry counts working days.
  transfer_days:
    default: policy:dual.lag_days
    unit: days
    comment: Days within which a transfer is completed by both schools and both bureaus.
  holiday_days:
    default: 7
    unit: days
    comment: Own estimate; a holiday week may lie within the working days that a rule counts.
  held_back_days:
    default: 31
    unit: days
    comment: Own estimate; a change entered so soon after the payment that it would have stopped was held back for it.
  short_stay_days:
    default: 30
    unit: days
    comment: Own estimate from the rule that aid stops with the month after leaving; so many days carry a term's aid.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the change is this person's only probably.
exceptions:
  - name: X15_transfer_lag
    says: A transfer passes two schools and two bureaus and was completed within the time that this takes.
    says_zh: 转学须经两校及两地主管部门办理,且在合理办理期限内完成。
    proof: core.change
  - name: X17_entered_before
    says: The change had been entered in time; the late entry corrects or repeats it.
    says_zh: 该异动此前已按期录入,后一条为更正或重复录入。
    proof: core.change
  - name: X18_posting_season
    says: A change of the summer, or due in it, is entered with the clean-up before the autumn term.
    says_zh: 暑期发生(或到期)的异动,在秋季开学信息清理时集中录入。
    proof: core.change
  - name: X19_came_back
    says: The list showed the student after the change because the student had come back by then.
    says_zh: 名册显示在读时,该生已复学或转回。
    proof: core.change
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

A change that waits until the grant is paid is aid for an empty chair (不及时维护学籍和资助系统数据). Severity C where it is
late; B where aid of a term that the student did not study was paid between the event and its entry, and the entry
followed within a month.

The day of entry is the registry's own, or, where a list delivered after it still shows the student present, the day of
that list: a record dated back is found by the lists of earlier nights.

What to check first

The signed form and the registry's log. An entry waiting for the bureau's approval is the bureau's delay.
*/
with own_change as (
    select
        change.record_id as change_record_id,
        change.person_id,
        change.registry,
        change.change_type,
        change.changed_on,
        change.recorded_on,
        enrolment.entry_month,
        change.change_type in ('withdraw', 'transfer_out', 'expel', 'cancel', 'deceased') as is_departure,
        coalesce(enrolment.record_id, change.record_id) as record_id,
        coalesce(enrolment.current_school_code, school.current_school_code) as school_code,
        coalesce(enrolment.region_code, school.region_code) as region_code,
        coalesce(enrolment.is_open_in_registry, false) as is_open,
        coalesce(enrolment.match_probability, 1) as match_probability
    from core.change as change
    left join core.enrolment as enrolment
        on change.enrolment_record_id = enrolment.record_id
    left join core.school as school
        on change.from_school_code = school.school_code
    where
        change.is_approved
        and change.registry in ('vocational', 'technical')
        and change.person_id is not null
        and change.change_type in ('withdraw', 'transfer_out', 'expel', 'cancel', 'deceased', 'suspend')
        and change.changed_on <= as_of()
        and coalesce(enrolment.current_school_code, school.current_school_code) is not null
),

bound as (
    select
        own_change.*,
        own_change.changed_on
        + case
            when own_change.change_type = 'transfer_out' then $transfer_days
            else coalesce(
                cast(
                    policy_number(
                        'change.working_days', own_change.registry, own_change.region_code, own_change.changed_on
                    ) / 5 * 7 + $holiday_days as integer
                ),
                $posting_days
            )
        end as limit_on
    from own_change
    where
        list_contains(
            policy_list('change.kinds', own_change.registry, own_change.region_code, own_change.changed_on),
            own_change.change_type
        )
        or own_change.change_type in ('withdraw', 'expel', 'cancel', 'suspend')
),

season as (
    select
        policy_text('dual.posting_season.from', null, null, as_of()) as opens,
        policy_text('dual.posting_season.to', null, null, as_of()) as closes
),

return_day as (
    select
        back.person_id,
        back.registry,
        back.changed_on as back_on
    from core.change as back
    where
        back.is_approved
        and back.change_type in ('resume', 'transfer_in')
),

first_return as (
    select
        bound.change_record_id,
        min(return_day.back_on) as back_on
    from bound
    inner join return_day
        on
            bound.person_id = return_day.person_id
            and bound.registry = return_day.registry
            and bound.changed_on < return_day.back_on
    group by bound.change_record_id
),

shown_as_present as (
    select
        bound.change_record_id,
        max(history.last_seen_on) as seen_on
    from bound
    inner join core.roll_history as history
        on
            bound.person_id = history.person_id
            and bound.registry = history.registry
            and bound.school_code = history.current_school_code
            and bound.changed_on < history.last_seen_on
    left join first_return
        on bound.change_record_id = first_return.change_record_id
    where
        history.status in ('active', 'resumed')
        and history.left_on is null
        and coalesce(history.entry_month = bound.entry_month, true)
        and coalesce(
            make_date(history.entry_month // 100, history.entry_month % 100, 1) <= bound.changed_on, true
        )
        -- X19_came_back
        and coalesce(history.last_seen_on < first_return.back_on, true)
    group by bound.change_record_id
),

entered as (
    select
        bound.*,
        shown_as_present.seen_on,
        greatest(bound.recorded_on, shown_as_present.seen_on) as entered_on,
        case
            when shown_as_present.seen_on > bound.recorded_on then 'dated back; a later list shows the student present'
            when bound.recorded_on is not null then 'day of entry'
            else 'at the earliest; a list of that day shows the student present'
        end as entered_by,
        case
            when shown_as_present.seen_on > bound.recorded_on then '登记日期倒填,当日名册仍为在读'
            when bound.recorded_on is not null then '登记日期'
            else '最早,当日名册仍为在读'
        end as entered_by_zh,
        case
            when
                strftime(bound.changed_on, '%m-%d') between season.opens and season.closes
                or strftime(bound.limit_on, '%m-%d') between season.opens and season.closes
                then greatest(bound.limit_on, cast(year(bound.limit_on) || '-' || season.closes as date))
            else bound.limit_on
        end as due_on
    from bound
    cross join season
    left join shown_as_present
        on bound.change_record_id = shown_as_present.change_record_id
),

in_time as (
    select
        bound.person_id,
        bound.registry,
        bound.school_code,
        bound.change_type,
        bound.changed_on
    from bound
    where bound.recorded_on <= bound.limit_on
),

entered_before as (
    select entered.change_record_id
    from entered
    inner join in_time
        on
            entered.person_id = in_time.person_id
            and entered.registry = in_time.registry
            and entered.school_code = in_time.school_code
            and entered.change_type = in_time.change_type
            and abs(entered.changed_on - in_time.changed_on) <= $posting_days
    where coalesce(entered.recorded_on > entered.limit_on, false)
    group by entered.change_record_id
),

paid as (
    select
        entered.change_record_id,
        sum(aid.amount) as amount,
        max(aid.paid_on) filter (where aid.amount > 0) as paid_on,
        list_sort(list_distinct(list(aid.aid_item))) as aid_items,
        list(aid.record_id order by aid.record_id) as record_ids
    from entered
    inner join core.aid as aid
        on
            entered.person_id = aid.person_id
            and entered.registry = aid.registry
            and entered.school_code = aid.current_school_code
            and entered.changed_on < aid.paid_on
            and entered.entered_on >= aid.paid_on
            and entered.changed_on < aid.benefit_from + $short_stay_days
    where aid.is_paid
    group by entered.change_record_id
    having sum(aid.amount) > 0
),

late as (
    select
        entered.*,
        entered.changed_on as overlap_from,
        entered.entered_on as overlap_to,
        entered.seen_on as shown_as_present_on,
        paid.paid_on,
        'suspected' as verdict,
        '' as missing_inputs,
        cast(entered.entered_on - entered.changed_on as integer) as overlap_days,
        cast(coalesce(paid.amount, 0) as decimal(14, 2)) as amount_paid,
        array_to_string(coalesce(paid.aid_items, []), ',') as aid_items,
        list_sort(list_concat([entered.change_record_id], coalesce(paid.record_ids, []))) as evidence_record_ids,
        case when paid.paid_on + $held_back_days >= entered.entered_on then 'B' else 'C' end as severity,
        case when entered.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        case entered.change_type
            when 'withdraw' then '退学'
            when 'transfer_out' then '转出'
            when 'expel' then '开除学籍'
            when 'cancel' then '注销学籍'
            when 'deceased' then '死亡'
            else '休学'
        end as change_zh
    from entered
    left join entered_before
        on entered.change_record_id = entered_before.change_record_id
    left join paid
        on entered.change_record_id = paid.change_record_id
    where
        -- X17_entered_before
        entered_before.change_record_id is null
        -- Who is on the roll still is a matter of RD206.
        and not (entered.is_departure and entered.is_open)
        -- X18_posting_season
        and entered.entered_on > entered.due_on
        -- X15_transfer_lag
        and entered.entered_on > entered.limit_on
)

select
    late.person_id,
    late.record_id,
    late.school_code,
    late.registry,
    late.change_type,
    late.change_zh,
    late.changed_on,
    late.due_on,
    late.entered_on,
    late.entered_by,
    late.entered_by_zh,
    late.shown_as_present_on,
    late.paid_on,
    late.overlap_from,
    late.overlap_to,
    late.overlap_days,
    late.match_probability,
    late.severity,
    late.certainty,
    late.amount_paid,
    late.aid_items,
    late.evidence_record_ids,
    late.verdict,
    late.missing_inputs
from late
qualify
    row_number() over (
        partition by late.person_id, late.registry, late.school_code
        order by late.severity, late.overlap_days desc, late.change_record_id
    ) = 1
