/*
id: RQ608
title: yearly quality report contradicted by the registries
title_zh: 质量年报与学籍、毕业、培训数据不符
severity: D
certainty: certain
subject: school
policy: [jiamusi_2022:yearly-report, national:calendar]
reads:
  required:
    - core.enrolment
    - quality_reports
  optional:
    - core.certificate
    - core.hold
    - core.school
    - graduates
    - joint_programs
    - school_events
    - training_subsidies
evidence:
  - school_code
  - cohort
  - faults
  - faults_zh
  - enrolled_reported
  - enrolled_least
  - enrolled_most
  - graduates_reported
  - graduates_least
  - graduates_most
  - trainees_reported
  - trainees_paid_for
  - evidence_record_ids
key: [school_code, cohort]
route: school_code
message: >-
  Quality report of {cohort}: {faults}.
message_zh: 该校 {cohort} 年质量年报:{faults_zh}。
next: >-
  Ask the school for the lists from which the report was written and for the day they were taken; correct the published
  report, or the registry.
next_zh: 请学校提供年报数据的底册及取数日期,与学籍、毕业、培训名单核对后更正年报或补录系统。
params:
  least_students:
    default: 10
    unit: students
    comment: Own estimate; a smaller difference is a matter of the day of counting.
  least_share:
    default: 0.05
    unit: share
    comment: Own estimate; in large schools the difference must exceed this share as well.
exceptions:
  - name: X10_merged_schools
    says: The report covers the school that it took over or that it was, under either code.
    says_zh: 学校合并、更名,年报含另一代码下的学生。
    proof: core.school
  - name: X15_day_of_counting
    says: The report counts on another day of the year, or by school year.
    says_zh: 年报取数时点不同(九月一日、年末、春季或学年口径)。
    proof: core.enrolment
  - name: X17_corrected_report
    says: Another report of the same year gives another number, which agrees.
    says_zh: 同一年度另有更正后的年报数据相符。
    proof: quality_reports
  - name: X20_held_enrolment
    says: Suspended students and kept places may be counted or left out.
    says_zh: 休学、保留学籍学生可计入也可不计入。
    proof: core.hold
  - name: X22_part_time
    says: Part-time students may be counted or left out.
    says_zh: 非全日制学生可计入也可不计入。
    proof: core.enrolment
  - name: X24_trained_without_subsidy
    says: More training than the subsidy lists know is no contradiction; much of it is paid by others.
    says_zh: 年报培训人次多于补贴名单的,可能为自费或其他经费培训。
    proof: training_subsidies
  - name: X35_taught_for_a_partner
    says: Students of a partner school taught here under a joint programme in force.
    says_zh: 按有效联合办学协议在本校就读的合作学校学生。
    proof: joint_programs
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

The yearly quality report is what leaders and parents read; its numbers are to be checked by sample. A report with more
students than the registry flatters, one with fewer hides students from the indicators per head (which a school below
its conditions has reason to).

Five sub-tests, one case a school and year: more, or fewer, enrolled than the registry holds on any of the days on which
such reports count; more, or fewer, graduates than certificates and registry show for the year; fewer trainees than
subsidies were paid for. A statistic for leaders, not an accusation.

The sums of the city's reports against its plan of training are not compared.

What to check first

The day and the list from which the report was written.
*/
with own_report as (
    select
        row_of.school_code,
        row_of.year,
        -- X17_corrected_report
        min(row_of.enrolled) as enrolled_min,
        max(row_of.enrolled) as enrolled_max,
        min(row_of.graduates) as graduates_min,
        max(row_of.graduates) as graduates_max,
        max(row_of.trainees) as trainees,
        list(row_of.record_id order by row_of.record_id) as record_ids
    from quality_reports as row_of
    group by row_of.school_code, row_of.year
),

report as (
    select
        own_report.year,
        -- X10_merged_schools
        coalesce(school.current_school_code, own_report.school_code) as school_code,
        sum(own_report.enrolled_min) as enrolled_min,
        sum(own_report.enrolled_max) as enrolled_max,
        sum(own_report.graduates_min) as graduates_min,
        sum(own_report.graduates_max) as graduates_max,
        sum(own_report.trainees) as trainees,
        flatten(list(own_report.record_ids order by own_report.record_ids)) as record_ids
    from own_report
    left join core.school as school
        on own_report.school_code = school.school_code
    group by own_report.year, coalesce(school.current_school_code, own_report.school_code)
),

-- X15_day_of_counting
count_day as (
    select
        reported.year,
        unnest([
            make_date(reported.year - 1, 9, 1),
            make_date(reported.year, 3, 1),
            make_date(reported.year, 9, 1),
            make_date(reported.year, 12, 31),
            make_date(reported.year + 1, 3, 1),
            least(as_of(), make_date(reported.year + 1, 8, 31))
        ]) as counted_on
    from (
        select report.year
        from report
        group by report.year
    ) as reported
),

held as (
    select
        hold.record_id,
        hold.held_from,
        coalesce(hold.held_until, date '9999-12-31') as held_until
    from core.hold as hold
),

