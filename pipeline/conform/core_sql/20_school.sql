-- Schools as listed (the newest line of a code), then codes that only registries know.
insert into core.school
with listed as (
    select *
    from schools
    qualify row_number() over (
        partition by school_code order by valid_from desc nulls last, source_file, sheet, source_row
    ) = 1
),

named_in_a_registry as (
    select
        school_code,
        max(school_name) as school_name
    from (
        select
            school_code,
            school_name
        from vocational_students
        union all
        select
            school_code,
            school_name
        from technical_students
        union all
        select
            school_code,
            school_name
        from k12_students
        union all
        select
            school_code,
            school_name
        from higher_students
    ) as registered
    where school_code is not null
    group by school_code
),

given_away as (
    select
        old_code,
        max(happened_on) as happened_on
    from core.school_lineage
    where steps = 1
    group by old_code
),

successor as (
    select
        lineage.old_code,
        arg_max(lineage.new_code, (lineage.happened_on, lineage.steps, lineage.new_code)) as current_code
    from core.school_lineage as lineage
    inner join given_away on lineage.old_code = given_away.old_code
    left join listed on lineage.old_code = listed.school_code
    -- A restored name-plate lives again under its own code.
    where coalesce(listed.valid_from <= given_away.happened_on, true)
    group by lineage.old_code
)

select
    known.school_code,
    coalesce(listed.school_name, known.school_name) as school_name,
    listed.kind,
    listed.owner,
    listed.region_code,
    listed.region_name,
    listed.department,
    listed.valid_from,
    listed.valid_to,
    listed.capacity,
    coalesce(successor.current_code, known.school_code) as current_school_code,
    listed.school_code is not null as is_listed
from (
    select
        school_code,
        max(school_name) as school_name
    from (
        select
            school_code,
            null as school_name
        from listed
        union all
        select
            school_code,
            school_name
        from named_in_a_registry
        -- A five-digit code of a listed higher school is that school.
        where
            not (
                length(school_code) = 5
                and exists (
                    select 1 from listed
                    where
                        listed.kind in ('higher', 'adult_higher')
                        and right(listed.school_code, 5) = named_in_a_registry.school_code
                )
            )
        union all
        select
            old_code as school_code,
            null as school_name
        from core.school_lineage
        union all
        select
            new_code as school_code,
            null as school_name
        from core.school_lineage
    ) as named
    group by school_code
) as known
left join listed on known.school_code = listed.school_code
left join successor on known.school_code = successor.old_code
order by known.school_code;
