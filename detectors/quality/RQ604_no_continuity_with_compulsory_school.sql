/*
id: RQ604
title: no continuity with the compulsory-school record
title_zh: 学籍与义务教育学籍未接续
severity: C
certainty: probable
subject: person
policy: [jilin_2020:continuity, national:dedupe, national:own-lag]
reads:
  required:
    - core.enrolment
    - core.person
    - core.person_record
    - core.roll_history
    - feature.approved_transfer
    - feature.intake
    - k12_students
  optional:
    - admissions
    - core.change
    - core.person_link
    - special_statuses
    - status_changes
    - volunteers
evidence:
  - person_id
  - record_id
  - other_record_id
  - school_code
  - other_school_code
  - registry
  - intake_year
  - ground
  - ground_zh
  - reason
  - reason_zh
  - overlap_from
  - entrants_elsewhere
  - continued_elsewhere
  - bound_by
  - match_probability
  - severity
  - certainty
  - evidence_record_ids
key: [person_id, school_code, ground]
route: school_code
message: >-
  Entrant of {intake_year}: {reason}.
message_zh: '{intake_year} 年新生学籍未与初中学籍接续:{reason_zh}。'
next: >-
  Print the junior school's record and see the certificate of compulsory schooling; ask the registry why the number was
  not drawn from it.
next_zh: 调取初中学籍打印件和义务教育证书,查看系统接续记录,核实为何未从初中学籍接续。
params:
  born_from:
    default: policy:continuity.born_from
    unit: date
    comment: Nobody born earlier has an electronic record of compulsory school.
  close_days:
    default: policy:continuity.k12_close_days
    unit: days
    comment: So long after the first of September a junior school may post who finished.
  enough_entrants:
    default: 30
    unit: students
    comment: Own estimate; fewer local entrants of other schools do not show whether the junior lists are whole.
  whole_share:
    default: 0.9
    unit: share
    comment: Own estimate; lists in which so many of them are found are whole.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the two records are one pupil's only probably.
  same_birth:
    default: 31
    unit: days
    comment: Own estimate; birth dates further apart are two people's, nearer ones may be slips of the pen.
exceptions:
  - name: X04_next_level
    says: A further class of a technician school; only the first entry continues junior school.
    says_zh: 技工院校升入上一培养层次,首次入学时已接续。
    proof: core.enrolment
  - name: X11_older_entrant
    says: Born before electronic records began, or an adult on a department's list.
    says_zh: 出生较早,义务教育阶段尚无电子学籍,或为部门名单内的社会人员。
    proof: core.person
  - name: X15_transferred_in
    says: The student came by approved transfer; the school before continued the record.
    says_zh: 经批准转入,由原校接续。
    proof: core.change
  - name: X17_number_upgraded
    says: A J or L number of a pupil without a card became a G number when the card was issued.
    says_zh: 无证件时的 J、L 学籍号在办证后升级为 G 号。
    proof: k12_students
  - name: X17_number_amended
    says: The number or the person's data were amended with approval; junior school has the former ones.
    says_zh: 学籍号或关键信息已按程序申请变更并通过审核,初中学籍仍为变更前信息。
    proof: core.change
  - name: X17_written_otherwise
    says: A junior school has the same number, or the same name and birthday for a pupil whom no school took over.
    says_zh: 初中学籍中有同一学籍号,或同名同出生日期且未被其他学校接续的学生,仅证件号写法不一。
    proof: k12_students
  - name: X18_posted_late
    says: The junior list at hand is older than the day by which graduations have to be posted.
    says_zh: 现有初中名册早于毕业办结期限,毕业状态可能尚未补录。
    proof: core.roll_history
  - name: X20_kept_place
    says: The place was kept, and the student entered a year or more after junior school.
    says_zh: 保留入学资格后入学,初中毕业在以前年度。
    proof: core.hold
  - name: X30_without_resident_number
    says: No valid resident number (foreign, Hong Kong, Macao, Taiwan or none yet); the junior record has none either.
    says_zh: 无有效居民身份证号(境外、港澳台或暂无证件),无法与初中学籍比对。
    proof: core.enrolment
  - name: X35b_from_another_place
    says: The household or the junior school lies in another city, whose list is not here.
    says_zh: 户籍或毕业初中在外地,外地初中名册不在本市数据内。
    proof: core.person_record
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

A vocational record is not opened, it is continued: drawn from the junior school's under the number that a child keeps
for life. Where that link is missing the search for duplicates is blind, and paper students begin with names that no
junior school ever taught. Sub-tests (ground): `no_junior_record` (a fresh graduate of a local household whom no junior
list of the city names, though the lists name nearly all other entrants), `junior_record_open` (the junior school still
has the student on the roll two months after the first of September, its years being over), `another_number` (the
record bears another number than the junior one) and `another_pupils_number` (it bears the number of another pupil).

B where Jilin's rule of continuity binds and either the number is somebody else's or the exam office knows the entrant
as little as the junior schools do; else C. Elsewhere only the duty to search all stages before a vocational
registration binds, and everything is C; technician schools outside Jilin are not asked. Whoever is on the roll of a
junior school whose years are not over is DE107's, whoever was not admitted through the platform FR308's. No money is
carried.

What to check first

Whether the junior school's list is of this autumn; then a change of name or number.
*/
with bound_intake as (
    select
        intake.record_id,
        intake.is_transferred_in,
        intake.is_kept_place,
        policy_clause('continuity.required', intake.registry, intake.region_code, make_date(intake.cohort, 9, 1))
            as continuity_clause,
        case
            when intake.registry = 'vocational'
                then
                    policy_clause(
                        'registration.dedupe_required',
                        intake.registry,
                        intake.region_code,
                        make_date(intake.cohort, 9, 1)
                    )
        end as search_clause
    from feature.intake as intake
),

