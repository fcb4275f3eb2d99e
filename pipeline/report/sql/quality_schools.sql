-- Schools with their measures side by side, the one in need of most help first.
select
    coalesce(any_value(school_name), school_code) as school,
    max(denominator) filter (where metric = 'validity') as registrations,
    max(value) filter (where metric = 'completeness') as completeness,
    max(value) filter (where metric = 'validity') as validity,
    max(value) filter (where metric = 'consistency') as consistency,
    max(value) filter (where metric = 'uniqueness') as uniqueness,
    max(value) filter (where metric = 'timeliness') as timeliness,
    max(value) filter (where metric = 'unsuspected') as unsuspected
from main.data_quality
group by school_code
having max(denominator) filter (where metric = 'validity') >= $ranked_from
order by
    coalesce(max(value) filter (where metric = 'validity'), 0)
    + coalesce(max(value) filter (where metric = 'consistency'), 0)
    + coalesce(max(value) filter (where metric = 'completeness'), 0)
    + coalesce(max(value) filter (where metric = 'unsuspected'), 0),
    school_code
limit 15;
