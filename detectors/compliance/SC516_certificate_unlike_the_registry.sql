/*
id: SC516
title: certificate and registry in disagreement
title_zh: 毕业证书与学籍不一致
severity: B
certainty: certain
subject: person
policy:
  - heilongjiang_2019:graduate-platform
  - national:duration
reads:
  required:
    - core.certificate
    - core.enrolment
    - graduates
  optional:
    - core.change
    - core.school
    - k12_students
    - status_changes
evidence:
  - person_id
  - record_id
  - other_record_id
  - registry
  - school_code
  - region_code
  - disagreement
  - disagreement_zh
  - certificate_kind
  - graduated_on
  - registry_status
  - left_on
  - months_studied
  - months_due
  - match_probability
  - severity
  - certainty
  - evidence_record_ids
key: [person_id, registry, school_code]
route: school_code
message: >-
  The graduate platform and the registry disagree: {disagreement} (certificate {certificate_kind} of {graduated_on},
  registry {registry_status}).
message_zh: 毕业生查询平台与学籍不一致:{disagreement_zh}(证书 {certificate_kind} {graduated_on},学籍状态 {registry_status})。
next: >-
  Compare the stub of the certificate with the roll, the marks and the graduation list that the school reported.
next_zh: 核对证书存根、学籍卡、成绩单和学校上报的毕业名单。
params:
  delivered_share:
    default: 0.5
    unit: share
    comment: Own estimate; a school's graduates of a year count as delivered from so many of them on.
  posting_days:
    default: 180
    unit: days
    comment: Own estimate; certificates reach the platform within half a year.
  slack_months:
    default: 3
    unit: months
    comment: Own estimate; the last months are for placement and papers.
  departed_days:
    default: 30
    unit: days
    comment: Own estimate; who left so long before the certificate had no certificate to come.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it certificate and enrolment are the same person only probably.
exceptions:
  - name: X10_merged_schools
    says: The certificate bears the code of the predecessor or successor of the school.
    says_zh: 证书学校为学籍学校合并、更名前后的代码。
    proof: core.school
  - name: X15_transferred
    says: An approved transfer between the school of the certificate and that of the enrolment.
    says_zh: 证书学校与学籍学校之间有经批准的转学。
    proof: core.change
  - name: X15b_posting_lag
    says: The certificate has not had the time to reach the platform.
    says_zh: 毕业不久,证书尚在录入平台的合理期限内。
    proof: core.enrolment
  - name: X15c_studied_elsewhere_before
    says: The years in high school or at the school before count.
    says_zh: 此前在普通高中或其他学校就读的年限一并计算。
    proof: core.enrolment
  - name: X17_written_otherwise
    says: The school has a student of that name or number, whom the matcher could not join.
    says_zh: 该校有同名或同证件号学生,仅因书写差异未能归并。
    proof: core.enrolment
  - name: X18_converted
    says: Completed without diploma first, and given the diploma later.
    says_zh: 先结业,后换发毕业证书。
    proof: core.enrolment
  - name: X18b_partial_certificate
    says: Who leaves early may be given a certificate of partial study.
    says_zh: 中途离校者可发肄业证书。
    proof: graduates
  - name: X19_repeat_entrant
    says: Withdrew once and entered again; the certificate is that of the later course.
    says_zh: 曾退学后再入学,证书为后一次学习所得。
    proof: core.enrolment
  - name: X35_joint_programme
    says: The certificate is that of the partner named in the enrolment.
    says_zh: 证书由学籍登记的联合办学学校颁发。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

A diploma in the provincial query platform is taken for the truth by employers and colleges. One that no registry knows,
or that the registry's own withdrawal contradicts, is sold or slipped in; one earned in less time than the shortest
course was bought with a back-dated entry; a graduate whom the platform does not know is told that the diploma is false.

Sub-tests: no enrolment in the registry at all, only at another school (C), withdrawn or dead before the certificate,
less time than the shortest course (B); graduated in the registry and not in the platform, or the certificate says less
than the registry (C). Levels are never compared: that 中级工 counts as 中专, 高级工 as 大专 is for treatment only.

The registry is asked about a school and year only where it still shows at least half as many graduates as the platform;
where it shows fewer the case waits for the roll, where it shows none its list does not go back so far. The same holds
the other way round.

What to check first

The certificate number against the stubs that the school keeps.
*/
with certificate as (
    select
        certified.record_id,
        certified.person_id,
        certified.match_probability,
        certified.registry,
        certified.current_school_code,
        certified.graduated_on,
        platform.name,
        platform.id_number,
        year(certified.graduated_on) as year,
        coalesce(certified.certificate_kind, '毕业') as certificate_kind,
        bool_or(contains(coalesce(certified.certificate_kind, '毕业'), '毕业')) over (
            partition by certified.person_id, certified.registry, certified.current_school_code
        ) as has_diploma
    from core.certificate as certified
    inner join graduates as platform
        on certified.record_id = platform.record_id
    where certified.registry in ('vocational', 'technical')
),

