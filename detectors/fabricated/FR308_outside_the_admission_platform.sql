/*
id: FR308
title: junior graduate not admitted through the platform, admitted elsewhere, or admitted twice
title_zh: 初中毕业生未经平台录取、录取学校不符或重复录取
severity: B
certainty: certain
subject: person
policy: [national:platform, jilin_2020:platform, heilongjiang_2019:platform]
reads:
  required:
    - core.enrolment
    - core.person_link
    - core.school
    - feature.intake
    - feature.school_term
    - admissions
  optional:
    - core.certificate
    - feature.approved_transfer
    - articulation_agreements
    - integrated_classes
    - joint_programs
    - schools
    - special_statuses
    - k12_students
    - status_changes
    - volunteers
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - intake_year
  - ground
  - ground_zh
  - other_school_code
  - admitted_on
  - admitted_as
  - bound_by
  - match_probability
  - severity
  - certainty
  - evidence_record_ids
key: [person_id, school_code, intake_year, ground]
route: school_code
message: >-
  Intake {intake_year}: {ground}. School of the admission: {other_school_code}; what binds the place: {bound_by}.
message_zh: '{intake_year} 年招生:{ground_zh}。平台录取学校:{other_school_code};适用条款:{bound_by}。'
next: >-
  Ask the examination office for the platform's screen and log, the school for the letter of admission and the list of
  those who reported: a supplementary admission may never have been typed in.
next_zh: 向招生考试机构调取平台录取截图和日志,向学校要录取通知书和报到名单,核实是否属补录未登记。
params:
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the admission and the enrolment are one person's only probably.
  adult_age:
    default: policy:age.high
    registry: vocational
    unit: years_of_age
    comment: From this age on an entrant is an adult whatever the registry calls him.
exceptions:
  - name: X02_admitted_by_the_college
    says: A chain student, admitted by the college with which the school has an agreement, or the reverse.
    says_zh: 中高职贯通学生由协议高校录取,在中职注册(或相反)。
    proof: articulation_agreements
  - name: X04_next_level
    says: The technician school's own graduate goes on to the next level there; only the first entry is an admission.
    says_zh: 技工院校学生本校升入上一培养层次,首次入学时已录取。
    proof: core.enrolment
  - name: X06_integrated_class
    says: A class run by a vocational and a high school under an approved list; either may have admitted.
    says_zh: 已批准的职普融通班(综合高中班),由合作的另一校录取。
    proof: integrated_classes
  - name: X11_adult_entrant
    says: An adult, or an entrant on the lists of veterans, laid-off, farmers …; the junior platform admits no adults.
    says_zh: 成人或退役军人、下岗、农民工等名单内人员,不走中考录取平台。
    proof: special_statuses
  - name: X15_transferred_in
    says: The student came by approved transfer; another school took the admission.
    says_zh: 经批准转入,录取在原校。
    proof: core.change
  - name: X17_written_otherwise
    says: The admission stands on the list under the same candidate number, or at that school under the same name.
    says_zh: 录取名单中有同一考生号,或该校有同名且无人注册的录取记录(证件号书写不一)。
    proof: admissions
  - name: X18_place_given_up
    says: One of the two places was never taken or given up in the first term for the other; the list merely lags.
    says_zh: 前一录取未报到,或第一学期内放弃一校改读另一校,仅平台未标注放弃。
    proof: core.enrolment
  - name: X19_past_graduates_not_taken
    says: The platform of that year lists no past graduates at all.
    says_zh: 该年平台名单不含往届生。
    proof: admissions
  - name: X20_kept_place
    says: The place was kept (illness, army service); the admission is of an earlier year.
    says_zh: 保留入学资格,录取在以前年度。
    proof: core.hold
  - name: X35_joint_programme
    says: The partner of a joint programme of two accredited schools admitted.
    says_zh: 两所学历教育学校联合办学,由合作学校录取。
    proof: joint_programs
  - name: X35b_from_another_place
    says: No junior school of the city knows the student, who finished junior school elsewhere.
    says_zh: 本市初中学籍、毕业名单和志愿填报均无此人,属外地毕业跨地就学。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Where the platform is the only door, a student who came through another was bought, promised or invented: 统一录取 guards
children against agents and the roll against names that nobody chose. Registered at one school and admitted to another
means that the admission was sold or ignored; two effective admissions in one year mean that one of them takes a place
from somebody else.

Before a province says 一律 the national text only bids to build and use the platform: the first two grounds are then C
for vocational schools and nothing for technician schools. Two admissions are B everywhere. A student enrolled at both
schools is a dual enrolment (DE101–DE106) and not told here again as admitted elsewhere; a child still in junior school
is no graduate yet, and DE107's. Spring intakes are not asked about, nor anyone before the deadline of registration:
supplementary admissions are still typed in by then.

No money is carried: a real student without admission has lawfully drawn what a student draws.

What to check first

The candidate number in the platform, then the junior school's list of where its graduates went.
*/
with school_by_code as (
    select
        school.school_code as written_code,
        school.school_code,
        school.current_school_code,
        school.region_code,
        school.kind
    from core.school as school
    union all
    select
        listed.recruit_code as written_code,
        school.school_code,
        school.current_school_code,
        school.region_code,
        school.kind
    from schools as listed
    inner join core.school as school
        on listed.school_code = school.school_code
    where
        listed.recruit_code is not null
        and listed.recruit_code not in (select known.school_code from core.school as known)
    qualify row_number() over (partition by listed.recruit_code order by listed.valid_from desc, school.school_code) = 1
),

