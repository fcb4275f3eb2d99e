-- Which persons tonight made one of two, or two of one; a night that is run again takes its own entries back first.
delete from identity.person_change
where changed_on >= as_of();

insert into identity.person_change by name
with moved as (
    select
        known.person_id as former_id,
        named.person_id,
        sum(profile.records)::bigint as records
    from identity.profile as profile
    inner join known on profile.profile_key = known.profile_key
    inner join identity.membership as membership on profile.profile_no = membership.profile_no
    inner join identity.person_name as named on membership.person_no = named.person_no
    where known.person_id <> named.person_id
    group by known.person_id, named.person_id
)

-- an id that nobody has any more went into another; else part of a person left it
select
    as_of() as changed_on,
    case when kept.person_id is null then 'merged' else 'split' end as event,
    moved.person_id,
    moved.former_id,
    moved.records
from moved
left join identity.person_name as kept on moved.former_id = kept.person_id
order by moved.person_id, moved.former_id;
