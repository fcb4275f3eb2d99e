-- What is wrong with columns of a sheet from top to bottom.
select
    column_name,
    issue,
    cells
from column_issues
where source_file = $source_file and sheet = $sheet
order by column_name, issue
