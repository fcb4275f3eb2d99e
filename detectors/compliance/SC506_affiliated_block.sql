/*
id: SC506
title: affiliated block of an unqualified body
title_zh: 无资质机构挂靠招生成批注册
severity: B
certainty: probable
subject: school
policy: [xinzhou_2023:affiliation, national:own-blocks]
reads:
  required:
    - core.person_record
    - feature.intake
    - feature.recruit
    - feature.site_stay
    - vocational_students
  optional:
    - admissions
    - attendance
    - core.person_link
    - core.school
    - flexible_filings
    - integrated_classes
    - joint_programs
    - special_statuses
    - teaching_sites
evidence:
  - school_code
  - cohort
  - block
  - block_zh
  - students
  - marks
  - marks_zh
  - one_in
  - blocks_compared
  - false_discovery_rate
  - overlap_from
  - severity
  - amount_paid
  - aid_items
  - evidence_record_ids
key: [school_code, cohort]
route: school_code
message: >-
  {students} entrants of {cohort} ({block}) bear several marks at once: {marks}. One honest block in {one_in} does;
  {blocks_compared} blocks were compared, of those reported a share of at most {false_discovery_rate} is expected to be
  chance. Aid drawn for them: {amount_paid} yuan.
message_zh: >-
  {cohort} 级新生中有 {students} 人({block_zh})同时具有多项异常特征:{marks_zh};正常批次约每 {one_in} 个才有一个如此
  (共比较 {blocks_compared} 批,误报率不高于 {false_discovery_rate});已发资助 {amount_paid} 元。
next: >-
  Telephone a dozen families on numbers from the junior schools and ask who took the registration, who teaches and who
  was paid; then ask the school for what it passed on.
next_zh: 用初中学校留存的电话回访十余户,问清由谁招生、在何处由谁授课、费用交给谁,再核查学校对外支付的管理费。
params:
  least_students:
    default: policy:block.students
    unit: students
    comment: Smaller blocks are a matter for single cases.
  least_marks:
    default: 3
    unit: marks
    comment: Own estimate; each mark alone has an honest explanation, two may come together.
  least_share:
    default: 0.5
    unit: share
    comment: Own estimate; half of a block must bear a mark for it to count.
  least_alike:
    default: 4
    unit: students
    comment: Own estimate; so many with one phone or one card are more than a family.
  late_days:
    default: 21
    unit: days
    comment: Own estimate; registered so long after the city's middle entrant.
  trace_days:
    default: 60
    unit: days
    comment: Own estimate; after that time the list of attendance has a student.
  adult_age:
    default: 20
    unit: years
    comment: Own estimate; where the kind of entrant was left empty, from this age on it is an adult.
  likeness:
    default: 0.1
    unit: correlation
    comment: Own estimate; classmates share an honest cause so much more often than chance has it.
  least_rate:
    default: 0.01
    unit: share
    comment: Own estimate; no mark is taken to be rarer among honest students, whatever the others show.
  least_others:
    default: 100
    unit: students
    comment: Own estimate; with fewer entrants at other schools there is nothing to compare with.
  false_rate:
    default: 0.05
    unit: share
    comment: Own choice; of the blocks reported on one night at most this share is expected to be chance.
exceptions:
  - name: X06_integrated_class
    says: An approved integrated class, taught at its general high school.
    says_zh: 已备案的职普融通班,在合作普通高中就读。
    proof: integrated_classes
  - name: X10_moved_by_merger
    says: Students whom a merger moved to this code, registered again in one session.
    says_zh: 因学校合并成批转注到本校的学生。
    proof: feature.intake
  - name: X11_adult_block
    says: Adults of a programme that was filed, or on the lists of the departments; they come by other ways.
    says_zh: 已备案弹性学制的成人班,或半数以上在部门身份名单(退役军人、新型职业农民等)中。
    proof: flexible_filings
  - name: X12_approved_teaching_site
    says: A class at an approved site off campus, such as a village class.
    says_zh: 在已审批的校外教学点(如送教下乡班)就读。
    proof: teaching_sites
  - name: X15_transferred_in
    says: Students who came by approved transfer or were registered again after a correction.
    says_zh: 经批准成批转入,或身份更正后重新注册的学生。
    proof: feature.intake
  - name: X35_joint_programme
    says: A class with the partner school of a joint programme in force, or of a school elsewhere.
    says_zh: 按有效联合办学协议与学历教育学校(含外省学校)合作的班级。
    proof: joint_programs
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

A training body without a licence finds students, and a licensed school registers them for a fee (挂靠, domain: P03). No
field says so. What shows is a block of entrants who have several things in common that the school's other students do
not: the agency's phones or cards, temporary numbers, an unapproved site, homes in another county and no bed in the
dormitory, one late session of registration, no admission by the platform, no day of attendance.

Blocks are classes, sites, homes in one county, and days of registration, of at least fifteen students; the mark by
which a block was formed does not count for it. For each mark the chance is bounded by Chernoff (1952) against the rate
at the other schools, classmates counted as alike; that at least three marks are no chance is the partial conjunction of
Benjamini and Heller (2008), and over all blocks the rate of false discoveries is held by the procedure of Benjamini and
Hochberg (1995). Small schools have fewer blocks and are not reported for being small. Severity B where four marks or
more hold, its own included, else C: the marks are reasons to ask, the interviews are the proof. One case of a school
and cohort, the block with most marks. Where attendance or admissions were not delivered, two marks ask for them.

Not seen: a body whose students are spread over classes, days and homes.

What to check first

The phones: one call tells whose they are.
*/
with entrant as (
    select
        recruit.record_id,
        recruit.person_id,
        recruit.school_code,
        recruit.own_code,
        recruit.cohort,
        recruit.class_name,
        recruit.entry_month,
        recruit.started_on,
        recruit.ended_on,
        recruit.registered_on,
        recruit.entrant_type,
        recruit.joint_school_code,
        recruit.student_key,
        recruit.amount_paid,
        recruit.aid_items,
        intake.season,
        record.id_number,
        record.exam_no,
        listed.aid_card,
        stay.site_name,
        phone_digits(record.phone) as phone,
        phone_digits(record.guardian_phone) as guardian_phone,
        left(listed.hukou_code, 6) as home_code,
        coalesce(stay.is_approved, false) as is_at_approved_site,
        coalesce(stay.is_partner or stay.is_college, false) as is_at_partner,
        stay.record_id is not null
        and not (
            stay.is_approved or stay.is_partner or stay.is_college or stay.is_campus or stay.is_integrated
            or stay.is_employer
        ) as is_at_unknown_site,
        coalesce(
            left(listed.hukou_code, 6) <> left(recruit.region_code, 6)
            and not contains(coalesce(listed.address, ''), coalesce(school.region_name, '-'))
            and regexp_matches(listed.boarding, '走读|通学|外宿|不住'),
            false
        ) as is_far,
        coalesce(
            recruit.entrant_type not in ('junior_fresh', 'junior_past'),
            recruit.started_on >= record.born_on + to_years(cast($adult_age as integer)),
            false
        ) as is_adult
    from feature.recruit as recruit
    inner join feature.intake as intake
        on recruit.record_id = intake.record_id
    inner join core.person_record as record
        on recruit.record_id = record.record_id
    inner join vocational_students as listed
        on recruit.record_id = listed.record_id
    left join core.school as school
        on recruit.own_code = school.school_code
    left join feature.site_stay as stay
        on recruit.record_id = stay.record_id
    where
        recruit.registry = 'vocational'
        and policy_number('affiliation.allowed', recruit.registry, recruit.region_code, recruit.started_on) = 0
        -- X10_moved_by_merger
        and not intake.is_moved_by_merger
        -- X15_transferred_in
        and not intake.is_transferred_in
        and not intake.is_registered_again
),

