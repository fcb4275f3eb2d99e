/*
id: FR301
title: impossible, placeholder or fictitious identity
title_zh: 身份信息不真实(占位号、无效号、年龄不可能、已死亡)
severity: B
certainty: certain
subject: person
policy: [national:one-registration, xinzhou_2023:false-registration, national:own-age]
reads:
  required:
    - core.enrolment
    - core.person
    - core.person_record
    - core.person_link
    - feature.enrolment_aid
    - feature.outside_list
  optional:
    - core.change
    - core.school
    - admissions
    - counter_evidence
    - k12_students
    - special_statuses
    - status_changes
    - teaching_sites
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - kind
  - reason
  - reason_zh
  - years_of_age
  - overlap_from
  - match_probability
  - severity
  - certainty
  - amount_paid
  - amount_estimated
  - aid_items
  - evidence_record_ids
key: [person_id, school_code, kind]
route: school_code
message: >-
  The student registered from {overlap_from} cannot be the person whom the record names, or is known to nobody else:
  {reason}.
message_zh: 该生 {overlap_from} 起注册,身份信息疑似不真实:{reason_zh}。
next: >-
  See the identity card and the household book, have the police confirm number and name, and ask the class teacher who
  the student is.
next_zh: 查验身份证和户口簿原件,请公安部门核对号码与姓名,并向班主任及同学核实是否确有其人。
params:
  infant_age:
    default: policy:age.infant
    unit: years_of_age
    comment: Nobody younger enters a vocational school.
  aged_from:
    default: policy:age.aged
    unit: years_of_age
    comment: From this age on an entrant is to be checked; great age alone is C.
  typing_slips:
    default: 2
    unit: characters
    comment: Own estimate; a number so near to a valid one of the same record was typed wrongly.
  damaged_share:
    default: 0.5
    unit: share
    comment: Own estimate; where so many numbers of a sheet are cut or rounded, the sheet was damaged.
  least_damaged:
    default: 5
    unit: rows
    comment: Own estimate; fewer damaged numbers say nothing of the sheet.
  covered_share:
    default: 0.5
    unit: share
    comment: Own estimate; lists that know so much of an intake should know the student as well.
  same_generation:
    default: 2
    unit: years
    comment: Own estimate; birth date and number this far apart are two people's (a parent's or a child's number).
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it a record of death is this student's only probably.
exceptions:
  - name: X11_temporary_number
    says: A temporary number 999 issued by the school, its predecessor or the school that the student came from.
    says_zh: 由本校、前身校或转出校按规则编制的 999 临时号。
    proof: core.enrolment
  - name: X11b_adult_entrant
    says: An aged entrant who studies part-time, or is on the list of the department that recognises the status.
    says_zh: 高龄学员为非全日制,或在主管部门认定的人员名单内。
    proof: special_statuses
  - name: X12_village_class
    says: An aged farmer in a class at an approved teaching site.
    says_zh: 高龄学员在经批准的校外教学点(送教下乡)就读。
    proof: teaching_sites
  - name: X14_number_of_a_relative
    says: The number of a parent or a younger child was typed; birth date or guardian show it.
    says_zh: 误填父母或弟妹的证件号,出生日期或监护人证件号可以证明。
    proof: core.person_record
  - name: X17_typing_error
    says: The person is known by a valid number in another list, or the national student number holds nearly the same.
    says_zh: 其他数据中有该生有效证件号,或学籍号中的证件号仅差一两位,属录入错误。
    proof: core.person
  - name: X17b_damaged_in_the_file
    says: Excel rounded the number, or most numbers of the sheet arrived cut, rounded or masked.
    says_zh: 证件号被 Excel 取整,或整张表多数号码被截断、取整、掩码,属文件损坏。
    proof: core.enrolment
  - name: X17c_corrected_since
    says: An approved correction of the personal data was entered for this enrolment.
    says_zh: 该学籍已有经审批的信息变更。
    proof: core.change
  - name: X23_known_elsewhere
    says: Lists that the school does not write know the person; the number is bad, the student is not invented.
    says_zh: 学校以外的名单(中小学学籍、录取、证书等)中确有此人,仅号码有误。
    proof: core.person_record
  - name: X30_foreign_document
    says: A passport, a travel permit or a residence card, entered as such.
    says_zh: 持护照、通行证、居留证等,并按该证件类型登记。
    proof: core.person_record
history:
  - {on: 2024-04-15, note: First edition.}
  - {on: 2024-04-15, note: The number of a dead parent is a wrong number and no dead student.}
---
Why it matters

Invented students have numbers that were never issued, numbers of infants, of the aged and of the dead. The sub-tests
(kind): `dead` (registered after the day of death), `infant`, `aged` (alone severity C), `placeholder`, `invalid` (fails
the rules of GB 11643-1999), `foreign_temporary` (a 999 number made from the code of a school where the student never
was).

A bad number is no invented person: of a hundred numbers typed one is wrong, and sheets come with whole columns rounded.
So `placeholder` and `invalid` are reported only where nothing else knows the person: no valid number in any delivered
list, no nearly equal number in the 学籍号, no list outside the school's hands. What the lists of an intake do not cover
waits for them (needs_evidence). No area code is held against anyone: abolished codes are lawful for life.

Deaths during enrolment are RD201's, one number with two people is FR302's, series of numbers are FR303's.

What to check first

The identity card. A stranger's valid number passes every test here: only the police can tell.
*/
with registered as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.match_probability,
        enrolment.registry,
        enrolment.school_code as own_code,
        enrolment.current_school_code as school_code,
        enrolment.name,
        enrolment.student_no,
        enrolment.id_number,
        enrolment.entrant_type,
        enrolment.study_form,
        enrolment.cohort,
        enrolment.started_on,
        enrolment.region_code,
        enrolment.teaching_site,
        enrolment.source_file,
        enrolment.sheet,
        record.id_type,
        record.guardian_id,
        record.born_on as written_born_on,
        id_class(enrolment.id_number) as number_class,
        id_birth(enrolment.id_number) as number_born_on,
        coalesce(enrolment.entrant_type, 'other') in ('junior_fresh', 'junior_past', 'high_fresh', 'high_past')
            as is_young
    from core.enrolment as enrolment
    left join core.person_record as record
        on enrolment.record_id = record.record_id
    where enrolment.registry in ('vocational', 'technical')
),

