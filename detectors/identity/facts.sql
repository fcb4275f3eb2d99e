-- Rows that are written alike say one thing: an aid list repeats its students month after month.
insert into identity.row_fact by name
select
    record.record_id,
    record.print,
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
                when record.is_apart then record.record_id
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
from new_record() as record
left join identity.number_value as numbered on record.id_number = numbered.written;

-- facts that rows came to or left, if there are any rows that say them tonight
create or replace temp table fact as
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
from row_of_changed_fact() as row_fact
inner join core.person_record as record on row_fact.record_id = record.record_id
group by row_fact.fact_key;

create or replace temp table changed_fact as
select fact.fact_key
from fact

union

select row_gone.fact_key
from row_gone;
