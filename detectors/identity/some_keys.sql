-- On a night on which little is new only the blocks are counted that a profile came to or left.
create or replace temp table touched_block as
select touched_key.block
from touched_key

union

select key.block
from identity.key as key
where
    key.kind = 'first_digits'
    or key.profile_no in (select changed.profile_no from changed_content as changed);

create or replace temp table key_counted as
select
    key.kind,
    key.value
from identity.key as key
semi join touched_block on key.block = touched_block.block;

create or replace temp macro counted_key() as table
    select
        counted.kind,
        counted.value
    from key_counted as counted;

-- filled when the blocks are counted
create or replace temp table dirty (profile_no uhugeint);

create or replace temp macro key_met() as table
    with block as (
        select key.block
        from identity.key as key
        semi join dirty on key.profile_no = dirty.profile_no
    )

    select
        key.kind,
        key.value,
        key.profile_no
    from identity.key as key
    semi join block on key.block = block.block;
