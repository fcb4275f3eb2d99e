/*
id: RD208
title: a class that never loses anyone
title_zh: 班级人数长期零流失
severity: C
certainty: unusual
subject: class
policy: [xinzhou_2023:false-registration, national:change-entry]
reads:
  required:
    - core.enrolment
    - core.hold
    - core.change
  optional:
    - core.roll_history
    - feature.roll_record
    - flexible_filings
    - status_changes
evidence:
  - subject_id
  - school_code
  - registry
  - class_name
  - entry_month
  - classes
  - students
  - student_years
  - losses_expected
  - one_in
  - classes_compared
  - false_discovery_rate
  - certainty
  - overlap_from
  - overlap_to
  - evidence_record_ids
key: [registry, school_code, class_name, entry_month]
route: school_code
message: >-
  None of the {students} students of {class_name} has withdrawn, moved or been suspended in {student_years} student
  years; by the other schools {losses_expected} were to be expected; one honest class in {one_in} does as well. Of
  all classes so reported a share of at most {false_discovery_rate} is expected to be chance.
message_zh: >-
  {class_name} 共 {students} 人,累计 {student_years} 人年无一退学、转学、休学;按其他学校平均应有 {losses_expected} 人,
  正常班级约每 {one_in} 个才有一个如此(整批误报率不高于 {false_discovery_rate})。
next: >-
  Call the roll of the class unannounced and telephone a dozen families; a good class is a lawful answer, and the
  first to be thought of.
next_zh: 对该班突击点名并抽取十余户家庭电话核实;管理好的班级确可零流失,先听取学校说明。
params:
  least_students:
    default: policy:block.students
    unit: students
    comment: Smaller classes are not judged by numbers.
  large_students:
    default: 50
    unit: students
    comment: Own estimate; from so many on a class or intake is compared with large ones, below it with small ones.
  least_years:
    default: 1
    unit: years
    comment: Own estimate; a class of the first year has had no time to lose anyone.
  false_rate:
    default: 0.05
    unit: share
    comment: Own choice; of the classes reported on one night at most this share is expected to be chance.
  least_spread:
    default: 0.1
    unit: variance
    comment: Own estimate; classes differ in what they lose by at least this, whatever tonight's classes say.
  year_weight:
    default: 10
    unit: losses
    comment: Own estimate; a year's losses at the other schools count as its own beyond about so many.
  least_classes:
    default: 20
    unit: classes
    comment: Own estimate; with fewer classes at other schools there is nothing to compare with.
exceptions:
  - name: X10_class_formed_later
    says: The class was put together from others after the intake, or moved in by a merger; these have the losses.
    says_zh: 该班系入学后由其他班级重组(或学校合并转入),流失发生在原班级。
    proof: core.roll_history
  - name: X11_flexible_programme
    says: The school has filed flexible study for the intake; students come and go without a change.
    says_zh: 该校该年级已备案弹性学制,学生分段就读不办异动。
    proof: flexible_filings
  - name: X19_leavers_not_listed
    says: The list names present students only; the changes show that students left the school.
    says_zh: 学籍导出仅含在籍学生,异动名单证明该校有学生离校。
    proof: core.change
  - name: X22_part_time
    says: A class of part-time students, who are not counted by terms.
    says_zh: 非全日制班级。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Every class loses somebody: families move, children fall ill, some leave for work. A school that keeps drop-outs on the
roll has classes that stay whole until the day of graduation (保留流失学生学籍). Losses are withdrawals, transfers,
expulsions, suspensions and students who vanish from a list delivered again.

How unlikely the silence is comes from the classes of all other schools, large ones for a large one: their losses per
student year, in the first year and after it, and of the same intake year as far as there are enough, spread as far as
classes differ among themselves (negative binomial). A class that fell apart counts as one that lost about twice the
usual, and classes whose losses nobody could see (the exceptions) say nothing. Over all classes, and over all intakes,
the rate of false discoveries is held by the procedure of Benjamini and Hochberg (1995), so that small classes and small
schools are never reported for being small.

A school's whole intake is tested like a class (class_name 全部班级): where a single class proves little, ten that lose
nobody prove much; its classes are then one case.

What to check first

Attendance and the dormitory of the class. Where the school's other classes lose nobody either, begin with the school.
*/
with student as (
    select
        enrolment.record_id,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.class_name,
        enrolment.entry_month,
        enrolment.cohort,
        enrolment.study_form,
        enrolment.started_on,
        enrolment.ended_on,
        enrolment.expected_end_on,
        least(coalesce(enrolment.ended_on, as_of()), enrolment.expected_end_on - 92, as_of()) as counted_to,
        enrolment.ended_on < enrolment.expected_end_on - 92
        or enrolment.ended_on is null and not enrolment.is_open_in_registry as has_left
    from core.enrolment as enrolment
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.class_name is not null
        and enrolment.entry_month is not null
),

