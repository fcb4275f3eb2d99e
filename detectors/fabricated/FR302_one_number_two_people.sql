/*
id: FR302
title: one identity number, two people
title_zh: 一个身份证号对应两个人
severity: B
certainty: probable
subject: person
policy: [national:one-registration, xinzhou_2023:false-registration]
reads:
  required:
    - core.enrolment
    - core.person
    - core.person_record
    - feature.enrolment_aid
    - feature.known_name
  optional:
    - core.change
    - feature.outside_list
    - status_changes
evidence:
  - person_id
  - other_person_id
  - record_id
  - other_record_id
  - school_code
  - other_school_code
  - registry
  - other_registry
  - differs_in
  - differs_in_zh
  - holder
  - holder_zh
  - overlap_from
  - match_probability
  - severity
  - certainty
  - amount_paid
  - amount_estimated
  - aid_items
  - evidence_record_ids
key: [person_id, other_person_id, school_code, other_school_code]
route: school_code
message: >-
  The student at {school_code} and another at {other_school_code} have one identity number; they differ in {differs_in};
  {holder}.
message_zh: 该生与 {other_school_code} 另一名学生使用同一身份证号,两人{differs_in_zh}不同;{holder_zh}。
next: >-
  Ask both schools for the copy of the identity card and the photograph, and the police for name and number; there are
  pairs of real people with one number, who need a certificate and no accusation.
next_zh: 请两校分别提供身份证复印件和学籍照片,送公安部门核对;确属公安重号的,凭派出所证明保留,不作问题处理。
params:
  same_birth:
    default: 1
    unit: days
    comment: Own estimate; twins are born on one day or around midnight.
  typing_slips:
    default: 2
    unit: characters
    comment: Own estimate; a number so near to the student's own one was typed wrongly.
exceptions:
  - name: X13_twins_exchanged
    says: Twins, one of whom has the other's number in one list; surname, birth date and household are the same.
    says_zh: 双胞胎证件号互相填错,姓氏、出生日期和家庭相同。
    proof: core.person_record
  - name: X14_number_of_a_relative
    says: >-
      The number is that of the student's guardian, who is enrolled as well, or of a brother or sister with the same
      guardian and telephone, whatever surname each bears.
    says_zh: 误填监护人证件号(监护人本人也在籍),或误填同一监护人、同一电话的兄弟姐妹证件号(含随父、随母姓者)。
    proof: core.person_record
  - name: X16_namesake_in_the_next_row
    says: >-
      The student's own number is known and the two are of one school; the number slipped from one row of the school's
      list to another.
    says_zh: 同校两名学生,其中一人本人号码已在其他数据中查明,属录入串行。
    proof: core.person
  - name: X17_changed_name
    says: The two names are those of one person before and after a change of name.
    says_zh: 两个姓名为同一人更名前后。
    proof: core.person_record
  - name: X17b_corrected_number
    says: An approved correction of the personal data was entered for one of the two enrolments.
    says_zh: 其中一条学籍已有经审批的身份信息变更。
    proof: core.change
  - name: X17c_number_typed_wrongly
    says: The student's own number is known and hardly differs from the other's.
    says_zh: 该生本人号码已知,与对方号码仅差一两位,属录入错误。
    proof: core.person
  - name: X17d_one_student_held_apart
    says: Name, sex, birth date and guardian or telephone agree; it is one student whose records contradict elsewhere.
    says_zh: 姓名、性别、出生日期及监护人或电话均一致,实为同一学生,仅其他字段(如学籍号)矛盾。
    proof: core.person_record
history:
  - {on: 2024-04-15, note: First edition.}
  - {on: 2024-04-15, note: Brothers and sisters may bear two surnames.}
---
Why it matters

A number is the registry's only guard against a second enrolment. Who registers an invented student under a real number,
or a real one under a stranger's, draws funds on a name that nobody can check, and locks the true holder out of a school
years later. Only numbers that GB 11643-1999 allows count: rounded and temporary ones are shared innocently.

Two people are those whom the matcher holds apart, and students whom it joined by the number alone though surname and
sex differ. The doubted student (person_id) is the one whose number no other list confirms. With the holder confirmed,
differing names, and nothing known of the doubted student's own number the case is B, A where aid was drawn; one name in
two households (曲沃) is C and never more; so is a student whose own number is known from another list.

What to check first

Copies of the two identity cards side by side. An error of the police or of the keyboard is the likelier story.
*/
with numbered as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.match_probability,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.id_number,
        enrolment.student_no,
        enrolment.started_on,
        record.guardian_phone,
        name_key(enrolment.name) as name_key,
        name_key(record.former_name) as former_key,
        name_key(record.guardian_name) as guardian_key,
        id_normalise(record.guardian_id) as guardian_number,
        coalesce(record.born_on, enrolment.born_on) as born_on,
        nullif(coalesce(record.sex, enrolment.sex), 'unknown') as sex
    from core.enrolment as enrolment
    left join core.person_record as record
        on enrolment.record_id = record.record_id
    where id_class(enrolment.id_number) = 'valid'
),

