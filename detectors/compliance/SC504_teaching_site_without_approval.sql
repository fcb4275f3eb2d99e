/*
id: SC504
title: teaching site without approval
title_zh: 未经审批设立教学点
severity: B
certainty: certain
subject: school
policy: [xinzhou_2023:site-approval, national:qualification, national:own-blocks]
reads:
  required:
    - feature.recruit
    - feature.site_stay
    - vocational_students
  optional:
    - articulation_agreements
    - core.school
    - flexible_filings
    - integrated_classes
    - internships
    - joint_programs
    - school_events
    - teaching_sites
evidence:
  - school_code
  - site
  - standing
  - standing_zh
  - students
  - far_share
  - one_in
  - overlap_from
  - overlap_to
  - severity
  - certainty
  - evidence_record_ids
key: [school_code, site]
route: school_code
message: "{students} students of the school are taught at {site} since {overlap_from}: {standing}."
message_zh: 该校有 {students} 名学生在“{site}”就读(最早 {overlap_from} 入学),{standing_zh}。
next: >-
  Visit the place with the roll, ask for lease and teachers' contracts, and ask the education bureau of that place
  whether it approved anything.
next_zh: 持花名册实地查看办学地点、租赁合同和授课教师,并函询办学地教育行政部门是否审批。
params:
  least_students:
    default: 3
    unit: students
    comment: Own estimate; one or two with a place of their own are a slip of the clerk.
  far_students:
    default: policy:site.far_students
    unit: students
    comment: Smaller classes are not judged by where their students live.
  least_far_share:
    default: policy:site.far_share
    unit: share
    comment: Day pupils of another county in a class that cannot come every day.
  likeness:
    default: 0.1
    unit: correlation
    comment: Own estimate; classmates come from the same place so much more often than chance has it.
  least_others:
    default: 100
    unit: students
    comment: Own estimate; with fewer students at other schools there is nothing to compare with.
  false_rate:
    default: 0.05
    unit: share
    comment: Own choice; of the classes reported on one night at most this share is expected to be chance.
exceptions:
  - name: X06_integrated_class
    says: An approved integrated class, taught at its general high school.
    says_zh: 已备案的职普融通班,在合作普通高中就读。
    proof: integrated_classes
  - name: X10_former_campus
    says: A campus of the school itself or of a school that it absorbed.
    says_zh: 本校校区,或合并前学校的原校址。
    proof: core.school
  - name: X11_adult_class
    says: A class of adults, or of an intake with filed flexible study, who do not come every day.
    says_zh: 成人班或已备案弹性学制的年级,不每日到校。
    proof: flexible_filings
  - name: X12_approved_teaching_site
    says: The site was approved for the day on which the students began.
    says_zh: 教学点已审批,学生入学时审批有效(如送教下乡教学点)。
    proof: teaching_sites
  - name: X12b_site_of_the_county
    says: The school has an approved site in the county in which most of the class live.
    says_zh: 学校在该班多数学生居住的县有已审批教学点。
    proof: teaching_sites
  - name: X21_on_placement
    says: The place is the employer of a placement that was reported.
    says_zh: 登记地点为已报备的岗位实习单位。
    proof: internships
  - name: X34_last_year_at_the_college
    says: Taught on the campus of the college with which an articulation agreement covers the cohort.
    says_zh: 按贯通培养协议在合作高校校区就读。
    proof: articulation_agreements
  - name: X35_joint_programme
    says: Taught at the partner school of a joint programme in force.
    says_zh: 按有效的联合办学协议在合作学校就读。
    proof: joint_programs
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Branches and teaching sites need the approval of the place in which they stand; behind an unapproved one is often a
training firm. A site that the registry names and no list knows is B; one that was approved later, or no longer, is C.
Students who began while the approval was in force may finish.

A site that the registry does not name shows in where the students live. A class of twenty, day pupils of whom eight
tenths live in another county (by household registration, unless the address names the school's county), is C and
unusual if chance does not explain it: the rate is that of the school's other classes or of the other schools, the
higher, classmates counted as alike; the bound is Chernoff's (1952), and over all classes the rate of false discoveries
is held by the procedure of Benjamini and Hochberg (1995). Small classes and schools are not reported for being small.

Not seen: a site whose students are registered as if they were on campus and live in the school's county; a class
without the column for boarding.

What to check first

The approval under another name: villages rename their schools.
*/
with site_entrant as (
    select
        stay.*,
        recruit.person_id,
        recruit.region_code,
        recruit.ended_on
    from feature.site_stay as stay
    inner join feature.recruit as recruit
        on stay.record_id = recruit.record_id
    where policy_number('site.approval_required', recruit.registry, recruit.region_code, recruit.started_on) = 1
),

