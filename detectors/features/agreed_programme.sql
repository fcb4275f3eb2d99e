/*
reads: [feature.concurrent_enrolment, feature.aid_span, core.enrolment, articulation_agreements]
comment: >-
  Enrolments at a vocational or technical school beside one at a university with which the school has an agreement that
  covers the cohort. Which programme it is, where the agreement covers the major too, the university listed the student
  no earlier than agreed and the school drew no aid after that; by 3+2, five-year programme, 3+4, or a last year taught
  at the college, which may list the class a year early.
*/
with agreement as (
    select
        signed.school_code,
        signed.major_code,
        signed.cohort_from,
        right(signed.higher_code, 5) as higher_number,
        -- An agreement that names no last cohort goes on.
        coalesce(signed.cohort_to, 9999) as cohort_to,
        case
            when regexp_matches(signed.mode, '[五5５]\s*年') then '五年一贯制'
            when regexp_matches(signed.mode, '[三3３]\s*[+＋]\s*[四4４]|中本') then '3+4'
            else '3+2'
        end as mode
    from articulation_agreements as signed
),

pair as (
    select
        together.record_id,
        together.other_record_id,
        own.school_code as own_code,
        own.current_school_code as school_code,
        own.cohort,
        own.major_code,
        own.teaching_site,
        other.started_on as listed_on,
        aid_span.aided_from,
        cast(
            cast(
                own.cohort
                + policy_number('articulation.higher_start_year', null, own.region_code, other.started_on) - 1
                as integer
            )
            || '-'
            || policy_text('articulation.tolerance_from', null, own.region_code, other.started_on) as date
        ) as promoted_from,
        right(other.school_code, 5) as other_number,
        right(other.current_school_code, 5) as other_current_number
    from feature.concurrent_enrolment as together
    inner join core.enrolment as own
        on together.record_id = own.record_id
    inner join core.enrolment as other
        on together.other_record_id = other.record_id
    left join feature.aid_span as aid_span
        on
            own.person_id = aid_span.person_id
            and own.registry = aid_span.registry
            and own.current_school_code = aid_span.current_school_code
    where
        own.registry in ('vocational', 'technical')
        and other.registry = 'higher'
),

agreed as (
    select
        pair.*,
        agreement.mode,
        case
            when agreement.mode = '五年一贯制' then make_date(pair.cohort, 1, 1)
            else pair.promoted_from
        end as listed_from,
        -- A major of another catalogue, or none, contradicts no agreement of the two schools.
        coalesce(
            agreement.major_code = pair.major_code or length(agreement.major_code) <> length(pair.major_code), true
        )
        and coalesce(pair.aided_from < greatest(pair.listed_on, pair.promoted_from), true) as is_kept
    from pair
    inner join agreement
        on
            agreement.school_code in (pair.own_code, pair.school_code)
            and agreement.higher_number in (pair.other_number, pair.other_current_number)
            and pair.cohort between agreement.cohort_from and agreement.cohort_to
)

select
    agreed.record_id,
    agreed.other_record_id,
    bool_or(agreed.is_kept and agreed.mode = '3+2' and agreed.listed_from <= agreed.listed_on) as is_three_plus_two,
    bool_or(agreed.is_kept and agreed.mode = '五年一贯制' and agreed.listed_from <= agreed.listed_on) as is_five_year,
    bool_or(agreed.is_kept and agreed.mode = '3+4' and agreed.listed_from <= agreed.listed_on) as is_three_plus_four,
    bool_or(
        agreed.is_kept
        and agreed.teaching_site is not null
        and agreed.promoted_from - interval 1 year <= agreed.listed_on
    ) as is_last_year_at_college
from agreed
group by agreed.record_id, agreed.other_record_id
