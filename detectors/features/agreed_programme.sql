/*
reads: [feature.dual_enrolment, articulation_agreements]
comment: >-
  Articulation agreements that cover a dual enrolment at a vocational or technical school and a university: these
  schools, this major and cohort; from when the university may list the student, and whether the school drew aid later.
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
        dual.*,
        cast(
            cast(
                dual.cohort
                + policy_number('articulation.higher_start_year', null, dual.region_code, dual.other_started_on) - 1
                as integer
            )
            || '-'
            || policy_text('articulation.tolerance_from', null, dual.region_code, dual.other_started_on) as date
        ) as promoted_from
    from feature.dual_enrolment as dual
    where
        dual.registry in ('vocational', 'technical')
        and dual.other_registry = 'higher'
)

select
    pair.record_id,
    pair.other_record_id,
    agreement.mode,
    pair.promoted_from,
    case
        when agreement.mode = '五年一贯制' then make_date(pair.cohort, 1, 1)
        else pair.promoted_from
    end as listed_from,
    coalesce(pair.aided_from >= greatest(pair.other_started_on, pair.promoted_from), false) as is_aided_later
from pair
inner join agreement
    on
        agreement.school_code in (pair.own_code, pair.school_code)
        and agreement.higher_number in (right(pair.other_code, 5), right(pair.other_school_code, 5))
        and pair.cohort between agreement.cohort_from and agreement.cohort_to
where
    -- A major of another catalogue, or none, contradicts no agreement of the two schools.
    coalesce(agreement.major_code = pair.major_code or length(agreement.major_code) <> length(pair.major_code), true)
