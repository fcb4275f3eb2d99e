/*
reads: [core.enrolment, core.change, core.hold, core.school_lineage, feature.school_term]
comment: >-
  Full-time entrants of vocational and technical schools with the deadline by which they had to be registered, by
  registry, place, season and year, and what lawfully moves the registration: a transfer, a correction, a kept place, a
  merger after the entry that moved the cohort to another code.
*/
with event as (
    select
        change.enrolment_record_id as record_id,
        bool_or(change.change_type = 'transfer_in') as is_transferred_in,
        bool_or(change.change_type in ('amend', 'resume')) as is_registered_again
    from core.change as change
    where
        change.is_approved
        and change.change_type in ('transfer_in', 'amend', 'resume')
    group by change.enrolment_record_id
),

kept_place as (
    select hold.record_id
    from core.hold as hold
    where hold.kind = 'reserve'
    group by hold.record_id
),

moved as (
    select enrolment.record_id
    from core.enrolment as enrolment
    inner join core.school_lineage as lineage
        on enrolment.school_code = lineage.new_code
    where
        lineage.happened_on > enrolment.started_on
        and enrolment.registered_on >= lineage.happened_on
    group by enrolment.record_id
),

season as (
    select
        term.cohort,
        max(term.last_day) filter (where term.term = 'autumn') as autumn_ends_on,
        max(term.first_day) filter (where term.term = 'autumn') as autumn_begins_on,
        max(term.first_day) filter (where term.term = 'spring') as spring_begins_on
    from feature.school_term as term
    group by term.cohort
),

entrant as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.school_code,
        enrolment.current_school_code,
        enrolment.region_code,
        enrolment.cohort,
        enrolment.registered_on,
        season.autumn_begins_on,
        season.spring_begins_on,
        kept_place.record_id is not null as is_kept_place,
        moved.record_id is not null as is_moved_by_merger,
        coalesce(event.is_transferred_in, false) as is_transferred_in,
        coalesce(event.is_registered_again, false) as is_registered_again,
        case
            when
                make_date(enrolment.entry_month // 100, enrolment.entry_month % 100, 1) > season.autumn_ends_on
                then 'spring'
            else 'autumn'
        end as season
    from core.enrolment as enrolment
    inner join season
        on enrolment.cohort = season.cohort
    left join event
        on enrolment.record_id = event.record_id
    left join kept_place
        on enrolment.record_id = kept_place.record_id
    left join moved
        on enrolment.record_id = moved.record_id
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.study_form = 'full_time'
        and enrolment.entry_month is not null
        and enrolment.started_on <= as_of()
)

select
    entrant.record_id,
    entrant.person_id,
    entrant.registry,
    entrant.school_code,
    entrant.current_school_code,
    entrant.region_code,
    entrant.cohort,
    entrant.season,
    entrant.registered_on,
    entrant.is_transferred_in,
    entrant.is_registered_again,
    entrant.is_kept_place,
    entrant.is_moved_by_merger,
    case entrant.season
        when 'autumn'
            then
                policy_month_day(
                    'registration.deadline.autumn', entrant.registry, entrant.region_code, entrant.autumn_begins_on
                )
        else policy_month_day(
            'registration.deadline.spring', entrant.registry, entrant.region_code, entrant.spring_begins_on
        )
    end as deadline_on
from entrant