special as (
    select link.person_id
    from special_statuses as listed
    inner join core.person_link as link
        on listed.record_id = link.record_id
    group by link.person_id
),

transferred as (
    select
        transfer.person_id,
        transfer.to_school_code as school_code
    from feature.approved_transfer as transfer
    where transfer.to_school_code is not null
    group by transfer.person_id, transfer.to_school_code
),

first_level as (
    select
        enrolment.person_id,
        enrolment.registry,
        min(enrolment.started_on) as started_on
    from core.enrolment as enrolment
    where enrolment.registry in ('vocational', 'technical')
    group by enrolment.person_id, enrolment.registry
),

entrant as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.match_probability,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.student_no,
        enrolment.name,
        enrolment.id_number,
        enrolment.born_on,
        enrolment.exam_no,
        enrolment.entrant_type,
        enrolment.started_on,
        enrolment.cohort as intake_year,
        bound_intake.continuity_clause,
        record.origin_school,
        left(enrolment.region_code, 4) as city,
        coalesce(bound_intake.continuity_clause, bound_intake.search_clause) as bound_by,
        coalesce(
            id_class(enrolment.id_number) = 'valid'
            or id_class(enrolment.id_number) = 'rounded' and id_class(substr(enrolment.student_no, 2)) = 'valid',
            false
        ) as is_numbered,
        coalesce(left(record.hukou_code, 4), left(enrolment.id_number, 4)) as home_city
    from bound_intake
    inner join core.enrolment as enrolment
        on bound_intake.record_id = enrolment.record_id
    inner join core.person as person
        on enrolment.person_id = person.person_id
    inner join core.person_record as record
        on enrolment.record_id = record.record_id
    inner join first_level
        on
            enrolment.person_id = first_level.person_id
            and enrolment.registry = first_level.registry
    left join special
        on enrolment.person_id = special.person_id
    left join transferred
        on
            enrolment.person_id = transferred.person_id
            and enrolment.current_school_code = transferred.school_code
    where
        coalesce(bound_intake.continuity_clause, bound_intake.search_clause) is not null
        and coalesce(enrolment.entrant_type, 'junior_fresh') in ('junior_fresh', 'junior_past')
        -- X04_next_level
        and not (
            coalesce(enrolment.level, '') in ('advanced', 'technician')
            and enrolment.started_on > first_level.started_on
        )
        -- X11_older_entrant
        and coalesce(enrolment.born_on, person.born_on, cast($born_from as date)) >= cast($born_from as date)
        and special.person_id is null
        -- X15_transferred_in
        and not bound_intake.is_transferred_in
        and transferred.person_id is null
        -- X20_kept_place
        and not bound_intake.is_kept_place
),

