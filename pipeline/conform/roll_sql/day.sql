-- The next day of each school's lists, each student's state beside the last one known.
create or replace temp table day_sighting as
select
    shown.* exclude (day_rank),  -- noqa: RF02,AM04
    known.vanished_on as known_vanished_on,
    case
        when known.student_key is null then 'new'
        when shown.seen_on < known.last_seen_on then 'older'
        when shown.seen_on = known.last_seen_on then 'known'
        when shown.state_digest = known.state_digest and coalesce(known.vanished_on >= shown.seen_on, true) then 'again'
        else 'changed'
    end as step
from ranked_sighting as shown
left join work.roll_seen as known
    on
        shown.registry = known.registry
        and shown.school_code = known.school_code
        and shown.student_key = known.student_key
        and known.is_latest
where shown.day_rank = $day_rank;
