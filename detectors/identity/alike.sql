-- Whether a fact's number is its own, and which facts are one profile.
create or replace temp table left_profile as
select alike.profile_key
from identity.alike as alike
semi join realigned_fact on alike.fact_key = realigned_fact.fact_key
group by alike.profile_key;

delete from identity.alike
where fact_key in (select realigned.fact_key from realigned_fact as realigned);

insert into identity.alike by name
with apart as (
    select row_fact.fact_key
    from identity.row_fact as row_fact
    inner join identity.apart as held on row_fact.record_id = held.record_id
    group by row_fact.fact_key
),

keyed as (
    select
        stated.fact_key,
        disputed.fact_key is not null as is_disputed,
        coalesce(disputed.is_borrowed, false) as is_borrowed,
        -- rows that say the same about the same person are compared once
        case
            when apart.fact_key is not null then md5('fact|' || stated.fact_key)
            when stated.number_class = 'valid'
                then md5(concat_ws(
                    '|', 'number', stated.number, coalesce(stated.name_class, ''),
                    -- rows with somebody else's number are no witnesses for those with their own
                    case when disputed.fact_key is not null then 'disputed' end,
                    case when disputed.fact_key is not null then stated.lifelong_number end
                ))
            when coalesce(stated.national_no, stated.local_no) is not null
                then md5(concat_ws(
                    '|', 'student',
                    coalesce(stated.national_no, stated.school_code || '/' || stated.local_no),
                    coalesce(stated.number, ''), coalesce(stated.name_class, ''),
                    coalesce(stated.born_on::varchar, '')
                ))
            when
                stated.name_class is not null
                and coalesce(
                    stated.exam_no, stated.phone, stated.guardian_phone,
                    stated.guardian_number,
                    case
                        when stated.number_class in ('foreign', 'bad_check', 'bad_date') then stated.number
                    end
                ) is not null
                then md5(concat_ws(
                    '|', 'facts', stated.name_class, coalesce(stated.number, ''),
                    coalesce(stated.born_on::varchar, ''), coalesce(stated.exam_no, ''),
                    coalesce(stated.phone, ''), coalesce(stated.guardian_phone, ''),
                    coalesce(stated.guardian_key, ''),
                    coalesce(stated.guardian_number, ''), coalesce(stated.address, ''),
                    coalesce(stated.school_code, '')
                ))
            else md5('fact|' || stated.fact_key)
        end as profile_key
    from identity.stated as stated
    semi join realigned_fact on stated.fact_key = realigned_fact.fact_key
    left join identity.disputed as disputed on stated.fact_key = disputed.fact_key
    left join apart on stated.fact_key = apart.fact_key
)

-- numbered by what it says, in the order of the keys: the same in every night
select
    keyed.fact_key,
    keyed.is_disputed,
    keyed.is_borrowed,
    keyed.profile_key,
    ('0x' || keyed.profile_key)::uhugeint as profile_no
from keyed;
