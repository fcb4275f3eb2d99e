/*
reads:
  - core.enrolment
  - core.person_record
  - core.aid
  - feature.school_term
  - feature.term_presence
  - feature.concurrent_enrolment
  - feature.aid_claim
  - feature.intake
comment: >-
  What share of a vocational or technical school's full-time students of a school year bears each mark that padding
  leaves behind; counts only, compared with peers by OM701. Sex, ethnicity, poverty, home and boarding are no marks.
*/
with on_roll as (
    select
        presence.record_id,
        presence.school_year,
        any_value(presence.person_id) as person_id,
        any_value(presence.current_school_code) as school_code
    from feature.term_presence as presence
    inner join feature.school_term as term
        on
            presence.school_year = term.school_year
            and presence.term = term.term
    where
        term.first_day <= as_of()
        and presence.registry in ('vocational', 'technical')
        and presence.study_form = 'full_time'
        and presence.active_days > 0
    group by presence.record_id, presence.school_year
),

school_year as (
    select
        term.school_year,
        any_value(term.cohort) as cohort,
        min(term.first_day) as first_day,
        max(term.last_day) as last_day,
        max(term.last_day) filter (where term.term = 'spring') as ends_on
    from feature.school_term as term
    group by term.school_year
),

tolerance as (
    select cast(policy_number('dual.lag_days', null, null, as_of()) as integer) as lag_days
),

-- Lawful neighbours are left out: a programme over before the next began, an end that only the status tells, a chain.
elsewhere as (
    select
        on_roll.record_id,
        on_roll.school_year
    from on_roll
    inner join school_year
        on on_roll.school_year = school_year.school_year
    inner join core.enrolment as own
        on on_roll.record_id = own.record_id
    inner join feature.concurrent_enrolment as together
        on
            on_roll.record_id = together.record_id
            and school_year.first_day <= together.counted_to
            and school_year.last_day >= together.counted_from
    inner join core.enrolment as other
        on
            together.other_record_id = other.record_id
            and on_roll.school_code <> other.current_school_code
    cross join tolerance
    where
        other.study_form = 'full_time'
        and together.active_days > tolerance.lag_days
        and coalesce(own.end_basis, '') <> 'status'
        and coalesce(other.end_basis, '') <> 'status'
        and (own.segment_mode is null or other.registry <> 'higher')
        and case when together.is_later then other.expected_end_on else own.expected_end_on end
        > together.overlap_from + tolerance.lag_days
    group by on_roll.record_id, on_roll.school_year
),

granted as (
    select
        claim.person_id,
        claim.current_school_code as school_code,
        claim.school_year
    from feature.aid_claim as claim
    where claim.aid_item in ('grant', 'tech_grant')
    group by claim.person_id, claim.current_school_code, claim.school_year
),

account_use as (
    select
        aid.account_no,
        aid.school_year,
        count(distinct aid.person_id) as students
    from core.aid as aid
    where
        aid.is_paid
        and aid.aid_item <> 'tuition_waiver'
        and aid.account_no is not null
    group by aid.account_no, aid.school_year
),

shares_account as (
    select
        aid.person_id,
        aid.current_school_code as school_code,
        aid.school_year
    from core.aid as aid
    inner join account_use
        on
            aid.account_no = account_use.account_no
            and aid.school_year = account_use.school_year
    where account_use.students >= policy_number('aid.account.alarm_students', null, null, as_of())
    group by aid.person_id, aid.current_school_code, aid.school_year
),

contact as (
    select
        on_roll.record_id,
        on_roll.person_id,
        on_roll.school_code,
        on_roll.school_year,
        unnest(list_distinct([record.phone, record.guardian_phone])) as phone
    from on_roll
    inner join core.person_record as record
        on on_roll.record_id = record.record_id
),

phone_use as (
    select
        contact.school_code,
        contact.school_year,
        contact.phone,
        count(distinct contact.person_id) as students
    from contact
    where contact.phone is not null
    group by contact.school_code, contact.school_year, contact.phone
),

shares_phone as (
    select
        contact.record_id,
        contact.school_year
    from contact
    inner join phone_use
        on
            contact.school_code = phone_use.school_code
            and contact.school_year = phone_use.school_year
            and contact.phone = phone_use.phone
    where phone_use.students >= policy_number('aid.account.alarm_students', null, null, as_of())
    group by contact.record_id, contact.school_year
),

birth_in_class as (
    select
        enrolment.current_school_code as school_code,
        enrolment.cohort,
        enrolment.class_name,
        enrolment.born_on,
        count(distinct enrolment.person_id) as students
    from core.enrolment as enrolment
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.class_name is not null
        and enrolment.born_on is not null
    group by enrolment.current_school_code, enrolment.cohort, enrolment.class_name, enrolment.born_on
),

