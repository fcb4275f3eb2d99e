/*
id: FR304
title: one phone, guardian or address for too many
title_zh: 同一电话、监护人或住址登记了过多学生
severity: C
certainty: unusual
subject: school
policy: [national:own-blocks, xinzhou_2023:false-registration]
reads:
  required:
    - core.enrolment
    - core.person_record
  optional:
    - teaching_sites
  needs_sources: [vocational_students]
evidence:
  - school_code
  - registry
  - kind
  - kind_zh
  - shared_values
  - students
  - largest
  - chance
  - compared
  - false_discovery_rate
  - overlap_from
  - severity
  - certainty
  - evidence_record_ids
key: [registry, school_code, kind]
route: school_code
message: >-
  {students} students of the school share {shared_values} {kind} entries, the largest of {largest} families; by what is
  usual at the other schools the chance is {chance} (of {compared} comparisons at most {false_discovery_rate} of those
  reported are expected to be chance).
message_zh: >-
  该校 {students} 名学生共用 {shared_values} 个{kind_zh},最多的一个对应 {largest} 个家庭;按其他学校的一般情况,偶然出现的概率为 {chance}
  (共比较 {compared} 项,整批误报率控制在 {false_discovery_rate} 以内)。
next: >-
  Call the number, or visit the address, and ask who it belongs to and whom of the students they know; an office, a
  hostel or a helpful neighbour is a lawful answer.
next_zh: 拨打该电话或走访该住址,询问机主、户主身份及其认识哪些学生;学校办公室、宿舍、亲友代填均属正常解释。
params:
  least_families:
    default: 5
    unit: families
    comment: Own estimate; two or three families share a telephone lawfully, four by a neighbour's help.
  most_wards:
    default: policy:aid.account.max_students_per_guardian_card
    unit: students
    comment: So many children one guardian has without a question.
  falloff:
    default: 0.2
    unit: share
    comment: Own estimate; so many of the entries shared by n families are shared by n + 1, whatever the others show.
  false_rate:
    default: 0.05
    unit: share
    comment: Own choice; of the schools reported on one night at most this share is expected to be chance.
  one_class_share:
    default: 0.8
    unit: share
    comment: Own estimate; a telephone of one class in the main is its teacher's.
  filled_share:
    default: 0.5
    unit: share
    comment: Own estimate; what stands with so much of a school's roll was filled in for the column.
  least_schools:
    default: 3
    unit: schools
    comment: Own estimate; an entry found at so many schools is a placeholder.
  own_share:
    default: 0.8
    unit: share
    comment: Own estimate; if so many of the families with an entry are at one school, it is no placeholder of many.
exceptions:
  - name: X12_village_class
    says: Students taught at an approved site in their village, where the village office lends telephone and address.
    says_zh: 经批准的校外教学点(送教下乡)学生,由村委会代填电话、地址。
    proof: teaching_sites
  - name: X12b_village_address
    says: An address without a house number names a village or a street, where many live.
    says_zh: 住址只写到村、组、街道,没有门牌号,多户相同属正常。
    proof: core.person_record
  - name: X14_siblings
    says: Children of one surname and guardian are one family.
    says_zh: 同姓且监护人相同的兄弟姐妹按一个家庭计。
    proof: core.person_record
  - name: X14b_class_teacher
    says: A telephone of the students of one class in the main; class teachers enter their own.
    says_zh: 号码集中在同一班级,多为班主任代填。
    proof: core.enrolment
  - name: X14c_dormitory_address
    says: The address of a school, its dormitory or a hostel.
    says_zh: 学校、宿舍、公寓等集体住址。
    proof: core.person_record
  - name: X14d_office_number
    says: An office's landline, an entry found at several schools, or one that stands with half the roll.
    says_zh: 办公座机、多校通用的占位号,或全校统一填写的号码。
    proof: core.person_record
  - name: X14e_public_guardian
    says: A welfare home, village committee or department is the guardian.
    says_zh: 福利院、民政、村(居)委会等机构监护。
    proof: core.person_record
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Students whom an agency invents or sells have its telephone, its manager for a guardian, its office for an address. In
one case studied the six largest groups on one telephone were invented to the last student, after the placeholder that
366 honest ones shared had been set aside.

The case is the school and the kind of entry; its students are its records, and their money stands in their own cases.
How unlikely it is: among the other schools the number of families per entry falls off geometrically (the rate measured
without the school itself, never below `falloff`), so that of the school's entries that rate to the power of families
less one is expected to be so large; the chance is that of finding as many as there are (Poisson), the largest first,
and each further size asked is paid for. Over all schools and kinds the rate of false discoveries is held by the
procedure of Benjamini and Hochberg (1995). A small school has fewer entries and is not reported for that.

A group inside one class is left to FR307, which looks at classes; accounts are SA405's. Guardians count by their
identity number only: names repeat.

What to check first

The telephone: one call settles most of it.
*/
with site as (
    select
        approval.school_code,
        approval.site_name,
        min(coalesce(approval.valid_from, date '1900-01-01')) as valid_from,
        max(coalesce(approval.valid_to, date '9999-12-31')) as valid_to
    from teaching_sites as approval
    group by approval.school_code, approval.site_name
),

