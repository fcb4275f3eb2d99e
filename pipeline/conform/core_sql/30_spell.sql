-- The four registries in one shape, as delivered; dates and status are reconciled in 60_enrolment.
-- What a status says of a spell: 其他 says neither that it goes on nor that it is over, so nothing is proven of it.
create or replace macro standing(status) as
case
    when status in ('active', 'resumed') then 'active'
    when status in ('suspended', 'stopped', 'reserved', 'other') then 'held'
    else 'ended'
end;

create or replace table work.spell as
with delivered_spell as (
    select
        record_id,
        'vocational' as registry,
        'vocational' as stage,
        student_no,
        name,
        id_number,
        birth_date,
        sex,
        school_code,
        school_name,
        null as level,
        study_form,
        entrant_type,
        program_years::double as program_years,
        major_code,
        major_name,
        class_name,
        grade,
        segment_mode,
        joint_school_code,
        teaching_site,
        exam_no,
        aid_card,
        guardian_name,
        status,
        entry_month,
        null::date as entry_on,
        null::date as expected_on,
        expected_end as expected_month,
        registered_at,
        left_on,
        source_file,
        sheet,
        source_row,
        'vocational_students' as source
    from vocational_students
    union all by name
    select
        record_id,
        'technical' as registry,
        'technical' as stage,
        student_no,
        name,
        id_number,
        birth_date,
        sex,
        school_code,
        school_name,
        level,
        study_form,
        entrant_type,
        program_years::double as program_years,
        major_code,
        major_name,
        class_name,
        exam_no,
        aid_card,
        guardian_name,
        status,
        entry_month,
        expected_end as expected_month,
        registered_at,
        left_on,
        source_file,
        sheet,
        source_row,
        'technical_students' as source
    from technical_students
    union all by name
    select
        record_id,
        'k12' as registry,
        stage,
        student_no,
        name,
        id_number,
        birth_date,
        sex,
        school_code,
        school_name,
        'full_time' as study_form,
        grade,
        class_name,
        guardian_name,
        status,
        entry_month,
        registered_at,
        left_on,
        source_file,
        sheet,
        source_row,
        'k12_students' as source
    from k12_students
    union all by name
    select
        record_id,
        'higher' as registry,
        'higher' as stage,
        student_no,
        name,
        id_number,
        birth_date,
        sex,
        school_code,
        school_name,
        level,
        study_form,
        try_cast(program_years as double) as program_years,
        major_code,
        major_name,
        exam_no,
        status,
        year(entry_date)::integer * 100 + month(entry_date)::integer as entry_month,
        entry_date as entry_on,
        expected_end as expected_on,
        left_on,
        source_file,
        sheet,
        source_row,
        'higher_students' as source
    from higher_students
),

-- Exports pasted together, and snapshots of several days, deliver the same enrolment more than once: the copy that
-- knows most of its end is kept. The level is part of it: 中级工 and 高级工 are two enrolments.
counted as (
    select
        *,
        count(*) over copies_of_one as copies,
        row_number() over (
            copies_of_one
            order by
                case standing(status) when 'ended' then 0 when 'held' then 2 else 3 end
                - case when left_on is null then 0 else 1 end,
                source_file,
                sheet,
                source_row
        ) as copy_no
    from delivered_spell
    window copies_of_one as (
        partition by
            registry, stage, school_code, upper(student_no), name_key(name), id_normalise(id_number), entry_month, level
    )
),

entered as (
    select
        * exclude (copy_no),
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
    from counted
    where copy_no = 1
)

select
    entered.* exclude (school_code, school_name, study_form, left_on),  -- noqa: RF02
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
