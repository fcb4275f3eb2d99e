/*
id: SA407
title: aid paid in cash, offset against fees, or returned by the bank again and again
title_zh: 资助以现金发放、抵扣费用或被银行连续退回
severity: B
certainty: certain
subject: person
policy: [national:aid-channel, national:aid-card]
reads:
  required:
    - core.aid
    - core.enrolment
  optional:
    - core.person_link
    - core.person_record
    - core.school
    - fee_receipts
  needs_sources: [aid_payments]
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - way
  - way_zh
  - terms
  - payments
  - first_on
  - last_on
  - overlap_from
  - overlap_to
  - match_probability
  - severity
  - certainty
  - amount_paid
  - amount_returned
  - aid_items
  - evidence_record_ids
key: [person_id, registry, school_code, way]
route: school_code
message: >-
  Aid for {terms} did not go onto the student's card: {way}, {payments} payments, {amount_paid} yuan paid and
  {amount_returned} yuan sent back.
message_zh: 该生 {terms} 的资助未按规定打卡到账:{way_zh},共 {payments} 笔,已付 {amount_paid} 元,退回 {amount_returned} 元。
next: >-
  Ask for the signatures behind cash, for the receipt behind an offset, and of a returned payment whether the student is
  at school at all and why nobody mended the account.
next_zh: 现金发放的核对本人签领,抵扣的核对收费票据并退还,多次退回的核实学生是否在校、账户为何长期未更正。
params:
  least_returns:
    default: 3
    unit: payments
    comment: Own estimate; so many returned in a row, in as many months, are neglect or nobody's account.
  batch_share:
    default: 0.5
    unit: share
    comment: Own estimate; where the bank sent back this share of a school's payments of a day the file was at fault.
  least_batch:
    default: 5
    unit: payments
    comment: Own estimate; fewer payments on a day are no batch.
  same_day_students:
    default: 5
    unit: students
    comment: Own estimate; with fewer students of the school the equal sum on the same day may be chance.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the payments are this person's only probably.
exceptions:
  - name: X17_paid_on_the_second_try
    says: The bank sent it back, and it reached the student later, or a later term did.
    says_zh: 银行退回后已补发成功,或其后学期已正常到账。
    proof: core.aid
  - name: X17b_bank_batch
    says: The bank sent back most of what the school paid on that day; the file was at fault, not the account.
    says_zh: 当日该校多数发放被银行整批退回,属文件或系统原因。
    proof: core.aid
  - name: X17c_paid_anew_onto_the_card
    says: The cash or the offset was taken back, and the aid paid anew.
    says_zh: 现金或抵扣的款项已冲回,重新打卡发放。
    proof: core.aid
  - name: X30_no_card_yet
    says: The student has no identity number yet (temporary number) or a foreign paper, and banks open no aid card.
    says_zh: 学生尚无身份证件号(临时证件号)或持境外证件,无法办理资助卡,当期现金代发。
    proof: core.person_record
  - name: X29b_a_day_of_fees
    says: Students without aid were charged the same fee on that day; it is the day of fees, not an offset.
    says_zh: 未受助学生当日同样缴纳该项费用,属统一缴费日。
    proof: fee_receipts
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

The grant goes onto the student's card and nowhere else: cash is how it is skimmed, an offset against tuition is how a
school pays itself (六种行为), and money that the bank sends back month after month was meant for nobody at that
account, a dropped-out or invented student among others. Ways: `cash` and `offset` by what the list says; `same day as
a fee`, an equal receipt on the day of payment, at a school where that happened to several students; `returned`, where
the last payments came back in as many months and none reached the student since (C, or B over two terms).

Tuition waivers are settled with the school and local aid has rules of its own: neither is looked at. What came back is
no loss and is counted apart.

Not seen: cash drawn from cards that the school keeps, and cash that the list calls a card payment.

What to check first

The signature of the student, asked for in person; the receipt of the same day; for returned payments the attendance
list.
*/
with claim as (
    select
        aid.*,
        case
            when regexp_matches(aid.channel, '抵|冲|代扣|扣缴|扣费|划扣') then 'offset'
            when regexp_matches(aid.channel, '现金|现款|现钞') and not regexp_matches(aid.channel, '非现金') then 'cash'
            else 'card'
        end as channel_kind
    from core.aid as aid
    where
        aid.registry in ('vocational', 'technical')
        and aid.aid_item in ('grant', 'tech_grant', 'scholarship')
),

