/*
id: SA401
title: aid without an active enrolment in the benefit term
title_zh: 资助学期内无有效学籍仍领取资助
severity: A
certainty: certain
subject: person
policy: [national:aid-eligible, national:aid-stop, xinzhou_2023:aid-fraud]
reads:
  required:
    - core.aid
    - core.enrolment
    - feature.aid_claim
    - feature.school_term
    - feature.term_presence
  optional:
    - core.certificate
    - core.change
    - core.school
    - feature.approved_transfer
    - graduates
    - higher_students
    - k12_students
    - school_events
    - status_changes
    - technical_students
    - vocational_students
  needs_sources: [aid_payments]
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - reason
  - reason_zh
  - terms
  - overlap_from
  - overlap_to
  - match_probability
  - certainty
  - amount_paid
  - aid_items
  - evidence_record_ids
key: [person_id, registry, school_code]
route: school_code
message: >-
  Aid of {amount_paid} yuan was paid for {terms}, terms in which the student has no active enrolment at the school
  ({reason}).
message_zh: 该生在 {terms} 学期于该校无有效学籍({reason_zh}),仍发放资助 {amount_paid} 元。
next: >-
  Put the payment voucher beside the registry print of the benefit term, not of the day of payment; if the student was
  not there, the aid is to be paid back.
next_zh: 调取发放凭证与受助学期(非发放日)的学籍打印件对照,核实学生当期是否在校,不在校的追回资金并查清签领人。
params:
  short_stay_days:
    default: 30
    unit: days
    comment: Own estimate from the rule that aid stops with the month after leaving; so many days carry a term's aid.
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: A transfer may precede the benefit term by this much while the lists still name the former school.
  covered_share:
    default: 0.5
    unit: share
    comment: Own estimate; the registry vouches for a school and term where it shows at least this share of the aided.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the payment is this person's only probably.
exceptions:
  - name: X10_merged_schools
    says: The student is enrolled under the code of the school that took the paying one over, or that it took over.
    says_zh: 学校合并、更名,学生学籍在沿革关系的另一代码下。
    proof: core.enrolment
  - name: X15_transfer_in_term
    says: The student moved to or from the school during the term or just before it and is enrolled elsewhere in it.
    says_zh: 学生当学期(或学期前不久)经批准转学,资助由原校造册发放。
    proof: core.change
  - name: X17_corrected_identity
    says: >-
      An enrolment at the school under the same student number covers the term; or that of a namesake who drew no aid,
      accounts for all lines of the number and is not, by the registry, a student beside the number's own.
    says_zh: 资助名单证件号有误或更正前后不一致,同学籍号(或同名、本人未另领、能对应该号全部发放且学籍未显示为另一人)的学籍当期有效。
    proof: core.enrolment
  - name: X18_graduated_since
    says: The export lists present students only; the certificate shows that the student was at the school till later.
    says_zh: 学籍导出仅含在籍学生,毕业名单证明该生受助学期仍在该校。
    proof: graduates
  - name: X19_left_since
    says: The export lists present students only; the change shows that the student left the school later.
    says_zh: 学籍导出仅含在籍学生,异动名单证明该生受助学期之后才离校。
    proof: core.change
history:
  - {on: 2024-01-15, note: First edition.}
  - on: 2024-04-15
    note: >-
      A term that has just begun is judged by who is there, not by the days gone by; leavers and suspended students that
      an export lists no longer make it incomplete; graduates and leavers whom an export of present students leaves out
      are looked for in the lists of certificates and changes.
  - on: 2024-04-15
    note: >-
      A namesake excuses a line only if he can account for all lines of its number at the school and the registry does
      not show the number's own student, born on another day and in another class or school.
---
Why it matters

Aid may be drawn only by full-time students with a regular enrolment; a line for someone who is not enrolled, has left
before the term, or is suspended, is the plainest form of 冒领. It is judged by the term that it is for: a payment in
May for the autumn is lawful, and a student who left after the first month has earned that month (partial term).
Corrections and payments that the bank returned are netted first.

Where the registry export shows fewer than half of a school's aided students of a term, it is the export that is
incomplete: the finding waits for evidence.

What to check first

The voucher and its signature; the student's registry print for the benefit term; then the account that the money went
to and whether it is still drawn.
*/
with weak_claim as (
    select
        claim.*,
        claim.record_ids[1] as record_id
    from feature.aid_claim as claim
    anti join feature.term_presence as own
        on
            claim.person_id = own.person_id
            and claim.registry = own.registry
            and claim.school_code = own.school_code
            and claim.school_year = own.school_year
            and claim.term = own.term
            and own.active_days >= $short_stay_days
    where is_delivered(claim.registry || '_students')
),

