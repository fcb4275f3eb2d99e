-- Keep which rows tonight's cases take for one person, where it differs from what they took last.
insert into work.case_pair by name
with last_taken as (
    select
        pair.case_id,
        max_by(hash(pair.record_id, pair.other_record_id, pair.said_key, pair.other_said_key), pair.as_of) as taken
    from work.case_pair as pair
    group by pair.case_id
),

taken as (
    select
        content.case_id,
        content.record_id,
        content.other_record_id,
        identity.said_key(one) as said_key,
        identity.who_key(one) as who_key,
        identity.said_key(other) as other_said_key,
        identity.who_key(other) as other_who_key
    from content
    inner join core.person_record as one on content.record_id = one.record_id
    inner join core.person_record as other on content.other_record_id = other.record_id
)

select
    taken.*,
    cast($as_of as date) as as_of
from taken
left join last_taken on taken.case_id = last_taken.case_id
where
    last_taken.taken is distinct from hash(
        taken.record_id, taken.other_record_id, taken.said_key, taken.other_said_key
    );
