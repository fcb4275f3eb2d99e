-- The figures on top. The same payment may stand in several cases of one person, and in the case of a school or a class
-- whose students have cases of their own; it is counted once.
with live as (
    select
        case_id,
        person_id,
        amount_paid,
        amount_estimated
    from main.cases
    where status in ('new', 'open', 'reopened')
),

-- A school's case that rests on a row on which a person's case with money rests as well.
told_by_persons as (
    select of_school.case_id
    from live as of_school
    inner join main.case_records as shown on of_school.case_id = shown.case_id
    inner join main.case_records as also_shown
        on
            shown.source = also_shown.source
            and shown.source_file = also_shown.source_file
            and shown.sheet = also_shown.sheet
            and shown.source_row = also_shown.source_row
    inner join live as of_person on also_shown.case_id = of_person.case_id
    where
        of_school.person_id is null
        and of_person.person_id is not null
        and coalesce(of_person.amount_paid, of_person.amount_estimated) > 0
),

by_subject as (
    select
        coalesce(live.person_id, live.case_id) as subject,
        max(live.amount_paid) as amount_paid,
        max(live.amount_estimated) as amount_estimated
    from live
    anti join told_by_persons on live.case_id = told_by_persons.case_id
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