admission as (
    select
        listed.record_id,
        listed.year,
        listed.exam_no,
        listed.name,
        listed.entrant_type,
        listed.admitted_on,
        listed.admitted_as,
        link.person_id,
        link.match_probability,
        school.region_code,
        school.kind,
        coalesce(school.current_school_code, listed.school_code) as school_code
    from admissions as listed
    inner join core.person_link as link
        on listed.record_id = link.record_id
    left join school_by_code as school
        on listed.school_code = school.written_code
    where
        regexp_matches(listed.admission_status, '录取')
        and not regexp_matches(listed.admission_status, '未|退|放弃|取消')
),

covered as (
    select
        admission.year,
        admission.region_code,
        admission.kind
    from admission
    group by admission.year, admission.region_code, admission.kind
),

-- X19_past_graduates_not_taken
takes_past as (
    select admission.year
    from admission
    where admission.entrant_type = 'junior_past'
    group by admission.year
),

spell as (
    select
        enrolment.person_id,
        enrolment.cohort,
        enrolment.current_school_code,
        -- Null, the last, while one of them is open.
        case when bool_and(enrolment.ended_on is not null) then max(enrolment.ended_on) end as ended_on
    from core.enrolment as enrolment
    where enrolment.stage <> 'junior'
    group by enrolment.person_id, enrolment.cohort, enrolment.current_school_code
),

local_graduate as (
    select
        junior.person_id,
        junior.region_code,
        coalesce(junior.ended_on, junior.expected_end_on) as finished_on
    from core.enrolment as junior
    where junior.stage = 'junior'
    union
    select
        certificate.person_id,
        school.region_code,
        certificate.graduated_on as finished_on
    from core.certificate as certificate
    inner join core.school as school
        on certificate.school_code = school.school_code
    where certificate.registry = 'k12'
),

known_place as (
    select
        local_graduate.person_id,
        left(local_graduate.region_code, 4) as city,
        max(local_graduate.finished_on) as finished_on
    from local_graduate
    group by local_graduate.person_id, left(local_graduate.region_code, 4)
),

special as (
    select link.person_id
    from special_statuses as listed
    inner join core.person_link as link
        on listed.record_id = link.record_id
    group by link.person_id
),

candidate as (
    select
        filed.year,
        filed.exam_no
    from volunteers as filed
    group by filed.year, filed.exam_no
),

-- Schools that may admit for each other.
partner as (
    -- X02_admitted_by_the_college
    select
        agreement.school_code,
        college.current_school_code as other_code
    from articulation_agreements as agreement
    inner join core.school as college
        on right(agreement.higher_code, 5) = right(college.school_code, 5)
    union
    -- X06_integrated_class
    select
        class_list.vocational_code as school_code,
        class_list.high_code as other_code
    from integrated_classes as class_list
    union
    -- X35_joint_programme
    select
        joint.school_code,
        joint.partner_code as other_code
    from joint_programs as joint
    where joint.partner_kind = '学历教育'
),

either_partner as (
    select
        partner.school_code,
        partner.other_code
    from partner
    union
    select
        partner.other_code as school_code,
        partner.school_code as other_code
    from partner
),

