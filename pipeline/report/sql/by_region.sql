-- Live cases a region and severity.
select
    coalesce(region_name, region_code, '未标明地区') as region,
    count(*) filter (where severity = 'A') as a,
    count(*) filter (where severity = 'B') as b,
    count(*) filter (where severity = 'C') as c,
    count(*) filter (where severity = 'D') as d,
    count(*) filter (where status = 'new') as new_cases,
    count(*) filter (where due_on < $as_of) as overdue
from main.cases
where status in ('new', 'open', 'reopened')
group by all
order by a desc, b desc, c desc, d desc, region;
