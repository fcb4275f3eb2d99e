-- For each detector: planted, found, cases, cases that hit.
with found as (
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

right_case as (
    -- One case may hit two planted wrongs.
    select distinct hit.case_id
    from hit
),

accused as (
    select
        standing_case.detector_id,
        count(*) filter (where standing_case.verdict = 'suspected') as suspected,
        count(*) filter (where standing_case.verdict = 'suspected' and right_case.case_id is not null)
            as suspected_rightly,
        count(*) filter (where standing_case.verdict = 'needs_evidence') as undecided
    from standing_case
    left join right_case
        on standing_case.case_id = right_case.case_id
    group by standing_case.detector_id
),

wrong_case as (
    select
        standing_case.case_id,
        standing_case.detector_id,
        standing_case.school_code
    from standing_case
    left join right_case
        on standing_case.case_id = right_case.case_id
    where
        right_case.case_id is null
        and standing_case.verdict = 'suspected'
        and standing_case.severity in ('A', 'B')
),

flagged as (
    -- One look-alike may be accused by several cases.
    select distinct
        look_alike.lookalike_id,
        look_alike.detector_id
    from look_alike
    inner join wrong_case
        on look_alike.detector_id = wrong_case.detector_id
    left join case_person
        on
            wrong_case.case_id = case_person.case_id
            and look_alike.true_person = case_person.true_person
    where
        case_person.true_person is not null
        or (look_alike.true_person = '' and look_alike.school_code = wrong_case.school_code)
),

resembling as (
    select
        look_alike.detector_id,
        count(*) as look_alikes,
        count(*) filter (where flagged.lookalike_id is not null) as look_alikes_flagged
    from look_alike
    left join flagged
        on
            look_alike.lookalike_id = flagged.lookalike_id
            and look_alike.detector_id = flagged.detector_id
    group by look_alike.detector_id
)

select
    planted.detector_id,
    planted.planted,
    planted.found,
    planted.found_undecided,
    coalesce(accused.suspected, 0) as suspected,
    coalesce(accused.suspected_rightly, 0) as suspected_rightly,
    coalesce(accused.undecided, 0) as undecided,
    coalesce(resembling.look_alikes, 0) as look_alikes,
    coalesce(resembling.look_alikes_flagged, 0) as look_alikes_flagged
from planted
left join accused
    on planted.detector_id = accused.detector_id
left join resembling
    on planted.detector_id = resembling.detector_id
order by planted.detector_id;