unapproved as (
    select site_entrant.*
    from site_entrant
    where
        -- X06_integrated_class
        not site_entrant.is_integrated
        -- X10_former_campus
        and not site_entrant.is_campus
        -- X12_approved_teaching_site
        and not site_entrant.is_approved
        -- X21_on_placement
        and not site_entrant.is_employer
        -- X34_last_year_at_the_college
        and not site_entrant.is_college
        -- X35_joint_programme
        and not site_entrant.is_partner
),

named as (
    select
        unapproved.school_code,
        cast(count(distinct unapproved.person_id) as integer) as students,
        any_value(unapproved.site_name order by unapproved.record_id) as site,
        min(unapproved.started_on) as overlap_from,
        max(least(coalesce(unapproved.ended_on, as_of()), as_of())) as overlap_to,
        bool_or(unapproved.is_at_another_school) as is_at_another_school,
        min(unapproved.approved_from) as approved_from,
        max(unapproved.approved_to) as approved_to,
        list(unapproved.record_id order by unapproved.record_id) as record_ids
    from unapproved
    group by unapproved.school_code, unapproved.site_key
),

student as (
    select
        recruit.record_id,
        recruit.person_id,
        recruit.school_code,
        recruit.own_code,
        recruit.class_name,
        recruit.entry_month,
        recruit.cohort,
        recruit.region_code,
        recruit.started_on,
        recruit.joint_school_code,
        left(listed.hukou_code, 6) as home_code,
        left(listed.hukou_code, 6) <> left(recruit.region_code, 6)
        and not contains(coalesce(listed.address, ''), coalesce(school.region_name, '-'))
        and regexp_matches(listed.boarding, '走读|通学|外宿|不住') as is_far,
        coalesce(recruit.entrant_type not in ('junior_fresh', 'junior_past'), false) as is_adult
    from feature.recruit as recruit
    inner join vocational_students as listed
        on recruit.record_id = listed.record_id
    left join core.school as school
        on recruit.own_code = school.school_code
    left join feature.site_stay as stay
        on recruit.record_id = stay.record_id
    where
        recruit.registry = 'vocational'
        and recruit.study_form = 'full_time'
        and recruit.class_name is not null
        and listed.hukou_code is not null
        and listed.boarding is not null
        and stay.record_id is null
        and policy_number('site.approval_required', recruit.registry, recruit.region_code, recruit.started_on) = 1
),

class as (
    select
        student.school_code,
        student.class_name,
        student.entry_month,
        cast(count(distinct student.person_id) as integer) as students,
        any_value(student.cohort order by student.record_id) as cohort,
        any_value(student.own_code order by student.record_id) as own_code,
        count(distinct student.person_id) filter (where student.is_far) as far,
        mode(student.home_code order by student.home_code) filter (where student.is_far) as home_code,
        mode(student.joint_school_code order by student.joint_school_code) as joint_school_code,
        min(student.started_on) as overlap_from,
        2 * count(*) filter (where student.is_adult) >= count(*) as is_adult_class,
        list(student.record_id order by student.record_id) as record_ids
    from student
    group by student.school_code, student.class_name, student.entry_month
),

school_total as (
    select
        class.school_code,
        sum(class.students) as students,
        sum(class.far) as far
    from class
    group by class.school_code
),

city_total as (
    select
        sum(school_total.students) as students,
        sum(school_total.far) as far
    from school_total
),

compared as (
    select
        class.*,
        class.far / class.students as share,
        class.students / (1 + (class.students - 1) * $likeness) as independent_students,
        greatest(
            (school_total.far - class.far + 0.5) / (school_total.students - class.students + 1),
            (city_total.far - school_total.far + 0.5) / (city_total.students - school_total.students + 1)
        ) as usual_share
    from class
    inner join school_total
        on class.school_code = school_total.school_code
    cross join city_total
    where
        class.students >= $far_students
        and city_total.students - school_total.students >= $least_others
),

tested as (
    select
        compared.*,
        case
            when compared.share >= $least_far_share and compared.share > compared.usual_share
                then
                    exp(
                        -compared.independent_students
                        * (
                            compared.share * ln(compared.share / compared.usual_share)
                            + case
                                when compared.share < 1
                                    then (1 - compared.share) * ln((1 - compared.share) / (1 - compared.usual_share))
                                else 0
                            end
                        )
                    )
            else 1
        end as chance
    from compared
),

