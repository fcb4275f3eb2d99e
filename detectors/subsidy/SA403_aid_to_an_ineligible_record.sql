/*
id: SA403
title: aid to an ineligible record
title_zh: 不符合条件的学籍领取资助
severity: B
certainty: certain
subject: person
policy:
  - national:aid-eligible
  - national:grant-2007
  - national:grant-2025
  - national:waiver
  - national:scholarship
  - national:aid-stop
reads:
  required:
    - core.aid
    - core.enrolment
    - feature.aid_claim
    - feature.school_term
    - feature.term_presence
  optional:
    - core.change
    - core.hold
    - core.roll_history
    - feature.approved_transfer
    - status_changes
  needs_sources: [aid_payments]
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - reason
  - reason_zh
  - terms
  - year_of_study
  - overlap_from
  - overlap_to
  - match_probability
  - severity
  - certainty
  - amount_total
  - amount_paid
  - aid_items
  - evidence_record_ids
key: [person_id, registry, school_code]
route: school_code
message: >-
  Aid of {amount_paid} yuan for {terms} was drawn on a record that does not carry it ({reason}; year of study
  {year_of_study}).
message_zh: 该生 {terms} 学期的学籍不符合领取条件({reason_zh};在读第 {year_of_study} 年),多领资助 {amount_paid} 元。
next: >-
  Put the registry print of the benefit term beside the list of the aided, and ask for the form by which the student
  was recognised; what the record did not carry is to be paid back.
next_zh: 调取受助学期的学籍打印件和资助名册、认定表,核对学习形式、就读年级和异动日期,不符合条件的部分予以追回。
params:
  short_stay_days:
    default: 30
    unit: days
    comment: Own estimate, as in SA401, whose cases are the terms with fewer days than these on the roll.
  usual_students:
    default: 5
    unit: students
    comment: Own estimate; from so many aided students on, what the school usually paid is a whole term's aid.
  year_days:
    default: 365
    unit: days
    comment: Own estimate; for each year begun away from class the student sits in one class lower afterwards.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the payment is this person's only probably.
exceptions:
  - name: X04_consecutive_levels
    says: An advanced or technician class after a finished course counts its years anew.
    says_zh: 中级工毕业后升入高级工、预备技师班,年限按新学段计算。
    proof: core.enrolment
  - name: X15_transfer_in_term
    says: The student moved between schools in the term and the full-time enrolment is at the other one.
    says_zh: 学生当学期经批准转学,全日制学籍在另一学校。
    proof: core.change
  - name: X19_repeat_entrant
    says: The student had left school, entered again as a new student and is paid for the years of the new enrolment.
    says_zh: 退学后重新入学的往届生,按新学籍的年级享受资助。
    proof: core.enrolment
  - name: X20_held_year
    says: A suspension, a kept place or army service put the student into a lower year.
    says_zh: 休学、保留学籍(含应征入伍)后编入低年级,在读年限相应顺延。
    proof: core.hold
  - name: X20b_repeated_year
    says: The student repeated a year, approved, and is in a lower one.
    says_zh: 经批准留级,在读年限相应顺延。
    proof: core.change
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Aid belongs to full-time students of certain years: the grant to years one and two (year three from spring 2025), the
tuition waiver to years one to three, the scholarship from year two on; it stops with the month after a suspension or
withdrawal. Reasons: `part-time` (the record itself says so), `beyond the years` (year of study), `more terms than
allowed` (all schools and registries together, whatever the year), `first year` (scholarship), `suspended` and `left`
(a whole term's grant paid after the month in which the student stopped; the months up to then were due).

Everything is judged by the term that the aid is for and by the rules of that term. Terms in which the student was
hardly there at all are SA401's, one term paid twice is SA402's, a pupil still in compulsory school DE107's.

The registry tells today's form of study only: who changed from full-time to part-time lately looks like a wrong here.
Part-time study is therefore only probable, and never severity A, unless an export of the term itself shows it.
A grant to somebody who is not poor is not seen.

What to check first

The form of study and the year in the registry print of the term; then approvals of suspension or repetition that
nobody entered.
*/
with claim as (
    select
        claim.person_id,
        claim.registry,
        claim.current_school_code,
        claim.region_code,
        claim.school_year,
        claim.term,
        claim.aid_item,
        claim.benefit_from,
        claim.benefit_to,
        claim.amount,
        claim.match_probability,
        cast(left(claim.school_year, 4) as integer) as opens,
        claim.record_ids[1] as record_id,
        case when claim.aid_item = 'tech_grant' then 'grant' else claim.aid_item end as benefit
    from feature.aid_claim as claim
    where
        claim.registry in ('vocational', 'technical')
        and claim.aid_item <> 'local'
),

