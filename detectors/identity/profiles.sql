-- A profile is what rows with the same number and name, or the same facts, say together. Those whose facts changed, or
-- what is known of a value or a number that they state, are gathered anew.
create or replace temp table changed_profile as
with resharing as (
    select stated.fact_key
    from identity.stated as stated
    where
        stated.phone in (
            select value from reshared_value
            where kind = 'phone'
        )
        or stated.guardian_phone in (
            select value from reshared_value
            where kind = 'phone'
        )
        or stated.account_no in (
            select value from reshared_value
            where kind = 'account'
        )
        or stated.guardian_number in (
            select value from reshared_value
            where kind = 'guardian'
        )
        or stated.address in (
            select value from reshared_value
            where kind = 'address'
        )
        or stated.exam_no in (
            select value from reshared_value
            where kind = 'exam'
        )
        or stated.number in (select reread.number from reread_number as reread)
),

told as (
    select left_profile.profile_key
    from left_profile

    union

    select alike.profile_key
    from identity.alike as alike
    semi join realigned_fact on alike.fact_key = realigned_fact.fact_key

    union

    select alike.profile_key
    from identity.alike as alike
    semi join resharing on alike.fact_key = resharing.fact_key
)

select
    told.profile_key,
    ('0x' || told.profile_key)::uhugeint as profile_no
from told;

create or replace temp table profile_before as
select profile.*  -- noqa: AM04
from identity.profile as profile
semi join changed_profile on profile.profile_no = changed_profile.profile_no;

-- whether a night has masked numbers decides on a kind of key
create or replace temp table masked_before as
select count(*) > 0 as had_masked
from identity.profile as profile
where profile.number_class = 'masked';

delete from identity.profile
where profile_no in (select changed.profile_no from changed_profile as changed);

insert into identity.profile by name
with aligned as (
    select
        alike.fact_key,
        alike.profile_no,
        alike.profile_key,
        alike.is_disputed,
        alike.is_borrowed
    from identity.alike as alike
    semi join changed_profile on alike.profile_no = changed_profile.profile_no
),

private as (
    -- an office's telephone, account or address is nobody's own
    select
        stated.* replace (
            case
                when stated.phone not in (
                    select value from identity.shared_value
                    where kind = 'phone'
                ) then stated.phone
            end as phone,
            case
                when stated.guardian_phone not in (
                    select value from identity.shared_value
                    where kind = 'phone'
                ) then stated.guardian_phone
            end as guardian_phone,
            case
                when stated.account_no not in (
                    select value from identity.shared_value
                    where kind = 'account'
                ) then stated.account_no
            end as account_no,
            case
                when stated.guardian_number not in (
                    select value from identity.shared_value
                    where kind = 'guardian'
                ) then stated.guardian_number
            end as guardian_number,
            case
                when stated.address not in (
                    select value from identity.shared_value
                    where kind = 'address'
                ) then stated.address
            end as address,
            case
                when stated.exam_no not in (
                    select value from identity.shared_value
                    where kind = 'exam'
                ) then stated.exam_no
            end as exam_no
        ),
        alike.profile_no,
        alike.profile_key,
        alike.is_disputed,
        alike.is_borrowed
    from identity.stated as stated
    inner join aligned as alike on stated.fact_key = alike.fact_key
),

