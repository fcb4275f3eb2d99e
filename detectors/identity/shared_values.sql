-- A phone, account, guardian or address of very many differently named people is an office's, not a family's.
create or replace temp table shared_tonight as
with used as (
    select distinct
        stated.name_class,
        'phone' as kind,
        stated.phone as value
    from identity.stated as stated
    where stated.phone is not null

    union

    select distinct
        stated.name_class,
        'phone' as kind,
        stated.guardian_phone as value
    from identity.stated as stated
    where stated.guardian_phone is not null

    union all

    select distinct
        stated.name_class,
        'account' as kind,
        stated.account_no as value
    from identity.stated as stated
    where stated.account_no is not null

    union all

    select distinct
        stated.name_class,
        'guardian' as kind,
        stated.guardian_number as value
    from identity.stated as stated
    where stated.guardian_number is not null

    union all

    select distinct
        stated.name_class,
        'address' as kind,
        stated.address as value
    from identity.stated as stated
    where stated.address is not null

    union all

    select distinct
        stated.name_class,
        'exam' as kind,
        stated.exam_no as value
    from identity.stated as stated
    where stated.exam_no is not null
)

select
    used.kind,
    used.value,
    count(*) as names
from used
group by used.kind, used.value
having count(*) > $family_names;

-- values that became an office's, or a family's again
create or replace temp table reshared_value as
select
    tonight.kind,
    tonight.value
from shared_tonight as tonight
anti join identity.shared_value as known
    on
        tonight.kind = known.kind
        and tonight.value = known.value

union all

select
    known.kind,
    known.value
from identity.shared_value as known
anti join shared_tonight as tonight
    on
        known.kind = tonight.kind
        and known.value = tonight.value;

create or replace table identity.shared_value as
select
    tonight.kind,
    tonight.value,
    tonight.names
from shared_tonight as tonight;
