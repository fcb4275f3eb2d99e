-- Where the mentioned rows of one source lie.
update cited_record
set
    source = $source,
    source_file = delivered.source_file,
    sheet = coalesce(delivered.sheet, ''),
    source_row = delivered.source_row
from query_table($source_table) as delivered
where
    cited_record.source is null
    and cited_record.record_id = delivered.record_id;