spell as (
    select
        enrolment.*,
        enrolment.registry in ('vocational', 'technical') as is_secondary,
        year(coalesce(enrolment.ended_on, enrolment.expected_end_on)) as end_year,
        least(
            enrolment.started_on,
            coalesce(
                try_cast(
                    enrolment.entry_month // 100 || '-' || lpad(cast(enrolment.entry_month % 100 as varchar), 2, '0')
                    || '-01' as date
                ),
                enrolment.started_on
            )
        ) as entered_on
    from core.enrolment as enrolment
    where enrolment.stage in ('high', 'vocational', 'technical')
),

-- How far the lists of a school and year go.
certified_school as (
    select
        certificate.registry,
        certificate.current_school_code,
        certificate.year,
        count(distinct certificate.person_id) as certified
    from certificate
    group by certificate.registry, certificate.current_school_code, certificate.year
),

graduating_school as (
    select
        spell.registry,
        spell.current_school_code,
        spell.end_year as year,
        count(distinct spell.person_id) filter (where spell.status in ('graduated', 'completed')) as graduates
    from spell
    where spell.is_secondary
    group by spell.registry, spell.current_school_code, spell.end_year
),

rolled_school as (
    select
        spell.registry,
        spell.current_school_code
    from spell
    where spell.is_secondary
    group by spell.registry, spell.current_school_code
),

-- All that the registries know of the person before the certificate.
history as (
    select
        certificate.record_id,
        min(spell.entered_on) as entered_on,
        min(spell.record_id) filter (
            -- X10_merged_schools
            where spell.registry = certificate.registry and spell.current_school_code = certificate.current_school_code
        ) as own_record_id,
        min(spell.record_id) filter (where spell.registry = certificate.registry) as registry_record_id,
        bool_and(
            spell.status in ('withdrawn', 'dropped', 'expelled', 'cancelled', 'deceased')
            and spell.ended_on + $departed_days < certificate.graduated_on
        ) filter (
            -- X19_repeat_entrant
            where spell.registry = certificate.registry and spell.current_school_code = certificate.current_school_code
        ) as has_left,
        max(spell.ended_on) filter (
            where spell.registry = certificate.registry and spell.current_school_code = certificate.current_school_code
        ) as left_on,
        any_value(spell.status order by spell.record_id) filter (
            where spell.registry = certificate.registry and spell.current_school_code = certificate.current_school_code
        ) as status,
        -- X35_joint_programme
        coalesce(bool_or(spell.joint_school_code = certificate.current_school_code), false) as is_joint,
        min(spell.match_probability) as match_probability
    from certificate
    inner join spell
        on certificate.person_id = spell.person_id
    where spell.entered_on <= certificate.graduated_on
    group by certificate.record_id
),

transferred as (
    select certificate.record_id
    from certificate
    inner join core.change as change
        on certificate.person_id = change.person_id
    left join core.school as origin
        on change.from_school_code = origin.school_code
    left join core.school as target
        on change.to_school_code = target.school_code
    where
        change.is_approved
        and change.change_type in ('transfer_in', 'transfer_out')
        and certificate.current_school_code in (
            coalesce(origin.current_school_code, change.from_school_code),
            coalesce(target.current_school_code, change.to_school_code)
        )
    group by certificate.record_id
),

-- Names are folded only where it matters: folding those of all students takes long.
unplaced as materialized (
    select certificate.*
    from certificate
    left join history
        on certificate.record_id = history.record_id
    where history.own_record_id is null
),

near_name as materialized (
    select
        unplaced.record_id,
        unplaced.name,
        spell.name as other_name
    from unplaced
    inner join spell
        on
            unplaced.registry = spell.registry
            and unplaced.current_school_code = spell.current_school_code
            and left(trim(unplaced.name), 1) = left(trim(spell.name), 1)
    inner join graduating_school
        on
            unplaced.registry = graduating_school.registry
            and unplaced.current_school_code = graduating_school.current_school_code
            and unplaced.year = graduating_school.year
    where
        spell.entered_on <= unplaced.graduated_on
        and graduating_school.graduates > 0
),

same_name as (
    select near_name.record_id
    from near_name
    where name_key(near_name.name) = name_key(near_name.other_name)
    group by near_name.record_id
),

same_number as (
    select unplaced.record_id
    from unplaced
    inner join spell
        on id_normalise(unplaced.id_number) = spell.id_number
    where spell.entered_on <= unplaced.graduated_on
    group by unplaced.record_id
),

