-- Birth dates that all lie four years and a day from those in the numbers: days counted from 1904, as old Macintosh
-- workbooks do, and read as counted from 1900, or the other way round.
insert into main.column_issues
with dated as (
    select
        source_file,
        sheet,
        case
            when replace(left(written, 10), '-', '') = substr(id_number, 7, 8) then 0
            else try_cast(left(written, 10) as date) - id_birth(id_number)
        end as days
    from delivered_column
    where length(id_number) = 18 and substr(written, 5, 1) = '-'
),

counted as (
    select
        source_file,
        sheet,
        count(*) filter (where abs(days) = 1462) as cells,
        count(*) as of_cells
    from dated
    where days is not null
    group by source_file, sheet
)

select
    $source as of_source,
    source_file,
    sheet,
    $column_name as in_column,
    'shifted_days' as kind,
    cells,
    of_cells,
    $header || '：' || of_cells || ' 个日期中 ' || cells || ' 个与证件号相差四年零一天，工作簿用了 1904 日期系统；请在 Excel 选项中取消后重新导出 ('
    || cells || ' of ' || of_cells || ' days lie four years and a day off: the workbook counts from 1904; '
    || 'turn that off in its options and export again)' as issue
from counted
where cells >= 5 and cells >= 0.9 * of_cells
order by source_file, sheet;
