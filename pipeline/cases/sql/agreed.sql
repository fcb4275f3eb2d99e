-- What inspectors say last of each case, where they agree.
create or replace temp table agreed as
with known as (
    select
        case_id,
        decision,
        decided_on,
        batch_on,
        valid_until,
        reason_kind,
        refund_due,
        refund_done,
        closed
    from main.reviews
    where
        decision is not null
        and decided_on <= $as_of
),

latest as (
    select
        case_id,
        max(decided_on) as decided_on
    from known
    group by case_id
)

-- Two different conclusions of one day: nobody's word counts until one of them is withdrawn.
select
    known.case_id,
    known.decided_on,
    max(known.batch_on) as batch_on,
    case when count(distinct known.decision) = 1 then max(known.decision) end as decision,
    max(known.valid_until) as valid_until,
    max(known.reason_kind) as reason_kind,
    max(known.refund_due) as refund_due,
    max(known.refund_done) as refund_done,
    bool_or(known.closed) as is_closed
from known
inner join latest
    on
        known.case_id = latest.case_id
        and known.decided_on = latest.decided_on
group by known.case_id, known.decided_on;
