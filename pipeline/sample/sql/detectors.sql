-- For each detector that is registered or has something planted: planted, found, look-alikes, amounts.
with registered as (
    select unnest($detectors) as detector_id
    union
    select wrong.detector_id
    from wrong
),

found as (
    select
        hit.wrong_id,
        bool_or(standing_case.verdict = 'suspected') as is_suspected
    from hit
    inner join standing_case
        on hit.case_id = standing_case.case_id
    group by hit.wrong_id
),

planted as (
    select
        wrong.detector_id,
        count(*) as planted,
        count(*) filter (where coalesce(found.is_suspected, false)) as found,
        count(*) filter (where not found.is_suspected) as found_undecided
    from wrong
    left join found
        on wrong.wrong_id = found.wrong_id
    group by wrong.detector_id
),

asking as (
    select
        standing_case.detector_id,
        count(*) as undecided
    from standing_case
    where standing_case.verdict = 'needs_evidence'
    group by standing_case.detector_id
),

resembling as (
    select
        look_alike.detector_id,
        count(*) as look_alikes,
        count(flagged.lookalike_id) as look_alikes_flagged
    from look_alike
    left join flagged
        on
            look_alike.lookalike_id = flagged.lookalike_id
            and look_alike.detector_id = flagged.detector_id
    group by look_alike.detector_id
),

counted as (
    select
        amount.detector_id,
        count(*) as amounts,
        count(*) filter (where not amount.agrees) as amounts_wrong
    from amount
    group by amount.detector_id
),

last_worked as (
    -- A night without changes works nothing out anew: its seconds are 0.
    select run.run_id
    from main.detector_runs as run
    inner join main.runs as night
        on run.run_id = night.run_id
    group by run.run_id, night.started_at
    having sum(run.seconds) > 0
    order by night.started_at desc
    limit 1
),

worked as (
    select
        run.detector_id,
        run.seconds,
        run.status
    from main.detector_runs as run
    inner join last_worked
        on run.run_id = last_worked.run_id
)

select
    registered.detector_id,
    coalesce(planted.planted, 0) as planted,
    coalesce(planted.found, 0) as found,
    coalesce(planted.found_undecided, 0) as found_undecided,
    coalesce(asking.undecided, 0) as undecided,
    coalesce(resembling.look_alikes, 0) as look_alikes,
    coalesce(resembling.look_alikes_flagged, 0) as look_alikes_flagged,
    coalesce(counted.amounts, 0) as amounts,
    coalesce(counted.amounts_wrong, 0) as amounts_wrong,
    coalesce(worked.seconds, 0) as seconds,
    coalesce(worked.status, 'absent') as status
from registered
left join planted
    on registered.detector_id = planted.detector_id
left join asking
    on registered.detector_id = asking.detector_id
left join resembling
    on registered.detector_id = resembling.detector_id
left join counted
    on registered.detector_id = counted.detector_id
left join worked
    on registered.detector_id = worked.detector_id
order by registered.detector_id;
