-- Cases seen on each of the last nights.
with counted as (
    select
        night.as_of,
        count(sighting.case_id) as cases
    from work.night as night
    left join work.sighting as sighting on night.as_of = sighting.as_of
    group by night.as_of
)

select
    as_of,
    cases
from counted
where as_of <= $as_of
qualify row_number() over (order by as_of desc) <= 30
order by as_of;
