-- The figures on top. The same payment may stand in several cases of one person; it is counted once.
with by_subject as (
    select
        coalesce(person_id, case_id) as subject,
        max(amount_paid) as amount_paid,
        max(amount_estimated) filter (where amount_paid is null) as amount_estimated
    from main.cases
    where status in ('new', 'open', 'reopened')
    group by all
),

money as (
    select
        coalesce(sum(amount_paid), 0) as paid,
        coalesce(sum(amount_estimated) filter (where amount_paid is null), 0) as estimated
    from by_subject
)

select
    count(*) filter (where cases.status in ('new', 'open', 'reopened')) as live,
    count(*) filter (where cases.status in ('new', 'open', 'reopened') and cases.severity = 'A') as severity_a,
    count(*) filter (where cases.status = 'new') as new_cases,
    count(*) filter (where cases.status = 'reopened') as reopened,
    count(*) filter (where cases.status = 'gone' and cases.last_changed_on = $as_of) as gone,
    count(*) filter (where cases.status = 'decided') as decided,
    count(*) filter (where cases.status in ('new', 'open', 'reopened') and cases.due_on < $as_of) as overdue,
    any_value(money.paid) as paid,
    any_value(money.estimated) as estimated,
    coalesce(sum(cases.refund_due), 0) as refund_due,
    coalesce(sum(cases.refund_done), 0) as refund_done
from money
left join main.cases as cases on true;