sheet_damage as (
    select
        registered.source_file,
        registered.sheet,
        count(*) filter (where registered.number_class in ('rounded', 'scientific', 'masked', 'none', 'short'))
            as damaged_rows,
        count(*) as all_rows
    from registered
    group by registered.source_file, registered.sheet
),

coverage as (
    select
        registered.registry,
        registered.cohort,
        registered.is_young,
        avg(case when outside_list.person_id is null then 0 else 1 end) as known_share
    from registered
    left join feature.outside_list as outside_list
        on registered.person_id = outside_list.person_id
    group by registered.registry, registered.cohort, registered.is_young
),

death as (
    select
        link.person_id,
        evidence.started_on as died_on,
        evidence.record_id,
        link.match_probability,
        name_key(evidence.name) as name_key,
        id_normalise(evidence.id_number) as number
    from counter_evidence as evidence
    inner join core.person_link as link
        on evidence.record_id = link.record_id
    where regexp_matches(evidence.kind, '死|亡|去世|病故')
    qualify row_number() over (partition by link.person_id order by evidence.started_on, evidence.record_id) = 1
),

corrected as (
    select change.enrolment_record_id as record_id
    from core.change as change
    where
        change.change_type = 'amend'
        and change.is_approved
    group by change.enrolment_record_id
),

former_school as (
    select
        change.enrolment_record_id as record_id,
        list(change.from_school_code) as school_codes
    from core.change as change
    where
        change.change_type = 'transfer_in'
        and change.is_approved
        and change.from_school_code is not null
    group by change.enrolment_record_id
),

listed_status as (
    select link.person_id
    from special_statuses as status
    inner join core.person_link as link
        on status.record_id = link.record_id
    group by link.person_id
),

approved_site as (
    select
        site.school_code,
        site.site_name,
        min(coalesce(site.valid_from, date '1900-01-01')) as valid_from,
        max(coalesce(site.valid_to, date '9999-12-31')) as valid_to
    from teaching_sites as site
    group by site.school_code, site.site_name
),

person_school as (
    select
        enrolment.person_id,
        list(enrolment.school_code) as school_codes
    from core.enrolment as enrolment
    group by enrolment.person_id
),

