-- Enrolments as the registries tell them, one of each; dates and status are reconciled in 60_enrolment.
-- What a status says of a spell: 其他 says neither that it goes on nor that it is over, so nothing is proven of it.
create or replace macro standing(status) as
case
    when status in ('active', 'resumed') then 'active'
    when status in ('suspended', 'stopped', 'reserved', 'other') then 'held'
    else 'ended'
end;

create or replace table work.spell as
-- Exports pasted together, and snapshots of several days, deliver the same enrolment more than once: the copy that
-- knows most of its end is kept. The level is part of it: 中级工 and 高级工 are two enrolments.
with number_given_twice as (
    select
        registry,
        upper(student_no) as number_key
    from work.delivered_spell
    group by registry, upper(student_no)
    having count(*) > 1
),

-- Few rows: folding names and numbers of all would take most of the step.
ranked as (
    select
        spell.record_id,
        count(*) over copies_of_one as copies,
        row_number() over (
            copies_of_one
            order by
                case standing(spell.status) when 'ended' then 0 when 'held' then 2 else 3 end
                - case when spell.left_on is null then 0 else 1 end,
                spell.source_file,
                spell.sheet,
                spell.source_row
        ) as copy_no
    from work.delivered_spell as spell
    inner join number_given_twice
        on spell.registry = number_given_twice.registry and upper(spell.student_no) = number_given_twice.number_key
    window copies_of_one as (
        partition by
            spell.registry,
            spell.stage,
            spell.school_code,
            upper(spell.student_no),
            name_key(spell.name),
            id_normalise(spell.id_number),
            spell.entry_month,
            spell.level
    )
),

entered as (
    select
        spell.*,
        coalesce(ranked.copies, 1) as copies,
        coalesce(entry_on, make_date(entry_month // 100, entry_month % 100, 1)) as entered_on,
        -- The school year of entry: a spring entry counts to the year before.
        entry_month // 100 - case when entry_month % 100 < 7 then 1 else 0 end as cohort,
        coalesce(
            program_years,
            case
                when registry = 'higher' and level in ('本科', '高起本') then 4
                when registry = 'higher' and level = '专升本' then 2
                when segment_mode like '%五年%' then 5
                when level = 'advanced' and coalesce(entrant_type like 'junior%', true) then 5
                when level = 'technician' and coalesce(entrant_type like 'junior%', true) then 6
                when level = 'technician' then 4
                else 3
            end
        ) as years
    from work.delivered_spell as spell
    left join ranked on spell.record_id = ranked.record_id
    where coalesce(ranked.copy_no, 1) = 1
)

select
    entered.* exclude (school_code, school_name, study_form, left_on),  -- noqa: RF02,AM04
    coalesce(entered.study_form, 'full_time') as study_form,
    coalesce(known.school_code, entered.school_code) as school_code,
    coalesce(known.current_school_code, entered.school_code) as current_school_code,
    coalesce(entered.school_name, known.school_name) as school_name,
    known.region_code,
    -- Who left long before entering left some other spell: named in cell_issues by 85_unusable_cells.
    case when entered.left_on >= entered.entered_on - 92 then entered.left_on end as left_on,
    entered.left_on as stated_left_on,
    coalesce(
        case when entered.expected_on > entered.entered_on then entered.expected_on end,
        case
            when entered.expected_month > entered.entry_month
                then make_date(entered.expected_month // 100, entered.expected_month % 100, 15)
        end,
        -- Autumn entrants end in July, spring entrants at the end of January.
        case
            when entered.entry_month % 100 >= 7 then make_date(entered.cohort + ceil(entered.years)::integer, 7, 15)
            else make_date(entered.entry_month // 100 + ceil(entered.years)::integer, 1, 31)
        end
    ) as expected_end_on
from entered
left join work.school_code as known on entered.school_code = known.written_code;
