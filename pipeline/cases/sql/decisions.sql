-- The decision that counts for each case tonight, and whether it still holds.
create or replace temp table decision as
-- What the evidence was when the inspector looked: on the night of the case file, else on the day of the decision.
with seen_by_inspector as (
    select
        agreed.case_id,
        max_by(sighting.evidence_digest, sighting.as_of) as evidence_digest
    from agreed
    inner join work.sighting as sighting
        on
            agreed.case_id = sighting.case_id
            and sighting.is_found
            and sighting.as_of <= coalesce(agreed.batch_on, agreed.decided_on)
    group by agreed.case_id
),

dated as (
    select
        agreed.*,
        seen_by_inspector.evidence_digest as digest_then,
        content.evidence_digest as digest_now,
        case
            when agreed.decision = '不属实'
                then coalesce(agreed.valid_until, agreed.decided_on + cast($decision_days as integer))
            else agreed.valid_until
        end as decision_until
    from agreed
    left join seen_by_inspector on agreed.case_id = seen_by_inspector.case_id
    left join content on agreed.case_id = content.case_id
)

select
    case_id,
    decision,
    decided_on,
    decision_until,
    reason_kind,
    refund_due,
    refund_done,
    is_closed,
    case
        when decision is null then 'conflict'
        when decision = '待核' then 'pending'
        when decision_until < $as_of then 'expired'
        when decision = '不属实' and digest_then <> digest_now then 'evidence_changed'
        when
            decision <> '不属实'
            and is_closed
            and digest_now is not null
            and decided_on + cast($closing_days as integer) < $as_of
            then 'closed_but_found'
        else 'holds'
    end as decision_state
from dated;