student as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.started_on,
        enrolment.teaching_site,
        phone_digits(record.phone) as phone,
        phone_digits(record.guardian_phone) as guardian_phone,
        name_key(record.guardian_name) as guardian_key,
        id_normalise(record.guardian_id) as guardian_number,
        text_key(record.address) as address,
        enrolment.class_name || '/' || coalesce(enrolment.entry_month, 0) as class,
        -- X14_siblings
        coalesce(
            substr(name_key(enrolment.name), 1, 1) || name_key(record.guardian_name), enrolment.person_id
        ) as family
    from core.enrolment as enrolment
    inner join core.person_record as record
        on enrolment.record_id = record.record_id
    left join site
        on
            enrolment.school_code = site.school_code
            and enrolment.teaching_site = site.site_name
            and enrolment.started_on between site.valid_from and site.valid_to
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.standing <> 'ended'
        -- X12_village_class
        and site.site_name is null
),

entry as (
    select
        student.*,
        'phone' as kind,
        student.phone as entry_value
    from student
    -- X14d_office_number
    where regexp_full_match(student.phone, '1[3-9][0-9]{9}')

    union all

    select
        student.*,
        'phone' as kind,
        student.guardian_phone as entry_value
    from student
    where
        regexp_full_match(student.guardian_phone, '1[3-9][0-9]{9}')
        and student.guardian_phone is distinct from student.phone

    union all

    select
        student.*,
        'guardian' as kind,
        student.guardian_number as entry_value
    from student
    where
        id_class(student.guardian_number) = 'valid'
        -- X14e_public_guardian
        and not coalesce(regexp_matches(student.guardian_key, '福利|民政|救助|委员会|村委|居委|社区|儿童|学校'), false)

    union all

    select
        student.*,
        'address' as kind,
        student.address as entry_value
    from student
    where
        -- X12b_village_address
        regexp_matches(student.address, '[0-9一二三四五六七八九十](号|室|户|门)')
        -- X14c_dormitory_address
        and not regexp_matches(student.address, '学校|中学|小学|中专|职中|职教|技校|学院|校区|校内|宿舍|公寓|福利')
),

school_size as (
    select
        student.registry,
        student.school_code,
        count(distinct student.person_id) as students
    from student
    group by student.registry, student.school_code
),

spread as (
    select
        entry.kind,
        entry.entry_value,
        count(distinct entry.school_code) as schools,
        count(distinct entry.family) as families
    from entry
    group by entry.kind, entry.entry_value
),

class_size as (
    select
        entry.registry,
        entry.school_code,
        entry.kind,
        entry.entry_value,
        entry.class,
        count(distinct entry.person_id) as class_students
    from entry
    where entry.class is not null
    group by entry.registry, entry.school_code, entry.kind, entry.entry_value, entry.class
),

largest_class as (
    select
        class_size.registry,
        class_size.school_code,
        class_size.kind,
        class_size.entry_value,
        max(class_size.class_students) as class_students
    from class_size
    group by class_size.registry, class_size.school_code, class_size.kind, class_size.entry_value
),

listed as (
    select
        entry.registry,
        entry.school_code,
        entry.kind,
        entry.entry_value,
        count(distinct entry.family) as families,
        count(distinct entry.person_id) as students,
        count(*) filter (where entry.teaching_site is not null) as site_rows,
        min(entry.started_on) as first_on,
        list(distinct entry.record_id) as record_ids
    from entry
    group by entry.registry, entry.school_code, entry.kind, entry.entry_value
),

shared as (
    select listed.*
    from listed
    inner join spread
        on
            listed.kind = spread.kind
            and listed.entry_value = spread.entry_value
    where
        -- an entry of many schools is nobody's, unless nearly all who have it are of this one
        spread.schools < $least_schools
        or listed.families >= $own_share * spread.families
),

-- The geometric fall-off at all schools, and at one of them to be taken off again.
all_school as (
    select
        shared.kind,
        sum(shared.families) as families,
        count(*) as entries
    from shared
    group by shared.kind
),

own_school as (
    select
        shared.registry,
        shared.school_code,
        shared.kind,
        sum(shared.families) as families,
        count(*) as entries
    from shared
    group by shared.registry, shared.school_code, shared.kind
),

