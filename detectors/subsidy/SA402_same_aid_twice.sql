/*
id: SA402
title: the same aid twice in a term
title_zh: 同一学期重复领取同类资助
severity: A
certainty: certain
subject: person
policy: [national:aid-once, xinzhou_2023:aid-fraud]
reads:
  required:
    - core.aid
    - feature.aid_claim
  optional:
    - feature.approved_transfer
    - feature.term_presence
    - school_events
    - status_changes
  needs_sources: [aid_payments]
evidence:
  - person_id
  - record_id
  - other_record_id
  - school_code
  - other_school_code
  - registry
  - other_registry
  - terms
  - overlap_from
  - overlap_to
  - match_probability
  - certainty
  - amount_total
  - amount_paid
  - aid_items
  - evidence_record_ids
key: [person_id, registry, school_code, other_registry, other_school_code]
route: school_code
message: >-
  The same kind of aid was paid twice for {terms}; of {amount_total} yuan in all, {amount_paid} yuan is more than was
  due.
message_zh: 该生 {terms} 学期重复领取同类资助,共发放 {amount_total} 元,其中多发 {amount_paid} 元。
next: >-
  Get the bank confirmations of both payments and the accounts they went to; the school where the student did not study
  in the term pays back.
next_zh: 调取两笔发放的银行回单和收款账户,确认学生当期实际就读学校,由另一方(或重复发放方)退回。
params:
  usual_students:
    default: 5
    unit: students
    comment: Own estimate; from so many aided students on, what the school usually paid in the term is its tariff.
  waiver_students:
    default: 2
    unit: students
    comment: Own estimate; the same for the waiver, whose standard is 3600 yuan a year in places and no national cap.
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: A transfer may precede the benefit term by this much while both schools still have the student listed.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the payments went to one person only probably.
exceptions:
  - name: X10_merged_schools
    says: The two payers are one school before and after a merger, and together they paid one term's aid.
    says_zh: 两校为合并前后同一学校,合计未超过一学期标准。
    proof: core.aid
  - name: X15_transfer_in_term
    says: >-
      The student moved between the two schools in the term and each paid a part; together not more than one term's aid.
    says_zh: 学生当学期转学,两校分段发放,合计未超过一学期标准。
    proof: core.change
  - name: X19_repeat_entrant
    says: >-
      The student left the one school and entered the other in the term; together they paid no more than one term's aid.
    says_zh: 学生当学期先离校后再入学,两校分段发放,合计未超过一学期标准。
    proof: core.enrolment
history:
  - {on: 2024-01-15, note: First edition.}
  - on: 2024-04-15
    note: >-
      A waiver dearer than the reference standard is told by fewer students than a grant, whose cap is known. Where the
      same sum was paid again and again, all but one is too much, not only what exceeds the highest level.
---
Why it matters

An aid item is due once a student and term. The two ministries pay from two systems that do not see each other, so that
a double enrolment is paid twice; and a school that sends its list twice is paid twice too. The grant of the vocational
and that of the technical system are one and the same benefit.

A term's aid may be paid in instalments: at one school only what exceeds the term's standard (or what the school
usually paid in that term, if that is more) is too much; where one and the same sum, a whole term's, was paid again,
all but one. Local programmes differ from place to place and are not
compared.

What to check first

Whether the two lines have two bank confirmations; then the accounts; then at which school the student sat in the term.
*/
with benefit as (
    select
        claim.*,
        case when claim.aid_item = 'tech_grant' then 'grant' else claim.aid_item end as benefit
    from feature.aid_claim as claim
    where claim.aid_item <> 'local'
),

-- Most students are paid once a term, and are looked at no further.
paid_again as (
    select
        benefit.person_id,
        benefit.school_year,
        benefit.term,
        benefit.benefit
    from benefit
    group by benefit.person_id, benefit.school_year, benefit.term, benefit.benefit
    having sum(benefit.payments) > 1
),

