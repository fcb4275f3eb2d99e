/*
id: SA404
title: amount off the tariff or over the cap
title_zh: 资助金额偏离标准或超过年度上限
severity: B
certainty: certain
subject: person
policy:
  - national:grant-2019
  - national:grant-2007
  - national:scholarship
  - national:waiver-standard
  - national:aid-rhythm
reads:
  required:
    - core.aid
    - core.enrolment
    - feature.aid_claim
    - feature.school_term
    - feature.term_presence
  optional:
    - core.hold
    - status_changes
  needs_sources: [aid_payments]
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - deviation
  - deviation_zh
  - terms
  - overlap_from
  - overlap_to
  - match_probability
  - severity
  - certainty
  - amount_total
  - amount_tariff
  - amount_paid
  - amount_short
  - aid_items
  - evidence_record_ids
key: [person_id, school_code, deviation]
route: school_code
message: >-
  For {terms} {amount_total} yuan were paid where the standard is {amount_tariff} ({deviation}): {amount_paid} yuan too
  much, {amount_short} too little.
message_zh: >-
  该生 {terms} 资助共发 {amount_total} 元,标准为 {amount_tariff} 元({deviation_zh}),多发 {amount_paid} 元,少发 {amount_short} 元。
next: >-
  Compare the list of the term with the approved standard and with the bank's statement; ask who changed the amount of
  this student.
next_zh: 对照批准的资助标准、当期造册和银行流水,核查该生金额为何与标准不同,多退少补。
params:
  usual_students:
    default: 5
    unit: students
    comment: Own estimate; from so many aided students on, what the school usually paid in the term is its tariff.
  usual_share:
    default: 0.8
    unit: share
    comment: Own estimate; one amount is the tariff of a class where this share of the students draws it.
  instalments:
    default: policy:aid.grant.payments_per_term_max
    unit: payments
    comment: Monthly payments that a term has.
    registry: vocational
  arrears_from:
    default: 1.5
    unit: times
    comment: Own estimate; from so many times the amount of the class on, the line may settle another term as well.
  settled_days:
    default: 60
    unit: days
    comment: Own estimate; payments of a term are late by so much after its end at times.
  whole_term_days:
    default: 130
    unit: days
    comment: Own estimate; so many days on the roll are a whole term, spring or autumn.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the payments are this person's only probably.
exceptions:
  - name: X04_other_level
    says: An advanced or technician class has a dearer waiver than the intermediate one.
    says_zh: 高级工、预备技师班执行更高的免学费标准。
    proof: core.enrolment
  - name: X15_part_of_the_term
    says: The student came, left or was away in the term and is paid for the months only.
    says_zh: 学生当学期中途入学、离校或休学,按月折算发放。
    proof: core.enrolment
  - name: X37_arrears
    says: One line settles a whole year, or an earlier term that was not paid.
    says_zh: 一次性结算全学年,或补发此前未发学期。
    proof: core.aid
  - name: X37b_more_to_come
    says: The term is hardly over; further instalments may follow.
    says_zh: 学期刚结束,余款可能尚在发放。
    proof: core.aid
  - name: X37c_paid_late
    says: A payment of the holidays that settles the term before, beside no more than the instalments that a term has.
    says_zh: 暑期补发上学期应发款项,未超过学期应发次数。
    proof: core.aid
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

An amount that fits no standard was typed or bent. Deviations: `over the year's cap` (grant, all schools and registries
together, by the highest level of the place), `scholarship` (more than one a year) and `scholarship short`, `waiver
above its class` (dearer than what four fifths of the same class pay at the school in the term), `paid for the
holidays` (monthly payments beyond the five of a term, dated July or August), `grant short` (a whole term at school and
less than the lowest level, while others are paid in full; C).

What is too much by paying twice in a term is SA402's and is left out of the sums here. Places set tariffs of their own
in their packs; where none does, the national levels hold. A level that lies between the lowest and the highest is not
judged: places have two or three, and no list says who belongs to which.

What to check first

The list that the school sent up and the list that the bank paid, line by line; amounts differ where money is skimmed.
*/
with claim as (
    select
        claim.*,
        case when claim.aid_item = 'tech_grant' then 'grant' else claim.aid_item end as benefit
    from feature.aid_claim as claim
    where
        claim.registry in ('vocational', 'technical')
        and claim.aid_item <> 'local'
),