usual as (
    select
        own_school.registry,
        own_school.school_code,
        own_school.kind,
        own_school.entries,
        school_size.students as school_students,
        greatest(
            $falloff,
            coalesce(
                1 - (all_school.entries - own_school.entries)
                / nullif(all_school.families - own_school.families, 0),
                0
            )
        ) as rate
    from own_school
    inner join all_school
        on own_school.kind = all_school.kind
    inner join school_size
        on
            own_school.registry = school_size.registry
            and own_school.school_code = school_size.school_code
),

conspicuous as (
    select
        shared.*,
        usual.entries * pow(usual.rate, shared.families - 1) as entries_expected
    from shared
    inner join usual
        on
            shared.registry = usual.registry
            and shared.school_code = usual.school_code
            and shared.kind = usual.kind
    left join largest_class
        on
            shared.registry = largest_class.registry
            and shared.school_code = largest_class.school_code
            and shared.kind = largest_class.kind
            and shared.entry_value = largest_class.entry_value
    where
        shared.families >= case when shared.kind = 'guardian' then $most_wards + 1 else $least_families end
        -- X14b_class_teacher
        and not (
            shared.kind = 'phone'
            and coalesce(largest_class.class_students, 0) >= $one_class_share * shared.students
        )
        and not (
            shared.kind <> 'guardian'
            and shared.students >= $filled_share * usual.school_students
        )
),

ordered as (
    select
        conspicuous.*,
        count(*) over as_large as entries_as_large,
        dense_rank() over (
            partition by conspicuous.registry, conspicuous.school_code, conspicuous.kind
            order by conspicuous.families desc
        ) as sizes_asked
    from conspicuous
    window
        as_large as (
            partition by conspicuous.registry, conspicuous.school_code, conspicuous.kind
            order by conspicuous.families desc
            range between unbounded preceding and current row
        )
),

-- So many entries so large where so few are expected: the tail of Poisson is at most its first term without the factor.
judged as (
    select
        ordered.*,
        least(
            1.0,
            ordered.sizes_asked
            * exp(ordered.entries_as_large * ln(ordered.entries_expected) - lgamma(ordered.entries_as_large + 1))
        ) as chance
    from ordered
),

school_kind as (
    select
        usual.registry,
        usual.school_code,
        usual.kind,
        coalesce(min(judged.chance), 1.0) as chance
    from usual
    left join judged
        on
            usual.registry = judged.registry
            and usual.school_code = judged.school_code
            and usual.kind = judged.kind
    group by usual.registry, usual.school_code, usual.kind
),

ranked as (
    select
        school_kind.*,
        count(*) over () as compared,
        rank() over (order by school_kind.chance desc) as rank_from_above
    from school_kind
),

-- Benjamini and Hochberg: ties share the largest rank.
discovered as (
    select max(ranked.chance) as largest_chance
    from ranked
    where ranked.chance <= $false_rate * (ranked.compared - ranked.rank_from_above + 1) / ranked.compared
),

reported as (
    select
        ranked.school_code,
        ranked.registry,
        ranked.kind,
        ranked.chance,
        cast(ranked.compared as integer) as compared,
        cast(count(*) as integer) as shared_values,
        cast(max(judged.families) as integer) as largest,
        min(judged.first_on) as overlap_from,
        bool_or(judged.site_rows > 0) as has_sites,
        list_sort(list_distinct(flatten(list(judged.record_ids)))) as evidence_record_ids
    from ranked
    cross join discovered
    inner join judged
        on
            ranked.registry = judged.registry
            and ranked.school_code = judged.school_code
            and ranked.kind = judged.kind
            and discovered.largest_chance >= judged.chance
    where ranked.chance <= discovered.largest_chance
    group by ranked.school_code, ranked.registry, ranked.kind, ranked.chance, ranked.compared
),

told as (
    select
        reported.* exclude (chance),
        'C' as severity,
        'unusual' as certainty,
        cast($false_rate as double) as false_discovery_rate,
        cast(len(reported.evidence_record_ids) as integer) as students,
        greatest(round(reported.chance, 9), 1e-9) as chance,
        case reported.kind when 'phone' then '联系电话' when 'guardian' then '监护人' else '住址' end as kind_zh,
        case
            when reported.has_sites and not is_delivered('teaching_sites') then 'teaching_sites' else ''
        end as missing_inputs
    from reported
),

worded as (
    select
        told.*,
        case when told.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from told
)

select
    worded.school_code,
    worded.registry,
    worded.kind,
    worded.kind_zh,
    worded.shared_values,
    worded.students,
    worded.largest,
    worded.chance,
    worded.compared,
    worded.false_discovery_rate,
    worded.overlap_from,
    worded.severity,
    worded.certainty,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