presence as (
    select presence.*
    from feature.term_presence as presence
    semi join weak_claim
        on
            presence.person_id = weak_claim.person_id
            and presence.school_year = weak_claim.school_year
            and presence.term = weak_claim.term
),

own_presence as (
    select
        presence.person_id,
        presence.registry,
        presence.school_code,
        presence.school_year,
        presence.term,
        max(presence.held_days) as held_days
    from presence
    group by
        presence.person_id,
        presence.registry,
        presence.school_code,
        presence.school_year,
        presence.term
),

successor_presence as (
    select
        presence.person_id,
        presence.registry,
        presence.current_school_code,
        presence.school_year,
        presence.term,
        max(presence.active_days) as active_days
    from presence
    group by
        presence.person_id,
        presence.registry,
        presence.current_school_code,
        presence.school_year,
        presence.term
),

presence_anywhere as (
    select
        presence.person_id,
        presence.school_year,
        presence.term,
        max(presence.active_days) as active_days
    from presence
    group by presence.person_id, presence.school_year, presence.term
),

weak as (
    select
        weak_claim.*,
        coalesce(own_presence.held_days, 0) as held_days,
        coalesce(successor_presence.active_days, 0) as successor_days,
        coalesce(presence_anywhere.active_days, 0) as days_anywhere
    from weak_claim
    left join own_presence
        on
            weak_claim.person_id = own_presence.person_id
            and weak_claim.registry = own_presence.registry
            and weak_claim.school_code = own_presence.school_code
            and weak_claim.school_year = own_presence.school_year
            and weak_claim.term = own_presence.term
    left join successor_presence
        on
            weak_claim.person_id = successor_presence.person_id
            and weak_claim.registry = successor_presence.registry
            and weak_claim.current_school_code = successor_presence.current_school_code
            and weak_claim.school_year = successor_presence.school_year
            and weak_claim.term = successor_presence.term
    left join presence_anywhere
        on
            weak_claim.person_id = presence_anywhere.person_id
            and weak_claim.school_year = presence_anywhere.school_year
            and weak_claim.term = presence_anywhere.term
),

-- Everybody whom the schools of the weak claims aided in their terms.
aided as (
    select
        claim.person_id,
        claim.registry,
        claim.current_school_code,
        claim.school_year,
        claim.term,
        max(claim.benefit_to) as benefit_to
    from feature.aid_claim as claim
    semi join weak_claim
        on
            claim.registry = weak_claim.registry
            and claim.current_school_code = weak_claim.current_school_code
            and claim.school_year = weak_claim.school_year
            and claim.term = weak_claim.term
    group by claim.person_id, claim.registry, claim.current_school_code, claim.school_year, claim.term
),

spell as (
    select
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code,
        min(enrolment.started_on) as first_started_on,
        max(coalesce(enrolment.ended_on, as_of())) as last_ended_on,
        -- Left on a day that nothing proves: the term may lie before it.
        min(enrolment.started_on) filter (
            where enrolment.end_basis = 'status' and enrolment.ended_on = enrolment.started_on
        ) as undated_from,
        list(enrolment.record_id order by enrolment.record_id) as record_ids
    from core.enrolment as enrolment
    semi join aided
        on enrolment.person_id = aided.person_id
    group by enrolment.person_id, enrolment.registry, enrolment.current_school_code
),

-- An export that lists the leavers with the day of leaving, or the suspended, has shown them.
coverage as (
    select
        aided.registry,
        aided.current_school_code,
        aided.school_year,
        aided.term,
        count(*) filter (where spell.first_started_on <= aided.benefit_to) / count(*) as shown_share
    from aided
    left join spell
        on
            aided.person_id = spell.person_id
            and aided.registry = spell.registry
            and aided.current_school_code = spell.current_school_code
    group by aided.registry, aided.current_school_code, aided.school_year, aided.term
),

same_number as (
    select weak.record_id
    from weak
    inner join feature.term_presence as presence
        on
            weak.registry = presence.registry
            and weak.current_school_code = presence.current_school_code
            and weak.school_year = presence.school_year
            and weak.term = presence.term
            and weak.student_no = presence.student_no
    where presence.active_days >= $short_stay_days
    group by weak.record_id
),