at_school as (
    select
        claim.person_id,
        claim.registry,
        claim.current_school_code as school_code,
        claim.school_year,
        claim.term,
        claim.benefit,
        cast(sum(claim.payments) as integer) as payments,
        min(claim.region_code) as region_code,
        min(claim.benefit_from) as benefit_from,
        max(claim.benefit_to) as benefit_to,
        sum(claim.amount) as amount,
        min(claim.match_probability) as match_probability,
        max(claim.aid_item) as aid_items,
        list_sort(flatten(list(claim.record_ids))) as record_ids
    from claim
    group by
        claim.person_id,
        claim.registry,
        claim.current_school_code,
        claim.school_year,
        claim.term,
        claim.benefit
),

usual as (
    select
        at_school.registry,
        at_school.school_code,
        at_school.school_year,
        at_school.term,
        at_school.benefit,
        count(*) as students,
        median(at_school.amount) as amount
    from at_school
    group by
        at_school.registry,
        at_school.school_code,
        at_school.school_year,
        at_school.term,
        at_school.benefit
),

-- What the place and the day grant at most, asked once for each.
highest as (
    select
        asked.registry,
        asked.region_code,
        asked.benefit,
        asked.benefit_from,
        case asked.benefit
            when 'grant'
                then
                    coalesce(
                        policy_number(
                            'aid.grant.amount_year_max', asked.registry, asked.region_code, asked.benefit_from
                        ),
                        policy_number('aid.grant.amount_year', asked.registry, asked.region_code, asked.benefit_from)
                    )
            when 'scholarship'
                then
                    policy_number('aid.scholarship.amount', asked.registry, asked.region_code, asked.benefit_from)
        end as cap
    from (
        select
            at_school.registry,
            at_school.region_code,
            at_school.benefit,
            at_school.benefit_from
        from at_school
        group by at_school.registry, at_school.region_code, at_school.benefit, at_school.benefit_from
    ) as asked
),

capped as (
    select
        at_school.*,
        usual.amount as usual_amount,
        highest.cap
    from at_school
    inner join highest
        on
            at_school.registry = highest.registry
            and at_school.region_code is not distinct from highest.region_code
            and at_school.benefit = highest.benefit
            and at_school.benefit_from = highest.benefit_from
    left join usual
        on
            at_school.registry = usual.registry
            and at_school.school_code = usual.school_code
            and at_school.school_year = usual.school_year
            and at_school.term = usual.term
            and at_school.benefit = usual.benefit
            and usual.students >= $usual_students
),

-- What is too much because the term was paid twice is SA402's: the rest counts here.
weighed as (
    select
        capped.*,
        case capped.benefit when 'grant' then capped.cap / 2 else capped.cap end as term_cap,
        capped.payments > 1
        and capped.amount > greatest(
            case capped.benefit when 'grant' then capped.cap / 2 else capped.cap end, coalesce(capped.usual_amount, 0)
        ) as is_paid_twice
    from capped
),

counted as (
    select
        weighed.*,
        case when weighed.is_paid_twice then weighed.term_cap else weighed.amount end as counted_amount
    from weighed
    where weighed.benefit in ('grant', 'scholarship')
    -- Of two payers in a term one is SA402's.
    qualify
        row_number() over (
            partition by weighed.person_id, weighed.school_year, weighed.term, weighed.benefit
            order by
                case when weighed.is_paid_twice then weighed.term_cap else weighed.amount end desc,
                weighed.registry,
                weighed.school_code
        ) = 1
),

year_of_person as (
    select
        counted.person_id,
        counted.school_year,
        counted.benefit,
        arg_max(counted.registry, counted.benefit_from) as registry,
        arg_max(counted.school_code, counted.benefit_from) as school_code,
        min(counted.benefit_from) as benefit_from,
        max(counted.benefit_to) as benefit_to,
        sum(counted.counted_amount) as amount,
        max(counted.cap) as cap,
        max(counted.counted_amount) filter (where counted.payments = 1) as largest_line,
        min(counted.match_probability) as match_probability,
        string_agg(distinct counted.aid_items, ',' order by counted.aid_items) as aid_items,
        string_agg(
            distinct counted.school_year || case counted.term when 'autumn' then ' 秋' else ' 春' end,
            '、' order by counted.school_year || case counted.term when 'autumn' then ' 秋' else ' 春' end
        ) as terms,
        list_sort(flatten(list(counted.record_ids))) as record_ids
    from counted
    where counted.cap is not null
    group by counted.person_id, counted.school_year, counted.benefit
    having
        sum(counted.counted_amount) > max(counted.cap)
        or counted.benefit = 'scholarship'
),

