-- Pairs of profiles that share a key, of which at least one is to be compared anew. What a large block leaves out was
-- counted in blocks.sql: there each is compared only with namesakes and, if those are too many, with the first of them.
create or replace temp table candidate as
with held as (
    select
        profile.profile_no,
        profile.number
    from identity.profile as profile
    semi join identity.repair as repair on profile.number = repair.repaired_number
    where profile.number_class = 'valid'

    union

    select
        profile.profile_no,
        profile.known_number as number
    from identity.profile as profile
    semi join identity.repair as repair on profile.known_number = repair.repaired_number
),

met as (
    select
        key.kind,
        key.value,
        key.profile_no
    from key_met() as key
    anti join identity.split_block as split
        on key.kind = split.kind and key.value = split.value

    union all

    select
        key.kind,
        key.value || '|' || coalesce(profile.name_class, '') as value,
        key.profile_no
    from key_met() as key
    inner join identity.split_block as split
        on key.kind = split.kind and key.value = split.value
    inner join identity.profile as profile on key.profile_no = profile.profile_no
),

counted as (
    select
        met.kind,
        met.value,
        met.profile_no,
        row_number() over (partition by met.kind, met.value order by met.profile_no) = 1 as is_first,
        count(*) over (partition by met.kind, met.value) as profiles
    from met
    qualify profiles > 1
),

ranked as (
    select
        counted.kind,
        counted.value,
        counted.profile_no,
        -- still too large: each with the first only
        counted.is_first or counted.profiles <= $block_profiles as meets_all,
        -- the first digits of a number bring it to a rounded one, not to all others of its day and place
        counted.kind <> 'first_digits' or profile.number_class = 'rounded' as is_asking
    from counted
    inner join identity.profile as profile on counted.profile_no = profile.profile_no
),

found as (
    select
        one.profile_no as profile_a,
        other.profile_no as profile_b,
        one.kind
    from ranked as one
    inner join ranked as other
        on
            one.kind = other.kind
            and one.value = other.value
            and one.profile_no < other.profile_no
    where one.meets_all and (one.is_asking or other.is_asking)

    union all

    select
        least(damaged.profile_no, holder.profile_no) as profile_a,
        greatest(damaged.profile_no, holder.profile_no) as profile_b,
        'repaired' as kind
    from identity.repair as repair
    inner join identity.profile as damaged on repair.number = damaged.number
    inner join held as holder on repair.repaired_number = holder.number
    where damaged.profile_no <> holder.profile_no

    union all

    select
        least(one.profile_no, other.profile_no) as profile_a,
        greatest(one.profile_no, other.profile_no) as profile_b,
        'asked' as kind
    from identity.asked as asked
    inner join identity.row_profile as one on asked.record_id_a = one.record_id
    inner join identity.row_profile as other on asked.record_id_b = other.record_id
    where one.profile_no <> other.profile_no
)

select
    found.profile_a,
    found.profile_b,
    string_agg(distinct found.kind, ',' order by found.kind) as kinds
from found
where
    found.profile_a in (select dirty.profile_no from dirty)
    or found.profile_b in (select dirty.profile_no from dirty)
group by found.profile_a, found.profile_b;