-- The enrolment that a claim is drawn on; of several the kindest: full-time, begun last.
drawn_on as (
    select
        claim.record_id,
        max(
            case when presence.study_form = 'full_time' then '1' else '0' end
            || enrolment.cohort
            || presence.record_id
        ) as choice
    from claim
    inner join feature.term_presence as presence
        on
            claim.person_id = presence.person_id
            and claim.registry = presence.registry
            and claim.current_school_code = presence.current_school_code
            and claim.school_year = presence.school_year
            and claim.term = presence.term
    inner join core.enrolment as enrolment
        on presence.record_id = enrolment.record_id
    where presence.active_days >= $short_stay_days
    group by claim.record_id
),

drawn as (
    select
        claim.*,
        enrolment.record_id as enrolment_record_id,
        enrolment.study_form,
        enrolment.cohort,
        enrolment.level,
        enrolment.program_years,
        enrolment.started_on,
        enrolment.ended_on,
        enrolment.end_basis,
        enrolment.end_event,
        -- Who enters in spring is a term behind the class of the school year.
        2 * (claim.opens - enrolment.cohort)
        + case when claim.term = 'spring' then 1 else 0 end
        - case
            when coalesce(enrolment.entry_month % 100, month(enrolment.started_on)) between 2 and 6 then 1
            else 0
        end as terms_before
    from claim
    inner join drawn_on
        on claim.record_id = drawn_on.record_id
    inner join core.enrolment as enrolment
        on enrolment.record_id = substr(drawn_on.choice, 6)
),

held as (
    select
        drawn.record_id,
        sum(date_diff('day', hold.held_from, coalesce(hold.held_until, drawn.benefit_to))) as days
    from drawn
    inner join core.enrolment as other_spell
        on
            drawn.person_id = other_spell.person_id
            and drawn.registry = other_spell.registry
            and drawn.cohort = other_spell.cohort
    inner join core.hold as hold
        on other_spell.record_id = hold.record_id
    where hold.held_from <= drawn.benefit_to
    group by drawn.record_id
),

repeated as (
    select
        drawn.record_id,
        count(distinct change.changed_on) as times
    from drawn
    inner join core.change as change
        on drawn.person_id = change.person_id
    where
        change.change_type = 'repeat'
        and change.is_approved
        and change.changed_on between drawn.started_on and drawn.benefit_to
    group by drawn.record_id
),

-- An earlier enrolment that was over before this one began.
earlier as (
    select
        drawn.record_id,
        bool_or(
            before.registry = 'technical'
            and (
                before.end_event in ('graduate', 'certificate', 'graduated', 'completed')
                or before.expected_end_on <= drawn.started_on
            )
        ) as has_finished,
        bool_or(before.end_event not in ('transfer_out', 'transferred')) as has_left
    from drawn
    inner join core.enrolment as before
        on
            drawn.person_id = before.person_id
            and drawn.enrolment_record_id <> before.record_id
            and drawn.started_on >= before.ended_on
            and drawn.cohort > before.cohort
    where before.registry in ('vocational', 'technical')
    group by drawn.record_id
),

-- What the place and the day grant, asked once for each.
rule as (
    select
        asked.registry,
        asked.region_code,
        asked.benefit,
        asked.benefit_from,
        case
            when asked.benefit = 'scholarship' then null
            else
                policy_number(
                    case asked.benefit when 'grant' then 'aid.grant.max_year' else 'aid.waiver.max_year' end,
                    asked.registry,
                    asked.region_code,
                    asked.benefit_from
                )
        end as max_year,
        case
            when asked.benefit = 'scholarship'
                then
                    policy_number('aid.scholarship.min_year', asked.registry, asked.region_code, asked.benefit_from)
        end as min_year,
        policy_number('aid.full_time_only', asked.registry, asked.region_code, asked.benefit_from) as full_time_only
    from (
        select
            drawn.registry,
            drawn.region_code,
            drawn.benefit,
            drawn.benefit_from
        from drawn
        group by drawn.registry, drawn.region_code, drawn.benefit, drawn.benefit_from
    ) as asked
),