-- Terms at school in the years before for which no grant was drawn.
unpaid_before as (
    select
        year_of_person.person_id,
        year_of_person.school_year,
        count(distinct presence.school_year || presence.term) as terms
    from year_of_person
    inner join feature.term_presence as presence
        on year_of_person.person_id = presence.person_id
    left join counted as paid
        on
            paid.benefit = 'grant'
            and presence.person_id = paid.person_id
            and presence.school_year = paid.school_year
            and presence.term = paid.term
    where
        year_of_person.benefit = 'grant'
        and presence.registry in ('vocational', 'technical')
        and presence.active_days > 0
        and presence.school_year < year_of_person.school_year
        and paid.person_id is null
    group by year_of_person.person_id, year_of_person.school_year
),

over_the_cap as (
    select
        year_of_person.person_id,
        year_of_person.registry,
        year_of_person.school_code,
        year_of_person.benefit_from,
        year_of_person.benefit_to,
        year_of_person.match_probability,
        year_of_person.aid_items,
        year_of_person.terms,
        year_of_person.record_ids,
        year_of_person.amount as amount_total,
        year_of_person.cap as tariff,
        '' as missing_inputs,
        case
            when year_of_person.benefit = 'grant' then 'over the year''s cap'
            when year_of_person.amount > year_of_person.cap then 'scholarship'
            else 'scholarship short'
        end as deviation,
        case
            when year_of_person.benefit = 'grant' then '助学金超过年度最高档'
            when year_of_person.amount > year_of_person.cap then '奖学金超过标准'
            else '奖学金低于标准'
        end as deviation_zh,
        case when year_of_person.amount > year_of_person.cap then 'B' else 'C' end as severity,
        case when year_of_person.amount > year_of_person.cap then 'certain' else 'probable' end as certainty,
        greatest(year_of_person.amount - year_of_person.cap, 0) as excess,
        greatest(year_of_person.cap - year_of_person.amount, 0) as short
    from year_of_person
    left join unpaid_before
        on
            year_of_person.person_id = unpaid_before.person_id
            and year_of_person.school_year = unpaid_before.school_year
    where
        year_of_person.amount > year_of_person.cap
        -- X37_arrears
        and not coalesce(
            year_of_person.benefit = 'grant'
            and year_of_person.largest_line >= $arrears_from * year_of_person.cap / 2
            and year_of_person.amount <= year_of_person.cap * (1 + unpaid_before.terms / 2),
            false
        )
        or (
            year_of_person.benefit = 'scholarship'
            and year_of_person.amount < year_of_person.cap
            -- X37b_more_to_come
            and year_of_person.benefit_to + $settled_days < as_of()
        )
),

-- The course that a claim is for: of several enrolments the dearest.
course as (
    select
        weighed.person_id,
        weighed.registry,
        weighed.school_code,
        weighed.school_year,
        weighed.term,
        weighed.benefit,
        max(presence.active_days) as active_days,
        max(presence.held_days) as held_days,
        max(enrolment.major_code) as major_code,
        max(enrolment.level) as level
    from weighed
    inner join feature.term_presence as presence
        on
            weighed.person_id = presence.person_id
            and weighed.registry = presence.registry
            and weighed.school_code = presence.current_school_code
            and weighed.school_year = presence.school_year
            and weighed.term = presence.term
    inner join core.enrolment as enrolment
        on presence.record_id = enrolment.record_id
    group by
        weighed.person_id,
        weighed.registry,
        weighed.school_code,
        weighed.school_year,
        weighed.term,
        weighed.benefit
),

waiver_line as (
    select
        weighed.*,
        course.major_code,
        course.level
    from weighed
    inner join course
        on
            weighed.person_id = course.person_id
            and weighed.registry = course.registry
            and weighed.school_code = course.school_code
            and weighed.school_year = course.school_year
            and weighed.term = course.term
            and weighed.benefit = course.benefit
    where
        weighed.benefit = 'tuition_waiver'
        and weighed.payments = 1
),

-- Classes in which somebody draws more than is usual.
class_tariff as (
    select
        waiver_line.registry,
        waiver_line.school_code,
        waiver_line.school_year,
        waiver_line.term,
        waiver_line.major_code,
        waiver_line.level,
        count(*) as classmates,
        median(waiver_line.amount) as class_amount
    from waiver_line
    group by
        waiver_line.registry,
        waiver_line.school_code,
        waiver_line.school_year,
        waiver_line.term,
        waiver_line.major_code,
        -- X04_other_level
        waiver_line.level
    having max(waiver_line.amount) > median(waiver_line.amount)
),

