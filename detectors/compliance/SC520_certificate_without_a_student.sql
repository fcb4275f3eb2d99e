/*
id: SC520
title: skill certificate or credits without the person, the spell or the examination
title_zh: 技能证书或学分转换缺少对应人员、学籍或考核
severity: C
certainty: certain
subject: person
policy: [jiamusi_2022:credits, national:own-age]
reads:
  required:
    - core.enrolment
    - core.person
    - core.person_link
    - skill_certificates
  optional:
    - core.school
    - counter_evidence
    - graduates
    - training_subsidies
evidence:
  - person_id
  - record_id
  - other_record_id
  - certificate_no
  - kind
  - occupation
  - skill_level
  - issuer
  - school_code
  - assessed_on
  - issued_on
  - age
  - wrongs
  - wrongs_zh
  - match_probability
  - severity
  - certainty
  - evidence_record_ids
key: [person_id, kind, certificate_no]
route: school_code
message: >-
  {kind} {certificate_no} ({occupation} {skill_level}, assessed {assessed_on}): {wrongs}.
message_zh: "{kind} {certificate_no}({occupation} {skill_level},考核 {assessed_on}):{wrongs_zh}。"
next: Ask the issuer for the examination record and the sign-in list; ask the school how the candidate was entered.
next_zh: 向颁证机构调取考核记录和签到表,向学校核实报考名单和学分认定依据。
params:
  adult_age:
    default: policy:age.high
    registry: vocational
    unit: years_of_age
    comment: From this age on somebody who is on no roll is a social candidate.
  resit_days:
    default: 365
    unit: days
    comment: Own estimate; graduates may sit or resit an examination for so long.
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: A place may be entered so much later than lessons begin.
  delivered_share:
    default: 0.5
    unit: share
    comment: Own estimate; from so much of a list on a blank cell means something.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it certificate and student are the same person only probably.
exceptions:
  - name: X11_social_candidate
    says: Adults sit examinations without being on a roll; the school is then the place of the examination.
    says_zh: 社会考生可不在籍参加考核,学校仅为考点。
    proof: core.person
  - name: X15_another_school
    says: On the roll of another school on the day, as after a transfer.
    says_zh: 考核当日在其他学校有学籍(如转学)。
    proof: core.enrolment
  - name: X15b_entered_late
    says: The enrolment was entered within weeks of the examination.
    says_zh: 考核后不久即录入学籍,在合理期限内。
    proof: core.enrolment
  - name: X17_written_otherwise
    says: The school has a student of that name or number, whom the matcher could not join.
    says_zh: 该校有同名或同证件号学生,仅因书写差异未能归并。
    proof: core.enrolment
  - name: X18_resit_after_graduation
    says: A graduate who sits the examination within a year.
    says_zh: 毕业一年内参加考核或补考。
    proof: core.enrolment
  - name: X20_held_enrolment
    says: Suspended or with a kept place on the day, and still of the school.
    says_zh: 考核当日学籍为休学或保留学籍。
    proof: core.enrolment
  - name: X24_training_or_diploma
    says: The credits rest on a training certificate or a diploma instead.
    says_zh: 学分依据为培训证书或毕业证书。
    proof: training_subsidies
  - name: X28_listed_twice
    says: One certificate that two lists name.
    says_zh: 同一证书出现在两份名单中。
    proof: skill_certificates
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Certificates and credits are counted: in the 1+X figures, in subsidies, in early graduation. Made-up ones have nobody
behind them, or somebody who was not at the school on the day, no day of examination, the number of another candidate,
or credits for a certificate that does not exist. Converting credits never makes anybody a student.

Sub-tests: a candidate of school age on no roll; an examination outside every enrolment; the dead; no day of
examination where the list has them, or a certificate issued before it; one number for two persons; credits without a
certificate of that person behind them; credits counted twice for one certificate. Without the roll of the named school,
or where most credits of a list find no certificate, the case waits for the list.

What to check first

The issuer's own record of the number.
*/
with delivered_row as (
    select
        skill.record_id,
        skill.source_file,
        skill.sheet,
        skill.kind,
        skill.certificate_no,
        skill.issuer,
        skill.occupation,
        skill.skill_level,
        skill.name,
        skill.id_number,
        skill.assessed_on,
        skill.issued_on,
        skill.credits,
        link.person_id,
        link.match_probability,
        school.kind as school_kind,
        regexp_matches(skill.kind, '学分|转换|认定') and not regexp_matches(skill.kind, '证书') as is_credit,
        regexp_matches(skill.certificate_no, '[0-9].*[0-9].*[0-9].*[0-9]') as is_number,
        coalesce(school.current_school_code, skill.school_code) as school_code,
        coalesce(skill.assessed_on, skill.issued_on) as judged_on
    from skill_certificates as skill
    inner join core.person_link as link
        on skill.record_id = link.record_id
    left join core.school as school
        on skill.school_code = school.school_code
),