entrant as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.match_probability,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.region_code,
        enrolment.name,
        enrolment.exam_no,
        enrolment.level,
        enrolment.entrant_type,
        enrolment.started_on,
        enrolment.cohort as intake_year,
        date_diff('year', enrolment.born_on, enrolment.started_on) as age,
        coalesce(intake.is_kept_place, false) as is_kept_place,
        intake.is_transferred_in
        or exists (
            select 1
            from feature.approved_transfer as transfer
            where
                transfer.person_id = enrolment.person_id
                and transfer.to_school_code = enrolment.current_school_code
        ) as is_transferred_in,
        coalesce(
            policy_number(
                'admission.platform.required', enrolment.registry, enrolment.region_code, enrolment.started_on
            ),
            0
        ) = 1 as is_required,
        coalesce(
            policy_clause(
                'admission.platform.required', enrolment.registry, enrolment.region_code, enrolment.started_on
            ),
            policy_clause(
                'admission.platform.built_from', enrolment.registry, enrolment.region_code, enrolment.started_on
            )
        ) as bound_by
    from feature.intake as intake
    inner join core.enrolment as enrolment
        on intake.record_id = enrolment.record_id
    where
        intake.season = 'autumn'
        and as_of() > intake.deadline_on
        and coalesce(
            list_contains(
                policy_list(
                    'admission.entrants_bound', enrolment.registry, enrolment.region_code, enrolment.started_on
                ),
                enrolment.entrant_type
            ),
            enrolment.entrant_type in ('junior_fresh', 'junior_past')
        )
        and enrolment.cohort >= (select min(listed.year) from admission as listed)
),

unadmitted as (
    select
        entrant.*,
        elsewhere.record_id as admission_record_id,
        elsewhere.school_code as other_school_code,
        elsewhere.admitted_on,
        elsewhere.admitted_as,
        elsewhere.match_probability as admission_probability,
        covered.year is not null as is_covered,
        known_place.person_id is not null or candidate.exam_no is not null as is_local
    from entrant
    left join admission as elsewhere
        on
            entrant.person_id = elsewhere.person_id
            and entrant.intake_year = elsewhere.year
    left join covered
        on
            entrant.intake_year = covered.year
            and entrant.region_code = covered.region_code
            and entrant.registry = covered.kind
    left join known_place
        on
            entrant.person_id = known_place.person_id
            and coalesce(known_place.city = left(entrant.region_code, 4), true)
            -- Whoever is still in junior school is no graduate, and a matter of DE107.
            and coalesce(year(known_place.finished_on) <= entrant.intake_year, true)
    left join candidate
        on
            entrant.intake_year = candidate.year
            and entrant.exam_no = candidate.exam_no
    where
        entrant.bound_by is not null
        -- X15_transferred_in
        and not entrant.is_transferred_in
        -- X20_kept_place
        and not entrant.is_kept_place
        -- X11_adult_entrant
        and coalesce(entrant.age < $adult_age, true)
        and entrant.person_id not in (select special.person_id from special)
        -- X19_past_graduates_not_taken
        and (
            entrant.entrant_type <> 'junior_past'
            or entrant.intake_year in (select takes_past.year from takes_past)
        )
        -- X04_next_level
        and not (
            coalesce(entrant.level in ('advanced', 'technician'), false)
            and exists (
                select 1
                from core.enrolment as earlier
                where
                    earlier.person_id = entrant.person_id
                    and earlier.current_school_code = entrant.school_code
                    and earlier.started_on < entrant.started_on
            )
        )
        -- X17_written_otherwise
        and not exists (
            select 1
            from admission as same_number
            where
                same_number.year = entrant.intake_year
                and same_number.exam_no = entrant.exam_no
                and same_number.school_code = entrant.school_code
        )
        and not exists (
            select 1
            from admission as same_name
            left join spell as taken
                on
                    same_name.person_id = taken.person_id
                    and same_name.school_code = taken.current_school_code
            where
                same_name.year = entrant.intake_year
                and same_name.school_code = entrant.school_code
                and (
                    same_name.person_id = entrant.person_id
                    or same_name.name = entrant.name and taken.person_id is null
                )
        )
    -- One case where several schools admitted; the last of them is named.
    qualify
        row_number() over (
            partition by entrant.record_id
            order by elsewhere.admitted_on desc nulls last, elsewhere.record_id, known_place.city
        ) = 1
),

not_as_admitted as (
    select
        unadmitted.*,
        unadmitted.admission_record_id is not null as is_admitted
    from unadmitted
    where
        (
            -- X35b_from_another_place
            unadmitted.admission_record_id is not null
            or unadmitted.is_local
            or not is_delivered('k12_students')
        )
        -- Enrolled where admitted as well: a dual enrolment, or a move, and told as such.
        and not exists (
            select 1
            from spell as followed
            inner join admission as any_admission
                on
                    followed.person_id = any_admission.person_id
                    and followed.current_school_code = any_admission.school_code
            where
                followed.person_id = unadmitted.person_id
                and any_admission.year = unadmitted.intake_year
        )
        and not exists (
            select 1
            from either_partner
            where
                either_partner.school_code = unadmitted.school_code
                and either_partner.other_code = unadmitted.other_school_code
        )
),