at_school as (
    select
        benefit.person_id,
        benefit.registry,
        benefit.current_school_code,
        benefit.school_year,
        benefit.term,
        benefit.benefit,
        cast(sum(benefit.payments) as integer) as payments,
        min(benefit.benefit_from) as benefit_from,
        max(benefit.benefit_to) as benefit_to,
        min(benefit.region_code) as region_code,
        sum(benefit.amount) as amount,
        max(benefit.largest_payment) as largest_payment,
        min(benefit.match_probability) as match_probability,
        string_agg(distinct benefit.aid_item, ',' order by benefit.aid_item) as aid_items,
        list_sort(flatten(list(benefit.record_ids))) as record_ids
    from benefit
    semi join paid_again
        on
            benefit.person_id = paid_again.person_id
            and benefit.school_year = paid_again.school_year
            and benefit.term = paid_again.term
            and benefit.benefit = paid_again.benefit
    group by
        benefit.person_id,
        benefit.registry,
        benefit.current_school_code,
        benefit.school_year,
        benefit.term,
        benefit.benefit
),

received as (
    select
        benefit.registry,
        benefit.current_school_code,
        benefit.school_year,
        benefit.term,
        benefit.benefit,
        benefit.amount
    from benefit
    anti join paid_again
        on
            benefit.person_id = paid_again.person_id
            and benefit.school_year = paid_again.school_year
            and benefit.term = paid_again.term
            and benefit.benefit = paid_again.benefit
    union all
    select
        at_school.registry,
        at_school.current_school_code,
        at_school.school_year,
        at_school.term,
        at_school.benefit,
        at_school.amount
    from at_school
),

usual as (
    select
        received.registry,
        received.current_school_code,
        received.school_year,
        received.term,
        received.benefit,
        count(*) as students,
        median(received.amount) as amount
    from received
    group by
        received.registry,
        received.current_school_code,
        received.school_year,
        received.term,
        received.benefit
),

tariffed as (
    select
        at_school.*,
        greatest(
            coalesce(
                case at_school.benefit
                    when 'tuition_waiver'
                        then
                            policy_number(
                                'aid.waiver.amount_year',
                                at_school.registry,
                                at_school.region_code,
                                at_school.benefit_from
                            ) / 2
                    when 'grant'
                        then
                            coalesce(
                                policy_number(
                                    'aid.grant.amount_year_max',
                                    at_school.registry,
                                    at_school.region_code,
                                    at_school.benefit_from
                                ),
                                policy_number(
                                    'aid.grant.amount_year',
                                    at_school.registry,
                                    at_school.region_code,
                                    at_school.benefit_from
                                )
                            ) / 2
                    when 'scholarship'
                        then
                            policy_number(
                                'aid.scholarship.amount',
                                at_school.registry,
                                at_school.region_code,
                                at_school.benefit_from
                            )
                end,
                at_school.amount
            ),
            coalesce(usual.amount, 0)
        ) as tariff,
        -- The same sum again and again, each a whole term's: one of them was due.
        at_school.amount = at_school.payments * at_school.largest_payment
        and at_school.largest_payment >= coalesce(
            usual.amount,
            policy_number(
                case at_school.benefit when 'grant' then 'aid.grant.amount_year' else 'aid.waiver.amount_year' end,
                at_school.registry,
                at_school.region_code,
                at_school.benefit_from
            ) / 2
        ) as is_repeated
    from at_school
    left join usual
        on
            at_school.registry = usual.registry
            and at_school.current_school_code = usual.current_school_code
            and at_school.school_year = usual.school_year
            and at_school.term = usual.term
            and at_school.benefit = usual.benefit
            -- The waiver's standard differs from place to place and class to class; the grant's cap is national.
            and usual.students
            >= case at_school.benefit when 'tuition_waiver' then $waiver_students else $usual_students end
),

