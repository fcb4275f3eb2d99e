/*
reads: [core.enrolment, core.hold]
comment: >-
  Pairs of enrolments of one person that were open on the same days, each pair in both directions, with the days on
  which both were active. Days of the posting season (July to September) do not count where a spell begins or ends in
  it, nor do days on which either is held.
*/
with posting as (
    select
        policy_text('dual.posting_season.from', null, null, as_of()) as opens,
        policy_text('dual.posting_season.to', null, null, as_of()) as closes
),

spell as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.match_probability,
        enrolment.started_on,
        enrolment.ended_on,
        least(enrolment.ended_on - 1, as_of()) as last_day
    from core.enrolment as enrolment
    where enrolment.started_on <= as_of()
),

pair as (
    select
        earlier.person_id,
        earlier.record_id as earlier_record_id,
        later.record_id as later_record_id,
        later.started_on as overlap_from,
        least(earlier.last_day, later.last_day) as overlap_to,
        least(earlier.ended_on, later.ended_on) as first_closed_on,
        least(earlier.match_probability, later.match_probability) as match_probability
    from spell as earlier
    inner join spell as later
        on
            earlier.person_id = later.person_id
            and (earlier.started_on, earlier.record_id) < (later.started_on, later.record_id)
            and earlier.last_day >= later.started_on
    where later.last_day >= later.started_on
),

counted as (
    select
        pair.*,
        case
            when strftime(pair.overlap_from, '%m-%d') between posting.opens and posting.closes
                then cast(year(pair.overlap_from) || '-' || posting.closes as date) + 1
            else pair.overlap_from
        end as counted_from,
        case
            when strftime(pair.overlap_to, '%m-%d') between posting.opens and posting.closes
                then cast(year(pair.overlap_to) || '-' || posting.opens as date) - 1
            else pair.overlap_to
        end as counted_to
    from pair
    cross join posting
),

held_day as (
    select
        counted.earlier_record_id,
        counted.later_record_id,
        unnest(
            generate_series(
                greatest(hold.held_from, counted.counted_from),
                least(hold.held_until - 1, counted.counted_to),
                interval 1 day
            )
        ) as held_on
    from counted
    inner join core.hold as hold
        on counted.earlier_record_id = hold.record_id
    union all
    select
        counted.earlier_record_id,
        counted.later_record_id,
        unnest(
            generate_series(
                greatest(hold.held_from, counted.counted_from),
                least(hold.held_until - 1, counted.counted_to),
                interval 1 day
            )
        ) as held_on
    from counted
    inner join core.hold as hold
        on counted.later_record_id = hold.record_id
),

held as (
    select
        held_day.earlier_record_id,
        held_day.later_record_id,
        count(distinct held_day.held_on) as days
    from held_day
    group by held_day.earlier_record_id, held_day.later_record_id
),

measured as (
    select
        counted.*,
        counted.overlap_to - counted.overlap_from + 1 as overlap_days,
        greatest(counted.counted_to - counted.counted_from + 1, 0) as counted_days,
        coalesce(held.days, 0) as held_days
    from counted
    left join held
        on
            counted.earlier_record_id = held.earlier_record_id
            and counted.later_record_id = held.later_record_id
)

select
    measured.earlier_record_id as record_id,
    measured.later_record_id as other_record_id,
    false as is_later,
    measured.person_id,
    measured.overlap_from,
    measured.overlap_to,
    cast(measured.overlap_days as integer) as overlap_days,
    measured.counted_from,
    measured.counted_to,
    cast(measured.counted_days as integer) as counted_days,
    cast(measured.counted_days - measured.held_days as integer) as active_days,
    measured.first_closed_on,
    measured.match_probability
from measured
union all
select
    measured.later_record_id as record_id,
    measured.earlier_record_id as other_record_id,
    true as is_later,
    measured.person_id,
    measured.overlap_from,
    measured.overlap_to,
    cast(measured.overlap_days as integer) as overlap_days,
    measured.counted_from,
    measured.counted_to,
    cast(measured.counted_days as integer) as counted_days,
    cast(measured.counted_days - measured.held_days as integer) as active_days,
    measured.first_closed_on,
    measured.match_probability
from measured
