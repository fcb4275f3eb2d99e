/*
reads: [core.aid, core.enrolment, core.person_record, feature.class_member, feature.concurrent_enrolment]
comment: >-
  A class of an intake with what share of it has phones, addresses or accounts that three or more of the class share, is
  on another roll on the same days (a college on which an agreed programme goes on left out), or vanished as one.
*/
with class as (
    select
        member.registry,
        member.school_code,
        member.class_name,
        member.entry_month,
        cast(count(*) as integer) as students,
        any_value(member.cohort order by member.student_key) as cohort,
        any_value(member.region_code order by member.student_key) as region_code,
        count(*) filter (where member.is_vanished) as vanished,
        count(*) filter (where member.entrant_type in ('junior_fresh', 'high_fresh')) as fresh_graduates,
        count(*) filter (where member.teaching_site is not null) as at_sites,
        count(*) filter (where member.joint_school_code is not null) as at_partner,
        min(member.started_on) as begun_on,
        max(member.present_to) as counted_to,
        list(member.record_id order by member.record_id) filter (where member.record_id is not null) as record_ids,
        year(min(member.started_on)) * 100 + month(min(member.started_on)) as begun_month
    from feature.class_member as member
    group by member.registry, member.school_code, member.class_name, member.entry_month
    having count(*) >= 3
),

contact as (
    select
        record.record_id,
        'phone' as kind,
        unnest(list_distinct([record.phone, record.guardian_phone])) as written
    from core.person_record as record
    where record.registry in ('vocational', 'technical')
    union all
    select
        record.record_id,
        'address' as kind,
        record.address as written
    from core.person_record as record
    where record.registry in ('vocational', 'technical')
    union all
    select
        aid.enrolment_record_id as record_id,
        'account' as kind,
        aid.account_no as written
    from core.aid as aid
    where aid.is_paid
),

shared_contact as (
    select
        member.registry,
        member.school_code,
        member.class_name,
        member.entry_month,
        contact.kind,
        unnest(list(distinct member.record_id)) as record_id
    from feature.class_member as member
    inner join contact
        on member.record_id = contact.record_id
    where length(contact.written) >= 6
    group by
        member.registry,
        member.school_code,
        member.class_name,
        member.entry_month,
        contact.kind,
        contact.written
    having count(distinct member.record_id) >= 3
),

shared as (
    select
        shared_contact.registry,
        shared_contact.school_code,
        shared_contact.class_name,
        shared_contact.entry_month,
        count(distinct shared_contact.record_id) filter (where shared_contact.kind = 'phone') as phones,
        count(distinct shared_contact.record_id) filter (where shared_contact.kind = 'address') as addresses,
        count(distinct shared_contact.record_id) filter (where shared_contact.kind = 'account') as accounts
    from shared_contact
    group by
        shared_contact.registry,
        shared_contact.school_code,
        shared_contact.class_name,
        shared_contact.entry_month
),

elsewhere as (
    select
        member.registry,
        member.school_code,
        member.class_name,
        member.entry_month,
        count(distinct member.record_id) as students
    from feature.class_member as member
    inner join feature.concurrent_enrolment as together
        on member.record_id = together.record_id
    inner join core.enrolment as other
        on together.other_record_id = other.record_id
    where
        together.active_days > 0
        -- Programmes that go on at a college are a matter of DE103.
        and (member.segment_mode is null or other.registry <> 'higher')
    group by member.registry, member.school_code, member.class_name, member.entry_month
)

select
    class.*,
    round(coalesce(shared.phones, 0) / class.students, 2) as phone_share,
    round(coalesce(shared.addresses, 0) / class.students, 2) as address_share,
    round(coalesce(shared.accounts, 0) / class.students, 2) as account_share,
    round(coalesce(elsewhere.students, 0) / class.students, 2) as elsewhere_share,
    round(class.vanished / class.students, 2) as vanished_share
from class
left join shared
    on
        class.registry = shared.registry
        and class.school_code = shared.school_code
        and class.class_name = shared.class_name
        and class.entry_month = shared.entry_month
left join elsewhere
    on
        class.registry = elsewhere.registry
        and class.school_code = elsewhere.school_code
        and class.class_name = elsewhere.class_name
        and class.entry_month = elsewhere.entry_month