list_filled as (
    select
        delivered_row.source_file,
        delivered_row.sheet,
        count(delivered_row.assessed_on) filter (where not delivered_row.is_credit)
        >= $delivered_share * count(*) filter (where not delivered_row.is_credit) as names_examinations
    from delivered_row
    group by delivered_row.source_file, delivered_row.sheet
),

-- What the certificate of one row says, each row of a list once.
entry as (
    select
        delivered_row.*,
        row_number() over (
            partition by
                delivered_row.person_id,
                delivered_row.kind,
                delivered_row.certificate_no,
                delivered_row.source_file,
                delivered_row.sheet
            order by delivered_row.record_id
        ) as copy_no
    from delivered_row
),

certificate as (
    select
        entry.person_id,
        entry.kind,
        entry.certificate_no,
        entry.is_credit,
        entry.is_number,
        -- X28_listed_twice
        max(entry.copy_no) as times,
        any_value(entry.issuer order by entry.record_id) as issuer,
        any_value(entry.occupation order by entry.record_id) as occupation,
        any_value(entry.skill_level order by entry.record_id) as skill_level,
        any_value(entry.name order by entry.record_id) as name,
        any_value(entry.id_number order by entry.record_id) as id_number,
        any_value(entry.school_code order by entry.record_id) as school_code,
        any_value(entry.school_kind order by entry.record_id) as school_kind,
        min(entry.record_id) as record_id,
        min(entry.assessed_on) as assessed_on,
        min(entry.issued_on) as issued_on,
        min(entry.judged_on) as judged_on,
        min(entry.match_probability) as match_probability,
        bool_and(filled.names_examinations) as names_examinations,
        list(entry.record_id order by entry.record_id) as record_ids
    from entry
    inner join list_filled as filled
        on
            entry.source_file = filled.source_file
            and entry.sheet is not distinct from filled.sheet
    group by entry.person_id, entry.kind, entry.certificate_no, entry.is_credit, entry.is_number
),

holder as (
    select
        upper(trim(certificate.certificate_no)) as number,
        -- One candidate written in two ways is no second holder.
        least(
            count(distinct certificate.person_id),
            count(distinct name_key(certificate.name)),
            count(distinct id_normalise(certificate.id_number))
        ) as persons,
        coalesce(text_key(certificate.issuer), '') as issuer_key
    from certificate
    where
        not certificate.is_credit
        and certificate.is_number
    -- Two issuers may count alike.
    group by upper(trim(certificate.certificate_no)), coalesce(text_key(certificate.issuer), '')
),

numbered as (
    select
        upper(trim(certificate.certificate_no)) as number,
        list(distinct name_key(certificate.name)) as name_keys,
        list(distinct id_normalise(certificate.id_number)) as id_numbers
    from certificate
    where
        not certificate.is_credit
        and certificate.is_number
    group by upper(trim(certificate.certificate_no))
),

-- Numbers under which the person has learned something: certificates, training, diplomas.
learned as (
    select
        certificate.person_id,
        upper(trim(certificate.certificate_no)) as number
    from certificate
    where not certificate.is_credit
    union
    -- X24_training_or_diploma
    select
        link.person_id,
        upper(trim(training.certificate_no)) as number
    from training_subsidies as training
    inner join core.person_link as link
        on training.record_id = link.record_id
    where training.certificate_no is not null
    union
    select
        link.person_id,
        upper(trim(graduate.certificate_no)) as number
    from graduates as graduate
    inner join core.person_link as link
        on graduate.record_id = link.record_id
),

credit_list as (
    select count(learned.number) >= $delivered_share * count(*) as finds_certificates
    from certificate
    left join learned
        on
            certificate.person_id = learned.person_id
            and upper(trim(certificate.certificate_no)) = learned.number
    where certificate.is_credit
),

