-- Cases a detector: what is live, what came of those decided.
select
    detector_id,
    any_value(title order by title) as title,
    min(severity) as severity,
    count(*) filter (where status in ('new', 'open', 'reopened')) as live,
    count(*) filter (where status in ('new', 'open', 'reopened') and verdict = 'needs_evidence') as needs_evidence,
    count(*) filter (where status = 'new') as new_cases,
    count(*) filter (where status = 'gone') as gone,
    coalesce(sum(amount_paid) filter (where status in ('new', 'open', 'reopened')), 0) as amount_paid,
    count(*) filter (where decision in ('属实', '部分属实')) as confirmed,
    count(*) filter (where decision in ('属实', '部分属实', '不属实')) as decided
from main.cases
group by detector_id
order by severity, live desc, detector_id;
