-- Compared profiles whose person is known: what was said of them, and what is so. Beside each row, how many profile
-- pairs of one person were never compared.
with whose as (
    select
        row_profile.profile_no,
        mode(labelled.true_person::varchar) as true_person
    from labelled_rows as labelled
    inner join identity.row_profile as row_profile on labelled.record_id = row_profile.record_id
    group by row_profile.profile_no
),

met as (
    select
        judged.probability,
        one.true_person = other.true_person as is_match
    from identity.judged as judged
    inner join whose as one on judged.profile_a = one.profile_no
    inner join whose as other on judged.profile_b = other.profile_no
    where judged.finding not in ('must_link', 'must_not_link')
),

everybody as (
    select count(*) as profiles
    from whose
    group by whose.true_person
),

true_pairs as (
    select coalesce(sum(everybody.profiles * (everybody.profiles - 1) // 2), 0) as pairs
    from everybody
)

select
    met.probability,
    met.is_match,
    (true_pairs.pairs - count(*) filter (where met.is_match) over ())::bigint as missed
from met
cross join true_pairs
