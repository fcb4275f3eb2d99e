-- Shown again in the same state; a list of the same day that lacked the student was only a part.
update work.roll_seen
set
    last_seen_on = shown.seen_on,
    days_seen = roll_seen.days_seen + 1,
    vanished_on = case when roll_seen.vanished_on > shown.seen_on then roll_seen.vanished_on end,
    source_file = shown.source_file
from day_sighting as shown
where
    roll_seen.registry = shown.registry
    and roll_seen.school_code = shown.school_code
    and roll_seen.student_key = shown.student_key
    and roll_seen.is_latest
    and shown.step = 'again';

update work.roll_seen
set
    is_latest = false,
    vanished_on = case when roll_seen.vanished_on < shown.seen_on then roll_seen.vanished_on end
from day_sighting as shown
where
    roll_seen.registry = shown.registry
    and roll_seen.school_code = shown.school_code
    and roll_seen.student_key = shown.student_key
    and roll_seen.is_latest
    and shown.step = 'changed';

-- Of an older list only what came before all that is known tells something new.
create or replace temp table earlier_sighting as
select
    shown.*,  -- noqa: AM04
    known.first_seen_on as known_from,
    known.state_digest = shown.state_digest as is_same
from day_sighting as shown
inner join work.roll_seen as known
    on
        shown.registry = known.registry
        and shown.school_code = known.school_code
        and shown.student_key = known.student_key
where shown.step = 'older'
qualify
    row_number() over (
        partition by known.registry, known.school_code, known.student_key
        order by known.first_seen_on
    ) = 1
    and shown.seen_on < known.first_seen_on;

update work.roll_seen
set
    first_seen_on = shown.seen_on,
    days_seen = roll_seen.days_seen + 1
from earlier_sighting as shown
where
    roll_seen.registry = shown.registry
    and roll_seen.school_code = shown.school_code
    and roll_seen.student_key = shown.student_key
    and roll_seen.first_seen_on = shown.known_from
    and shown.is_same;

insert into work.roll_seen by name
with begun as (
    select
        day_sighting.* exclude (step, known_vanished_on),  -- noqa: RF02,AM04
        true as is_latest,
        case when known_vanished_on > seen_on then known_vanished_on end as vanished_on
    from day_sighting
    where step in ('new', 'changed')
    union all by name
    select
        earlier_sighting.* exclude (step, known_vanished_on, known_from, is_same),  -- noqa: RF02,AM04
        false as is_latest,
        null::date as vanished_on
    from earlier_sighting
    where not is_same
)

select  -- noqa: AM04
    begun.* exclude (seen_on),  -- noqa: RF02,AM04
    seen_on as first_seen_on,
    seen_on as last_seen_on,
    1 as days_seen
from begun;
