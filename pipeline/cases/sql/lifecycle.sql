-- Settle tonight's status of every case ever known.
create or replace temp table standing as
with last_night as (
    select max(as_of) as as_of
    from work.night
    where as_of < $as_of
),

case_ever_known as (
    select case_id from content
    union
    select case_id from work.sighting
),

last_content as (
    select *
    from work.case_content
    qualify row_number() over (partition by case_id order by as_of desc) = 1
),

roll as (
    select
        registry,
        school_code
    from core.enrolment
    union
    select
        registry,
        current_school_code as school_code
    from core.enrolment
),

-- An absence proves something only if the detector ran and the lists of the schools concerned were there.
absence as (
    select
        last_content.case_id,
        detector_night.detector_id is not null
        and (
            last_content.registry is null
            or last_content.school_code is null
            or own_roll.school_code is not null
        )
        and (
            last_content.other_registry is null
            or last_content.other_school_code is null
            or other_roll.school_code is not null
        ) as is_vouched
    from last_content
    left join detector_night on last_content.detector_id = detector_night.detector_id
    left join roll as own_roll
        on
            last_content.registry = own_roll.registry
            and last_content.school_code = own_roll.school_code
    left join roll as other_roll
        on
            last_content.other_registry = other_roll.registry
            and last_content.other_school_code = other_roll.school_code
),

history as (
    select
        sighting.case_id,
        min(sighting.as_of) filter (where sighting.is_found) as first_seen_on,
        max(sighting.as_of) filter (where sighting.is_found) as last_seen_on,
        count(*) filter (where sighting.is_found) as nights_seen,
        bool_or(sighting.as_of = last_night.as_of) as was_there_last_night
    from work.sighting as sighting
    cross join last_night
    group by sighting.case_id
),

facts as (
    select
        case_ever_known.case_id,
        history.first_seen_on,
        history.last_seen_on,
        content.evidence_digest,
        decision.decision_state,
        content.case_id is not null as is_found,
        history.case_id is not null as is_known,
        coalesce(history.was_there_last_night, false) as was_there_last_night,
        coalesce(history.nights_seen, 0) as nights_seen,
        coalesce(absence.is_vouched, false) as is_vouched
    from case_ever_known
    left join content on case_ever_known.case_id = content.case_id
    left join history on case_ever_known.case_id = history.case_id
    left join absence on case_ever_known.case_id = absence.case_id
    left join decision on case_ever_known.case_id = decision.case_id
),

placed as (
    select
        facts.*,
        facts.is_found or (facts.was_there_last_night and not facts.is_vouched) as is_there
    from facts
)

select
    case_id,
    evidence_digest,
    is_found,
    is_there,
    case
        when not is_there then 'gone'
        when decision_state = 'holds' then 'decided'
        when decision_state in ('expired', 'evidence_changed', 'closed_but_found') then 'reopened'
        when not is_known then 'new'
        when was_there_last_night then 'open'
        else 'reopened'
    end as status,
    case
        when not is_there then null
        when decision_state in ('expired', 'evidence_changed', 'closed_but_found') then decision_state
        when not is_found then 'not_vouched'
        when is_known and not was_there_last_night and coalesce(decision_state, '') <> 'holds' then 'found_again'
    end as status_reason,
    case when is_found then coalesce(first_seen_on, $as_of) else first_seen_on end as first_seen_on,
    case when is_found then $as_of else last_seen_on end as last_seen_on,
    nights_seen + cast(is_found as bigint) as nights_seen
from placed;

insert into work.sighting (case_id, as_of, is_found, evidence_digest)
select
    case_id,
    $as_of,
    is_found,
    evidence_digest
from standing
where is_there
order by case_id;
