/*
id: FR305
title: registration burst before a deadline or count date, gone soon after
title_zh: 截止日或统计日前突击注册、随后成批流失
severity: C
certainty: unusual
subject: school
policy: [national:own-blocks, national:reg-cutoff, national:jg-reg-cutoff, xinzhou_2023:reg-deadline]
reads:
  required:
    - core.enrolment
    - feature.enrolment_aid
    - feature.intake
    - feature.school_term
  optional:
    - core.change
    - core.hold
    - core.school_lineage
    - feature.roll_record
    - status_changes
evidence:
  - school_code
  - registry
  - intake
  - intake_zh
  - mark
  - mark_zh
  - mark_on
  - burst_students
  - gone_students
  - vanished_students
  - gone_share
  - other_students
  - other_gone_students
  - gone_expected
  - chance
  - bursts_compared
  - false_discovery_rate
  - gone_from
  - gone_to
  - severity
  - amount_paid
  - amount_estimated
  - aid_items
  - evidence_record_ids
key: [registry, school_code, intake, mark]
route: school_code
message: >-
  Of {burst_students} entrants of {intake} registered in the two days before {mark} ({mark_on}) {gone_students} were
  gone soon after, {vanished_students} of them without a word; by other schools {gone_expected} were to be expected
  (chance {chance}, at most {false_discovery_rate} of such cases by chance). Aid paid for them: {amount_paid} yuan.
message_zh: >-
  该校{intake_zh}新生中 {burst_students} 人在{mark_zh}({mark_on})前两日内注册,其中 {gone_students} 人随后流失
  ({vanished_students} 人直接从名册消失);按其他学校只应有约 {gone_expected} 人(偶然概率 {chance},整批误报率控制在 {false_discovery_rate} 以内),
  已发资助 {amount_paid} 元。
next: >-
  Take the registry's log of those two days and telephone the families of those gone: were they ever there? Then see
  what was counted, planned or paid by the number of that day.
next_zh: 调取该两日系统操作日志,电话核实流失学生是否到过校;再查当日人数用于哪些统计、计划或拨款。
params:
  burst_hours:
    default: policy:registration.burst_hours
    unit: hours
    comment: Registrations of the last hours before a mark are the burst.
  exit_days:
    default: policy:registration.burst_exit_days
    unit: days
    comment: Who leaves within so many days of registration is gone soon.
  posting_days:
    default: policy:exit.posting_days
    unit: days
    comment: Or within so many days of the next term, as nobody posts leavers over the holidays.
  least_gone:
    default: 5
    unit: students
    comment: Own estimate; fewer leavers are matters for single cases.
  least_share:
    default: 0.3
    unit: share
    comment: Own estimate; where more than two thirds stay, the burst was an import of real students.
  least_ratio:
    default: 2
    unit: ratio
    comment: Own estimate; the burst loses so many times what the school's other entrants of the intake lose.
  false_rate:
    default: 0.05
    unit: share
    comment: Own choice; of the cases reported on one night at most this share is expected to be chance.
exceptions:
  - name: X10_merged_schools
    says: The cohort was moved or registered again because of a merger or renaming.
    says_zh: 学校合并、更名,整届学生转移或重新登记。
    proof: core.school_lineage
  - name: X15_transferred
    says: The student came or left by approved transfer.
    says_zh: 经批准转入或转出。
    proof: core.change
  - name: X17_registered_again
    says: The record was made again after an approved correction, or the student resumed.
    says_zh: 信息更正或复学后重新登记。
    proof: core.change
  - name: X20_kept_place
    says: The place was kept (illness, army service); the student is away and not gone.
    says_zh: 保留入学资格或学籍(含应征入伍)。
    proof: core.hold
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Students who exist on the count date only fill plans, ratios and budgets. A whole class typed in on the last evening is
lawful and common; a class typed in on the last evening and struck off by spring is not a class. The marks are the
deadline of registration of the place and registry, and the count and return days of the school statistics (1 and 20
September).

What honest entrants lose in that time is taken from all other schools of the registry; honest bursts scatter (negative
binomial of size two). The rate of false discoveries over all bursts of all schools is held by the procedure of
Benjamini and Hochberg (1995); small schools are compared by what they lose for their size. Who vanished from a list
that was delivered again counts as gone; a list not delivered again says nothing.

Schools that strike their paper students off one by one over years, or never, are not seen here (RD208, FR307).

What to check first

Whether those gone have a junior school behind them, a telephone of their own, any attendance.
*/
with season_day as (
    select
        term.cohort,
        max(term.first_day) filter (where term.term = 'autumn') as autumn_begins_on,
        max(term.first_day) filter (where term.term = 'spring') as spring_begins_on
    from feature.school_term as term
    group by term.cohort
),

