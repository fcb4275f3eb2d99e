-- What each fact states about its person, standardised; the written values stay in core.person_record.
delete from identity.stated
where fact_key in (select changed.fact_key from changed_fact as changed);

insert into identity.stated by name
with keyed as (
    select
        fact.fact_key,
        fact.records,
        fact.first_place,
        named.name_key,
        spelt.name_class,
        spelt.sound,
        formerly.name_key as former_key,
        named.former_key as bracketed_key,
        nullif(record.sex, 'unknown') as sex,
        record.born_on,
        numbered.number,
        coalesce(numbered.number_class, 'none') as number_class,
        numbered.born_on as number_born_on,
        numbered.sex as number_sex,
        registered.number_class as registered_class,
        case
            when
                regexp_full_match(upper(trim(record.student_no)), '[GJL][0-9]{17}[0-9X]')
                then upper(trim(record.student_no))
        end as national_no,
        text_key(record.student_no) as student_no,
        case when length(text_key(record.exam_no)) >= 8 then text_key(record.exam_no) end as exam_no,
        phone_digits(record.phone) as phone,
        caring.name_key as guardian_key,
        phone_digits(record.guardian_phone) as guardian_phone,
        cared.number as guardian_number,
        case when length(text_key(record.address)) >= 6 then text_key(record.address) end as address,
        case
            when length(account_digits(record.account_no)) >= 12 then account_digits(record.account_no)
        end as account_no,
        record.school_code,
        text_key(record.origin_school) as origin_school
    from fact
    inner join core.person_record as record on fact.first_place.record_id = record.record_id
    left join identity.name_value as named on record.name = named.written
    left join identity.name as spelt on named.name_key = spelt.name_key
    left join identity.name_value as formerly on record.former_name = formerly.written
    left join identity.name_value as caring on record.guardian_name = caring.written
    left join identity.number_value as numbered on record.id_number = numbered.written
    left join identity.number_value as cared on record.guardian_id = cared.written
    left join identity.number_value as registered
        on
            regexp_full_match(upper(trim(record.student_no)), '[GJL][0-9]{17}[0-9X]')
            and upper(trim(record.student_no))[2:] = registered.written
)

select
    keyed.fact_key,
    keyed.records,
    keyed.first_place,
    keyed.name_key,
    keyed.name_class,
    keyed.sound,
    keyed.former_key,
    keyed.bracketed_key,
    keyed.sex,
    keyed.born_on,
    keyed.number,
    keyed.number_class,
    keyed.number_born_on,
    keyed.number_sex,
    keyed.national_no,
    keyed.exam_no,
    keyed.phone,
    keyed.guardian_key,
    keyed.guardian_phone,
    keyed.guardian_number,
    keyed.address,
    keyed.account_no,
    keyed.school_code,
    keyed.origin_school,
    keyed.student_no as local_no,
    coalesce(keyed.national_no, right(keyed.school_code, 5) || '/' || keyed.student_no) as student_no,
    case
        when keyed.number_class = 'valid' and keyed.national_no[2:] = keyed.number then keyed.number
        when keyed.registered_class = 'valid' then keyed.national_no[2:]
    end as embedded_number,
    -- only a formal 学籍号 is made from an identity number; J and L are issued to those who showed none
    case when keyed.national_no[1] = 'G' then embedded_number end as lifelong_number
from keyed;