contact as (
    select
        entrant.school_code,
        entrant.record_id,
        'phone' as kind,
        unnest(list_distinct([entrant.phone, entrant.guardian_phone])) as entry_value
    from entrant
    union all
    select
        entrant.school_code,
        entrant.record_id,
        'card' as kind,
        entrant.aid_card as entry_value
    from entrant
),

contact_use as (
    select
        contact.school_code,
        contact.kind,
        list(distinct contact.record_id) as record_ids
    from contact
    where
        contact.kind = 'card' and length(contact.entry_value) >= 10
        or contact.kind = 'phone' and regexp_full_match(contact.entry_value, '1[3-9][0-9]{9}')
    group by contact.school_code, contact.kind, contact.entry_value
),

shared_contact as (
    select
        contact_use.kind,
        unnest(contact_use.record_ids) as record_id
    from contact_use
    where len(contact_use.record_ids) >= $least_alike
),

sharing as (
    select
        shared_contact.record_id,
        bool_or(shared_contact.kind = 'phone') as has_shared_phone,
        bool_or(shared_contact.kind = 'card') as has_shared_card
    from shared_contact
    group by shared_contact.record_id
),

-- The day on which half of the city's entrants of a season were registered.
middle as (
    select
        entrant.cohort,
        entrant.season,
        quantile_disc(entrant.registered_on, 0.5) as registered_on
    from entrant
    group by entrant.cohort, entrant.season
),

