-- Names in which most rows lost characters: the list went through an encoding without them.
insert into main.column_issues
with counted as (
    select
        source_file,
        sheet,
        count(*) filter (where regexp_matches(written, '[?？�]')) as cells,
        count(*) as of_cells
    from delivered_column
    group by source_file, sheet
)

select
    $source as of_source,
    source_file,
    sheet,
    $column_name as in_column,
    'lost_characters' as kind,
    cells,
    of_cells,
    $header || '：' || of_cells || ' 格中 ' || cells || ' 格的汉字变成了问号，请用 UTF-8 或 .xlsx 重新导出 ('
    || cells || ' of ' || of_cells || ' cells hold ? for lost characters; export again as UTF-8 or .xlsx)' as issue
from counted
where cells >= 5 and cells >= 0.9 * of_cells
order by source_file, sheet;
