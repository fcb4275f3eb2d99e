-- The other cells at fault of rejected rows, required or not.
insert into rejected_cells (source, source_file, sheet, source_row, column_name, reason)
with told as (
    select
        row_number,
        position,
        source_file,
        sheet,
        source_row,
        column_name,
        said,
        bool_or(is_required) over (partition by row_number) as is_rejected,
        row_number() over (partition by row_number order by is_required desc, position) as place
    from faults
)

select
    $source,
    source_file,
    sheet,
    source_row,
    column_name,
    said as reason
from told
where is_rejected and place > 1
order by row_number, position;
