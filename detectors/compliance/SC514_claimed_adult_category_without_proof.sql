/*
id: SC514
title: claimed adult category without proof
title_zh: 登记为退役军人等社会人员但主管部门名单无此人
severity: C
certainty: probable
subject: person
policy:
  - heilongjiang_2019:adult-proof
  - heilongjiang_2019:adults
  - jilin_2020:adults
  - xinzhou_2023:adults
  - national:adults
  - national:jg-formal
  - national:one-registration
reads:
  required:
    - core.enrolment
    - core.person_link
    - core.person_record
    - special_statuses
  optional:
    - core.hold
    - counter_evidence
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - entrant_type
  - category_zh
  - study_form
  - overlap_from
  - claimants_elsewhere
  - listed_elsewhere
  - class_claimants
  - class_listed
  - bound_by
  - match_probability
  - severity
  - evidence_record_ids
key: [person_id, school_code, entrant_type]
route: school_code
message: >-
  Registered on {overlap_from} as {entrant_type}, and the department's list of that category does not name the student;
  at other schools it names {listed_elsewhere} of {claimants_elsewhere} such students, in the same class {class_listed}
  of {class_claimants}.
message_zh: >-
  该生 {overlap_from} 以“{category_zh}”身份注册,主管部门认定名单中无此人;同类学生外校 {claimants_elsewhere} 人中有 {listed_elsewhere}
  人在名单内,本班 {class_claimants} 人中有 {class_listed} 人在名单内。
next: >-
  See the discharge paper, unemployment card or certificate on which the school registered the student, and ask the
  department whether its list is complete up to the day of entry.
next_zh: 查验学校留存的退役证、失业证、认定证书等原件,并请主管部门确认名单截止日期及有无遗漏。
params:
  enough_claimants:
    default: 10
    unit: students
    comment: Own estimate; fewer claimants at other schools say nothing of how complete a list is.
  full_share:
    default: 0.9
    unit: share
    comment: Own estimate; a list that names so many of the claimants elsewhere is complete.
  fragment_share:
    default: 0.5
    unit: share
    comment: Own estimate; a list that names fewer of them is a fragment and proves nothing.
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: A list may be behind by so much; later entrants are not asked about yet.
  near_digits:
    default: 4
    unit: digits
    comment: Own estimate; numbers of eighteen digits that differ in more are two people's, whose names are common.
exceptions:
  - name: X04_consecutive_levels
    says: The next level at the same technician school, whose students keep the label of their first entry.
    says_zh: 同一技工院校升入上一培养层次的学生沿用初次入学时的招生对象。
    proof: core.enrolment
  - name: X11_listed_in_another_category
    says: The list of another category names the adult, who may be enrolled all the same.
    says_zh: 在另一类社会人员名单内,同样可以招收,只是类别填写不一。
    proof: special_statuses
  - name: X11_list_not_yet_updated
    says: The student entered within the last weeks, which the department's list need not cover yet.
    says_zh: 入学不久,主管部门名单尚未更新到入学日期。
    proof: core.enrolment
  - name: X17_listed_under_another_number
    says: The list has that name, held by nobody at any school, under nearly that number, that birthday or no number.
    says_zh: 名单中有同名(含曾用名)且未被其他学生对应的人员,证件号仅个别数位不一、出生日期相同或名单无有效证件号。
    proof: special_statuses
  - name: X20_service_documented
    says: The army's list, or the place that a school kept, shows the service that made the student a veteran.
    says_zh: 征兵名单或保留学籍记录显示该生入学前已服役期满。
    proof: counter_evidence
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Adults were the target of the expansion years, and a category costs nothing to tick: it opens the plan, the flexible
programme and the reward. Veterans are confirmed by their department, farmers by agriculture, the unemployed by Human
Resources, disabled people by their federation. Migrant workers, urban and rural workers and employees have no list
(domain R43), so that nobody asks for one here.

Absence from a list is only as telling as the list is complete, and that is measured: on the claimants of the other
schools. Where the list names nearly all of them, or where the law of the place makes the department's confirmation a
condition (Heilongjiang for veterans and farmers), an absence is B; where it names less than half, the list is a
fragment and the case waits for evidence, as it does for a category of which nothing was delivered and for adults who
are registered in another city, whose list lies there. All others are C, and so are the one or two of a class of which
nearly all are on the list (scenario 14).

A status that the department dates after the entry, or that the army or an insurer contradicts, is FR306's. No money is
carried: what a real student drew is not undone by a wrong label.

What to check first

The day up to which the list was drawn; then the papers on which the school relied.
*/
with category as (
    select
        kind.entrant_type,
        kind.list_words,
        kind.category_zh
    from (
        values
        ('veteran', '退役军|退役士|退伍|复转|转业', '退役军人'),
        ('farmer', '职业农民|高素质农民|^农民$', '新型职业农民'),
        ('laid_off', '下岗|失业', '下岗失业人员'),
        ('disabled', '残', '残疾人'),
        ('athlete', '运动员', '退役运动员')
    ) as kind (entrant_type, list_words, category_zh)
),

