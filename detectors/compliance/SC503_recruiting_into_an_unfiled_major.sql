/*
id: SC503
title: recruiting into an unfiled major
title_zh: 专业未备案即招生
severity: B
certainty: certain
subject: school
policy: [xinzhou_2023:major-filing, national:major-filing, national:major-names]
reads:
  required:
    - feature.recruit
    - filed_majors
  optional:
    - core.school
    - joint_programs
    - school_events
    - school_qualifications
    - status_changes
  needs_sources: [vocational_students]
evidence:
  - school_code
  - cohort
  - major_code
  - major_name
  - filing
  - filing_zh
  - filed_on
  - students
  - overlap_from
  - severity
  - evidence_record_ids
key: [school_code, cohort, major_code]
route: school_code
message: >-
  The school registered {students} new entrants of {cohort} in {major_code} {major_name}; of that year's filing:
  {filing}.
message_zh: 该校 {cohort} 年在专业 {major_code} {major_name} 注册新生 {students} 人,当年专业备案情况:{filing_zh}。
next: >-
  Ask the department for the filing sheet of that year and the school for its brochure and timetable of the class.
next_zh: 向职成部门调取当年专业备案表,并核对该校招生简章和该班课表;确未备案的停止该专业招生,妥善安排已注册学生。
params:
  least_students:
    default: 3
    unit: students
    comment: Own estimate; one or two students in a major are more likely a code that was mistyped.
exceptions:
  - name: X10_merged_schools
    says: The major is filed under the code of the predecessor or successor.
    says_zh: 学校合并、更名,该专业以其前身或承接学校的代码备案。
    proof: core.school
  - name: X15_transferred_in
    says: Students who came by approved transfer were recruited elsewhere.
    says_zh: 经批准转入的学生由原校招收,不计入本校招生。
    proof: status_changes
  - name: X15e_changed_major
    says: Students who changed into the major by approval were recruited into another one, which is the one judged.
    says_zh: 经批准转入该专业的学生,按其招生时的专业核对。
    proof: status_changes
  - name: X17_renamed_major
    says: Filed under the name that the major had in the other catalogue (2010, 2021).
    says_zh: 新旧专业目录(2010年、2021年)更名、合并的专业,以新名或旧名备案。
    proof: filed_majors
  - name: X17d_direction_of_a_major
    says: A direction of a filed major, written behind its name or its code.
    says_zh: 已备案专业下的专业方向,名称或代码仅多方向后缀。
    proof: filed_majors
  - name: X19_spring_intake
    says: Spring entrants into a major that is filed for their own calendar year.
    says_zh: 春季入学的新生,该专业已列入其入学当年的备案。
    proof: filed_majors
  - name: X35_joint_programme
    says: Students of a joint programme in force, whose major the partner school has filed.
    says_zh: 有效联合办学协议的学生,该专业由合作学校备案。
    proof: joint_programs
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

A school may recruit only into majors that it filed for the year; students of others may find their diploma in doubt.
Majors outside the catalogue may be filed, so that only the filing counts and no code is wrong for being unknown.

Four tests, the gravest that holds. Never filed: B. Filed in an earlier year and not for this one; filed only after the
students had come; registered with another length than was filed (chains, part-timers and graduates of high schools left
out): C. A code of the 2010 catalogue that no filing names and whose new name we do not know needs evidence.

A year whose list was not delivered, or does not name the school at all, needs evidence for majors that the school had
not filed the year before; where the list of qualified schools leaves the school out as well, that is SC501's. Years
before the first list are not asked about.

What to check first

The filing sheet itself: lists are often copied without the majors filed later in spring.
*/
with renamed as (
    select
        text_key(split_part(pair.names, '=', 1)) as old_key,
        text_key(split_part(pair.names, '=', 2)) as new_key
    from (
        select unnest(policy_list('major.renamed', 'vocational', '', as_of())) as names
    ) as pair
),

filing as (
    select
        filed.year,
        filed.school_code as own_code,
        filed.program_years,
        filed.filed_on,
        coalesce(school.current_school_code, filed.school_code) as school_code,
        trim(filed.major_code) as code,
        text_key(filed.major_name) as name_key,
        text_key(regexp_replace(filed.major_name, '[(（][^()（）]*[)）]', '', 'g')) as short_key
    from filed_majors as filed
    left join core.school as school
        on filed.school_code = school.school_code
),

filed_major as (
    select
        filing.*,
        regexp_extract(filing.code, '^[0-9]{6}') as code6,
        coalesce(renamed.new_key, filing.short_key) as new_key
    from filing
    left join renamed
        on filing.short_key = renamed.old_key
),

first_list as (
    select min(filing.year) as year
    from filing
),

