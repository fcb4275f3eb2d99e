create or replace table identity.membership as
select
    node.profile_no,
    joined.person_no,
    one.profile_no as link_a,
    other.profile_no as link_b
from joined_profiles as joined
inner join node on joined.place = node.place
left join node as one on joined.link_a = one.place
left join node as other on joined.link_b = other.place;

create or replace table identity.unjoined as
select
    one.profile_no as profile_a,
    other.profile_no as profile_b,
    unjoined.reason
from unjoined_links as unjoined
inner join node as one on unjoined.place_a = one.place
inner join node as other on unjoined.place_b = other.place;
