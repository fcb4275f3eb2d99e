/*
id: SA409
title: funding headcount above the verified headcount, own income offset, re-labelled majors
title_zh: 生均拨款人数虚高、以自有收入冲抵、改标专业
severity: B
certainty: certain
subject: school
policy:
  - jilin_city_2022:appropriation
  - jiamusi_2022:appropriation
  - xinzhou_2023:agreement-of-three
  - national:own-appropriation
reads:
  required:
    - core.enrolment
    - funding_allocations
  optional:
    - core.change
    - core.school
    - fee_receipts
    - flexible_filings
    - joint_programs
    - school_events
    - status_changes
evidence:
  - school_code
  - cohort
  - faults
  - faults_zh
  - funded_students
  - verified_students
  - excess_students
  - relabelled_students
  - own_income_offset
  - severity
  - amount_paid
  - evidence_record_ids
key: [school_code, cohort]
route: school_code
message: >-
  Funding of {cohort}: {faults}. Funded {funded_students} students, verified at most {verified_students}; drawn beyond
  what was due: {amount_paid} yuan.
message_zh: >-
  该校 {cohort} 年生均拨款:{faults_zh}。拨款人数 {funded_students},核实学籍至多 {verified_students} 人;多拨金额 {amount_paid} 元。
next: >-
  Put the count sheet that the finance office used beside the registry print of the same day, group by group, and ask
  who signed it.
next_zh: 调取财政部门核拨所用的学生数统计表,与同一时点的学籍名册分专业大类逐项核对,查明填报和审核人。
params:
  least_students:
    default: 5
    unit: students
    comment: Own estimate; a smaller excess is counting.
  least_share:
    default: 0.02
    unit: share
    comment: Own estimate; in large schools the excess must exceed this share of the verified as well.
  least_relabelled:
    default: 3
    unit: students
    comment: Own estimate; one or two changes of major and back are lives, not labels.
  relabel_days:
    default: policy:appropriation.relabel_days
    unit: days
    comment: Moves so shortly before the count day are asked about.
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: A student who comes by transfer may be counted so many days before the registry shows it.
exceptions:
  - name: X10_merged_schools
    says: The school was funded for the students of the school that it took over, under either code.
    says_zh: 学校合并、更名,拨款含前身学校学生或列在旧代码下。
    proof: core.school
  - name: X11_filed_flexible_programme
    says: Part-time students of a flexible programme that the school filed are funded too.
    says_zh: 已备案弹性学制的非全日制学生可计入拨款。
    proof: flexible_filings
  - name: X15_transfer_lag
    says: Students who came by transfer soon after the count day were counted where they were going.
    says_zh: 统计时点后不久办妥转入的学生,已计入本校。
    proof: core.change
  - name: X17_older_catalogue
    says: Majors of another catalogue, or none, may belong to any group of majors.
    says_zh: 旧版目录专业或专业缺失的学生,可归入任一专业大类。
    proof: core.enrolment
  - name: X35_taught_for_a_partner
    says: Students of a partner school taught here under a joint programme in force.
    says_zh: 按有效联合办学协议在本校就读的合作学校学生。
    proof: joint_programs
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

The appropriation goes by heads and by group of majors. Whoever writes more heads than the registry holds, or writes
them into a group that pays better, draws public money for nobody. Jilin City and Jiamusi forbid to set off tuition and
service income against it, and Jilin City lets it not fall.

Six sub-tests, one case a school and year: heads above the roll; heads in a better-paid group above the roll of that
group, the total being right; students moved into a better-paid group shortly before the count day and back after it;
own income set off; an appropriation short by just the tuition that was charged; a standard below the year before. The
last three bind only where a pack says so. The roll is taken on the most favourable of the days on which such counts
are made: 1 September of the year and of the year before, 20 September, the end of the year, the first of March after;
suspended students are on it. The amount is heads beyond the roll times the standard of their group.

Invented or retained students on the roll are not seen here: see FR, RD and SA413.

What to check first

Which day and which list the finance office counted from; then whether students of a partner or of part-time courses
were promised funds.
*/
with copied as (
    select
        delivered.*,
        row_number() over (
            partition by
                delivered.year,
                delivered.school_code,
                delivered.major_group,
                delivered.headcount,
                delivered.amount,
                delivered.source_file,
                delivered.sheet
            order by delivered.record_id
        ) as copy_no
    from funding_allocations as delivered
),

