/*
id: FR310
title: registration after an earlier rejection as a duplicate
title_zh: 查重驳回后仍注册学籍
severity: B
certainty: certain
subject: person
policy: [national:dedupe, national:one-registration, xinzhou_2023:anti-dual]
reads:
  required:
    - core.enrolment
    - core.person_link
    - core.school
    - feature.enrolment_aid
    - rejected_registrations
  optional:
    - core.hold
    - feature.approved_transfer
    - higher_students
    - k12_students
    - status_changes
    - technical_students
    - vocational_students
evidence:
  - person_id
  - record_id
  - other_record_id
  - school_code
  - other_school_code
  - registry
  - other_registry
  - kind
  - how
  - how_zh
  - applied_on
  - overlap_from
  - match_probability
  - severity
  - certainty
  - amount_paid
  - amount_estimated
  - aid_items
  - evidence_record_ids
key: [person_id, school_code, other_school_code, kind]
route: school_code
message: >-
  A registration of the student was refused as a duplicate on {applied_on}: {how}. The other school is
  {other_school_code}.
message_zh: 该生 {applied_on} 的注册申请被查重驳回:{how_zh}。对方学校为 {other_school_code}。
next: >-
  Ask the registry for the log of the refusal and of the later entry (who entered, what was altered), and the student
  where the classes are attended.
next_zh: 调取系统驳回及后续注册日志(经办人、修改内容),并向学生本人核实实际就读学校。
params:
  lag_days:
    default: policy:dual.lag_days
    unit: days
    comment: Days for which both enrolments may stay open while a transfer is entered.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it refusal and enrolment are the same person's only probably.
exceptions:
  - name: X01_agreed_programme
    says: A programme in segments (3+2, five-year, 3+4), whose second school lists its students beside the first.
    says_zh: 3+2、五年一贯制等分段培养,前后两校按协议先后注册。
    proof: core.enrolment
  - name: X08_approved_transfer
    says: An approved transfer from the school that held the enrolment, which was closed in time.
    says_zh: 经批准由原校转入,原学籍已按期转出。
    proof: core.change
  - name: X15_closed_first
    says: The enrolment that stood in the way was over when the student was registered, or soon after.
    says_zh: 注册前后原学籍已注销,重复已消除。
    proof: core.enrolment
  - name: X18_went_up_after_graduation
    says: The programme that stood in the way was over; its graduation was posted late.
    says_zh: 原学段学制已满,仅毕业状态补录滞后。
    proof: core.enrolment
  - name: X20_held_enrolment
    says: The enrolment that stands in the way was suspended or reserved on the day of registration.
    says_zh: 注册当日原学籍处于休学或保留学籍状态。
    proof: core.hold
  - name: X22_part_time
    says: One of the two is not full-time study.
    says_zh: 其中一条为非全日制学习形式。
    proof: core.enrolment
history:
  - {on: 2024-04-15, note: First edition.}
  - on: 2024-04-15
    note: >-
      A suspension excuses while it lasts; the message says which school had the student.
---
Why it matters

The registry's duplicate check says in so many words that the student is enrolled elsewhere; who registers the student
after that did not err. `registered_anyway`: a school gets the student in although the enrolment that stood in the way
is still open, often with another spelling of name or number (said in the message). `name_taken`: the refusal itself
uncovers the wrong: a school asks for a leaver of junior school and learns that another vocational or technical school
registered the child while still in junior school (酉阳, 2009: 500 pupils); the case is the school that holds the
enrolment, not the one refused.

Only refusals that were delivered are seen; a student who stays where the enrolment lies and was refused elsewhere is
no case.

What to check first

The refusal log of the registry. Aid drawn on the later enrolment makes it severity A.
*/
with refusal as (
    select
        refused.record_id,
        refused.applied_on,
        refused.reason,
        link.person_id,
        link.match_probability,
        coalesce(holder.current_school_code, refused.held_by_school) as held_by_school,
        name_key(refused.name) as name_key,
        id_normalise(refused.id_number) as number,
        case substr(refused.held_by_school, 1, 2)
            when '31' then 'k12'
            when '34' then 'k12'
            when '36' then 'vocational'
            when '41' then 'higher'
            when 'JG' then 'technical'
        end as held_by_registry
    from rejected_registrations as refused
    inner join core.person_link as link
        on refused.record_id = link.record_id
    left join core.school as holder
        on refused.held_by_school = holder.school_code
),

