-- Every former code with every code that carries it on. A split leaves the old school alive, so it carries nothing on.
insert into core.school_lineage
with recursive passed_on as (
    select
        old_code,
        new_code,
        happened_on,
        kind,
        1 as steps
    from school_events
    where new_code is not null and new_code <> old_code and kind not like '%分立%'
    union all
    select
        passed_on.old_code,
        later.new_code,
        later.happened_on,
        later.kind,
        passed_on.steps + 1 as steps
    from passed_on
    inner join school_events as later
        on
            passed_on.new_code = later.old_code
            -- A name-plate that was given away before this school joined it had been taken up again.
            and passed_on.happened_on <= later.happened_on
    where
        later.new_code is not null
        and later.new_code not in (passed_on.new_code, passed_on.old_code)
        and later.kind not like '%分立%'
        and passed_on.steps < 10
)

select
    old_code,
    new_code,
    max(happened_on) as happened_on,
    arg_max(kind, happened_on) as kind,
    min(steps) as steps
from passed_on
group by old_code, new_code;
