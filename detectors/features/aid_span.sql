/*
reads: [feature.aid_claim, feature.concurrent_enrolment]
comment: >-
  From when to when a school was paid aid for a person of two concurrent enrolments, net of corrections, by registry:
  the last day of the first term and the first day of the last one.
*/
select
    claim.person_id,
    claim.registry,
    claim.current_school_code,
    min(claim.benefit_to) as first_aided_to,
    max(claim.benefit_from) as aided_from
from feature.aid_claim as claim
where
    claim.amount > 0
    and claim.person_id in (select together.person_id from feature.concurrent_enrolment as together)
group by claim.person_id, claim.registry, claim.current_school_code