refused_person as (
    select refusal.person_id
    from refusal
    group by refusal.person_id
),

spell as (
    select
        enrolment.*,
        coalesce(enrolment.registered_on, enrolment.started_on) as entered_on,
        coalesce(enrolment.ended_on, as_of() + 1) as open_until
    from core.enrolment as enrolment
    inner join refused_person
        on enrolment.person_id = refused_person.person_id
    where enrolment.started_on <= as_of()
),

anyway as (
    select
        refusal.record_id as refusal_id,
        refusal.applied_on,
        refusal.held_by_school,
        refusal.held_by_registry,
        later.record_id,
        obstacle.record_id as other_record_id,
        obstacle.registry as other_registry,
        obstacle.current_school_code as other_school_code,
        obstacle.study_form as other_study_form,
        obstacle.open_until as other_open_until,
        obstacle.expected_end_on as other_expected_end_on,
        obstacle.segment_mode as other_segment_mode,
        least(refusal.match_probability, later.match_probability, coalesce(obstacle.match_probability, 1))
            as match_probability,
        'registered_anyway' as kind,
        coalesce(later.id_number <> refusal.number or name_key(later.name) <> refusal.name_key, true) as is_altered
    from refusal
    inner join spell as later
        on
            refusal.person_id = later.person_id
            and refusal.applied_on <= later.entered_on
    left join spell as obstacle
        on
            refusal.person_id = obstacle.person_id
            and coalesce(refusal.held_by_school, obstacle.current_school_code) = obstacle.current_school_code
            and later.record_id <> obstacle.record_id
            and refusal.applied_on >= obstacle.started_on
            and later.current_school_code <> obstacle.current_school_code
    where
        later.registry in ('vocational', 'technical')
        and refusal.held_by_school is distinct from later.current_school_code
        and (
            obstacle.record_id is not null
            -- what stood in the way may be in a registry that was not delivered
            or refusal.held_by_registry is not null
            and not (
                refusal.held_by_registry = 'k12' and is_delivered('k12_students')
                or refusal.held_by_registry = 'higher' and is_delivered('higher_students')
                or refusal.held_by_registry = 'technical' and is_delivered('technical_students')
                or refusal.held_by_registry = 'vocational' and is_delivered('vocational_students')
            )
        )
),

taken as (
    select
        refusal.record_id as refusal_id,
        refusal.applied_on,
        refusal.held_by_school,
        refusal.held_by_registry,
        held.record_id,
        junior.record_id as other_record_id,
        junior.registry as other_registry,
        junior.current_school_code as other_school_code,
        junior.study_form as other_study_form,
        junior.open_until as other_open_until,
        junior.expected_end_on as other_expected_end_on,
        junior.segment_mode as other_segment_mode,
        least(refusal.match_probability, held.match_probability, junior.match_probability) as match_probability,
        'name_taken' as kind,
        false as is_altered
    from refusal
    inner join spell as held
        on
            refusal.person_id = held.person_id
            and refusal.held_by_school = held.current_school_code
            and refusal.applied_on > held.entered_on
    inner join spell as junior
        on
            held.person_id = junior.person_id
            and junior.stage = 'junior'
            and held.entered_on > junior.started_on
    where held.registry in ('vocational', 'technical')
),

case_row as (
    select * from anyway

    union all

    select * from taken
),

held_place as (
    select
        case_row.refusal_id,
        case_row.record_id,
        case_row.other_record_id
    from case_row
    inner join spell as own
        on case_row.record_id = own.record_id
    inner join core.hold as hold
        on case_row.other_record_id = hold.record_id
    where
        -- Suspension at junior school ends no compulsory schooling.
        case_row.kind = 'registered_anyway'
        and own.entered_on >= hold.held_from
        and coalesce(own.entered_on < hold.held_until, true)
    group by case_row.refusal_id, case_row.record_id, case_row.other_record_id
),