junior as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.match_probability,
        enrolment.student_no,
        enrolment.name,
        enrolment.id_number,
        enrolment.born_on,
        enrolment.current_school_code as school_code,
        enrolment.school_name,
        enrolment.expected_end_on,
        enrolment.ended_on,
        enrolment.is_open_in_registry,
        left(enrolment.region_code, 4) as city
    from core.enrolment as enrolment
    where enrolment.stage = 'junior'
),

junior_person as (
    select junior.person_id
    from junior
    group by junior.person_id
),

local_school as (
    select
        junior.city,
        text_key(junior.school_name) as school_name
    from junior
    where junior.school_name is not null
    group by junior.city, text_key(junior.school_name)
),

-- Pupils of junior schools whom no school of the next stage has: one of them may be the entrant, written otherwise.
spare_pupil as (
    select
        junior.born_on,
        name_key(junior.name) as known_name
    from junior
    left join core.enrolment as later
        on
            junior.person_id = later.person_id
            and later.stage <> 'junior'
    where later.record_id is null
    group by junior.born_on, name_key(junior.name)
),

amended as (
    select change.enrolment_record_id as record_id
    from core.change as change
    where
        change.change_type = 'amend'
        and change.is_approved
    group by change.enrolment_record_id
),

amended_junior as (
    select junior.person_id
    from junior
    inner join amended
        on junior.record_id = amended.record_id
    group by junior.person_id
),

-- How whole the junior lists are: what they know of the fresh graduates of the same city and year.
fresh as (
    select
        entrant.*,
        junior_person.person_id is not null as is_continued
    from entrant
    left join junior_person
        on entrant.person_id = junior_person.person_id
    where
        entrant.entrant_type = 'junior_fresh'
        -- X30_without_resident_number
        and entrant.is_numbered
        -- X35b_from_another_place
        and entrant.home_city = entrant.city
),

by_school as (
    select
        fresh.city,
        fresh.intake_year,
        fresh.school_code,
        count(*) as entrants,
        count(*) filter (where fresh.is_continued) as continued
    from fresh
    group by fresh.city, fresh.intake_year, fresh.school_code
),

by_city as (
    select
        by_school.city,
        by_school.intake_year,
        sum(by_school.entrants) as entrants,
        sum(by_school.continued) as continued
    from by_school
    group by by_school.city, by_school.intake_year
),

admitted_person as (
    select
        link.person_id,
        listed.year
    from admissions as listed
    inner join core.person_link as link
        on listed.record_id = link.record_id
    group by link.person_id, listed.year
),

candidate as (
    select
        listed.year,
        listed.exam_no
    from admissions as listed
    where listed.exam_no is not null
    union
    select
        filed.year,
        filed.exam_no
    from volunteers as filed
    where filed.exam_no is not null
),

no_record as (
    select
        fresh.*,
        cast(by_city.entrants - by_school.entrants as integer) as entrants_elsewhere,
        cast(by_city.continued - by_school.continued as integer) as continued_elsewhere,
        admitted_person.person_id is not null or candidate.exam_no is not null as is_candidate
    from fresh
    inner join by_school
        on
            fresh.city = by_school.city
            and fresh.intake_year = by_school.intake_year
            and fresh.school_code = by_school.school_code
    inner join by_city
        on
            fresh.city = by_city.city
            and fresh.intake_year = by_city.intake_year
    left join local_school
        on
            fresh.city = local_school.city
            and text_key(fresh.origin_school) = local_school.school_name
    left join junior as same_number
        on fresh.student_no = same_number.student_no
    left join spare_pupil
        on
            name_key(fresh.name) = spare_pupil.known_name
            and fresh.born_on = spare_pupil.born_on
    left join admitted_person
        on
            fresh.person_id = admitted_person.person_id
            and fresh.intake_year = admitted_person.year
    left join candidate
        on
            fresh.exam_no = candidate.exam_no
            and fresh.intake_year = candidate.year
    left join amended
        on fresh.record_id = amended.record_id
    where
        not fresh.is_continued
        -- X17_number_amended
        and amended.record_id is null
        -- X17_written_otherwise
        and same_number.record_id is null
        and spare_pupil.known_name is null
        -- X35b_from_another_place
        and not (fresh.origin_school is not null and local_school.school_name is null)
        -- Years before the first junior list, and lists that are fragments, are not asked about.
        and by_city.continued * 2 >= by_city.entrants
),

