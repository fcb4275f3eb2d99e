/*
id: SA405
title: one account for several students, or an account of neither student nor guardian
title_zh: 资助账户多人共用或户名非本人(监护人)
severity: A
certainty: certain
subject: account
policy: [national:aid-card, national:own-card]
reads:
  required:
    - core.aid
    - core.person_link
    - core.person_record
  needs_sources: [aid_payments]
evidence:
  - subject_id
  - record_id
  - school_code
  - registry
  - students
  - strangers
  - wrongs
  - wrongs_zh
  - terms
  - overlap_from
  - overlap_to
  - match_probability
  - severity
  - certainty
  - amount_paid
  - aid_items
  - evidence_record_ids
key: [subject_id]
route: school_code
message: >-
  Aid of {students} students ({amount_paid} yuan, {terms}) went to one account: {wrongs}.
message_zh: 同一收款账户收取 {students} 名学生的资助 {amount_paid} 元({terms}):{wrongs_zh}。
next: >-
  Have the bank confirm the holder and the withdrawals, and ask the students and their parents whether they ever had the
  card in their hands.
next_zh: 请银行确认账户户主和取款记录,逐一询问学生及家长是否持有该卡、是否收到资助款。
params:
  alarm_students:
    default: policy:aid.account.alarm_students
    unit: students
    comment: So many students on one account are a case whoever its holder is.
  cut_at:
    default: 4
    unit: characters
    comment: Own estimate; so long a beginning of the student's name is the name, cut off by the bank.
  account_digits:
    default: 12
    unit: digits
    comment: Own estimate; a shorter number, or one digit repeated, is a placeholder and no account.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it a payment went to one of the students only probably.
exceptions:
  - name: X14_guardian_card_of_siblings
    says: Brothers and sisters paid to the card of the guardian whom they share, as far as local rules allow.
    says_zh: 兄弟姐妹共用同一监护人银行卡(当地允许且未超人数)。
    proof: core.aid
  - name: X17_former_name
    says: The holder's name is a former or corrected name of the student.
    says_zh: 户名为学生曾用名或更正前姓名。
    proof: core.person_record
history:
  - {on: 2024-01-15, note: First edition.}
  - on: 2024-04-15
    note: >-
      Two or three students of one surname whose guardians no delivery names may be brothers and sisters: no longer A.
---
Why it matters

Aid belongs on the student's own card. Cards held by the school, by the class teacher or by a classmate are how it is
skimmed: one student was paid fifteen times, one class teacher held the cards of a whole class. Three or more students
on one account, or an account holder who stands beside two or more students as a stranger, is severity A; one student
paid to one stranger's account is B, because a parent who is not on record looks the same, and C where the holder bears
the student's surname; so are two or three students of one surname where no delivery names the guardian of any.

Tuition waivers are settled with the school and are not looked at. Cards with consecutive numbers are how a bank issues
them to a whole school, and a social security card that replaced a bank card is a second account of one student: both
are lawful and not looked at.

What to check first

The bank's confirmation of the holder, then who withdraws; the account itself stands in the evidence rows only.
*/
with claim as (
    -- Names as the matcher folds them: what a bank drops of a name makes nobody a stranger.
    select
        aid.*,
        name_key(aid.name) as name_key,
        name_key(aid.account_holder) as holder_key
    from core.aid as aid
    where
        aid.is_paid
        and aid.aid_item <> 'tuition_waiver'
        and length(aid.account_no) >= $account_digits
        and length(replace(aid.account_no, left(aid.account_no, 1), '')) > 0
),

line as (
    select
        claim.*,
        coalesce(
            claim.holder_key = claim.name_key
            -- Banks cut long names off.
            or length(claim.holder_key) >= $cut_at and starts_with(claim.name_key, claim.holder_key),
            false
        ) as is_own
    from claim
),

paid_elsewhere as (
    select line.person_id
    from line
    where not line.is_own
),

-- What the deliveries say of those who were ever paid to an account that is not theirs.
described as (
    select
        link.person_id,
        name_key(record.name) as name,
        name_key(record.former_name) as former_name,
        name_key(record.guardian_name) as guardian_name
    from core.person_link as link
    semi join paid_elsewhere
        on link.person_id = paid_elsewhere.person_id
    inner join core.person_record as record
        on link.record_id = record.record_id
),

known_name as (
    select
        described.person_id,
        described.name
    from described
    where described.name is not null
    union
    select
        described.person_id,
        described.former_name as name
    from described
    where described.former_name is not null
),

guardian as (
    select
        described.person_id,
        described.guardian_name as name
    from described
    where described.guardian_name is not null
    group by described.person_id, described.guardian_name
),

payment as (
    select
        line.record_id,
        line.person_id,
        line.name,
        line.registry,
        line.current_school_code as school_code,
        line.region_code,
        line.school_year,
        line.term,
        line.aid_item,
        line.benefit_from,
        line.benefit_to,
        line.amount,
        line.account_no,
        line.account_holder,
        line.match_probability,
        line.is_own,
        own.name is not null as is_known_name,
        guardian.name is not null as is_guardian,
        left(line.holder_key, 1) = left(line.name_key, 1) as is_of_the_surname
    from line
    left join known_name as own
        on
            line.person_id = own.person_id
            and line.holder_key = own.name
    left join guardian
        on
            line.person_id = guardian.person_id
            and line.holder_key = guardian.name
),

