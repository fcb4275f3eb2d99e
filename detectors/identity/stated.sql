-- What each fact states, whether its number is its own, and which facts are one profile.
create or replace table identity.stated as
with apart as (
    select row_fact.fact_key
    from identity.row_fact as row_fact
    inner join identity.apart as held on row_fact.record_id = held.record_id
    group by row_fact.fact_key
)

select
    standardised.fact_key,
    standardised.records,
    standardised.first_place,
    standardised.name_key,
    standardised.name_class,
    standardised.sound,
    standardised.former_key,
    standardised.bracketed_key,
    standardised.sex,
    standardised.born_on,
    standardised.number,
    standardised.number_class,
    standardised.number_born_on,
    standardised.number_sex,
    standardised.embedded_number,
    standardised.lifelong_number,
    standardised.student_no,
    standardised.exam_no,
    standardised.phone,
    standardised.guardian_key,
    standardised.guardian_phone,
    standardised.guardian_number,
    standardised.address,
    standardised.account_no,
    standardised.school_code,
    standardised.origin_school,
    disputed.fact_key is not null as is_disputed,
    -- rows that say the same about the same person are compared once
    case
        when apart.fact_key is not null then md5('fact|' || standardised.fact_key)
        when standardised.number_class = 'valid'
            then md5(concat_ws(
                '|', 'number', standardised.number, coalesce(standardised.name_class, ''),
                -- rows with somebody else's number are no witnesses for those with their own
                case when disputed.fact_key is not null then 'disputed' end,
                case when disputed.fact_key is not null then standardised.lifelong_number end
            ))
        when coalesce(standardised.national_no, standardised.local_no) is not null
            then md5(concat_ws(
                '|', 'student',
                coalesce(standardised.national_no, standardised.school_code || '/' || standardised.local_no),
                coalesce(standardised.number, ''), coalesce(standardised.name_class, ''),
                coalesce(standardised.born_on::varchar, '')
            ))
        when
            standardised.name_class is not null
            and coalesce(
                standardised.exam_no, standardised.phone, standardised.guardian_phone,
                standardised.guardian_number,
                case
                    when standardised.number_class in ('foreign', 'bad_check', 'bad_date') then standardised.number
                end
            ) is not null
            then md5(concat_ws(
                '|', 'facts', standardised.name_class, coalesce(standardised.number, ''),
                coalesce(standardised.born_on::varchar, ''), coalesce(standardised.exam_no, ''),
                coalesce(standardised.phone, ''), coalesce(standardised.guardian_phone, ''),
                coalesce(standardised.guardian_key, ''),
                coalesce(standardised.guardian_number, ''), coalesce(standardised.address, ''),
                coalesce(standardised.school_code, '')
            ))
        else md5('fact|' || standardised.fact_key)
    end as profile_key
from identity.standardised as standardised
left join identity.disputed as disputed on standardised.fact_key = disputed.fact_key
left join apart on standardised.fact_key = apart.fact_key;
