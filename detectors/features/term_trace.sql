/*
reads:
  - core.enrolment
  - core.school
  - core.aid
  - core.person_link
  - feature.attendance_month
  - feature.school_term
  - feature.student_number
  - internships
  - skill_certificates
  - term_registrations
comment: >-
  Traces of presence of an enrolment (vocational and technical) in a term: registration for the term (registered,
  postponed, unregistered, unlisted; null where the list does not name half of its class), attendance, placement, skill
  examinations, aid that reached the account or came back; and which lists there are to look in: those of the school
  where they name it (its class), those of outside offices and other registries where they were delivered at all.
*/
-- A number may stand in two registries for two people; the row's own registry tells whose it is.
with known_number as (
    select
        number.registry,
        number.student_no,
        number.person_id
    from feature.student_number as number
    where number.registry is not null
),

sole_number as (
    select
        number.student_no,
        number.person_id
    from feature.student_number as number
    where number.registry is null
),

delivered_row as (
    select
        row_of.registry,
        row_of.school_year,
        row_of.term,
        row_of.registered_at,
        row_of.record_id,
        coalesce(known_number.person_id, sole_number.person_id) as person_id,
        coalesce(school.current_school_code, row_of.school_code) as current_school_code,
        case
            when regexp_matches(row_of.registration, '暂|缓') then 'postponed'
            when regexp_matches(row_of.registration, '未|不|否') then 'unregistered'
            else 'registered'
        end as registration
    from term_registrations as row_of
    left join core.school as school
        on row_of.school_code = school.school_code
    left join known_number
        on
            row_of.registry = known_number.registry
            and upper(trim(row_of.student_no)) = known_number.student_no
    left join sole_number
        on upper(trim(row_of.student_no)) = sole_number.student_no
),

-- Of contradicting rows the kindest counts: registered before postponed before unregistered.
student_row as (
    select
        delivered_row.registry,
        delivered_row.current_school_code,
        delivered_row.school_year,
        delivered_row.term,
        delivered_row.person_id,
        min(delivered_row.registered_at) as registered_on,
        min(delivered_row.record_id) as record_id,
        case
            when bool_or(delivered_row.registration = 'registered') then 'registered'
            when bool_or(delivered_row.registration = 'postponed') then 'postponed'
            else 'unregistered'
        end as registration
    from delivered_row
    where delivered_row.person_id is not null
    group by
        delivered_row.registry,
        delivered_row.current_school_code,
        delivered_row.school_year,
        delivered_row.term,
        delivered_row.person_id
),

school_list as (
    select
        delivered_row.registry,
        delivered_row.current_school_code,
        delivered_row.school_year,
        delivered_row.term,
        cast(count(*) filter (where delivered_row.person_id is null) as integer) as unknown_rows
    from delivered_row
    group by
        delivered_row.registry,
        delivered_row.current_school_code,
        delivered_row.school_year,
        delivered_row.term
),

spell as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code,
        term.school_year,
        term.term,
        term.first_day,
        term.last_day,
        school_list.unknown_rows,
        student_row.registration,
        student_row.registered_on,
        student_row.record_id as registration_record_id,
        enrolment.class_name,
        enrolment.entry_month,
        school_list.school_year is not null as is_school_listed
    from core.enrolment as enrolment
    inner join feature.school_term as term
        on
            enrolment.started_on <= term.last_day
            and coalesce(enrolment.ended_on > term.first_day, true)
            and term.first_day <= as_of()
    left join school_list
        on
            enrolment.registry = school_list.registry
            and enrolment.current_school_code = school_list.current_school_code
            and term.school_year = school_list.school_year
            and term.term = school_list.term
    left join student_row
        on
            enrolment.registry = student_row.registry
            and enrolment.current_school_code = student_row.current_school_code
            and enrolment.person_id = student_row.person_id
            and term.school_year = student_row.school_year
            and term.term = student_row.term
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.study_form = 'full_time'
),

class_list as (
    select
        spell.registry,
        spell.current_school_code,
        spell.school_year,
        spell.term,
        spell.class_name,
        spell.entry_month
    from spell
    where spell.is_school_listed
    group by
        spell.registry,
        spell.current_school_code,
        spell.school_year,
        spell.term,
        spell.class_name,
        spell.entry_month
    having 2 * count(spell.registration_record_id) >= count(*)
),

attended as (
    select
        month.record_id,
        month.term,
        cast(count(*) as integer) as months_listed,
        cast(sum(month.periods_present) as integer) as periods_present,
        cast(sum(month.periods_excused) as integer) as periods_excused,
        cast(sum(month.periods_absent) as integer) as periods_absent,
        month.cohort_year || '-' || (month.cohort_year + 1) as school_year,
        max(month.last_day) filter (where month.periods_present > 0) as last_present_on
    from feature.attendance_month as month
    group by month.record_id, month.cohort_year, month.term
),