-- One allotment that several lists name is one: of each list the n-th row like it.
single as (
    select copied.*
    from copied
    qualify
        row_number() over (
            partition by
                copied.year,
                copied.school_code,
                copied.major_group,
                copied.headcount,
                copied.amount,
                copied.copy_no
            order by copied.record_id
        ) = 1
),

funding_row as (
    select
        row_of.record_id,
        row_of.year,
        row_of.headcount,
        row_of.amount,
        coalesce(row_of.own_income_offset, 0) as own_income_offset,
        -- X10_merged_schools
        coalesce(school.current_school_code, row_of.school_code) as school_code,
        coalesce(row_of.standard, row_of.amount / nullif(row_of.headcount, 0), 0) as standard,
        trim(replace(coalesce(row_of.major_group, ''), '大类', '')) as major_group
    from single as row_of
    left join core.school as school
        on row_of.school_code = school.school_code
),

-- Groups 61 to 79 of the catalogue of 2021, in its order.
group_name as (
    select
        named.major_group,
        cast(60 + named.place as varchar) as group_code
    from (
        select
            unnest([
                '农林牧渔', '资源环境与安全', '能源动力与材料', '土木建筑', '水利', '装备制造', '生物与化工', '轻工纺织',
                '食品药品与粮食', '交通运输', '电子与信息', '医药卫生', '财经商贸', '旅游', '文化艺术', '新闻传播',
                '教育与体育', '公安与司法', '公共管理与服务'
            ]) as major_group,
            generate_subscripts(range(19), 1) as place
    ) as named
),

funded as (
    select
        funding_row.school_code,
        funding_row.year,
        coalesce(
            group_name.group_code,
            nullif(regexp_extract(funding_row.major_group, '^[0-9]{2}'), ''),
            funding_row.major_group
        ) as group_code,
        sum(funding_row.headcount) as headcount,
        sum(funding_row.amount) as amount,
        sum(funding_row.own_income_offset) as own_income_offset,
        max(funding_row.standard) as standard,
        list(funding_row.record_id order by funding_row.record_id) as record_ids
    from funding_row
    left join group_name
        on funding_row.major_group = group_name.major_group
    group by all
),

funded_school as (
    select
        funded.school_code,
        funded.year,
        sum(funded.headcount) as headcount,
        sum(funded.amount) as amount,
        sum(funded.headcount * funded.standard) as full_amount,
        sum(funded.own_income_offset) as own_income_offset,
        min(funded.standard) as least_standard,
        bool_and(funded.group_code <> '') as is_by_group,
        flatten(list(funded.record_ids order by funded.record_ids)) as record_ids
    from funded
    group by funded.school_code, funded.year
),

count_day as (
    select
        funded_year.year,
        unnest([
            make_date(funded_year.year - 1, 9, 1),
            make_date(funded_year.year, 9, 1),
            make_date(funded_year.year, 9, 20),
            make_date(funded_year.year, 12, 31),
            make_date(funded_year.year + 1, 3, 1)
        ]) as counted_on
    from (
        select funded_school.year
        from funded_school
        group by funded_school.year
    ) as funded_year
),

moved_in as (
    select change.enrolment_record_id as record_id
    from core.change as change
    where
        change.is_approved
        and change.change_type = 'transfer_in'
    group by change.enrolment_record_id
),

filed as (
    select
        filing.year,
        coalesce(school.current_school_code, filing.school_code) as school_code
    from flexible_filings as filing
    left join core.school as school
        on filing.school_code = school.school_code
    group by coalesce(school.current_school_code, filing.school_code), filing.year
),

student as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.joint_school_code,
        enrolment.ended_on,
        enrolment.current_school_code as school_code,
        -- X15_transfer_lag
        enrolment.started_on - case when moved_in.record_id is null then 0 else $lag_days end as counted_from,
        -- X17_older_catalogue
        case
            when regexp_matches(coalesce(enrolment.major_code, ''), '^(6[1-9]|7[0-9])[0-9]{4}')
                then left(enrolment.major_code, 2)
            else ''
        end as group_code
    from core.enrolment as enrolment
    left join moved_in
        on enrolment.record_id = moved_in.record_id
    left join filed
        on
            enrolment.current_school_code = filed.school_code
            and enrolment.cohort = filed.year
    where
        enrolment.registry in ('vocational', 'technical')
        -- X11_filed_flexible_programme
        and (enrolment.study_form = 'full_time' or filed.school_code is not null)
),

