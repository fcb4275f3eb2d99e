-- What a person has to put right about decisions, found when they are applied.
insert into main.review_issues by name
with seen as (
    select case_id from standing
)

select
    reviews.source_file,
    reviews.sheet,
    reviews.source_row,
    reviews.case_id,
    'unknown_case' as issue,
    '线索编号 is no case of this workspace; compare it with the case file that was handed out' as message
from main.reviews as reviews
left join seen on reviews.case_id = seen.case_id
where seen.case_id is null

union all

select
    reviews.source_file,
    reviews.sheet,
    reviews.source_row,
    reviews.case_id,
    'decided_later' as issue,
    '反馈日期 lies after the night; the decision counts from that day on' as message
from main.reviews as reviews
inner join seen on reviews.case_id = seen.case_id
where
    reviews.decision is not null
    and reviews.decided_on > $as_of

union all

select
    reviews.source_file,
    reviews.sheet,
    reviews.source_row,
    reviews.case_id,
    decision.decision_state as issue,
    case decision.decision_state
        when 'conflict' then 'two files of one day conclude differently; the case stays open until one is taken out'
        when 'expired' then 'the decision has expired and the case is found again; decide anew or extend 有效期至'
        when 'evidence_changed' then 'the evidence has changed since 不属实 was decided; look at it again'
        else 'closed (销号) but still in the data; the registry was not put right'
    end as message
from main.reviews as reviews
inner join decision
    on
        reviews.case_id = decision.case_id
        and reviews.decided_on = decision.decided_on
inner join standing
    on
        decision.case_id = standing.case_id
        and standing.is_there
where
    decision.decision_state in ('conflict', 'expired', 'evidence_changed', 'closed_but_found')
    and reviews.decision is not null
order by all;
