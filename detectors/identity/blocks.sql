-- Blocks of profiles that share a key; those too large are split by name, and whose pairs have to be found anew.
create or replace temp table split_tonight as
select
    known.kind,
    known.value_digest,
    known.profiles,
    known.value
from identity.split_block as known
where hash(known.kind, known.value) not in (select touched.block from touched_block as touched)

union all

select
    key.kind,
    md5(key.value) as value_digest,
    count(*) as profiles,
    key.value
from counted_key() as key
group by key.kind, key.value
having count(*) > $block_profiles;

-- names that so many profiles bear that to bear one says little
create or replace temp table common_tonight as
with frequency as (
    select
        profile.name_class,
        count(*) >= 20 and count(*) / sum(count(*)) over () > $common_share as is_common
    from identity.profile as profile
    where profile.name_class is not null
    group by profile.name_class
)

select frequency.name_class
from frequency
where frequency.is_common;

create or replace temp table asked_tonight as
select row_profile.profile_no
from (
    select unnest([asked.record_id_a, asked.record_id_b]) as record_id
    from identity.asked as asked
) as asked
inner join identity.row_profile as row_profile on asked.record_id = row_profile.record_id
group by row_profile.profile_no;

create or replace temp table dirty as
with large as (
    select hash(split.kind, split.value) as block
    from split_tonight as split

    union

    select hash(split.kind, split.value) as block
    from identity.split_block as split
),

-- who is first in a large block, and whether it is one, depends on all that are in it
unsettled as (
    select large.block
    from large
    semi join touched_block on large.block = touched_block.block
),

renamed as (
    select coalesce(tonight.name_class, known.name_class) as name_class
    from common_tonight as tonight
    full join identity.common_name as known on tonight.name_class = known.name_class
    where tonight.name_class is null or known.name_class is null
)

select changed_content.profile_no
from changed_content

union

select key.profile_no
from identity.key as key
semi join unsettled on key.block = unsettled.block

union

select profile.profile_no
from identity.profile as profile
semi join renamed on profile.name_class = renamed.name_class

union

select asked_tonight.profile_no
from asked_tonight

union

select known.profile_no
from identity.asked_profile as known;

create or replace table identity.split_block as
select
    split.kind,
    split.value_digest,
    split.profiles,
    split.value
from split_tonight as split;

create or replace table identity.common_name as
select tonight.name_class
from common_tonight as tonight;

create or replace table identity.asked_profile as
select asked_tonight.profile_no
from asked_tonight;
