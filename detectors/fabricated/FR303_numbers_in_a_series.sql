/*
id: FR303
title: identity numbers in an algorithmic series
title_zh: 身份证号呈规律编造
severity: B
certainty: probable
subject: other
policy: [xinzhou_2023:false-registration, national:one-registration]
reads:
  required:
    - core.enrolment
    - core.person_record
    - feature.enrolment_aid
  optional:
    - core.person_link
    - core.school
    - k12_students
    - special_statuses
    - teaching_sites
evidence:
  - subject_id
  - school_code
  - registry
  - cohort
  - division
  - series
  - series_zh
  - step
  - spacing
  - spacing_zh
  - students
  - unconfirmed_students
  - failing_check_digits
  - links
  - links_expected
  - chance
  - groups_compared
  - false_discovery_rate
  - severity
  - amount_paid
  - amount_estimated
  - aid_items
  - evidence_record_ids
key: [registry, school_code, cohort, division, series]
route: school_code
message: >-
  The numbers of {students} entrants of {cohort} under division {division} run in {series} ({spacing}), and no
  other list knows them; {links} fives in a row where {links_expected} were to be expected (chance {chance}, at most
  {false_discovery_rate} of such cases by chance). {failing_check_digits} of the numbers fail their check digit.
message_zh: >-
  该校 {cohort} 年新生中 {students} 人证件号前六位同为 {division} 且{series_zh}({spacing_zh}),其他名单均无这些号码;五号连续等差 {links} 处,
  按其他学校只应有约 {links_expected} 处(偶然概率 {chance},整批误报率控制在 {false_discovery_rate} 以内),
  其中 {failing_check_digits} 个校验码不符。
next: >-
  Have the police verify the numbers before anybody is asked: real numbers of one village may run in a series too. Then
  ask the school for copies of the documents of those whom the police do not know.
next_zh: 先请公安部门核验号码真伪(同村集中编号也可能连续),查无此人的再向学校调取户口簿、身份证复印件。
params:
  adult_age:
    default: policy:age.high
    registry: vocational
    unit: years_of_age
    comment: From this age on the departments' lists may know an entrant, and have to be asked.
  least_students:
    default: 6
    unit: students
    comment: Own estimate; fewer numbers make no series.
  longest_step:
    default: 10
    unit: numbers
    comment: Own estimate; sequence codes farther apart are no series.
  longest_days:
    default: 31
    unit: days
    comment: Own estimate; birth dates farther apart are no series.
  false_rate:
    default: 0.05
    unit: share
    comment: Own choice; of the cases reported on one night at most this share is expected to be chance.
exceptions:
  - name: X12_listed_farmers
    says: Farmers, veterans and others on the departments' lists, whose numbers one office may have issued together.
    says_zh: 农业、退役军人等部门名单内人员(同村集中编号)。
    proof: special_statuses
  - name: X12b_approved_teaching_site
    says: A village class at an approved teaching site; numbers of one village were issued together.
    says_zh: 已审批教学点的同村班级,号码系同一派出所集中编发。
    proof: teaching_sites
  - name: X13_twins
    says: Numbers of one birth date run on because they are twins or because the office numbers a day in a row.
    says_zh: 同一出生日期的号码本来顺序编发(双胞胎、同日出生)。
    proof: core.enrolment
  - name: X16_number_known_before
    says: Another list (K-12, higher education, admissions, graduates) knows the number for itself.
    says_zh: 中小学学籍、高校、录取、毕业等独立名单中已有该号码。
    proof: core.person_record
  - name: X17_rounded_by_a_spreadsheet
    says: A spreadsheet kept fifteen digits of the numbers, so that all end alike.
    says_zh: 表格软件只保留十五位,号码末三位均变为零。
    proof: core.enrolment
  - name: X30_residence_permit
    says: Residence permits of Hong Kong, Macao and Taiwan, numbered by another office.
    says_zh: 港澳台居民居住证号码。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Whoever invents a class invents its numbers: one division, birth dates day after day or week after week, sequence codes
001, 003, 005. A generator sets the check digits right, a lazy hand leaves ten in eleven wrong; either way nobody else
has ever heard of the numbers (严禁虚报学籍).

Only numbers that no independent list knows are looked at: a child of the city has been on the K-12 roll for nine years.
Among these, by school, intake and division, every five numbers in a row are asked whether they stand at one distance:
by sequence code, by having one code (the birth dates all different in both), or by birth date. How often that happens
honestly is taken from all other schools; honest groups scatter (negative binomial of size two), so that villages that
got their numbers together raise the bar. The rate of false discoveries over all groups is held by the procedure of
Benjamini and Hochberg (1995).
Small schools are not judged otherwise than large ones: what counts is the series.

Numbers drawn at random are not seen (FR301 tests each for itself), nor are those borrowed from real persons. Temporary
numbers (999 …) run in series by design and are left out. The money may stand in cases of single students as well.

What to check first

Police verification of the whole series in one request; then photographs and guardians of the same students.
*/
with known_number as (
    select id_normalise(record.id_number) as id_number
    from core.person_record as record
    where
        record.source in ('admissions', 'graduates', 'higher_students', 'k12_students')
        and record.id_number is not null
    group by id_normalise(record.id_number)
),

