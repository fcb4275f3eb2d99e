/*
id: RQ602
title: registration data below the line of the quality notice
title_zh: 新生学籍电子注册数据质量通报
severity: C
certainty: certain
subject: school
policy: [xinzhou_2023:data-quality, xinzhou_2023:reg-deadline]
reads:
  required:
    - feature.intake
    - feature.quality_row
  optional:
    - core.school
    - k12_students
    - status_changes
evidence:
  - school_code
  - registry
  - cohort
  - entrants
  - below
  - below_zh
  - metric
  - metric_value
  - low
  - high
  - place_in_city
  - schools_in_city
  - chance
  - evidence_record_ids
key: [registry, school_code, cohort]
route: school_code
message: >-
  Of {entrants} new registrations of {cohort}, below the line: {below}. The worst, {metric}, takes place
  {place_in_city} of {schools_in_city} schools; by chance so low once in {chance}.
message_zh: >-
  该校 {cohort} 年新生注册 {entrants} 人,低于通报线的指标:{below_zh};最低一项在全市 {schools_in_city} 所学校中列第 {place_in_city} 位。
next: >-
  Give the school the list of rows behind each number (report/quality/<school>.csv), let it correct or object within the
  term, and measure again.
next_zh: 把每个数字背后的行清单(report/quality/学校代码.csv)反馈学校,限期更正或申诉,更正后重新计算。
params:
  ranked_from:
    default: 30
    unit: students
    comment: Domain 7.6; below, chance decides the place, and nobody is judged.
  line_share:
    default: 0.95
    unit: share
    comment: Own estimate, the line of the notice for each metric; a city sets its own.
  verified_line_share:
    default: 0.8
    unit: share
    comment: Own estimate; of fresh graduates some come from other provinces, whose records nobody here holds.
  false_share:
    default: 0.05
    unit: share
    comment: Own choice; of the metrics reported below the line, at most this share is expected to be chance.
exceptions:
  - name: X15_came_later
    says: Transferred in, registered again after a correction, place kept or merged in; the deadline is not theirs.
    says_zh: 转入、更正后重新登记、保留入学资格或合并划入的,不计入逾期。
    proof: status_changes
  - name: X17_fault_of_the_system
    says: The other schools of the city are below the line as well; platform or export is at fault.
    says_zh: 全市其他学校同一指标同样低于通报线,属平台或导出问题,免责。
    proof: core.school
  - name: X17b_damaged_in_the_file
    says: The number was rounded or masked on its way out of the system; the registry itself may be right.
    says_zh: 证件号在导出时被取整或遮盖,不代表系统内有误,不计入。
    proof: feature.quality_row
  - name: X22_part_time
    says: Part-time students are outside the notice.
    says_zh: 非全日制学生不在通报范围。
    proof: feature.quality_row
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

The quality of the new registrations is published each year and weighs on the choice of quality schools and on transfer
payments: 质量通报. So each number must be explainable, reproducible and open to appeal.

Six metrics of the full-time entrants of a year for which the place demands the notice: rows with every required cell
(completeness), with possible number, major and month (validity), whose birth date and sex agree with the number
(consistency), delivered once (uniqueness), whose fresh junior graduates are on a compulsory-school record
(verification), registered in time (timeliness). A school is reported where a metric lies below the line by more than
chance would explain (binomial tail), the false-discovery rate over all schools and metrics held; ranks and judgement
from 30 registrations on. The 95 % interval is Wilson's. The notice counts cells for completeness and all years; here
it is rows of the year.

Whether a photo is there and the registry's own verification mark are not delivered and not measured.

What to check first

The rows; then whether the platform was down in the days of registration.
*/
with entrant as (
    select
        quality_row.school_code,
        quality_row.registry,
        quality_row.cohort,
        quality_row.record_id,
        quality_row.is_unique,
        quality_row.filled = quality_row.cells as is_complete,
        -- X17b_damaged_in_the_file
        case when not quality_row.is_damaged then quality_row.is_valid end as is_valid,
        case when not quality_row.is_damaged then quality_row.is_consistent end as is_consistent,
        case when not quality_row.is_damaged then quality_row.is_verified end as is_verified,
        case
            when intake.deadline_on is not null and intake.registered_on is not null
                then
                    intake.registered_on <= intake.deadline_on
                    -- X15_came_later
                    or intake.is_transferred_in
                    or intake.is_registered_again
                    or intake.is_kept_place
                    or intake.is_moved_by_merger
        end as is_prompt
    from feature.quality_row as quality_row
    left join feature.intake as intake
        on quality_row.record_id = intake.record_id
    where
        quality_row.registry in ('vocational', 'technical')
        -- X22_part_time
        and quality_row.study_form = 'full_time'
),

noticed as (
    select
        entrant.school_code,
        entrant.registry,
        entrant.cohort,
        any_value(school.region_code) as region_code,
        count(*) as entrants
    from entrant
    left join core.school as school
        on entrant.school_code = school.school_code
    group by entrant.school_code, entrant.registry, entrant.cohort
),

due as (
    select noticed.*
    from noticed
    where
        policy_number(
            'quality_notice.required', noticed.registry, noticed.region_code, make_date(noticed.cohort, 9, 1)
        ) = 1
),

judgement as (
    select
        entrant.school_code,
        entrant.registry,
        entrant.cohort,
        entrant.record_id,
        unnest([
            'completeness', 'validity', 'consistency', 'uniqueness', 'verification', 'timeliness'
        ]) as metric,
        unnest([
            entrant.is_complete,
            entrant.is_valid,
            entrant.is_consistent,
            entrant.is_unique,
            entrant.is_verified,
            entrant.is_prompt
        ]) as is_right
    from entrant
),