still_open as (
    select
        entrant.*,
        junior.record_id as other_record_id,
        junior.school_code as other_school_code,
        junior.match_probability as other_probability
    from entrant
    inner join junior
        on
            entrant.person_id = junior.person_id
            and entrant.started_on >= junior.expected_end_on
    inner join core.roll_history as shown
        on
            junior.record_id = shown.enrolment_record_id
            and shown.is_latest
    where
        junior.is_open_in_registry
        and junior.ended_on is null
        and as_of() > make_date(entrant.intake_year, 9, 1) + cast($close_days as integer)
        -- X18_posted_late
        and shown.last_seen_on > make_date(entrant.intake_year, 9, 1) + cast($close_days as integer)
),

same_pupils_number as (
    select entrant.record_id
    from entrant
    inner join junior
        on
            entrant.person_id = junior.person_id
            and entrant.student_no = junior.student_no
    group by entrant.record_id
),

another_number as (
    select
        entrant.*,
        junior.record_id as other_record_id,
        junior.school_code as other_school_code,
        junior.match_probability as other_probability
    from entrant
    inner join junior
        on entrant.person_id = junior.person_id
    left join same_pupils_number
        on entrant.record_id = same_pupils_number.record_id
    left join amended
        on entrant.record_id = amended.record_id
    left join amended_junior
        on entrant.person_id = amended_junior.person_id
    left join junior as owner
        on
            entrant.student_no = owner.student_no
            and entrant.person_id <> owner.person_id
    where
        entrant.registry = 'vocational'
        and same_pupils_number.record_id is null
        and owner.record_id is null
        and (
            entrant.id_number = junior.id_number
            or name_key(entrant.name) = name_key(junior.name) and entrant.born_on = junior.born_on
        )
        -- X17_number_upgraded
        and regexp_full_match(entrant.student_no, 'G[0-9]{17}[0-9X]')
        and regexp_full_match(junior.student_no, 'G[0-9]{17}[0-9X]')
        -- X17_number_amended
        and amended.record_id is null
        and amended_junior.person_id is null
),

another_pupils_number as (
    select
        entrant.*,
        owner.record_id as other_record_id,
        owner.school_code as other_school_code,
        owner.match_probability as other_probability
    from entrant
    inner join junior as owner
        on
            entrant.student_no = owner.student_no
            and entrant.person_id <> owner.person_id
    left join same_pupils_number
        on entrant.record_id = same_pupils_number.record_id
    where
        entrant.registry = 'vocational'
        and same_pupils_number.record_id is null
        and name_key(entrant.name) <> name_key(owner.name)
        and entrant.id_number <> owner.id_number
        and abs(date_diff('day', entrant.born_on, owner.born_on)) > $same_birth
),

broken as (
    select
        no_record.record_id,
        'no_junior_record' as ground,
        null as other_record_id,
        null as other_school_code,
        1 as other_probability,
        no_record.entrants_elsewhere,
        no_record.continued_elsewhere,
        no_record.is_candidate
    from no_record
    union all
    select
        still_open.record_id,
        'junior_record_open' as ground,
        still_open.other_record_id,
        still_open.other_school_code,
        still_open.other_probability,
        null as entrants_elsewhere,
        null as continued_elsewhere,
        null as is_candidate
    from still_open
    union all
    select
        another_number.record_id,
        'another_number' as ground,
        another_number.other_record_id,
        another_number.other_school_code,
        another_number.other_probability,
        null as entrants_elsewhere,
        null as continued_elsewhere,
        null as is_candidate
    from another_number
    union all
    select
        another_pupils_number.record_id,
        'another_pupils_number' as ground,
        another_pupils_number.other_record_id,
        another_pupils_number.other_school_code,
        another_pupils_number.other_probability,
        null as entrants_elsewhere,
        null as continued_elsewhere,
        null as is_candidate
    from another_pupils_number
),