on_roll as (
    select
        certificate.person_id,
        certificate.kind,
        certificate.certificate_no,
        min(enrolment.record_id) as record_id,
        min(enrolment.match_probability) as match_probability,
        -- X15_another_school
        bool_or(
            -- X15b_entered_late
            enrolment.started_on - $lag_days <= certificate.judged_on
            and (
                -- X20_held_enrolment
                enrolment.standing in ('active', 'held')
                or enrolment.ended_on + $lag_days >= certificate.judged_on
                -- X18_resit_after_graduation
                or (enrolment.status in ('graduated', 'completed') or enrolment.end_event = 'certificate')
                and enrolment.ended_on + $resit_days >= certificate.judged_on
            )
        ) as is_student
    from certificate
    inner join core.enrolment as enrolment
        on certificate.person_id = enrolment.person_id
    group by certificate.person_id, certificate.kind, certificate.certificate_no
),

roll as (
    select enrolment.current_school_code
    from core.enrolment as enrolment
    group by enrolment.current_school_code
),

-- Names are folded only where it matters: folding those of all students takes long.
unplaced as materialized (
    select certificate.*
    from certificate
    left join on_roll
        on
            certificate.person_id = on_roll.person_id
            and certificate.kind = on_roll.kind
            and certificate.certificate_no = on_roll.certificate_no
    where not coalesce(on_roll.is_student, false)
),

open_then as (
    select
        enrolment.name,
        enrolment.id_number,
        enrolment.current_school_code,
        enrolment.started_on - $lag_days as known_from,
        coalesce(enrolment.ended_on + $lag_days, as_of()) as known_to
    from core.enrolment as enrolment
),

near_name as materialized (
    select
        unplaced.record_id,
        unplaced.name,
        open_then.name as other_name
    from unplaced
    inner join open_then
        on
            unplaced.school_code = open_then.current_school_code
            and left(trim(unplaced.name), 1) = left(trim(open_then.name), 1)
    where unplaced.judged_on between open_then.known_from and open_then.known_to
),

alike as (
    select near_name.record_id
    from near_name
    where name_key(near_name.name) = name_key(near_name.other_name)
    union
    select unplaced.record_id
    from unplaced
    inner join open_then
        on id_normalise(unplaced.id_number) = open_then.id_number
    where unplaced.judged_on between open_then.known_from and open_then.known_to
),

dead as (
    select
        link.person_id,
        min(proof.record_id) as record_id,
        min(proof.started_on) as died_on,
        min(link.match_probability) as match_probability
    from counter_evidence as proof
    inner join core.person_link as link
        on proof.record_id = link.record_id
    where regexp_matches(proof.kind, '死亡|去世')
    group by link.person_id
),

tested as (
    select
        certificate.*,
        credit_list.finds_certificates,
        roll.current_school_code is not null as has_roll,
        coalesce(dead.record_id, on_roll.record_id) as other_record_id,
        date_diff('year', person.born_on, certificate.judged_on)
        - if(strftime(person.born_on, '%m-%d') > strftime(certificate.judged_on, '%m-%d'), 1, 0) as age,
        least(certificate.match_probability, on_roll.match_probability, dead.match_probability) as sureness,
        dead.record_id is not null as is_dead,
        certificate.school_code is not null
        and on_roll.record_id is null
        -- X17_written_otherwise
        and alike.record_id is null as is_on_no_roll,
        certificate.school_code is not null
        and certificate.judged_on is not null
        and alike.record_id is null
        and coalesce(not on_roll.is_student, false) as is_outside,
        not certificate.is_credit and certificate.names_examinations and certificate.assessed_on is null
            as lacks_examination,
        coalesce(certificate.issued_on < certificate.assessed_on, false) as is_issued_early,
        not certificate.is_credit and coalesce(holder.persons > 1, false) as is_shared,
        certificate.is_credit
        and learned.number is null
        and numbered.number is not null
        -- X17_written_otherwise
        and not coalesce(list_contains(numbered.name_keys, name_key(certificate.name)), false)
        and not coalesce(list_contains(numbered.id_numbers, id_normalise(certificate.id_number)), false)
            as is_anothers,
        certificate.is_credit and learned.number is null and numbered.number is null as is_groundless,
        certificate.is_credit and certificate.times > 1 as is_counted_twice
    from certificate
    cross join credit_list
    inner join core.person as person
        on certificate.person_id = person.person_id
    left join on_roll
        on
            certificate.person_id = on_roll.person_id
            and certificate.kind = on_roll.kind
            and certificate.certificate_no = on_roll.certificate_no
    left join roll
        on certificate.school_code = roll.current_school_code
    left join alike
        on certificate.record_id = alike.record_id
    left join dead
        on
            certificate.person_id = dead.person_id
            -- Who was examined in life may be certified after death.
            and coalesce(certificate.assessed_on, certificate.issued_on - $resit_days) > dead.died_on
    left join holder
        on
            upper(trim(certificate.certificate_no)) = holder.number
            and coalesce(text_key(certificate.issuer), '') = holder.issuer_key
    left join numbered
        on upper(trim(certificate.certificate_no)) = numbered.number
    left join learned
        on
            certificate.person_id = learned.person_id
            and upper(trim(certificate.certificate_no)) = learned.number
            and certificate.is_credit
),

