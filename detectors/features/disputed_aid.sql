/*
reads: [feature.concurrent_enrolment, feature.school_term, core.enrolment, core.aid]
comment: >-
  Per pair of concurrent enrolments the aid that either school was paid for the person in the terms in dispute
  (corrections offset, bank returns left out), and what a tuition waiver for these terms costs by the standard.
*/
with disputed as (
    select
        together.record_id,
        together.other_record_id,
        together.person_id,
        together.counted_from,
        together.counted_to,
        own.registry,
        own.current_school_code,
        own.region_code
    from feature.concurrent_enrolment as together
    inner join core.enrolment as own
        on together.record_id = own.record_id
    where together.active_days > 0
),

claimed as (
    select
        disputed.record_id,
        disputed.other_record_id,
        aid.record_id as aid_record_id,
        aid.aid_item,
        aid.amount
    from disputed
    inner join core.aid as aid
        on
            disputed.person_id = aid.person_id
            and disputed.registry = aid.registry
            and disputed.current_school_code = aid.current_school_code
            and disputed.counted_from <= aid.benefit_to
            and disputed.counted_to >= aid.benefit_from
    where aid.is_paid
),

by_item as (
    select
        claimed.record_id,
        claimed.other_record_id,
        claimed.aid_item,
        sum(claimed.amount) as amount,
        list(claimed.aid_record_id) as aid_record_ids
    from claimed
    group by claimed.record_id, claimed.other_record_id, claimed.aid_item
),

paid as (
    select
        by_item.record_id,
        by_item.other_record_id,
        sum(by_item.amount) as amount,
        list(by_item.aid_item) as aid_items,
        flatten(list(by_item.aid_record_ids)) as aid_record_ids
    from by_item
    where by_item.amount > 0
    group by by_item.record_id, by_item.other_record_id
),

standard as (
    select
        disputed.record_id,
        disputed.other_record_id,
        sum(
            policy_number('aid.waiver.amount_year', disputed.registry, disputed.region_code, term.first_day) / 2
        ) as amount
    from disputed
    inner join feature.school_term as term
        on
            disputed.counted_from <= term.last_day
            and disputed.counted_to >= term.first_day
    group by disputed.record_id, disputed.other_record_id
)

select
    disputed.record_id,
    disputed.other_record_id,
    cast(coalesce(own_paid.amount, 0) + coalesce(other_paid.amount, 0) as decimal(14, 2)) as amount_paid,
    cast(coalesce(own_standard.amount, other_standard.amount, 0) as decimal(14, 2)) as amount_estimated,
    array_to_string(
        list_sort(
            list_distinct(list_concat(coalesce(own_paid.aid_items, []), coalesce(other_paid.aid_items, [])))
        ),
        ','
    ) as aid_items,
    list_sort(
        list_concat(coalesce(own_paid.aid_record_ids, []), coalesce(other_paid.aid_record_ids, []))
    ) as aid_record_ids
from disputed
left join paid as own_paid
    on
        disputed.record_id = own_paid.record_id
        and disputed.other_record_id = own_paid.other_record_id
left join paid as other_paid
    on
        disputed.record_id = other_paid.other_record_id
        and disputed.other_record_id = other_paid.record_id
left join standard as own_standard
    on
        disputed.record_id = own_standard.record_id
        and disputed.other_record_id = own_standard.other_record_id
left join standard as other_standard
    on
        disputed.record_id = other_standard.other_record_id
        and disputed.other_record_id = other_standard.record_id
