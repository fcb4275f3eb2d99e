/*
reads: [core.change, core.enrolment, core.school]
comment: >-
  Approved transfers between schools, whichever side reported them; a side that was not named is null. Schools by the
  code that carries them on today.
*/
with transfer as (
    select
        change.record_id,
        change.changed_on,
        coalesce(enrolment.person_id, change.person_id) as person_id,
        case
            when change.change_type = 'transfer_out' then coalesce(change.from_school_code, enrolment.school_code)
            else change.from_school_code
        end as from_school_code,
        case
            when change.change_type = 'transfer_in' then coalesce(change.to_school_code, enrolment.school_code)
            else change.to_school_code
        end as to_school_code
    from core.change as change
    left join core.enrolment as enrolment
        on change.enrolment_record_id = enrolment.record_id
    where
        change.change_type in ('transfer_out', 'transfer_in')
        and change.is_approved
)

select
    transfer.record_id,
    transfer.person_id,
    transfer.changed_on,
    coalesce(origin.current_school_code, transfer.from_school_code) as from_school_code,
    coalesce(destination.current_school_code, transfer.to_school_code) as to_school_code
from transfer
left join core.school as origin
    on transfer.from_school_code = origin.school_code
left join core.school as destination
    on transfer.to_school_code = destination.school_code
where transfer.person_id is not null