special as (
    select link.person_id
    from special_statuses as listed
    inner join core.person_link as link
        on listed.record_id = link.record_id
    group by link.person_id
),

approved_site as (
    select
        site.site_name,
        coalesce(school.current_school_code, site.school_code) as school_code
    from teaching_sites as site
    left join core.school as school
        on site.school_code = school.school_code
    group by coalesce(school.current_school_code, site.school_code), site.site_name
),

number as (
    select
        enrolment.record_id,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.cohort,
        cast(substr(enrolment.id_number, 15, 3) as integer) as code,
        left(enrolment.id_number, 6) as division,
        id_birth(enrolment.id_number) as born_on,
        substr(enrolment.id_number, 18, 1) <> id_check_digit(enrolment.id_number) as is_failing
    from core.enrolment as enrolment
    left join known_number
        on enrolment.id_number = known_number.id_number
    left join special
        on enrolment.person_id = special.person_id
    left join approved_site
        on
            enrolment.current_school_code = approved_site.school_code
            and enrolment.teaching_site = approved_site.site_name
    where
        enrolment.registry in ('vocational', 'technical')
        and regexp_full_match(enrolment.id_number, '[0-9]{17}[0-9X]')
        and id_birth(enrolment.id_number) is not null
        -- X17_rounded_by_a_spreadsheet
        and right(enrolment.id_number, 3) <> '000'
        -- X16_number_known_before
        and known_number.id_number is null
        -- X12_listed_farmers
        and special.person_id is null
        -- X12b_approved_teaching_site
        and approved_site.school_code is null
        -- X30_residence_permit
        and left(enrolment.id_number, 2) not in ('81', '82', '83')
    qualify
        row_number() over (
            partition by enrolment.current_school_code, enrolment.id_number
            order by enrolment.started_on, enrolment.record_id
        ) = 1
),

in_order as (
    select
        number.*,
        'sequence codes' as series,
        number.code - lag(number.code) over by_code as step,
        number.code - lag(number.code, 4) over by_code as span,
        lag(number.code, 1) over by_code - lag(number.code, 2) over by_code as step_2,
        lag(number.code, 2) over by_code - lag(number.code, 3) over by_code as step_3,
        list(number.born_on) over (by_code rows between 4 preceding and current row) as birth_dates,
        row_number() over by_code as place
    from number
    window
        by_code as (
            partition by number.registry, number.school_code, number.cohort, number.division
            order by number.code, number.born_on, number.record_id
        )
    union all
    select
        number.*,
        'birth dates' as series,
        number.born_on - lag(number.born_on) over by_date as step,
        number.born_on - lag(number.born_on, 4) over by_date as span,
        lag(number.born_on, 1) over by_date - lag(number.born_on, 2) over by_date as step_2,
        lag(number.born_on, 2) over by_date - lag(number.born_on, 3) over by_date as step_3,
        list(number.born_on) over (by_date rows between 4 preceding and current row) as birth_dates,
        row_number() over by_date as place
    from number
    window
        by_date as (
            partition by number.registry, number.school_code, number.cohort, number.division
            order by number.born_on, number.code, number.record_id
        )
    union all
    select
        number.*,
        'one code' as series,
        number.code - lag(number.code) over by_code as step,
        number.code - lag(number.code, 4) over by_code as span,
        lag(number.code, 1) over by_code - lag(number.code, 2) over by_code as step_2,
        lag(number.code, 2) over by_code - lag(number.code, 3) over by_code as step_3,
        list(number.born_on) over (by_code rows between 4 preceding and current row) as birth_dates,
        row_number() over by_code as place
    from number
    window
        by_code as (
            partition by number.registry, number.school_code, number.cohort, number.division
            order by number.code, number.born_on, number.record_id
        )
),

linked as (
    select
        in_order.*,
        coalesce(
            in_order.span = 4 * in_order.step
            and in_order.step_2 = in_order.step
            and in_order.step_3 = in_order.step
            and case in_order.series
                when 'birth dates' then in_order.step <= $longest_days
                when 'one code' then in_order.step = 0
                else in_order.step between 1 and $longest_step
            end
            -- X13_twins
            and len(list_distinct(in_order.birth_dates)) = 5,
            false
        ) as is_link
    from in_order
),

member as (
    select
        linked.*,
        bool_or(linked.is_link) over (
            partition by linked.series, linked.registry, linked.school_code, linked.cohort, linked.division
            order by linked.place
            rows between current row and 4 following
        ) as is_member
    from linked
),

