/*
id: FR306
title: age or status that does not fit the claimed kind of entrant
title_zh: 年龄或身份与登记的招生对象不符
severity: C
certainty: probable
subject: person
policy: [national:adults, national:own-age, xinzhou_2023:adults, xinzhou_2023:false-registration]
reads:
  required:
    - core.enrolment
    - core.person
    - feature.enrolment_aid
  optional:
    - core.hold
    - core.person_link
    - counter_evidence
    - k12_students
    - special_statuses
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - kind
  - entrant_type
  - years_of_age
  - reason
  - reason_zh
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
  The student entered on {overlap_from} as {entrant_type}, {years_of_age} years old: {reason}.
message_zh: 该生 {overlap_from} 入学时 {years_of_age} 岁,登记招生对象与实际不符:{reason_zh}。
next: >-
  See the graduation certificate or the discharge paper that the category rests on, and the payroll of the employer
  named in the insurance list.
next_zh: 查验毕业证、退役证等认定招生对象的原件,并向参保单位核实在职情况。
params:
  high_age:
    default: policy:age.high
    unit: years_of_age
    comment: Above it nobody enters as a fresh graduate.
    registry: vocational
  least_entry_age:
    default: policy:age.entry_min
    unit: years_of_age
    comment: Below it junior school can hardly be finished.
    registry: vocational
  infant_age:
    default: policy:age.infant
    unit: years_of_age
    comment: Younger entrants are FR301's.
  veteran_age:
    default: 19
    unit: years_of_age
    comment: Own estimate; volunteers join at 17 at the earliest and serve two years.
  working_age:
    default: policy:age.trainee_min
    unit: years_of_age
    comment: Nobody younger may work, be laid off or farm for a living.
  high_school_age:
    default: 16
    unit: years_of_age
    comment: Own estimate; nobody younger has finished a general high school.
  employed_days:
    default: 180
    unit: days
    comment: Own estimate; insured for so long around entry is a job, and no summer work.
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: Recognition of a status may follow the entry by so much.
  same_birth:
    default: 31
    unit: days
    comment: Own estimate; birth date and number further apart leave the age open.
exceptions:
  - name: X04_consecutive_levels
    says: An advanced or technician class, whose students keep the label of their first entry.
    says_zh: 技工院校高级工、预备技师班学生沿用初次入学时的生源类别。
    proof: core.enrolment
  - name: X11_part_time
    says: An employed adult who studies part-time, as the rules have it.
    says_zh: 在职人员以非全日制形式就读,符合规定。
    proof: core.enrolment
  - name: X11b_late_schooling
    says: A disabled student, on the list, who finished junior school late.
    says_zh: 残疾学生(在认定名单内)晚入学、晚毕业。
    proof: special_statuses
  - name: X11c_recognised_status
    says: Young, but on the list of the department that recognises the status, by the day of entry or soon after.
    says_zh: 年龄虽小,但入学前后已列入主管部门认定的退役军人、农民、下岗等名单。
    proof: special_statuses
  - name: X15_insured_without_a_job
    says: Insurance as a resident or on one's own account, and lists of people without work, prove no job.
    says_zh: 城乡居民医保养老、灵活就业参保以及未就业、失业名单,均不证明在职。
    proof: counter_evidence
  - name: X17_birth_date_in_doubt
    says: Birth date, number and what other lists say disagree; the age is a matter of correction.
    says_zh: 出生日期与证件号或其他数据不一致,年龄待更正,不作为疑点。
    proof: core.person
  - name: X18_finished_junior_school
    says: A very young entrant who has finished junior school by the registry of schools.
    says_zh: 低龄学生初中学籍已毕业,属提前入学跳级。
    proof: k12_students
  - name: X20_kept_place
    says: The place was kept, or the student served in the army in between, and the first label stands.
    says_zh: 曾保留入学资格或入伍,沿用原招生对象。
    proof: core.hold
history:
  - {on: 2024-04-15, note: First edition.}
  - on: 2024-04-15
    note: >-
      Whom the department recognises is not too young; insurance as a resident is no job.
---
Why it matters

The kind of entrant decides the plan, the length of the programme and the aid. Factory workers listed as fresh
graduates and youths listed as veterans were the stuff of the expansion years. Sub-tests (kind): `too_old` (fresh
graduate above the age limit), `too_young` (below the age at which junior school ends), `never_served` (veteran too
young to have served), `still_serving` (veteran whom the army list has in service on the day of entry),
`too_young_to_work`, `no_high_school` (high school graduate too young to be one), `recognised_later` (the department's
list dates the status well after the entry) and `employed` (insured in a job around entry: as fresh graduate, as laid
off, or as another adult registered full-time).

The money of a student whom two sub-tests name stands in the graver case. Age alone is C, or B where the category is
impossible at that age, and so is what another department's list contradicts; A only where the army or the insurer
contradicts a full-time record that drew aid. A category that no list confirms is SC514's. Employees who say that they
are employees fit their kind.

What to check first

The birth date: most wrong ages are wrong dates. These are tested against number and other lists first.
*/
with entrant as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.match_probability,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.study_form,
        enrolment.entrant_type,
        enrolment.level,
        enrolment.started_on,
        enrolment.born_on,
        enrolment.entrant_type in ('junior_fresh', 'high_fresh') as is_fresh,
        enrolment.entrant_type in ('veteran', 'laid_off', 'migrant_worker', 'farmer', 'athlete') as is_adult_kind,
        date_sub('year', enrolment.born_on, enrolment.started_on) as years_of_age,
        -- X17_birth_date_in_doubt
        coalesce(abs(date_diff('day', enrolment.born_on, id_birth(enrolment.id_number))) <= $same_birth, false)
        and coalesce(abs(date_diff('day', enrolment.born_on, person.born_on)) <= $same_birth, true) as is_age_sure
    from core.enrolment as enrolment
    inner join core.person as person
        on enrolment.person_id = person.person_id
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.entrant_type is not null
        -- X04_consecutive_levels
        and coalesce(enrolment.level, '') not in ('advanced', 'technician')
),

