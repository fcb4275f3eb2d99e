select
    count(*) filter (where status = 'new') as new,
    count(*) filter (where status = 'open') as open,
    count(*) filter (where status = 'reopened') as reopened,
    count(*) filter (where status = 'gone') as gone,
    count(*) filter (where status = 'decided') as decided,
    (select count(*) from main.review_issues) as review_issues
from main.cases;
