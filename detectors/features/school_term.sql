/*
reads: [core.enrolment]
comment: >-
  The terms of all school years in which anyone was enrolled, autumn and spring, with the days that the national
  calendar gives them.
*/
with span as (
    select
        coalesce(min(year(enrolment.started_on)), year(as_of())) - 1 as first_year,
        year(as_of()) as last_year
    from core.enrolment as enrolment
),

school_year as (
    select unnest(range(span.first_year, span.last_year + 1)) as opens
    from span
),

term as (
    select
        school_year.opens,
        'autumn' as term,
        school_year.opens || '-' || policy_text('term.autumn.from', null, null, as_of()) as first_day,
        (school_year.opens + 1) || '-' || policy_text('term.autumn.to', null, null, as_of()) as last_day
    from school_year
    union all
    select
        school_year.opens,
        'spring' as term,
        (school_year.opens + 1) || '-' || policy_text('term.spring.from', null, null, as_of()) as first_day,
        (school_year.opens + 1) || '-' || policy_text('term.spring.to', null, null, as_of()) as last_day
    from school_year
)

select
    term.opens as cohort,
    term.term,
    cast(term.first_day as date) as first_day,
    cast(term.last_day as date) as last_day,
    term.opens || '-' || (term.opens + 1) as school_year
from term
