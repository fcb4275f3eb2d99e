/*
id: SA406
title: tuition waived and charged
title_zh: 边免边收（免学费学生仍被收取学费）
severity: B
certainty: certain
subject: person
policy: [national:waiver, xinzhou_2023:waiver-and-fees]
reads:
  required:
    - core.enrolment
    - core.school
    - feature.aid_claim
    - fee_receipts
  optional:
    - schools
  needs_sources: [aid_payments, fee_receipts]
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - charged_as
  - charged_as_zh
  - fee_items
  - terms
  - overlap_from
  - overlap_to
  - match_probability
  - severity
  - certainty
  - amount_waived
  - amount_paid
  - evidence_record_ids
key: [person_id, school_code]
route: school_code
message: >-
  Tuition was waived for {terms} ({amount_waived} yuan) and {amount_paid} yuan were charged all the same: {charged_as}
  ({fee_items}).
message_zh: 该生 {terms} 已享受免学费({amount_waived} 元),学校仍收取 {amount_paid} 元:{charged_as_zh}({fee_items})。
next: >-
  Lay the receipts beside the list of the waived and the approval of prices; what was charged without right goes back
  to the families.
next_zh: 将收费票据与免学费名册、收费批文逐一对照,应退未退的督促学校退还学生。
params:
  least_payers:
    default: 3
    unit: students
    comment: Own estimate; so many students of the school and year without a waiver show what is charged to everyone.
  least_share:
    default: 0.3
    unit: share
    comment: Own estimate; a fee under another name replaces tuition from this share of the waived sum on.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it waiver and receipt belong to one student only probably.
exceptions:
  - name: X29_private_difference
    says: A private school charges no more than what its price exceeds the subsidy by.
    says_zh: 民办学校只收取批准学费高于财政补助的部分。
    proof: core.school
  - name: X29b_refunded
    says: What was charged was refunded later.
    says_zh: 已收学费其后全额退还。
    proof: fee_receipts
  - name: X29c_charged_to_everyone
    says: The fee under another name is charged to students without waiver as well, or was before.
    says_zh: 该收费项目未免学费的学生同样缴纳,或上学年即已收取,并非以收代免。
    proof: fee_receipts
  - name: X29d_before_the_waiver
    says: Tuition of a term for which no waiver was drawn.
    says_zh: 收费学期并未享受免学费(如次学期起才认定)。
    proof: feature.aid_claim
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

The state pays the school in the family's place; charging once more (边免边收) or under another name is charging twice.
Public schools may not charge tuition in a term that is waived: all of it counts, net of refunds. Private schools may
charge what their price exceeds the subsidy by: their price is what students of the same major and year without a
waiver pay; where nobody pays it in full, the difference is taken to be approved. Fees for training, management and
the like (`instead`) count where students without waiver are not charged them, or, where all are waived, if the year
before did not know them; small ones do not replace tuition. Boarding, books, clothes, insurance are never looked at.

Not seen: money taken without a receipt, and schools that never sent their receipts; fees that a school invented before
the first year delivered. Approved prices themselves are on no list.

What to check first

The receipt itself and whether it was refunded; then whether the waiver was settled with the school for the same term.
*/
with known_number as (
    select
        upper(trim(enrolment.student_no)) as student_no,
        min(enrolment.person_id) as person_id,
        max(enrolment.major_code) as major_code
    from core.enrolment as enrolment
    where enrolment.registry in ('vocational', 'technical')
    group by upper(trim(enrolment.student_no))
    having count(distinct enrolment.person_id) = 1
),