measured as (
    select
        due.school_code,
        due.registry,
        due.cohort,
        due.entrants,
        due.region_code,
        judgement.metric,
        case judgement.metric when 'verification' then $verified_line_share else $line_share end as line,
        count(judgement.is_right) as rows_seen,
        count(*) filter (where judgement.is_right) as rows_right,
        list(judgement.record_id order by judgement.record_id) filter (where not judgement.is_right) as record_ids
    from due
    inner join judgement
        on
            due.school_code = judgement.school_code
            and due.registry = judgement.registry
            and due.cohort = judgement.cohort
    group by due.school_code, due.registry, due.cohort, due.entrants, due.region_code, judgement.metric
),

placed as (
    select
        measured.*,
        measured.rows_right / measured.rows_seen as metric_value,
        sum(measured.rows_right) over one_city - measured.rows_right as others_right,
        sum(measured.rows_seen) over one_city - measured.rows_seen as others_seen,
        count(*) over one_city as schools_in_city,
        rank() over (
            partition by left(measured.region_code, 4), measured.registry, measured.cohort, measured.metric
            order by measured.rows_right / measured.rows_seen desc
        ) as place_in_city,
        -- How likely so few are right, or fewer, in a school that keeps to the line.
        least(
            list_sum(
                list_transform(
                    range(measured.rows_right + 1),
                    lambda hits: exp(
                        lgamma(measured.rows_seen + 1)
                        - lgamma(hits + 1)
                        - lgamma(measured.rows_seen - hits + 1)
                        + hits * ln(measured.line)
                        + (measured.rows_seen - hits) * ln(1 - measured.line)
                    )
                )
            ),
            1
        ) as likelihood
    from measured
    where measured.rows_seen >= $ranked_from
    window one_city as (
        partition by left(measured.region_code, 4), measured.registry, measured.cohort, measured.metric
    )
),

-- Benjamini and Hochberg over all schools and metrics of the notice.
ordered as (
    select
        placed.*,
        row_number() over (order by placed.likelihood, placed.school_code, placed.metric) as position,
        count(*) over () as tests
    from placed
),

accepted as (
    select coalesce(max(ordered.likelihood), -1) as likelihood
    from ordered
    where ordered.likelihood <= $false_share * ordered.position / ordered.tests
),

below_line as (
    select
        ordered.*,
        (ordered.rows_right + 1.9208) / (ordered.rows_seen + 3.8416) as centre,
        1.96
        * sqrt(ordered.rows_right / ordered.rows_seen * (ordered.rows_seen - ordered.rows_right) + 0.9604)
        / (ordered.rows_seen + 3.8416) as reach,
        case ordered.metric
            when 'completeness' then '完整率'
            when 'validity' then '合法率'
            when 'consistency' then '一致率'
            when 'uniqueness' then '唯一率'
            when 'verification' then '接续认证率'
            else '及时率'
        end as metric_zh,
        case
            when ordered.metric in ('timeliness', 'consistency') and not is_delivered('status_changes')
                then 'status_changes'
            else ''
        end as missing_inputs
    from ordered
    cross join accepted
    where
        ordered.likelihood <= accepted.likelihood
        -- X17_fault_of_the_system
        and coalesce(ordered.others_right >= ordered.line * ordered.others_seen, true)
),

told as (
    select
        below_line.*,
        greatest(below_line.centre - below_line.reach, 0) as low,
        least(below_line.centre + below_line.reach, 1) as high,
        below_line.rows_right || '/' || below_line.rows_seen as fraction,
        bool_or(below_line.missing_inputs = '') over (
            partition by below_line.school_code, below_line.registry, below_line.cohort
        ) as is_proven
    from below_line
),

finding as (
    select
        told.school_code,
        told.registry,
        told.cohort,
        cast(max(told.entrants) as integer) as entrants,
        cast(arg_min(told.place_in_city, (told.likelihood, told.metric)) as integer) as place_in_city,
        cast(arg_min(told.schools_in_city, (told.likelihood, told.metric)) as integer) as schools_in_city,
        round(arg_min(told.metric_value, (told.likelihood, told.metric)), 4) as metric_value,
        round(arg_min(told.low, (told.likelihood, told.metric)), 4) as low,
        round(arg_min(told.high, (told.likelihood, told.metric)), 4) as high,
        arg_min(told.metric, (told.likelihood, told.metric)) as metric,
        round(1 / greatest(min(told.likelihood), 1e-12), 0) as chance,
        string_agg(
            told.metric || ' ' || round(100 * told.metric_value, 1) || ' % (' || told.fraction || ', '
            || round(100 * told.low, 1) || '-' || round(100 * told.high, 1) || ' %)',
            '; '
            order by told.likelihood, told.metric
        ) as below,
        string_agg(
            told.metric_zh || round(100 * told.metric_value, 1) || '%(' || told.fraction || ',区间'
            || round(100 * told.low, 1) || '–' || round(100 * told.high, 1) || '%)',
            ';'
            order by told.likelihood, told.metric
        ) as below_zh,
        list_sort(list_distinct(flatten(list(told.record_ids)))) as evidence_record_ids,
        max(told.missing_inputs) as missing_inputs
    from told
    where (told.missing_inputs = '') = told.is_proven
    group by told.school_code, told.registry, told.cohort
),

judged as (
    select
        finding.*,
        case when finding.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from finding
)

select
    judged.school_code,
    judged.registry,
    judged.cohort,
    judged.entrants,
    judged.below,
    judged.below_zh,
    judged.metric,
    judged.metric_value,
    judged.low,
    judged.high,
    judged.place_in_city,
    judged.schools_in_city,
    judged.chance,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
