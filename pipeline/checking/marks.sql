-- Every row of a sheet that was taken for data, with what is wrong in it; rows of nothing wrong come with no reason.
-- The relation `taken` is the typed table of the sheet's source.
select
    source_row,
    column_name,
    is_damage,
    reason
from told_fault
where source_file = $source_file and sheet = $sheet
union all
select
    source_row,
    null as column_name,
    false as is_damage,
    null as reason
from taken
where source_file = $source_file and sheet = $sheet
order by source_row, column_name nulls first, is_damage, reason
