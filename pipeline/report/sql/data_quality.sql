-- Measures a school; the finding of a detector counts against it only where the detector ran.
insert into main.data_quality by name
with live_case as (
    select
        cases.detector_id,
        cases.severity,
        cases.record_id,
        coalesce(cast(cases.evidence ->> 'evidence_record_ids' as varchar[]), []) as evidence_record_ids
    from main.cases as cases
    where
        cases.status <> 'gone'
        and cases.decision is distinct from '不属实'
),

-- RQ601 is about a school's intake; the late registrations are its evidence.
late as (
    select distinct unnest(evidence_record_ids) as record_id  -- a registration is late once
    from live_case
    where detector_id = 'RQ601'
),

suspected as (
    select distinct record_id  -- A and B cases of one registration
    from live_case
    where severity in ('A', 'B')
),

judged as (
    select
        quality_row.*,
        late.record_id is null as is_prompt,
        suspected.record_id is null as is_unsuspected
    from quality_row
    left join late on quality_row.record_id = late.record_id
    left join suspected on quality_row.record_id = suspected.record_id
),

measured as (
    select
        school_code,
        'completeness' as metric,
        sum(filled) as numerator,
        sum(cells) as denominator
    from judged
    group by school_code
    union all
    select
        school_code,
        'validity' as metric,
        count(*) filter (where is_valid) as numerator,
        count(*) as denominator
    from judged
    group by school_code
    union all
    select
        school_code,
        'consistency' as metric,
        count(*) filter (where is_consistent) as numerator,
        count(*) as denominator
    from judged
    group by school_code
    union all
    select
        school_code,
        'uniqueness' as metric,
        count(*) filter (where is_unique) as numerator,
        count(*) as denominator
    from judged
    group by school_code
    union all
    -- Fresh junior graduates only, where the compulsory-school records reach their year.
    select
        school_code,
        'verification' as metric,
        count(*) filter (where is_verified) as numerator,
        count(*) as denominator
    from judged
    where is_verified is not null
    group by school_code
    union all
    select
        school_code,
        'timeliness' as metric,
        count(*) filter (where is_prompt) as numerator,
        count(*) as denominator
    from judged
    where
        $timeliness_known
        and has_deadline
    group by school_code
    union all
    select
        school_code,
        'unsuspected' as metric,
        count(*) filter (where is_unsuspected) as numerator,
        count(*) as denominator
    from judged
    group by school_code
),

shared as (
    select
        school_code,
        metric,
        cast(numerator as bigint) as numerator,
        cast(denominator as bigint) as denominator,
        numerator / denominator as value,
        (numerator + 1.9208) / (denominator + 3.8416) as centre,
        1.96 * sqrt(numerator / denominator * (denominator - numerator) + 0.9604) / (denominator + 3.8416) as reach
    from measured
),

placed as (
    select
        school_code,
        metric,
        rank() over (partition by metric order by value desc) as place
    from shared
    where denominator >= $ranked_from
)

select
    shared.school_code,
    school.school_name,
    school.region_code,
    shared.metric,
    round(shared.value, 4) as value,
    shared.numerator,
    shared.denominator,
    round(greatest(shared.centre - shared.reach, 0), 4) as low,
    round(least(shared.centre + shared.reach, 1), 4) as high,
    placed.place as rank
from shared
left join placed
    on
        shared.school_code = placed.school_code
        and shared.metric = placed.metric
left join core.school as school on shared.school_code = school.school_code
order by shared.school_code, shared.metric;