claim as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.match_probability,
        enrolment.registry,
        enrolment.school_code as own_code,
        enrolment.current_school_code as school_code,
        enrolment.region_code,
        enrolment.entrant_type,
        enrolment.level,
        enrolment.study_form,
        enrolment.class_name,
        enrolment.cohort,
        enrolment.started_on,
        enrolment.id_number,
        enrolment.born_on,
        category.category_zh,
        record.hukou_code,
        name_key(enrolment.name) as own_name,
        name_key(record.former_name) as former_name
    from core.enrolment as enrolment
    inner join category
        on enrolment.entrant_type = category.entrant_type
    inner join core.person_record as record
        on enrolment.record_id = record.record_id
    where
        enrolment.registry in ('vocational', 'technical')
        -- X11_list_not_yet_updated
        and enrolment.started_on + $lag_days <= as_of()
),

listed as (
    select
        status.record_id,
        category.entrant_type,
        link.person_id,
        name_key(status.name) as listed_name,
        -- A number that is no resident's, or that the list gives to two people, says nothing of its bearer.
        case
            when
                id_class(status.id_number) in ('valid', 'bad_check', 'bad_date', 'rounded')
                and count(distinct name_key(status.name)) over (partition by status.id_number) = 1
                then status.id_number
        end as listed_number
    from special_statuses as status
    inner join category
        on regexp_matches(status.kind, category.list_words)
    inner join core.person_link as link
        on status.record_id = link.record_id
),

listed_kind as (
    select listed.entrant_type
    from listed
    group by listed.entrant_type
),

listed_person as (
    select
        listed.person_id,
        listed.entrant_type
    from listed
    group by listed.person_id, listed.entrant_type
),

listed_anywhere as (
    select listed.person_id
    from listed
    group by listed.person_id
),

-- Those on a list whom no school has: a claimant of that name may be one of them under a wrong number.
spare as (
    select
        listed.entrant_type,
        listed.listed_name,
        listed.listed_number,
        -- Spreadsheets round numbers to fifteen digits.
        if(id_class(listed.listed_number) = 'rounded', 15, 18) as kept_digits
    from listed
    left join core.enrolment as taken
        on
            listed.person_id = taken.person_id
            and taken.registry in ('vocational', 'technical')
    where taken.record_id is null
    group by listed.entrant_type, listed.listed_name, listed.listed_number
),

bearer as (
    select
        claim.record_id,
        claim.person_id,
        claim.entrant_type,
        claim.id_number,
        claim.born_on,
        unnest(list_distinct([claim.own_name, claim.former_name])) as known_name
    from claim
),

namesake as (
    select
        bearer.record_id,
        bearer.person_id,
        bearer.id_number,
        bearer.born_on,
        spare.listed_number,
        spare.kept_digits
    from bearer
    inner join spare
        on
            bearer.entrant_type = spare.entrant_type
            and bearer.known_name = spare.listed_name
),

-- All numbers under which such a claimant is known.
known_number as (
    select
        namesake.person_id,
        list_distinct(list_concat(list(namesake.id_number), list(record.id_number))) as own_numbers
    from namesake
    left join core.person_link as link
        on namesake.person_id = link.person_id
    left join core.person_record as record
        on link.record_id = record.record_id
    group by namesake.person_id
),

own_number as (
    select
        known.person_id,
        known.own_number,
        if(id_class(known.own_number) = 'rounded', 15, 18) as kept_digits
    from (
        select
            known_number.person_id,
            unnest(known_number.own_numbers) as own_number
        from known_number
    ) as known
    where id_class(known.own_number) in ('valid', 'bad_check', 'bad_date', 'rounded')
),

listed_otherwise as (
    select namesake.record_id
    from namesake
    left join own_number
        on namesake.person_id = own_number.person_id
    where
        namesake.listed_number is null
        or own_number.own_number is null
        or id_birth(namesake.listed_number) = namesake.born_on
        or damerau_levenshtein(
            left(namesake.listed_number, least(namesake.kept_digits, own_number.kept_digits)),
            left(own_number.own_number, least(namesake.kept_digits, own_number.kept_digits))
        ) <= $near_digits
    group by namesake.record_id
),

served as (
    select
        link.person_id,
        min(evidence.ended_on) as served_until
    from counter_evidence as evidence
    inner join core.person_link as link
        on evidence.record_id = link.record_id
    where
        regexp_matches(evidence.kind, '现役|入伍|服役')
        and evidence.ended_on is not null
    group by link.person_id
    union all
    select
        held.person_id,
        min(hold.held_until) as served_until
    from core.hold as hold
    inner join core.enrolment as held
        on hold.record_id = held.record_id
    where
        regexp_matches(hold.reason, '入伍|服役|参军|应征')
        and hold.held_until is not null
    group by held.person_id
),

served_person as (
    select
        served.person_id,
        min(served.served_until) as served_until
    from served
    group by served.person_id
),