session as (
    select
        entrant.school_code,
        entrant.registered_on,
        count(distinct entrant.person_id) as students
    from entrant
    group by entrant.school_code, entrant.registered_on
),

present as (
    select upper(attended.student_no) as student_key
    from attendance as attended
    where attended.periods_present > 0
    group by upper(attended.student_no)
),

-- Schools of whose entrants the list of attendance has at least half.
covered as (
    select
        entrant.school_code,
        entrant.cohort
    from entrant
    left join present
        on entrant.student_key = present.student_key
    group by entrant.school_code, entrant.cohort
    having 2 * count(present.student_key) >= count(*)
),

asked_cohort as (
    select entrant.cohort
    from entrant
    group by entrant.cohort
),

admitted as (
    select
        admission.year,
        unnest(list_distinct([upper(trim(admission.exam_no)), upper(trim(admission.id_number))])) as number
    from admissions as admission
    inner join asked_cohort
        on admission.year = asked_cohort.cohort
    where coalesce(admission.admission_status, '') not in ('放弃', '退档')
    group by admission.year, admission.exam_no, admission.id_number
),

admission_year as (
    select admission.year
    from admissions as admission
    group by admission.year
),

by_platform as (
    select entrant.record_id
    from entrant
    inner join admitted
        on
            entrant.cohort = admitted.year
            and (upper(entrant.exam_no) = admitted.number)
    union
    select entrant.record_id
    from entrant
    inner join admitted
        on
            entrant.cohort = admitted.year
            and (upper(entrant.id_number) = admitted.number)
),

listed_adult as (
    select link.person_id
    from core.person_record as record
    inner join core.person_link as link
        on record.record_id = link.record_id
    where record.source = 'special_statuses'
    group by link.person_id
),

partner as (
    select
        coalesce(school.current_school_code, trim(programme.school_code)) as school_code,
        coalesce(other.current_school_code, trim(programme.partner_code)) as partner_code
    from joint_programs as programme
    left join core.school as school
        on trim(programme.school_code) = school.school_code
    left join core.school as other
        on trim(programme.partner_code) = other.school_code
    where not regexp_matches(programme.partner_kind, '非学历|培训|企业|公司')
    group by
        coalesce(school.current_school_code, trim(programme.school_code)),
        coalesce(other.current_school_code, trim(programme.partner_code))
),

integrated as (
    select
        integrated_class.class_name,
        coalesce(school.current_school_code, integrated_class.vocational_code) as school_code
    from integrated_classes as integrated_class
    left join core.school as school
        on integrated_class.vocational_code = school.school_code
    group by integrated_class.class_name, coalesce(school.current_school_code, integrated_class.vocational_code)
),