namesake as (
    select
        weak.record_id,
        weak.person_id,
        weak.registry,
        weak.current_school_code,
        weak.student_no,
        presence.person_id as namesake_id,
        enrolment.record_id as enrolment_record_id,
        enrolment.born_on,
        enrolment.class_name,
        enrolment.entry_month
    from weak
    inner join feature.term_presence as presence
        on
            weak.registry = presence.registry
            and weak.current_school_code = presence.current_school_code
            and weak.school_year = presence.school_year
            and weak.term = presence.term
            and weak.name = presence.name
    inner join core.enrolment as enrolment
        on presence.record_id = enrolment.record_id
    left join feature.aid_claim as drawn
        on
            presence.person_id = drawn.person_id
            and presence.registry = drawn.registry
            and presence.current_school_code = drawn.current_school_code
            and presence.school_year = drawn.school_year
            and presence.term = drawn.term
            and weak.aid_item = drawn.aid_item
    where
        presence.active_days >= $short_stay_days
        and drawn.person_id is null
),

-- The number of the list is that of another student: enrolled under it, born on another day, not in the same class.
told_apart as (
    select
        namesake.record_id,
        namesake.namesake_id
    from namesake
    inner join core.enrolment as own
        on
            namesake.person_id = own.person_id
            and upper(namesake.student_no) = upper(own.student_no)
            and namesake.born_on <> own.born_on
    left join core.change as amendment
        on
            amendment.enrolment_record_id in (namesake.enrolment_record_id, own.record_id)
            and amendment.change_type = 'amend'
            and amendment.is_approved
    where
        amendment.record_id is null
        and (
            own.registry <> namesake.registry
            or own.current_school_code <> namesake.current_school_code
            or own.class_name is distinct from namesake.class_name
            or own.entry_month is distinct from namesake.entry_month
        )
    group by namesake.record_id, namesake.namesake_id
),

-- A number that was miswritten is the namesake's in every line: he accounts for all that was paid on it at the school.
unaided_namesake as (
    select
        namesake.person_id,
        namesake.registry,
        namesake.current_school_code
    from namesake
    anti join told_apart
        on
            namesake.record_id = told_apart.record_id
            and namesake.namesake_id = told_apart.namesake_id
    group by namesake.person_id, namesake.registry, namesake.current_school_code, namesake.namesake_id
    having
        count(distinct namesake.record_id) >= (
            select count(*)
            from weak
            where
                weak.person_id = namesake.person_id
                and weak.registry = namesake.registry
                and weak.current_school_code = namesake.current_school_code
                and weak.successor_days < $short_stay_days
        )
),

-- Students whom the registry does not list any more: until when another list shows them at the school.
gone_since as (
    select
        certificate.person_id,
        certificate.registry,
        certificate.current_school_code,
        max(certificate.graduated_on) as last_on,
        'graduated' as shown_by
    from core.certificate as certificate
    where certificate.enrolment_record_id is null
    group by certificate.person_id, certificate.registry, certificate.current_school_code
    union all
    select
        change.person_id,
        change.registry,
        coalesce(school.current_school_code, change.from_school_code) as current_school_code,
        max(change.changed_on) as last_on,
        'left' as shown_by
    from core.change as change
    left join core.school as school
        on change.from_school_code = school.school_code
    where
        change.enrolment_record_id is null
        and change.is_approved
        and change.change_type in (
            'withdraw', 'expel', 'cancel', 'graduate', 'transfer_out', 'deceased', 'suspend', 'reserve'
        )
    group by change.person_id, change.registry, coalesce(school.current_school_code, change.from_school_code)
),

this_year as (
    select max(term.first_day) as begun_on
    from feature.school_term as term
    where
        term.term = 'autumn'
        and term.first_day <= as_of()
),

