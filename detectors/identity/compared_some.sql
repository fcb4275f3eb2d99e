-- On a night on which little is new few profiles are compared; each pair looks at them many times.
create or replace temp table profile_met as
with met as (
    select candidate.profile_a as profile_no
    from candidate

    union

    select candidate.profile_b as profile_no
    from candidate
)

select profile.*  -- noqa: AM04
from identity.profile as profile
semi join met on profile.profile_no = met.profile_no;

create or replace temp macro compared_profile() as table
    select profile.*  -- noqa: AM04
    from profile_met as profile;