examined as (
    select
        registered.*,
        person.id_number as known_number,
        death.died_on,
        death.record_id as death_record_id,
        outside_list.person_id is not null as is_known_outside,
        coalesce(coverage.known_share >= $covered_share, false) as is_covered,
        corrected.record_id is not null as is_corrected,
        listed_status.person_id is not null as is_listed,
        approved_site.site_name is not null as is_at_approved_site,
        coalesce(
            death.number = registered.id_number
            and death.name_key = name_key(registered.name)
            and least(death.match_probability, registered.match_probability) >= $certain_match,
            false
        ) as is_certainly_dead,
        date_sub('year', registered.number_born_on, registered.started_on) as years_of_age,
        coalesce(abs(date_diff('day', registered.number_born_on, registered.written_born_on)), 0)
        <= $same_generation * 365 as is_own_birth,
        -- X17b_damaged_in_the_file
        registered.number_class in ('rounded', 'scientific', 'masked')
        or coalesce(
            sheet_damage.damaged_rows >= $least_damaged
            and sheet_damage.damaged_rows >= $damaged_share * sheet_damage.all_rows,
            false
        ) as is_damaged_in_file,
        -- X17_typing_error
        person.id_number is not null and person.id_number <> coalesce(registered.id_number, '')
        or coalesce(
            regexp_full_match(registered.student_no, '[GJL][0-9]{17}[0-9X]')
            and id_class(substr(registered.student_no, 2)) = 'valid'
            and damerau_levenshtein(substr(registered.student_no, 2), registered.id_number)
            between 1 and $typing_slips,
            false
        ) as is_typed_wrongly,
        -- X11_temporary_number
        list_contains(
            list_concat(
                [registered.own_code, registered.school_code],
                coalesce(person_school.school_codes, []),
                coalesce(former_school.school_codes, [])
            ),
            substr(registered.id_number, 4, 10)
        )
        or coalesce(issuer.current_school_code = registered.school_code, false) as is_issued_by_own_school
    from registered
    inner join core.person as person
        on registered.person_id = person.person_id
    left join death
        on registered.person_id = death.person_id
    left join feature.outside_list as outside_list
        on registered.person_id = outside_list.person_id
    left join coverage
        on
            registered.registry = coverage.registry
            and registered.cohort = coverage.cohort
            and registered.is_young = coverage.is_young
    left join corrected
        on registered.record_id = corrected.record_id
    left join listed_status
        on registered.person_id = listed_status.person_id
    left join sheet_damage
        on
            registered.source_file = sheet_damage.source_file
            and registered.sheet = sheet_damage.sheet
    left join approved_site
        on
            registered.own_code = approved_site.school_code
            and registered.teaching_site = approved_site.site_name
            and registered.started_on between approved_site.valid_from and approved_site.valid_to
    left join person_school
        on registered.person_id = person_school.person_id
    left join former_school
        on registered.record_id = former_school.record_id
    left join core.school as issuer
        on substr(registered.id_number, 4, 10) = issuer.school_code
    where
        registered.number_class <> 'valid'
        or death.died_on < registered.started_on
        or date_diff('year', registered.number_born_on, registered.started_on) not between $infant_age + 1
        and $aged_from - 1
),

suspected as (
    select
        examined.*,
        'dead' as kind
    from examined
    where
        examined.died_on < examined.started_on
        -- The number of a dead father or mother.
        and examined.is_own_birth
        and coalesce(id_normalise(examined.guardian_id) <> examined.id_number, true)

    union all

    select
        examined.*,
        case when examined.years_of_age >= $aged_from then 'aged' else 'infant' end as kind
    from examined
    where
        examined.number_class = 'valid'
        and (examined.years_of_age < $infant_age or examined.years_of_age >= $aged_from)
        and not coalesce(examined.died_on < examined.started_on, false)
        and not examined.is_typed_wrongly
        -- X14_number_of_a_relative
        and examined.is_own_birth
        and coalesce(id_normalise(examined.guardian_id) <> examined.id_number, true)
        -- X11b_adult_entrant
        and (
            examined.years_of_age < $aged_from
            or examined.study_form = 'full_time' and not examined.is_listed
        )
        -- X12_village_class
        and not (examined.years_of_age >= $aged_from and examined.is_at_approved_site)

    union all

    select
        examined.*,
        case when examined.number_class in ('placeholder', 'none') then 'placeholder' else 'invalid' end as kind
    from examined
    where
        examined.number_class not in ('valid', 'temporary')
        and not coalesce(examined.died_on < examined.started_on, false)
        and not examined.is_damaged_in_file
        and not examined.is_typed_wrongly
        -- X23_known_elsewhere
        and not examined.is_known_outside
        -- X30_foreign_document
        and not coalesce(
            examined.number_class not in ('placeholder', 'none')
            and examined.id_type in ('hong_kong', 'macao', 'taiwan', 'residence', 'passport'),
            false
        )
        and not (examined.number_class = 'foreign' and coalesce(examined.id_type, 'other') <> 'resident')

    union all

    select
        examined.*,
        'foreign_temporary' as kind
    from examined
    where
        examined.number_class = 'temporary'
        and not examined.is_issued_by_own_school
        and not examined.is_typed_wrongly
),