student as (
    select
        enrolment.person_id,
        enrolment.record_id,
        enrolment.study_form,
        enrolment.started_on,
        enrolment.ended_on,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        true as is_own
    from core.enrolment as enrolment
    where enrolment.registry in ('vocational', 'technical')
    union all
    -- X35_taught_for_a_partner
    select
        enrolment.person_id,
        enrolment.record_id,
        enrolment.study_form,
        enrolment.started_on,
        enrolment.ended_on,
        enrolment.registry,
        coalesce(school.current_school_code, programme.partner_code) as school_code,
        false as is_own
    from core.enrolment as enrolment
    inner join joint_programs as programme
        on
            enrolment.school_code = programme.school_code
            and enrolment.joint_school_code = programme.partner_code
    left join core.school as school
        on programme.partner_code = school.school_code
    where enrolment.registry in ('vocational', 'technical')
),

counted as (
    select
        report.school_code,
        report.year,
        count_day.counted_on,
        count(distinct student.person_id) as most,
        count(distinct student.person_id) filter (
            where
            student.is_own
            -- X22_part_time
            and student.study_form = 'full_time'
            -- X20_held_enrolment
            and held.record_id is null
        ) as least
    from report
    inner join count_day
        on report.year = count_day.year
    left join student
        on
            report.school_code = student.school_code
            and count_day.counted_on >= student.started_on
            and coalesce(count_day.counted_on < student.ended_on, true)
    left join held
        on
            student.record_id = held.record_id
            and count_day.counted_on >= held.held_from
            and count_day.counted_on < held.held_until
    where count_day.counted_on <= as_of()
    group by report.school_code, report.year, count_day.counted_on
),

bounds as (
    select
        counted.school_code,
        counted.year,
        max(counted.most) as most,
        min(counted.least) as least
    from counted
    group by counted.school_code, counted.year
),

on_file as (
    select
        student.school_code,
        max(student.ended_on) as last_left_on,
        any_value(student.registry order by student.record_id) as registry
    from student
    where student.is_own
    group by student.school_code
),

finished as (
    select
        certificate.current_school_code as school_code,
        certificate.person_id,
        certificate.graduated_on as finished_on,
        coalesce(certificate.certificate_kind, '毕业') = '毕业' as is_diploma
    from core.certificate as certificate
    where certificate.registry in ('vocational', 'technical')
    union all
    select
        enrolment.current_school_code as school_code,
        enrolment.person_id,
        enrolment.ended_on as finished_on,
        false as is_diploma
    from core.enrolment as enrolment
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.end_event in ('graduate', 'graduated', 'completed', 'certificate')
),

finished_in as (
    select
        report.school_code,
        report.year,
        count(distinct finished.person_id) as most,
        count(distinct finished.person_id) filter (
            where
            finished.is_diploma
            and year(finished.finished_on) = report.year
        ) as in_the_year,
        count(distinct finished.person_id) filter (
            where
            finished.is_diploma
            and finished.finished_on >= make_date(report.year - 1, 9, 1)
            and finished.finished_on < make_date(report.year, 9, 1)
        ) as in_the_school_year
    from report
    inner join finished
        on
            report.school_code = finished.school_code
            and finished.finished_on between make_date(report.year - 1, 9, 1) and make_date(report.year, 12, 31)
    group by report.school_code, report.year
),

certified_year as (
    select year(certificate.graduated_on) as year
    from core.certificate as certificate
    where certificate.registry in ('vocational', 'technical')
    group by year(certificate.graduated_on)
),

trained as (
    select
        report.school_code,
        report.year,
        count(distinct concat_ws(' ', training.class_no, training.id_number)) filter (
            where year(training.started_on) = report.year
        ) as in_the_year,
        count(distinct concat_ws(' ', training.class_no, training.id_number)) filter (
            where
            training.started_on >= make_date(report.year - 1, 9, 1)
            and training.started_on < make_date(report.year, 9, 1)
        ) as in_the_school_year
    from report
    inner join core.school as school
        on report.school_code = school.current_school_code
    inner join training_subsidies as training
        on
            (school.school_code = training.institution_code or school.school_name = training.institution_name)
            and training.amount > 0
    group by report.school_code, report.year
),