judged as (
    select
        case_row.refusal_id,
        case_row.applied_on,
        case_row.record_id,
        case_row.other_record_id,
        case_row.other_registry,
        case_row.other_study_form,
        case_row.other_open_until,
        case_row.other_expected_end_on,
        case_row.other_segment_mode,
        case_row.match_probability,
        case_row.kind,
        own.person_id,
        own.registry,
        own.current_school_code as school_code,
        own.entered_on,
        own.study_form,
        own.segment_mode,
        aid.amount_paid,
        aid.amount_estimated,
        aid.aid_items,
        coalesce(case_row.other_school_code, case_row.held_by_school) as other_school_code,
        list_sort(list_append(aid.aid_record_ids, case_row.refusal_id)) as evidence_record_ids,
        case
            when case_row.kind = 'name_taken'
                then
                    'this school had registered the pupil on ' || own.entered_on
                    || ', while still in junior school at the other'
            when case_row.is_altered
                then
                    'the other school had the student, and on ' || own.entered_on
                    || ' this one registered the student all the same, name or number altered'
            else
                'the other school had the student, and on ' || own.entered_on
                || ' this one registered the student all the same'
        end as how,
        case
            when case_row.kind = 'name_taken'
                then '本校早在 ' || own.entered_on || '、该生仍在对方学校读初中时即已为其注册'
            when case_row.is_altered
                then '对方学校已有学籍,本校 ' || own.entered_on || ' 又以不同姓名或证件号完成注册'
            else '对方学校已有学籍,本校 ' || own.entered_on || ' 仍完成注册'
        end as how_zh,
        case when aid.amount_paid > 0 then 'A' else 'B' end as severity,
        case when case_row.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        concat_ws(
            ',',
            case when case_row.other_record_id is null then case_row.held_by_registry || '_students' end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from case_row
    inner join spell as own
        on case_row.record_id = own.record_id
    inner join feature.enrolment_aid as aid
        on case_row.record_id = aid.record_id
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
    worded.other_record_id,
    worded.school_code,
    worded.other_school_code,
    worded.registry,
    worded.other_registry,
    worded.kind,
    worded.how,
    worded.how_zh,
    worded.applied_on,
    worded.entered_on as overlap_from,
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
left join held_place
    on
        worded.refusal_id = held_place.refusal_id
        and worded.record_id = held_place.record_id
        and worded.other_record_id = held_place.other_record_id
where
    -- X22_part_time
    worded.study_form = 'full_time'
    and coalesce(worded.other_study_form, 'full_time') = 'full_time'
    -- X15_closed_first
    and coalesce(worded.other_open_until > worded.entered_on + $lag_days, true)
    -- X18_went_up_after_graduation
    and coalesce(worded.other_expected_end_on > worded.entered_on + $lag_days, true)
    -- X20_held_enrolment
    and held_place.record_id is null
    -- X01_agreed_programme
    and not (
        worded.kind = 'registered_anyway'
        and coalesce(worded.other_registry, '') in ('higher', 'vocational')
        and coalesce(worded.segment_mode, worded.other_segment_mode, '无') <> '无'
    )
    -- X08_approved_transfer
    and not exists (
        select 1
        from feature.approved_transfer as transfer
        where
            transfer.person_id = worded.person_id
            and coalesce(transfer.from_school_code, worded.other_school_code) = worded.other_school_code
            and coalesce(transfer.to_school_code, worded.school_code) = worded.school_code
            and coalesce(worded.other_open_until, transfer.changed_on) <= transfer.changed_on + $lag_days
    )
qualify
    row_number() over (
        partition by worded.person_id, worded.school_code, worded.other_school_code, worded.kind
        order by worded.applied_on, worded.entered_on, worded.record_id, worded.other_record_id
    ) = 1
