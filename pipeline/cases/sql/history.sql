-- What case work remembers from night to night; nothing here is published.
create schema if not exists work;

create table if not exists work.night (as_of date primary key);

-- A case on a night on which it was found, or not found though its absence could not be vouched for.
create table if not exists work.sighting (
    case_id varchar,
    as_of date,
    is_found boolean,
    evidence_digest varchar
);

-- What a case said from that night on; a night that says the same adds nothing.
create table if not exists work.case_content (
    case_id varchar,
    as_of date,
    detector_id varchar,
    family varchar,
    severity varchar,
    certainty varchar,
    verdict varchar,
    subject_kind varchar,
    subject_id varchar,
    person_id varchar,
    name varchar,
    id_number varchar,
    student_no varchar,
    record_id varchar,
    registry varchar,
    school_code varchar,
    school_name varchar,
    region_code varchar,
    region_name varchar,
    grade varchar,
    major_name varchar,
    student_status varchar,
    other_record_id varchar,
    other_registry varchar,
    other_school_code varchar,
    other_school_name varchar,
    other_student_no varchar,
    other_status varchar,
    overlap_from date,
    overlap_to date,
    overlap_days bigint,
    match_basis varchar,
    match_probability double,
    aid_items varchar,
    amount_paid decimal(14, 2),
    amount_estimated decimal(14, 2),
    title varchar,
    explanation varchar,
    explanation_masked varchar,
    policy varchar,
    exceptions_tested varchar,
    missing_inputs varchar,
    check_first varchar,
    evidence varchar,
    evidence_masked varchar,
    evidence_digest varchar,
    content_digest varchar,
    records struct(
        role varchar,
        source varchar,
        source_file varchar,
        sheet varchar,
        source_row bigint
    )[]
);

-- The two rows of a case that takes them for one person, and what each said; a night that says the same adds nothing.
create table if not exists work.case_pair (
    case_id varchar,
    as_of date,
    record_id varchar,
    other_record_id varchar,
    said_key varchar,
    who_key varchar,
    other_said_key varchar,
    other_who_key varchar
);