judged as (
    select
        entrant.person_id,
        entrant.record_id,
        entrant.school_code,
        entrant.registry,
        entrant.intake_year,
        entrant.bound_by,
        entrant.started_on as overlap_from,
        broken.ground,
        broken.other_record_id,
        broken.other_school_code,
        broken.entrants_elsewhere,
        broken.continued_elsewhere,
        least(entrant.match_probability, broken.other_probability) as match_probability,
        list_filter([entrant.record_id, broken.other_record_id], lambda one: one is not null)
            as evidence_record_ids,
        case broken.ground
            when 'no_junior_record' then '初中无此学籍'
            when 'junior_record_open' then '初中学籍未办结'
            when 'another_number' then '学籍号不一致'
            else '占用他人学籍号'
        end as ground_zh,
        case broken.ground
            when 'no_junior_record'
                then
                    'no junior school of the city knows the student, while its lists know '
                    || broken.continued_elsewhere || ' of ' || broken.entrants_elsewhere
                    || ' such entrants of other schools'
                    || case
                        when broken.is_candidate then ''
                        else '; the admission platform does not know the student either'
                    end
            when 'junior_record_open' then 'the junior school still has the student on the roll'
            when 'another_number' then 'the number of the record is not the one of junior school'
            else 'the number of the record belongs to another pupil of junior school'
        end as reason,
        case broken.ground
            when 'no_junior_record'
                then
                    '本市初中学籍中查无此人(外校同类新生 ' || broken.entrants_elsewhere || ' 人中 '
                    || broken.continued_elsewhere || ' 人可查到)'
                    || case when broken.is_candidate then '' else ',招生平台亦无此人' end
            when 'junior_record_open' then '初中学籍至今仍在籍'
            when 'another_number' then '学籍号与初中学籍号不一致'
            else '学籍号属于另一名初中学生'
        end as reason_zh,
        case
            when entrant.continuity_clause is null then 'C'
            when broken.ground = 'another_pupils_number' then 'B'
            when
                broken.ground = 'no_junior_record'
                and not broken.is_candidate
                and is_delivered('admissions')
                then 'B'
            else 'C'
        end as severity,
        concat_ws(
            ',',
            case
                when
                    broken.ground = 'no_junior_record'
                    and (
                        broken.entrants_elsewhere < $enough_entrants
                        or broken.continued_elsewhere < broken.entrants_elsewhere * $whole_share
                    )
                    then 'k12_students'
            end,
            case
                when
                    broken.ground = 'no_junior_record'
                    and not is_delivered('special_statuses')
                    then 'special_statuses'
            end,
            case
                when
                    broken.ground in ('another_number', 'no_junior_record')
                    and not is_delivered('status_changes')
                    then 'status_changes'
            end
        ) as missing_inputs
    from broken
    inner join entrant
        on broken.record_id = entrant.record_id
    qualify
        row_number() over (
            partition by entrant.person_id, entrant.school_code, broken.ground
            order by entrant.started_on, entrant.record_id, broken.other_record_id
        ) = 1
),

worded as (
    select
        judged.*,
        case when judged.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.person_id,
    worded.record_id,
    worded.other_record_id,
    worded.school_code,
    worded.other_school_code,
    worded.registry,
    worded.intake_year,
    worded.ground,
    worded.ground_zh,
    worded.reason,
    worded.reason_zh,
    worded.overlap_from,
    worded.entrants_elsewhere,
    worded.continued_elsewhere,
    worded.bound_by,
    worded.match_probability,
    worded.severity,
    worded.certainty,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