seat as (
    select
        student.*,
        student.school_code as funded_school_code
    from student
    union all
    -- X35_taught_for_a_partner
    select
        student.*,
        coalesce(school.current_school_code, programme.partner_code) as funded_school_code
    from student
    inner join joint_programs as programme
        on
            student.school_code = programme.school_code
            and student.joint_school_code = programme.partner_code
            and coalesce(student.counted_from <= programme.valid_to, true)
    left join core.school as school
        on programme.partner_code = school.school_code
),

counted as (
    select
        funded_school.school_code,
        funded_school.year,
        count_day.counted_on,
        seat.group_code,
        count(distinct seat.person_id) as students
    from funded_school
    inner join count_day
        on funded_school.year = count_day.year
    inner join seat
        on
            funded_school.school_code = seat.funded_school_code
            and count_day.counted_on >= seat.counted_from
            and coalesce(count_day.counted_on < seat.ended_on, true)
    where count_day.counted_on <= as_of()
    group by funded_school.school_code, funded_school.year, count_day.counted_on, seat.group_code
),

verified_group as (
    select
        counted.school_code,
        counted.year,
        counted.group_code,
        max(counted.students) as students
    from counted
    group by counted.school_code, counted.year, counted.group_code
),

verified_day as (
    select
        counted.school_code,
        counted.year,
        sum(counted.students) as students
    from counted
    group by counted.school_code, counted.year, counted.counted_on
),

verified as (
    select
        verified_day.school_code,
        verified_day.year,
        max(verified_day.students) as students
    from verified_day
    group by verified_day.school_code, verified_day.year
),

on_file as (
    select
        student.school_code,
        max(student.ended_on) as last_left_on,
        any_value(student.registry order by student.record_id) as registry
    from student
    group by student.school_code
),

unplaced as (
    select
        verified_group.school_code,
        verified_group.year,
        verified_group.students
    from verified_group
    where verified_group.group_code = ''
),

group_excess as (
    select
        funded.school_code,
        funded.year,
        sum(
            greatest(funded.headcount - coalesce(verified_group.students, 0), 0)
        ) filter (where funded.standard > funded_school.least_standard) as students,
        sum((funded.headcount - coalesce(verified_group.students, 0)) * funded.standard) as amount,
        sum(coalesce(verified_group.students, 0)) as placed_students
    from funded
    inner join funded_school
        on
            funded.school_code = funded_school.school_code
            and funded.year = funded_school.year
    left join verified_group
        on
            funded.school_code = verified_group.school_code
            and funded.year = verified_group.year
            and funded.group_code = verified_group.group_code
    where funded_school.is_by_group
    group by funded.school_code, funded.year
),

