update main.deliveries
set
    status = 'replaced',
    replaced_by = successor.replaced_by,
    rows_replaced = coalesce(deliveries.rows_replaced, deliveries.rows_read),
    rows_read = 0,
    rows_loaded = 0,
    rows_rejected = 0,
    remark = null,
    message = concat(
        coalesce(deliveries.rows_replaced, deliveries.rows_read),
        ' rows, replaced by ',
        successor.replaced_by,
        ' of ',
        successor.replaced_on,
        if(successor.rows_missing > 0, '; ' || successor.rows_missing || ' rows of the file are not in that', '')
    )
from successor
where deliveries.source_file = successor.source_file
