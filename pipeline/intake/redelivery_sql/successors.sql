-- Each file that a newer export repeats, with the newest of these; the path decides between two of one day.
create or replace temp table successor as
select
    overlap.old_file as source_file,
    overlap.new_file as replaced_by,
    overlap.new_day as replaced_on,
    overlap.rows_missing,
    listed_file.status = 'replaced' as is_known
from overlap
inner join listed_file on overlap.old_file = listed_file.source_file
where overlap.old_day < overlap.new_day
qualify
    row_number() over (
        partition by overlap.old_file
        order by overlap.new_day desc, overlap.new_file asc
    ) = 1
