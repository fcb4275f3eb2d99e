-- Two profiles are compared if they share one of these keys; an unknown value is no key.
create or replace temp table touched_key as
select
    key.kind,
    key.value,
    key.block
from identity.key as key
where
    key.kind = 'first_digits'
    or key.profile_no in (select changed.profile_no from changed_content as changed);

-- the first digits are keys only where somebody's number is rounded: all of them anew
delete from identity.key
where
    kind = 'first_digits'
    or profile_no in (select changed.profile_no from changed_content as changed);

insert into identity.key by name
with changed as (
    select
        profile.profile_no,
        profile.name_key,
        profile.former_keys,
        profile.bracketed_keys,
        profile.births,
        profile.phones,
        profile.guardian_numbers,
        profile.accounts,
        profile.number,
        profile.number_class,
        profile.embedded_numbers,
        profile.student_nos,
        profile.exam_nos
    from identity.profile as profile
    semi join changed_content on profile.profile_no = changed_content.profile_no
),

named as (
    select
        profile.profile_no,
        spelt.sound
    from changed as profile
    inner join identity.name as spelt on profile.name_key = spelt.name_key

    union

    select
        formerly.profile_no,
        spelt.sound
    from (
        select
            profile.profile_no,
            unnest(list_concat(profile.former_keys, profile.bracketed_keys)) as name_key
        from changed as profile
    ) as formerly
    inner join identity.name as spelt on formerly.name_key = spelt.name_key
),

born as (
    select
        profile.profile_no,
        unnest(profile.births) as born_on
    from changed as profile
),

called as (
    select
        profile.profile_no,
        unnest(profile.phones) as phone
    from changed as profile
),

cared as (
    select
        profile.profile_no,
        unnest(profile.guardian_numbers) as guardian_number
    from changed as profile
),

paid as (
    select
        profile.profile_no,
        unnest(profile.accounts) as account_no
    from changed as profile
),

-- only a rounded number needs the first fifteen digits of the others
rounded as (
    select distinct substr(profile.number, 1, 15) as first_digits
    from identity.profile as profile
    where profile.number_class = 'rounded'
),

keyed as (
    select
        'number' as kind,
        profile.number as value,
        profile.profile_no
    from changed as profile
    where profile.number_class not in ('masked', 'scientific') and profile.number is not null

    union all

    select
        'first_digits' as kind,
        rounded.first_digits as value,
        profile.profile_no
    from identity.profile as profile
    inner join rounded on substr(profile.number, 1, 15) = rounded.first_digits

    union all

    -- a masked number still shows its ends
    select
        'ends' as kind,
        substr(profile.number, 1, 6) || right(profile.number, 4) || named.sound as value,
        profile.profile_no
    from changed as profile
    inner join named on profile.profile_no = named.profile_no
    where
        profile.number_class in ('masked', 'valid')
        and exists (
            select 1 from identity.profile as hidden
            where hidden.number_class = 'masked'
        )

    union all

    select
        'embedded' as kind,
        carried.number as value,
        carried.profile_no
    from (
        select
            profile.profile_no,
            unnest(profile.embedded_numbers) as number
        from changed as profile
        union
        select
            profile.profile_no,
            profile.number
        from changed as profile
        where profile.number_class = 'valid'
    ) as carried

    union all

    select
        'student' as kind,
        registered.student_no as value,
        registered.profile_no
    from (
        select
            profile.profile_no,
            unnest(profile.student_nos) as student_no
        from changed as profile
    ) as registered

    union all

    select
        'exam' as kind,
        examined.exam_no as value,
        examined.profile_no
    from (
        select
            profile.profile_no,
            unnest(profile.exam_nos) as exam_no
        from changed as profile
    ) as examined

    union all

    select
        'name_birth' as kind,
        named.sound || '|' || born.born_on as value,
        named.profile_no
    from named
    inner join born on named.profile_no = born.profile_no

    union all

    select
        'name_phone' as kind,
        named.sound || '|' || called.phone as value,
        named.profile_no
    from named
    inner join called on named.profile_no = called.profile_no

    union all

    select
        'phone_birth' as kind,
        called.phone || '|' || born.born_on as value,
        called.profile_no
    from called
    inner join born on called.profile_no = born.profile_no

    union all

    select
        'guardian_birth' as kind,
        cared.guardian_number || '|' || born.born_on as value,
        cared.profile_no
    from cared
    inner join born on cared.profile_no = born.profile_no

    union all

    select
        'name_account' as kind,
        named.sound || '|' || paid.account_no as value,
        named.profile_no
    from named
    inner join paid on named.profile_no = paid.profile_no
)

select
    keyed.kind,
    keyed.value,
    keyed.profile_no,
    hash(keyed.kind, keyed.value) as block
from keyed;
