-- A phone, account, guardian or address of very many differently named people is an office's, not a family's.
create or replace table identity.shared_value as
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

update identity.stated set phone = null
where phone in (
    select value from identity.shared_value
    where kind = 'phone'
);

update identity.stated set guardian_phone = null
where guardian_phone in (
    select value from identity.shared_value
    where kind = 'phone'
);

update identity.stated set account_no = null
where account_no in (
    select value from identity.shared_value
    where kind = 'account'
);

update identity.stated set guardian_number = null
where guardian_number in (
    select value from identity.shared_value
    where kind = 'guardian'
);

update identity.stated set address = null
where address in (
    select value from identity.shared_value
    where kind = 'address'
);

update identity.stated set exam_no = null
where exam_no in (
    select value from identity.shared_value
    where kind = 'exam'
);
