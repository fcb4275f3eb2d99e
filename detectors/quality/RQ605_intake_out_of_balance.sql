/*
id: RQ605
title: vocational and general intake out of balance
title_zh: 职业教育与普通高中招生规模失衡
severity: D
certainty: certain
subject: region
policy: [xinzhou_2023:intake-balance, jilin_2020:intake-balance, jiamusi_2022:intake-balance, national:own-ratio]
reads:
  required:
    - core.enrolment
    - core.school
  optional:
    - core.change
    - integrated_classes
    - k12_students
    - technical_students
    - vocational_students
evidence:
  - region_code
  - cohort
  - kind
  - kind_zh
  - vocational_entrants
  - general_entrants
  - ratio
  - vocational_records
  - general_records
  - ratio_of_records
  - counted_twice
  - ratio_low
  - ratio_high
  - share_low
  - share_high
  - bound_by
key: [region_code, cohort]
route: region_code
message: >-
  Intake {cohort}: {vocational_entrants} persons entered vocational and technical schools and {general_entrants} general
  high schools, a ratio of {ratio} (roughly equal: {ratio_low} to {ratio_high}); the registries count
  {vocational_records} and {general_records}, a ratio of {ratio_of_records} ({kind}).
message_zh: >-
  {cohort} 年招生:按人去重后中职(含技工){vocational_entrants} 人、普通高中 {general_entrants} 人,职普比 {ratio}(大体相当口径
  {ratio_low} 至 {ratio_high});按学籍计为 {vocational_records} 和 {general_records},比值 {ratio_of_records}({kind_zh})。
next: >-
  Report the persons and not the records; look at the double registrations first (DE101, DE102), then at plans and
  admissions by county.
next_zh: 上报口径以去重人数为准,先核双重学籍(DE101、DE102),再按县核对计划与录取数。
params:
  low:
    default: policy:intake.ratio_low
    unit: ratio
    comment: Vocational to general, below which the intake is not roughly equal.
  high:
    default: policy:intake.ratio_high
    unit: ratio
    comment: Above which it is not either.
  least_entrants:
    default: 200
    unit: persons
    comment: Own estimate; fewer entrants are a corner of a place and not its intake.
  z:
    default: 2.576
    unit: standard deviations
    comment: Of the interval around the share (Wilson, 99 in 100), so that a small place is not judged by chance.
  covered_share:
    default: 0.8
    unit: share
    comment: Own estimate; lists of so many of the known schools of a kind are needed.
exceptions:
  - name: X04_next_level
    says: An advanced or technician class of students who have been in secondary school before is no new intake.
    says_zh: 高级工、预备技师班的升级学生不计为新生。
    proof: core.enrolment
  - name: X07_comprehensive_class
    says: A class of a comprehensive high school counts as general, whichever registry has it.
    says_zh: 综合高中班计入普通高中招生。
    proof: integrated_classes
  - name: X08_transferred
    says: Who entered general high school and transferred later is an entrant of general high school, counted once.
    says_zh: 入普通高中后转入中职的,按入学时计入普通高中,只计一次。
    proof: core.enrolment
  - name: X11_adult_entrants
    says: Adults and high school graduates are no part of the balance for junior graduates.
    says_zh: 社会人员、高中毕业生不计入初中毕业生分流比例。
    proof: core.enrolment
  - name: X15_transferred_in
    says: Who came from another place by approved transfer entered there.
    says_zh: 外地转入的学生在原地入学,不计入本地招生。
    proof: core.change
  - name: X38_place_not_looked_after
    says: The list of schools names no general high school there; only strays of the place are in these lists.
    says_zh: 学校名录中该地没有普通高中,数据只涉及该地个别学校,不计算职普比。
    proof: core.school
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

职普比大体相当 is a demand on governments, not on schools, and a table, not an offence: D. It is told because the count
behind it is worth money and places: records count one child twice who is on two rolls, and that always swells the
vocational side. So persons are counted once, on the general side if they are on both (kind
`balanced_by_double_counting` where the records look balanced and the persons are not; else `too_few_vocational`,
`too_many_vocational`).

Judged by city and intake where a rule of the place asks for balance in that year, after the deadline of registration,
and only where the whole interval around the share lies outside the bounds. Where a kind of school has no list, or the
lists of many of its schools are missing, the case waits for them.

What to check first

Whether the lists are whole; then how many of the entrants are on two rolls.
*/
with bounds as (
    select
        $low as ratio_low,
        $high as ratio_high,
        $low / (1 + $low) as low_share,
        $high / (1 + $high) as high_share
),