student as (
    select
        entrant.*,
        listed_adult.person_id is not null as is_listed_adult,
        integrated.class_name is not null as is_in_integrated_class,
        partner.partner_code is not null
        or coalesce(regexp_full_match(entrant.joint_school_code, '(36|41|42)[0-9]{8}'), false)
        or entrant.is_at_partner as is_with_partner,
        [
            coalesce(sharing.has_shared_phone, false),
            coalesce(sharing.has_shared_card, false),
            coalesce(regexp_matches(entrant.id_number, '^999[0-9]+'), false),
            entrant.is_at_unknown_site,
            entrant.is_far,
            coalesce(session.students >= $least_students, false)
            and coalesce(entrant.registered_on > middle.registered_on + $late_days, false),
            covered.school_code is not null
            and present.student_key is null
            and least(coalesce(entrant.ended_on, as_of()), as_of()) > entrant.started_on + $trace_days,
            admission_year.year is not null
            and by_platform.record_id is null
            and coalesce(entrant.entrant_type = 'junior_fresh', not entrant.is_adult)
        ] as has_marks
    from entrant
    left join sharing
        on entrant.record_id = sharing.record_id
    left join middle
        on
            entrant.cohort = middle.cohort
            and entrant.season = middle.season
    left join session
        on
            entrant.school_code = session.school_code
            and entrant.registered_on = session.registered_on
    left join present
        on entrant.student_key = present.student_key
    left join covered
        on
            entrant.school_code = covered.school_code
            and entrant.cohort = covered.cohort
    left join by_platform
        on entrant.record_id = by_platform.record_id
    left join admission_year
        on entrant.cohort = admission_year.year
    left join listed_adult
        on entrant.person_id = listed_adult.person_id
    left join integrated
        on
            entrant.school_code = integrated.school_code
            and entrant.class_name = integrated.class_name
    left join core.school as joint_school
        on trim(entrant.joint_school_code) = joint_school.school_code
    left join partner
        on
            entrant.school_code = partner.school_code
            and coalesce(joint_school.current_school_code, trim(entrant.joint_school_code)) = partner.partner_code
),

-- A student belongs to a class, a site, a county and a day; own_mark is the mark by which the block was formed.
grouped as (
    select
        student.*,
        unnest(['class', 'site', 'home', 'day']) as kind,
        unnest([
            student.class_name || ' ' || student.entry_month,
            student.site_name,
            if(student.is_far, student.home_code, null),
            cast(student.registered_on as varchar)
        ]) as name,
        unnest([0, 4, 5, 6]) as own_mark
    from student
),

member as (
    select grouped.*
    from grouped
    where grouped.name is not null
),

group_of_students as (
    select
        member.school_code,
        member.cohort,
        member.kind,
        member.name,
        cast(count(distinct member.person_id) as integer) as students,
        cast(sum(member.amount_paid) as decimal(14, 2)) as amount_paid,
        any_value(member.own_mark) as own_mark,
        count(*) as member_count,
        min(member.started_on) as overlap_from,
        count(*) filter (where member.is_at_approved_site) as at_approved_site,
        count(*) filter (where member.is_in_integrated_class) as in_integrated_class,
        count(*) filter (where member.is_with_partner) as with_partner,
        count(*) filter (where member.joint_school_code is not null) as with_joint_code,
        count(*) filter (where member.is_adult) as adults,
        count(*) filter (where member.is_listed_adult) as listed_adults,
        array_to_string(list_sort(list_distinct(flatten(list(member.aid_items)))), ',') as aid_items,
        list(member.record_id order by member.record_id) as evidence_record_ids
    from member
    group by member.school_code, member.cohort, member.kind, member.name
),

block as (
    select group_of_students.*
    from group_of_students
    where group_of_students.students >= $least_students
),

borne as (
    select
        student.school_code,
        student.record_id,
        unnest(student.has_marks) as has_mark,
        unnest(range(1, 9)) as mark
    from student
),

school_mark as (
    select
        borne.school_code,
        borne.mark,
        count(*) as students,
        count(*) filter (where borne.has_mark) as bearing
    from borne
    group by borne.school_code, borne.mark
),

city_mark as (
    select
        school_mark.mark,
        sum(school_mark.students) as students,
        sum(school_mark.bearing) as bearing
    from school_mark
    group by school_mark.mark
),

