/*
id: SC508
title: registered in the wrong system for the kind of school
title_zh: 学籍注册系统与学校类别不符
severity: C
certainty: certain
subject: school
policy: [national:school-code, national:not-through-two-ministries, jilin_2020:two-systems]
reads:
  required:
    - core.enrolment
    - core.school
  optional:
    - core.school_lineage
    - filed_majors
    - school_events
    - schools
evidence:
  - school_code
  - registry
  - registry_zh
  - kind
  - kind_zh
  - students
  - own_codes
  - cohort_from
  - cohort_to
  - overlap_from
  - severity
  - evidence_record_ids
key: [school_code, registry, kind]
route: school_code
message: >-
  {students} students on the roll of the {registry} registry are registered under {own_codes}, which is listed or coded
  as {kind}; the first of them entered on {overlap_from}.
message_zh: 该校({own_codes})按名录或标识码属{kind_zh},却有 {students} 名在籍学生注册在{registry_zh},最早入学 {overlap_from}。
next: >-
  Read the school's licence and the approval of its name: which ministry runs it decides the system. Where both plates
  are real, see under which of them these students were admitted, then move or cancel the registrations.
next_zh: 核对办学许可证和批准设立文件,确认主管部门;确有两块牌子的,按招生录取时的身份核定应注册的系统,再办理迁移或注销,并核对资助。
params:
  least_students:
    default: 3
    unit: students
    comment: Own estimate; one or two students under a school code are more likely a code that was mistyped.
exceptions:
  - name: X05_promoted_school
    says: The technician school was promoted to a college; those who entered before stay where they were registered.
    says_zh: 技师学院升格为高校,升格前入学的学生仍在原系统。
    proof: core.school_lineage
  - name: X10_merged_schools
    says: >-
      A school of the fitting kind was merged into this one after the students entered, or one carries this code on.
    says_zh: 学生入学后学校合并、更名,原校或承接学校的类别与系统相符。
    proof: core.school_lineage
  - name: X32_attached_vocational_class
    says: A vocational class attached to a high, special or higher school, with majors filed for that year.
    says_zh: 普通高中、特教或高校附设中职班,当年专业已备案。
    proof: filed_majors
  - name: X33_two_plates
    says: The list names the code under both kinds, as a school with two plates; each student is in one system.
    says_zh: 一校两牌,名录中同一代码兼列两类。
    proof: schools
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

A technician school is run by Human Resources, a vocational school by Education, and neither ministry sees the other's
students. Whoever registers in the other one's system escapes the own ministry's checks, plans and inspections, and
makes the double registration of a whole school possible (一校两牌). A training institution (93) has no right to either.
It is B where the local rule demands separate systems (Jilin, since 13 March 2020) or the code is a training
institution's, elsewhere C: the national form of 2009 itself offered 技工学校 as a kind of student.

What to check first

The licence, and the year in which the rows were made: old imports carried students over. Only students on the roll
today are counted, so that graduated legacy rows are left in peace.
*/
with registered as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.school_code as own_code,
        enrolment.current_school_code as school_code,
        enrolment.region_code,
        enrolment.cohort,
        enrolment.started_on,
        carried_on.kind as current_kind,
        school.kind is not null as is_on_list,
        coalesce(
            school.kind,
            case
                when not regexp_full_match(enrolment.school_code, '[0-9]{10}')
                    then if(enrolment.registry = 'technical', 'technical', 'unknown')
                when enrolment.school_code[1:2] in ('31', '32') then 'junior'
                when enrolment.school_code[1:2] = '34' then 'high'
                when enrolment.school_code[1:2] = '36' then 'vocational'
                when enrolment.school_code[1:2] = '41' then 'higher'
                when enrolment.school_code[1:2] = '42' then 'adult_higher'
                when enrolment.school_code[1:2] = '51' then 'special'
                when enrolment.school_code[1:2] = '93' then 'training'
                else 'unknown'
            end
        ) as kind
    from core.enrolment as enrolment
    left join core.school as school
        on enrolment.school_code = school.school_code
    left join core.school as carried_on
        on enrolment.current_school_code = carried_on.school_code
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.is_open_in_registry
        and enrolment.ended_on is null
        and enrolment.started_on <= as_of()
),

plate as (
    select
        listed.school_code,
        listed.kind
    from schools as listed
    group by listed.school_code, listed.kind
),