compared as (
    select
        report.school_code,
        report.year,
        report.enrolled_min,
        report.enrolled_max,
        report.graduates_min,
        report.graduates_max,
        report.trainees,
        report.record_ids,
        coalesce(bounds.most, 0) as enrolled_most,
        coalesce(bounds.least, 0) as enrolled_least,
        coalesce(finished_in.most, 0) as graduates_most,
        least(coalesce(finished_in.in_the_year, 0), coalesce(finished_in.in_the_school_year, 0)) as graduates_least,
        least(coalesce(trained.in_the_year, 0), coalesce(trained.in_the_school_year, 0)) as trainees_least,
        greatest($least_students, ceil($least_share * coalesce(bounds.most, 0))) as allowed,
        concat_ws(
            ',',
            case when not is_delivered('joint_programs') then 'joint_programs' end,
            case when not is_delivered('school_events') then 'school_events' end,
            case when on_file.school_code is null then 'vocational_students' end,
            -- An export of those present proves nothing of a year that is over.
            case
                when
                    as_of() >= make_date(report.year + 1, 7, 1)
                    and coalesce(on_file.last_left_on < make_date(report.year, 9, 1), true)
                    and on_file.school_code is not null
                    then on_file.registry || '_students'
            end
        ) as missing_rolls,
        case when certified_year.year is null then 'graduates' else '' end as missing_certificates
    from report
    left join bounds
        on
            report.school_code = bounds.school_code
            and report.year = bounds.year
    left join on_file
        on report.school_code = on_file.school_code
    left join finished_in
        on
            report.school_code = finished_in.school_code
            and report.year = finished_in.year
    left join certified_year
        on report.year = certified_year.year
    left join trained
        on
            report.school_code = trained.school_code
            and report.year = trained.year
),

fault as (
    select
        compared.school_code,
        compared.year,
        1 as place,
        compared.enrolled_min || ' enrolled, by the registry at most ' || compared.enrolled_most as says,
        '在校生' || compared.enrolled_min || '人,学籍至多' || compared.enrolled_most || '人' as says_zh,
        compared.missing_rolls as missing_inputs
    from compared
    where compared.enrolled_min > compared.enrolled_most + compared.allowed
    union all
    select
        compared.school_code,
        compared.year,
        2 as place,
        compared.enrolled_max || ' enrolled, by the registry at least ' || compared.enrolled_least as says,
        '在校生' || compared.enrolled_max || '人,学籍至少' || compared.enrolled_least || '人' as says_zh,
        compared.missing_rolls as missing_inputs
    from compared
    where compared.enrolled_max < compared.enrolled_least - compared.allowed
    union all
    select
        compared.school_code,
        compared.year,
        3 as place,
        compared.graduates_min
        || ' graduates, by certificates and registry at most '
        || compared.graduates_most as says,
        '毕业生' || compared.graduates_min || '人,毕业证书和学籍至多' || compared.graduates_most || '人' as says_zh,
        compared.missing_certificates as missing_inputs
    from compared
    where
        compared.graduates_min
        > compared.graduates_most + greatest($least_students, ceil($least_share * compared.graduates_most))
    union all
    select
        compared.school_code,
        compared.year,
        4 as place,
        compared.graduates_max || ' graduates, by certificates at least ' || compared.graduates_least as says,
        '毕业生' || compared.graduates_max || '人,毕业证书至少' || compared.graduates_least || '人' as says_zh,
        '' as missing_inputs
    from compared
    where
        compared.graduates_max
        < compared.graduates_least - greatest($least_students, ceil($least_share * compared.graduates_least))
    union all
    select
        compared.school_code,
        compared.year,
        5 as place,
        compared.trainees || ' trainees, subsidies paid for ' || compared.trainees_least as says,
        '培训' || compared.trainees || '人次,领取补贴' || compared.trainees_least || '人次' as says_zh,
        '' as missing_inputs
    from compared
    where
        -- X24_trained_without_subsidy
        compared.trainees
        < compared.trainees_least - greatest($least_students, ceil($least_share * compared.trainees_least))
),

-- What is proven makes the case; what waits for a list does so only where nothing is proven.
standing as (
    select
        fault.*,
        bool_or(fault.missing_inputs = '') over (partition by fault.school_code, fault.year) as is_proven
    from fault
),

finding as (
    select
        standing.school_code,
        standing.year,
        string_agg(standing.says, '; ' order by standing.place) as faults,
        string_agg(standing.says_zh, ';' order by standing.place) as faults_zh,
        array_to_string(
            list_sort(list_distinct(flatten(list(string_split(standing.missing_inputs, ','))))), ','
        ) as missing_inputs
    from standing
    where (standing.missing_inputs = '') = standing.is_proven
    group by standing.school_code, standing.year
),

judged as (
    select
        finding.school_code,
        finding.faults,
        finding.faults_zh,
        finding.missing_inputs,
        compared.record_ids as evidence_record_ids,
        cast(finding.year as integer) as cohort,
        cast(compared.enrolled_max as integer) as enrolled_reported,
        cast(compared.enrolled_least as integer) as enrolled_least,
        cast(compared.enrolled_most as integer) as enrolled_most,
        cast(compared.graduates_max as integer) as graduates_reported,
        cast(compared.graduates_least as integer) as graduates_least,
        cast(compared.graduates_most as integer) as graduates_most,
        cast(compared.trainees as integer) as trainees_reported,
        cast(compared.trainees_least as integer) as trainees_paid_for,
        case when finding.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from finding
    inner join compared
        on
            finding.school_code = compared.school_code
            and finding.year = compared.year
)

select
    judged.school_code,
    judged.cohort,
    judged.faults,
    judged.faults_zh,
    judged.enrolled_reported,
    judged.enrolled_least,
    judged.enrolled_most,
    judged.graduates_reported,
    judged.graduates_least,
    judged.graduates_most,
    judged.trainees_reported,
    judged.trainees_paid_for,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