gathered as (
    select
        stated.profile_no,
        any_value(stated.profile_key) as profile_key,
        sum(stated.records)::bigint as records,
        min(stated.first_place) as first_place,
        min(stated.name_key) as name_key,
        any_value(stated.name_class) as name_class,
        any_value(stated.number) as number,
        any_value(stated.number_class) as number_class,
        any_value(stated.number_born_on) as number_born_on,
        any_value(stated.number_sex) as number_sex,
        bool_or(stated.is_disputed) as is_disputed,
        bool_or(stated.is_borrowed) as is_borrowed,
        case when min(stated.sex) = max(stated.sex) then min(stated.sex) end as sex,
        coalesce(
            list_sort(list_distinct(list(stated.born_on) filter (where stated.born_on is not null))), []
        ) as stated_births,
        coalesce(
            list_sort(list_distinct(list(stated.former_key) filter (where stated.former_key is not null))), []
        ) as former_keys,
        coalesce(
            list_sort(list_distinct(list(stated.bracketed_key) filter (where stated.bracketed_key is not null))), []
        ) as bracketed_keys,
        coalesce(
            list_sort(list_distinct(list(stated.embedded_number) filter (where stated.embedded_number is not null))), []
        ) as embedded_numbers,
        case when min(stated.lifelong_number) = max(stated.lifelong_number) then min(stated.lifelong_number) end
            as lifelong_number,
        coalesce(
            list_sort(list_distinct(list(stated.student_no) filter (where stated.student_no is not null))), []
        ) as student_nos,
        coalesce(
            list_sort(list_distinct(list(stated.exam_no) filter (where stated.exam_no is not null))), []
        ) as exam_nos,
        coalesce(
            list_sort(list_distinct(list(stated.phone) filter (where stated.phone is not null))), []
        ) as own_phones,
        coalesce(
            list_sort(list_distinct(list(stated.guardian_phone) filter (where stated.guardian_phone is not null))), []
        ) as guardian_phones,
        coalesce(
            list_sort(list_distinct(list(stated.guardian_key) filter (where stated.guardian_key is not null))), []
        ) as guardian_keys,
        coalesce(
            list_sort(list_distinct(list(stated.guardian_number) filter (where stated.guardian_number is not null))), []
        ) as guardian_numbers,
        coalesce(
            list_sort(list_distinct(list(stated.address) filter (where stated.address is not null))), []
        ) as addresses,
        coalesce(
            list_sort(list_distinct(list(stated.account_no) filter (where stated.account_no is not null))), []
        ) as accounts,
        coalesce(
            list_sort(list_distinct(list(stated.school_code) filter (where stated.school_code is not null))), []
        ) as schools,
        coalesce(
            list_sort(list_distinct(list(stated.origin_school) filter (where stated.origin_school is not null))), []
        ) as origins
    from private as stated
    group by stated.profile_no
),

slips as (
    select
        repair.number,
        list(repair.repaired_number) as numbers
    from identity.repair as repair
    group by repair.number
)

select
    gathered.*,
    gathered.first_place.record_id,
    case when gathered.number_class = 'valid' and not gathered.is_disputed then gathered.number end as own_number,
    -- without a number of its own a row is known by the one in its 学籍号, unless its number is a slip of
    -- another that is held (X17, a correction)
    case
        when gathered.number_class = 'valid' and not gathered.is_disputed then gathered.number
        when
            gathered.lifelong_number <> coalesce(gathered.number, '')
            and (slips.numbers is null or list_contains(slips.numbers, gathered.lifelong_number))
            then gathered.lifelong_number
    end as known_number,
    list_distinct(
        list_concat(
            gathered.stated_births,
            case
                when gathered.number_class in ('valid', 'bad_check', 'rounded') and not gathered.is_disputed
                    then [gathered.number_born_on]
            end
        )
    ) as births,
    case
        when gathered.number_class = 'valid' and not gathered.is_disputed then gathered.number_born_on
        when len(gathered.stated_births) > 0 then list_min(gathered.stated_births)
        when gathered.number_class in ('bad_check', 'rounded') then gathered.number_born_on
    end as born_on,
    coalesce(gathered.sex, gathered.number_sex) as known_sex,
    list_distinct(list_concat(gathered.own_phones, gathered.guardian_phones)) as phones
from gathered
left join slips on gathered.number = slips.number;

-- profiles that say something else than last night; more rows that say the same change nothing
create or replace temp table changed_content as
with was as (
    select
        before.profile_no,
        hash(before) as print
    from (
        select * exclude (records, first_place, record_id)
        from profile_before
    ) as before
),

tonight as (
    select
        told.profile_no,
        hash(told) as print
    from (
        select * exclude (records, first_place, record_id)
        from identity.profile
        semi join profile_before on profile.profile_no = profile_before.profile_no
    ) as told
),

unchanged as (
    select was.profile_no
    from was
    inner join tonight
        on
            was.profile_no = tonight.profile_no
            and was.print = tonight.print
)

select changed_profile.profile_no
from changed_profile
anti join unchanged on changed_profile.profile_no = unchanged.profile_no

union

-- the first masked number gives all profiles keys that they did not have, the last one takes them away
select profile.profile_no
from identity.profile as profile
where
    (select masked.had_masked from masked_before as masked)
    <> exists (
        select 1 from identity.profile as hidden
        where hidden.number_class = 'masked'
    );

drop table profile_before;
