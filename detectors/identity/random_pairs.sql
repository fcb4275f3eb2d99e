-- Pairs met at random are all but surely two people: what they have in common is chance.
create or replace temp table candidate as
with numbered as (
    select
        profile.profile_no,
        row_number() over (order by profile.profile_no) - 1 as place
    from identity.profile as profile
),

stride as (
    select
        unnest([7919, 15485863, 32452843, 49979687]) as step,
        (select count(*) from identity.profile) as profiles
),

met as (
    select
        numbered.profile_no as one,
        (numbered.place * 31 + stride.step) % stride.profiles as other_place
    from numbered
    cross join stride
)

select
    least(met.one, numbered.profile_no) as profile_a,
    greatest(met.one, numbered.profile_no) as profile_b,
    'random' as kinds
from met
inner join numbered on met.other_place = numbered.place
where met.one <> numbered.profile_no
group by profile_a, profile_b;
