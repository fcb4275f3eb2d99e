-- Which sources came at all: a sheet whose headings were recognised counts, even if it holds no row, but not a template
-- that nobody filled in. A blank sheet or one of notes says nothing about what it does not list.
insert into core.delivered
select
    source,
    sum(rows_loaded) as rows
from deliveries
where status = 'loaded' and (rows_read > 0 or source_file not like '%.template.xlsx')
group by source
order by source;

create or replace macro is_delivered(wanted) as
exists (
    select 1 from core.delivered as sent
    where sent.source = wanted
);