grouped as (
    select
        member.series,
        member.registry,
        member.school_code,
        member.cohort,
        member.division,
        cast(count(*) as integer) as unconfirmed_students,
        cast(count(*) filter (where member.is_member) as integer) as students,
        cast(count(*) filter (where member.is_member and member.is_failing) as integer) as failing_check_digits,
        cast(count(*) filter (where member.is_link) as integer) as links,
        cast(mode(member.step order by member.step) filter (where member.is_link) as integer) as step,
        cast(sum(aid.amount_paid) filter (where member.is_member) as decimal(14, 2)) as amount_paid,
        cast(sum(aid.amount_estimated) filter (where member.is_member) as decimal(14, 2)) as amount_estimated,
        greatest(count(*) - 4, 0) as fives,
        count(*) filter (
            where member.is_member and member.cohort - year(member.born_on) >= $adult_age
        ) as adults,
        array_to_string(
            list_sort(
                list_distinct(
                    flatten(list(string_split(nullif(aid.aid_items, ''), ',')) filter (where member.is_member))
                )
            ),
            ','
        ) as aid_items,
        list(member.record_id order by member.record_id) filter (where member.is_member) as evidence_record_ids
    from member
    left join feature.enrolment_aid as aid
        on member.record_id = aid.record_id
    group by member.series, member.registry, member.school_code, member.cohort, member.division
),

compared as (
    select
        grouped.*,
        cast(count(*) over () as integer) as groups_compared,
        sum(grouped.links) over (partition by grouped.series)
        - sum(grouped.links) over (partition by grouped.series, grouped.school_code) as other_links,
        sum(grouped.fives) over (partition by grouped.series)
        - sum(grouped.fives) over (partition by grouped.series, grouped.school_code) as other_fives
    from grouped
    where grouped.fives > 0
),

expected as (
    select
        compared.*,
        compared.fives * (compared.other_links + 1.0) / (compared.other_fives + compared.fives) as links_expected
    from compared
),

-- The upper tail of a negative binomial of size two.
tested as (
    select
        expected.*,
        power(expected.links_expected / (2 + expected.links_expected), expected.links)
        * (1 + expected.links * 2 / (2 + expected.links_expected)) as chance
    from expected
),

ranked as (
    select
        tested.*,
        tested.chance * tested.groups_compared / count(*) over (order by tested.chance) as discovery_rate
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
        discovered.cohort,
        discovered.division,
        discovered.series,
        discovered.step,
        discovered.students,
        discovered.unconfirmed_students,
        discovered.failing_check_digits,
        discovered.links,
        discovered.groups_compared,
        discovered.aid_items,
        discovered.evidence_record_ids,
        cast($false_rate as double) as false_discovery_rate,
        concat_ws(' ', discovered.school_code, discovered.cohort, discovered.division, discovered.series) as subject_id,
        case discovered.series
            when 'birth dates' then '出生日期等距排列'
            when 'one code' then '顺序码相同'
            else '顺序码等距排列'
        end as series_zh,
        case discovered.series
            when 'birth dates' then 'every ' || discovered.step || ' days'
            when 'one code' then 'one sequence code on other birth dates'
            else 'each higher by ' || discovered.step
        end as spacing,
        case discovered.series
            when 'birth dates' then '每隔 ' || discovered.step || ' 天一个'
            when 'one code' then '仅出生日期不同'
            else '逐个相差 ' || discovered.step
        end as spacing_zh,
        round(discovered.links_expected, 2) as links_expected,
        greatest(round(discovered.chance, 9), 1e-9) as chance,
        case when discovered.amount_paid > 0 then 'A' else 'B' end as severity,
        coalesce(discovered.amount_paid, 0) as amount_paid,
        coalesce(discovered.amount_estimated, 0) as amount_estimated,
        concat_ws(
            ',',
            case when not is_delivered('k12_students') then 'k12_students' end,
            case
                when not is_delivered('special_statuses') and 2 * discovered.adults >= discovered.students
                    then 'special_statuses'
            end
        ) as missing_inputs
    from discovered
    where
        discovered.students >= $least_students
        and discovered.false_discoveries <= $false_rate
),

concluded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    concluded.subject_id,
    concluded.school_code,
    concluded.registry,
    concluded.cohort,
    concluded.division,
    concluded.series,
    concluded.series_zh,
    concluded.step,
    concluded.spacing,
    concluded.spacing_zh,
    concluded.students,
    concluded.unconfirmed_students,
    concluded.failing_check_digits,
    concluded.links,
    concluded.links_expected,
    concluded.chance,
    concluded.groups_compared,
    concluded.false_discovery_rate,
    concluded.severity,
    concluded.amount_paid,
    concluded.amount_estimated,
    concluded.aid_items,
    concluded.evidence_record_ids,
    concluded.verdict,
    concluded.missing_inputs
from concluded
