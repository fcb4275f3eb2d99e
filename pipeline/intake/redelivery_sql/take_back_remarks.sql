-- Remarks are made anew whenever files of the source changed.
update main.deliveries
set
    message = left(message, length(message) - length(remark)),
    remark = null
where
    source = $source
    and remark is not null