block_mark as (
    select
        member.school_code,
        member.cohort,
        member.kind,
        member.name,
        borne.mark,
        any_value(block.own_mark) = borne.mark as is_own,
        count(*) filter (where borne.has_mark) as bearing
    from member
    inner join block
        on
            member.school_code = block.school_code
            and member.cohort = block.cohort
            and member.kind = block.kind
            and member.name = block.name
    inner join borne
        on member.record_id = borne.record_id
    group by member.school_code, member.cohort, member.kind, member.name, borne.mark
),

compared as (
    select
        block_mark.*,
        block_mark.bearing / block.member_count as share,
        block.member_count / (1 + (block.member_count - 1) * $likeness) as independent_students,
        greatest(
            $least_rate,
            (city_mark.bearing - school_mark.bearing + 0.5) / (city_mark.students - school_mark.students + 1)
        ) as usual_share
    from block_mark
    inner join block
        on
            block_mark.school_code = block.school_code
            and block_mark.cohort = block.cohort
            and block_mark.kind = block.kind
            and block_mark.name = block.name
    inner join school_mark
        on
            block_mark.school_code = school_mark.school_code
            and block_mark.mark = school_mark.mark
    inner join city_mark
        on block_mark.mark = city_mark.mark
    where city_mark.students - school_mark.students >= $least_others
),