shared_number as (
    select numbered.id_number
    from numbered
    group by numbered.id_number
    having
        count(distinct numbered.name_key) + count(distinct numbered.person_id) > 2
        and bool_or(numbered.registry in ('vocational', 'technical'))
),

bearer as (
    select
        numbered.*,
        person.id_number as known_number,
        coalesce(person.id_number = numbered.id_number, false) as is_known_by_it,
        coalesce(substr(numbered.student_no, 1, 1) = 'G' and substr(numbered.student_no, 2) = numbered.id_number, false)
            as is_in_student_no,
        outside_list.person_id is not null as is_known_outside,
        coalesce(numbered.born_on <> id_birth(numbered.id_number), false) as is_of_other_birth,
        coalesce(numbered.sex <> id_sex(numbered.id_number), false) as is_of_other_sex
    from numbered
    inner join shared_number
        on numbered.id_number = shared_number.id_number
    inner join core.person as person
        on numbered.person_id = person.person_id
    left join feature.outside_list as outside_list
        on numbered.person_id = outside_list.person_id
),

ranked as (
    select
        bearer.*,
        -- How much speaks for the number being the student's own.
        4 * if(bearer.is_known_by_it, 1, 0)
        + 2 * if(bearer.is_in_student_no, 1, 0)
        + if(bearer.is_known_outside and bearer.is_known_by_it, 2, 0)
        - 2 * if(bearer.is_of_other_birth, 1, 0)
        - 2 * if(bearer.is_of_other_sex, 1, 0) as claim
    from bearer
),

-- A holder may stand in a list of the doubted student's school as well as in others.
holder_school as (
    select
        bearer.id_number,
        bearer.person_id,
        list(bearer.school_code) as school_codes
    from bearer
    group by bearer.id_number, bearer.person_id
),

corrected as (
    select change.enrolment_record_id as record_id
    from core.change as change
    where
        change.change_type = 'amend'
        and change.is_approved
    group by change.enrolment_record_id
),

pair as (
    select
        doubted.person_id,
        holder.person_id as other_person_id,
        doubted.record_id,
        holder.record_id as other_record_id,
        doubted.school_code,
        holder.school_code as other_school_code,
        doubted.registry,
        holder.registry as other_registry,
        doubted.started_on as overlap_from,
        holder.started_on as other_started_on,
        doubted.known_number,
        doubted.id_number,
        doubted.name_key,
        doubted.former_key,
        doubted.guardian_key,
        doubted.guardian_phone,
        doubted.guardian_number,
        holder.name_key as other_name_key,
        holder.former_key as other_former_key,
        holder.guardian_key as other_guardian_key,
        holder.guardian_phone as other_guardian_phone,
        least(doubted.match_probability, holder.match_probability) as match_probability,
        doubted.name_key = holder.name_key as is_of_one_name,
        coalesce(
            doubted.guardian_key = holder.guardian_key and doubted.guardian_phone = holder.guardian_phone, false
        ) as is_of_one_household,
        coalesce(doubted.sex <> holder.sex, false) as is_of_two_sexes,
        coalesce(doubted.born_on <> holder.born_on, false) as is_of_two_births,
        coalesce(abs(date_diff('day', doubted.born_on, holder.born_on)) <= $same_birth, true) as is_of_one_birth,
        doubted.known_number is not null and doubted.known_number <> doubted.id_number as has_own_number,
        list_contains(holder_school.school_codes, doubted.school_code) as is_of_one_school,
        holder.claim > doubted.claim
        and holder.is_known_by_it
        and (holder.is_in_student_no or holder.is_known_outside) as is_holder_confirmed,
        corrected.record_id is not null or other_corrected.record_id is not null as is_corrected
    from ranked as doubted
    inner join ranked as holder
        on
            doubted.id_number = holder.id_number
            and (doubted.claim, holder.started_on, holder.record_id)
            < (holder.claim, doubted.started_on, doubted.record_id)
    inner join holder_school
        on
            holder.id_number = holder_school.id_number
            and holder.person_id = holder_school.person_id
    left join corrected
        on doubted.record_id = corrected.record_id
    left join corrected as other_corrected
        on holder.record_id = other_corrected.record_id
    where
        doubted.registry in ('vocational', 'technical')
        and (
            doubted.person_id <> holder.person_id
            -- joined by the number alone
            or doubted.sex <> holder.sex
            and substr(doubted.name_key, 1, 1) <> substr(holder.name_key, 1, 1)
        )
),