admitted_again as (
    select
        earlier.person_id,
        earlier.year,
        later.school_code,
        later.region_code,
        later.kind,
        later.admitted_on,
        later.admitted_as,
        earlier.school_code as other_school_code,
        least(earlier.match_probability, later.match_probability) as match_probability,
        list_sort([earlier.record_id, later.record_id]) as evidence_record_ids
    from admission as earlier
    inner join admission as later
        on
            earlier.person_id = later.person_id
            and earlier.year = later.year
            and earlier.school_code <> later.school_code
            and (coalesce(earlier.admitted_on, later.admitted_on), earlier.record_id)
            < (coalesce(later.admitted_on, earlier.admitted_on), later.record_id)
    where
        -- X18_place_given_up
        exists (
            select 1
            from spell as placed
            where
                placed.person_id = earlier.person_id
                and placed.cohort = earlier.year
                and (
                    placed.current_school_code = earlier.school_code
                    or placed.current_school_code = later.school_code
                    and earlier.admitted_on = later.admitted_on
                )
        )
        and not exists (
            select 1
            from spell as left_school
            inner join spell as kept_school
                on
                    left_school.person_id = kept_school.person_id
                    and left_school.cohort = kept_school.cohort
                    and left_school.current_school_code <> kept_school.current_school_code
            inner join feature.school_term as term
                on
                    left_school.cohort = term.cohort
                    and left_school.ended_on <= term.last_day
            where
                left_school.person_id = earlier.person_id
                and left_school.cohort = earlier.year
                and term.term = 'autumn'
                and left_school.current_school_code in (earlier.school_code, later.school_code)
                and kept_school.current_school_code in (earlier.school_code, later.school_code)
        )
        and not exists (
            select 1
            from feature.approved_transfer as transfer
            where
                transfer.person_id = earlier.person_id
                and coalesce(transfer.from_school_code, earlier.school_code) = earlier.school_code
                and coalesce(transfer.to_school_code, later.school_code) = later.school_code
        )
        and not exists (
            select 1
            from either_partner
            where
                either_partner.school_code = earlier.school_code
                and either_partner.other_code = later.school_code
        )
    qualify
        row_number() over (
            partition by earlier.person_id, earlier.year, later.school_code
            order by earlier.admitted_on, earlier.record_id
        ) = 1
),

found as (
    select
        not_as_admitted.person_id,
        not_as_admitted.record_id,
        not_as_admitted.school_code,
        not_as_admitted.registry,
        not_as_admitted.intake_year,
        not_as_admitted.other_school_code,
        not_as_admitted.admitted_on,
        not_as_admitted.admitted_as,
        not_as_admitted.bound_by,
        case when not_as_admitted.is_admitted then 'admitted_elsewhere' else 'not_admitted' end as ground,
        case when not_as_admitted.is_required then 'B' else 'C' end as severity,
        least(not_as_admitted.match_probability, not_as_admitted.admission_probability) as match_probability,
        list_filter(
            [not_as_admitted.record_id, not_as_admitted.admission_record_id], lambda record_id: record_id is not null
        ) as evidence_record_ids,
        concat_ws(
            ',',
            case when not not_as_admitted.is_covered then 'admissions' end,
            case
                when
                    not_as_admitted.is_admitted
                    and not is_delivered('integrated_classes')
                    and regexp_matches(not_as_admitted.admitted_as, '高中')
                    then 'integrated_classes'
            end,
            case
                when not not_as_admitted.is_admitted and not not_as_admitted.is_local
                    then 'k12_students'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from not_as_admitted
    union all
    select
        admitted_again.person_id,
        null as record_id,
        admitted_again.school_code,
        admitted_again.kind as registry,
        admitted_again.year as intake_year,
        admitted_again.other_school_code,
        admitted_again.admitted_on,
        admitted_again.admitted_as,
        policy_clause(
            'admission.effective_max',
            admitted_again.kind,
            admitted_again.region_code,
            make_date(admitted_again.year, 9, 1)
        ) as bound_by,
        'admitted_twice' as ground,
        'B' as severity,
        admitted_again.match_probability,
        admitted_again.evidence_record_ids,
        case when not is_delivered('status_changes') then 'status_changes' else '' end as missing_inputs
    from admitted_again
),

judged as (
    select
        found.*,
        case found.ground
            when 'not_admitted' then '平台无该生录取记录'
            when 'admitted_elsewhere' then '录取学校与注册学校不一致'
            else '同一年两次有效录取'
        end as ground_zh,
        case when found.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        case when found.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from found
)

select
    judged.person_id,
    judged.record_id,
    judged.school_code,
    judged.registry,
    judged.intake_year,
    judged.ground,
    judged.ground_zh,
    judged.other_school_code,
    judged.admitted_on,
    judged.admitted_as,
    judged.bound_by,
    judged.match_probability,
    judged.severity,
    judged.certainty,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
