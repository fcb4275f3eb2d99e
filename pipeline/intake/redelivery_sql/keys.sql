-- What files of shared schools list, a row once; and whether any other file lists it too.
create or replace temp table listed_key as
with shared as (
    select distinct file_no
    from listed_school
    where is_shared
),

all_keys as (
    select
        listed_file.file_no,
        listed_row.row_key
    from listed_row
    inner join listed_file on listed_row.source_file = listed_file.source_file
    where listed_file.file_no in (select shared.file_no from shared)
    union
    select
        listed_file.file_no,
        replaced_key.row_key
    from work.replaced_key
    inner join listed_file on replaced_key.source_file = listed_file.source_file
    where
        replaced_key.source = $source
        and listed_file.file_no in (select shared.file_no from shared)
)

select
    file_no,
    row_key,
    count(*) over (partition by row_key) > 1 as is_repeated
from all_keys
