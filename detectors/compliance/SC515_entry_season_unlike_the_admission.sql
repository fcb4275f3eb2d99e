/*
id: SC515
title: entry season that does not fit the admission date
title_zh: 入学季节与录取日期不符
severity: C
certainty: certain
subject: person
policy: [heilongjiang_2019:entry-season]
reads:
  required:
    - admissions
    - core.enrolment
    - core.person_link
    - core.school
  optional:
    - core.change
    - core.hold
    - schools
    - status_changes
  needs_sources: [technical_students]
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - entry_month
  - admitted_on
  - ground
  - reason
  - reason_zh
  - overlap_from
  - overlap_to
  - bound_by
  - match_probability
  - certainty
  - evidence_record_ids
key: [person_id, school_code]
route: school_code
message: >-
  Admitted on {admitted_on}, entered in {entry_month} by the technician registry: {reason}.
message_zh: 该生 {admitted_on} 录取,技工学籍入学年月为 {entry_month}:{reason_zh}。
next: >-
  Compare with the platform's log and the letter of admission; correct the month of entry, and with it the terms for
  which aid was drawn and the quota that was counted.
next_zh: 核对平台录取日志和录取通知书,更正入学年月,并同步核对资助起始学期和扩招任务统计口径。
params:
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the admission and the enrolment are one person's only probably.
exceptions:
  - name: X15_transferred_in
    says: The student came by approved transfer and keeps the month of the first entry.
    says_zh: 经批准转入,沿用原入学年月。
    proof: core.change
  - name: X18_admitted_before_as_well
    says: An earlier valid admission to the same school fits the month of entry; the later one repeats it.
    says_zh: 此前已被同一学校录取且与入学年月相符,后一次为重复登记。
    proof: admissions
  - name: X20_kept_place
    says: The place was kept (army service, illness), so that the entry came later.
    says_zh: 保留入学资格(含应征入伍),入学时间相应推迟。
    proof: core.hold
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

The expansion of 2019 was counted by April 2020 and rewarded: whoever was admitted before October 2019 entered that
autumn, whoever was admitted after October in spring 2020. A winter admission written as an autumn entry draws half a
year of aid for a student who was not there, and an autumn admission put off to spring fills the quota of the spring.

The notice is silent on October itself, so that both seasons are accepted for it (scenario 46). It bound technician
schools of Heilongjiang from September 2019 to April 2020 and nobody else; other intakes are not asked about. Grounds:
`autumn_before_admission` (admitted after October, entered in or before it), `spring_after_early_admission` (admitted
before October, entered in spring), `neither_season` (a month that belongs to neither).

What to check first

The date of admission: a supplementary admission is often typed in weeks after it was made.
*/
with school_by_code as (
    select
        school.school_code as written_code,
        school.current_school_code
    from core.school as school
    union
    select
        listed.recruit_code as written_code,
        school.current_school_code
    from schools as listed
    inner join core.school as school
        on listed.school_code = school.school_code
    where
        listed.recruit_code is not null
        and listed.recruit_code not in (select known.school_code from core.school as known)
),

admission as (
    select
        listed.record_id,
        listed.admitted_on,
        link.person_id,
        link.match_probability,
        school_by_code.current_school_code as school_code
    from admissions as listed
    inner join core.person_link as link
        on listed.record_id = link.record_id
    inner join school_by_code
        on listed.school_code = school_by_code.written_code
    where
        listed.admitted_on is not null
        and regexp_matches(listed.admission_status, '录取')
        and not regexp_matches(listed.admission_status, '未|退|放弃|取消')
),

transferred_in as (
    select change.enrolment_record_id as record_id
    from core.change as change
    where
        change.change_type = 'transfer_in'
        and change.is_approved
    group by change.enrolment_record_id
),

kept_place as (
    select hold.record_id
    from core.hold as hold
    where hold.kind = 'reserve'
    group by hold.record_id
),

-- A place kept long before the entry is tied to the person and the school, and to no enrolment yet.
kept_before as (
    select
        change.person_id,
        coalesce(school_by_code.current_school_code, '') as school_code
    from core.change as change
    left join school_by_code
        on change.from_school_code = school_by_code.written_code
    where
        change.change_type = 'reserve'
        and change.is_approved
        and change.registry = 'technical'
        and change.person_id is not null
    group by change.person_id, coalesce(school_by_code.current_school_code, '')
),

