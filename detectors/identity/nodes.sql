-- Profiles and the pairs that bind them, by their place in the order of the profiles: graphs count from nought.
create or replace temp table node as
select
    profile.profile_no,
    row_number() over (order by profile.profile_no) - 1 as place
from identity.profile as profile;

create or replace temp table edge as
select
    one.place as place_a,
    other.place as place_b,
    judged.weight,
    judged.finding
from identity.judged as judged
inner join node as one on judged.profile_a = one.profile_no
inner join node as other on judged.profile_b = other.profile_no
where judged.finding <> 'apart';
