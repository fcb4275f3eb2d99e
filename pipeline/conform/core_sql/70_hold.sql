-- Days on which an enrolment is held, stretches of one enrolment apart from each other. A suspension ends with the next
-- return, else on the day it was granted until.
insert into core.hold
with granted as (
    select
        change.enrolment_record_id as record_id,
        arg_min(change.change_type, change.record_id) as kind,
        arg_min(change.reason, change.record_id) as reason,
        coalesce(change.suspended_from, change.changed_on) as held_from,
        max(change.changed_on) as changed_on,
        max(change.suspended_until) as suspended_until
    from core.change as change
    where
        change.change_type in ('suspend', 'reserve', 'stop')
        and change.is_approved
        and change.enrolment_record_id is not null
    group by change.enrolment_record_id, coalesce(change.suspended_from, change.changed_on)
),

followed as (
    select
        *,
        lead(held_from) over (partition by record_id order by held_from) as next_from
    from granted
),

answered as (
    select
        followed.record_id,
        followed.kind,
        followed.reason,
        followed.held_from,
        followed.suspended_until,
        followed.next_from,
        min(back.changed_on) as returned_on
    from followed
    left join core.change as back
        on
            followed.record_id = back.enrolment_record_id
            and back.change_type = 'resume'
            and back.is_approved
            and back.changed_on >= followed.changed_on
            -- A return belongs to the last suspension before it.
            and coalesce(followed.next_from >= back.changed_on, true)
    group by all
),

stretch as (
    select
        answered.record_id,
        answered.kind,
        answered.reason,
        answered.held_from,
        case
            when answered.returned_on is not null then answered.returned_on
            when answered.next_from is not null then coalesce(answered.suspended_until + 1, answered.next_from)
            when enrolment.standing = 'held' then null
            -- Active again since a day that nobody entered: two years are the longest suspension.
            when answered.suspended_until is null and enrolment.ended_on is null
                then cast(answered.held_from + interval 2 year as date)
            else coalesce(answered.suspended_until + 1, enrolment.ended_on)
        end as held_until,
        answered.returned_on is not null
        or answered.suspended_until is not null
        or answered.next_from is not null
        or enrolment.standing <> 'active'
        or enrolment.ended_on is not null as is_dated
    from answered
    inner join core.enrolment as enrolment on answered.record_id = enrolment.record_id
    union all
    -- Between a departure and the return that undid it nobody was there.
    select
        absence.record_id,
        'away' as kind,
        null as reason,
        absence.absent_from as held_from,
        absence.absent_until as held_until,
        true as is_dated
    from work.absence as absence
),

reaching as (
    select
        record_id,
        kind,
        reason,
        held_from,
        max(coalesce(held_until, date 'infinity')) over (
            partition by record_id
            order by held_from, kind
            rows between unbounded preceding and current row
        ) as reach,
        lead(held_from) over (partition by record_id order by held_from, kind) as next_from,
        is_dated
    from stretch
    where held_until is null or held_until > held_from
),

dated as (
    select
        record_id,
        kind,
        reason,
        held_from,
        nullif(least(reach, next_from), date 'infinity') as held_until,
        is_dated
    from reaching
    where coalesce(least(reach, next_from) > held_from, true)
),

last_stretch as (
    select
        record_id,
        bool_or(held_until is null) as is_lasting,
        max(held_until) as held_until
    from dated
    group by record_id
)

select
    record_id,
    kind,
    reason,
    held_from,
    held_until,
    is_dated
from dated
union all
-- The registry says held, no change says since when.
select
    enrolment.record_id,
    case enrolment.status when 'suspended' then 'suspend' when 'reserved' then 'reserve' else 'stop' end as kind,
    null as reason,
    greatest(enrolment.started_on, last_stretch.held_until) as held_from,
    null as held_until,
    false as is_dated
from core.enrolment as enrolment
left join last_stretch on enrolment.record_id = last_stretch.record_id
where
    enrolment.standing = 'held'
    and not coalesce(last_stretch.is_lasting, false);
