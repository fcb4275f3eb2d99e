-- Cells that could be read but not used are named, not passed over in silence; each says so with these last words.
delete from cell_issues
where issue like '%; not used';

insert into cell_issues (source, source_file, sheet, source_row, column_name, issue)
select
    'aid_payments' as source,
    source_file,
    sheet,
    source_row,
    'school_year' as column_name,
    '学年: no school year (2023-2024), so the payment is judged in no term; correct the export; not used' as issue
from aid_payments
where school_year_begun(school_year, term) is null
order by source_file, sheet, source_row;

insert into cell_issues (source, source_file, sheet, source_row, column_name, issue)
select
    spell.source,
    spell.source_file,
    spell.sheet,
    spell.source_row,
    'left_on' as column_name,
    '离校日期: months before the month of entry; correct one of them in the exporting system; not used' as issue
from work.spell as spell
where spell.stated_left_on is not null and spell.left_on is null
order by spell.source_file, spell.sheet, spell.source_row;