mark_chance as (
    select
        compared.*,
        case
            when compared.share >= $least_share and compared.share > compared.usual_share
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

ordered as (
    select
        mark_chance.*,
        row_number() over (
            partition by
                mark_chance.school_code,
                mark_chance.cohort,
                mark_chance.kind,
                mark_chance.name,
                mark_chance.is_own
            order by mark_chance.chance, mark_chance.mark
        ) as place,
        count(*) filter (where not mark_chance.is_own) over (
            partition by mark_chance.school_code, mark_chance.cohort, mark_chance.kind, mark_chance.name
        ) as marks_tested
    from mark_chance
),

-- The chance that fewer than so many marks are more than chance.
conjunction as (
    select
        ordered.school_code,
        ordered.cohort,
        ordered.kind,
        ordered.name,
        ordered.place as marks_held,
        least(1.0, ordered.chance * (ordered.marks_tested - ordered.place + 1)) as chance
    from ordered
    where
        not ordered.is_own
        and ordered.place in ($least_marks - 1, $least_marks)
),

ranked as (
    select
        conjunction.*,
        count(*) over (partition by conjunction.marks_held) as blocks_compared,
        conjunction.chance * count(*) over (partition by conjunction.marks_held)
        / rank() over (partition by conjunction.marks_held order by conjunction.chance) as discovery_rate
    from conjunction
),

discovered as (
    select
        ranked.*,
        min(ranked.discovery_rate) over (
            partition by ranked.marks_held
            order by ranked.chance desc
            rows between unbounded preceding and current row
        ) as false_discoveries
    from ranked
),

told as (
    select
        ordered.school_code,
        ordered.cohort,
        ordered.kind,
        ordered.name,
        count(*) as marks_borne,
        bool_or(ordered.mark = 4) as has_site_mark,
        bool_or(ordered.mark = 7) as has_absence_mark,
        array_to_string(
            list(
                concat(
                    [
                        'a phone shared with others', 'a card shared with others', 'a temporary number',
                        'a site that no list has', 'a home in another county and no bed in the dormitory',
                        'one late session of registration', 'no day of attendance', 'no admission by the platform'
                    ][ordered.mark],
                    ' (', cast(round(100 * ordered.share) as integer), ' %)'
                ) order by ordered.is_own, ordered.place
            ),
            ', '
        ) as marks,
        array_to_string(
            list(
                concat(
                    [
                        '多人共用电话', '多人共用资助卡', '临时证件号', '未审批教学点', '户籍在外县且不住校', '迟报且同日集中注册',
                        '从无考勤', '未经平台录取'
                    ][ordered.mark],
                    ' ', cast(round(100 * ordered.share) as integer), '%'
                ) order by ordered.is_own, ordered.place
            ),
            '、'
        ) as marks_zh
    from ordered
    where ordered.chance < 0.05
    group by ordered.school_code, ordered.cohort, ordered.kind, ordered.name
),

flexible as (
    select
        filing.year,
        coalesce(school.current_school_code, filing.school_code) as school_code
    from flexible_filings as filing
    left join core.school as school
        on filing.school_code = school.school_code
    group by filing.year, coalesce(school.current_school_code, filing.school_code)
),

suspicious as (
    select
        block.*,
        discovered.chance,
        discovered.marks_held,
        discovered.blocks_compared,
        told.marks,
        told.marks_zh,
        told.marks_borne,
        concat_ws(
            ',',
            case
                when discovered.marks_held < $least_marks and not is_delivered('admissions') then 'admissions'
            end,
            case
                when discovered.marks_held < $least_marks and not is_delivered('attendance') then 'attendance'
            end,
            case
                when 2 * block.adults >= block.member_count and not is_delivered('flexible_filings')
                    then 'flexible_filings'
            end,
            case
                -- Taught at the high school, which keeps its lists.
                when
                    (told.has_site_mark or told.has_absence_mark or block.kind = 'site')
                    and not is_delivered('integrated_classes')
                    then 'integrated_classes'
            end,
            case
                when 2 * block.with_joint_code >= block.member_count and not is_delivered('joint_programs')
                    then 'joint_programs'
            end,
            case
                when 2 * block.adults >= block.member_count and not is_delivered('special_statuses')
                    then 'special_statuses'
            end,
            case
                when (told.has_site_mark or block.kind = 'site') and not is_delivered('teaching_sites')
                    then 'teaching_sites'
            end
        ) as missing_inputs
    from block
    inner join discovered
        on
            block.school_code = discovered.school_code
            and block.cohort = discovered.cohort
            and block.kind = discovered.kind
            and block.name = discovered.name
    inner join told
        on
            block.school_code = told.school_code
            and block.cohort = told.cohort
            and block.kind = told.kind
            and block.name = told.name
    left join flexible
        on
            block.school_code = flexible.school_code
            and block.cohort = flexible.year
            and 2 * block.adults >= block.member_count
    where
        discovered.chance < 1
        and discovered.false_discoveries <= $false_rate
        and (
            discovered.marks_held = $least_marks
            or not is_delivered('admissions')
            or not is_delivered('attendance')
        )
        -- X06_integrated_class
        and 2 * block.in_integrated_class < block.member_count
        -- X11_adult_block
        and flexible.school_code is null
        and 2 * block.listed_adults < block.member_count
        -- X12_approved_teaching_site
        and 2 * block.at_approved_site < block.member_count
        -- X35_joint_programme
        and 2 * block.with_partner < block.member_count
),

-- One case of a school and a cohort: the block with most marks.
strongest as (
    select
        suspicious.*,
        cast(least(floor(1 / suspicious.chance), 1000000) as integer) as one_in,
        cast($false_rate as double) as false_discovery_rate,
        concat(
            case suspicious.kind
                when 'class' then 'class '
                when 'site' then 'site '
                when 'home' then 'homes in '
                else 'registered on '
            end,
            suspicious.name
        ) as block,
        concat(
            case suspicious.kind
                when 'class' then '班级 '
                when 'site' then '教学点 '
                when 'home' then '户籍地 '
                else '注册日 '
            end,
            suspicious.name
        ) as block_zh,
        case when suspicious.marks_borne >= $least_marks + 1 then 'B' else 'C' end as severity,
        case when suspicious.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from suspicious
    qualify
        row_number() over (
            partition by suspicious.school_code, suspicious.cohort
            order by
                suspicious.marks_held desc,
                suspicious.marks_borne desc,
                suspicious.chance,
                suspicious.kind,
                suspicious.name
        ) = 1
)

select
    strongest.school_code,
    strongest.cohort,
    strongest.block,
    strongest.block_zh,
    strongest.students,
    strongest.marks,
    strongest.marks_zh,
    strongest.one_in,
    strongest.blocks_compared,
    strongest.false_discovery_rate,
    strongest.overlap_from,
    strongest.severity,
    strongest.amount_paid,
    strongest.aid_items,
    strongest.evidence_record_ids,
    strongest.verdict,
    strongest.missing_inputs
from strongest
