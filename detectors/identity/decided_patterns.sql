-- How often each pattern was decided on: the last word on each pair of profiles counts once.
with placed as (
    select
        least(one.profile_no, other.profile_no) as profile_a,
        greatest(one.profile_no, other.profile_no) as profile_b,
        -- where people disagree, two persons
        bool_and(decided.is_match) as is_match
    from decided_pairs as decided
    inner join identity.row_profile as one on decided.record_a = one.record_id
    inner join identity.row_profile as other on decided.record_b = other.record_id
    where one.profile_no <> other.profile_no
    group by least(one.profile_no, other.profile_no), greatest(one.profile_no, other.profile_no)
)

select
    pattern.pattern_no,
    count(*) filter (where placed.is_match) as ones,
    count(*) filter (where not placed.is_match) as others
from placed
inner join identity.agreement as agreement
    on
        placed.profile_a = agreement.profile_a
        and placed.profile_b = agreement.profile_b
inner join identity.pattern as pattern
    on
        agreement.number = pattern.number
        and agreement.name = pattern.name
        and agreement.birth = pattern.birth
        and agreement.sex = pattern.sex
        and agreement.phone = pattern.phone
        and agreement.guardian = pattern.guardian
        and agreement.student_no = pattern.student_no
        and agreement.exam_no = pattern.exam_no
        and agreement.school = pattern.school
        and agreement.origin = pattern.origin
        and agreement.address = pattern.address
        and agreement.account = pattern.account
group by pattern.pattern_no