-- Temporary numbers and foreign papers: no bank opens a card on them.
without_card as (
    select link.person_id
    from core.person_record as record
    inner join core.person_link as link
        on record.record_id = link.record_id
    where record.source in ('vocational_students', 'technical_students')
    group by link.person_id
    having
        bool_and(
            record.id_number is null
            or starts_with(record.id_number, '999')
            or coalesce(record.id_type in ('hong_kong', 'macao', 'taiwan', 'residence', 'passport'), false)
        )
),

-- Net of what was taken back, by term, item and channel.
by_hand as (
    select
        claim.person_id,
        claim.registry,
        claim.current_school_code as school_code,
        claim.school_year,
        claim.term,
        claim.aid_item,
        claim.channel_kind as way,
        cast(count(*) filter (where claim.amount > 0) as integer) as payments,
        any_value(claim.region_code order by claim.record_id) as region_code,
        min(claim.benefit_from) as benefit_from,
        max(claim.benefit_to) as benefit_to,
        min(claim.paid_on) as first_on,
        max(claim.paid_on) as last_on,
        sum(claim.amount) as amount_paid,
        min(claim.match_probability) as match_probability,
        list(claim.record_id order by claim.record_id) as record_ids
    from claim
    where
        claim.is_paid
        and claim.channel_kind <> 'card'
    group by
        claim.person_id,
        claim.registry,
        claim.current_school_code,
        claim.school_year,
        claim.term,
        claim.aid_item,
        claim.channel_kind
),

taken_back as (
    select
        claim.person_id,
        claim.registry,
        claim.current_school_code as school_code,
        claim.school_year,
        claim.term,
        claim.aid_item,
        -sum(claim.amount) as amount
    from claim
    where
        claim.is_paid
        and claim.amount < 0
        and claim.channel_kind = 'card'
    group by
        claim.person_id,
        claim.registry,
        claim.current_school_code,
        claim.school_year,
        claim.term,
        claim.aid_item
),

past_the_card as (
    select
        by_hand.person_id,
        by_hand.registry,
        by_hand.school_code,
        by_hand.school_year,
        by_hand.term,
        by_hand.aid_item,
        by_hand.way,
        by_hand.benefit_from,
        by_hand.benefit_to,
        by_hand.first_on,
        by_hand.last_on,
        by_hand.payments,
        by_hand.amount_paid,
        by_hand.match_probability,
        by_hand.record_ids,
        0 as amount_returned
    from by_hand
    left join taken_back
        on
            by_hand.person_id = taken_back.person_id
            and by_hand.registry = taken_back.registry
            and by_hand.school_code = taken_back.school_code
            and by_hand.school_year = taken_back.school_year
            and by_hand.term = taken_back.term
            and by_hand.aid_item = taken_back.aid_item
    where
        policy_number(
            case by_hand.way when 'cash' then 'aid.channel.cash_allowed' else 'aid.channel.offset_allowed' end,
            by_hand.registry,
            by_hand.region_code,
            by_hand.benefit_from
        ) = 0
        and by_hand.amount_paid > 0
        -- X17c_paid_anew_onto_the_card
        and coalesce(taken_back.amount < by_hand.amount_paid, true)
        -- X30_no_card_yet
        and not (
            by_hand.way = 'cash'
            and exists (
                select 1
                from without_card
                where without_card.person_id = by_hand.person_id
            )
        )
),

day_of_school as (
    select
        claim.registry,
        claim.current_school_code,
        claim.paid_on,
        count(*) as payments,
        count(*) filter (where not claim.is_paid) as returned
    from claim
    where
        claim.amount > 0
        and claim.paid_on is not null
    group by claim.registry, claim.current_school_code, claim.paid_on
),

