insert into work.replaced_key
-- A row that a file has twice is one key.
select distinct
    $source,
    listed_row.source_file,
    listed_row.school_code,
    listed_row.row_key
from listed_row
inner join successor on listed_row.source_file = successor.source_file
where not successor.is_known
order by all
