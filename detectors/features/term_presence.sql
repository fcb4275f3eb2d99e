/*
reads: [core.aid, core.enrolment, core.hold, feature.school_term]
comment: >-
  How many days of a term an enrolment was active and how many it was held, by holds that a change dates (a hold known
  from the registry's status alone proves no day). Who is there is taken to stay: aid is paid for whole terms, so that a
  term that has just begun, or is about to, counts to its end. Pupils of the k12 registry only where
  their school drew aid, or somebody for them while they were there.
*/
with aided_person as (
    select
        aid.person_id,
        min(aid.benefit_from) as aided_from,
        max(aid.benefit_to) as aided_to
    from core.aid as aid
    group by aid.person_id
),

paying_school as (
    select
        aid.registry,
        aid.current_school_code
    from core.aid as aid
    group by aid.registry, aid.current_school_code
),

-- Chosen before the terms multiply them.
student as materialized (
    select enrolment.*
    from core.enrolment as enrolment
    left join aided_person
        on
            enrolment.person_id = aided_person.person_id
            and enrolment.started_on <= aided_person.aided_to
            and coalesce(enrolment.ended_on > aided_person.aided_from, true)
    left join paying_school
        on
            enrolment.registry = paying_school.registry
            and enrolment.current_school_code = paying_school.current_school_code
    where
        enrolment.registry <> 'k12'
        or aided_person.person_id is not null
        or paying_school.registry is not null
),

held_from_to as (
    select
        hold.record_id,
        term.school_year,
        term.term,
        greatest(hold.held_from, enrolment.started_on, term.first_day) as held_from,
        least(hold.held_until - 1, enrolment.ended_on - 1, term.last_day) as held_to
    from core.hold as hold
    inner join core.enrolment as enrolment
        on hold.record_id = enrolment.record_id
    inner join feature.school_term as term
        on
            enrolment.started_on <= term.last_day
            and coalesce(enrolment.ended_on > term.first_day, true)
            and hold.held_from <= term.last_day
            and coalesce(hold.held_until > term.first_day, true)
    where
        hold.is_dated
        and greatest(hold.held_from, enrolment.started_on, term.first_day)
        <= least(hold.held_until - 1, enrolment.ended_on - 1, term.last_day)
),

-- Of holds that overlap each day counts once: what reaches beyond those before.
reached as (
    select
        held_from_to.record_id,
        held_from_to.school_year,
        held_from_to.term,
        held_from_to.held_from,
        held_from_to.held_to,
        max(held_from_to.held_to) over (
            partition by held_from_to.record_id, held_from_to.school_year, held_from_to.term
            order by held_from_to.held_from, held_from_to.held_to
            rows between unbounded preceding and 1 preceding
        ) as held_before
    from held_from_to
),

held as (
    select
        reached.record_id,
        reached.school_year,
        reached.term,
        sum(greatest(reached.held_to - greatest(reached.held_from, reached.held_before + 1) + 1, 0)) as days
    from reached
    group by reached.record_id, reached.school_year, reached.term
)

select
    student.record_id,
    student.person_id,
    student.registry,
    student.school_code,
    student.current_school_code,
    student.study_form,
    student.student_no,
    student.name,
    term.school_year,
    term.term,
    cast(coalesce(held.days, 0) as integer) as held_days,
    cast(
        greatest(
            least(student.ended_on - 1, term.last_day) - greatest(student.started_on, term.first_day) + 1, 0
        )
        - coalesce(held.days, 0) as integer
    ) as active_days
from student
inner join feature.school_term as term
    on
        student.started_on <= term.last_day
        and coalesce(student.ended_on > term.first_day, true)
left join held
    on
        student.record_id = held.record_id
        and term.school_year = held.school_year
        and term.term = held.term