school_list as (
    select
        filing.school_code,
        filing.year
    from filing
    group by filing.school_code, filing.year
),

qualified as (
    select
        qualification.year,
        coalesce(school.current_school_code, qualification.school_code) as school_code,
        bool_or(qualification.qualified) as is_qualified
    from school_qualifications as qualification
    left join core.school as school
        on qualification.school_code = school.school_code
    group by qualification.year, coalesce(school.current_school_code, qualification.school_code)
),

qualified_year as (
    select qualified.year
    from qualified
    group by qualified.year
),

partner as (
    select
        coalesce(school.current_school_code, trim(programme.school_code)) as school_code,
        coalesce(other.current_school_code, trim(programme.partner_code)) as partner_code,
        min(coalesce(programme.valid_from, date '1900-01-01')) as valid_from,
        max(coalesce(programme.valid_to, date '9999-12-31')) as valid_to
    from joint_programs as programme
    left join core.school as school
        on trim(programme.school_code) = school.school_code
    left join core.school as other
        on trim(programme.partner_code) = other.school_code
    where not regexp_matches(programme.partner_kind, '非学历|企业|公司|培训')
    group by
        coalesce(school.current_school_code, trim(programme.school_code)),
        coalesce(other.current_school_code, trim(programme.partner_code))
),

entrant as (
    select
        recruit.record_id,
        recruit.person_id,
        recruit.school_code,
        recruit.own_code,
        recruit.cohort,
        recruit.started_on,
        recruit.program_years,
        recruit.major_name,
        cast(recruit.is_spring_entry as integer) as later_years,
        trim(recruit.major_code) as code,
        regexp_extract(trim(recruit.major_code), '^[0-9]{6}') as code6,
        text_key(recruit.major_name) as name_key,
        text_key(regexp_replace(recruit.major_name, '[(（][^()（）]*[)）]', '', 'g')) as short_key,
        -- Whose course may lawfully be longer or shorter than the one filed for junior graduates.
        coalesce(recruit.segment_mode, '无') <> '无'
        or recruit.study_form <> 'full_time'
        or coalesce(recruit.entrant_type in ('high_fresh', 'high_past'), false) as has_own_length,
        coalesce(trim(recruit.joint_school_code) <> '', false) as has_joint_code,
        case
            when recruit.started_on between partner.valid_from and partner.valid_to then partner.partner_code
        end as partner_code
    from feature.recruit as recruit
    cross join first_list
    left join core.school as joint_school
        on trim(recruit.joint_school_code) = joint_school.school_code
    left join partner
        on
            recruit.school_code = partner.school_code
            and coalesce(joint_school.current_school_code, trim(recruit.joint_school_code)) = partner.partner_code
    where
        recruit.registry = 'vocational'
        and recruit.cohort >= first_list.year
        -- X15e_changed_major
        and coalesce(recruit.major_code, recruit.major_name) is not null
        and policy_number('major.filing_required', recruit.registry, recruit.region_code, recruit.started_on) = 1
        -- X15_transferred_in
        and not recruit.is_transferred_in
),

asked as (
    select
        entrant.school_code,
        entrant.own_code,
        entrant.cohort,
        entrant.code,
        entrant.name_key,
        entrant.partner_code,
        entrant.later_years,
        any_value(entrant.code6) as code6,
        any_value(entrant.short_key) as short_key,
        any_value(coalesce(renamed.new_key, entrant.short_key)) as new_key,
        any_value(renamed.new_key is not null) as is_renamed
    from entrant
    left join renamed
        on entrant.short_key = renamed.old_key
    group by
        entrant.school_code,
        entrant.own_code,
        entrant.cohort,
        entrant.code,
        entrant.name_key,
        entrant.partner_code,
        entrant.later_years
),

-- Filings by the school that they could serve: its own and its kin's, and those of a partner.
offered as (
    select
        asked.school_code,
        asked.own_code,
        asked.cohort,
        asked.code,
        asked.name_key,
        asked.partner_code,
        asked.code6,
        asked.short_key,
        asked.new_key,
        asked.later_years,
        -- X19_spring_intake
        least(filed_major.year, asked.cohort) as year,
        filed_major.own_code as filing_code,
        filed_major.code as filed_code,
        filed_major.code6 as filed_code6,
        filed_major.name_key as filed_name_key,
        filed_major.short_key as filed_short_key,
        filed_major.new_key as filed_new_key,
        filed_major.program_years,
        filed_major.filed_on,
        true as is_kin
    from asked
    inner join filed_major
        on
            asked.school_code = filed_major.school_code
            and asked.cohort + asked.later_years >= filed_major.year

    union all

    select
        asked.school_code,
        asked.own_code,
        asked.cohort,
        asked.code,
        asked.name_key,
        asked.partner_code,
        asked.code6,
        asked.short_key,
        asked.new_key,
        asked.later_years,
        -- X19_spring_intake
        least(filed_major.year, asked.cohort) as year,
        filed_major.own_code as filing_code,
        filed_major.code as filed_code,
        filed_major.code6 as filed_code6,
        filed_major.name_key as filed_name_key,
        filed_major.short_key as filed_short_key,
        filed_major.new_key as filed_new_key,
        filed_major.program_years,
        filed_major.filed_on,
        false as is_kin
    from asked
    inner join filed_major
        on
            asked.partner_code = filed_major.school_code
            and asked.cohort + asked.later_years >= filed_major.year
    where asked.school_code <> filed_major.school_code
),