waiver as (
    select
        waiver_line.*,
        class_tariff.classmates,
        class_tariff.class_amount
    from waiver_line
    inner join class_tariff
        on
            waiver_line.registry = class_tariff.registry
            and waiver_line.school_code = class_tariff.school_code
            and waiver_line.school_year = class_tariff.school_year
            and waiver_line.term = class_tariff.term
            and waiver_line.major_code is not distinct from class_tariff.major_code
            and waiver_line.level is not distinct from class_tariff.level
),

-- Terms at school for which no waiver was drawn, up to the end of the school year.
unpaid_term as (
    select
        waiver.person_id,
        waiver.benefit_from,
        count(distinct presence.school_year || presence.term) as terms
    from waiver
    inner join feature.term_presence as presence
        on
            waiver.person_id = presence.person_id
            and waiver.registry = presence.registry
    left join waiver_line as paid
        on
            presence.person_id = paid.person_id
            and presence.school_year = paid.school_year
            and presence.term = paid.term
    where
        presence.active_days > 0
        and paid.person_id is null
        and presence.school_year <= waiver.school_year
        and waiver.amount > waiver.class_amount
    group by waiver.person_id, waiver.benefit_from
),

agreeing as (
    select
        waiver.registry,
        waiver.school_code,
        waiver.school_year,
        waiver.term,
        waiver.major_code,
        waiver.level,
        count(*) filter (where waiver.amount = waiver.class_amount) / count(*) as share
    from waiver
    group by
        waiver.registry,
        waiver.school_code,
        waiver.school_year,
        waiver.term,
        waiver.major_code,
        waiver.level
),

above_its_class as (
    select
        waiver.person_id,
        waiver.registry,
        waiver.school_code,
        waiver.benefit_from,
        waiver.benefit_to,
        waiver.match_probability,
        waiver.aid_items,
        waiver.record_ids,
        waiver.amount as amount_total,
        waiver.class_amount as tariff,
        '' as missing_inputs,
        'waiver above its class' as deviation,
        '免学费高于同校同专业同层次标准' as deviation_zh,
        'B' as severity,
        'probable' as certainty,
        0 as short,
        waiver.school_year || case waiver.term when 'autumn' then ' 秋' else ' 春' end as terms,
        waiver.amount - waiver.class_amount as excess
    from waiver
    inner join agreeing
        on
            waiver.registry = agreeing.registry
            and waiver.school_code = agreeing.school_code
            and waiver.school_year = agreeing.school_year
            and waiver.term = agreeing.term
            and waiver.major_code is not distinct from agreeing.major_code
            and waiver.level is not distinct from agreeing.level
    left join unpaid_term
        on
            waiver.person_id = unpaid_term.person_id
            and waiver.benefit_from = unpaid_term.benefit_from
    where
        waiver.classmates > $usual_students
        and agreeing.share >= $usual_share
        and waiver.amount > waiver.class_amount
        -- X37_arrears
        and not (
            waiver.amount >= waiver.class_amount * $arrears_from
            and waiver.amount <= waiver.class_amount * (1 + coalesce(unpaid_term.terms, 0))
        )
),

payment as (
    select
        aid.person_id,
        aid.registry,
        aid.current_school_code as school_code,
        aid.school_year,
        aid.term,
        min(aid.amount) as least_amount,
        max(aid.amount) as amount,
        count(*) as payments,
        count(*) filter (where month(aid.paid_on) in (7, 8)) as in_holidays
    from core.aid as aid
    where
        aid.is_paid
        and aid.aid_item in ('grant', 'tech_grant')
        and aid.paid_on is not null
    group by aid.person_id, aid.registry, aid.current_school_code, aid.school_year, aid.term
),

for_the_holidays as (
    select
        weighed.person_id,
        weighed.registry,
        weighed.school_code,
        weighed.benefit_from,
        weighed.benefit_to,
        weighed.match_probability,
        weighed.aid_items,
        weighed.record_ids,
        weighed.amount as amount_total,
        '' as missing_inputs,
        'paid for the holidays' as deviation,
        '按月发放含七、八月' as deviation_zh,
        'B' as severity,
        'probable' as certainty,
        0 as short,
        weighed.school_year || case weighed.term when 'autumn' then ' 秋' else ' 春' end as terms,
        payment.amount * (payment.payments - payment.in_holidays) as tariff,
        payment.amount * payment.in_holidays as excess
    from weighed
    inner join payment
        on
            weighed.person_id = payment.person_id
            and weighed.registry = payment.registry
            and weighed.school_code = payment.school_code
            and weighed.school_year = payment.school_year
            and weighed.term = payment.term
    where
        weighed.benefit = 'grant'
        and not weighed.is_paid_twice
        and payment.in_holidays > 0
        and payment.amount = payment.least_amount
        -- X37c_paid_late
        and payment.payments - payment.in_holidays >= $instalments
),

