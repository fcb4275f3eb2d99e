-- The files of a source whose rows are in the warehouse, or were until a newer export replaced them.
create or replace temp table listed_file as
select
    source_file,
    any_value(status) as status,
    any_value(exported_on) as exported_on,
    any_value(replaced_by) as replaced_by,
    row_number() over (order by source_file) as file_no
from main.deliveries
where
    source = $source
    and (status = 'replaced' or (status = 'loaded' and rows_loaded > 0))
group by source_file
