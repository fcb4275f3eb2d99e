-- Pairs of files of one name of which one lists at least half of what the other does, and all its schools.
create or replace temp table overlap as
with size as (
    select
        file_no,
        count(*) as row_keys
    from listed_key
    group by file_no
    having 2 * count(*) filter (where is_repeated) >= count(*)
),

repeated as (
    select
        old_key.file_no as old_no,
        new_key.file_no as new_no,
        count(*) as row_keys
    from listed_key as old_key
    inner join listed_key as new_key
        on
            old_key.row_key = new_key.row_key
            and old_key.file_no <> new_key.file_no
    where
        old_key.is_repeated
        and new_key.is_repeated
        and old_key.file_no in (select size.file_no from size)
    group by old_key.file_no, new_key.file_no
),

school as (
    select
        file_no,
        any_value(list_name) as list_name,
        list(school_code) as school_codes
    from listed_school
    group by file_no
)

select
    old_file.source_file as old_file,
    new_file.source_file as new_file,
    old_file.exported_on as old_day,
    new_file.exported_on as new_day,
    size.row_keys - repeated.row_keys as rows_missing
from repeated
inner join size on repeated.old_no = size.file_no
inner join listed_file as old_file on repeated.old_no = old_file.file_no
inner join listed_file as new_file on repeated.new_no = new_file.file_no
inner join school as old_school on repeated.old_no = old_school.file_no
inner join school as new_school on repeated.new_no = new_school.file_no
where
    2 * repeated.row_keys >= size.row_keys
    and old_school.list_name = new_school.list_name
    and list_has_all(new_school.school_codes, old_school.school_codes)
