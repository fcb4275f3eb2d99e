/*
id: RD206
title: left by an event or a certificate and still on the roll
title_zh: 已离校(异动或发证)仍在籍
severity: B
certainty: certain
subject: person
policy: [national:change-entry, national:jg-change, xinzhou_2023:false-registration]
reads:
  required:
    - core.enrolment
    - feature.later_aid
    - feature.school_term
  optional:
    - core.certificate
    - core.change
    - core.school
    - school_events
    - status_changes
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - left_by
  - left_by_zh
  - overlap_from
  - overlap_to
  - overlap_days
  - match_probability
  - severity
  - certainty
  - amount_paid
  - amount_estimated
  - aid_items
  - evidence_record_ids
key: [person_id, registry, school_code]
route: school_code
message: >-
  The student left on {overlap_from} ({left_by}) and the registry still has the student on the roll {overlap_days} days
  later.
message_zh: 该生已于 {overlap_from} 离校({left_by_zh}),至今 {overlap_days} 天仍在籍。
next: >-
  Put the change form or the certificate beside the registry print and close the enrolment; ask who signed for the aid
  after the day of leaving.
next_zh: 将异动审批表或毕业证书存根与系统在籍信息对照,立即办理注销,并核查离校后资助的签领人。
params:
  posting_days:
    default: policy:exit.posting_days
    unit: days
    comment: Days within which a departure is entered in the registry.
  transfer_days:
    default: policy:dual.lag_days
    unit: days
    comment: Days within which a transfer is completed by both schools and both bureaus.
  exchange_days:
    default: 365
    unit: days
    comment: Own estimate; a student with 结业 may sit the examination again and exchange the certificate within a year.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the records are the same person only probably.
exceptions:
  - name: X04_certificate_of_an_earlier_level
    says: The certificate closes an earlier spell at the school, such as the intermediate level before the advanced one.
    says_zh: 证书属于该校前一学段(如中级工)学籍,现为后一学段(高级工)在读。
    proof: core.certificate
  - name: X10_merged_schools
    says: The transfer led to the school that carries the old one on; the student is where the record says.
    says_zh: 转入的是合并后的承接学校,学生仍在原学籍延续的学校就读。
    proof: core.school
  - name: X15_transfer_lag
    says: A departure or transfer is being entered; the time that this takes is not over.
    says_zh: 离校或转学手续仍在规定的录入办理期限内。
    proof: core.enrolment
  - name: X18_posting_season
    says: Graduation is posted over the summer; an enrolment still open in that season means little.
    says_zh: 7 至 9 月为毕业信息集中录入期,期内未注销属正常。
    proof: core.enrolment
  - name: X18b_certificate_to_be_exchanged
    says: A certificate of completion (结业) that may still be exchanged for one of graduation.
    says_zh: 结业待换证,尚在补考换证期内。
    proof: core.certificate
  - name: X19_repeat_entrant
    says: The student came back, by resumption or transfer, or has a newer enrolment at the school.
    says_zh: 学生离校后又复学、转回,或在该校已有新的学籍。
    proof: core.change
history:
  - {on: 2024-01-15, note: First edition.}
  - on: 2024-04-15
    note: A graduate who went on to another school while the record stayed open is late closing, severity C.
---
Why it matters

Late 退学 is the commonest way of drawing aid for an empty chair: the change is approved or the certificate handed out,
and the registry that the aid is counted by keeps the student (利用已转学、退学的学生信息套取国家助学金). Aid for a term that
began after the departure makes the case A. A graduate who went on to another school (X01, X18) is late closing,
severity C.

What to check first

The day on the change form against the day of its entry; then the aid lines after the day of leaving and the account
that they went to.
*/
with departed as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        enrolment.region_code,
        enrolment.started_on,
        enrolment.ended_on,
        enrolment.end_basis,
        enrolment.end_event,
        enrolment.expected_end_on,
        enrolment.match_probability,
        enrolment.ended_on
        + case when enrolment.end_event = 'transfer_out' then $transfer_days else $posting_days end as posted_by
    from core.enrolment as enrolment
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.is_open_in_registry
        and enrolment.end_basis in ('change', 'certificate')
        and enrolment.ended_on <= as_of()
),

season as (
    select
        policy_text('dual.posting_season.from', null, null, as_of()) as opens,
        policy_text('dual.posting_season.to', null, null, as_of()) as closes
),

destination as (
    select
        change.enrolment_record_id as record_id,
        any_value(school.current_school_code order by change.record_id) as school_code
    from core.change as change
    inner join core.school as school
        on change.to_school_code = school.school_code
    where
        change.change_type = 'transfer_out'
        and change.is_approved
    group by change.enrolment_record_id
),

came_back as (
    select
        change.enrolment_record_id as record_id,
        max(change.changed_on) as back_on
    from core.change as change
    where
        change.change_type in ('resume', 'transfer_in')
        and change.is_approved
    group by change.enrolment_record_id
),

newest_spell as (
    select
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code as school_code,
        max(enrolment.started_on) as started_on
    from core.enrolment as enrolment
    group by enrolment.person_id, enrolment.registry, enrolment.current_school_code
),

earlier_spell as (
    select
        departed.record_id,
        max(earlier.expected_end_on) as expected_end_on
    from departed
    inner join core.enrolment as earlier
        on
            departed.person_id = earlier.person_id
            and departed.registry = earlier.registry
            and departed.school_code = earlier.current_school_code
            and departed.started_on > earlier.started_on
    group by departed.record_id
),

proof as (
    select
        certificate.enrolment_record_id as record_id,
        any_value(certificate.certificate_kind order by certificate.record_id) as certificate_kind,
        list(certificate.record_id order by certificate.record_id) as record_ids
    from core.certificate as certificate
    group by certificate.enrolment_record_id
),

