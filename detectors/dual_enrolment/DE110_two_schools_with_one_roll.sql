/*
id: DE110
title: two schools with one roll, the schools themselves the case
title_zh: 两校大量学生重叠在籍
severity: B
certainty: probable
subject: school
policy: [national:not-through-two-ministries, national:one-registration, xinzhou_2023:anti-dual, national:own-blocks]
reads:
  required:
    - core.enrolment
    - feature.dual_enrolment
    - feature.school_term
  optional:
    - articulation_agreements
    - integrated_classes
    - joint_programs
    - school_events
    - status_changes
evidence:
  - school_code
  - other_school_code
  - registry
  - other_registry
  - school_year
  - school_years
  - shared_students
  - probable_students
  - school_students
  - other_school_students
  - shared_share
  - shared_expected
  - chance
  - pairs_compared
  - false_discovery_rate
  - aided_students
  - overlap_from
  - overlap_to
  - severity
  - aid_drawn_yuan
  - waiver_estimated_yuan
  - evidence_record_ids
key: [school_code, other_school_code]
route: school_code
message: >-
  In {school_year} {shared_students} students were enrolled full-time at both schools at once, {shared_share} of the
  smaller one; by what other schools share {shared_expected} were to be expected (chance {chance}, {pairs_compared}
  pairs compared, at most {false_discovery_rate} of all pairs so reported expected to be chance).
message_zh: >-
  {school_year} 学年两校有 {shared_students} 名学生同时有全日制有效学籍,占较小一校的 {shared_share};按其他学校情况只应有约
  {shared_expected} 人(偶然概率 {chance},共比较 {pairs_compared} 对学校,整批误报率控制在 {false_discovery_rate} 以内)。
next: >-
  Visit both schools on one day: one gate, one leadership, one timetable? Then call the roll of the shared classes, and
  settle for each student which enrolment stands; the students' own cases hang on this one.
next_zh: 同日核查两校是否一门两牌、同一班子、同一课表,对重叠班级点名;逐名确定保留哪一学籍,学生个案随本案一并处理,金额以个案为准。
params:
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: Days for which both enrolments may stay open while a transfer is entered.
  certain_match:
    default: 0.99
    unit: probability
    comment: Students who are the same person only probably are told, not counted.
  least_students:
    default: 5
    unit: students
    comment: Own estimate; fewer shared students are matters for single cases.
  block_students:
    default: policy:block.students
    unit: students
    comment: From so many shared students on the pair is reported whatever the size of the schools.
  least_share:
    default: 0.3
    unit: share
    comment: Own estimate, of two plates on one school; fewer are reported from this share of the smaller school on.
  false_rate:
    default: 0.05
    unit: share
    comment: Own choice; of the pairs reported on one night at most this share is expected to be chance.
exceptions:
  - name: X01_agreed_chain
    says: A 3+2, five-year or 3+4 programme of the two schools under an agreement that covers the cohort.
    says_zh: 两校之间有覆盖该届的中高职贯通(3+2、五年一贯制、3+4)协议。
    proof: articulation_agreements
  - name: X07_comprehensive_class_conversion
    says: Students of a listed comprehensive class were converted, and the high school closed in time.
    says_zh: 综合高中班学生转注中职学籍,普高学籍已按期注销。
    proof: integrated_classes
  - name: X10_merged_schools
    says: The two codes belong to one school before and after a merger, renaming or promotion.
    says_zh: 两个代码为同一学校合并、更名、升格前后,学籍系整体迁移。
    proof: core.school_lineage
  - name: X15_transfer_lag
    says: Both enrolments were open only for as long as entering a transfer takes.
    says_zh: 重叠时间未超过转学录入所需的合理期限。
    proof: core.enrolment
  - name: X15b_approved_transfer
    says: The student moved between the two schools by an approved transfer, and the school left closed in time.
    says_zh: 两校之间经批准转学,原校学籍已按期转出。
    proof: core.change
  - name: X15c_registered_after_closing
    says: >-
      The later school registered the student only when the other enrolment was closed; it keeps the month of entry of
      the grade joined and drew no aid for the terms before.
    says_zh: 后一学校在前一学籍注销后才注册,仅沿用原入学年月,且未领取注册以前学期的资助。
    proof: core.enrolment
  - name: X17_corrected_identity
    says: One student under a former and a corrected identity number; the old enrolment was closed with the correction.
    says_zh: 同一学生身份信息更正前后各有一条记录,旧学籍已随更正注销。
    proof: core.change
  - name: X18_went_up_after_graduation
    says: The earlier programme was over when the later one began; its graduation is merely posted late.
    says_zh: 前一学段学制已满、学生已升学,仅毕业状态补录滞后。
    proof: core.enrolment
  - name: X19_repeat_entrant
    says: One of the enrolments is ended in its registry and only the day of leaving was not delivered.
    says_zh: 其中一条学籍状态已为退学、流失等,只是未填离校日期。
    proof: core.enrolment
  - name: X20_held_enrolment
    says: One of the enrolments is suspended or reserved while the student is elsewhere.
    says_zh: 其中一条学籍处于休学或保留学籍(含应征入伍)状态。
    proof: core.hold
  - name: X22_part_time
    says: One of the two is not full-time study.
    says_zh: 其中一条为非全日制学习形式。
    proof: core.enrolment
  - name: X35_joint_programme
    says: A joint programme of two accredited schools under an agreement in force, named in the enrolment.
    says_zh: 两所学历教育学校之间有在有效期内的联合办学协议,且学籍中登记了合作学校。
    proof: joint_programs
history:
  - {on: 2024-04-15, note: First edition.}
  - {on: 2024-04-15, note: Whoever was registered only when the other enrolment had closed was never on two rolls.}
---
Why it matters

A school with two plates (职业中专 and 技工学校) can report every class to two ministries; a body without a licence hangs
its students on a school that has one (挂靠). Then not the student but the pair of schools is to be examined:
不得以不同类型职业学校身份分别向教育部门和人力资源社会保障部门申报学生学籍. Two plates explain how it was done and excuse
nobody (X33).

How many students two schools share honestly is taken from all other pairs of their kinds in the school year, without
either of the two, in proportion to size; where no others are there, it is one. Honest pairs scatter widely, as near
schools share more than far ones (geometric distribution). The rate of false discoveries over all pairs of schools is
held by the procedure of Benjamini and Hochberg (1995). Two very small schools need a share, two large ones a block.

The money is that of the students' own cases and is told here, not added. Students registered under the papers of two
persons are not seen: the pair then shares nobody.

What to check first

Address, telephone and leaders of the two schools; then the classes: whole classes in both registries with one
timetable.
*/
-- Each pair of enrolments once: the vocational side first, then the technical, then the lower code.
with unexcused as (
    select
        dual.*,
        coalesce(dual.entry_month = dual.other_entry_month and dual.major_name = dual.other_major_name, false)
            as is_copy
    from feature.dual_enrolment as dual
    where
        dual.stage in ('vocational', 'technical')
        and dual.other_stage in ('vocational', 'technical', 'high', 'higher')
        and (
            case dual.stage when 'vocational' then 1 else 2 end,
            dual.school_code
        ) < (
            case dual.other_stage when 'vocational' then 1 when 'technical' then 2 else 3 end,
            dual.other_school_code
        )
        -- X22_part_time
        and not dual.is_part_time_at_one
        -- X15_transfer_lag
        and dual.counted_days > $lag_days
        -- X20_held_enrolment
        and dual.active_days > $lag_days
        -- X19_repeat_entrant
        and not dual.is_ended_undated
        -- X18_went_up_after_graduation
        and dual.remaining_days > $lag_days
        -- X15b_approved_transfer
        and coalesce(least(dual.arrival_days, dual.leave_days) > $lag_days, true)
        -- X15c_registered_after_closing
        and not dual.is_one_after_the_other
        -- X17_corrected_identity
        and coalesce(dual.correction_days > $lag_days, true)
        -- X07_comprehensive_class_conversion
        and not coalesce(dual.is_comprehensive_class and dual.closing_days <= $lag_days, false)
        -- X10_merged_schools
        and not dual.is_one_school
        -- X01_agreed_chain
        and not dual.has_agreement
        -- X35_joint_programme
        and not dual.is_joint_programme
),