-- The season's rule as it stood on the day of admission, or on that of the entry where it came in between.
entry as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.current_school_code as school_code,
        enrolment.registry,
        enrolment.region_code,
        enrolment.entry_month,
        admission.record_id as admission_record_id,
        admission.admitted_on,
        make_date(enrolment.entry_month // 100, enrolment.entry_month % 100, 1) as entered_on,
        least(enrolment.match_probability, admission.match_probability) as match_probability
    from core.enrolment as enrolment
    inner join admission
        on
            enrolment.person_id = admission.person_id
            and enrolment.current_school_code = admission.school_code
    where
        enrolment.registry = 'technical'
        and enrolment.entry_month is not null
        and admission.admitted_on between make_date(enrolment.entry_month // 100, enrolment.entry_month % 100, 1) - 365
        and make_date(enrolment.entry_month // 100, enrolment.entry_month % 100, 1) + 365
),

ruled as (
    select
        entry.*,
        case
            when
                policy_date(
                    'entry_season.autumn.admitted_before', entry.registry, entry.region_code, entry.admitted_on
                ) is not null
                then entry.admitted_on
            else entry.entered_on
        end as ruled_on
    from entry
),

bound as (
    select
        ruled.*,
        policy_date('entry_season.autumn.admitted_before', ruled.registry, ruled.region_code, ruled.ruled_on)
            as autumn_before,
        policy_date('entry_season.spring.admitted_from', ruled.registry, ruled.region_code, ruled.ruled_on)
            as spring_from,
        policy_clause('entry_season.autumn.admitted_before', ruled.registry, ruled.region_code, ruled.ruled_on)
            as bound_by,
        list_contains(
            policy_list('entry_season.autumn.months', ruled.registry, ruled.region_code, ruled.ruled_on),
            cast(ruled.entry_month as varchar)
        ) as is_autumn,
        list_contains(
            policy_list('entry_season.spring.months', ruled.registry, ruled.region_code, ruled.ruled_on),
            cast(ruled.entry_month as varchar)
        ) as is_spring
    from ruled
),

judged_entry as (
    select
        bound.*,
        bound.is_autumn and bound.admitted_on < bound.spring_from
        or bound.is_spring and bound.admitted_on >= bound.autumn_before as fits
    from bound
    where bound.autumn_before is not null
),

fitting as (
    select judged_entry.record_id
    from judged_entry
    where judged_entry.fits
    group by judged_entry.record_id
),

unfit as (
    select
        judged_entry.*,
        judged_entry.admitted_on as overlap_from,
        judged_entry.entered_on as overlap_to,
        [judged_entry.record_id, judged_entry.admission_record_id] as evidence_record_ids,
        case
            when
                judged_entry.admitted_on >= judged_entry.spring_from
                and judged_entry.entered_on < judged_entry.spring_from
                then 'autumn_before_admission'
            when judged_entry.admitted_on < judged_entry.autumn_before and judged_entry.is_spring
                then 'spring_after_early_admission'
            else 'neither_season'
        end as ground,
        case when judged_entry.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        case when is_delivered('status_changes') then '' else 'status_changes' end as missing_inputs
    from judged_entry
    left join fitting
        on judged_entry.record_id = fitting.record_id
    left join transferred_in
        on judged_entry.record_id = transferred_in.record_id
    left join kept_place
        on judged_entry.record_id = kept_place.record_id
    left join kept_before
        on
            judged_entry.person_id = kept_before.person_id
            and kept_before.school_code in ('', judged_entry.school_code)
    where
        not judged_entry.fits
        -- X15_transferred_in
        and transferred_in.record_id is null
        -- X18_admitted_before_as_well
        and fitting.record_id is null
        -- X20_kept_place
        and kept_place.record_id is null
        and kept_before.person_id is null
    qualify
        row_number() over (
            partition by judged_entry.person_id, judged_entry.school_code
            order by judged_entry.admitted_on, judged_entry.record_id, judged_entry.admission_record_id
        ) = 1
),

worded as (
    select
        unfit.*,
        case unfit.ground
            when 'autumn_before_admission' then 'admitted after October, which enters in spring'
            when 'spring_after_early_admission' then 'admitted before October, which enters that autumn'
            else 'a month that belongs to neither intake'
        end as reason,
        case unfit.ground
            when 'autumn_before_admission' then '十月以后录取却登记为秋季入学'
            when 'spring_after_early_admission' then '十月以前录取却登记为春季入学'
            else '入学年月不在规定的两季之内'
        end as reason_zh,
        case when unfit.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from unfit
)

select
    worded.person_id,
    worded.record_id,
    worded.school_code,
    worded.registry,
    worded.entry_month,
    worded.admitted_on,
    worded.ground,
    worded.reason,
    worded.reason_zh,
    worded.overlap_from,
    worded.overlap_to,
    worded.bound_by,
    worded.match_probability,
    worded.certainty,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