presence as (
    select
        presence.person_id,
        presence.registry,
        presence.current_school_code,
        presence.school_year,
        presence.term,
        max(presence.active_days) as active_days
    from feature.term_presence as presence
    semi join paid_again
        on
            presence.person_id = paid_again.person_id
            and presence.school_year = paid_again.school_year
            and presence.term = paid_again.term
    group by
        presence.person_id,
        presence.registry,
        presence.current_school_code,
        presence.school_year,
        presence.term
),

twice_at_one_school as (
    select
        tariffed.person_id,
        tariffed.registry,
        tariffed.current_school_code as school_code,
        tariffed.registry as other_registry,
        tariffed.current_school_code as other_school_code,
        tariffed.school_year,
        tariffed.term,
        tariffed.benefit_from,
        tariffed.benefit_to,
        tariffed.match_probability,
        tariffed.aid_items,
        tariffed.record_ids,
        tariffed.amount as amount_total,
        '' as missing_inputs,
        tariffed.record_ids[1] as record_id,
        tariffed.record_ids[2] as other_record_id,
        tariffed.amount - case
            when tariffed.is_repeated then least(tariffed.tariff, tariffed.largest_payment)
            else tariffed.tariff
        end as amount_paid
    from tariffed
    where
        tariffed.payments > 1
        -- X10_merged_schools
        and tariffed.amount > tariffed.tariff
),

two_payers as (
    select
        first_payer.person_id,
        first_payer.registry,
        first_payer.current_school_code as school_code,
        other_payer.registry as other_registry,
        other_payer.current_school_code as other_school_code,
        first_payer.school_year,
        first_payer.term,
        first_payer.benefit_from,
        first_payer.benefit_to,
        first_payer.record_ids[1] as record_id,
        other_payer.record_ids[1] as other_record_id,
        coalesce(own_presence.active_days, 0) as active_days,
        coalesce(other_presence.active_days, 0) as other_active_days,
        first_payer.amount + other_payer.amount as amount_total,
        least(first_payer.amount, other_payer.amount) as amount_paid,
        greatest(first_payer.tariff, other_payer.tariff) as tariff,
        least(first_payer.match_probability, other_payer.match_probability) as match_probability,
        first_payer.aid_items || ',' || other_payer.aid_items as aid_items,
        list_sort(list_concat(first_payer.record_ids, other_payer.record_ids)) as record_ids
    from tariffed as first_payer
    inner join tariffed as other_payer
        on
            first_payer.person_id = other_payer.person_id
            and first_payer.school_year = other_payer.school_year
            and first_payer.term = other_payer.term
            and first_payer.benefit = other_payer.benefit
            and (first_payer.registry = 'vocational', other_payer.registry, first_payer.current_school_code)
            > (other_payer.registry = 'vocational', first_payer.registry, other_payer.current_school_code)
    left join presence as own_presence
        on
            first_payer.person_id = own_presence.person_id
            and first_payer.registry = own_presence.registry
            and first_payer.current_school_code = own_presence.current_school_code
            and first_payer.school_year = own_presence.school_year
            and first_payer.term = own_presence.term
    left join presence as other_presence
        on
            other_payer.person_id = other_presence.person_id
            and other_payer.registry = other_presence.registry
            and other_payer.current_school_code = other_presence.current_school_code
            and other_payer.school_year = other_presence.school_year
            and other_payer.term = other_presence.term
),

