create or replace table identity.membership as
select
    joined.profile_no,
    joined.person_no,
    joined.link_a,
    joined.link_b
from joined_profiles as joined;

create or replace table identity.unjoined as
select
    unjoined.profile_a,
    unjoined.profile_b,
    unjoined.reason
from unjoined_links as unjoined;
