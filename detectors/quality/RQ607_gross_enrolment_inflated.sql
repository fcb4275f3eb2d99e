/*
id: RQ607
title: gross enrolment inflated by double registrations
title_zh: 高中阶段毛入学率因重复注册虚增
severity: D
certainty: certain
subject: region
policy: [heilongjiang_2019:enrolment-rate, national:calendar, national:one-registration]
reads:
  required:
    - core.enrolment
    - feature.concurrent_enrolment
    - k12_students
    - vocational_students
  optional:
    - technical_students
  needs_sources: [k12_students, vocational_students]
evidence:
  - region_code
  - subject_id
  - school_year
  - counted_on
  - registries
  - registrations
  - persons
  - inflated_by
  - probable_doubles
  - share
  - pairs
  - technical_counts
  - evidence_record_ids
key: [region_code, school_year]
route: region_code
message: >-
  On {counted_on} the registries {registries} of region {region_code} count {registrations} students, who are {persons}
  persons: {inflated_by} registrations ({share} %) are second ones of a person ({pairs}).
message_zh: >-
  {counted_on} 统计时点,{region_code} 各学籍系统({registries})合计 {registrations} 人次,实为 {persons} 人,
  其中 {inflated_by} 人次({share}%)为同一人重复注册({pairs}),高中阶段毛入学率相应虚增。
next: Report the rate by persons; settle the second registrations one by one (DE101 to DE106).
next_zh: 按去重后人数重新测算并上报毛入学率,重复注册逐人按双重学籍线索核实。
params:
  least_registrations:
    default: 10
    unit: registrations
    comment: Own estimate; fewer second registrations in a region are a matter for their own cases.
  least_share:
    default: 0.02
    unit: share
    comment: Own estimate; four times the share of double registrations that honest registries show (0.1 to 0.5 %).
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: Days for which both enrolments may stay open while a transfer is entered.
  certain_match:
    default: 0.99
    unit: probability
    comment: Persons who are one only probably are told, not counted.
exceptions:
  - name: X10_merged_schools
    says: One enrolment under the old and the new code of a merged school.
    says_zh: 合并、更名学校新旧代码下的同一学籍。
    proof: core.enrolment
  - name: X15_transfer_lag
    says: Both registrations were open only for as long as entering a transfer takes.
    says_zh: 两条学籍仅在转学录入的合理期限内同时在籍。
    proof: core.enrolment
  - name: X18_went_up_after_graduation
    says: The earlier programme was over; its graduation is merely posted late.
    says_zh: 前一学段学制已满,仅毕业状态补录滞后。
    proof: core.enrolment
  - name: X20_held_enrolment
    says: One of the enrolments is held, for illness or army service.
    says_zh: 其中一条学籍处于休学或保留学籍状态。
    proof: core.enrolment
  - name: X22_part_time
    says: Part-time study beside school is not counted in the rate.
    says_zh: 非全日制学习不计入毛入学率。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

The gross enrolment rate of the upper-secondary stage adds up what general high schools, vocational schools and, where
the province says so, technician schools report. Who is on two rolls is counted twice, and a region looks better for
every double registration that it does not clean up. Here each person counts once.

Counted are full-time enrolments open on the last count day (1 September), whose overlap lasts longer than a transfer
takes to enter; technician schools only where a policy pack counts them. A second registration burdens the region where
it was made. This is a statistic for leaders (D): a region is named from ten second registrations and two in a hundred
on; every number can be traced to the rows in evidence.

Not seen: doubles whose other half lies in a registry that was not delivered.

What to check first

Two or three of the doubles in each pair of registries, in both rolls.
*/
with count_day as (
    select
        max(asked.day) as day,
        year(max(asked.day)) || '-' || (year(max(asked.day)) + 1) as school_year
    from (
        select
            policy_month_day('statistics.count_day', null, null, make_date(year(as_of()) - offset_of.years, 1, 1))
                as day
        from (
            select unnest([0, 1]) as years
        ) as offset_of
    ) as asked
    where asked.day + $lag_days < as_of()
),

on_roll as materialized (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.match_probability,
        enrolment.registry,
        enrolment.region_code,
        enrolment.current_school_code,
        enrolment.started_on,
        enrolment.expected_end_on,
        count_day.day,
        count_day.school_year,
        coalesce(enrolment.registered_on, enrolment.started_on) as registered_on,
        case enrolment.registry when 'k12' then '普高' when 'vocational' then '中职' else '技工' end as registry_zh
    from core.enrolment as enrolment
    cross join count_day
    where
        enrolment.stage in ('high', 'vocational', 'technical')
        and enrolment.started_on <= count_day.day
        and coalesce(enrolment.ended_on > count_day.day, true)
        and enrolment.region_code is not null
        and (
            enrolment.registry <> 'technical'
            or coalesce(
                policy_number('gross_enrolment.counts_technical', 'technical', enrolment.region_code, count_day.day), 0
            ) = 1
        )
        -- X22_part_time
        and enrolment.study_form = 'full_time'
),