-- What the army and the insurer say of the day of entry.
elsewhere as (
    select
        entrant.record_id,
        evidence.record_id as evidence_id,
        evidence.started_on as since_on,
        case when regexp_matches(evidence.kind, '现役|入伍|服役') then 'still_serving' else 'employed' end as kind,
        least(link.match_probability, entrant.match_probability) as match_probability
    from entrant
    inner join core.person_link as link
        on entrant.person_id = link.person_id
    inner join counter_evidence as evidence
        on link.record_id = evidence.record_id
    where
        evidence.started_on <= entrant.started_on
        and coalesce(evidence.ended_on, date '9999-12-31') >= entrant.started_on
        and (
            regexp_matches(evidence.kind, '现役|入伍|服役') and entrant.entrant_type = 'veteran'
            or regexp_matches(evidence.kind, '在职|参保|就业')
            and coalesce(evidence.ended_on, as_of()) - evidence.started_on >= $employed_days
            -- X15_insured_without_a_job
            and not regexp_matches(
                concat_ws(' ', evidence.kind, evidence.detail),
                '灵活就业|城乡居民|居民(基本)?(医疗|养老|医保|保险|参保)|未就业|待就业|失业|停保|断保|离职'
            )
            and (
                entrant.is_fresh
                or entrant.entrant_type = 'laid_off'
                -- X11_part_time
                or entrant.is_adult_kind and entrant.study_form = 'full_time'
            )
        )
),

recognised as (
    select
        entrant.record_id,
        min(coalesce(status.valid_from, entrant.started_on)) as recognised_on,
        min(status.record_id) as evidence_id
    from entrant
    inner join core.person_link as link
        on entrant.person_id = link.person_id
    inner join special_statuses as status
        on link.record_id = status.record_id
    where
        entrant.entrant_type = 'veteran' and regexp_matches(status.kind, '退役|退伍|复转')
        or entrant.entrant_type = 'farmer' and regexp_matches(status.kind, '农民')
        or entrant.entrant_type = 'laid_off' and regexp_matches(status.kind, '下岗|失业')
        or entrant.entrant_type = 'disabled' and regexp_matches(status.kind, '残')
    group by entrant.record_id
),

disabled as (
    select link.person_id
    from special_statuses as status
    inner join core.person_link as link
        on status.record_id = link.record_id
    where regexp_matches(status.kind, '残')
    group by link.person_id
),

junior_school as (
    select
        enrolment.person_id,
        min(coalesce(enrolment.ended_on, enrolment.expected_end_on)) as ended_on
    from core.enrolment as enrolment
    where enrolment.stage = 'junior'
    group by enrolment.person_id
),

kept_place as (
    select
        enrolment.person_id,
        min(hold.held_from) as held_from
    from core.hold as hold
    inner join core.enrolment as enrolment
        on hold.record_id = enrolment.record_id
    group by enrolment.person_id
),

of_age as (
    select
        entrant.record_id,
        entrant.person_id,
        entrant.started_on,
        case
            when entrant.is_fresh and entrant.years_of_age > $high_age then 'too_old'
            when entrant.years_of_age between $infant_age and $least_entry_age - 1 then 'too_young'
            when entrant.entrant_type = 'veteran' and entrant.years_of_age < $veteran_age then 'never_served'
            when entrant.is_adult_kind and entrant.years_of_age < $working_age then 'too_young_to_work'
            when
                entrant.entrant_type in ('high_fresh', 'high_past') and entrant.years_of_age < $high_school_age
                then 'no_high_school'
        end as kind
    from entrant
    where
        entrant.is_age_sure
        and entrant.years_of_age >= $infant_age
),