student as (
    select
        on_roll.school_code,
        on_roll.school_year,
        elsewhere.record_id is not null as is_elsewhere,
        granted.person_id is not null as is_granted,
        shares_account.person_id is not null as is_sharing_account,
        shares_phone.record_id is not null as is_sharing_phone,
        coalesce(birth_in_class.students > 1, false) as is_sharing_birth,
        coalesce(length(enrolment.id_number) <> 18 or starts_with(enrolment.id_number, '999'), true) as is_unproven,
        enrolment.teaching_site is not null as is_off_site
    from on_roll
    inner join core.enrolment as enrolment
        on on_roll.record_id = enrolment.record_id
    left join elsewhere
        on
            on_roll.record_id = elsewhere.record_id
            and on_roll.school_year = elsewhere.school_year
    left join granted
        on
            on_roll.person_id = granted.person_id
            and on_roll.school_code = granted.school_code
            and on_roll.school_year = granted.school_year
    left join shares_account
        on
            on_roll.person_id = shares_account.person_id
            and on_roll.school_code = shares_account.school_code
            and on_roll.school_year = shares_account.school_year
    left join shares_phone
        on
            on_roll.record_id = shares_phone.record_id
            and on_roll.school_year = shares_phone.school_year
    left join birth_in_class
        on
            enrolment.current_school_code = birth_in_class.school_code
            and enrolment.cohort = birth_in_class.cohort
            and enrolment.class_name = birth_in_class.class_name
            and enrolment.born_on = birth_in_class.born_on
),

entrant as (
    select
        intake.current_school_code as school_code,
        school_year.school_year,
        intake.cohort,
        coalesce(
            intake.registered_on > intake.deadline_on
            and not intake.is_transferred_in
            and not intake.is_registered_again
            and not intake.is_kept_place,
            false
        ) as is_late,
        coalesce(
            intake.registered_on <= intake.deadline_on
            and intake.registered_on > intake.deadline_on - to_hours(
                cast(policy_number('registration.burst_hours', null, null, as_of()) as integer)
            ),
            false
        ) as is_rushed,
        coalesce(enrolment.ended_on <= school_year.ends_on and enrolment.end_event <> 'transfer_out', false)
            as is_gone
    from feature.intake as intake
    inner join core.enrolment as enrolment
        on intake.record_id = enrolment.record_id
    inner join school_year
        on intake.cohort = school_year.cohort
),

student_count as (
    select
        student.school_code,
        student.school_year,
        count(*) as students,
        count(*) filter (where student.is_elsewhere) as elsewhere,
        count(*) filter (where student.is_granted) as granted,
        count(*) filter (where student.is_sharing_account) as sharing_account,
        count(*) filter (where student.is_sharing_phone) as sharing_phone,
        count(*) filter (where student.is_sharing_birth) as sharing_birth,
        count(*) filter (where student.is_unproven) as unproven,
        count(*) filter (where student.is_off_site) as off_site
    from student
    group by student.school_code, student.school_year
),

entrant_count as (
    select
        entrant.school_code,
        entrant.school_year,
        entrant.cohort,
        count(*) as entrants,
        count(*) filter (where entrant.is_late) as late,
        count(*) filter (where entrant.is_rushed) as rushed,
        count(*) filter (where entrant.is_gone) as gone
    from entrant
    group by entrant.school_code, entrant.school_year, entrant.cohort
),

mark as (
    select
        counted.school_code,
        counted.school_year,
        counted.students as denominator,
        unnest([
            { 'measure': 'elsewhere_share', 'numerator': counted.elsewhere },
            { 'measure': 'grant_share', 'numerator': counted.granted },
            { 'measure': 'shared_account_share', 'numerator': counted.sharing_account },
            { 'measure': 'shared_phone_share', 'numerator': counted.sharing_phone },
            { 'measure': 'same_birth_date_share', 'numerator': counted.sharing_birth },
            { 'measure': 'unproven_number_share', 'numerator': counted.unproven },
            { 'measure': 'off_site_share', 'numerator': counted.off_site }
        ]) as counts
    from student_count as counted
    union all
    select
        counted.school_code,
        counted.school_year,
        counted.entrants as denominator,
        unnest([
            { 'measure': 'late_registration_share', 'numerator': counted.late },
            { 'measure': 'last_days_share', 'numerator': counted.rushed },
            { 'measure': 'early_exit_share', 'numerator': counted.gone }
        ]) as counts
    from entrant_count as counted
    union all
    select
        counted.school_code,
        counted.school_year,
        counted.entrants as denominator,
        { 'measure': 'growth_share', 'numerator': greatest(counted.entrants - former.entrants, 0) } as counts
    from entrant_count as counted
    inner join entrant_count as former
        on
            counted.school_code = former.school_code
            and counted.cohort = former.cohort + 1
)

select
    mark.school_code,
    mark.school_year,
    mark.counts.measure,
    mark.denominator,
    cast(mark.counts.numerator as bigint) as numerator
from mark