transferred_in as (
    select change.enrolment_record_id as record_id
    from core.change as change
    where
        change.change_type = 'transfer_in'
        and change.is_approved
    group by change.enrolment_record_id
),

comprehensive as (
    select
        class_list.vocational_code as school_code,
        class_list.class_name,
        cast(left(class_list.school_year, 4) as integer) as cohort
    from integrated_classes as class_list
    where class_list.registered_in = 'k12'
    group by class_list.vocational_code, class_list.class_name, cast(left(class_list.school_year, 4) as integer)
),

earlier_secondary as (
    select
        enrolment.person_id,
        min(enrolment.cohort) as cohort
    from core.enrolment as enrolment
    where enrolment.stage in ('vocational', 'technical', 'high')
    group by enrolment.person_id
),

entry as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.cohort,
        left(enrolment.region_code, 4) as city,
        -- X07_comprehensive_class
        enrolment.stage = 'high' or comprehensive.school_code is not null as is_general
    from core.enrolment as enrolment
    inner join earlier_secondary
        on enrolment.person_id = earlier_secondary.person_id
    left join transferred_in
        on enrolment.record_id = transferred_in.record_id
    left join comprehensive
        on
            enrolment.school_code = comprehensive.school_code
            and enrolment.class_name = comprehensive.class_name
            and enrolment.cohort = comprehensive.cohort
    where
        enrolment.stage in ('vocational', 'technical', 'high')
        and enrolment.started_on <= as_of()
        and enrolment.region_code is not null
        -- X04_next_level
        and not (
            coalesce(enrolment.level, '') in ('advanced', 'technician')
            and enrolment.cohort > earlier_secondary.cohort
        )
        -- X11_adult_entrants
        and coalesce(enrolment.entrant_type, 'junior_fresh') in ('junior_fresh', 'junior_past')
        -- X15_transferred_in
        and transferred_in.record_id is null
),

person_entry as (
    select
        entry.city,
        entry.cohort,
        entry.person_id,
        -- X08_transferred
        bool_or(entry.is_general) as is_general,
        count(*) as records
    from entry
    group by entry.city, entry.cohort, entry.person_id
),

by_person as (
    select
        person_entry.city,
        person_entry.cohort,
        count(*) as entrants,
        count(*) filter (where not person_entry.is_general) as vocational_entrants,
        count(*) filter (where person_entry.is_general) as general_entrants,
        count(*) filter (where person_entry.records > 1) as counted_twice
    from person_entry
    group by person_entry.city, person_entry.cohort
),

by_record as (
    select
        entry.city,
        entry.cohort,
        count(*) filter (where not entry.is_general) as vocational_records,
        count(*) filter (where entry.is_general) as general_records
    from entry
    group by entry.city, entry.cohort
),

listed_school as (
    select
        school.kind,
        school.current_school_code as school_code,
        left(school.region_code, 4) as city
    from core.school as school
    where
        school.kind in ('vocational', 'technical', 'high')
        and school.is_listed
    group by left(school.region_code, 4), school.kind, school.current_school_code
),

delivered_school as (
    select enrolment.current_school_code as school_code
    from core.enrolment as enrolment
    where enrolment.stage in ('vocational', 'technical', 'high')
    group by enrolment.current_school_code
),

coverage as (
    select
        listed_school.city,
        listed_school.kind,
        count(*) as schools,
        count(delivered_school.school_code) as delivered
    from listed_school
    left join delivered_school
        on listed_school.school_code = delivered_school.school_code
    group by listed_school.city, listed_school.kind
),

