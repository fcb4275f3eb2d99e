insert into core.person by name
with told as (
    select
        linked.person_id,
        record.registry,
        record.name
    from linked_row() as linked
    inner join core.person_record as record on linked.record_id = record.record_id
),

member as (
    select
        linked.person_id,
        profile.profile_no,
        profile.records,
        profile.own_number as id_number,
        profile.born_on,
        profile.number_sex
    from linked_profile() as linked
    inner join identity.profile as profile on linked.profile_no = profile.profile_no
),

sexed_fact as (
    select
        member.person_id,
        stated.records,
        coalesce(stated.sex, member.number_sex) as sex
    from member
    inner join identity.alike as alike on member.profile_no = alike.profile_no
    inner join identity.stated as stated on alike.fact_key = stated.fact_key
),

-- the value of most rows, the first in order where two are equally frequent
named as (
    select
        told.person_id,
        told.name
    from told
    where told.name is not null
    group by told.person_id, told.name
    qualify row_number() over (partition by told.person_id order by count(*) desc, told.name) = 1
),

numbered as (
    select
        member.person_id,
        member.id_number
    from member
    where member.id_number is not null
    group by member.person_id, member.id_number
    qualify row_number() over (partition by member.person_id order by sum(member.records) desc, member.id_number) = 1
),

born as (
    select
        member.person_id,
        member.born_on
    from member
    where member.born_on is not null
    group by member.person_id, member.born_on
    qualify row_number() over (partition by member.person_id order by sum(member.records) desc, member.born_on) = 1
),

sexed as (
    select
        sexed_fact.person_id,
        sexed_fact.sex
    from sexed_fact
    where sexed_fact.sex is not null
    group by sexed_fact.person_id, sexed_fact.sex
    qualify
        row_number()
            over (partition by sexed_fact.person_id order by sum(sexed_fact.records) desc, sexed_fact.sex)
        = 1
),

counted as (
    select
        told.person_id,
        count(*) as records,
        coalesce(string_agg(distinct told.registry, ',' order by told.registry), '') as registries
    from told
    group by told.person_id
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

create or replace table identity.profile_link as
select
    link.profile_no,
    link.person_id,
    link.match_probability,
    link.match_reason
from link_tonight as link;