weighed as (
    select
        funded_school.*,
        on_file.registry,
        school.region_code,
        coalesce(verified.students, 0) as verified_students,
        funded_school.headcount - coalesce(verified.students, 0) as excess,
        greatest($least_students, ceil($least_share * coalesce(verified.students, 0))) as allowed,
        coalesce(group_excess.students, 0) - coalesce(unplaced.students, 0) as relabelled_on_paper,
        case
            when group_excess.school_code is null
                then (funded_school.headcount - coalesce(verified.students, 0)) * funded_school.least_standard
            else
                group_excess.amount
                - greatest(coalesce(verified.students, 0) - group_excess.placed_students, 0)
                * funded_school.least_standard
        end as excess_amount,
        concat_ws(
            ',',
            case when on_file.school_code is null then 'vocational_students' end,
            -- An export of those present proves nothing of a year that is over.
            case
                when
                    as_of() >= make_date(funded_school.year + 1, 7, 1)
                    and coalesce(on_file.last_left_on < make_date(funded_school.year, 9, 1), true)
                    and on_file.school_code is not null
                    then on_file.registry || '_students'
            end,
            case when not is_delivered('flexible_filings') then 'flexible_filings' end,
            case when not is_delivered('joint_programs') then 'joint_programs' end,
            case when not is_delivered('school_events') then 'school_events' end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from funded_school
    left join verified
        on
            funded_school.school_code = verified.school_code
            and funded_school.year = verified.year
    left join group_excess
        on
            funded_school.school_code = group_excess.school_code
            and funded_school.year = group_excess.year
    left join unplaced
        on
            funded_school.school_code = unplaced.school_code
            and funded_school.year = unplaced.year
    left join on_file
        on funded_school.school_code = on_file.school_code
    left join core.school as school
        on funded_school.school_code = school.school_code
),

ruled as (
    select
        weighed.*,
        policy_number(
            'appropriation.offset_allowed',
            coalesce(weighed.registry, 'vocational'),
            weighed.region_code,
            make_date(weighed.year, 1, 1)
        ) as offset_allowed,
        policy_number(
            'appropriation.may_fall',
            coalesce(weighed.registry, 'vocational'),
            weighed.region_code,
            make_date(weighed.year, 1, 1)
        ) as may_fall
    from weighed
),

tuition as (
    select
        year(receipt.charged_on) as year,
        coalesce(school.current_school_code, receipt.school_code) as school_code,
        sum(receipt.amount) as amount
    from fee_receipts as receipt
    left join core.school as school
        on receipt.school_code = school.school_code
    where receipt.fee_item like '%学费%'
    group by year(receipt.charged_on), coalesce(school.current_school_code, receipt.school_code)
),

fallen as (
    select
        funded.school_code,
        funded.year,
        max(before.standard) as standard_before,
        min(funded.standard) as standard
    from funded
    inner join funded as before
        on
            funded.school_code = before.school_code
            and funded.group_code = before.group_code
            and funded.year = before.year + 1
            and funded.standard < before.standard
    group by funded.school_code, funded.year
),

major_move as (
    select
        change.enrolment_record_id as record_id,
        change.record_id as change_record_id,
        change.changed_on,
        enrolment.current_school_code as school_code,
        left(change.from_major_code, 2) as from_group,
        left(
            coalesce(
                change.to_major_code,
                lead(change.from_major_code) over one_student,
                enrolment.major_code
            ),
            2
        ) as to_group,
        lead(change.record_id) over one_student as back_record_id,
        lead(change.changed_on) over one_student as back_on,
        left(
            coalesce(
                lead(change.to_major_code) over one_student,
                lead(change.from_major_code, 2) over one_student,
                enrolment.major_code
            ),
            2
        ) as back_group
    from core.change as change
    inner join core.enrolment as enrolment
        on change.enrolment_record_id = enrolment.record_id
    where change.change_type = 'change_major'
    window one_student as (
        partition by change.enrolment_record_id
        order by change.changed_on, change.record_id
    )
),

moved_and_back as (
    select
        better.school_code,
        better.year,
        cast(count(distinct major_move.record_id) as integer) as students,
        sum(better.standard - worse.standard) as amount,
        list_sort(
            list_distinct(
                flatten(list([major_move.record_id, major_move.change_record_id, major_move.back_record_id]))
            )
        ) as record_ids
    from major_move
    inner join funded as better
        on
            major_move.school_code = better.school_code
            and major_move.to_group = better.group_code
            and major_move.changed_on between make_date(better.year, 9, 1) - $relabel_days
            and make_date(better.year, 9, 1)
            and major_move.back_on > make_date(better.year, 9, 1)
    inner join funded as worse
        on
            better.school_code = worse.school_code
            and better.year = worse.year
            and major_move.from_group = worse.group_code
            and better.standard > worse.standard
    where major_move.from_group = major_move.back_group
    group by better.school_code, better.year
),

relabelled as (
    select moved_and_back.*
    from moved_and_back
    where moved_and_back.students >= $least_relabelled
),

fault as (
    select
        ruled.school_code,
        ruled.year,
        1 as place,
        ruled.excess || ' heads above the roll' as says,
        '拨款人数超出核实学籍' || ruled.excess || '人' as says_zh,
        'B' as severity,
        greatest(ruled.excess_amount, 0) as amount,
        ruled.missing_inputs
    from ruled
    where ruled.excess > ruled.allowed
    union all
    select
        ruled.school_code,
        ruled.year,
        2 as place,
        ruled.relabelled_on_paper || ' heads in better-paid groups of majors whose roll does not have them' as says,
        '高标准专业大类拨款人数超出该类学籍' || ruled.relabelled_on_paper || '人' as says_zh,
        'B' as severity,
        greatest(ruled.excess_amount, 0) as amount,
        ruled.missing_inputs
    from ruled
    where
        ruled.excess <= ruled.allowed
        and ruled.relabelled_on_paper > ruled.allowed
        and ruled.excess_amount > 0
    union all
    select
        relabelled.school_code,
        relabelled.year,
        3 as place,
        relabelled.students || ' students moved to a better-paid group before the count day and back after it' as says,
        '统计时点前转入高标准专业、其后转回' || relabelled.students || '人' as says_zh,
        'B' as severity,
        relabelled.amount,
        '' as missing_inputs
    from relabelled
    union all
    select
        ruled.school_code,
        ruled.year,
        4 as place,
        'own income of ' || cast(ruled.own_income_offset as decimal(14, 2)) || ' yuan set off' as says,
        '以自有收入冲抵拨款' || cast(ruled.own_income_offset as decimal(14, 2)) || '元' as says_zh,
        'B' as severity,
        0 as amount,
        '' as missing_inputs
    from ruled
    where
        ruled.own_income_offset > 0
        and ruled.offset_allowed = 0
    union all
    select
        ruled.school_code,
        ruled.year,
        5 as place,
        'short of the standard by just the tuition charged, ' || cast(tuition.amount as decimal(14, 2)) || ' yuan'
            as says,
        '拨款比标准少,差额恰为所收学费' || cast(tuition.amount as decimal(14, 2)) || '元' as says_zh,
        'B' as severity,
        0 as amount,
        '' as missing_inputs
    from ruled
    inner join tuition
        on
            ruled.school_code = tuition.school_code
            and ruled.year = tuition.year
    where
        ruled.offset_allowed = 0
        and ruled.own_income_offset = 0
        and tuition.amount > 0
        and abs(ruled.full_amount - ruled.amount - tuition.amount) <= tuition.amount / 100
    union all
    select
        ruled.school_code,
        ruled.year,
        6 as place,
        'standard fell from ' || cast(fallen.standard_before as decimal(14, 2)) || ' to '
        || cast(fallen.standard as decimal(14, 2)) as says,
        '生均标准由' || cast(fallen.standard_before as decimal(14, 2)) || '元降至'
        || cast(fallen.standard as decimal(14, 2)) || '元' as says_zh,
        'C' as severity,
        0 as amount,
        '' as missing_inputs
    from ruled
    inner join fallen
        on
            ruled.school_code = fallen.school_code
            and ruled.year = fallen.year
    where ruled.may_fall = 0
),

-- What is proven makes the case; what waits for a list does so only where nothing is proven.
standing as (
    select
        fault.*,
        bool_or(fault.missing_inputs = '') over (partition by fault.school_code, fault.year) as is_proven
    from fault
),

-- Students moved and moved back are among the heads beyond the roll of the better-paid group: counted once.
finding as (
    select
        standing.school_code,
        standing.year,
        cast(max(standing.amount) as decimal(14, 2)) as amount_paid,
        string_agg(standing.says, '; ' order by standing.place) as faults,
        string_agg(standing.says_zh, ';' order by standing.place) as faults_zh,
        min(standing.severity) as severity,
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
        finding.severity,
        finding.amount_paid,
        finding.missing_inputs,
        cast(finding.year as integer) as cohort,
        cast(ruled.headcount as integer) as funded_students,
        cast(ruled.verified_students as integer) as verified_students,
        cast(greatest(ruled.excess, 0) as integer) as excess_students,
        cast(ruled.own_income_offset as decimal(14, 2)) as own_income_offset,
        coalesce(relabelled.students, 0) as relabelled_students,
        list_concat(ruled.record_ids, coalesce(relabelled.record_ids, [])) as evidence_record_ids,
        case when finding.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from finding
    inner join ruled
        on
            finding.school_code = ruled.school_code
            and finding.year = ruled.year
    left join relabelled
        on
            finding.school_code = relabelled.school_code
            and finding.year = relabelled.year
)

select
    judged.school_code,
    judged.cohort,
    judged.faults,
    judged.faults_zh,
    judged.funded_students,
    judged.verified_students,
    judged.excess_students,
    judged.relabelled_students,
    judged.own_income_offset,
    judged.severity,
    judged.amount_paid,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
