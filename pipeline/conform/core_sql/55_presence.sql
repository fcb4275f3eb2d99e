-- Who came, left and came back, by what was approved: arrivals date a spell's beginning, what no return undid its end,
-- and the time between leaving and return is an absence.
create or replace table work.movement as
with stated_arrival as (
    select distinct enrolment_record_id as record_id  -- a transfer is often entered twice
    from core.change
    where change_type = 'transfer_in' and is_approved and enrolment_record_id is not null
),

-- Many registries enter a transfer once, at the school that is left; it dates the arrival at the other one as well.
unstated_arrival as (
    select
        spell.record_id,
        change.changed_on as happened_on,
        row_number() over (
            partition by change.record_id
            order by spell.school_code = destination.school_code desc, spell.entered_on desc, spell.record_id
        ) as choice
    from core.change as change
    inner join work.school_code as destination on change.to_school_code = destination.written_code
    inner join core.person_link as link on change.person_id = link.person_id
    inner join work.spell as spell
        on link.record_id = spell.record_id and destination.current_school_code = spell.current_school_code
    left join stated_arrival on spell.record_id = stated_arrival.record_id
    where
        change.change_type = 'transfer_out'
        and change.is_approved
        and stated_arrival.record_id is null
        and spell.record_id is distinct from change.enrolment_record_id
        and change.changed_on >= spell.entered_on - 92
        and coalesce(change.changed_on <= spell.left_on, true)
)

select
    change.enrolment_record_id as record_id,
    change.changed_on as happened_on,
    change.change_type as event,
    change.change_type in ('resume', 'transfer_in') as is_return,
    true as can_be_undone
from core.change as change
where
    change.change_type in (
        'resume', 'transfer_in', 'withdraw', 'expel', 'cancel', 'graduate', 'deceased', 'transfer_out'
    )
    and change.is_approved
    and change.enrolment_record_id is not null
union all
select
    record_id,
    happened_on,
    'transfer_in' as event,
    true as is_return,
    true as can_be_undone
from unstated_arrival
where choice = 1
union all
select
    record_id,
    left_on as happened_on,
    'left_on' as event,
    false as is_return,
    -- A leaving date that the registry forgot to take back when it made the student active again.
    standing(status) <> 'ended' as can_be_undone
from work.spell
where left_on is not null;

create or replace table work.absence as
with undone as (
    select
        departure.record_id,
        departure.happened_on as absent_from,
        min(back.happened_on) as absent_until
    from work.movement as departure
    inner join work.movement as back
        on departure.record_id = back.record_id and back.is_return and departure.happened_on < back.happened_on
    where not departure.is_return and departure.can_be_undone
    group by departure.record_id, departure.happened_on
)

select
    record_id,
    min(absent_from) as absent_from,
    absent_until
from undone
group by record_id, absent_until;

create or replace table work.presence as
with last_return as (
    select
        record_id,
        max(happened_on) as happened_on
    from work.movement
    where is_return
    group by record_id
),

first_departure as (
    select
        record_id,
        min(happened_on) as happened_on
    from work.movement
    where not is_return
    group by record_id
),

arrival as (
    -- A transfer dates the beginning at the new school; one after a departure is a return.
    select
        movement.record_id,
        max(movement.happened_on) as arrived_on
    from work.movement as movement
    left join first_departure on movement.record_id = first_departure.record_id
    where
        movement.event = 'transfer_in'
        and coalesce(movement.happened_on <= first_departure.happened_on, true)
    group by movement.record_id
),

departure as (
    select
        movement.record_id,
        min(movement.happened_on) as departed_on,
        arg_min(movement.event, (movement.happened_on, movement.event = 'left_on', movement.event)) as departed_by,
        min(movement.happened_on) filter (where movement.event = 'left_on') as closed_on
    from work.movement as movement
    left join last_return on movement.record_id = last_return.record_id
    where
        not movement.is_return
        and (not movement.can_be_undone or coalesce(last_return.happened_on <= movement.happened_on, true))
    group by movement.record_id
)

select
    spell.record_id,
    arrival.arrived_on,
    departure.departed_on,
    departure.departed_by,
    departure.closed_on
from work.spell as spell
left join arrival on spell.record_id = arrival.record_id
left join departure on spell.record_id = departure.record_id
where arrival.arrived_on is not null or departure.departed_on is not null;