receipt as (
    select
        known_number.person_id,
        known_number.major_code,
        row_of.fee_item,
        row_of.charged_on,
        coalesce(school.current_school_code, row_of.school_code) as school_code,
        try_cast(regexp_extract(row_of.school_year, '(\d{4})', 1) as integer) as opens,
        case
            when regexp_matches(concat_ws(' ', row_of.school_year, row_of.fee_item), '春|下学期|第二学期')
                then 'spring'
            when regexp_matches(concat_ws(' ', row_of.school_year, row_of.fee_item), '秋|上学期|第一学期') then 'autumn'
            when month(row_of.charged_on) between 3 and 7 then 'spring'
            when month(row_of.charged_on) > 7 then 'autumn'
            -- In January and February either term is paid, the one late or the other in advance.
            when row_of.charged_on is not null then 'either'
        end as term,
        case
            when regexp_matches(row_of.fee_item, '(^|[^教助留游研开奖])学杂?费') then 'tuition'
            when
                regexp_matches(row_of.fee_item, '实训|实习|实验|管理|培养|技能|专业|建设|赞助|上机|设备|资源|教学|择校|借读')
                and not regexp_matches(
                    row_of.fee_item, '住宿|宿舍|教材|课本|书|资料|服|床|被|保险|体检|军训|餐|伙食|押金|水电|空调|考|鉴定|代'
                )
                then 'other'
        end as kind,
        case
            when regexp_matches(row_of.fee_item, '退|返还|减免') then -abs(row_of.amount)
            else row_of.amount
        end as amount,
        min(row_of.record_id) as record_id
    from fee_receipts as row_of
    inner join known_number
        on upper(trim(row_of.student_no)) = known_number.student_no
    left join core.school as school
        on row_of.school_code = school.school_code
    where row_of.amount <> 0
    -- A receipt delivered in copies is one receipt.
    group by
        known_number.person_id,
        known_number.major_code,
        row_of.fee_item,
        row_of.charged_on,
        coalesce(school.current_school_code, row_of.school_code),
        row_of.school_year,
        row_of.amount,
        coalesce(row_of.receipt_no, row_of.record_id)
),

dated as (
    select
        receipt.*,
        receipt.opens || '-' || (receipt.opens + 1) as school_year
    from receipt
    where
        receipt.kind is not null
        and receipt.opens is not null
),

-- Of those who were charged anything at all.
waived as (
    select
        claim.person_id,
        claim.registry,
        claim.current_school_code as school_code,
        claim.region_code,
        claim.school_year,
        claim.term,
        min(claim.benefit_from) as benefit_from,
        max(claim.benefit_to) as benefit_to,
        sum(claim.amount) as amount,
        min(claim.match_probability) as match_probability,
        list_sort(flatten(list(claim.record_ids))) as record_ids
    from feature.aid_claim as claim
    semi join dated
        on claim.person_id = dated.person_id
    where
        claim.registry in ('vocational', 'technical')
        and claim.aid_item = 'tuition_waiver'
    group by
        claim.person_id,
        claim.registry,
        claim.current_school_code,
        claim.region_code,
        claim.school_year,
        claim.term
),

waived_year as (
    select
        waived.person_id,
        waived.registry,
        waived.school_code,
        waived.school_year,
        any_value(waived.region_code order by waived.term) as region_code,
        min(waived.benefit_from) as benefit_from,
        max(waived.benefit_to) as benefit_to,
        sum(waived.amount) as amount,
        min(waived.match_probability) as match_probability,
        list_sort(list(waived.term)) as terms,
        list_sort(flatten(list(waived.record_ids))) as record_ids
    from waived
    group by waived.person_id, waived.registry, waived.school_code, waived.school_year
),

-- What students without a waiver pay in the year, and for what.
full_payer as (
    select
        dated.person_id,
        dated.school_code,
        dated.school_year,
        dated.major_code,
        sum(dated.amount) filter (where dated.kind = 'tuition') as tuition
    from dated
    left join waived_year
        on
            dated.person_id = waived_year.person_id
            and dated.school_code = waived_year.school_code
            and dated.school_year = waived_year.school_year
    where waived_year.person_id is null
    group by dated.person_id, dated.school_code, dated.school_year, dated.major_code
),

price as (
    select
        full_payer.school_code,
        full_payer.school_year,
        full_payer.major_code,
        count(*) as students,
        max(full_payer.tuition) as amount
    from full_payer
    where full_payer.tuition > 0
    group by full_payer.school_code, full_payer.school_year, full_payer.major_code
),

payers as (
    select
        full_payer.school_code,
        full_payer.school_year,
        count(distinct full_payer.person_id) as students
    from full_payer
    group by full_payer.school_code, full_payer.school_year
),

item_of_payers as (
    select
        dated.school_code,
        dated.school_year,
        dated.fee_item,
        count(distinct dated.person_id) as students
    from dated
    inner join full_payer
        on
            dated.person_id = full_payer.person_id
            and dated.school_code = full_payer.school_code
            and dated.school_year = full_payer.school_year
    where dated.kind = 'other'
    group by dated.school_code, dated.school_year, dated.fee_item
),

