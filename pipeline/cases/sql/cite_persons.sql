-- Most of the mentioned rows name a person: their places are in one table.
update cited_record
set
    source = row_of.source,
    source_file = row_of.source_file,
    sheet = coalesce(row_of.sheet, ''),
    source_row = row_of.source_row
from core.person_record as row_of
where cited_record.record_id = row_of.record_id;

select count(*) as unplaced
from cited_record
where source is null;
