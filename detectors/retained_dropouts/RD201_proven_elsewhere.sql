/*
id: RD201
title: on the roll though proven elsewhere
title_zh: 已证实在外(参军、就业、服刑、死亡、升入高校)仍在籍
severity: B
certainty: certain
subject: person
policy: [xinzhou_2023:false-registration, national:own-exit, national:change-entry, national:jg-change]
reads:
  required:
    - core.enrolment
    - core.person_link
    - feature.attendance_month
    - feature.later_aid
    - feature.school_term
    - feature.term_trace
  optional:
    - articulation_agreements
    - attendance
    - core.hold
    - counter_evidence
    - flexible_filings
    - internships
    - status_changes
evidence:
  - person_id
  - record_id
  - other_record_id
  - school_code
  - other_school_code
  - registry
  - elsewhere
  - elsewhere_zh
  - overlap_from
  - overlap_to
  - overlap_days
  - active_days
  - seen_meanwhile
  - last_trace_on
  - is_aid_returned
  - traces_available
  - match_probability
  - severity
  - certainty
  - amount_paid
  - amount_estimated
  - aid_items
  - evidence_record_ids
key: [person_id, registry, school_code]
route: school_code
message: >-
  On the roll as a full-time student, but from {overlap_from} to {overlap_to} elsewhere ({elsewhere}) for {active_days}
  days that no suspension, placement or holiday accounts for.
message_zh: >-
  该生全日制在籍,但 {overlap_from} 至 {overlap_to} 已在外({elsewhere_zh}),扣除休学、实习和假期后仍有 {active_days} 天。
next: >-
  Have the office that keeps the outside list confirm name, number and days; then ask the school when the student was
  last in class.
next_zh: 先请提供名单的部门核实姓名、证件号和起止日期,再向学校核实最后到校日期,补办异动并核减资助。
params:
  posting_days:
    default: policy:exit.posting_days
    unit: days
    comment: Days within which a departure is entered in the registry.
  job_months:
    default: policy:exit.employment_months
    unit: months
    comment: Months of full insurance outside the holidays that make a job.
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: Days within which the record of a student gone to college is closed.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the records are the same person only probably.
exceptions:
  - name: X01_articulation
    says: A 3+2, five-year or 3+4 programme agreed with the college, which lists its students early.
    says_zh: 属已签协议的中高职贯通培养(3+2、五年一贯、3+4),高校提前建档。
    proof: articulation_agreements
  - name: X11_flexible_programme
    says: The school filed flexible study for that intake; adults work beside it.
    says_zh: 学校已备案弹性学制,成人学员半工半读。
    proof: flexible_filings
  - name: X15_posting_lag
    says: The days within which the departure is entered are not over.
    says_zh: 仍在离校异动的规定录入期限内。
    proof: core.enrolment
  - name: X15b_holiday_job
    says: Work in July and August does not count.
    says_zh: 七、八月假期务工不计。
    proof: counter_evidence
  - name: X15c_insured_without_a_job
    says: Insurance as a resident or on one's own account, and lists of people without work, prove no job.
    says_zh: 城乡居民医保养老、灵活就业参保以及未就业、失业名单,均不证明在职。
    proof: counter_evidence
  - name: X18_went_up
    says: The programme was at its end when college began; closing the record late is another wrong (RD204).
    says_zh: 升入高校时中职学制已满,属毕业未及时结转(见 RD204)。
    proof: core.enrolment
  - name: X18b_programme_over
    says: The programme was over before; who graduated may work or serve, and closing the record late is RD204.
    says_zh: 学制届满以后在外的天数不计(毕业后就业、参军属正常,未及时结转见 RD204)。
    proof: core.enrolment
  - name: X20_held_enrolment
    says: Suspended or place reserved by an approved change for that time.
    says_zh: 该期间已办理休学、保留学籍(含应征入伍)。
    proof: core.hold
  - name: X20b_college_place_reserved
    says: The college only keeps the place; the student does not study there.
    says_zh: 高校仅保留入学资格,学生未在高校就读。
    proof: core.enrolment
  - name: X21_placement
    says: Insured by the firm of a placement, from the second year on.
    says_zh: 二年级起岗位实习期间由实习单位参保。
    proof: internships
  - name: X21b_in_class_all_the_while
    says: >-
      Attendance shows the student in class in most of the months; insurance alone is then no job, and with a college it
      is dual enrolment (DE103).
    says_zh: 考勤证明多数月份在校上课,单凭参保不能认定就业离校;在高校注册的见 DE103。
    proof: attendance
  - name: X22_part_time
    says: The enrolment is not full-time study, or that at the college is not.
    says_zh: 中职或高校一方为非全日制学习形式。
    proof: core.enrolment
  - name: X25_serves_outside_prison
    says: The sentence is served in the community (社区矫正, 缓刑, 监外执行).
    says_zh: 社区矫正、缓刑或监外执行,可在校就读。
    proof: counter_evidence
history:
  - {on: 2024-04-15, note: First edition.}
  - on: 2024-04-15
    note: A filed flexible programme excuses those it is for, not a full-time student who came straight from school.
  - on: 2024-04-15
    note: >-
      Days after the end of the programme do not count, nor does insurance that is no job.
---
Why it matters

Soldiers, prisoners, workers, college students and the dead do not sit in class. Who is on the full-time roll all the
same is a drop-out kept for the head count (保留流失学生学籍); aid for a term that began in that time makes the case A.

Five sub-tests: death, prison, army, full-time higher education begun after the vocational enrolment, and a job of three
months outside the holidays. Insurance proves a job only probably. Where attendance says present in that time, one of
the two lists is wrong: probable. The pair with the college is dual enrolment (DE103, DE105);
only a roll call that hardly saw the student makes it a drop-out kept on the roll as well.

What to check first

That the outside list means this student and no namesake.
*/
with on_roll as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.school_code as own_code,
        enrolment.region_code,
        enrolment.cohort,
        enrolment.standing,
        enrolment.segment_mode,
        enrolment.started_on,
        enrolment.expected_end_on,
        enrolment.match_probability,
        coalesce(enrolment.entrant_type in ('junior_fresh', 'high_fresh'), false) as is_fresh_graduate
    from core.enrolment as enrolment
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.is_open_in_registry
        and enrolment.ended_on is null
        -- X22_part_time
        and enrolment.study_form = 'full_time'
),