asked as (
    select
        claim.*,
        listed_person.person_id is not null as is_listed,
        listed_otherwise.record_id is not null as is_listed_otherwise
    from claim
    left join listed_person
        on
            claim.person_id = listed_person.person_id
            and claim.entrant_type = listed_person.entrant_type
    left join listed_otherwise
        on claim.record_id = listed_otherwise.record_id
),

by_school as (
    select
        asked.entrant_type,
        asked.school_code,
        count(distinct asked.person_id) as claimants,
        count(distinct asked.person_id) filter (where asked.is_listed or asked.is_listed_otherwise) as listed
    from asked
    group by asked.entrant_type, asked.school_code
),

by_kind as (
    select
        by_school.entrant_type,
        sum(by_school.claimants) as claimants,
        sum(by_school.listed) as listed
    from by_school
    group by by_school.entrant_type
),

by_class as (
    select
        asked.entrant_type,
        asked.school_code,
        asked.cohort,
        coalesce(asked.class_name, '') as class_name,
        count(distinct asked.person_id) as claimants,
        count(distinct asked.person_id) filter (where asked.is_listed or asked.is_listed_otherwise) as listed
    from asked
    group by asked.entrant_type, asked.school_code, asked.cohort, coalesce(asked.class_name, '')
),

unproven as (
    select
        asked.*,
        cast(by_kind.claimants - by_school.claimants as integer) as claimants_elsewhere,
        cast(by_kind.listed - by_school.listed as integer) as listed_elsewhere,
        cast(by_class.claimants as integer) as class_claimants,
        cast(by_class.listed as integer) as class_listed,
        listed_kind.entrant_type is not null as is_kind_delivered,
        left(asked.hukou_code, 4) <> left(asked.region_code, 4) as is_from_elsewhere,
        policy_clause('adult.proof.' || asked.entrant_type, asked.registry, asked.region_code, asked.started_on)
            as proof_clause,
        coalesce(
            policy_clause('adult.entrant_types', asked.registry, asked.region_code, asked.started_on),
            policy_clause('dual.forbidden', asked.registry, asked.region_code, asked.started_on)
        ) as general_clause
    from asked
    inner join by_kind
        on asked.entrant_type = by_kind.entrant_type
    inner join by_school
        on
            asked.entrant_type = by_school.entrant_type
            and asked.school_code = by_school.school_code
    inner join by_class
        on
            asked.entrant_type = by_class.entrant_type
            and asked.school_code = by_class.school_code
            and asked.cohort = by_class.cohort
            and coalesce(asked.class_name, '') = by_class.class_name
    left join listed_kind
        on asked.entrant_type = listed_kind.entrant_type
    left join listed_anywhere
        on asked.person_id = listed_anywhere.person_id
    left join served_person
        on
            asked.person_id = served_person.person_id
            and asked.started_on >= served_person.served_until
    left join core.enrolment as earlier
        on
            asked.person_id = earlier.person_id
            and asked.school_code = earlier.current_school_code
            and asked.entrant_type = earlier.entrant_type
            and asked.registry = earlier.registry
            and asked.started_on > earlier.started_on
    where
        not asked.is_listed
        -- X04_consecutive_levels
        and not (coalesce(asked.level, '') in ('advanced', 'technician') and earlier.record_id is not null)
        -- X11_listed_in_another_category
        and listed_anywhere.person_id is null
        -- X17_listed_under_another_number
        and not asked.is_listed_otherwise
        -- X20_service_documented
        and not (asked.entrant_type = 'veteran' and served_person.person_id is not null)
    qualify
        row_number() over (
            partition by asked.person_id, asked.school_code, asked.entrant_type
            order by asked.started_on, asked.record_id
        ) = 1
),

judged as (
    select
        unproven.*,
        unproven.started_on as overlap_from,
        coalesce(unproven.proof_clause, unproven.general_clause) as bound_by,
        [unproven.record_id] as evidence_record_ids,
        case
            when
                unproven.class_claimants - unproven.class_listed <= 2
                and unproven.class_listed >= unproven.class_claimants * $full_share
                then 'C'
            when unproven.proof_clause is not null then 'B'
            when
                unproven.claimants_elsewhere >= $enough_claimants
                and unproven.listed_elsewhere >= unproven.claimants_elsewhere * $full_share
                then 'B'
            else 'C'
        end as severity,
        case
            when
                not unproven.is_kind_delivered
                or coalesce(unproven.is_from_elsewhere, false)
                or unproven.claimants_elsewhere >= $enough_claimants
                and unproven.listed_elsewhere < unproven.claimants_elsewhere * $fragment_share
                then 'special_statuses'
            when unproven.entrant_type = 'veteran' and not is_delivered('counter_evidence') then 'counter_evidence'
            else ''
        end as missing_inputs
    from unproven
    where coalesce(unproven.proof_clause, unproven.general_clause) is not null
),

worded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.person_id,
    worded.record_id,
    worded.school_code,
    worded.registry,
    worded.entrant_type,
    worded.category_zh,
    worded.study_form,
    worded.overlap_from,
    worded.claimants_elsewhere,
    worded.listed_elsewhere,
    worded.class_claimants,
    worded.class_listed,
    worded.bound_by,
    worded.match_probability,
    worded.severity,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