item_of_year as (
    select
        dated.school_code,
        dated.opens,
        dated.fee_item
    from dated
    where dated.kind = 'other'
    group by dated.school_code, dated.opens, dated.fee_item
),

-- The years of which a school has sent any receipts, boarding and books included.
ledger as (
    select
        receipt.school_code,
        receipt.opens
    from receipt
    group by receipt.school_code, receipt.opens
),

tuition as (
    select
        waived_year.person_id,
        waived_year.school_code,
        waived_year.school_year,
        any_value(dated.major_code order by dated.record_id) as major_code,
        sum(dated.amount) as amount,
        coalesce(
            sum(dated.amount) filter (
                -- X29d_before_the_waiver
                where
                dated.amount < 0
                or dated.term is null
                or list_contains(waived_year.terms, dated.term)
                or dated.term = 'either' and len(waived_year.terms) = 2
            ),
            0
        ) as amount_in_waived_terms,
        list_sort(list(dated.record_id)) as record_ids,
        string_agg(distinct dated.fee_item, '、' order by dated.fee_item) filter (where dated.amount > 0) as fee_items
    from waived_year
    inner join dated
        on
            waived_year.person_id = dated.person_id
            and waived_year.school_code = dated.school_code
            and waived_year.school_year = dated.school_year
    where dated.kind = 'tuition'
    group by waived_year.person_id, waived_year.school_code, waived_year.school_year
),

tuition_charged as (
    select
        tuition.person_id,
        tuition.school_code,
        tuition.school_year,
        tuition.fee_items,
        tuition.record_ids,
        case when coalesce(school.owner, '') like '%民%' then 'private school above its price' else 'tuition' end
            as charged_as,
        case when coalesce(school.owner, '') like '%民%' then '民办学校超出学费差额收费' else '收取学费' end
            as charged_as_zh,
        case
            when coalesce(school.owner, '') like '%民%'
                then tuition.amount - greatest(price.amount - waived_year.amount, 0)
            else tuition.amount_in_waived_terms
        end as amount,
        case when school.owner is null then 'schools' else '' end as missing_inputs,
        case when coalesce(school.owner, '') like '%民%' then 'probable' else 'certain' end as certainty,
        'B' as severity
    from tuition
    inner join waived_year
        on
            tuition.person_id = waived_year.person_id
            and tuition.school_code = waived_year.school_code
            and tuition.school_year = waived_year.school_year
    left join core.school as school
        on tuition.school_code = school.school_code
    left join price
        on
            tuition.school_code = price.school_code
            and tuition.school_year = price.school_year
            and tuition.major_code = price.major_code
            and price.students >= $least_payers
    where
        policy_number(
            'aid.waiver.charge_allowed', waived_year.registry, waived_year.region_code, waived_year.benefit_from
        ) = 0
        -- X29_private_difference
        and not (
            coalesce(school.owner, '') like '%民%'
            and coalesce(
                policy_number(
                    'aid.waiver.private_may_charge_difference',
                    waived_year.registry,
                    waived_year.region_code,
                    waived_year.benefit_from
                ) = 1,
                false
            )
            and (
                price.amount is null
                or tuition.amount <= greatest(price.amount - waived_year.amount, 0)
            )
        )
        -- X29b_refunded
        and tuition.amount > 0
),

other_item as (
    select
        waived_year.person_id,
        waived_year.school_code,
        waived_year.school_year,
        dated.opens,
        dated.fee_item,
        any_value(waived_year.registry) as registry,
        any_value(waived_year.region_code) as region_code,
        any_value(waived_year.benefit_from) as benefit_from,
        any_value(waived_year.amount) as amount_waived,
        sum(dated.amount) as amount,
        list_sort(list(dated.record_id)) as record_ids
    from waived_year
    inner join dated
        on
            waived_year.person_id = dated.person_id
            and waived_year.school_code = dated.school_code
            and waived_year.school_year = dated.school_year
    where dated.kind = 'other'
    group by waived_year.person_id, waived_year.school_code, waived_year.school_year, dated.opens, dated.fee_item
    having sum(dated.amount) > 0
),

