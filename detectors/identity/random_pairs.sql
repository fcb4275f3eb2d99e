-- Pairs met at random are all but surely two people: what they have in common is chance.
create or replace table identity.candidate as
with stride as (
    select
        unnest([7919, 15485863, 32452843, 49979687]) as step,
        (select count(*) from identity.profile) as profiles
),

met as (
    select
        profile.profile_no as one,
        (profile.profile_no * 31 + stride.step) % stride.profiles as other
    from identity.profile as profile
    cross join stride
)

select
    least(met.one, met.other) as profile_a,
    greatest(met.one, met.other) as profile_b,
    'random' as kinds
from met
where met.one <> met.other
group by profile_a, profile_b;
