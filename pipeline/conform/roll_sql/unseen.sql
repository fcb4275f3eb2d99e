-- Lists that history was not taken from yet. A copy is a list of its own where it says its day: nothing changed till
-- then; without one it is no new list, whatever it is called.
create or replace temp table unseen_list as
with listed as (
    select
        source,
        source_file,
        coalesce(any_value(copy_of), source_file) as read_from,
        any_value(sha256) as sha256,
        min(exported_on) as exported_on,
        min(first_loaded_at) as first_loaded_on
    from main.deliveries
    where
        source in ('vocational_students', 'technical_students', 'k12_students', 'higher_students')
        and (
            status = 'loaded' and rows_loaded > 0
            or status = 'copy' and exported_on is not null
        )
        and ($paths is null or list_contains($paths, coalesce(copy_of, source_file)))
    group by source, source_file
),

same_content as (
    select
        source,
        sha256,
        min(seen_on) as seen_on
    from work.roll_list
    group by source, sha256
)

select
    listed.source,
    listed.source_file,
    listed.read_from,
    listed.sha256,
    case
        -- Nobody exports tomorrow.
        when listed.exported_on is not null then least(listed.exported_on, listed.first_loaded_on)
        else coalesce(same_content.seen_on, listed.first_loaded_on)
    end as seen_on
from listed
left join same_content on listed.source = same_content.source and listed.sha256 = same_content.sha256
left join work.roll_list as taken
    on
        listed.source = taken.source
        and listed.source_file = taken.source_file
        and listed.sha256 = taken.sha256
where taken.sha256 is null;

create or replace temp table sighting (
    registry varchar,
    school_code varchar,
    student_no varchar,
    name varchar,
    id_number varchar,
    birth_date date,
    status varchar,
    grade varchar,
    class_name varchar,
    major_code varchar,
    study_form varchar,
    entry_month integer,
    registered_on date,
    expected_end integer,
    left_on date,
    source_file varchar,
    seen_on date
);