student as (
    select
        payment.account_no,
        payment.person_id,
        any_value(payment.name order by payment.record_id) as name,
        any_value(left(payment.name, 1) order by payment.record_id) as surname,
        any_value(payment.school_code order by payment.record_id) as school_code,
        bool_or(payment.is_guardian) as is_guardian,
        bool_or(payment.is_known_name) as is_known_name,
        bool_or(payment.account_holder is not null) and not bool_or(payment.is_own or payment.is_guardian)
            as is_stranger,
        coalesce(bool_or(payment.is_of_the_surname), false) as is_of_the_surname,
        sum(payment.amount) as amount
    from payment
    group by payment.account_no, payment.person_id
    having sum(payment.amount) > 0
),

guarded as (
    select guardian.person_id
    from guardian
    group by guardian.person_id
),

account as (
    select
        student.account_no,
        cast(least(count(distinct student.person_id), count(distinct student.name)) as integer) as students,
        cast(count(*) filter (where student.is_stranger and not student.is_known_name) as integer) as strangers,
        count(*) filter (where student.is_stranger) as unlike_names,
        count(*) filter (where student.is_guardian) as wards,
        count(*) filter (
            where student.is_stranger and not student.is_known_name and not student.is_of_the_surname
        ) as strangers_by_name,
        count(*) as persons,
        count(distinct student.surname) as surnames,
        count(*) filter (where guarded.person_id is not null) as guarded_persons,
        mode(student.school_code order by student.school_code) as school_code
    from student
    left join guarded
        on student.person_id = guarded.person_id
    group by student.account_no
),

paid as (
    select
        payment.account_no,
        cast(sum(payment.amount) as decimal(14, 2)) as amount,
        min(payment.record_id) as record_id,
        min_by(payment.record_id, (payment.benefit_from, payment.record_id)) as first_record_id,
        min(payment.registry) as registry,
        min(payment.region_code) as region_code,
        min(payment.benefit_from) as benefit_from,
        max(payment.benefit_to) as benefit_to,
        min(payment.match_probability) as match_probability,
        string_agg(distinct payment.aid_item, ',' order by payment.aid_item) as aid_items,
        string_agg(
            distinct payment.school_year || case payment.term when 'autumn' then ' 秋' else ' 春' end,
            '、' order by payment.school_year || case payment.term when 'autumn' then ' 秋' else ' 春' end
        ) as terms,
        list(distinct payment.record_id order by payment.record_id) as record_ids
    from payment
    group by payment.account_no
),

weighed as (
    select
        account.students,
        account.strangers,
        account.unlike_names,
        account.wards,
        account.persons,
        account.strangers_by_name,
        account.school_code,
        paid.record_id,
        paid.registry,
        paid.terms,
        paid.benefit_from as overlap_from,
        paid.benefit_to as overlap_to,
        paid.match_probability,
        paid.amount as amount_paid,
        paid.aid_items,
        paid.record_ids as evidence_record_ids,
        '' as missing_inputs,
        'suspected' as verdict,
        -- The technical registry names no guardians: on whose card brothers and sisters are paid, nobody can tell.
        account.guarded_persons = 0
        and account.surnames = 1
        and account.strangers = account.persons
        and account.persons <= policy_number(
            'aid.account.max_students_per_guardian_card', paid.registry, paid.region_code, paid.benefit_to
        ) as is_perhaps_a_family,
        -- Named after its first payment: a digest of the number itself could be undone by trying numbers.
        'K-' || substr(md5(paid.first_record_id), 1, 10) as subject_id,
        case
            when paid.match_probability < $certain_match or account.students = 1 then 'probable'
            else 'certain'
        end as certainty,
        policy_number('aid.account.guardian_allowed', paid.registry, paid.region_code, paid.benefit_to) = 1
        and account.persons <= policy_number(
            'aid.account.max_students_per_guardian_card', paid.registry, paid.region_code, paid.benefit_to
        ) as is_guardian_card_allowed
    from account
    inner join paid
        on account.account_no = paid.account_no
),

judged as (
    select
        weighed.*,
        case
            when
                not coalesce(weighed.is_perhaps_a_family, false)
                and (weighed.students >= $alarm_students or weighed.strangers > 1)
                then 'A'
            when weighed.strangers_by_name > 0 then 'B'
            else 'C'
        end as severity,
        concat_ws(
            '; ',
            case when weighed.students > 1 then 'several students share it' end,
            case
                when weighed.strangers > 0
                    then
                        'its holder is neither the student nor a known guardian for ' || weighed.strangers || ' of them'
            end
        ) as wrongs,
        concat_ws(
            ',',
            case when weighed.students > 1 then '多名学生共用' end,
            case
                when weighed.strangers > 0
                    then '户名对其中 ' || weighed.strangers || ' 名学生既非本人也非已登记监护人'
            end
        ) as wrongs_zh
    from weighed
)

select
    judged.subject_id,
    judged.record_id,
    judged.school_code,
    judged.registry,
    judged.students,
    judged.strangers,
    judged.wrongs,
    judged.wrongs_zh,
    judged.terms,
    judged.overlap_from,
    judged.overlap_to,
    judged.match_probability,
    judged.severity,
    judged.certainty,
    judged.amount_paid,
    judged.aid_items,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
where
    (judged.students >= $alarm_students or judged.unlike_names > 0)
    -- X17_former_name
    and (judged.students >= $alarm_students or judged.strangers > 0)
    -- X14_guardian_card_of_siblings
    and not (judged.wards = judged.persons and coalesce(judged.is_guardian_card_allowed, false))