-- Each student counts for the class and for the whole intake of the school.
member as (
    select
        student.* exclude (class_name),
        student.class_name as own_class_name,
        unnest(
            if(student.study_form = 'full_time', [student.class_name, '全部班级'], [student.class_name])
        ) as class_name
    from student
),

held as (
    select hold.record_id
    from core.hold as hold
    where hold.kind <> 'away' or hold.is_dated
    group by hold.record_id
),

-- Students listed once and no more, in the class in which they were seen last.
vanished_student as (
    select
        gone.registry,
        gone.current_school_code as school_code,
        gone.entry_month,
        unnest([gone.class_name, '全部班级']) as class_name
    from feature.roll_record as gone
    where
        gone.vanished_as in ('unexplained', 'elsewhere', 'ended')
        and gone.class_name is not null
),

vanished as (
    select
        gone.registry,
        gone.school_code,
        gone.class_name,
        gone.entry_month,
        count(*) as students
    from vanished_student as gone
    group by gone.registry, gone.school_code, gone.class_name, gone.entry_month
),

first_class as (
    select
        history.registry,
        history.current_school_code as school_code,
        history.student_key,
        max(history.enrolment_record_id) as record_id,
        arg_min(history.class_name, history.first_seen_on) as class_name,
        min(history.first_seen_on) as first_seen_on
    from core.roll_history as history
    group by history.registry, history.current_school_code, history.student_key
),