weighed as (
    select
        tested.*,
        -- X11_social_candidate
        tested.is_on_no_roll and coalesce(tested.age < $adult_age, false) as is_nobody,
        tested.is_outside and coalesce(tested.age < $adult_age, false) as is_not_there
    from tested
),

told as (
    select
        weighed.*,
        concat_ws(
            ', ',
            case when weighed.is_dead then 'dead on the day' end,
            case when weighed.is_nobody then 'a candidate of school age on no roll' end,
            case when weighed.is_not_there then 'examined outside every enrolment' end,
            case when weighed.lacks_examination then 'no day of examination' end,
            case when weighed.is_issued_early then 'issued before the examination' end,
            case when weighed.is_shared then 'the number of another candidate' end,
            case when weighed.is_anothers then 'credits for the certificate of somebody else' end,
            case when weighed.is_groundless then 'credits without a certificate' end,
            case when weighed.is_counted_twice then 'credits counted twice' end
        ) as wrongs,
        concat_ws(
            '、',
            case when weighed.is_dead then '考核当日已死亡' end,
            case when weighed.is_nobody then '学龄考生无任何学籍' end,
            case when weighed.is_not_there then '考核日不在任何学籍期内' end,
            case when weighed.lacks_examination then '无考核日期' end,
            case when weighed.is_issued_early then '发证早于考核' end,
            case when weighed.is_shared then '证书编号与他人相同' end,
            case when weighed.is_anothers then '以他人证书转换学分' end,
            case when weighed.is_groundless then '学分无对应证书' end,
            case when weighed.is_counted_twice then '同一证书重复转换学分' end
        ) as wrongs_zh,
        case when weighed.is_dead or weighed.is_shared or weighed.is_anothers then 'B' else 'C' end as severity,
        weighed.is_dead
        or weighed.is_nobody and weighed.has_roll
        or weighed.is_not_there and weighed.has_roll
        or weighed.lacks_examination
        or weighed.is_issued_early
        or weighed.is_shared
        or weighed.is_anothers
        or weighed.is_groundless and weighed.finds_certificates
        or weighed.is_counted_twice as is_proven,
        case
            when coalesce(weighed.sureness, weighed.match_probability) < $certain_match then 'probable'
            when weighed.is_nobody then 'probable'
            else 'certain'
        end as certainty,
        case
            when not (weighed.is_nobody or weighed.is_not_there) then 'skill_certificates'
            when weighed.school_kind = 'technical' then 'technical_students'
            when weighed.school_kind in ('higher', 'adult_higher') then 'higher_students'
            when weighed.school_kind in ('high', 'junior') then 'k12_students'
            else 'vocational_students'
        end as list_asked_for
    from weighed
),

worded as (
    select
        told.*,
        cast(told.age as integer) as years,
        list_sort(list_concat(told.record_ids, if(told.other_record_id is null, [], [told.other_record_id])))
            as evidence_record_ids,
        case when told.is_proven then 'suspected' else 'needs_evidence' end as verdict,
        case when told.is_proven then '' else told.list_asked_for end as missing_inputs
    from told
    where told.wrongs <> ''
)

select
    worded.person_id,
    worded.record_id,
    worded.other_record_id,
    worded.certificate_no,
    worded.kind,
    worded.occupation,
    worded.skill_level,
    worded.issuer,
    worded.school_code,
    worded.assessed_on,
    worded.issued_on,
    worded.years as age,
    worded.wrongs,
    worded.wrongs_zh,
    worded.match_probability,
    worded.severity,
    worded.certainty,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
