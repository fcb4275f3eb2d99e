/*
reads: [core.change, core.hold]
comment: >-
  Years that an enrolment stood still, by which grades computed from the year of entry are too high: an approved year
  repeated, or a dated interruption of a hundred days or more that no repeated year follows within two years.
*/
with repeated as (
    select
        change.enrolment_record_id as record_id,
        change.changed_on as lost_on
    from core.change as change
    where
        change.change_type = 'repeat'
        and change.is_approved
        and change.enrolment_record_id is not null
    group by change.enrolment_record_id, change.changed_on
),

interrupted as (
    select
        hold.record_id,
        hold.held_from as lost_on
    from core.hold as hold
    left join repeated
        on
            hold.record_id = repeated.record_id
            and repeated.lost_on between hold.held_from and hold.held_from + 730
    where
        hold.is_dated
        and coalesce(hold.held_until, as_of()) - hold.held_from >= 100
        and repeated.record_id is null
)

select
    repeated.record_id,
    repeated.lost_on
from repeated
union all
select
    interrupted.record_id,
    interrupted.lost_on
from interrupted