judged as (
    select
        pair.*,
        aid.amount_paid,
        aid.amount_estimated,
        aid.aid_items,
        aid.aid_record_ids as evidence_record_ids,
        'probable' as certainty,
        concat_ws(
            ', ',
            case when pair.is_of_one_name then 'household' else 'name' end,
            case when pair.is_of_two_sexes then 'sex' end,
            case when pair.is_of_two_births then 'birth date' end
        ) as differs_in,
        concat_ws(
            '、',
            case when pair.is_of_one_name then '家庭信息' else '姓名' end,
            case when pair.is_of_two_sexes then '性别' end,
            case when pair.is_of_two_births then '出生日期' end
        ) as differs_in_zh,
        case
            when pair.is_holder_confirmed then 'other lists confirm the number for the other student'
            else 'no other list says whose number it is'
        end as holder,
        case
            when pair.is_holder_confirmed then '其他数据表明该号属于对方'
            else '该号属于谁尚无其他数据可以判定'
        end as holder_zh,
        case
            when pair.is_of_one_name or pair.has_own_number or not pair.is_holder_confirmed then 'C'
            when aid.amount_paid > 0 then 'A'
            else 'B'
        end as severity,
        case when is_delivered('status_changes') then '' else 'status_changes' end as missing_inputs
    from pair
    inner join feature.enrolment_aid as aid
        on pair.record_id = aid.record_id
),

worded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
),

lawful_set_aside as (
    select worded.*
    from worded
    where
        -- X13_twins_exchanged
        not coalesce(
            substr(worded.name_key, 1, 1) = substr(worded.other_name_key, 1, 1)
            and not worded.is_of_one_name
            and worded.is_of_one_birth
            and (
                worded.guardian_key = worded.other_guardian_key
                or worded.guardian_phone = worded.other_guardian_phone
                or substr(worded.known_number, 1, 14) = substr(worded.id_number, 1, 14)
            ),
            false
        )
        -- X14_number_of_a_relative
        and not coalesce(
            worded.guardian_number = worded.id_number
            or worded.guardian_key = worded.other_name_key and worded.is_of_two_births,
            false
        )
        and not (worded.is_of_one_household and not worded.is_of_one_name)
        -- X16_namesake_in_the_next_row
        and not (worded.has_own_number and worded.is_of_one_school)
        -- X17_changed_name
        and not coalesce(
            worded.former_key = worded.other_name_key or worded.other_former_key = worded.name_key,
            false
        )
        and not exists (
            select 1
            from feature.known_name as known
            where
                not worded.is_of_one_name
                and not worded.is_of_two_sexes
                and known.role = 'own'
                and (
                    known.person_id = worded.person_id and known.name = worded.other_name_key
                    or known.person_id = worded.other_person_id and known.name = worded.name_key
                )
        )
        -- X17b_corrected_number
        and not worded.is_corrected
        -- X17d_one_student_held_apart
        and not coalesce(
            worded.is_of_one_name
            and not worded.is_of_two_sexes
            and not worded.is_of_two_births
            and (
                worded.guardian_key = worded.other_guardian_key
                or worded.guardian_phone = worded.other_guardian_phone
            ),
            false
        )
        -- X17c_number_typed_wrongly
        and not coalesce(
            worded.has_own_number
            and damerau_levenshtein(worded.known_number, worded.id_number) <= $typing_slips,
            false
        )
    -- Of the holder's records the latest stands for the rest.
    qualify
        row_number() over (
            partition by worded.person_id, worded.other_person_id, worded.school_code
            order by worded.severity, worded.other_started_on desc, worded.record_id, worded.other_record_id
        ) = 1
),

-- The money of a student stands once, whoever else has the number.
counted as (
    select
        lawful_set_aside.*,
        row_number() over (
            partition by lawful_set_aside.person_id, lawful_set_aside.school_code
            order by lawful_set_aside.verdict desc, lawful_set_aside.severity, lawful_set_aside.other_person_id
        ) = 1 as is_gravest
    from lawful_set_aside
),

charged as (
    select
        counted.* exclude (amount_paid, amount_estimated),
        case when counted.is_gravest then counted.amount_paid else 0 end as amount_paid,
        case when counted.is_gravest then counted.amount_estimated else 0 end as amount_estimated
    from counted
)

select
    charged.person_id,
    charged.other_person_id,
    charged.record_id,
    charged.other_record_id,
    charged.school_code,
    charged.other_school_code,
    charged.registry,
    charged.other_registry,
    charged.differs_in,
    charged.differs_in_zh,
    charged.holder,
    charged.holder_zh,
    charged.overlap_from,
    charged.match_probability,
    charged.severity,
    charged.certainty,
    charged.amount_paid,
    charged.amount_estimated,
    charged.aid_items,
    charged.evidence_record_ids,
    charged.verdict,
    charged.missing_inputs
from charged