contradicted as (
    select
        of_age.record_id,
        of_age.kind,
        null as evidence_id,
        null as since_on,
        1 as match_probability
    from of_age
    left join disabled
        on of_age.person_id = disabled.person_id
    left join junior_school
        on of_age.person_id = junior_school.person_id
    left join kept_place
        on of_age.person_id = kept_place.person_id
    left join recognised
        on of_age.record_id = recognised.record_id
    where
        of_age.kind is not null
        -- X11b_late_schooling
        and not (of_age.kind = 'too_old' and disabled.person_id is not null)
        -- X11c_recognised_status
        and not (
            of_age.kind in ('never_served', 'too_young_to_work')
            and coalesce(recognised.recognised_on <= of_age.started_on + $lag_days, false)
        )
        -- X18_finished_junior_school
        and not (of_age.kind = 'too_young' and coalesce(junior_school.ended_on <= of_age.started_on, false))
        -- X20_kept_place
        and not (of_age.kind = 'too_old' and kept_place.person_id is not null)

    union all

    select
        elsewhere.record_id,
        elsewhere.kind,
        elsewhere.evidence_id,
        elsewhere.since_on,
        elsewhere.match_probability
    from elsewhere

    union all

    select
        entrant.record_id,
        'recognised_later' as kind,
        recognised.evidence_id,
        recognised.recognised_on as since_on,
        entrant.match_probability
    from entrant
    inner join recognised
        on entrant.record_id = recognised.record_id
    where recognised.recognised_on > entrant.started_on + $lag_days
),

judged as (
    select
        entrant.person_id,
        entrant.record_id,
        entrant.school_code,
        entrant.registry,
        entrant.entrant_type,
        entrant.years_of_age,
        entrant.started_on as overlap_from,
        contradicted.kind,
        aid.amount_paid,
        aid.amount_estimated,
        aid.aid_items,
        'probable' as certainty,
        least(entrant.match_probability, contradicted.match_probability) as match_probability,
        list_sort(
            list_filter(list_append(aid.aid_record_ids, contradicted.evidence_id), lambda one: one is not null)
        ) as evidence_record_ids,
        case contradicted.kind
            when 'too_old' then 'too old for a fresh graduate'
            when 'too_young' then 'too young to have finished junior school'
            when 'never_served' then 'too young to have served'
            when 'too_young_to_work' then 'too young to have worked'
            when 'no_high_school' then 'too young to have finished high school'
            when 'still_serving' then 'in service since ' || contradicted.since_on
            when 'recognised_later' then 'the status was recognised only on ' || contradicted.since_on
            else 'insured in a job since ' || contradicted.since_on
        end as reason,
        case contradicted.kind
            when 'too_old' then '登记为应届毕业生,年龄过大'
            when 'too_young' then '年龄过小,不可能已初中毕业'
            when 'never_served' then '登记为退役军人,年龄不足以服满兵役'
            when 'too_young_to_work' then '登记为社会人员,未达到就业年龄'
            when 'no_high_school' then '登记为高中毕业生,年龄过小'
            when 'still_serving' then '登记为退役军人,但自 ' || contradicted.since_on || ' 起仍在服现役'
            when 'recognised_later' then '主管部门 ' || contradicted.since_on || ' 才认定该身份'
            else '自 ' || contradicted.since_on || ' 起在职参保'
        end as reason_zh,
        case
            when contradicted.kind not in ('still_serving', 'employed', 'never_served', 'too_young_to_work') then 'C'
            when
                contradicted.kind in ('still_serving', 'employed')
                and entrant.study_form = 'full_time'
                and aid.amount_paid > 0
                then 'A'
            else 'B'
        end as severity,
        concat_ws(
            ',',
            case
                when contradicted.kind = 'too_young' and not is_delivered('k12_students') then 'k12_students'
            end,
            case
                when
                    contradicted.kind in ('too_old', 'never_served', 'too_young_to_work')
                    and not is_delivered('special_statuses')
                    then 'special_statuses'
            end
        ) as missing_inputs
    from contradicted
    inner join entrant
        on contradicted.record_id = entrant.record_id
    inner join feature.enrolment_aid as aid
        on contradicted.record_id = aid.record_id
),

worded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
    qualify
        row_number() over (
            partition by judged.person_id, judged.school_code, judged.kind
            order by judged.overlap_from, judged.record_id
        ) = 1
),

-- The money of a student stands once, in the gravest case.
counted as (
    select
        worded.*,
        row_number() over (
            partition by worded.person_id, worded.school_code
            order by worded.verdict desc, worded.severity, worded.kind
        ) = 1 as is_gravest
    from worded
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
    charged.record_id,
    charged.school_code,
    charged.registry,
    charged.kind,
    charged.entrant_type,
    charged.years_of_age,
    charged.reason,
    charged.reason_zh,
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
