-- What the rest of the night reads: each row's person, each person, each compared pair, each refused link.
create or replace temp table link_tonight as
with rows_of as (
    select
        named.person_id,
        sum(profile.records) as records
    from identity.profile as profile
    inner join identity.membership as membership on profile.profile_no = membership.profile_no
    inner join identity.person_name as named on membership.person_no = named.person_no
    group by named.person_id
)

select
    profile.profile_no,
    named.person_id,
    coalesce(judged.probability, 1.0) as match_probability,
    case
        when judged.reason is not null then judged.reason
        when rows_of.records = 1 then '仅此一条记录'
        when profile.number_class = 'valid' then '证件号、姓名一致'
        when len(profile.student_nos) > 0 then '学籍号、姓名一致'
        else '姓名及其他各项一致'
    end as match_reason
from identity.profile as profile
inner join identity.membership as membership on profile.profile_no = membership.profile_no
inner join identity.person_name as named on membership.person_no = named.person_no
inner join rows_of on named.person_id = rows_of.person_id
left join identity.judged as judged
    on membership.link_a = judged.profile_a and membership.link_b = judged.profile_b;

create or replace table identity.pair as
select
    one.record_id as record_id_a,
    other.record_id as record_id_b,
    judged.profile_a,
    judged.profile_b,
    judged.kinds as found_by,
    pattern.number,
    pattern.name,
    pattern.birth,
    pattern.sex,
    pattern.phone,
    pattern.guardian,
    pattern.student_no,
    pattern.exam_no,
    pattern.school,
    pattern.origin,
    pattern.address,
    pattern.account,
    judged.weight,
    judged.probability,
    judged.finding,
    judged.reason
from identity.judged as judged
inner join identity.pattern as pattern on judged.pattern_no = pattern.pattern_no
inner join identity.profile as one on judged.profile_a = one.profile_no
inner join identity.profile as other on judged.profile_b = other.profile_no
order by record_id_a, record_id_b;

create or replace table identity.refused as
with left_apart as (
    select
        judged.profile_a,
        judged.profile_b,
        judged.weight,
        judged.probability,
        judged.reason
    from identity.judged as judged
    where judged.finding in ('refused', 'contradicted', 'must_not_link')

    union all

    select
        unjoined.profile_a,
        unjoined.profile_b,
        judged.weight,
        judged.probability,
        unjoined.reason
    from identity.unjoined as unjoined
    inner join identity.judged as judged
        on
            unjoined.profile_a = judged.profile_a
            and unjoined.profile_b = judged.profile_b
)

select
    one.record_id as record_id_a,
    other.record_id as record_id_b,
    named_a.person_id as person_id_a,
    named_b.person_id as person_id_b,
    left_apart.weight,
    left_apart.probability,
    left_apart.reason
from left_apart
inner join identity.profile as one on left_apart.profile_a = one.profile_no
inner join identity.profile as other on left_apart.profile_b = other.profile_no
inner join identity.membership as membership_a on left_apart.profile_a = membership_a.profile_no
inner join identity.membership as membership_b on left_apart.profile_b = membership_b.profile_no
inner join identity.person_name as named_a on membership_a.person_no = named_a.person_no
inner join identity.person_name as named_b on membership_b.person_no = named_b.person_no
-- what other rows prove to be one person is no refusal
where named_a.person_id <> named_b.person_id
order by record_id_a, record_id_b;
