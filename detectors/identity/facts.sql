-- Rows that are written alike say one thing: an aid list repeats its students month after month.
create or replace table identity.row_fact as
select
    record.record_id,
    md5(
        concat_ws(
            chr(31),
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
            coalesce(record.origin_school, ''),
            case
                -- inspectors hold two rows apart, however alike
                when apart.record_id is not null then record.record_id
                -- a name alone, or with a birth date, is as many people as rows
                when
                    numbered.number is null
                    and text_key(record.student_no) is null
                    and text_key(record.exam_no) is null
                    and phone_digits(record.phone) is null
                    and phone_digits(record.guardian_phone) is null
                    then record.record_id
                else ''
            end
        )
    ) as fact_key
from core.person_record as record
left join identity.number_value as numbered on record.id_number = numbered.written
left join identity.apart as apart on record.record_id = apart.record_id;

create or replace table identity.fact as
select
    row_fact.fact_key,
    count(*) as records,
    min(
        {
            'source': record.source,
            'source_file': record.source_file,
            'sheet': record.sheet,
            'source_row': record.source_row,
            'record_id': record.record_id
        }
    ) as first_place
from identity.row_fact as row_fact
inner join core.person_record as record on row_fact.record_id = record.record_id
group by row_fact.fact_key;
