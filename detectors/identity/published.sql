delete from core.person_link;

insert into core.person_link by name
select
    row_profile.record_id,
    link.person_id,
    link.match_probability,
    link.match_reason
from identity.row_profile as row_profile
inner join identity.profile_link as link on row_profile.profile_no = link.profile_no
order by row_profile.record_id;

delete from core.person;

insert into core.person by name
with member as (
    select
        link.person_id,
        record.registry,
        record.name,
        nullif(record.sex, 'unknown') as sex,
        profile.own_number as id_number,
        profile.born_on,
        profile.number_sex
    from identity.row_profile as row_profile
    inner join core.person_record as record on row_profile.record_id = record.record_id
    inner join identity.profile as profile on row_profile.profile_no = profile.profile_no
    inner join identity.profile_link as link on row_profile.profile_no = link.profile_no
),

-- the most frequent value, the first in order where two are equally frequent
named as (
    select
        member.person_id,
        member.name
    from member
    where member.name is not null
    group by member.person_id, member.name
    qualify row_number() over (partition by member.person_id order by count(*) desc, member.name) = 1
),

numbered as (
    select
        member.person_id,
        member.id_number
    from member
    where member.id_number is not null
    group by member.person_id, member.id_number
    qualify row_number() over (partition by member.person_id order by count(*) desc, member.id_number) = 1
),

born as (
    select
        member.person_id,
        member.born_on
    from member
    where member.born_on is not null
    group by member.person_id, member.born_on
    qualify row_number() over (partition by member.person_id order by count(*) desc, member.born_on) = 1
),

sexed as (
    select
        member.person_id,
        coalesce(member.sex, member.number_sex) as sex
    from member
    where coalesce(member.sex, member.number_sex) is not null
    group by member.person_id, coalesce(member.sex, member.number_sex)
    qualify
        row_number()
            over (partition by member.person_id order by count(*) desc, coalesce(member.sex, member.number_sex))
        = 1
),

counted as (
    select
        member.person_id,
        count(*) as records,
        coalesce(string_agg(distinct member.registry, ',' order by member.registry), '') as registries
    from member
    group by member.person_id
)

select
    counted.person_id,
    counted.records,
    counted.registries,
    named.name,
    numbered.id_number,
    coalesce(id_birth(numbered.id_number), born.born_on) as born_on,
    year(coalesce(id_birth(numbered.id_number), born.born_on))::integer as birth_year,
    coalesce(sexed.sex, 'unknown') as sex
from counted
left join named on counted.person_id = named.person_id
left join numbered on counted.person_id = numbered.person_id
left join born on counted.person_id = born.person_id
left join sexed on counted.person_id = sexed.person_id
order by counted.person_id;

-- append what changed; a night that is run again takes its own entries back first
delete from identity.person_history
where since_on >= as_of();

insert into identity.person_history by name
with known as (
    select
        history.profile_key,
        arg_max(history.person_id, history.since_on) as person_id
    from identity.person_history as history
    group by history.profile_key
)

select
    profile.profile_key,
    named.person_id,
    as_of() as since_on
from identity.profile as profile
inner join identity.membership as membership on profile.profile_no = membership.profile_no
inner join identity.person_name as named on membership.person_no = named.person_no
left join known on profile.profile_key = known.profile_key
where known.person_id is distinct from named.person_id
order by profile.profile_key;
