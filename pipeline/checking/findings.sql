-- What is wrong with a sheet, the same thing once: by column and reason, with the first rows it is found in.
select
    column_name,
    is_damage,
    reason,
    count(*) as places,
    list_slice(list(source_row order by source_row), 1, $shown) as source_rows
from told_fault
where source_file = $source_file and sheet = $sheet
group by column_name, is_damage, reason
order by places desc, column_name nulls first, reason