event as (
    select
        change.enrolment_record_id as record_id,
        list(change.record_id order by change.record_id) as record_ids
    from core.change as change
    inner join departed
        on
            change.enrolment_record_id = departed.record_id
            and change.change_type = departed.end_event
    where change.is_approved
    group by change.enrolment_record_id
),

paid as (
    select
        departed.record_id,
        sum(aid.amount) as amount,
        list_sort(list_distinct(list(aid.aid_item))) as aid_items,
        flatten(list(aid.record_ids)) as record_ids
    from departed
    inner join feature.later_aid as aid
        on
            departed.record_id = aid.record_id
            and departed.ended_on <= aid.benefit_from
    group by departed.record_id
),

went_up as (
    select departed.record_id
    from departed
    inner join core.enrolment as later
        on
            departed.person_id = later.person_id
            and departed.record_id <> later.record_id
            and departed.ended_on <= later.started_on
    where
        departed.end_basis = 'certificate'
        or departed.end_event = 'graduate'
    group by departed.record_id
),

standard as (
    select
        departed.record_id,
        sum(
            policy_number('aid.waiver.amount_year', departed.registry, departed.region_code, term.first_day) / 2
        ) as amount
    from departed
    inner join feature.school_term as term
        on
            departed.ended_on <= term.first_day
            and term.first_day <= as_of()
    group by departed.record_id
),

finding as (
    select
        departed.*,
        proof.certificate_kind,
        earlier_spell.expected_end_on as earlier_expected_end_on,
        came_back.back_on,
        destination.school_code as destination_code,
        newest_spell.started_on as newest_started_on,
        cast(as_of() - departed.ended_on as integer) as overlap_days,
        cast(coalesce(paid.amount, 0) as decimal(14, 2)) as amount_paid,
        cast(coalesce(standard.amount, 0) as decimal(14, 2)) as amount_estimated,
        coalesce(proof.certificate_kind, departed.end_event) as left_by,
        case departed.end_event
            when 'withdraw' then '退学'
            when 'transfer_out' then '转出'
            when 'expel' then '开除学籍'
            when 'cancel' then '取消学籍'
            when 'graduate' then '毕业'
            when 'deceased' then '死亡'
            else coalesce(proof.certificate_kind, '毕业') || '证书'
        end as left_by_zh,
        array_to_string(coalesce(paid.aid_items, []), ',') as aid_items,
        list_sort(
            list_concat(
                coalesce(paid.record_ids, []),
                case
                    when departed.end_basis = 'certificate' then coalesce(proof.record_ids, [])
                    else coalesce(event.record_ids, [])
                end
            )
        ) as evidence_record_ids,
        case
            when paid.amount > 0 then 'A'
            when went_up.record_id is not null then 'C'
            else 'B'
        end as severity,
        case when departed.match_probability >= $certain_match then 'certain' else 'probable' end as certainty,
        case
            when strftime(departed.posted_by, '%m-%d') between season.opens and season.closes
                then cast(year(departed.posted_by) || '-' || season.closes as date)
            else departed.posted_by
        end as cleared_by,
        concat_ws(
            ',',
            case
                when not is_delivered('school_events') and departed.end_event = 'transfer_out' then 'school_events'
            end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from departed
    cross join season
    left join destination
        on departed.record_id = destination.record_id
    left join came_back
        on departed.record_id = came_back.record_id
    left join earlier_spell
        on departed.record_id = earlier_spell.record_id
    left join proof
        on departed.record_id = proof.record_id
    left join event
        on departed.record_id = event.record_id
    left join paid
        on departed.record_id = paid.record_id
    left join went_up
        on departed.record_id = went_up.record_id
    left join standard
        on departed.record_id = standard.record_id
    left join newest_spell
        on
            departed.person_id = newest_spell.person_id
            and departed.registry = newest_spell.registry
            and departed.school_code = newest_spell.school_code
),

judged as (
    select
        finding.*,
        finding.ended_on as overlap_from,
        as_of() as overlap_to,
        case when finding.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from finding
)

select
    judged.person_id,
    judged.record_id,
    judged.school_code,
    judged.registry,
    judged.left_by,
    judged.left_by_zh,
    judged.overlap_from,
    judged.overlap_to,
    judged.overlap_days,
    judged.match_probability,
    judged.severity,
    judged.certainty,
    judged.amount_paid,
    judged.amount_estimated,
    judged.aid_items,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
where
    -- X15_transfer_lag
    as_of() > judged.posted_by
    -- X18_posting_season
    and as_of() > judged.cleared_by
    -- X19_repeat_entrant
    and coalesce(judged.back_on < judged.ended_on, true)
    and coalesce(judged.newest_started_on < greatest(judged.ended_on, judged.started_on + 1), true)
    -- X10_merged_schools
    and (
        judged.end_event <> 'transfer_out'
        or coalesce(judged.destination_code <> judged.school_code, true)
    )
    -- X18b_certificate_to_be_exchanged
    and (
        coalesce(judged.certificate_kind <> '结业', true)
        or judged.end_basis <> 'certificate'
        or as_of() > judged.ended_on + $exchange_days
    )
    -- X04_certificate_of_an_earlier_level
    and (
        judged.end_basis <> 'certificate'
        or coalesce(judged.earlier_expected_end_on > judged.ended_on + $transfer_days, true)
        or judged.expected_end_on <= judged.ended_on + $exchange_days
    )
qualify
    row_number() over (
        partition by judged.person_id, judged.registry, judged.school_code
        order by judged.overlap_days desc, judged.record_id
    ) = 1
