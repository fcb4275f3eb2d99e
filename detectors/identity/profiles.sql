-- A profile is what rows with the same number and name, or the same facts, say together.
create or replace table identity.profile as
with gathered as (
    select
        alike.profile_key,
        sum(stated.records)::bigint as records,
        min(stated.first_place) as first_place,
        min(stated.name_key) as name_key,
        any_value(stated.name_class) as name_class,
        any_value(stated.number) as number,
        any_value(stated.number_class) as number_class,
        any_value(stated.number_born_on) as number_born_on,
        any_value(stated.number_sex) as number_sex,
        bool_or(alike.is_disputed) as is_disputed,
        bool_or(alike.is_borrowed) as is_borrowed,
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
    from identity.stated as stated
    inner join identity.alike as alike on stated.fact_key = alike.fact_key
    group by alike.profile_key
),

slips as (
    select
        repair.number,
        list(repair.repaired_number) as numbers
    from identity.repair as repair
    group by repair.number
)

-- profiles are numbered in the order of their keys, so that the numbers do not depend on threads
select
    row_number() over (order by gathered.profile_key) - 1 as profile_no,
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

create or replace table identity.row_profile as
select
    row_fact.record_id,
    profile.profile_no
from identity.row_fact as row_fact
inner join identity.alike as alike on row_fact.fact_key = alike.fact_key
inner join identity.profile as profile on alike.profile_key = profile.profile_key;