-- The shortest course from which somebody of that kind may graduate.
course as (
    select
        certificate.record_id,
        min(spell.region_code) as region_code,
        max(spell.program_years) as program_years,
        bool_or(coalesce(spell.entrant_type in ('junior_fresh', 'junior_past'), false)) as is_from_junior,
        bool_or(spell.status in ('graduated', 'completed')) as is_over
    from certificate
    inner join spell
        on
            certificate.person_id = spell.person_id
            and certificate.registry = spell.registry
            and certificate.current_school_code = spell.current_school_code
    where spell.entered_on <= certificate.graduated_on
    group by certificate.record_id
),

ruled as (
    select
        course.record_id,
        course.region_code,
        course.program_years,
        if(
            course.is_from_junior,
            policy_number('duration.normal_years', certificate.registry, course.region_code, certificate.graduated_on)
            -- Who names no number of years may still let somebody graduate a year early.
            - coalesce(
                policy_number(
                    'duration.early_max_years', certificate.registry, course.region_code, certificate.graduated_on
                ),
                1
            ),
            policy_number(
                'duration.high_graduate.min_years', certificate.registry, course.region_code, certificate.graduated_on
            )
        ) as years_due
    from course
    inner join certificate
        on course.record_id = certificate.record_id
),

timed as (
    select
        ruled.record_id,
        ruled.region_code,
        12 * least(ruled.years_due, coalesce(ruled.program_years, ruled.years_due)) as months_due
    from ruled
    where ruled.years_due is not null
),

compared as (
    select
        certificate.*,
        history.own_record_id,
        history.registry_record_id,
        history.left_on,
        history.status,
        timed.region_code,
        timed.months_due,
        certified_school.certified,
        coalesce(graduating_school.graduates, 0) as graduates,
        rolled_school.current_school_code is not null as has_roll,
        -- X15c_studied_elsewhere_before
        date_diff('month', history.entered_on, certificate.graduated_on) as months_studied,
        least(certificate.match_probability, history.match_probability) as sureness,
        coalesce(history.has_left, false)
        -- X18b_partial_certificate
        and contains(certificate.certificate_kind, '毕业') as has_left_before,
        history.registry_record_id is null
        -- X17_written_otherwise
        and same_name.record_id is null
        and same_number.record_id is null as is_unknown,
        history.registry_record_id is not null
        and history.own_record_id is null
        and same_name.record_id is null
        -- X15_transferred
        and transferred.record_id is null
        and not history.is_joint as is_of_another_school
    from certificate
    inner join certified_school
        on
            certificate.registry = certified_school.registry
            and certificate.current_school_code = certified_school.current_school_code
            and certificate.year = certified_school.year
    left join graduating_school
        on
            certificate.registry = graduating_school.registry
            and certificate.current_school_code = graduating_school.current_school_code
            and certificate.year = graduating_school.year
    left join rolled_school
        on
            certificate.registry = rolled_school.registry
            and certificate.current_school_code = rolled_school.current_school_code
    left join history
        on certificate.record_id = history.record_id
    left join transferred
        on certificate.record_id = transferred.record_id
    left join same_name
        on certificate.record_id = same_name.record_id
    left join same_number
        on certificate.record_id = same_number.record_id
    left join timed
        on certificate.record_id = timed.record_id
),

weighed as (
    select
        compared.*,
        compared.graduates >= $delivered_share * compared.certified as is_in_range,
        contains(compared.certificate_kind, '毕业')
        and compared.own_record_id is not null
        and coalesce(compared.months_studied + $slack_months < compared.months_due, false) as is_too_short,
        compared.status = 'graduated'
        -- X18_converted
        and not compared.has_diploma as says_less
    from compared
),