school_year as (
    select
        term.school_year,
        min(term.first_day) as first_day,
        max(term.last_day) as last_day
    from feature.school_term as term
    where term.first_day <= as_of()
    group by term.school_year
),

-- Who is never struck off counts until a while after the programme was to end.
roll as (
    select
        school_year.school_year,
        enrolment.stage,
        enrolment.current_school_code as school_code,
        cast(count(distinct enrolment.person_id) as integer) as students
    from core.enrolment as enrolment
    inner join school_year
        on
            enrolment.started_on <= school_year.last_day
            and least(enrolment.ended_on, enrolment.expected_end_on + $lag_days) > school_year.first_day
    where
        enrolment.study_form = 'full_time'
        and enrolment.stage in ('vocational', 'technical', 'high', 'higher')
    group by school_year.school_year, enrolment.stage, enrolment.current_school_code
),

stage_roll as (
    select
        roll.school_year,
        roll.stage,
        cast(sum(roll.students) as double) as students,
        cast(sum(roll.students * roll.students) as double) as squares,
        count(*) as schools
    from roll
    group by roll.school_year, roll.stage
),

shared as (
    select
        school_year.school_year,
        unexcused.school_code,
        unexcused.other_school_code,
        unexcused.stage,
        unexcused.other_stage,
        cast(
            count(distinct unexcused.person_id) filter (where unexcused.match_probability >= $certain_match) as integer
        ) as students,
        cast(
            count(distinct unexcused.person_id) filter (where unexcused.match_probability < $certain_match) as integer
        ) as probable_students
    from unexcused
    inner join school_year
        on
            unexcused.counted_from <= school_year.last_day
            and unexcused.counted_to >= school_year.first_day
    group by
        school_year.school_year,
        unexcused.school_code,
        unexcused.other_school_code,
        unexcused.stage,
        unexcused.other_stage
),