grant_short as (
    select
        weighed.person_id,
        weighed.registry,
        weighed.school_code,
        weighed.benefit_from,
        weighed.benefit_to,
        weighed.match_probability,
        weighed.aid_items,
        weighed.record_ids,
        weighed.amount as amount_total,
        'grant short' as deviation,
        '助学金低于最低档' as deviation_zh,
        'C' as severity,
        'probable' as certainty,
        0 as excess,
        weighed.school_year || case weighed.term when 'autumn' then ' 秋' else ' 春' end as terms,
        case when is_delivered('status_changes') then '' else 'status_changes' end as missing_inputs,
        policy_number(
            'aid.grant.amount_year_min', weighed.registry, weighed.region_code, weighed.benefit_from
        ) / 2 as tariff,
        policy_number(
            'aid.grant.amount_year_min', weighed.registry, weighed.region_code, weighed.benefit_from
        ) / 2 - weighed.amount as short
    from weighed
    inner join course
        on
            weighed.person_id = course.person_id
            and weighed.registry = course.registry
            and weighed.school_code = course.school_code
            and weighed.school_year = course.school_year
            and weighed.term = course.term
            and weighed.benefit = course.benefit
    where
        weighed.benefit = 'grant'
        and weighed.usual_amount >= policy_number(
            'aid.grant.amount_year_min', weighed.registry, weighed.region_code, weighed.benefit_from
        ) / 2
        and weighed.amount < policy_number(
            'aid.grant.amount_year_min', weighed.registry, weighed.region_code, weighed.benefit_from
        ) / 2
        -- X15_part_of_the_term
        and course.active_days >= $whole_term_days
        and course.held_days = 0
        -- X37b_more_to_come
        and weighed.benefit_to + $settled_days < as_of()
        -- A part came from another school.
        and not exists (
            select 1
            from at_school as other
            where
                weighed.person_id = other.person_id
                and weighed.school_year = other.school_year
                and weighed.term = other.term
                and weighed.benefit = other.benefit
                and weighed.school_code <> other.school_code
        )
),

off_tariff as (
    select * from over_the_cap
    union all by name
    select * from above_its_class
    union all by name
    select * from for_the_holidays
    union all by name
    select * from grant_short
),

provable as (
    select
        off_tariff.*,
        case when off_tariff.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from off_tariff
    qualify
        verdict = max(verdict) over (partition by off_tariff.person_id, off_tariff.school_code, off_tariff.deviation)
),

student as (
    select
        provable.person_id,
        provable.school_code,
        provable.deviation,
        cast(sum(provable.amount_total) as decimal(14, 2)) as amount_total,
        cast(sum(provable.tariff) as decimal(14, 2)) as amount_tariff,
        cast(sum(provable.excess) as decimal(14, 2)) as amount_paid,
        cast(sum(provable.short) as decimal(14, 2)) as amount_short,
        min(provable.deviation_zh) as deviation_zh,
        min(provable.registry) as registry,
        min(provable.benefit_from) as overlap_from,
        max(provable.benefit_to) as overlap_to,
        min(provable.match_probability) as match_probability,
        min(provable.severity) as severity,
        max(provable.verdict) as verdict,
        max(provable.missing_inputs) as missing_inputs,
        arg_min(provable.record_ids[1], provable.benefit_from) as record_id,
        string_agg(provable.terms, '、' order by provable.benefit_from) as terms,
        string_agg(distinct provable.aid_items, ',' order by provable.aid_items) as aid_items,
        case
            when min(provable.match_probability) < $certain_match then 'probable'
            else max(provable.certainty)
        end as certainty,
        list_sort(list_distinct(flatten(list(provable.record_ids)))) as evidence_record_ids
    from provable
    group by provable.person_id, provable.school_code, provable.deviation
)

select
    student.person_id,
    student.record_id,
    student.school_code,
    student.registry,
    student.deviation,
    student.deviation_zh,
    student.terms,
    student.overlap_from,
    student.overlap_to,
    student.match_probability,
    student.severity,
    student.certainty,
    student.amount_total,
    student.amount_tariff,
    student.amount_paid,
    student.amount_short,
    student.aid_items,
    student.evidence_record_ids,
    student.verdict,
    student.missing_inputs
from student
