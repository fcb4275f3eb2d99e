-- What became of the rows of a sheet: loaded is what was typed, rejected what failed here or in reading.
create or replace temp table sheet_account as
with delivery as (
    select
        source_file,
        sheet
    from deliveries
    where source = $source
),

typed as (
    select
        source_file,
        sheet,
        count(*) filter (where len(problems) = 0) as loaded,
        count(*) filter (where len(problems) > 0) as rejected
    from typing_row
    group by source_file, sheet
),

unread as (
    select
        source_file,
        sheet,
        count(*) as unread
    from rejected_rows
    where source = $source and stage = 'read'
    group by source_file, sheet
)

select
    delivery.source_file,
    delivery.sheet,
    coalesce(typed.loaded, 0) as loaded,
    coalesce(typed.rejected, 0) + coalesce(unread.unread, 0) as rejected
from delivery
left join typed
    on delivery.source_file = typed.source_file and delivery.sheet = typed.sheet
left join unread
    on delivery.source_file = unread.source_file and delivery.sheet = unread.sheet;