ranked as (
    select
        tested.*,
        tested.chance * count(*) over () / rank() over (order by tested.chance) as discovery_rate
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

approved as (
    select
        coalesce(school.current_school_code, site.school_code) as school_code,
        left(site.region_code, 6) as region_code,
        min(coalesce(site.valid_from, date '1900-01-01')) as valid_from,
        max(coalesce(site.valid_to, date '9999-12-31')) as valid_to
    from teaching_sites as site
    left join core.school as school
        on site.school_code = school.school_code
    group by coalesce(school.current_school_code, site.school_code), left(site.region_code, 6)
),

integrated as (
    select
        integrated_class.vocational_code as school_code,
        integrated_class.class_name
    from integrated_classes as integrated_class
    group by integrated_class.vocational_code, integrated_class.class_name
),

flexible as (
    select
        filing.school_code,
        filing.year
    from flexible_filings as filing
    group by filing.school_code, filing.year
),

partner as (
    select
        programme.school_code,
        programme.partner_code,
        max(coalesce(programme.valid_to, as_of())) as valid_to
    from joint_programs as programme
    where not regexp_matches(programme.partner_kind, '非学历|培训|企业|公司')
    group by programme.school_code, programme.partner_code
),

unnamed as (
    select discovered.*
    from discovered
    left join approved
        on
            discovered.school_code = approved.school_code
            and discovered.home_code = approved.region_code
            and discovered.overlap_from between approved.valid_from and approved.valid_to
    left join integrated
        on
            discovered.own_code = integrated.school_code
            and discovered.class_name = integrated.class_name
    left join flexible
        on
            discovered.own_code = flexible.school_code
            and discovered.cohort = flexible.year
    left join partner
        on
            discovered.own_code = partner.school_code
            and discovered.joint_school_code = partner.partner_code
            and discovered.overlap_from <= partner.valid_to
    where
        discovered.chance < 1
        and discovered.false_discoveries <= $false_rate
        -- X06_integrated_class
        and integrated.class_name is null
        -- X11_adult_class
        and not discovered.is_adult_class
        and flexible.school_code is null
        -- X12b_site_of_the_county
        and approved.school_code is null
        -- X35_joint_programme
        and partner.school_code is null
),

found as (
    select
        named.school_code,
        named.site,
        named.students,
        named.overlap_from,
        named.overlap_to,
        named.record_ids as evidence_record_ids,
        'certain' as certainty,
        null as far_share,
        null as one_in,
        case
            when named.approved_from is null then 'no list of approved sites has it'
            when named.approved_to < named.overlap_to
                then concat('approved until ', named.approved_to, ' and no longer')
            else concat('approved from ', named.approved_from, ' only')
        end as standing,
        case
            when named.approved_from is null then '教学点审批名单中没有该教学点'
            when named.approved_to < named.overlap_to then concat('审批已于 ', named.approved_to, ' 到期')
            else concat('审批自 ', named.approved_from, ' 起才有效')
        end as standing_zh,
        case when named.approved_from is null then 'B' else 'C' end as severity,
        concat_ws(
            ',',
            case
                when named.is_at_another_school and not is_delivered('articulation_agreements')
                    then 'articulation_agreements'
            end,
            case
                when named.is_at_another_school and not is_delivered('integrated_classes') then 'integrated_classes'
            end,
            case when named.is_at_another_school and not is_delivered('joint_programs') then 'joint_programs' end,
            case when not is_delivered('school_events') then 'school_events' end,
            case when not is_delivered('teaching_sites') then 'teaching_sites' end
        ) as missing_inputs
    from named
    where named.students >= $least_students

    union all by name

    select
        unnamed.school_code,
        concat_ws(' ', unnamed.class_name, unnamed.entry_month) as site,
        unnamed.students,
        unnamed.overlap_from,
        as_of() as overlap_to,
        unnamed.record_ids as evidence_record_ids,
        'unusual' as certainty,
        round(unnamed.share, 2) as far_share,
        cast(least(floor(1 / unnamed.chance), 1000000) as integer) as one_in,
        concat(
            'no site is on record, but ', unnamed.far,
            ' of this class are day pupils registered in another county; elsewhere that is a share of ',
            round(unnamed.usual_share, 3)
        ) as standing,
        concat(
            '未登记教学点,但该班 ', unnamed.far, ' 人户籍在外县且为走读(其他班级比例 ', round(unnamed.usual_share, 3),
            '),疑似异地办班'
        ) as standing_zh,
        'C' as severity,
        concat_ws(
            ',',
            case when not is_delivered('flexible_filings') then 'flexible_filings' end,
            case when not is_delivered('integrated_classes') then 'integrated_classes' end,
            case
                when unnamed.joint_school_code is not null and not is_delivered('joint_programs') then 'joint_programs'
            end,
            case when not is_delivered('teaching_sites') then 'teaching_sites' end
        ) as missing_inputs
    from unnamed
),

worded as (
    select
        found.*,
        case when found.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from found
)

select
    worded.school_code,
    worded.site,
    worded.standing,
    worded.standing_zh,
    worded.students,
    worded.far_share,
    worded.one_in,
    worded.overlap_from,
    worded.overlap_to,
    worded.severity,
    worded.certainty,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
