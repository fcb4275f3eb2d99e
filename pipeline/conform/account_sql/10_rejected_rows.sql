-- A rejected row once, under the first of its required cells at fault.
insert into rejected_rows (source, source_file, sheet, source_row, column_name, reason, stage)
with rejecting as (
    select
        row_number,
        source_file,
        sheet,
        source_row,
        column_name,
        said,
        row_number() over (partition by row_number order by position) as place,
        count(*) over (partition by row_number) - 1 as others
    from faults
    where is_required
)

select
    $source,
    source_file,
    sheet,
    source_row,
    column_name,
    said || case when others > 0 then ' (and ' || others || ' more columns)' else '' end as reason,
    'type' as stage
from rejecting
where place = 1
order by row_number;
