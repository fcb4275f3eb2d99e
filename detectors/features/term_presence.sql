/*
reads: [core.enrolment, core.hold, feature.school_term]
comment: >-
  How many days of a term an enrolment was active and how many it was held, by holds that a change dates (a hold known
  from the registry's status alone proves no day). Who is there is taken to stay: aid is paid for whole terms, so that a
  term that has just begun, or is about to, counts to its end.
*/
with spell as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.school_code,
        enrolment.current_school_code,
        enrolment.study_form,
        enrolment.student_no,
        enrolment.name,
        term.school_year,
        term.term,
        greatest(enrolment.started_on, term.first_day) as present_from,
        least(enrolment.ended_on - 1, term.last_day) as present_to
    from core.enrolment as enrolment
    inner join feature.school_term as term
        on
            enrolment.started_on <= term.last_day
            and coalesce(enrolment.ended_on > term.first_day, true)
),

held_day as (
    select
        spell.record_id,
        spell.school_year,
        spell.term,
        unnest(
            generate_series(
                greatest(hold.held_from, spell.present_from),
                least(hold.held_until - 1, spell.present_to),
                interval 1 day
            )
        ) as held_on
    from spell
    inner join core.hold as hold
        on spell.record_id = hold.record_id
    where hold.is_dated
),

held as (
    select
        held_day.record_id,
        held_day.school_year,
        held_day.term,
        count(distinct held_day.held_on) as days
    from held_day
    group by held_day.record_id, held_day.school_year, held_day.term
)

select
    spell.record_id,
    spell.person_id,
    spell.registry,
    spell.school_code,
    spell.current_school_code,
    spell.study_form,
    spell.student_no,
    spell.name,
    spell.school_year,
    spell.term,
    cast(coalesce(held.days, 0) as integer) as held_days,
    cast(greatest(spell.present_to - spell.present_from + 1, 0) - coalesce(held.days, 0) as integer) as active_days
from spell
left join held
    on
        spell.record_id = held.record_id
        and spell.school_year = held.school_year
        and spell.term = held.term
