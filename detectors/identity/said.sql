-- What a row says of a person, in one key; and whom it names.
create or replace macro identity.who_key(record) as
md5(concat_ws(chr(31), coalesce(record.name, ''), coalesce(record.id_number, '')));

create or replace macro identity.said_key(record) as
md5(
    concat_ws(
        chr(31),
        record.source,
        coalesce(record.name, ''),
        coalesce(record.former_name, ''),
        coalesce(record.sex, ''),
        coalesce(record.born_on::varchar, ''),
        coalesce(record.id_number, ''),
        coalesce(record.student_no, ''),
        coalesce(record.exam_no, ''),
        coalesce(record.phone, ''),
        coalesce(record.guardian_name, ''),
        coalesce(record.guardian_phone, ''),
        coalesce(record.guardian_id, ''),
        coalesce(record.address, ''),
        coalesce(record.account_no, ''),
        coalesce(record.school_code, ''),
        coalesce(record.origin_school, '')
    )
);