last_reached as (
    select
        claim.person_id,
        max(claim.paid_on) as paid_on,
        max(claim.benefit_from) as benefit_from
    from claim
    where
        claim.is_paid
        and claim.amount > 0
    group by claim.person_id
),

sent_back as (
    select claim.*
    from claim
    left join day_of_school as day
        on
            claim.registry = day.registry
            and claim.current_school_code = day.current_school_code
            and claim.paid_on = day.paid_on
    left join last_reached
        on claim.person_id = last_reached.person_id
    where
        not claim.is_paid
        and claim.amount > 0
        and claim.paid_on is not null
        -- X17_paid_on_the_second_try
        and coalesce(
            last_reached.paid_on < claim.paid_on and last_reached.benefit_from <= claim.benefit_from,
            true
        )
        -- X17b_bank_batch
        and not (
            day.payments >= $least_batch
            and day.returned >= day.payments * $batch_share
        )
),

returned as (
    select
        sent_back.person_id,
        sent_back.registry,
        sent_back.current_school_code as school_code,
        sent_back.school_year,
        sent_back.term,
        sent_back.aid_item,
        'returned' as way,
        min(sent_back.benefit_from) as benefit_from,
        max(sent_back.benefit_to) as benefit_to,
        min(sent_back.paid_on) as first_on,
        max(sent_back.paid_on) as last_on,
        cast(count(*) as integer) as payments,
        0 as amount_paid,
        min(sent_back.match_probability) as match_probability,
        list(sent_back.record_id order by sent_back.record_id) as record_ids,
        sum(sent_back.amount) as amount_returned
    from sent_back
    group by
        sent_back.person_id,
        sent_back.registry,
        sent_back.current_school_code,
        sent_back.school_year,
        sent_back.term,
        sent_back.aid_item
),

returned_months as (
    select
        sent_back.person_id,
        sent_back.registry,
        sent_back.current_school_code as school_code,
        count(distinct date_trunc('month', sent_back.paid_on)) as months
    from sent_back
    group by sent_back.person_id, sent_back.registry, sent_back.current_school_code
),

known_number as (
    select
        upper(trim(enrolment.student_no)) as student_no,
        min(enrolment.person_id) as person_id
    from core.enrolment as enrolment
    where enrolment.registry in ('vocational', 'technical')
    group by upper(trim(enrolment.student_no))
    having count(distinct enrolment.person_id) = 1
),

receipt as (
    select
        known_number.person_id,
        row_of.charged_on,
        row_of.fee_item,
        coalesce(school.current_school_code, row_of.school_code) as school_code,
        sum(row_of.amount) as amount,
        min(row_of.record_id) as record_id
    from fee_receipts as row_of
    inner join known_number
        on upper(trim(row_of.student_no)) = known_number.student_no
    left join core.school as school
        on row_of.school_code = school.school_code
    where
        row_of.amount > 0
        and row_of.charged_on is not null
    group by
        known_number.person_id,
        row_of.charged_on,
        row_of.fee_item,
        coalesce(school.current_school_code, row_of.school_code)
),

aided as (
    select
        claim.person_id,
        claim.school_year
    from claim
    where claim.is_paid
    group by claim.person_id, claim.school_year
),

fee_day as (
    select
        receipt.school_code,
        receipt.charged_on,
        receipt.fee_item,
        count(distinct receipt.person_id) filter (where aided.person_id is null) as unaided
    from receipt
    left join aided
        on
            receipt.person_id = aided.person_id
            and aided.school_year
            = case
                when month(receipt.charged_on) >= 8 then year(receipt.charged_on) else year(receipt.charged_on) - 1
            end
            || '-'
            || case
                when month(receipt.charged_on) >= 8 then year(receipt.charged_on) + 1 else year(receipt.charged_on)
            end
    group by receipt.school_code, receipt.charged_on, receipt.fee_item
),