-- What each school shares with all schools of the other's kind.
touching as (
    select
        side.school_year,
        side.stage,
        side.other_stage,
        side.school_code,
        sum(side.students) as students
    from (
        select
            shared.school_year,
            shared.stage,
            shared.other_stage,
            shared.school_code,
            shared.students
        from shared
        union all
        select
            shared.school_year,
            shared.stage,
            shared.other_stage,
            shared.other_school_code as school_code,
            shared.students
        from shared
    ) as side
    group by side.school_year, side.stage, side.other_stage, side.school_code
),

stage_shared as (
    select
        shared.school_year,
        shared.stage,
        shared.other_stage,
        sum(shared.students) as students
    from shared
    group by shared.school_year, shared.stage, shared.other_stage
),

pair_count as (
    select
        cast(
            sum(
                case
                    when own.stage = other.stage then own.schools * (own.schools - 1) / 2
                    else own.schools * other.schools
                end
            ) as integer
        ) as pairs
    from stage_roll as own
    inner join stage_roll as other
        on own.school_year = other.school_year
    where
        own.stage in ('vocational', 'technical')
        and (own.stage <= other.stage or other.stage not in ('vocational', 'technical'))
),

compared as (
    select
        shared.school_year,
        shared.school_code,
        shared.other_school_code,
        shared.stage,
        shared.other_stage,
        shared.students,
        shared.probable_students,
        own.students as school_students,
        other.students as other_school_students,
        cast(own.students as double) * other.students as own_product,
        -- Students shared by pairs of these kinds without either school, and how many pairs of students those make.
        stage_shared.students - own_touching.students - other_touching.students + shared.students as other_shared,
        case
            when shared.stage = shared.other_stage
                then (
                    power(own_stage.students - own.students - other.students, 2)
                    - (own_stage.squares - power(own.students, 2) - power(other.students, 2))
                ) / 2
            else (own_stage.students - own.students) * (other_stage.students - other.students)
        end as other_product
    from shared
    inner join roll as own
        on
            shared.school_year = own.school_year
            and shared.stage = own.stage
            and shared.school_code = own.school_code
    inner join roll as other
        on
            shared.school_year = other.school_year
            and shared.other_stage = other.stage
            and shared.other_school_code = other.school_code
    inner join stage_roll as own_stage
        on
            shared.school_year = own_stage.school_year
            and shared.stage = own_stage.stage
    inner join stage_roll as other_stage
        on
            shared.school_year = other_stage.school_year
            and shared.other_stage = other_stage.stage
    inner join stage_shared
        on
            shared.school_year = stage_shared.school_year
            and shared.stage = stage_shared.stage
            and shared.other_stage = stage_shared.other_stage
    inner join touching as own_touching
        on
            shared.school_year = own_touching.school_year
            and shared.stage = own_touching.stage
            and shared.other_stage = own_touching.other_stage
            and shared.school_code = own_touching.school_code
    inner join touching as other_touching
        on
            shared.school_year = other_touching.school_year
            and shared.stage = other_touching.stage
            and shared.other_stage = other_touching.other_stage
            and shared.other_school_code = other_touching.school_code
),

expected as (
    select
        compared.*,
        compared.own_product * (greatest(compared.other_shared, 0) + 1)
        / (greatest(compared.other_product, 0) + compared.own_product) as shared_expected
    from compared
),

tested as (
    select
        expected.*,
        power(expected.shared_expected / (1 + expected.shared_expected), expected.students) as chance
    from expected
),

ranked as (
    select
        tested.*,
        pair_count.pairs as pairs_compared,
        tested.chance * pair_count.pairs / count(*) over (order by tested.chance) as discovery_rate
    from tested
    cross join pair_count
),

discovered as (
    select
        ranked.*,
        round(ranked.students / least(ranked.school_students, ranked.other_school_students), 4) as shared_share,
        min(ranked.discovery_rate) over (
            order by ranked.chance desc
            rows between unbounded preceding and current row
        ) as false_discoveries
    from ranked
),