listed as (
    select
        proof.record_id as other_record_id,
        link.person_id,
        proof.started_on as away_from,
        link.match_probability,
        case
            when regexp_matches(proof.kind, '死亡|去世') then 'death'
            when regexp_matches(proof.kind, '服刑|羁押|在押|收监') then 'prison'
            when regexp_matches(proof.kind, '入伍|服役|参军|现役') then 'army'
            when
                regexp_matches(proof.kind, '参保|在职|就业|务工')
                -- X15c_insured_without_a_job
                and not regexp_matches(
                    concat_ws(' ', proof.kind, proof.detail),
                    '灵活就业|城乡居民|居民(基本)?(医疗|养老|医保|保险|参保)|未就业|待就业|失业|停保|断保|离职'
                )
                then 'job'
        end as elsewhere,
        case when regexp_matches(proof.kind, '死亡|去世') then null else proof.ended_on end as away_until
    from counter_evidence as proof
    inner join core.person_link as link
        on proof.record_id = link.record_id
    where
        -- X25_serves_outside_prison
        not regexp_matches(concat_ws(' ', proof.kind, proof.detail), '社区矫正|缓刑|监外|取保')
        and not regexp_matches(proof.kind, '退役|退伍|刑满')
),

season as (
    select
        policy_text('dual.posting_season.from', null, null, as_of()) as opens,
        policy_text('dual.posting_season.to', null, null, as_of()) as closes
),

at_college as (
    select
        on_roll.record_id,
        college.record_id as other_record_id,
        college.current_school_code as other_school_code,
        college.match_probability,
        -- Days of the posting season in which college begins do not count.
        case
            when strftime(college.started_on, '%m-%d') between season.opens and season.closes
                then cast(year(college.started_on) || '-' || season.closes as date) + 1
            else college.started_on
        end as away_from,
        college.ended_on - 1 as away_until
    from on_roll
    cross join season
    inner join core.enrolment as college
        on
            on_roll.person_id = college.person_id
            and on_roll.started_on < college.started_on
    where
        college.registry = 'higher'
        and college.study_form = 'full_time'
        -- X20b_college_place_reserved
        and college.standing <> 'held'
        -- X18_went_up
        and college.started_on < on_roll.expected_end_on - 92
        -- X01_articulation
        and not coalesce(
            on_roll.segment_mode is not null
            and exists (
                select 1
                from articulation_agreements as agreement
                where
                    agreement.school_code in (on_roll.own_code, on_roll.school_code)
                    and right(agreement.higher_code, 5) = right(college.school_code, 5)
                    and on_roll.cohort between agreement.cohort_from and coalesce(agreement.cohort_to, 9999)
            ),
            false
        )
),