-- Those that could be the major asked about.
likeness as (
    select
        offered.school_code,
        offered.own_code,
        offered.cohort,
        offered.code,
        offered.name_key,
        offered.partner_code,
        offered.later_years,
        offered.year,
        offered.program_years,
        offered.filed_on,
        offered.is_kin,
        offered.own_code = offered.filing_code as is_own,
        coalesce(offered.code = offered.filed_code, false)
        or coalesce(offered.name_key = offered.filed_name_key, false) as is_same,
        coalesce(offered.code6 = offered.filed_code6 and offered.code6 <> '', false)
        or coalesce(offered.short_key = offered.filed_short_key, false) as is_direction,
        coalesce(offered.new_key = offered.filed_new_key, false) as is_renamed
    from offered
    where
        offered.code = offered.filed_code
        or offered.code6 = offered.filed_code6 and offered.code6 <> ''
        or offered.new_key = offered.filed_new_key
        or offered.short_key = offered.filed_short_key
),

answer as (
    select
        likeness.school_code,
        likeness.own_code,
        likeness.cohort,
        likeness.code,
        likeness.name_key,
        likeness.partner_code,
        likeness.later_years,
        bool_or(likeness.is_own and likeness.is_same and likeness.year = likeness.cohort) as is_filed,
        bool_or(likeness.is_kin and likeness.is_same and likeness.year = likeness.cohort) as is_filed_by_kin,
        bool_or(likeness.is_kin and likeness.is_direction and likeness.year = likeness.cohort) as is_filed_at_large,
        bool_or(likeness.is_kin and likeness.is_renamed and likeness.year = likeness.cohort) as is_filed_renamed,
        bool_or(not likeness.is_kin and likeness.year = likeness.cohort) as is_filed_by_partner,
        bool_or(likeness.is_kin and likeness.year < likeness.cohort) as was_filed,
        min(likeness.filed_on) filter (where likeness.year = likeness.cohort) as filed_on,
        max(likeness.filed_on) filter (where likeness.year < likeness.cohort) as last_filed_on,
        list(likeness.program_years) filter (
            where likeness.year = likeness.cohort and likeness.program_years is not null
        ) as lengths
    from likeness
    group by
        likeness.school_code,
        likeness.own_code,
        likeness.cohort,
        likeness.code,
        likeness.name_key,
        likeness.partner_code,
        likeness.later_years
),

answered as (
    select
        entrant.record_id,
        entrant.person_id,
        entrant.school_code,
        entrant.cohort,
        entrant.started_on,
        entrant.major_name,
        entrant.has_joint_code,
        answer.filed_on as filed_this_year_on,
        answer.last_filed_on,
        coalesce(entrant.code, entrant.name_key) as major_code,
        coalesce(answer.is_filed_at_large, false) or school_list.school_code is not null as has_list,
        coalesce(answer.is_filed, false) as is_filed,
        coalesce(answer.is_filed_by_kin, false) as is_filed_by_kin,
        coalesce(answer.is_filed_at_large, false) as is_filed_at_large,
        coalesce(answer.is_filed_renamed, false) as is_filed_renamed,
        coalesce(answer.is_filed_by_partner, false) as is_filed_by_partner,
        coalesce(answer.was_filed, false) as was_filed,
        not entrant.has_own_length
        and len(coalesce(answer.lengths, [])) > 0
        and coalesce(not list_contains(answer.lengths, cast(entrant.program_years as integer)), false)
            as is_other_length,
        regexp_matches(coalesce(entrant.code, ''), '^(0[1-9]|1[0-9])[0-9]{4}')
        and entrant.cohort >= 2021
        and not coalesce(asked.is_renamed, false) as is_of_the_old_catalogue
    from entrant
    inner join asked
        on
            entrant.school_code = asked.school_code
            and entrant.own_code = asked.own_code
            and entrant.cohort = asked.cohort
            and entrant.code is not distinct from asked.code
            and entrant.name_key is not distinct from asked.name_key
            and entrant.partner_code is not distinct from asked.partner_code
            and entrant.later_years = asked.later_years
    left join answer
        on
            asked.school_code = answer.school_code
            and asked.own_code = answer.own_code
            and asked.cohort = answer.cohort
            and asked.code is not distinct from answer.code
            and asked.name_key is not distinct from answer.name_key
            and asked.partner_code is not distinct from answer.partner_code
            and asked.later_years = answer.later_years
    left join school_list
        on
            entrant.school_code = school_list.school_code
            and entrant.cohort + entrant.later_years = school_list.year
),