-- Second registrations: the later one of each pair that lasts.
counted_pair as materialized (
    select
        pair.record_id,
        pair.other_record_id,
        pair.match_probability,
        pair.overlap_from
    from feature.concurrent_enrolment as pair
    where
        -- X15_transfer_lag
        pair.counted_days > $lag_days
        -- X20_held_enrolment
        and pair.active_days > $lag_days
),

-- Each pair stands there in both directions: the one registered later is the second.
two_rolls as materialized (
    select
        later.record_id,
        later.person_id,
        later.region_code,
        later.started_on,
        later.registered_on,
        counted_pair.other_record_id,
        counted_pair.match_probability,
        counted_pair.overlap_from,
        earlier.started_on as other_started_on,
        earlier.registered_on as other_registered_on,
        earlier.expected_end_on,
        least(earlier.registry_zh, later.registry_zh) || '×' || greatest(earlier.registry_zh, later.registry_zh)
            as registries,
        later.registry = earlier.registry and later.current_school_code = earlier.current_school_code as is_one_school
    from counted_pair
    inner join on_roll as later
        on counted_pair.record_id = later.record_id
    inner join on_roll as earlier
        on counted_pair.other_record_id = earlier.record_id
),

double as (
    select
        two_rolls.record_id,
        min(two_rolls.other_record_id) as other_record_id,
        any_value(two_rolls.person_id) as person_id,
        any_value(two_rolls.region_code) as region_code,
        min(two_rolls.match_probability) as match_probability,
        min(two_rolls.registries) as registries
    from two_rolls
    where
        (two_rolls.started_on, two_rolls.registered_on, two_rolls.record_id)
        > (two_rolls.other_started_on, two_rolls.other_registered_on, two_rolls.other_record_id)
        -- X10_merged_schools
        and not two_rolls.is_one_school
        -- X18_went_up_after_graduation
        and two_rolls.expected_end_on > two_rolls.overlap_from + $lag_days
    group by two_rolls.record_id
),

region_roll as (
    select
        on_roll.region_code,
        on_roll.school_year,
        on_roll.day as counted_on,
        cast(
            count(distinct concat_ws(' ', on_roll.person_id, on_roll.registry, on_roll.current_school_code)) as integer
        ) as registrations,
        string_agg(distinct on_roll.registry_zh, '、' order by on_roll.registry_zh) as registries,
        bool_or(on_roll.registry = 'technical') as technical_counts
    from on_roll
    group by on_roll.region_code, on_roll.school_year, on_roll.day
),

double_kind as (
    select
        double.region_code,
        double.registries,
        count(*) as doubles
    from double
    where double.match_probability >= $certain_match
    group by double.region_code, double.registries
),

told_kind as (
    select
        double_kind.region_code,
        string_agg(double_kind.registries || ' ' || double_kind.doubles, '、' order by double_kind.registries) as pairs
    from double_kind
    group by double_kind.region_code
),

region_double as (
    select
        double.region_code,
        cast(count(*) filter (where double.match_probability >= $certain_match) as integer) as inflated_by,
        cast(count(*) filter (where double.match_probability < $certain_match) as integer) as probable_doubles,
        list_sort(list_distinct(flatten(list([double.record_id, double.other_record_id])))) as evidence_record_ids
    from double
    group by double.region_code
),

compared as (
    select
        region_roll.region_code,
        region_roll.school_year,
        region_roll.counted_on,
        region_roll.registries,
        region_roll.registrations,
        region_double.inflated_by,
        region_double.probable_doubles,
        told_kind.pairs,
        region_roll.technical_counts,
        region_double.evidence_record_ids,
        region_roll.registrations - region_double.inflated_by as persons
    from region_roll
    inner join region_double
        on region_roll.region_code = region_double.region_code
    inner join told_kind
        on region_roll.region_code = told_kind.region_code
),

worded as (
    select
        compared.*,
        compared.region_code as subject_id,
        'suspected' as verdict,
        '' as missing_inputs,
        round(100.0 * compared.inflated_by / compared.persons, 2) as share
    from compared
    where
        compared.inflated_by >= $least_registrations
        and compared.inflated_by >= $least_share * compared.persons
)

select
    worded.region_code,
    worded.subject_id,
    worded.school_year,
    worded.counted_on,
    worded.registries,
    worded.registrations,
    worded.persons,
    worded.inflated_by,
    worded.probable_doubles,
    worded.share,
    worded.pairs,
    worded.technical_counts,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