placement as (
    select
        row_of.started_on,
        coalesce(sole_number.person_id, known_number.person_id) as person_id,
        coalesce(school.current_school_code, row_of.school_code) as current_school_code,
        coalesce(row_of.ended_on, date '9999-12-31') as ended_on
    from internships as row_of
    left join core.school as school
        on row_of.school_code = school.school_code
    left join sole_number
        on upper(trim(row_of.student_no)) = sole_number.student_no
    left join known_number
        on
            known_number.registry = 'vocational'
            and upper(trim(row_of.student_no)) = known_number.student_no
),

placing_school as (
    select placement.current_school_code
    from placement
    group by placement.current_school_code
),

placed as (
    select
        spell.record_id,
        spell.school_year,
        spell.term,
        min(placement.started_on) as placed_from,
        max(placement.ended_on) as placed_to
    from spell
    inner join placement
        on
            spell.person_id = placement.person_id
            and spell.current_school_code = placement.current_school_code
            and spell.first_day <= placement.ended_on
            and spell.last_day >= placement.started_on
    group by spell.record_id, spell.school_year, spell.term
),

examined as (
    select
        spell.record_id,
        spell.school_year,
        spell.term,
        max(coalesce(row_of.assessed_on, row_of.issued_on)) as examined_on
    from skill_certificates as row_of
    inner join core.person_link as link
        on row_of.record_id = link.record_id
    inner join spell
        on
            link.person_id = spell.person_id
            and coalesce(row_of.assessed_on, row_of.issued_on) between spell.first_day and spell.last_day
    group by spell.record_id, spell.school_year, spell.term
),

aided as (
    select
        aid.person_id,
        aid.registry,
        aid.current_school_code,
        aid.school_year,
        aid.term,
        bool_or(aid.is_paid and aid.amount > 0) as is_paid,
        bool_or(not aid.is_paid) as is_returned
    from core.aid as aid
    group by aid.person_id, aid.registry, aid.current_school_code, aid.school_year, aid.term
)

select
    spell.record_id,
    spell.person_id,
    spell.registry,
    spell.current_school_code,
    spell.school_year,
    spell.term,
    spell.first_day,
    spell.last_day,
    spell.registered_on,
    spell.registration_record_id,
    attended.last_present_on,
    placed.placed_from,
    placed.placed_to,
    examined.examined_on,
    case
        when spell.registration is not null then spell.registration
        when class_list.registry is not null then 'unlisted'
    end as registration,
    coalesce(spell.unknown_rows, 0) as unknown_rows,
    coalesce(attended.months_listed, 0) as months_listed,
    coalesce(attended.periods_present, 0) as periods_present,
    coalesce(attended.periods_excused, 0) as periods_excused,
    coalesce(attended.periods_absent, 0) as periods_absent,
    coalesce(aided.is_paid, false) as is_aid_paid,
    coalesce(aided.is_returned, false) as is_aid_returned,
    concat_ws(
        ',',
        case when aided.person_id is not null then 'aid_payments' end,
        case when attended.record_id is not null then 'attendance' end,
        case when is_delivered('counter_evidence') then 'counter_evidence' end,
        case when is_delivered('flexible_filings') then 'flexible_filings' end,
        case when is_delivered('graduates') then 'graduates' end,
        case when is_delivered('higher_students') then 'higher_students' end,
        case when placing_school.current_school_code is not null then 'internships' end,
        case when is_delivered('k12_students') then 'k12_students' end,
        case when is_delivered('skill_certificates') then 'skill_certificates' end,
        case when is_delivered('special_statuses') then 'special_statuses' end,
        case when is_delivered('status_changes') then 'status_changes' end,
        case when is_delivered('technical_students') then 'technical_students' end,
        case
            when spell.registration is not null or class_list.registry is not null then 'term_registrations'
        end
    ) as traces_available
from spell
left join class_list
    on
        spell.registry = class_list.registry
        and spell.current_school_code = class_list.current_school_code
        and spell.school_year = class_list.school_year
        and spell.term = class_list.term
        and spell.class_name is not distinct from class_list.class_name
        and spell.entry_month is not distinct from class_list.entry_month
left join attended
    on
        spell.record_id = attended.record_id
        and spell.school_year = attended.school_year
        and spell.term = attended.term
left join placed
    on
        spell.record_id = placed.record_id
        and spell.school_year = placed.school_year
        and spell.term = placed.term
left join examined
    on
        spell.record_id = examined.record_id
        and spell.school_year = examined.school_year
        and spell.term = examined.term
left join aided
    on
        spell.person_id = aided.person_id
        and spell.registry = aided.registry
        and spell.current_school_code = aided.current_school_code
        and spell.school_year = aided.school_year
        and spell.term = aided.term
left join placing_school
    on spell.current_school_code = placing_school.current_school_code