formed_later as (
    select
        member.registry,
        member.school_code,
        member.class_name,
        member.entry_month
    from member
    left join first_class
        on member.record_id = first_class.record_id
    group by member.registry, member.school_code, member.class_name, member.entry_month
    having
        2 * count(*) filter (
            where first_class.class_name <> member.own_class_name and member.class_name <> '全部班级'
        ) >= count(*)
        or 2 * count(*) filter (
            where member.started_on >= make_date(member.entry_month // 100, member.entry_month % 100, 1) + 180
        ) >= count(*)
),

class as (
    select
        member.registry,
        member.school_code,
        member.class_name,
        member.entry_month,
        cast(count(*) as integer) as students,
        cast(count(distinct member.own_class_name) as integer) as classes,
        any_value(member.cohort order by member.record_id) as cohort,
        count(*) filter (where member.has_left or held.record_id is not null) as listed_losses,
        sum(greatest(least(member.counted_to - member.started_on, 365), 0)) / 365.0 as first_years,
        sum(greatest(member.counted_to - member.started_on - 365, 0)) / 365.0 as later_years,
        count(*) filter (
            where coalesce(member.has_left, false) and member.ended_on < member.started_on + 365
        ) as first_losses,
        min(member.started_on) as begun_on,
        max(member.counted_to) as counted_to,
        list(member.record_id order by member.record_id) as record_ids,
        member.class_name = '全部班级' as is_intake,
        2 * count(*) filter (where member.study_form = 'full_time') > count(*) as is_full_time
    from member
    left join held
        on member.record_id = held.record_id
    group by member.registry, member.school_code, member.class_name, member.entry_month
),

left_unlisted as (
    select
        change.registry,
        change.from_school_code as school_code
    from core.change as change
    where
        change.is_approved
        and change.enrolment_record_id is null
        and change.change_type in ('withdraw', 'transfer_out', 'expel', 'cancel')
        and change.from_school_code is not null
    group by change.registry, change.from_school_code
),

flexible as (
    select
        filing.school_code,
        filing.year
    from flexible_filings as filing
    group by filing.school_code, filing.year
),

-- What nobody could see leave tells nothing of others either.
counted as (
    select
        class.*,
        class.students >= $large_students as is_large,
        class.listed_losses + coalesce(vanished.students, 0) as losses
    from class
    left join vanished
        on
            class.registry = vanished.registry
            and class.school_code = vanished.school_code
            and class.class_name = vanished.class_name
            and class.entry_month = vanished.entry_month
    left join formed_later
        on
            class.registry = formed_later.registry
            and class.school_code = formed_later.school_code
            and class.class_name = formed_later.class_name
            and class.entry_month = formed_later.entry_month
    left join left_unlisted
        on
            class.registry = left_unlisted.registry
            and class.school_code = left_unlisted.school_code
    left join flexible
        on
            class.school_code = flexible.school_code
            and class.cohort = flexible.year
    where
        class.students >= $least_students
        and class.counted_to >= class.begun_on + 365 * $least_years
        and (class.classes > 1 or not class.is_intake)
        -- X10_class_formed_later
        and formed_later.class_name is null
        -- X11_flexible_programme
        and flexible.school_code is null
        -- X19_leavers_not_listed
        and left_unlisted.school_code is null
        -- X22_part_time
        and class.is_full_time
),

overall as (
    select
        counted.registry,
        counted.is_intake,
        counted.is_large,
        sum(counted.first_losses) / nullif(sum(counted.first_years), 0) as first_rate,
        sum(counted.losses - counted.first_losses) / nullif(sum(counted.later_years), 0) as later_rate
    from counted
    group by counted.registry, counted.is_intake, counted.is_large
),

usual as (
    select
        counted.*,
        counted.first_years * coalesce(overall.first_rate, 0) + counted.later_years * coalesce(overall.later_rate, 0)
            as losses_usual
    from counted
    inner join overall
        on
            counted.registry = overall.registry
            and counted.is_intake = overall.is_intake
            and counted.is_large = overall.is_large
),

-- A class that fell apart is another matter (FR307); it does not raise what others have to lose.
bounded as (
    select
        usual.*,
        coalesce(least(1, 2 * (usual.losses_usual + sqrt(usual.losses_usual)) / nullif(usual.losses, 0)), 1) as bound
    from usual
),

registry_total as (
    select
        bounded.registry,
        bounded.is_intake,
        bounded.is_large,
        count(*) as classes,
        sum(bounded.first_losses * bounded.bound) as first_losses,
        sum((bounded.losses - bounded.first_losses) * bounded.bound) as later_losses,
        sum(bounded.first_years) as first_years,
        sum(bounded.later_years) as later_years
    from bounded
    group by bounded.registry, bounded.is_intake, bounded.is_large
),

school_total as (
    select
        bounded.registry,
        bounded.school_code,
        bounded.is_intake,
        bounded.is_large,
        count(*) as classes,
        sum(bounded.first_losses * bounded.bound) as first_losses,
        sum((bounded.losses - bounded.first_losses) * bounded.bound) as later_losses,
        sum(bounded.first_years) as first_years,
        sum(bounded.later_years) as later_years
    from bounded
    group by bounded.registry, bounded.school_code, bounded.is_intake, bounded.is_large
),

-- What the other schools' classes lose in as many student years.
by_years as (
    select
        bounded.*,
        cast(registry_total.classes - school_total.classes as integer) as classes_compared,
        coalesce(
            bounded.first_years * (registry_total.first_losses - school_total.first_losses)
            / nullif(registry_total.first_years - school_total.first_years, 0),
            0
        )
        + coalesce(
            bounded.later_years * (registry_total.later_losses - school_total.later_losses)
            / nullif(registry_total.later_years - school_total.later_years, 0),
            0
        ) as losses_by_years
    from bounded
    inner join registry_total
        on
            bounded.registry = registry_total.registry
            and bounded.is_intake = registry_total.is_intake
            and bounded.is_large = registry_total.is_large
    inner join school_total
        on
            bounded.registry = school_total.registry
            and bounded.school_code = school_total.school_code
            and bounded.is_intake = school_total.is_intake
            and bounded.is_large = school_total.is_large
),

cohort_total as (
    select
        by_years.registry,
        by_years.is_intake,
        by_years.is_large,
        by_years.cohort,
        sum(by_years.losses * by_years.bound) as losses,
        sum(by_years.losses_by_years) as losses_by_years
    from by_years
    group by by_years.registry, by_years.is_intake, by_years.is_large, by_years.cohort
),

school_cohort as (
    select
        by_years.registry,
        by_years.school_code,
        by_years.is_intake,
        by_years.is_large,
        by_years.cohort,
        sum(by_years.losses * by_years.bound) as losses,
        sum(by_years.losses_by_years) as losses_by_years
    from by_years
    group by by_years.registry, by_years.school_code, by_years.is_intake, by_years.is_large, by_years.cohort
),

-- Years differ: an intake is measured by what its own year loses at the other schools, as far as these are many.
expected as (
    select
        by_years.*,
        by_years.losses_by_years
        * (cohort_total.losses - school_cohort.losses + $year_weight)
        / (cohort_total.losses_by_years - school_cohort.losses_by_years + $year_weight) as losses_expected
    from by_years
    inner join cohort_total
        on
            by_years.registry = cohort_total.registry
            and by_years.is_intake = cohort_total.is_intake
            and by_years.is_large = cohort_total.is_large
            and by_years.cohort = cohort_total.cohort
    inner join school_cohort
        on
            by_years.registry = school_cohort.registry
            and by_years.school_code = school_cohort.school_code
            and by_years.is_intake = school_cohort.is_intake
            and by_years.is_large = school_cohort.is_large
            and by_years.cohort = school_cohort.cohort
),

school_spread as (
    select
        expected.registry,
        expected.school_code,
        expected.is_intake,
        expected.is_large,
        sum(
            power(
                least(expected.losses, 2 * (expected.losses_expected + sqrt(expected.losses_expected)))
                - expected.losses_expected,
                2
            )
            - expected.losses_expected
        ) as excess,
        sum(power(expected.losses_expected, 2)) as squares
    from expected
    group by expected.registry, expected.school_code, expected.is_intake, expected.is_large
),

-- How far the other schools' classes differ in what they lose, beyond chance.
spread as (
    select
        own.registry,
        own.school_code,
        own.is_intake,
        own.is_large,
        greatest(
            (sum(every.excess) - any_value(own.excess)) / nullif(sum(every.squares) - any_value(own.squares), 0),
            $least_spread
        ) as variance
    from school_spread as own
    inner join school_spread as every
        on
            own.registry = every.registry
            and own.is_intake = every.is_intake
            and own.is_large = every.is_large
    group by own.registry, own.school_code, own.is_intake, own.is_large
),

tested as (
    select
        expected.*,
        case
            when expected.losses = 0
                then power(1 + spread.variance * expected.losses_expected, -1 / spread.variance)
            else 1
        end as chance
    from expected
    inner join spread
        on
            expected.registry = spread.registry
            and expected.school_code = spread.school_code
            and expected.is_intake = spread.is_intake
            and expected.is_large = spread.is_large
    where expected.classes_compared >= $least_classes
),

-- Intakes and single classes are two questions, each with its own rate of false discoveries.
ranked as (
    select
        tested.*,
        tested.chance * count(*) over of_its_kind
        / rank() over (partition by tested.is_intake order by tested.chance) as discovery_rate
    from tested
    window of_its_kind as (partition by tested.is_intake)
),

discovered as (
    select
        ranked.*,
        min(ranked.discovery_rate) over (
            partition by ranked.is_intake
            order by ranked.chance desc
            rows between unbounded preceding and current row
        ) as false_discoveries
    from ranked
),

-- Changes of the school itself, or a list of changes of several schools, cover it.
named_school as (
    select
        change.registry,
        status_change.source_file,
        coalesce(enrolment.current_school_code, change.from_school_code, change.to_school_code) as school_code
    from core.change as change
    inner join status_changes as status_change
        on change.record_id = status_change.record_id
    left join core.enrolment as enrolment
        on change.enrolment_record_id = enrolment.record_id
),

covering_list as (
    select
        named_school.registry,
        named_school.source_file,
        count(distinct named_school.school_code) as schools
    from named_school
    group by named_school.registry, named_school.source_file
),

judged as (
    select
        discovered.registry,
        discovered.school_code,
        discovered.class_name,
        discovered.entry_month,
        discovered.students,
        discovered.classes_compared,
        discovered.is_intake,
        discovered.classes,
        discovered.begun_on as overlap_from,
        discovered.counted_to as overlap_to,
        discovered.record_ids as evidence_record_ids,
        'unusual' as certainty,
        cast($false_rate as double) as false_discovery_rate,
        cast(least(floor(1 / discovered.chance), 1000000) as integer) as one_in,
        concat_ws(' ', discovered.school_code, discovered.class_name, discovered.entry_month) as subject_id,
        round(discovered.first_years + discovered.later_years, 1) as student_years,
        round(discovered.losses_expected, 1) as losses_expected,
        concat_ws(
            ',',
            case when not is_delivered('flexible_filings') then 'flexible_filings' end,
            case
                when
                    not exists (
                        select 1
                        from named_school
                        where
                            named_school.registry = discovered.registry
                            and named_school.school_code = discovered.school_code
                    )
                    and not exists (
                        select 1
                        from covering_list
                        where
                            covering_list.registry = discovered.registry
                            and covering_list.schools > 1
                    )
                    then 'status_changes'
            end
        ) as missing_inputs
    from discovered
    where
        discovered.losses = 0
        and discovered.false_discoveries <= $false_rate
),

worded as (
    select
        judged.*,
        bool_or(judged.is_intake) over (
            partition by judged.registry, judged.school_code, judged.entry_month
        ) as is_in_whole_intake,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.subject_id,
    worded.school_code,
    worded.registry,
    worded.class_name,
    worded.entry_month,
    worded.classes,
    worded.students,
    worded.student_years,
    worded.losses_expected,
    worded.one_in,
    worded.classes_compared,
    worded.false_discovery_rate,
    worded.certainty,
    worded.overlap_from,
    worded.overlap_to,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
where
    -- The whole intake is one case, not one a class.
    worded.is_intake
    or not worded.is_in_whole_intake
