/*
reads: [feature.dual_enrolment, feature.approved_transfer]
comment: >-
  Approved transfers between the two schools of a dual enrolment, seen from its first: the student arrives there, or
  leaves it; and the day on which the enrolment that is left was closed (today, where it is open). A side of a transfer
  that nobody named may be either.
*/
select
    pair.record_id,
    pair.other_record_id,
    transfer.changed_on,
    true as is_arrival,
    coalesce(pair.other_ended_on, as_of()) as closed_on
from feature.dual_enrolment as pair
inner join feature.approved_transfer as transfer
    on
        pair.person_id = transfer.person_id
        and coalesce(transfer.from_school_code, pair.other_school_code) = pair.other_school_code
        and coalesce(transfer.to_school_code, pair.school_code) = pair.school_code
union all
select
    pair.record_id,
    pair.other_record_id,
    transfer.changed_on,
    false as is_arrival,
    coalesce(pair.ended_on, as_of()) as closed_on
from feature.dual_enrolment as pair
inner join feature.approved_transfer as transfer
    on
        pair.person_id = transfer.person_id
        and coalesce(transfer.from_school_code, pair.school_code) = pair.school_code
        and coalesce(transfer.to_school_code, pair.other_school_code) = pair.other_school_code
