-- What each fact states about its person, standardised; the written values stay in core.person_record.
create or replace table identity.stated as
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
        text_key(record.origin_school) as origin_school,
        record.hukou_code
    from identity.fact as fact
    inner join core.person_record as record on fact.first_place.record_id = record.record_id
    left join identity.name_value as named on record.name = named.written
    left join identity.name as spelt on named.name_key = spelt.name_key
    left join identity.name_value as formerly on record.former_name = formerly.written
    left join identity.name_value as caring on record.guardian_name = caring.written
    left join identity.number_value as numbered on record.id_number = numbered.written
    left join identity.number_value as cared on record.guardian_id = cared.written
),

-- a number that the birth date column contradicts by most of a year, and never confirms, is somebody else's
foreign_birth as (
    select
        keyed.number,
        keyed.name_class
    from keyed
    where keyed.number_class = 'valid' and keyed.born_on is not null
    group by keyed.number, keyed.name_class
    having
        bool_and(abs(date_diff('day', keyed.born_on, keyed.number_born_on)) >= $foreign_birth_days)
),

-- so is a number that many more rows give to a name of another sound
bearer as (
    select
        keyed.number,
        keyed.name_class,
        any_value(keyed.sound) as sound,
        sum(keyed.records) as records
    from keyed
    where keyed.number_class = 'valid' and keyed.name_class is not null
    group by keyed.number, keyed.name_class
),

foreign_bearer as (
    select
        bearer.number,
        bearer.name_class
    from bearer
    inner join bearer as owner
        on
            bearer.number = owner.number
            and bearer.sound <> owner.sound
            and owner.records >= 3 * bearer.records
),

disputed as (
    select
        foreign_birth.number,
        foreign_birth.name_class
    from foreign_birth

    union

    select
        foreign_bearer.number,
        foreign_bearer.name_class
    from foreign_bearer
),

apart as (
    select row_fact.fact_key
    from identity.row_fact as row_fact
    inner join identity.apart as held on row_fact.record_id = held.record_id
    group by row_fact.fact_key
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
    keyed.exam_no,
    keyed.phone,
    keyed.guardian_key,
    keyed.guardian_phone,
    keyed.guardian_number,
    keyed.address,
    keyed.account_no,
    keyed.school_code,
    keyed.origin_school,
    disputed.number is not null as is_disputed,
    coalesce(keyed.national_no, right(keyed.school_code, 5) || '/' || keyed.student_no) as student_no,
    case
        when keyed.number_class = 'valid' and keyed.national_no[2:] = keyed.number then keyed.number
        when id_class(keyed.national_no[2:]) = 'valid' then keyed.national_no[2:]
    end as embedded_number,
    -- rows that say the same about the same person are compared once
    case
        when apart.fact_key is not null then md5('fact|' || keyed.fact_key)
        when keyed.number_class = 'valid'
            then md5(concat_ws('|', 'number', keyed.number, coalesce(keyed.name_class, '')))
        when coalesce(keyed.national_no, keyed.student_no) is not null
            then md5(concat_ws(
                '|', 'student', coalesce(keyed.national_no, keyed.school_code || '/' || keyed.student_no),
                coalesce(keyed.number, ''), coalesce(keyed.name_class, ''), coalesce(keyed.born_on::varchar, '')
            ))
        when
            keyed.name_class is not null
            and coalesce(
                keyed.exam_no, keyed.phone, keyed.guardian_phone, keyed.guardian_number,
                case when keyed.number_class in ('foreign', 'bad_check', 'bad_date') then keyed.number end
            ) is not null
            then md5(concat_ws(
                '|', 'facts', keyed.name_class, coalesce(keyed.number, ''),
                coalesce(keyed.born_on::varchar, ''), coalesce(keyed.exam_no, ''), coalesce(keyed.phone, ''),
                coalesce(keyed.guardian_phone, ''), coalesce(keyed.guardian_key, ''),
                coalesce(keyed.guardian_number, ''), coalesce(keyed.address, ''),
                coalesce(keyed.school_code, '')
            ))
        else md5('fact|' || keyed.fact_key)
    end as profile_key
from keyed
left join disputed on keyed.number = disputed.number and keyed.name_class is not distinct from disputed.name_class
left join apart on keyed.fact_key = apart.fact_key;
