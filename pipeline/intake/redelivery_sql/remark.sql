-- Two files that list mostly the same, and no two days that tell which is newer: both count until somebody says.
update main.deliveries
set
    remark = if(deliveries.message = '', '', '; ') || undecided.told,
    message = deliveries.message || if(deliveries.message = '', '', '; ') || undecided.told
from (
    with pair as (
        select
            old_file as source_file,
            new_file as other_file
        from overlap
        where old_day is null or new_day is null or old_day = new_day
        union
        select
            new_file as source_file,
            old_file as other_file
        from overlap
        where old_day is null or new_day is null or old_day = new_day
    )

    select
        source_file,
        concat(
            'lists mostly what ',
            min(other_file),
            if(count(*) > 1, ' and ' || (count(*) - 1) || ' more list', ' lists'),
            ', and no days of export tell which is newer, so all of it counts; put the day of export into the file ',
            'names (…20241115.xlsx), or delete the older file'
        ) as told
    from pair
    where
        source_file not in (select successor.source_file from successor)
        and other_file not in (select successor.source_file from successor)
    group by source_file
) as undecided
where
    deliveries.source_file = undecided.source_file
    and deliveries.status = 'loaded'
