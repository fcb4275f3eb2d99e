-- Columns that were damaged as a whole, for every school that has rows in the sheet.
with sheet_school as (
    select
        school_code,
        source_file,
        sheet
    from quality_row
    group by school_code, source_file, sheet
)

select
    sheet_school.school_code,
    column_issues.source_file,
    column_issues.sheet,
    column_issues.kind,
    column_issues.column_name,
    column_issues.issue
from column_issues
inner join sheet_school
    on
        column_issues.source_file = sheet_school.source_file
        and column_issues.sheet = sheet_school.sheet
order by all;