equal_receipt as (
    select
        claim.person_id,
        claim.registry,
        claim.current_school_code as school_code,
        claim.school_year,
        claim.term,
        claim.aid_item,
        'same day as a fee' as way,
        claim.benefit_from,
        claim.benefit_to,
        claim.paid_on as first_on,
        claim.paid_on as last_on,
        1 as payments,
        claim.amount as amount_paid,
        claim.match_probability,
        [claim.record_id, receipt.record_id] as record_ids,
        0 as amount_returned
    from claim
    inner join receipt
        on
            claim.person_id = receipt.person_id
            and claim.current_school_code = receipt.school_code
            and claim.paid_on = receipt.charged_on
            and claim.amount = receipt.amount
    inner join fee_day
        on
            receipt.school_code = fee_day.school_code
            and receipt.charged_on = fee_day.charged_on
            and receipt.fee_item = fee_day.fee_item
    where
        claim.is_paid
        and claim.channel_kind = 'card'
        and policy_number('aid.channel.offset_allowed', claim.registry, claim.region_code, claim.benefit_from) = 0
        -- X29b_a_day_of_fees
        and fee_day.unaided = 0
),

equal_at_school as (
    select
        equal_receipt.school_code,
        count(distinct equal_receipt.person_id) as students
    from equal_receipt
    group by equal_receipt.school_code
),

found as (
    select * from past_the_card
    union all by name
    select returned.*
    from returned
    inner join returned_months
        on
            returned.person_id = returned_months.person_id
            and returned.registry = returned_months.registry
            and returned.school_code = returned_months.school_code
    where returned_months.months >= $least_returns
    union all by name
    select equal_receipt.*
    from equal_receipt
    inner join equal_at_school
        on equal_receipt.school_code = equal_at_school.school_code
    where equal_at_school.students >= $same_day_students
),

worded as (
    select
        found.*,
        found.school_year || case found.term when 'autumn' then ' 秋' else ' 春' end as term_zh
    from found
),

student as (
    select
        worded.person_id,
        worded.registry,
        worded.school_code,
        worded.way,
        cast(sum(worded.payments) as integer) as payments,
        cast(sum(worded.amount_paid) as decimal(14, 2)) as amount_paid,
        cast(sum(worded.amount_returned) as decimal(14, 2)) as amount_returned,
        min(worded.benefit_from) as overlap_from,
        max(worded.benefit_to) as overlap_to,
        min(worded.first_on) as first_on,
        max(worded.last_on) as last_on,
        min(worded.match_probability) as match_probability,
        string_agg(distinct worded.term_zh, '、' order by worded.term_zh) as terms,
        count(distinct worded.term_zh) as term_count,
        string_agg(distinct worded.aid_item, ',' order by worded.aid_item) as aid_items,
        list_sort(list_distinct(flatten(list(worded.record_ids)))) as evidence_record_ids
    from worded
    group by worded.person_id, worded.registry, worded.school_code, worded.way
),

graded as (
    select
        student.*,
        '' as missing_inputs,
        'suspected' as verdict,
        student.evidence_record_ids[1] as record_id,
        case student.way
            when 'cash' then '现金发放'
            when 'offset' then '抵扣费用'
            when 'returned' then '银行连续退回'
            else '发放当日等额收费'
        end as way_zh,
        case when student.way = 'returned' and student.term_count < 2 then 'C' else 'B' end as severity,
        case
            when student.match_probability < $certain_match or student.way = 'same day as a fee' then 'probable'
            else 'certain'
        end as certainty
    from student
)

select
    graded.person_id,
    graded.record_id,
    graded.school_code,
    graded.registry,
    graded.way,
    graded.way_zh,
    graded.terms,
    graded.payments,
    graded.first_on,
    graded.last_on,
    graded.overlap_from,
    graded.overlap_to,
    graded.match_probability,
    graded.severity,
    graded.certainty,
    graded.amount_paid,
    graded.amount_returned,
    graded.aid_items,
    graded.evidence_record_ids,
    graded.verdict,
    graded.missing_inputs
from graded
