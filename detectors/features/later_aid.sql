/*
reads: [core.enrolment, feature.aid_claim]
comment: >-
  Aid that the school of an enrolment, or its successor, was paid for the person, by term; a detector that knows the day
  of leaving adds it up from that day on.
*/
select
    enrolment.record_id,
    claim.benefit_from,
    claim.benefit_to,
    claim.aid_item,
    claim.amount,
    claim.record_ids
from core.enrolment as enrolment
inner join feature.aid_claim as claim
    on
        enrolment.person_id = claim.person_id
        and enrolment.registry = claim.registry
        and enrolment.current_school_code = claim.current_school_code
