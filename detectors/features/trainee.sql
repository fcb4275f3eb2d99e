/*
reads: [core.person_link, training_subsidies]
comment: >-
  What a person was paid for a training class, net of corrections, a payment that two lists name once, with the stages
  of the chain that the lists name; names_… tells whether at least half of the list fills that column, so that a blank
  means something; passed_on is the first assessment that was not failed. The division is that of the institution's
  credit code.
*/
with delivered_row as (
    select
        training.record_id,
        training.source_file,
        training.sheet,
        training.institution_code,
        training.institution_name,
        training.occupation,
        training.skill_level,
        training.started_on,
        training.ended_on,
        training.hours,
        training.trainee_kind,
        training.enrolled_on,
        training.assessed_on,
        training.assessment,
        training.certificate_no,
        training.employed_on,
        training.amount,
        training.paid_on,
        link.person_id,
        link.match_probability,
        -- Lists write the number of one class with and without hyphens, blanks, 第 and 班.
        min(training.class_no) over (
            partition by
                training.institution_code,
                regexp_replace(upper(training.class_no), '[^0-9A-Z\p{Han}]|第|期|班', '', 'g'),
                training.started_on,
                training.ended_on
        ) as class_no,
        substr(training.institution_code, 3, 6) as region_code,
        -- Institutions number alike; only the long numbers of the nation are one series.
        case
            when not regexp_matches(training.certificate_no, '^[A-Za-z]?[0-9]{16,}$') then training.institution_code
        end as certificate_series,
        name_key(training.name) as name_key,
        id_normalise(training.id_number) as id_key,
        coalesce(training.employer, cast(training.employed_on as varchar)) as employment,
        coalesce(training.assessment, cast(training.assessed_on as varchar)) as assessed
    from training_subsidies as training
    inner join core.person_link as link
        on training.record_id = link.record_id
    where coalesce(training.paid_on, as_of()) <= as_of()
),

list_filled as (
    select
        delivered_row.source_file,
        delivered_row.sheet,
        count(delivered_row.enrolled_on) >= 0.5 * count(*) as names_enrolment,
        count(delivered_row.assessed) >= 0.5 * count(*) as names_assessment,
        count(delivered_row.certificate_no) >= 0.5 * count(*) as names_certificates,
        count(delivered_row.employment) >= 0.5 * count(*) as names_employment
    from delivered_row
    group by delivered_row.source_file, delivered_row.sheet
),

-- A certificate is one person's; marks such as 无 or 待发 are no numbers.
shared_certificate as (
    select
        delivered_row.certificate_no,
        delivered_row.certificate_series
    from delivered_row
    where regexp_matches(delivered_row.certificate_no, '[0-9].*[0-9].*[0-9].*[0-9]')
    group by delivered_row.certificate_no, delivered_row.certificate_series
    -- One trainee written in two ways is no second holder.
    having
        count(distinct delivered_row.person_id) > 1
        and count(distinct delivered_row.name_key) > 1
        and count(distinct delivered_row.id_key) > 1
),

-- One payment that several lists name is one: of each list the n-th row like it.
copied as (
    select
        delivered_row.*,
        row_number() over (
            partition by
                delivered_row.person_id,
                delivered_row.institution_code,
                delivered_row.class_no,
                delivered_row.amount,
                delivered_row.paid_on,
                delivered_row.source_file,
                delivered_row.sheet
            order by delivered_row.record_id
        ) as copy_no,
        row_number() over (
            partition by
                delivered_row.person_id,
                delivered_row.institution_code,
                delivered_row.certificate_no,
                delivered_row.started_on,
                delivered_row.ended_on,
                delivered_row.amount,
                delivered_row.paid_on,
                delivered_row.source_file,
                delivered_row.sheet
            order by delivered_row.record_id
        ) as certificate_copy_no
    from delivered_row
),

single as (
    select copied.*
    from copied
    qualify
        row_number() over (
            partition by
                copied.person_id,
                copied.institution_code,
                copied.class_no,
                copied.amount,
                copied.paid_on,
                copied.copy_no
            order by copied.record_id
        ) = 1
        -- The same certificate, days and money are one payment, whatever number a list gives the class.
        and (
            copied.paid_on is null
            or not coalesce(regexp_matches(copied.certificate_no, '[0-9].*[0-9].*[0-9].*[0-9]'), false)
            or row_number() over (
                partition by
                    copied.person_id,
                    copied.institution_code,
                    copied.certificate_no,
                    copied.started_on,
                    copied.ended_on,
                    copied.amount,
                    copied.paid_on,
                    copied.certificate_copy_no
                order by copied.record_id
            ) = 1
        )
)

select
    single.person_id,
    single.institution_code,
    single.class_no,
    single.region_code,
    cast(sum(single.amount) as decimal(14, 2)) as amount_paid,
    cast(count(*) filter (where single.amount > 0) as integer) as payments,
    min(single.record_id) as record_id,
    any_value(single.institution_name order by single.record_id) as institution_name,
    any_value(single.occupation order by single.record_id) as occupation,
    any_value(single.skill_level order by single.record_id) as skill_level,
    any_value(single.trainee_kind order by single.record_id) as trainee_kind,
    any_value(single.certificate_no order by single.record_id) as certificate_no,
    any_value(single.assessed order by single.record_id) as assessed,
    any_value(single.employment order by single.record_id) as employment,
    min(single.started_on) as started_on,
    max(single.ended_on) as ended_on,
    max(single.hours) as hours,
    min(single.enrolled_on) as enrolled_on,
    max(single.assessed_on) as assessed_on,
    min(single.assessed_on) filter (
        where not coalesce(regexp_matches(single.assessment, '不合格|未通过|不及格|缺考|未参加'), false)
    ) as passed_on,
    min(single.employed_on) as employed_on,
    min(single.paid_on) as paid_from,
    max(single.paid_on) as paid_on,
    bool_or(shared.certificate_no is not null) as is_certificate_shared,
    min(single.match_probability) as match_probability,
    coalesce(bool_or(regexp_matches(single.assessment, '不合格|未通过|不及格|缺考|未参加')), false)
    and not coalesce(bool_or(regexp_matches(single.assessment, '^(合格|通过|及格|良好|优秀)')), false) as is_failed,
    bool_and(filled.names_enrolment) as names_enrolment,
    bool_and(filled.names_assessment) as names_assessment,
    bool_and(filled.names_certificates) as names_certificates,
    bool_and(filled.names_employment) as names_employment,
    list(single.record_id order by single.record_id) as record_ids
from single
inner join list_filled as filled
    on
        single.source_file = filled.source_file
        and single.sheet is not distinct from filled.sheet
left join shared_certificate as shared
    on
        single.certificate_no = shared.certificate_no
        and single.certificate_series is not distinct from shared.certificate_series
group by single.person_id, single.institution_code, single.class_no, single.region_code
