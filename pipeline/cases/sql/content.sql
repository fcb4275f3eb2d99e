-- What each case of tonight says, except its sentences: the finding, and who and which school it is about.
create or replace temp table content as
with cited as (
    select
        case_id,
        list(
            {
                'role': role,
                'source': source,
                'source_file': source_file,
                'sheet': sheet,
                'source_row': source_row
            }
            order by role = 'subject' desc, role = 'other' desc, source, source_file, sheet, source_row
        ) as records
    from cited_record
    where source is not null
    group by case_id
),

-- An aid line stands on an enrolment; grade, major and status are those of the enrolment.
placed as (
    select
        found.case_id,
        coalesce(own.record_id, aid.enrolment_record_id) as enrolment_record_id
    from found
    left join core.enrolment as own on found.record_id = own.record_id
    left join core.aid as aid on found.record_id = aid.record_id
)

select
    found.case_id,
    found.detector_id,
    found.severity,
    found.certainty,
    found.verdict,
    found.missing_inputs,
    found.subject_kind,
    found.person_id,
    found.record_id,
    found.other_record_id,
    found.overlap_from,
    found.overlap_to,
    found.overlap_days,
    found.match_probability,
    found.aid_items,
    found.amount_paid,
    found.amount_estimated,
    found.evidence,
    found.evidence_masked,
    cited.records,
    other.student_no as other_student_no,
    other.status as other_status,
    enrolment.grade,
    enrolment.major_name,
    enrolment.status as student_status,
    coalesce(found.registry, enrolment.registry, row_of.registry) as registry,
    coalesce(found.school_code, enrolment.school_code) as school_code,
    -- Training institutions are in no list of schools: their name is what the delivery says.
    coalesce(school.school_name, found.evidence ->> 'institution_name') as school_name,
    coalesce(school.region_code, enrolment.region_code, found.region_code) as region_code,
    school.region_name,
    coalesce(found.other_registry, other.registry) as other_registry,
    coalesce(found.other_school_code, other.school_code) as other_school_code,
    coalesce(other_school.school_name, other.school_name) as other_school_name,
    case found.subject_kind
        when 'person' then coalesce(found.subject_id, found.person_id)
        when 'school' then coalesce(found.subject_id, found.school_code)
        when 'region' then coalesce(found.subject_id, found.region_code)
        else found.subject_id
    end as subject_id,
    case when found.subject_kind = 'person' then coalesce(row_of.name, person.name) end as name,
    case when found.subject_kind = 'person' then coalesce(row_of.id_number, person.id_number) end as id_number,
    case when found.subject_kind = 'person' then coalesce(enrolment.student_no, row_of.student_no) end
        as student_no,
    -- 比对依据: what joins either row to the person; one phrase where both were joined the same way.
    array_to_string(list_distinct(list_filter(
        [own_link.match_reason, other_link.match_reason],
        lambda reason: reason is not null
    )), ' / ') as match_basis,
    -- The facts that a decision rests on. Days that merely pass, rows that move in a new delivery and wordings are
    -- left out, so that 不属实 is not undone by the calendar.
    md5(array_to_string([
        found.case_id,
        found.severity,
        found.certainty,
        found.verdict,
        coalesce(found.registry, ''),
        coalesce(found.school_code, ''),
        coalesce(found.other_registry, ''),
        coalesce(found.other_school_code, ''),
        coalesce(cast(found.overlap_from as varchar), ''),
        coalesce(cast(found.amount_paid as varchar), ''),
        coalesce(found.aid_items, ''),
        coalesce(enrolment.status, ''),
        coalesce(cast(enrolment.started_on as varchar), ''),
        coalesce(cast(enrolment.ended_on as varchar), ''),
        coalesce(other.status, ''),
        coalesce(cast(other.started_on as varchar), ''),
        coalesce(cast(other.ended_on as varchar), '')
    ], chr(31))) as evidence_digest
from found
left join placed on found.case_id = placed.case_id
left join cited on found.case_id = cited.case_id
left join core.enrolment as enrolment on placed.enrolment_record_id = enrolment.record_id
left join core.enrolment as other on found.other_record_id = other.record_id
left join core.person_record as row_of on found.record_id = row_of.record_id
left join core.person as person on found.person_id = person.person_id
left join core.school as school on coalesce(found.school_code, enrolment.school_code) = school.school_code
left join core.school as other_school
    on coalesce(found.other_school_code, other.school_code) = other_school.school_code
left join core.person_link as own_link on found.record_id = own_link.record_id
left join core.person_link as other_link on found.other_record_id = other_link.record_id;
