-- Every row with a print of all that is read of it: where it stands, what it says, whether it is held apart.
create or replace temp macro printed_record() as table
    select
        record.*,  -- noqa: AM04
        apart.record_id is not null as is_apart,
        hash(
            record.source,
            record.source_file,
            record.sheet,
            record.source_row,
            record.registry,
            record.name,
            record.former_name,
            record.sex,
            record.born_on,
            record.id_number,
            record.student_no,
            record.exam_no,
            record.phone,
            record.guardian_name,
            record.guardian_phone,
            record.guardian_id,
            record.address,
            record.account_no,
            record.school_code,
            record.origin_school,
            apart.record_id is not null
        ) as print
    from core.person_record as record
    left join identity.apart as apart on record.record_id = apart.record_id;

create or replace temp table row_gone (record_id varchar, fact_key varchar);