instead as (
    select
        other_item.person_id,
        other_item.school_code,
        other_item.school_year,
        other_item.fee_item as fee_items,
        other_item.record_ids,
        'instead of tuition' as charged_as,
        '以其他名目代收学费' as charged_as_zh,
        other_item.amount,
        '' as missing_inputs,
        'probable' as certainty,
        case when payers.students >= $least_payers then 'B' else 'C' end as severity
    from other_item
    left join payers
        on
            other_item.school_code = payers.school_code
            and other_item.school_year = payers.school_year
    left join item_of_payers as same_item
        on
            other_item.school_code = same_item.school_code
            and other_item.school_year = same_item.school_year
            and other_item.fee_item = same_item.fee_item
    left join item_of_year as item_before
        on
            other_item.school_code = item_before.school_code
            and other_item.opens - 1 = item_before.opens
            and other_item.fee_item = item_before.fee_item
    left join ledger as ledger_before
        on
            other_item.school_code = ledger_before.school_code
            and other_item.opens - 1 = ledger_before.opens
    where
        policy_number(
            'aid.waiver.charge_allowed', other_item.registry, other_item.region_code, other_item.benefit_from
        ) = 0
        and other_item.amount >= other_item.amount_waived * $least_share
        and (coalesce(payers.students, 0) >= $least_payers or ledger_before.school_code is not null)
        -- X29c_charged_to_everyone
        and item_before.fee_item is null
        and coalesce(2 * same_item.students < payers.students, true)
),

charge as (
    select * from tuition_charged
    where tuition_charged.amount > 0
    union all by name
    select * from instead
),

provable as (
    select
        charge.*,
        case when charge.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from charge
    qualify
        verdict = max(verdict) over (partition by charge.person_id, charge.school_code)
),

charged_year as (
    select
        provable.person_id,
        provable.school_code,
        provable.school_year,
        sum(provable.amount) as amount,
        max(provable.verdict) as verdict,
        max(provable.missing_inputs) as missing_inputs,
        min(provable.severity) as severity,
        max(provable.certainty) as certainty,
        string_agg(distinct provable.charged_as, ', ' order by provable.charged_as) as charged_as,
        string_agg(distinct provable.charged_as_zh, '、' order by provable.charged_as_zh) as charged_as_zh,
        string_agg(distinct provable.fee_items, '、' order by provable.fee_items) as fee_items,
        list_sort(flatten(list(provable.record_ids))) as record_ids
    from provable
    group by provable.person_id, provable.school_code, provable.school_year
),

student as (
    select
        charged_year.person_id,
        charged_year.school_code,
        cast(sum(waived_year.amount) as decimal(14, 2)) as amount_waived,
        cast(sum(charged_year.amount) as decimal(14, 2)) as amount_paid,
        min(waived_year.registry) as registry,
        min(waived_year.benefit_from) as overlap_from,
        max(waived_year.benefit_to) as overlap_to,
        min(waived_year.match_probability) as match_probability,
        max(charged_year.verdict) as verdict,
        max(charged_year.missing_inputs) as missing_inputs,
        min(charged_year.severity) as severity,
        arg_min(charged_year.record_ids[1], charged_year.school_year) as record_id,
        string_agg(distinct charged_year.charged_as, ', ' order by charged_year.charged_as) as charged_as,
        string_agg(distinct charged_year.charged_as_zh, '、' order by charged_year.charged_as_zh) as charged_as_zh,
        string_agg(distinct charged_year.fee_items, '、' order by charged_year.fee_items) as fee_items,
        string_agg(
            charged_year.school_year
            || case
                when len(waived_year.terms) > 1 then '' when waived_year.terms[1] = 'autumn' then ' 秋' else ' 春'
            end,
            '、' order by charged_year.school_year
        ) as terms,
        case
            when min(waived_year.match_probability) < $certain_match then 'probable'
            else max(charged_year.certainty)
        end as certainty,
        list_sort(
            list_distinct(
                list_concat(flatten(list(charged_year.record_ids)), flatten(list(waived_year.record_ids)))
            )
        ) as evidence_record_ids
    from charged_year
    inner join waived_year
        on
            charged_year.person_id = waived_year.person_id
            and charged_year.school_code = waived_year.school_code
            and charged_year.school_year = waived_year.school_year
    group by charged_year.person_id, charged_year.school_code
)

select
    student.person_id,
    student.record_id,
    student.school_code,
    student.registry,
    student.charged_as,
    student.charged_as_zh,
    student.fee_items,
    student.terms,
    student.overlap_from,
    student.overlap_to,
    student.match_probability,
    student.severity,
    student.certainty,
    student.amount_waived,
    student.amount_paid,
    student.evidence_record_ids,
    student.verdict,
    student.missing_inputs
from student
