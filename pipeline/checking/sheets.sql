-- What each sheet came to.
select
    delivery.source,
    delivery.source_file,
    delivery.sheet,
    delivery.status,
    delivery.message,
    delivery.rows_read,
    delivery.rows_loaded,
    delivery.rows_rejected,
    count(issue.source_row) as cells_emptied
from deliveries as delivery
left join cell_issues as issue
    on
        delivery.source_file = issue.source_file
        and delivery.sheet = issue.sheet
group by all
order by delivery.source_file, delivery.sheet