ancestor as (
    select
        lineage.new_code as school_code,
        former.kind,
        lineage.kind like '%升格%' as is_promoted,
        max(lineage.happened_on) as happened_on
    from core.school_lineage as lineage
    inner join core.school as former
        on lineage.old_code = former.school_code
    where former.kind in ('vocational', 'technical')
    group by lineage.new_code, former.kind, lineage.kind like '%升格%'
),

filed as (
    select
        filing.year,
        filing.school_code
    from filed_majors as filing
    group by filing.year, filing.school_code
),

filing_year as (
    select filed.year
    from filed
    group by filed.year
),

misplaced as (
    select
        registered.*,
        filing_year.year is not null as has_filing_list,
        registered.registry = 'vocational'
        and registered.kind in ('high', 'special', 'higher', 'adult_higher') as may_be_attached
    from registered
    left join plate
        on
            registered.own_code = plate.school_code
            and registered.registry = plate.kind
    left join ancestor as promoted
        on
            registered.own_code = promoted.school_code
            and registered.registry = promoted.kind
            and promoted.is_promoted
    left join ancestor as merged
        on
            registered.own_code = merged.school_code
            and registered.registry = merged.kind
            and not merged.is_promoted
    left join filed
        on
            registered.own_code = filed.school_code
            and registered.cohort = filed.year
    left join filing_year
        on registered.cohort = filing_year.year
    where
        registered.kind <> registered.registry
        -- X33_two_plates
        and plate.school_code is null
        -- X05_promoted_school
        and not coalesce(registered.started_on < promoted.happened_on, false)
        -- X10_merged_schools
        and not coalesce(registered.started_on < merged.happened_on, false)
        and not coalesce(registered.current_kind = registered.registry, false)
        -- X32_attached_vocational_class
        and not (
            registered.registry = 'vocational'
            and registered.kind in ('high', 'special', 'higher', 'adult_higher')
            and filed.school_code is not null
        )
),

bound as (
    select
        misplaced.*,
        coalesce(
            policy_number(
                'registration.own_system_required', misplaced.registry, misplaced.region_code, misplaced.started_on
            ) = 1,
            false
        ) as is_bound
    from misplaced
),

-- A code that neither the list nor its own digits explain.
unexplained as (
    select
        bound.*,
        not bound.is_on_list and bound.kind <> 'training' as needs_list
    from bound
),

school as (
    select
        unexplained.school_code,
        unexplained.registry,
        unexplained.kind,
        cast(count(distinct unexplained.person_id) as integer) as students,
        min(unexplained.cohort) as cohort_from,
        max(unexplained.cohort) as cohort_to,
        min(unexplained.started_on) as overlap_from,
        bool_or(unexplained.is_bound) as is_bound,
        bool_and(unexplained.needs_list) as needs_list,
        bool_and(unexplained.may_be_attached and not unexplained.has_filing_list) as needs_filings,
        array_to_string(list_sort(list_distinct(list(unexplained.own_code))), ',') as own_codes,
        list(unexplained.record_id order by unexplained.record_id) as evidence_record_ids
    from unexplained
    group by unexplained.school_code, unexplained.registry, unexplained.kind
),

judged as (
    select
        school.*,
        case when school.registry = 'vocational' then '中职学籍系统' else '技工院校系统' end as registry_zh,
        case school.kind
            when 'technical' then '技工院校'
            when 'vocational' then '中等职业学校'
            when 'training' then '职业培训机构'
            when 'high' then '普通高中'
            when 'junior' then '初中'
            when 'special' then '特殊教育学校'
            when 'higher' then '高等学校'
            when 'adult_higher' then '成人高等学校'
            else '类别不明的机构'
        end as kind_zh,
        case when school.is_bound or school.kind = 'training' then 'B' else 'C' end as severity,
        concat_ws(
            ',',
            case when school.needs_filings then 'filed_majors' end,
            case when not is_delivered('school_events') then 'school_events' end,
            case when school.needs_list or not is_delivered('schools') then 'schools' end
        ) as missing_inputs
    from school
),

worded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.school_code,
    worded.registry,
    worded.registry_zh,
    worded.kind,
    worded.kind_zh,
    worded.students,
    worded.own_codes,
    worded.cohort_from,
    worded.cohort_to,
    worded.overlap_from,
    worded.severity,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
where worded.students >= $least_students
