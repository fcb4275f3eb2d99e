/*
id: RQ603
title: monthly report missing, late, shrinking or contradicted by the registry
title_zh: 招生月报缺报、迟报、倒退或与学籍不符
severity: C
certainty: certain
subject: school
policy: [xinzhou_2023:monthly-report, xinzhou_2023:agreement-of-three]
reads:
  required:
    - core.enrolment
    - monthly_reports
  optional:
    - admissions
    - core.change
    - core.school
    - core.school_lineage
    - school_events
    - status_changes
  needs_sources: [vocational_students]
evidence:
  - school_code
  - cohort
  - faults
  - faults_zh
  - months_due
  - months_reported
  - reported
  - on_the_roll
  - difference
  - evidence_record_ids
key: [school_code, cohort]
route: school_code
message: >-
  Monthly reports of {cohort} ({months_reported} of {months_due} due): {faults}.
message_zh: 该校 {cohort} 年招生月报(应报 {months_due} 个月,实报 {months_reported} 个月):{faults_zh}。
next: >-
  Ask for the stamped forms and the day on which they were sent; go through the difference with the school's registry
  clerk name by name, and have the report of the month corrected.
next_zh: 调取盖章报表和报送记录,逐月核对报送日期;人数不符的由学籍管理员逐名核对后更正当月报表。
params:
  least_entrants:
    default: 3
    unit: students
    comment: Own estimate; one or two entrants under a school code are more likely a code that was mistyped.
  covered_share:
    default: 0.5
    unit: share
    comment: Own estimate; a month was delivered where at least this share of the city's schools is in it.
  least_difference:
    default: 5
    unit: students
    comment: Own estimate; a difference below it is counting, not contradiction.
  least_share:
    default: 0.03
    unit: share
    comment: Own estimate; in large schools the difference must exceed this share of the registered as well.
  posting_days:
    default: 10
    unit: days
    comment: Own estimate; a report may have been compiled, or a registration posted, so many days before or after.
exceptions:
  - name: X10_merged_schools
    says: The school was merged, renamed or founded in these months; its numbers and those of its forerunners mix.
    says_zh: 当季学校合并、更名或新设,报表与前身学校数字交织。
    proof: core.school_lineage
  - name: X15_deadline_on_a_weekend
    says: The day falls on a weekend, and the report came on the next working day.
    says_zh: 截止日逢周末,顺延至下一工作日。
    proof: monthly_reports
  - name: X15_posting_lag
    says: The report was compiled some days before it was sent, or registrations were posted some days after.
    says_zh: 报表汇总日早于报送日,或学籍稍后审核入库。
    proof: core.enrolment
  - name: X15b_transferred_in
    says: Entrants who came by transfer, or whose record was made again, bear a later day of registration.
    says_zh: 转入或重新登记的新生,学籍登记日晚于实际注册日。
    proof: core.change
  - name: X17_corrected_report
    says: A later report of the same month corrects the first one, which was in time.
    says_zh: 当月首报按时,其后另报更正。
    proof: monthly_reports
  - name: X17b_month_by_month
    says: The school wrote what each month brought; added up, its numbers agree with the registry.
    says_zh: 学校按当月新增填报,逐月累加与学籍一致。
    proof: monthly_reports
  - name: X18_place_given_up
    says: So many of the admitted gave their place up on the platform.
    says_zh: 平台记载相应人数放弃录取或退档。
    proof: admissions
  - name: X19_left_since
    says: So many students left the school by approved change between the reports, or since.
    says_zh: 期间(或之后)经批准退学、转出、注销的人数与减少数相当。
    proof: core.change
  - name: X22_part_time
    says: Part-time students may be counted in or left out.
    says_zh: 非全日制学生可计入也可不计入。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

From August to November each school reports its intake by the 23rd, stamped. The reports steer the season: who reports
more than the registry holds keeps places and money for students it does not have; running totals that fall have been
made up before. Due months, day and seal are those of the place and the year; where no rule demands a report, none is
missing.

Six sub-tests, one case a school and season: a month without a report; first sent after the day; without the seal; a
running total that falls; more or fewer registered than the registry shows for those days; more admitted than both the
platform and the registry know. A month of which the city's list holds less than half the schools was not delivered,
and nobody is accused of it.

Invented students are on both sides and agree: see FR307. Counties' own totals are not compared.

What to check first

Whether the form was sent on paper in time; and whether the number is a running total or what the month brought.
*/
with entrant as (
    select
        enrolment.record_id,
        enrolment.current_school_code as school_code,
        enrolment.cohort,
        enrolment.registered_on,
        enrolment.study_form,
        max(enrolment.region_code) over (partition by enrolment.current_school_code) as region_code
    from core.enrolment as enrolment
    where
        enrolment.registry = 'vocational'
        and coalesce(enrolment.entry_month // 100, enrolment.cohort) = enrolment.cohort
),

-- X15b_transferred_in
moved_in as (
    select change.enrolment_record_id as record_id
    from core.change as change
    where
        change.is_approved
        and change.change_type in ('transfer_in', 'amend', 'resume')
    group by change.enrolment_record_id
),

departure as (
    select
        change.changed_on,
        change.enrolment_record_id,
        enrolment.current_school_code as listed_at,
        coalesce(school.current_school_code, change.from_school_code, enrolment.current_school_code) as school_code
    from core.change as change
    left join core.enrolment as enrolment
        on change.enrolment_record_id = enrolment.record_id
    left join core.school as school
        on change.from_school_code = school.school_code
    where
        change.is_approved
        and change.registry = 'vocational'
        and change.change_type in ('withdraw', 'transfer_out', 'cancel', 'deceased')
),

-- X17_corrected_report
own_report as (
    select
        row_of.school_code,
        row_of.report_month,
        min(row_of.reported_on) as first_reported_on,
        max(row_of.reported_on) as last_reported_on,
        bool_or(row_of.stamped) as stamped,
        arg_max(row_of.registered, row_of.reported_on) as registered,
        arg_max(row_of.admitted, row_of.reported_on) as admitted,
        list(row_of.record_id order by row_of.record_id) as record_ids
    from monthly_reports as row_of
    where row_of.report_month % 100 between 1 and 12
    group by row_of.school_code, row_of.report_month
),

report as (
    select
        own_report.report_month,
        own_report.report_month // 100 as cohort,
        own_report.report_month % 100 as month,
        coalesce(school.current_school_code, own_report.school_code) as school_code,
        max(school.region_code) as region_code,
        max(own_report.first_reported_on) as first_reported_on,
        max(own_report.last_reported_on) as last_reported_on,
        bool_and(own_report.stamped) as stamped,
        sum(own_report.registered) as registered,
        sum(own_report.admitted) as admitted,
        flatten(list(own_report.record_ids order by own_report.record_ids)) as record_ids
    from own_report
    left join core.school as school
        on own_report.school_code = school.school_code
    group by own_report.report_month, coalesce(school.current_school_code, own_report.school_code)
),

recruited as (
    select
        entrant.school_code,
        entrant.cohort,
        max(entrant.region_code) as region_code,
        count(*) as entrants
    from entrant
    group by entrant.school_code, entrant.cohort
),

recruiting as (
    select
        recruited.school_code,
        recruited.cohort,
        recruited.region_code
    from recruited
    where recruited.entrants >= $least_entrants
    union
    select
        report.school_code,
        report.cohort,
        max(report.region_code) as region_code
    from report
    group by report.school_code, report.cohort
),

season as (
    select
        recruiting.school_code,
        recruiting.cohort,
        max(recruiting.region_code) as region_code,
        max(school.valid_from) as valid_from,
        make_date(recruiting.cohort, 8, 1) as opens_on
    from recruiting
    left join core.school as school
        on recruiting.school_code = school.school_code
    where coalesce(school.kind, 'vocational') <> 'technical'
    group by recruiting.school_code, recruiting.cohort
),

bound as (
    select
        season.*,
        cast(policy_number('monthly_report.day', 'vocational', season.region_code, season.opens_on) as integer)
            as due_day,
        coalesce(
            policy_number('monthly_report.stamp_required', 'vocational', season.region_code, season.opens_on) = 1,
            false
        ) as needs_seal,
        unnest(policy_list('monthly_report.months', 'vocational', season.region_code, season.opens_on)) as month
    from season
),

due as (
    select
        bound.school_code,
        bound.cohort,
        bound.region_code,
        bound.needs_seal,
        bound.valid_from,
        cast(bound.month as integer) as month,
        make_date(bound.cohort, cast(bound.month as integer), bound.due_day) as stated_on
    from bound
),

merged as (
    select
        lineage.new_code as school_code,
        lineage.happened_on
    from core.school_lineage as lineage
    union
    select
        lineage.old_code as school_code,
        lineage.happened_on
    from core.school_lineage as lineage
),

unsettled as (
    select
        due.school_code,
        due.cohort
    from due
    inner join merged
        on
            due.school_code = merged.school_code
            and merged.happened_on between make_date(due.cohort, 6, 1) and make_date(due.cohort, 12, 31)
    group by due.school_code, due.cohort
),

month_row as (
    select
        due.school_code,
        due.cohort,
        due.month,
        due.needs_seal,
        due.region_code,
        report.first_reported_on,
        report.last_reported_on,
        report.stamped,
        report.registered,
        report.admitted,
        coalesce(report.record_ids, []) as record_ids,
        -- X15_deadline_on_a_weekend
        due.stated_on + case isodow(due.stated_on) when 6 then 2 when 7 then 1 else 0 end as due_on,
        report.school_code is not null as is_reported,
        unsettled.school_code is not null as is_unsettled
    from due
    left join report
        on
            due.school_code = report.school_code
            and due.cohort = report.cohort
            and due.month = report.month
    left join unsettled
        on
            due.school_code = unsettled.school_code
            and due.cohort = unsettled.cohort
    where coalesce(due.valid_from <= due.stated_on, true)
),

covered as (
    select
        month_row.*,
        avg(cast(month_row.is_reported as integer)) over (
            partition by left(month_row.region_code, 4), month_row.cohort, month_row.month
        ) as reported_share,
        bool_or(month_row.is_reported) over (
            partition by month_row.region_code, month_row.cohort
        ) as is_county_listed
    from month_row
    where month_row.due_on < as_of()
),

-- What the registry holds for the day of a report: at least, and at most.
counted as (
    select
        covered.school_code,
        covered.cohort,
        covered.month,
        count(*) filter (
            where
            entrant.registered_on <= covered.last_reported_on - $posting_days
            -- X22_part_time
            and entrant.study_form = 'full_time'
            and moved_in.record_id is null
        ) as least,
        count(*) filter (
            where
            -- X15_posting_lag
            coalesce(entrant.registered_on <= covered.last_reported_on + $posting_days, true)
            or moved_in.record_id is not null
        ) as most,
        count(*) as entrants
    from covered
    inner join entrant
        on
            covered.school_code = entrant.school_code
            and covered.cohort = entrant.cohort
    left join moved_in
        on entrant.record_id = moved_in.record_id
    where covered.is_reported
    group by covered.school_code, covered.cohort, covered.month
),

-- X19_left_since
unlisted_leaver as (
    select
        season.school_code,
        season.cohort,
        count(*) as students
    from season
    inner join departure
        on
            season.school_code = departure.school_code
            and season.opens_on <= departure.changed_on
            and departure.listed_at is distinct from season.school_code
    group by season.school_code, season.cohort
),

-- X18_place_given_up
platform as (
    select
        row_of.year as cohort,
        coalesce(school.current_school_code, row_of.school_code) as school_code,
        count(*) as admissions,
        count(*) filter (where regexp_matches(row_of.admission_status, '放弃|退档|取消|未报到|不录取')) as given_up
    from admissions as row_of
    left join core.school as school
        on row_of.school_code = school.school_code
    group by row_of.year, coalesce(school.current_school_code, row_of.school_code)
),

compared as (
    select
        covered.*,
        platform.admissions,
        coalesce(counted.least, 0) as least,
        coalesce(counted.most, 0) + coalesce(unlisted_leaver.students, 0) as most,
        coalesce(counted.entrants, 0) + coalesce(unlisted_leaver.students, 0) as entrants,
        coalesce(platform.given_up, 0) as given_up,
        sum(covered.registered) over running as registered_so_far,
        lag(covered.registered) over running as registered_before,
        lag(covered.admitted) over running as admitted_before,
        lag(covered.last_reported_on) over running as before_on,
        row_number() over (
            partition by covered.school_code, covered.cohort
            order by covered.month desc
        ) as months_to_go
    from covered
    left join counted
        on
            covered.school_code = counted.school_code
            and covered.cohort = counted.cohort
            and covered.month = counted.month
    left join unlisted_leaver
        on
            covered.school_code = unlisted_leaver.school_code
            and covered.cohort = unlisted_leaver.cohort
    left join platform
        on
            covered.school_code = platform.school_code
            and covered.cohort = platform.cohort
    where covered.is_reported
    window running as (partition by covered.school_code, covered.cohort order by covered.month)
),

-- X17b_month_by_month
in_months as (
    select
        compared.school_code,
        compared.cohort
    from compared
    where
        compared.months_to_go = 1
        and compared.registered_before is not null
        and compared.registered < compared.least - $least_difference
        and compared.registered_so_far between compared.least and compared.most
),

departed as (
    select
        compared.school_code,
        compared.cohort,
        compared.month,
        count(*) as students
    from compared
    inner join departure
        on
            compared.school_code = departure.school_code
            and departure.changed_on between compared.before_on - $posting_days
            and compared.last_reported_on + $posting_days
    group by compared.school_code, compared.cohort, compared.month
),

measured as (
    select
        compared.*,
        greatest($least_difference, ceil($least_share * compared.most)) as allowed,
        compared.registered_before - compared.registered - coalesce(departed.students, 0) as fallen,
        compared.admitted_before - compared.admitted - compared.given_up - coalesce(departed.students, 0)
            as admitted_fallen,
        in_months.school_code is not null as is_by_month
    from compared
    left join departed
        on
            compared.school_code = departed.school_code
            and compared.cohort = departed.cohort
            and compared.month = departed.month
    left join in_months
        on
            compared.school_code = in_months.school_code
            and compared.cohort = in_months.cohort
),

fault as (
    select
        covered.school_code,
        covered.cohort,
        covered.month,
        1 as place,
        covered.month || ': no report' as says,
        covered.month || '月未报' as says_zh,
        0 as reported,
        0 as on_the_roll,
        case
            when covered.reported_share < $covered_share or not covered.is_county_listed then 'monthly_reports'
            when not is_delivered('school_events') then 'school_events'
            else ''
        end as missing_inputs
    from covered
    where
        not covered.is_reported
        -- X10_merged_schools
        and not covered.is_unsettled
    union all
    select
        covered.school_code,
        covered.cohort,
        covered.month,
        2 as place,
        covered.month || ': sent on ' || covered.first_reported_on || ', due on ' || covered.due_on as says,
        covered.month || '月迟报(' || covered.first_reported_on || ',应于' || covered.due_on || '前)' as says_zh,
        0 as reported,
        0 as on_the_roll,
        '' as missing_inputs
    from covered
    where covered.first_reported_on > covered.due_on
    union all
    select
        covered.school_code,
        covered.cohort,
        covered.month,
        3 as place,
        covered.month || ': no seal' as says,
        covered.month || '月报表未盖章' as says_zh,
        0 as reported,
        0 as on_the_roll,
        '' as missing_inputs
    from covered
    where
        covered.needs_seal
        and not covered.stamped
    union all
    select
        measured.school_code,
        measured.cohort,
        measured.month,
        4 as place,
        measured.month || ': registered so far fell from ' || measured.registered_before || ' to '
        || measured.registered as says,
        measured.month || '月累计注册数由' || measured.registered_before || '降至' || measured.registered as says_zh,
        measured.registered as reported,
        measured.registered_before as on_the_roll,
        case when is_delivered('status_changes') then '' else 'status_changes' end as missing_inputs
    from measured
    where
        measured.fallen > 0
        and not measured.is_by_month
        and not measured.is_unsettled
    union all
    select
        measured.school_code,
        measured.cohort,
        measured.month,
        5 as place,
        measured.month || ': admitted so far fell from ' || measured.admitted_before || ' to ' || measured.admitted
            as says,
        measured.month || '月累计录取数由' || measured.admitted_before || '降至' || measured.admitted as says_zh,
        measured.admitted as reported,
        measured.admitted_before as on_the_roll,
        concat_ws(
            ',',
            case when measured.admissions is null then 'admissions' end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from measured
    where
        measured.admitted_fallen > 0
        and not measured.is_by_month
        and not measured.is_unsettled
    union all
    select
        measured.school_code,
        measured.cohort,
        measured.month,
        6 as place,
        measured.month || ': ' || measured.registered || ' registered, by the registry at most ' || measured.most
            as says,
        measured.month || '月报已注册' || measured.registered || '人,学籍库至多' || measured.most || '人' as says_zh,
        measured.registered as reported,
        measured.most as on_the_roll,
        concat_ws(
            ',',
            case when not is_delivered('school_events') then 'school_events' end,
            case when not is_delivered('status_changes') then 'status_changes' end,
            case when measured.entrants = 0 then 'vocational_students' end
        ) as missing_inputs
    from measured
    where
        measured.registered > measured.most + measured.allowed
        and not measured.is_unsettled
    union all
    select
        measured.school_code,
        measured.cohort,
        measured.month,
        7 as place,
        measured.month || ': ' || measured.registered || ' registered, by the registry at least ' || measured.least
            as says,
        measured.month || '月报已注册' || measured.registered || '人,学籍库至少' || measured.least || '人' as says_zh,
        measured.registered as reported,
        measured.least as on_the_roll,
        case when is_delivered('school_events') then '' else 'school_events' end as missing_inputs
    from measured
    where
        measured.registered < measured.least - measured.allowed
        and not measured.is_by_month
        and not measured.is_unsettled
    union all
    select
        measured.school_code,
        measured.cohort,
        measured.month,
        8 as place,
        measured.month || ': ' || measured.admitted || ' admitted, on the platform ' || measured.admissions as says,
        measured.month || '月报已录取' || measured.admitted || '人,平台录取' || measured.admissions || '人' as says_zh,
        measured.admitted as reported,
        greatest(measured.admissions, measured.entrants) as on_the_roll,
        case when is_delivered('school_events') then '' else 'school_events' end as missing_inputs
    from measured
    where
        measured.admissions is not null
        and measured.admitted > greatest(measured.admissions, measured.entrants) + measured.allowed
        and not measured.is_unsettled
),

-- What is proven makes the case; what waits for a list does so only where nothing is proven.
standing as (
    select
        fault.school_code,
        fault.cohort,
        fault.month,
        fault.place,
        fault.says,
        fault.says_zh,
        fault.missing_inputs,
        cast(fault.reported as integer) as reported,
        cast(fault.on_the_roll as integer) as on_the_roll,
        cast(abs(fault.reported - fault.on_the_roll) as integer) as difference,
        bool_or(fault.missing_inputs = '') over (partition by fault.school_code, fault.cohort) as is_proven
    from fault
),

school_year as (
    select
        covered.school_code,
        covered.cohort,
        cast(count(*) as integer) as months_due,
        cast(count(*) filter (where covered.is_reported) as integer) as months_reported,
        list_sort(flatten(list(covered.record_ids))) as evidence_record_ids
    from covered
    group by covered.school_code, covered.cohort
),

finding as (
    select
        standing.school_code,
        standing.cohort,
        string_agg(standing.says, '; ' order by standing.month, standing.place) as faults,
        string_agg(standing.says_zh, ';' order by standing.month, standing.place) as faults_zh,
        arg_max(standing.reported, (standing.difference, standing.month, standing.place)) as reported,
        arg_max(standing.on_the_roll, (standing.difference, standing.month, standing.place)) as on_the_roll,
        max(standing.difference) as difference,
        array_to_string(
            list_sort(list_distinct(flatten(list(string_split(standing.missing_inputs, ','))))), ','
        ) as missing_inputs
    from standing
    where (standing.missing_inputs = '') = standing.is_proven
    group by standing.school_code, standing.cohort
),

judged as (
    select
        finding.*,
        school_year.months_due,
        school_year.months_reported,
        school_year.evidence_record_ids,
        case when finding.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from finding
    inner join school_year
        on
            finding.school_code = school_year.school_code
            and finding.cohort = school_year.cohort
)

select
    judged.school_code,
    judged.cohort,
    judged.faults,
    judged.faults_zh,
    judged.months_due,
    judged.months_reported,
    judged.reported,
    judged.on_the_roll,
    judged.difference,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