judged as (
    select
        suspected.*,
        aid.amount_paid,
        aid.amount_estimated,
        aid.aid_items,
        list_sort(
            list_filter(list_append(aid.aid_record_ids, suspected.death_record_id), lambda one: one is not null)
        ) as evidence_record_ids,
        case suspected.kind
            when 'dead' then 'died on ' || suspected.died_on || ', before the day of entry'
            when 'infant' then 'by the number ' || greatest(suspected.years_of_age, 0) || ' years old on entry'
            when 'aged' then 'by the number ' || suspected.years_of_age || ' years old on entry'
            when 'placeholder' then 'there is a placeholder for a number and no list outside the school has the person'
            when 'foreign_temporary' then 'the temporary number was made from the code of another school'
            else 'the number was never issued and no list outside the school has the person'
        end as reason,
        case suspected.kind
            when 'dead' then '入学前已于 ' || suspected.died_on || ' 死亡'
            when 'infant' then '按证件号入学时仅 ' || greatest(suspected.years_of_age, 0) || ' 岁'
            when 'aged' then '按证件号入学时已 ' || suspected.years_of_age || ' 岁'
            when 'placeholder' then '证件号为占位号,且学校以外的名单中均无此人'
            when 'foreign_temporary' then '临时号由其他学校代码编成,与本校及转学经历不符'
            else '证件号无效(不存在的号码),且学校以外的名单中均无此人'
        end as reason_zh,
        case
            when suspected.kind in ('dead', 'infant') and aid.amount_paid > 0 then 'A'
            when suspected.kind in ('dead', 'infant') then 'B'
            else 'C'
        end as severity,
        case
            when suspected.kind = 'dead' and suspected.is_certainly_dead then 'certain'
            when suspected.kind = 'foreign_temporary' then 'certain'
            else 'probable'
        end as certainty,
        concat_ws(
            ',',
            case
                when
                    suspected.kind in ('placeholder', 'invalid')
                    and suspected.is_young
                    and not suspected.is_covered
                    then concat_ws(',', 'admissions', if(is_delivered('k12_students'), null, 'k12_students'))
            end,
            case
                when
                    (suspected.kind = 'aged' or suspected.kind in ('placeholder', 'invalid') and not suspected.is_young)
                    and not is_delivered('special_statuses')
                    then 'special_statuses'
            end,
            case
                when
                    suspected.kind in ('placeholder', 'invalid', 'foreign_temporary')
                    and not is_delivered('status_changes')
                    then 'status_changes'
            end,
            case
                when
                    suspected.kind = 'aged'
                    and suspected.teaching_site is not null
                    and not is_delivered('teaching_sites')
                    then 'teaching_sites'
            end
        ) as missing_inputs
    from suspected
    inner join feature.enrolment_aid as aid
        on suspected.record_id = aid.record_id
    where
        -- X17c_corrected_since
        suspected.kind = 'dead' or not suspected.is_corrected
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
    worded.kind,
    worded.reason,
    worded.reason_zh,
    worded.years_of_age,
    worded.started_on as overlap_from,
    worded.match_probability,
    worded.severity,
    worded.certainty,
    worded.amount_paid,
    worded.amount_estimated,
    worded.aid_items,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
qualify
    row_number() over (
        partition by worded.person_id, worded.school_code, worded.kind
        order by worded.started_on, worded.record_id
    ) = 1