of_certificate as (
    select
        weighed.person_id,
        weighed.registry,
        weighed.current_school_code as school_code,
        weighed.region_code,
        weighed.record_id,
        coalesce(weighed.own_record_id, weighed.registry_record_id) as other_record_id,
        weighed.certificate_kind,
        weighed.graduated_on,
        weighed.status as registry_status,
        weighed.left_on,
        weighed.months_studied,
        weighed.months_due,
        coalesce(weighed.sureness, weighed.match_probability) as match_probability,
        case
            when weighed.is_unknown then 'no enrolment behind the certificate'
            when weighed.has_left_before then 'left before the certificate'
            when weighed.is_too_short then 'less time than the shortest course'
            when weighed.is_of_another_school then 'enrolled at another school only'
            else 'the certificate says less than the registry'
        end as disagreement,
        case
            when weighed.is_unknown then '证书无对应学籍'
            when weighed.has_left_before then '学籍早已离校仍有毕业证书'
            when weighed.is_too_short then '就读时间短于最短学制'
            when weighed.is_of_another_school then '仅在其他学校有学籍'
            else '学籍为毕业而证书非毕业'
        end as disagreement_zh,
        case
            when weighed.is_unknown and weighed.is_in_range or weighed.has_left_before or weighed.is_too_short then 'B'
            else 'C'
        end as severity,
        case
            when (weighed.is_unknown or weighed.is_of_another_school) and not weighed.is_in_range
                then if(weighed.registry = 'technical', 'technical_students', 'vocational_students')
            when weighed.is_of_another_school and not is_delivered('status_changes') then 'status_changes'
            -- Years in high school may have come before.
            when weighed.is_too_short and not weighed.has_left_before and not is_delivered('k12_students')
                then 'k12_students'
            else ''
        end as missing_inputs
    from weighed
    where
        weighed.has_left_before
        or weighed.is_too_short
        or weighed.says_less
        or (weighed.is_unknown or weighed.is_of_another_school) and (weighed.graduates > 0 or not weighed.has_roll)
),

-- The other way round: graduates of the registry whom the platform does not know.
platform_person as (
    select
        certificate.person_id,
        certificate.registry
    from certificate
    group by certificate.person_id, certificate.registry
),

graduate as materialized (
    select spell.*
    from spell
    left join platform_person
        on
            spell.person_id = platform_person.person_id
            and spell.registry = platform_person.registry
    where
        spell.is_secondary
        and spell.status = 'graduated'
        and platform_person.person_id is null
        -- X15b_posting_lag
        and spell.ended_on + $posting_days < as_of()
),

near_graduate as materialized (
    select
        graduate.record_id,
        graduate.name,
        certificate.name as other_name
    from graduate
    inner join certificate
        on
            graduate.registry = certificate.registry
            and graduate.current_school_code = certificate.current_school_code
            and graduate.end_year = certificate.year
            and left(trim(graduate.name), 1) = left(trim(certificate.name), 1)
),

named_graduate as (
    select near_graduate.record_id
    from near_graduate
    where name_key(near_graduate.name) = name_key(near_graduate.other_name)
    group by near_graduate.record_id
),

of_registry as (
    select
        graduate.person_id,
        graduate.registry,
        graduate.current_school_code as school_code,
        graduate.region_code,
        graduate.record_id,
        null as other_record_id,
        null as certificate_kind,
        null as graduated_on,
        graduate.status as registry_status,
        graduate.ended_on as left_on,
        null as months_studied,
        null as months_due,
        graduate.match_probability,
        'graduated, and not in the platform' as disagreement,
        '学籍已毕业而平台查无证书' as disagreement_zh,
        'C' as severity,
        case
            when certified_school.certified >= $delivered_share * graduating_school.graduates then '' else 'graduates'
        end as missing_inputs
    from graduate
    inner join certified_school
        on
            graduate.registry = certified_school.registry
            and graduate.current_school_code = certified_school.current_school_code
            and graduate.end_year = certified_school.year
    inner join graduating_school
        on
            graduate.registry = graduating_school.registry
            and graduate.current_school_code = graduating_school.current_school_code
            and graduate.end_year = graduating_school.year
    left join named_graduate
        on graduate.record_id = named_graduate.record_id
    where named_graduate.record_id is null
),

finding as (
    select of_certificate.* from of_certificate
    union all
    select of_registry.* from of_registry
),

first_finding as (
    select finding.*
    from finding
    qualify
        row_number() over (
            partition by finding.person_id, finding.registry, finding.school_code
            order by finding.severity, finding.missing_inputs, finding.record_id
        ) = 1
),

worded as (
    select
        first_finding.*,
        cast(first_finding.months_studied as integer) as months,
        cast(first_finding.months_due as integer) as months_least,
        case
            when first_finding.match_probability < $certain_match then 'probable'
            when first_finding.other_record_id is null then 'probable'
            else 'certain'
        end as certainty,
        case
            when first_finding.other_record_id is null then [first_finding.record_id]
            else list_sort([first_finding.record_id, first_finding.other_record_id])
        end as evidence_record_ids,
        case when first_finding.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from first_finding
)

select
    worded.person_id,
    worded.record_id,
    worded.other_record_id,
    worded.registry,
    worded.school_code,
    worded.region_code,
    worded.disagreement,
    worded.disagreement_zh,
    worded.certificate_kind,
    worded.graduated_on,
    worded.registry_status,
    worded.left_on,
    worded.months as months_studied,
    worded.months_least as months_due,
    worded.match_probability,
    worded.severity,
    worded.certainty,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