doubtful as (
    select
        answered.*,
        case
            when not answered.has_list then case when not answered.was_filed then 'no_list' end
            when
                -- Filed; what is left is when, and for how long.
                answered.is_filed
                -- X10_merged_schools
                or answered.is_filed_by_kin
                -- X17d_direction_of_a_major
                or answered.is_filed_at_large
                -- X17_renamed_major
                or answered.is_filed_renamed
                -- X35_joint_programme
                or answered.is_filed_by_partner
                then
                    case
                        when answered.filed_this_year_on > answered.started_on then 'late'
                        when answered.is_other_length then 'length'
                    end
            when answered.was_filed then 'lapsed'
            when answered.is_of_the_old_catalogue then 'old_code'
            else 'never'
        end as result
    from answered
),

recruiting as (
    select
        doubtful.school_code,
        doubtful.cohort,
        doubtful.major_code,
        doubtful.result,
        cast(count(distinct doubtful.person_id) as integer) as students,
        max(doubtful.major_name) as major_name,
        count(distinct doubtful.person_id) filter (where not doubtful.has_joint_code) as without_joint_code,
        min(doubtful.started_on) as overlap_from,
        max(
            case
                when doubtful.result in ('late', 'length') then doubtful.filed_this_year_on
                when doubtful.result = 'lapsed' then doubtful.last_filed_on
            end
        ) as filed_on,
        list(doubtful.record_id order by doubtful.record_id) as evidence_record_ids
    from doubtful
    left join qualified_year
        on doubtful.cohort = qualified_year.year
    left join qualified
        on
            doubtful.school_code = qualified.school_code
            and doubtful.cohort = qualified.year
    where
        doubtful.result is not null
        -- Schools that neither filed nor are qualified are SC501's.
        and not (
            doubtful.result = 'no_list'
            and qualified_year.year is not null
            and not coalesce(qualified.is_qualified, false)
        )
    group by doubtful.school_code, doubtful.cohort, doubtful.major_code, doubtful.result
),

-- One case of a school, a cohort and a major: the gravest that holds.
gravest as (
    select recruiting.*
    from recruiting
    where recruiting.students >= $least_students
    qualify
        row_number() over (
            partition by recruiting.school_code, recruiting.cohort, recruiting.major_code
            order by list_position(['never', 'old_code', 'lapsed', 'late', 'length', 'no_list'], recruiting.result)
        ) = 1
),

worded as (
    select
        gravest.*,
        case gravest.result
            when 'never' then 'it is not on the school''s list, nor was it before'
            when 'old_code' then 'no filing names this code of the 2010 catalogue'
            when 'lapsed' then 'filed in an earlier year, not for this one'
            when 'late' then 'filed after the first of them had come'
            when 'length' then 'filed, but with another length of the course'
            else 'no list names the school'
        end as filing,
        case gravest.result
            when 'never' then '该校备案名单中没有此专业,以前年度也没有'
            when 'old_code' then '备案名单中找不到这一2010年目录旧代码对应的专业'
            when 'lapsed' then '以前年度备案过,当年未备案'
            when 'late' then '备案日期晚于新生入学'
            when 'length' then '已备案,但注册学制与备案学制不一致'
            else '当年备案名单未提供该校'
        end as filing_zh,
        case when gravest.result in ('never', 'no_list', 'old_code') then 'B' else 'C' end as severity,
        concat_ws(
            ',',
            case when gravest.result in ('old_code', 'no_list') then 'filed_majors' end,
            case
                when
                    gravest.result in ('never', 'lapsed')
                    and gravest.without_joint_code < $least_students
                    and not is_delivered('joint_programs')
                    then 'joint_programs'
            end,
            case
                when gravest.result in ('never', 'lapsed') and not is_delivered('school_events') then 'school_events'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from gravest
),

decided as (
    select
        worded.*,
        case when worded.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from worded
)

select
    decided.school_code,
    decided.cohort,
    decided.major_code,
    decided.major_name,
    decided.filing,
    decided.filing_zh,
    decided.filed_on,
    decided.students,
    decided.overlap_from,
    decided.severity,
    decided.evidence_record_ids,
    decided.verdict,
    decided.missing_inputs
from decided