missing as (
    select
        coverage.city,
        string_agg(
            case coverage.kind
                when 'high' then 'k12_students'
                else coverage.kind || '_students'
            end,
            ','
            order by coverage.kind
        ) as lists
    from coverage
    where coverage.delivered < coverage.schools * $covered_share
    group by coverage.city
),

measured as (
    select
        by_person.*,
        by_record.vocational_records,
        by_record.general_records,
        missing.lists,
        by_person.vocational_entrants / by_person.entrants as share,
        policy_clause('intake.balanced', null, by_person.city, make_date(by_person.cohort, 9, 1)) as bound_by,
        $z * $z / by_person.entrants as spread
    from by_person
    inner join by_record
        on
            by_person.city = by_record.city
            and by_person.cohort = by_record.cohort
    -- X38_place_not_looked_after
    inner join coverage
        on
            by_person.city = coverage.city
            and coverage.kind = 'high'
    left join missing
        on by_person.city = missing.city
    where
        by_person.entrants >= $least_entrants
        and policy_number('intake.balanced', null, by_person.city, make_date(by_person.cohort, 9, 1)) = 1
        and as_of() > policy_month_day(
            'registration.deadline.autumn', 'vocational', by_person.city, make_date(by_person.cohort, 9, 1)
        )
),

bounded as (
    select
        measured.*,
        (
            measured.share + measured.spread / 2
            - $z * sqrt((measured.share * (1 - measured.share) + measured.spread / 4) / measured.entrants)
        ) / (1 + measured.spread) as share_low,
        (
            measured.share + measured.spread / 2
            + $z * sqrt((measured.share * (1 - measured.share) + measured.spread / 4) / measured.entrants)
        ) / (1 + measured.spread) as share_high
    from measured
),

judged as (
    select
        bounded.cohort,
        bounded.bound_by,
        bounds.ratio_low,
        bounds.ratio_high,
        cast(bounded.vocational_entrants as integer) as vocational_entrants,
        cast(bounded.general_entrants as integer) as general_entrants,
        cast(bounded.vocational_records as integer) as vocational_records,
        cast(bounded.general_records as integer) as general_records,
        cast(bounded.counted_twice as integer) as counted_twice,
        bounded.city || '00' as region_code,
        round(bounded.vocational_entrants / nullif(bounded.general_entrants, 0), 3) as ratio,
        round(bounded.vocational_records / nullif(bounded.general_records, 0), 3) as ratio_of_records,
        round(bounded.share_low, 4) as share_low,
        round(bounded.share_high, 4) as share_high,
        case
            when
                bounded.vocational_records >= bounded.general_records * $low
                and bounded.vocational_records <= bounded.general_records * $high
                then 'balanced_by_double_counting'
            when bounded.share_high < bounds.low_share then 'too_few_vocational'
            else 'too_many_vocational'
        end as kind,
        coalesce(
            bounded.lists,
            case when bounded.general_entrants = 0 then 'k12_students' end,
            ''
        ) as missing_inputs
    from bounded
    cross join bounds
    where
        bounded.share_high < bounds.low_share
        or bounded.share_low > bounds.high_share
),

worded as (
    select
        judged.*,
        case judged.kind
            when 'balanced_by_double_counting' then '学籍口径看似平衡,去重后失衡'
            when 'too_few_vocational' then '职业教育招生偏少'
            else '普通高中招生偏少'
        end as kind_zh,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.region_code,
    worded.cohort,
    worded.kind,
    worded.kind_zh,
    worded.vocational_entrants,
    worded.general_entrants,
    worded.ratio,
    worded.vocational_records,
    worded.general_records,
    worded.ratio_of_records,
    worded.counted_twice,
    worded.ratio_low,
    worded.ratio_high,
    worded.share_low,
    worded.share_high,
    worded.bound_by,
    worded.verdict,
    worded.missing_inputs
from worded