listed as (
    select
        intake.record_id,
        intake.registry,
        intake.current_school_code as school_code,
        intake.cohort,
        intake.season,
        intake.registered_on,
        intake.deadline_on,
        enrolment.ended_on,
        false as is_vanished,
        case
            when intake.season = 'autumn' then season_day.spring_begins_on
            else following.autumn_begins_on
        end as next_term_on,
        -- X15_transferred
        enrolment.ended_on is not null
        and enrolment.end_basis <> 'status'
        and enrolment.end_event <> 'transfer_out' as has_left
    from feature.intake as intake
    inner join core.enrolment as enrolment
        on intake.record_id = enrolment.record_id
    left join season_day
        on intake.cohort = season_day.cohort
    left join season_day as following
        on intake.cohort + 1 = following.cohort
    where
        intake.registered_on is not null
        -- X15_transferred
        and not intake.is_transferred_in
        -- X17_registered_again
        and not intake.is_registered_again
        -- X20_kept_place
        and not intake.is_kept_place
        -- X10_merged_schools
        and not intake.is_moved_by_merger
),

-- Shown by an earlier list and by none tonight.
gone_record as (
    select
        gone.registry,
        gone.current_school_code as school_code,
        gone.region_code,
        gone.registered_on,
        gone.vanished_on,
        gone.last_seen_on,
        gone.vanished_as,
        gone.entry_month,
        case when gone.entry_month % 100 >= 7 then 'autumn' else 'spring' end as season,
        make_date(gone.entry_month // 100, case when gone.entry_month % 100 >= 7 then 9 else 3 end, 1) as begins_on
    from feature.roll_record as gone
    where
        gone.vanished_on is not null
        and gone.registry in ('vocational', 'technical')
        and gone.study_form = 'full_time'
        and gone.registered_on is not null
        and gone.entry_month is not null
        -- X10_merged_schools
        and gone.vanished_as in ('ended', 'unexplained')
),

entrant as (
    select
        listed.record_id,
        listed.registry,
        listed.school_code,
        listed.cohort,
        listed.season,
        listed.registered_on,
        listed.deadline_on,
        listed.is_vanished,
        listed.ended_on as gone_on,
        coalesce(
            listed.has_left
            and listed.ended_on <= greatest(
                listed.registered_on + cast($exit_days as integer), listed.next_term_on + cast($posting_days as integer)
            ),
            false
        ) as is_gone
    from listed
    union all
    select
        null as record_id,
        gone_record.registry,
        gone_record.school_code,
        gone_record.entry_month // 100 - case gone_record.season when 'autumn' then 0 else 1 end as cohort,
        gone_record.season,
        gone_record.registered_on,
        policy_month_day(
            'registration.deadline.' || gone_record.season,
            gone_record.registry,
            gone_record.region_code,
            gone_record.begins_on
        ) as deadline_on,
        true as is_vanished,
        gone_record.vanished_on as gone_on,
        gone_record.last_seen_on <= gone_record.registered_on + cast($exit_days as integer)
        or gone_record.vanished_on <= gone_record.registered_on + cast($exit_days as integer) as is_gone
    from gone_record
),

intake_mark as (
    select
        entrant.*,
        unnest([
            { 'mark': 'the deadline of registration', 'mark_zh': '注册截止日', 'mark_on': entrant.deadline_on },
            {
                'mark': 'the count day',
                'mark_zh': '统计时点',
                'mark_on': policy_month_day(
                    'statistics.count_day', entrant.registry, null, make_date(entrant.cohort, 8, 1)
                )
            },
            {
                'mark': 'the return day of the statistics',
                'mark_zh': '统计上报日',
                'mark_on': policy_month_day(
                    'statistics.return_day', entrant.registry, null, make_date(entrant.cohort, 8, 1)
                )
            }
        ]) as marked
    from entrant
),

burst as (
    select
        intake_mark.registry,
        intake_mark.school_code,
        intake_mark.cohort,
        intake_mark.season,
        intake_mark.marked.mark,
        intake_mark.marked.mark_zh,
        intake_mark.marked.mark_on,
        cast(count(*) as integer) as burst_students,
        cast(count(*) filter (where intake_mark.is_gone) as integer) as gone_students,
        cast(count(*) filter (where intake_mark.is_gone and intake_mark.is_vanished) as integer) as vanished_students,
        cast(sum(aid.amount_paid) filter (where intake_mark.is_gone) as decimal(14, 2)) as amount_paid,
        cast(sum(aid.amount_estimated) filter (where intake_mark.is_gone) as decimal(14, 2)) as amount_estimated,
        min(intake_mark.gone_on) filter (where intake_mark.is_gone) as gone_from,
        max(intake_mark.gone_on) filter (where intake_mark.is_gone) as gone_to,
        array_to_string(
            list_sort(
                list_distinct(
                    flatten(list(string_split(nullif(aid.aid_items, ''), ',')) filter (where intake_mark.is_gone))
                )
            ),
            ','
        ) as aid_items,
        list(intake_mark.record_id order by intake_mark.record_id) filter (
            where intake_mark.is_gone and intake_mark.record_id is not null
        ) as evidence_record_ids
    from intake_mark
    left join feature.enrolment_aid as aid
        on intake_mark.record_id = aid.record_id
    where
        intake_mark.registered_on <= intake_mark.marked.mark_on
        and intake_mark.registered_on > intake_mark.marked.mark_on - to_hours(cast($burst_hours as integer))
    group by
        intake_mark.registry,
        intake_mark.school_code,
        intake_mark.cohort,
        intake_mark.season,
        intake_mark.marked.mark,
        intake_mark.marked.mark_zh,
        intake_mark.marked.mark_on
),

school_intake as (
    select
        entrant.registry,
        entrant.school_code,
        entrant.cohort,
        entrant.season,
        count(*) as students,
        count(*) filter (where entrant.is_gone) as gone_students
    from entrant
    group by entrant.registry, entrant.school_code, entrant.cohort, entrant.season
),

school_total as (
    select
        school_intake.registry,
        school_intake.school_code,
        sum(school_intake.students) as students,
        sum(school_intake.gone_students) as gone_students
    from school_intake
    group by school_intake.registry, school_intake.school_code
),

registry_total as (
    select
        school_total.registry,
        sum(school_total.students) as students,
        sum(school_total.gone_students) as gone_students
    from school_total
    group by school_total.registry
),

compared as (
    select
        burst.*,
        cast(school_intake.students - burst.burst_students as integer) as other_students,
        cast(school_intake.gone_students - burst.gone_students as integer) as other_gone_students,
        cast(count(*) over () as integer) as bursts_compared,
        burst.burst_students
        * (registry_total.gone_students - school_total.gone_students + 1.0)
        / (registry_total.students - school_total.students + burst.burst_students) as gone_expected,
        round(burst.gone_students / burst.burst_students, 4) as gone_share
    from burst
    inner join school_intake
        on
            burst.registry = school_intake.registry
            and burst.school_code = school_intake.school_code
            and burst.cohort = school_intake.cohort
            and burst.season = school_intake.season
    inner join school_total
        on
            burst.registry = school_total.registry
            and burst.school_code = school_total.school_code
    inner join registry_total
        on burst.registry = registry_total.registry
),

-- The upper tail of a negative binomial of size two.
tested as (
    select
        compared.*,
        power(compared.gone_expected / (2 + compared.gone_expected), compared.gone_students)
        * (1 + compared.gone_students * 2 / (2 + compared.gone_expected)) as chance
    from compared
),

ranked as (
    select
        tested.*,
        tested.chance * tested.bursts_compared / count(*) over (order by tested.chance) as discovery_rate
    from tested
),

discovered as (
    select
        ranked.*,
        min(ranked.discovery_rate) over (
            order by ranked.chance desc
            rows between unbounded preceding and current row
        ) as false_discoveries
    from ranked
),

judged as (
    select
        discovered.school_code,
        discovered.registry,
        discovered.mark,
        discovered.mark_zh,
        discovered.mark_on,
        discovered.burst_students,
        discovered.gone_students,
        discovered.vanished_students,
        discovered.gone_share,
        discovered.other_students,
        discovered.other_gone_students,
        discovered.bursts_compared,
        discovered.gone_from,
        discovered.gone_to,
        discovered.aid_items,
        cast($false_rate as double) as false_discovery_rate,
        round(discovered.gone_expected, 2) as gone_expected,
        greatest(round(discovered.chance, 9), 1e-9) as chance,
        discovered.cohort || ' ' || discovered.season as intake,
        discovered.cohort
        || case discovered.season when 'autumn' then '年秋季' else '学年春季' end as intake_zh,
        case when discovered.amount_paid > 0 then 'B' else 'C' end as severity,
        coalesce(discovered.amount_paid, 0) as amount_paid,
        coalesce(discovered.amount_estimated, 0) as amount_estimated,
        coalesce(discovered.evidence_record_ids, []) as evidence_record_ids,
        case when is_delivered('status_changes') then 'suspected' else 'needs_evidence' end as verdict,
        case when is_delivered('status_changes') then '' else 'status_changes' end as missing_inputs
    from discovered
    where
        discovered.gone_students >= $least_gone
        and discovered.gone_share >= $least_share
        and discovered.false_discoveries <= $false_rate
        -- A school that loses the others as well has another trouble.
        and discovered.gone_share * discovered.other_students >= $least_ratio * discovered.other_gone_students
)

select
    judged.school_code,
    judged.registry,
    judged.intake,
    judged.intake_zh,
    judged.mark,
    judged.mark_zh,
    judged.mark_on,
    judged.burst_students,
    judged.gone_students,
    judged.vanished_students,
    judged.gone_share,
    judged.other_students,
    judged.other_gone_students,
    judged.gone_expected,
    judged.chance,
    judged.bursts_compared,
    judged.false_discovery_rate,
    judged.gone_from,
    judged.gone_to,
    judged.severity,
    judged.amount_paid,
    judged.amount_estimated,
    judged.aid_items,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
