-- On a night on which most is new all keys are looked at, and all pairs are found anew.
insert into changed_content by name
select profile.profile_no
from identity.profile as profile
anti join changed_content as known on profile.profile_no = known.profile_no;

create or replace temp table touched_block as
select hash(split.kind, split.value) as block
from identity.split_block as split;

create or replace temp macro counted_key() as table
    select
        key.kind,
        key.value
    from identity.key as key;

create or replace temp macro key_met() as table
    select
        key.kind,
        key.value,
        key.profile_no
    from identity.key as key;
