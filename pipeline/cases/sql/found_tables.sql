-- Tonight's findings of all detectors in one shape.
create or replace temp table found (
    case_id varchar,
    detector_id varchar,
    evidence varchar,
    evidence_masked varchar,
    severity varchar,
    certainty varchar,
    verdict varchar,
    missing_inputs varchar,
    subject_kind varchar,
    subject_id varchar,
    person_id varchar,
    record_id varchar,
    registry varchar,
    school_code varchar,
    region_code varchar,
    other_record_id varchar,
    other_registry varchar,
    other_school_code varchar,
    overlap_from date,
    overlap_to date,
    overlap_days bigint,
    match_probability double,
    aid_items varchar,
    amount_paid decimal(14, 2),
    amount_estimated decimal(14, 2),
    evidence_record_ids varchar[]
);

-- Which delivered row a record id names, for the rows that tonight's findings mention.
create or replace temp table cited_record (
    case_id varchar,
    record_id varchar,
    role varchar,
    source varchar,
    source_file varchar,
    sheet varchar,
    source_row bigint
);
