-- Each pair of profiles with the verdict on its pattern; an inspector's decision about two rows comes before it.
create or replace table identity.judged as
with decided as (
    select
        least(one.profile_no, other.profile_no) as profile_a,
        greatest(one.profile_no, other.profile_no) as profile_b,
        max(asked.decision) as decision
    from identity.asked as asked
    inner join identity.row_profile as one on asked.record_id_a = one.record_id
    inner join identity.row_profile as other on asked.record_id_b = other.record_id
    -- must_not_link sorts after must_link: where inspectors disagree, two persons
    where asked.decision <> 'explain'
    group by least(one.profile_no, other.profile_no), greatest(one.profile_no, other.profile_no)
)

select
    agreement.profile_a,
    agreement.profile_b,
    agreement.kinds,
    pattern.pattern_no,
    verdict.weight,
    case decided.decision
        when 'must_link' then 1.0
        when 'must_not_link' then 0.0
        else verdict.probability
    end as probability,
    case decided.decision
        when 'must_link' then 'must_link'
        when 'must_not_link' then 'must_not_link'
        else verdict.finding
    end as finding,
    case decided.decision
        when 'must_link' then '核查人员认定为一人'
        when 'must_not_link' then '核查人员认定为两人'
        else verdict.reason
    end as reason
from identity.agreement as agreement
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
inner join verdict on pattern.pattern_no = verdict.pattern_no
left join decided
    on
        agreement.profile_a = decided.profile_a
        and agreement.profile_b = decided.profile_b;