away as (
    select
        on_roll.*,
        listed.other_record_id,
        null as other_school_code,
        listed.elsewhere,
        listed.match_probability as other_probability,
        listed.away_until is null as is_lasting,
        greatest(listed.away_from, on_roll.started_on) as away_from,
        -- X18b_programme_over
        least(listed.away_until, on_roll.expected_end_on, as_of()) as away_to
    from on_roll
    inner join listed
        on on_roll.person_id = listed.person_id
    where listed.elsewhere is not null
    union all
    select
        on_roll.*,
        at_college.other_record_id,
        at_college.other_school_code,
        'college' as elsewhere,
        at_college.match_probability as other_probability,
        at_college.away_until is null as is_lasting,
        at_college.away_from,
        least(at_college.away_until, on_roll.expected_end_on, as_of()) as away_to
    from on_roll
    inner join at_college
        on on_roll.record_id = at_college.record_id
),

held as (
    select
        away.record_id,
        away.other_record_id,
        hold.held_from,
        coalesce(hold.held_until - 1, as_of()) as held_to,
        -- Where the list lacks the discharge, the return to school ends it.
        away.is_lasting
        and hold.held_from <= away.away_from + 92
        and coalesce(hold.held_until > away.away_from, true) as is_whole
    from away
    inner join core.hold as hold
        on away.record_id = hold.record_id
    where
        hold.held_from <= away.away_to
        and coalesce(hold.held_until > away.away_from, true)
        and away.elsewhere <> 'death'
),

held_whole as (
    select
        held.record_id,
        held.other_record_id
    from held
    where held.is_whole
    group by held.record_id, held.other_record_id
),

placed as (
    select
        away.record_id,
        away.other_record_id,
        trace.placed_from,
        trace.placed_to
    from away
    inner join feature.term_trace as trace
        on away.record_id = trace.record_id
    where
        away.elsewhere = 'job'
        and trace.placed_from >= away.started_on + 300
),

away_day as (
    select
        away.record_id,
        away.other_record_id,
        away.elsewhere,
        cast(unnest(generate_series(away.away_from, away.away_to, interval 1 day)) as date) as day
    from away
    where away.away_to >= away.away_from
),

counted_day as (
    select
        away_day.record_id,
        away_day.other_record_id,
        away_day.elsewhere,
        away_day.day
    from away_day
    left join held
        on
            away_day.record_id = held.record_id
            and away_day.other_record_id = held.other_record_id
            and away_day.day between held.held_from and held.held_to
    left join placed
        on
            away_day.record_id = placed.record_id
            and away_day.other_record_id = placed.other_record_id
            and away_day.day between placed.placed_from and placed.placed_to
    where
        -- X20_held_enrolment
        held.record_id is null
        -- X21_placement
        and placed.record_id is null
        -- X15b_holiday_job
        and (away_day.elsewhere <> 'job' or month(away_day.day) not in (7, 8))
),

-- Two employers one after the other are one absence.
counted as (
    select
        counted_day.record_id,
        counted_day.elsewhere,
        cast(count(distinct counted_day.day) as integer) as active_days,
        min(counted_day.day) as first_day,
        max(counted_day.day) as last_day,
        list(distinct counted_day.other_record_id) as proof_record_ids
    from counted_day
    group by counted_day.record_id, counted_day.elsewhere
),

attended as (
    select
        away.record_id,
        away.other_record_id,
        count(*) as months_listed,
        count(*) filter (where month.periods_present > 0) as months_present
    from away
    inner join feature.attendance_month as month
        on
            away.record_id = month.record_id
            and month.first_day between away.away_from and away.away_to
    group by away.record_id, away.other_record_id
),

filed as (
    select
        filing.school_code,
        filing.year
    from flexible_filings as filing
    group by filing.school_code, filing.year
),

unexplained as (
    select
        away.*,
        counted.active_days,
        counted.first_day,
        counted.last_day,
        counted.proof_record_ids,
        coalesce(attended.months_listed, 0) as months_listed,
        coalesce(attended.months_present, 0) > 0 as seen_meanwhile,
        least(away.match_probability, away.other_probability) as probability
    from away
    inner join counted
        on
            away.record_id = counted.record_id
            and away.elsewhere = counted.elsewhere
            and list_contains(counted.proof_record_ids, away.other_record_id)
    left join held_whole
        on
            away.record_id = held_whole.record_id
            and away.other_record_id = held_whole.other_record_id
    left join attended
        on
            away.record_id = attended.record_id
            and away.other_record_id = attended.other_record_id
    where
        held_whole.record_id is null
        -- X15_posting_lag
        and counted.active_days > case away.elsewhere
            when 'job' then 30 * $job_months
            when 'college' then $lag_days
            else $posting_days
        end
        -- Without a roll call the pair with the college is dual enrolment alone (DE103, DE105).
        and (away.elsewhere <> 'college' or attended.months_listed > 0)
        -- X21b_in_class_all_the_while
        and not (
            away.elsewhere in ('college', 'job')
            and coalesce(2 * attended.months_present > attended.months_listed, false)
        )
        -- X11_flexible_programme
        and not (
            away.elsewhere = 'job'
            and not away.is_fresh_graduate
            and exists (
                select 1
                from filed
                where
                    filed.school_code in (away.own_code, away.school_code)
                    and filed.year = away.cohort
            )
        )
),

