-- Cells left empty in rows that are loaded.
insert into cell_issues (source, source_file, sheet, source_row, column_name, issue)
select
    $source,
    source_file,
    sheet,
    source_row,
    column_name,
    said || '; left empty' as issue
from faults
qualify not bool_or(is_required) over (partition by row_number)
order by row_number, position;
