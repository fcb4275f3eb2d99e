-- Files that list somebody of a school of which another file of the same name lists somebody too: few, most nights.
create or replace temp table listed_school as
with of_file as (
    select
        source_file,
        school_code
    from listed_row
    union
    select
        source_file,
        school_code
    from work.replaced_key
    where source = $source
)

select
    listed_file.file_no,
    called.list_name,
    of_file.school_code,
    count(*) over (partition by called.list_name, of_file.school_code) > 1 as is_shared
from of_file
inner join listed_file on of_file.source_file = listed_file.source_file
inner join called on of_file.source_file = called.source_file
