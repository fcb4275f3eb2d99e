/*
reads: [core.enrolment, feature.later_aid, feature.school_term]
comment: >-
  Per enrolment of a vocational or technical school all aid that its school was paid for the person (corrections offset,
  bank returns left out), and what tuition waivers for its terms up to today cost by the standard; for cases in which
  the enrolment as a whole is in dispute.
*/
with paid as (
    select
        later_aid.record_id,
        sum(later_aid.amount) as amount,
        array_to_string(list_sort(list_distinct(list(later_aid.aid_item))), ',') as aid_items,
        list_sort(list_distinct(flatten(list(later_aid.record_ids)))) as aid_record_ids
    from feature.later_aid as later_aid
    group by later_aid.record_id
),

standard as (
    select
        enrolment.record_id,
        sum(
            policy_number('aid.waiver.amount_year', enrolment.registry, enrolment.region_code, term.first_day) / 2
        ) as amount
    from core.enrolment as enrolment
    inner join feature.school_term as term
        on
            enrolment.started_on <= term.last_day
            and coalesce(enrolment.ended_on > term.first_day, true)
            and term.first_day < least(enrolment.expected_end_on, as_of())
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.study_form = 'full_time'
    group by enrolment.record_id
)

select
    enrolment.record_id,
    cast(coalesce(paid.amount, 0) as decimal(14, 2)) as amount_paid,
    cast(coalesce(standard.amount, 0) as decimal(14, 2)) as amount_estimated,
    coalesce(paid.aid_items, '') as aid_items,
    coalesce(paid.aid_record_ids, []) as aid_record_ids
from core.enrolment as enrolment
left join paid
    on enrolment.record_id = paid.record_id
left join standard
    on enrolment.record_id = standard.record_id
where enrolment.registry in ('vocational', 'technical')