judged as (
    select
        drawn.*,
        rule.max_year,
        rule.min_year,
        rule.full_time_only,
        cast(drawn.terms_before // 2 + 1 as integer) as year_of_study,
        coalesce(ceil(held.days / $year_days), 0) as years_held,
        coalesce(repeated.times, 0) as years_repeated,
        coalesce(earlier.has_left, false) as has_left_before,
        coalesce(drawn.level in ('advanced', 'technician') and earlier.has_finished, false) as is_second_course
    from drawn
    inner join rule
        on
            drawn.registry = rule.registry
            and drawn.region_code is not distinct from rule.region_code
            and drawn.benefit = rule.benefit
            and drawn.benefit_from = rule.benefit_from
    left join held
        on drawn.record_id = held.record_id
    left join repeated
        on drawn.record_id = repeated.record_id
    left join earlier
        on drawn.record_id = earlier.record_id
),

not_full_time as (
    select judged.*
    from judged
    where
        judged.study_form <> 'full_time'
        and judged.full_time_only = 1
),

full_time_elsewhere as (
    select not_full_time.record_id
    from not_full_time
    inner join feature.term_presence as presence
        on
            not_full_time.person_id = presence.person_id
            and not_full_time.school_year = presence.school_year
            and not_full_time.term = presence.term
    where
        presence.registry in ('vocational', 'technical')
        and presence.study_form = 'full_time'
        and presence.active_days >= $short_stay_days
    group by not_full_time.record_id
),

-- Part-time already in an export of the term, and full-time in none of that term or later.
shown_part_time as (
    select not_full_time.record_id
    from not_full_time
    inner join core.roll_history as shown
        on
            not_full_time.enrolment_record_id = shown.enrolment_record_id
            and not_full_time.benefit_from <= shown.last_seen_on
    group by not_full_time.record_id
    having
        bool_and(shown.study_form <> 'full_time')
        and bool_or(shown.study_form <> 'full_time' and shown.first_seen_on <= not_full_time.benefit_to)
),

part_time as (
    select
        not_full_time.*,
        shown.record_id is not null as is_shown,
        'part-time' as reason,
        '非全日制' as reason_zh,
        not_full_time.amount as excess,
        case
            when elsewhere.record_id is not null and not is_delivered('status_changes') then 'status_changes'
            else ''
        end as missing_inputs
    from not_full_time
    left join shown_part_time as shown
        on not_full_time.record_id = shown.record_id
    left join full_time_elsewhere as elsewhere
        on not_full_time.record_id = elsewhere.record_id
    where
        true
        -- X15_transfer_in_term
        and not (
            elsewhere.record_id is not null
            and exists (
                select 1
                from feature.approved_transfer as transfer
                where
                    transfer.person_id = not_full_time.person_id
                    and not_full_time.current_school_code in (transfer.from_school_code, transfer.to_school_code)
                    and transfer.changed_on between not_full_time.benefit_from and not_full_time.benefit_to
            )
        )
),

beyond_the_years as (
    select
        judged.*,
        'beyond the years' as reason,
        '超过享受年级' as reason_zh,
        judged.amount as excess,
        case when is_delivered('status_changes') then '' else 'status_changes' end as missing_inputs
    from judged
    where
        judged.study_form = 'full_time'
        and judged.year_of_study > judged.max_year
        -- X20_held_year
        and judged.year_of_study > judged.max_year + judged.years_held
        -- X20b_repeated_year
        and judged.year_of_study > judged.max_year + judged.years_held + judged.years_repeated
),

-- Ranked only where there may be too many.
much as (
    select
        judged.person_id,
        judged.benefit
    from judged
    group by judged.person_id, judged.benefit
    having count(distinct judged.benefit_from) > 2 * min(judged.max_year)
),

counted as (
    select
        judged.*,
        dense_rank() over (
            partition by judged.person_id, judged.benefit
            order by judged.benefit_from
        ) as terms_paid,
        dense_rank() over (
            partition by judged.person_id, judged.benefit, judged.cohort
            order by judged.benefit_from
        ) as terms_paid_of_course
    from judged
    inner join much
        on
            judged.person_id = much.person_id
            and judged.benefit = much.benefit
),

more_terms as (
    select
        counted.* exclude (terms_paid, terms_paid_of_course),
        'more terms than allowed' as reason,
        '累计享受学期数超限' as reason_zh,
        counted.amount as excess,
        '' as missing_inputs
    from counted
    where
        counted.study_form = 'full_time'
        and counted.terms_paid > 2 * counted.max_year
        -- X04_consecutive_levels
        and not (counted.is_second_course and counted.terms_paid_of_course <= 2 * counted.max_year)
        -- X19_repeat_entrant
        and not (
            counted.has_left_before
            and counted.terms_paid_of_course <= 2 * counted.max_year
        )
),

first_year as (
    select
        judged.*,
        'first year' as reason,
        '一年级不参评奖学金' as reason_zh,
        judged.amount as excess,
        case when is_delivered('status_changes') then '' else 'status_changes' end as missing_inputs
    from judged
    where
        judged.study_form = 'full_time'
        and judged.year_of_study < judged.min_year
        and not judged.is_second_course
),

-- Suspended, or gone, before the term was over, and not back in it.
stop as (
    select
        judged.record_id,
        'suspended' as reason,
        '休学次月起应停发' as reason_zh,
        min(hold.held_from) as stopped_on
    from judged
    inner join core.hold as hold
        on judged.enrolment_record_id = hold.record_id
    where
        hold.is_dated
        and hold.held_from between judged.benefit_from and judged.benefit_to
        and coalesce(hold.held_until > judged.benefit_to, true)
    group by judged.record_id
    union all
    select
        judged.record_id,
        'left' as reason,
        '离校次月起应停发' as reason_zh,
        judged.ended_on as stopped_on
    from judged
    where
        judged.end_basis in ('left_on', 'change')
        and judged.end_event in (
            'withdraw', 'expel', 'cancel', 'deceased', 'withdrawn', 'dropped', 'expelled', 'cancelled'
        )
        and judged.ended_on between judged.benefit_from and judged.benefit_to
),

usual as (
    select
        claim.registry,
        claim.current_school_code,
        claim.school_year,
        claim.term,
        count(*) as students,
        median(claim.amount) as amount
    from claim
    where claim.benefit = 'grant'
    group by claim.registry, claim.current_school_code, claim.school_year, claim.term
),

paid_after as (
    select
        stop.record_id,
        stop.reason,
        stop.reason_zh,
        stop.stopped_on,
        sum(aid.amount) as amount
    from stop
    inner join judged
        on stop.record_id = judged.record_id
    inner join core.aid as aid
        on
            judged.person_id = aid.person_id
            and judged.registry = aid.registry
            and judged.current_school_code = aid.current_school_code
            and judged.school_year = aid.school_year
            and judged.term = aid.term
            and judged.aid_item = aid.aid_item
    where
        aid.is_paid
        and aid.paid_on > last_day(stop.stopped_on)
    group by stop.record_id, stop.reason, stop.reason_zh, stop.stopped_on
),

after_the_stop as (
    select
        judged.*,
        paid_after.reason,
        paid_after.reason_zh,
        -- Five months to a term: September to January, February to June.
        least(
            paid_after.amount,
            judged.amount
            * (
                5 - least(
                    5,
                    case
                        when judged.term = 'spring' then month(paid_after.stopped_on) - 1
                        else (month(paid_after.stopped_on) + 3) % 12 + 1
                    end
                )
            )
            / 5
        ) as excess,
        '' as missing_inputs
    from judged
    inner join paid_after
        on judged.record_id = paid_after.record_id
    left join usual
        on
            judged.registry = usual.registry
            and judged.current_school_code = usual.current_school_code
            and judged.school_year = usual.school_year
            and judged.term = usual.term
            and usual.students >= $usual_students
    where
        judged.benefit = 'grant'
        and judged.study_form = 'full_time'
        -- With two payers the term is SA402's.
        and not exists (
            select 1
            from judged as other
            where
                other.person_id = judged.person_id
                and other.benefit_from = judged.benefit_from
                and other.benefit = judged.benefit
                and other.record_id <> judged.record_id
        )
        -- A part of a term's grant was cut to the months already.
        and judged.amount = coalesce(
            usual.amount,
            policy_number('aid.grant.amount_year', judged.registry, judged.region_code, judged.benefit_from) / 2
        )
),

ineligible as (
    select * from part_time
    union all by name
    select * from beyond_the_years
    union all by name
    select * from more_terms
    union all by name
    select * from first_year
    union all by name
    select *
    from after_the_stop
    where after_the_stop.excess > 0
),

worded as (
    select
        ineligible.*,
        ineligible.school_year || case ineligible.term when 'autumn' then ' 秋' else ' 春' end as term_zh,
        case when ineligible.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from ineligible
),

provable as (
    select worded.*
    from worded
    qualify
        worded.verdict = max(worded.verdict) over (
            partition by worded.person_id, worded.registry, worded.current_school_code
        )
),

-- A line that is wrong for two reasons is money only once.
line as (
    select
        provable.person_id,
        provable.registry,
        provable.current_school_code,
        provable.record_id,
        any_value(provable.amount) as amount,
        max(provable.excess) as excess
    from provable
    group by provable.person_id, provable.registry, provable.current_school_code, provable.record_id
),

money as (
    select
        line.person_id,
        line.registry,
        line.current_school_code,
        sum(line.amount) as amount,
        sum(line.excess) as excess
    from line
    group by line.person_id, line.registry, line.current_school_code
),

student as (
    select
        provable.person_id,
        provable.registry,
        provable.current_school_code as school_code,
        cast(any_value(money.amount) as decimal(14, 2)) as amount_total,
        cast(any_value(money.excess) as decimal(14, 2)) as amount_paid,
        min(provable.record_id) as record_id,
        max(provable.year_of_study) as year_of_study,
        min(provable.benefit_from) as overlap_from,
        max(provable.benefit_to) as overlap_to,
        min(provable.match_probability) as match_probability,
        max(provable.verdict) as verdict,
        max(provable.missing_inputs) as missing_inputs,
        string_agg(distinct provable.reason, ', ' order by provable.reason) as reason,
        string_agg(distinct provable.reason_zh, '、' order by provable.reason_zh) as reason_zh,
        string_agg(distinct provable.term_zh, '、' order by provable.term_zh) as terms,
        string_agg(distinct provable.aid_item, ',' order by provable.aid_item) as aid_items,
        case
            when min(provable.match_probability) < $certain_match then 'probable'
            when bool_or(provable.reason = 'part-time' and not provable.is_shown) then 'probable'
            else 'certain'
        end as certainty,
        case
            when
                count(distinct provable.term_zh) filter (where provable.is_shown) > 1
                and min(provable.match_probability) >= $certain_match
                then 'A'
            -- The last years of a long technician course are advanced classes, which some places aid.
            when
                bool_and(
                    provable.reason in ('beyond the years', 'more terms than allowed')
                    and coalesce(provable.level in ('advanced', 'technician'), false)
                    and coalesce(provable.program_years > provable.max_year, false)
                )
                then 'C'
            -- A term that was not finished was lawful in part, and the list may have been made before the student left.
            when bool_and(provable.reason = 'left') then 'C'
            else 'B'
        end as severity,
        list_sort(
            list_distinct(
                list_concat(flatten(list(whole.record_ids)), list(provable.enrolment_record_id))
            )
        ) as evidence_record_ids
    from provable
    inner join feature.aid_claim as whole
        on
            provable.person_id = whole.person_id
            and provable.record_id = whole.record_ids[1]
    inner join money
        on
            provable.person_id = money.person_id
            and provable.registry = money.registry
            and provable.current_school_code = money.current_school_code
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
    student.year_of_study,
    student.overlap_from,
    student.overlap_to,
    student.match_probability,
    student.severity,
    student.certainty,
    student.amount_total,
    student.amount_paid,
    student.aid_items,
    student.evidence_record_ids,
    student.verdict,
    student.missing_inputs
from student