twice_at_two_schools as (
    select
        two_payers.*,
        concat_ws(
            ',',
            case
                when not is_delivered('school_events') and two_payers.amount_total <= two_payers.tariff
                    then 'school_events'
            end,
            case
                when not is_delivered('status_changes') and two_payers.amount_total <= two_payers.tariff
                    then 'status_changes'
            end
        ) as missing_inputs
    from two_payers
    where
        true
        -- X15_transfer_in_term
        and not exists (
            select 1
            from feature.approved_transfer as transfer
            where
                transfer.person_id = two_payers.person_id
                and coalesce(transfer.from_school_code, two_payers.school_code) in (
                    two_payers.school_code, two_payers.other_school_code
                )
                and coalesce(transfer.to_school_code, two_payers.school_code) in (
                    two_payers.school_code, two_payers.other_school_code
                )
                and transfer.changed_on between two_payers.benefit_from - $lag_days and two_payers.benefit_to
                and two_payers.amount_total <= two_payers.tariff
        )
        -- X19_repeat_entrant
        and not (
            two_payers.active_days > 0
            and two_payers.other_active_days > 0
            and two_payers.active_days + two_payers.other_active_days
            <= two_payers.benefit_to - two_payers.benefit_from + 1
            and two_payers.amount_total <= two_payers.tariff
        )
),

twice as (
    select
        one_school.person_id,
        one_school.registry,
        one_school.school_code,
        one_school.other_registry,
        one_school.other_school_code,
        one_school.school_year,
        one_school.term,
        one_school.benefit_from,
        one_school.benefit_to,
        one_school.match_probability,
        one_school.record_id,
        one_school.other_record_id,
        one_school.amount_total,
        one_school.amount_paid,
        one_school.aid_items,
        one_school.record_ids,
        one_school.missing_inputs
    from twice_at_one_school as one_school
    union all
    select
        two_schools.person_id,
        two_schools.registry,
        two_schools.school_code,
        two_schools.other_registry,
        two_schools.other_school_code,
        two_schools.school_year,
        two_schools.term,
        two_schools.benefit_from,
        two_schools.benefit_to,
        two_schools.match_probability,
        two_schools.record_id,
        two_schools.other_record_id,
        two_schools.amount_total,
        two_schools.amount_paid,
        two_schools.aid_items,
        two_schools.record_ids,
        two_schools.missing_inputs
    from twice_at_two_schools as two_schools
),

worded as (
    select
        twice.*,
        twice.school_year || case twice.term when 'autumn' then ' 秋' else ' 春' end as term_zh,
        case when twice.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from twice
),

provable as (
    select worded.*
    from worded
    qualify
        worded.verdict = max(worded.verdict) over (
            partition by
                worded.person_id,
                worded.registry,
                worded.school_code,
                worded.other_registry,
                worded.other_school_code
        )
),

student as (
    select
        provable.person_id,
        provable.registry,
        provable.school_code,
        provable.other_registry,
        provable.other_school_code,
        cast(sum(provable.amount_total) as decimal(14, 2)) as amount_total,
        cast(sum(provable.amount_paid) as decimal(14, 2)) as amount_paid,
        arg_min(provable.record_id, (provable.benefit_from, provable.record_id)) as record_id,
        arg_min(provable.other_record_id, (provable.benefit_from, provable.record_id)) as other_record_id,
        min(provable.benefit_from) as overlap_from,
        max(provable.benefit_to) as overlap_to,
        min(provable.match_probability) as match_probability,
        max(provable.verdict) as verdict,
        max(provable.missing_inputs) as missing_inputs,
        string_agg(distinct provable.term_zh, '、' order by provable.term_zh) as terms,
        array_to_string(
            list_sort(list_distinct(flatten(list(string_split(provable.aid_items, ','))))), ','
        ) as aid_items,
        case when min(provable.match_probability) >= $certain_match then 'certain' else 'probable' end as certainty,
        list_sort(flatten(list(provable.record_ids))) as evidence_record_ids
    from provable
    group by
        provable.person_id,
        provable.registry,
        provable.school_code,
        provable.other_registry,
        provable.other_school_code
)

select
    student.person_id,
    student.record_id,
    student.other_record_id,
    student.school_code,
    student.other_school_code,
    student.registry,
    student.other_registry,
    student.terms,
    student.overlap_from,
    student.overlap_to,
    student.match_probability,
    student.certainty,
    student.amount_total,
    student.amount_paid,
    student.aid_items,
    student.evidence_record_ids,
    student.verdict,
    student.missing_inputs
from student
