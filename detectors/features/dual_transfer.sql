/*
reads: [feature.concurrent_enrolment, feature.approved_transfer, core.enrolment]
comment: >-
  Pairs of concurrent enrolments between whose schools a transfer was approved, seen from the first: how many days after
  the approval the pair became one enrolment (the joined one opened and the left one closed; counted to today where it
  is open), when the student arrived at the first school, left it, and left it where the place permits mutual transfer;
  null where no such transfer was approved. A side of a transfer that nobody named may be either.
*/
with pair as (
    select
        together.record_id,
        together.other_record_id,
        together.person_id,
        together.overlap_from,
        own.registry,
        own.region_code,
        own.current_school_code as school_code,
        other.current_school_code as other_school_code,
        coalesce(own.ended_on, as_of()) as closed_on,
        coalesce(other.ended_on, as_of()) as other_closed_on
    from feature.concurrent_enrolment as together
    inner join core.enrolment as own
        on together.record_id = own.record_id
    inner join core.enrolment as other
        on together.other_record_id = other.record_id
    where together.person_id in (select transfer.person_id from feature.approved_transfer as transfer)
),

arrival as (
    select
        pair.record_id,
        pair.other_record_id,
        min(greatest(pair.overlap_from, pair.other_closed_on) - transfer.changed_on) as days
    from pair
    inner join feature.approved_transfer as transfer
        on
            pair.person_id = transfer.person_id
            and coalesce(transfer.from_school_code, pair.other_school_code) = pair.other_school_code
            and coalesce(transfer.to_school_code, pair.school_code) = pair.school_code
    group by pair.record_id, pair.other_record_id
),

leave as (
    select
        pair.record_id,
        pair.other_record_id,
        min(greatest(pair.overlap_from, pair.closed_on) - transfer.changed_on) as days,
        min(greatest(pair.overlap_from, pair.closed_on) - transfer.changed_on) filter (
            where policy_number('transfer.mutual.permitted', pair.registry, pair.region_code, transfer.changed_on) = 1
        ) as days_permitted
    from pair
    inner join feature.approved_transfer as transfer
        on
            pair.person_id = transfer.person_id
            and coalesce(transfer.from_school_code, pair.school_code) = pair.school_code
            and coalesce(transfer.to_school_code, pair.other_school_code) = pair.other_school_code
    group by pair.record_id, pair.other_record_id
)

select
    arrival.days as arrival_days,
    leave.days as leave_days,
    leave.days_permitted as permitted_leave_days,
    coalesce(arrival.record_id, leave.record_id) as record_id,
    coalesce(arrival.other_record_id, leave.other_record_id) as other_record_id
from arrival
full join leave
    on
        arrival.record_id = leave.record_id
        and arrival.other_record_id = leave.other_record_id