unfounded as (
    select
        weak.*,
        spell.record_ids as enrolment_record_ids,
        case
            when weak.held_days > 0 then 'suspended'
            when spell.record_ids is null then 'no enrolment'
            when spell.last_ended_on < weak.benefit_from + $short_stay_days then 'left before'
            when spell.first_started_on > weak.benefit_to - $short_stay_days then 'entered later'
            else 'not in the term'
        end as reason,
        weak.school_year || case weak.term when 'autumn' then ' 秋' else ' 春' end as term_zh,
        concat_ws(
            ',',
            case
                when not is_delivered('school_events') and weak.days_anywhere >= $short_stay_days then 'school_events'
            end,
            case
                when
                    not is_delivered('status_changes') and weak.days_anywhere >= $short_stay_days
                    or not is_delivered('status_changes') and spell.record_ids is null
                    or spell.undated_from <= weak.benefit_to
                    then 'status_changes'
            end,
            -- Who left since may have dropped out of the export.
            case
                when
                    not is_delivered('graduates')
                    and spell.record_ids is null
                    and weak.benefit_to < this_year.begun_on
                    then 'graduates'
            end,
            case
                when coverage.shown_share < $covered_share then weak.registry || '_students'
            end
        ) as missing_inputs
    from weak
    cross join this_year
    inner join coverage
        on
            weak.registry = coverage.registry
            and weak.current_school_code = coverage.current_school_code
            and weak.school_year = coverage.school_year
            and weak.term = coverage.term
    left join spell
        on
            weak.person_id = spell.person_id
            and weak.registry = spell.registry
            and weak.current_school_code = spell.current_school_code
    where
        -- X10_merged_schools
        weak.successor_days < $short_stay_days
        -- X15_transfer_in_term
        and not exists (
            select 1
            from feature.approved_transfer as transfer
            where
                transfer.person_id = weak.person_id
                and weak.current_school_code in (transfer.from_school_code, transfer.to_school_code)
                and transfer.changed_on between weak.benefit_from - $lag_days and weak.benefit_to
                and weak.days_anywhere >= $short_stay_days
        )
        -- X17_corrected_identity
        and not exists (
            select 1
            from same_number
            where same_number.record_id = weak.record_id
        )
        and not exists (
            select 1
            from unaided_namesake
            where
                unaided_namesake.person_id = weak.person_id
                and unaided_namesake.registry = weak.registry
                and unaided_namesake.current_school_code = weak.current_school_code
        )
        -- X18_graduated_since
        and not exists (
            select 1
            from gone_since
            where
                gone_since.person_id = weak.person_id
                and gone_since.registry = weak.registry
                and gone_since.current_school_code = weak.current_school_code
                and gone_since.shown_by = 'graduated'
                and gone_since.last_on >= weak.benefit_from + $short_stay_days
        )
        -- X19_left_since
        and not exists (
            select 1
            from gone_since
            where
                gone_since.person_id = weak.person_id
                and gone_since.registry = weak.registry
                and coalesce(gone_since.current_school_code = weak.current_school_code, true)
                and gone_since.shown_by = 'left'
                and gone_since.last_on >= weak.benefit_from + $short_stay_days
        )
),

worded as (
    select
        unfounded.*,
        case unfounded.reason
            when 'suspended' then '休学等中断期间'
            when 'no enrolment' then '该校无此学籍'
            when 'left before' then '学期前已离校'
            when 'entered later' then '学期后才入学'
            else '当期未在籍'
        end as reason_zh,
        case when unfounded.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from unfounded
),

provable as (
    select worded.*
    from worded
    qualify
        worded.verdict = max(worded.verdict) over (
            partition by worded.person_id, worded.registry, worded.current_school_code
        )
),

student as (
    select
        provable.person_id,
        provable.registry,
        provable.current_school_code as school_code,
        cast(sum(provable.amount) as decimal(14, 2)) as amount_paid,
        min(provable.record_id) as record_id,
        min(provable.benefit_from) as overlap_from,
        max(provable.benefit_to) as overlap_to,
        min(provable.match_probability) as match_probability,
        max(provable.verdict) as verdict,
        max(provable.missing_inputs) as missing_inputs,
        string_agg(distinct provable.reason, ', ' order by provable.reason) as reason,
        string_agg(distinct provable.reason_zh, '、' order by provable.reason_zh) as reason_zh,
        string_agg(distinct provable.term_zh, '、' order by provable.term_zh) as terms,
        string_agg(distinct provable.aid_item, ',' order by provable.aid_item) as aid_items,
        case when min(provable.match_probability) >= $certain_match then 'certain' else 'probable' end as certainty,
        list_sort(
            list_distinct(
                list_concat(
                    flatten(list(provable.record_ids)),
                    flatten(list(coalesce(provable.enrolment_record_ids, [])))
                )
            )
        ) as evidence_record_ids
    from provable
    group by provable.person_id, provable.registry, provable.current_school_code
)

select
    student.person_id,
    student.record_id,
    student.school_code,
    student.registry,
    student.reason,
    student.reason_zh,
    student.terms,
    student.overlap_from,
    student.overlap_to,
    student.match_probability,
    student.certainty,
    student.amount_paid,
    student.aid_items,
    student.evidence_record_ids,
    student.verdict,
    student.missing_inputs
from student