reported as (
    select
        discovered.*,
        string_agg(discovered.school_year, ',') over (
            partition by discovered.school_code, discovered.other_school_code
            order by discovered.school_year
            rows between unbounded preceding and unbounded following
        ) as school_years
    from discovered
    where
        discovered.false_discoveries <= $false_rate
        and discovered.students >= $least_students
        and (discovered.shared_share >= $least_share or discovered.students >= $block_students)
    qualify
        row_number() over (
            partition by discovered.school_code, discovered.other_school_code
            order by discovered.shared_share desc, discovered.school_year desc, discovered.stage, discovered.other_stage
        ) = 1
),

-- The shared students of all years.
named as (
    select
        unexcused.school_code,
        unexcused.other_school_code,
        any_value(unexcused.registry order by unexcused.record_id) as registry,
        any_value(unexcused.other_registry order by unexcused.record_id) as other_registry,
        min(unexcused.overlap_from) as overlap_from,
        max(unexcused.overlap_to) as overlap_to,
        count(distinct unexcused.person_id) as students,
        count(distinct unexcused.person_id) filter (where unexcused.is_copy) as copies,
        count(distinct unexcused.person_id) filter (where unexcused.segment_mode is not null) as chains,
        count(distinct unexcused.person_id) filter (where unexcused.is_registered_as_joint) as joint_students,
        count(distinct unexcused.person_id) filter (
            where
            unexcused.other_stage = 'high'
            and unexcused.closing_days <= $lag_days
        ) as converted,
        list_sort(list_distinct(flatten(list([unexcused.record_id, unexcused.other_record_id]))))
            as evidence_record_ids
    from unexcused
    where unexcused.match_probability >= $certain_match
    group by unexcused.school_code, unexcused.other_school_code
),

drawn_for as (
    select
        unexcused.school_code,
        unexcused.other_school_code,
        unexcused.person_id,
        max(unexcused.amount_paid) as amount_paid,
        max(unexcused.amount_estimated) as amount_estimated
    from unexcused
    where unexcused.match_probability >= $certain_match
    group by unexcused.school_code, unexcused.other_school_code, unexcused.person_id
),

drawn as (
    select
        drawn_for.school_code,
        drawn_for.other_school_code,
        cast(count(*) filter (where drawn_for.amount_paid > 0) as integer) as aided_students,
        cast(sum(drawn_for.amount_paid) as decimal(14, 2)) as aid_drawn_yuan,
        cast(sum(drawn_for.amount_estimated) as decimal(14, 2)) as waiver_estimated_yuan
    from drawn_for
    group by drawn_for.school_code, drawn_for.other_school_code
),

judged as (
    select
        reported.school_code,
        reported.other_school_code,
        named.registry,
        named.other_registry,
        reported.school_year,
        reported.school_years,
        reported.students as shared_students,
        reported.probable_students,
        reported.school_students,
        reported.other_school_students,
        reported.shared_share,
        reported.pairs_compared,
        drawn.aided_students,
        named.overlap_from,
        named.overlap_to,
        drawn.aid_drawn_yuan,
        drawn.waiver_estimated_yuan,
        named.evidence_record_ids,
        cast($false_rate as double) as false_discovery_rate,
        round(reported.shared_expected, 2) as shared_expected,
        greatest(round(reported.chance, 9), 1e-9) as chance,
        case when drawn.aid_drawn_yuan > 0 then 'A' else 'B' end as severity,
        concat_ws(
            ',',
            case
                when not is_delivered('articulation_agreements') and 2 * named.chains >= named.students
                    then 'articulation_agreements'
            end,
            case
                when not is_delivered('integrated_classes') and 2 * named.converted >= named.students
                    then 'integrated_classes'
            end,
            case
                when not is_delivered('joint_programs') and 2 * named.joint_students >= named.students
                    then 'joint_programs'
            end,
            case
                when not is_delivered('school_events') and 2 * named.copies >= named.students
                    then 'school_events'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from reported
    inner join named
        on
            reported.school_code = named.school_code
            and reported.other_school_code = named.other_school_code
    inner join drawn
        on
            reported.school_code = drawn.school_code
            and reported.other_school_code = drawn.other_school_code
),

concluded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    concluded.school_code,
    concluded.other_school_code,
    concluded.registry,
    concluded.other_registry,
    concluded.school_year,
    concluded.school_years,
    concluded.shared_students,
    concluded.probable_students,
    concluded.school_students,
    concluded.other_school_students,
    concluded.shared_share,
    concluded.shared_expected,
    concluded.chance,
    concluded.pairs_compared,
    concluded.false_discovery_rate,
    concluded.aided_students,
    concluded.overlap_from,
    concluded.overlap_to,
    concluded.severity,
    concluded.aid_drawn_yuan,
    concluded.waiver_estimated_yuan,
    concluded.evidence_record_ids,
    concluded.verdict,
    concluded.missing_inputs
from concluded
