-- Every fault that intake and typing recorded, in one shape: of a row, of a cell of a row rejected or loaded, or an
-- identity number that was taken as it is though it cannot be right.
create or replace view told_fault as
select
    source_file,
    sheet,
    source_row,
    column_name,
    false as is_damage,
    -- How many more columns there are differs from row to row: each is told of on its own.
    regexp_replace(reason, ' \(and \d+ more columns\)$', '') as reason
from rejected_rows
union all
select
    source_file,
    sheet,
    source_row,
    column_name,
    false as is_damage,
    reason
from rejected_cells
union all
select
    source_file,
    sheet,
    source_row,
    column_name,
    false as is_damage,
    regexp_replace(issue, '; left empty$', '') as reason
from cell_issues
union all
select
    source_file,
    sheet,
    source_row,
    column_name,
    true as is_damage,
    case damage
        when 'rounded'
            then 'was rounded by Excel, its last digits are lost; enter it again as text, from the document'
        when 'scientific'
            then 'was cut down to a few digits by Excel (1.1E+17); enter it again as text, from the document'
        when 'bad_check' then 'has a wrong check digit; compare it with the document'
        when 'bad_date' then 'holds no possible day of birth; compare it with the document'
        when 'masked' then 'has digits replaced by marks; export it in full'
        when 'short' then 'has too few digits; compare it with the document'
        when 'long' then 'has too many digits; compare it with the document'
        when 'placeholder' then 'is a placeholder and no number; fill it in, or leave it empty'
    end as reason
from identity_cells
-- Other spellings, numbers of fifteen digits, temporary and foreign ones are read for what they are.
where damage in ('rounded', 'scientific', 'bad_check', 'bad_date', 'masked', 'short', 'long', 'placeholder');