-- The gravest proof speaks for the student.
gravest as (
    select unexplained.*
    from unexplained
    qualify
        row_number() over (
            partition by unexplained.person_id, unexplained.registry, unexplained.school_code
            order by
                list_position(['death', 'prison', 'army', 'college', 'job'], unexplained.elsewhere),
                unexplained.active_days desc,
                unexplained.record_id,
                unexplained.other_record_id
        ) = 1
),

trace_of as (
    select
        trace.record_id,
        arg_max(trace.traces_available, trace.first_day) as traces_available,
        max(greatest(trace.last_present_on, trace.registered_on, trace.examined_on)) as last_trace_on,
        bool_or(trace.is_aid_returned and trace.last_day >= gravest.first_day) as is_aid_returned
    from gravest
    inner join feature.term_trace as trace
        on gravest.record_id = trace.record_id
    group by trace.record_id
),

paid as (
    select
        gravest.record_id,
        sum(aid.amount) as amount,
        list_sort(list_distinct(list(aid.aid_item))) as aid_items,
        flatten(list(aid.record_ids)) as record_ids
    from gravest
    inner join feature.later_aid as aid
        on
            gravest.record_id = aid.record_id
            and aid.benefit_from between gravest.first_day and gravest.last_day
    group by gravest.record_id
),

standard as (
    select
        gravest.record_id,
        sum(
            policy_number('aid.waiver.amount_year', gravest.registry, gravest.region_code, term.first_day) / 2
        ) as amount
    from gravest
    inner join feature.school_term as term
        on term.first_day between gravest.first_day and gravest.last_day
    group by gravest.record_id
),

finding as (
    select
        gravest.*,
        gravest.first_day as overlap_from,
        gravest.last_day as overlap_to,
        trace_of.traces_available,
        trace_of.last_trace_on,
        cast(gravest.last_day - gravest.first_day + 1 as integer) as overlap_days,
        cast(coalesce(paid.amount, 0) as decimal(14, 2)) as amount_paid,
        cast(coalesce(standard.amount, 0) as decimal(14, 2)) as amount_estimated,
        coalesce(trace_of.is_aid_returned, false) as is_aid_returned,
        case gravest.elsewhere
            when 'death' then '死亡'
            when 'prison' then '服刑'
            when 'army' then '现役'
            when 'college' then '全日制高校在读'
            else '在职参保'
        end as elsewhere_zh,
        array_to_string(coalesce(paid.aid_items, []), ',') as aid_items,
        list_sort(list_concat(coalesce(paid.record_ids, []), gravest.proof_record_ids)) as evidence_record_ids,
        case when paid.amount > 0 then 'A' else 'B' end as severity,
        case
            when
                gravest.probability >= $certain_match
                and gravest.elsewhere <> 'job'
                and not gravest.seen_meanwhile
                then 'certain'
            else 'probable'
        end as certainty,
        concat_ws(
            ',',
            case
                when
                    gravest.elsewhere = 'college'
                    and gravest.segment_mode is not null
                    and not is_delivered('articulation_agreements')
                    then 'articulation_agreements'
            end,
            case when gravest.elsewhere = 'job' and gravest.months_listed = 0 then 'attendance' end,
            case
                when
                    gravest.elsewhere = 'job'
                    and not gravest.is_fresh_graduate
                    and not is_delivered('flexible_filings')
                    then 'flexible_filings'
            end,
            case
                when
                    gravest.elsewhere = 'job'
                    and gravest.last_day >= gravest.started_on + 300
                    and not is_delivered('internships')
                    then 'internships'
            end,
            case
                when gravest.elsewhere <> 'death' and not is_delivered('status_changes') then 'status_changes'
            end
        ) as missing_inputs
    from gravest
    left join trace_of
        on gravest.record_id = trace_of.record_id
    left join paid
        on gravest.record_id = paid.record_id
    left join standard
        on gravest.record_id = standard.record_id
),

judged as (
    select
        finding.*,
        case when finding.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from finding
)

select
    judged.person_id,
    judged.record_id,
    judged.other_record_id,
    judged.school_code,
    judged.other_school_code,
    judged.registry,
    judged.elsewhere,
    judged.elsewhere_zh,
    judged.overlap_from,
    judged.overlap_to,
    judged.overlap_days,
    judged.active_days,
    judged.seen_meanwhile,
    judged.last_trace_on,
    judged.is_aid_returned,
    judged.traces_available,
    judged.probability as match_probability,
    judged.severity,
    judged.certainty,
    judged.amount_paid,
    judged.amount_estimated,
    judged.aid_items,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
