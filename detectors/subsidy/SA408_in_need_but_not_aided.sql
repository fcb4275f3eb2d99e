/*
id: SA408
title: in need and entitled, but not aided
title_zh: 应助未助（困难学生未获助学金）
severity: C
certainty: certain
subject: person
policy: [xinzhou_2023:aid-for-poor, national:grant-2007, national:grant-2025, national:grant-areas]
reads:
  required:
    - core.aid
    - core.enrolment
    - core.person_link
    - feature.school_term
    - feature.term_presence
    - special_statuses
  optional:
    - core.hold
    - status_changes
  needs_sources: [aid_payments]
evidence:
  - person_id
  - record_id
  - school_code
  - registry
  - need
  - recognised_on
  - terms
  - overlap_from
  - overlap_to
  - match_probability
  - certainty
  - amount_due
  - evidence_record_ids
key: [person_id, school_code]
route: school_code
message: >-
  The student is in need ({need}), full-time in an eligible year, and drew no grant for {terms}; {amount_due} yuan by
  the average standard were not paid.
message_zh: 该生属困难学生({need}),全日制在读且年级符合条件,{terms} 未见助学金发放,按平均标准应补 {amount_due} 元。
next: >-
  Ask the school for the application or for the waiver that the family signed; where there is neither, help them apply
  and pay what is owed.
next_zh: 请学校提供申请认定材料或本人自愿放弃声明,均无的协助补办认定并补发。
params:
  least_days:
    default: 90
    unit: days
    comment: Own estimate; who is on the roll for so much of a term was there when the grant was settled.
  notice_days:
    default: 30
    unit: days
    comment: Own estimate; recognised later in the term, the grant begins with the next one.
  settled_days:
    default: 60
    unit: days
    comment: Own estimate; payments of a term are late by so much after its end at times.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the person on the department's list is this student only probably.
exceptions:
  - name: X04_consecutive_levels
    says: A student of an advanced class had the years of the grant before.
    says_zh: 高级工、预备技师班学生已在中级工阶段享受过助学金年限。
    proof: core.enrolment
  - name: X15_aided_elsewhere
    says: The grant of the term was paid at another school or in another registry.
    says_zh: 当期助学金由其他学校或其他系统发放(如转学)。
    proof: core.aid
  - name: X17_sent_back
    says: The grant was sent and came back from the bank; that is a matter of the account.
    says_zh: 已造册发放但被银行退回,属账户问题。
    proof: core.aid
  - name: X18_gone_on_to_college
    says: The student was at college in the term, where other aid is drawn.
    says_zh: 当期已在高校就读,由高校资助。
    proof: core.enrolment
  - name: X19_years_used_up
    says: The years of the grant are used up.
    says_zh: 助学金享受年限已满。
    proof: core.aid
  - name: X20_held
    says: The student was suspended, or the place kept, in the term.
    says_zh: 当期休学或保留学籍。
    proof: core.hold
  - name: X36_declined_in_writing
    says: The family declined the grant; the list says so.
    says_zh: 本人(监护人)书面放弃,资助名册已注明。
    proof: core.aid
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Nobody is to be lost for want of money: poor, orphaned and disabled students of the years that the grant covers are to
receive it. The lists of the civil affairs, rural revitalisation and disability offices say who they are; so does the
aid list itself where it notes a hardship beside the tuition waiver. In southern Xinjiang, where everybody is covered,
no list is needed. Only terms that are over are judged, and only students who were at school for most of the term, in
a year that the grant covered then (year three from spring 2025), recognised by the beginning of it.

Where the school has no grant of anybody in the term, its list was not delivered, and the finding waits for evidence.

Not seen: the poor whom no list names, and a level of the grant that is too low.

What to check first

Whether the family was told: many never applied. Then whether an application was turned down because the quota of the
school was used up.
*/
with recognised as (
    select
        link.person_id,
        min(status.valid_from) as recognised_on,
        max(link.match_probability) as match_probability,
        bool_and(status.valid_from is null) as is_undated,
        string_agg(distinct status.kind, '、' order by status.kind) as need,
        list_sort(list(status.record_id)) as record_ids
    from special_statuses as status
    inner join core.person_link as link
        on status.record_id = link.record_id
    where
        regexp_matches(status.kind, '低保|特困|脱贫|贫困|监测|建档立卡|孤儿|无人抚养|残疾|困难')
        and not regexp_matches(status.kind, '非困难|不困难')
    group by link.person_id
),

grant_line as (
    select
        aid.*,
        coalesce(
            aid.amount = 0
            or regexp_matches(coalesce(aid.channel, '') || coalesce(aid.hardship_kind, ''), '放弃|不申请'),
            false
        ) as is_declined
    from core.aid as aid
    where
        aid.aid_item in ('grant', 'tech_grant')
        or regexp_matches(coalesce(aid.channel, '') || coalesce(aid.hardship_kind, ''), '放弃|不申请')
),

-- What the aid list itself notes beside the waiver.
noted as (
    select
        aid.person_id,
        aid.school_year,
        aid.term,
        min(aid.hardship_kind) as need,
        min(aid.match_probability) as match_probability,
        list_sort(list(aid.record_id)) as record_ids
    from core.aid as aid
    where
        aid.aid_item = 'tuition_waiver'
        and aid.is_paid
        and regexp_matches(aid.hardship_kind, '低保|特困|脱贫|贫困|监测|建档立卡|孤儿|残疾')
        and not regexp_matches(aid.hardship_kind, '放弃|不申请')
    group by aid.person_id, aid.school_year, aid.term
),

in_need as (
    select recognised.person_id
    from recognised
    union
    select noted.person_id
    from noted
),

-- What the place and the term grant, asked once for each.
rule as (
    select
        place.registry,
        place.region_code,
        term.cohort,
        term.school_year,
        term.term,
        term.first_day,
        term.last_day,
        policy_number('aid.grant.max_year', place.registry, place.region_code, term.first_day) as max_year,
        policy_number('aid.grant.covers_everyone', place.registry, place.region_code, term.first_day)
            as covers_everyone
    from (
        select
            enrolment.registry,
            enrolment.region_code
        from core.enrolment as enrolment
        where enrolment.registry in ('vocational', 'technical')
        group by enrolment.registry, enrolment.region_code
    ) as place
    cross join feature.school_term as term
    where term.last_day + $settled_days <= as_of()
),

present as (
    select
        presence.person_id,
        presence.record_id,
        presence.registry,
        presence.current_school_code as school_code,
        presence.school_year,
        presence.term,
        presence.held_days,
        enrolment.match_probability,
        enrolment.region_code,
        enrolment.level,
        enrolment.started_on,
        rule.first_day,
        rule.last_day,
        rule.max_year,
        rule.covers_everyone,
        2 * (rule.cohort - enrolment.cohort)
        + case when presence.term = 'spring' then 1 else 0 end
        - case
            when coalesce(enrolment.entry_month % 100, month(enrolment.started_on)) between 2 and 6 then 1
            else 0
        end as terms_before
    from feature.term_presence as presence
    inner join core.enrolment as enrolment
        on presence.record_id = enrolment.record_id
    inner join rule
        on
            presence.registry = rule.registry
            and enrolment.region_code is not distinct from rule.region_code
            and presence.school_year = rule.school_year
            and presence.term = rule.term
    left join in_need
        on presence.person_id = in_need.person_id
    where
        presence.study_form = 'full_time'
        and presence.active_days + presence.held_days >= $least_days
        and (in_need.person_id is not null or rule.covers_everyone = 1)
    -- Of two rows of one student at the school the one in the higher year.
    qualify
        row_number() over (
            partition by presence.person_id, presence.current_school_code, presence.school_year, presence.term
            order by terms_before desc, presence.record_id
        ) = 1
),

eligible as (
    select present.*
    from present
    where present.terms_before >= 0
),

entitled as (
    select
        eligible.*,
        recognised.recognised_on,
        coalesce(
            case
                when coalesce(recognised.recognised_on <= eligible.first_day + $notice_days, recognised.is_undated)
                    then recognised.need
            end,
            noted.need,
            case when eligible.covers_everyone = 1 then '全员资助地区' end
        ) as need,
        coalesce(recognised.is_undated, false) as is_undated,
        least(
            eligible.match_probability,
            coalesce(recognised.match_probability, 1),
            coalesce(noted.match_probability, 1)
        ) as probability,
        list_concat(
            [eligible.record_id],
            list_concat(coalesce(recognised.record_ids, []), coalesce(noted.record_ids, []))
        ) as record_ids
    from eligible
    left join recognised
        on eligible.person_id = recognised.person_id
    left join noted
        on
            eligible.person_id = noted.person_id
            and eligible.school_year = noted.school_year
            and eligible.term = noted.term
    where
        eligible.terms_before // 2 + 1 <= eligible.max_year
        and (recognised.person_id is not null or noted.person_id is not null or eligible.covers_everyone = 1)
),

aided_at_school as (
    select
        grant_line.registry,
        grant_line.current_school_code as school_code,
        grant_line.school_year,
        grant_line.term
    from grant_line
    where
        grant_line.is_paid
        and grant_line.amount > 0
    group by grant_line.registry, grant_line.current_school_code, grant_line.school_year, grant_line.term
),

line_of_term as (
    select
        grant_line.person_id,
        grant_line.school_year,
        grant_line.term,
        bool_or(grant_line.is_declined) as is_declined,
        bool_or(not grant_line.is_declined and not grant_line.is_paid) as is_sent_back,
        list(distinct grant_line.current_school_code) filter (
            where grant_line.is_paid and grant_line.amount > 0
        ) as payers
    from grant_line
    group by grant_line.person_id, grant_line.school_year, grant_line.term
),

drawn as (
    select
        grant_line.person_id,
        count(distinct grant_line.benefit_from) as terms
    from grant_line
    where
        grant_line.is_paid
        and grant_line.amount > 0
        and grant_line.registry in ('vocational', 'technical')
    group by grant_line.person_id
),

at_college as (
    select
        presence.person_id,
        presence.school_year,
        presence.term
    from feature.term_presence as presence
    where
        presence.registry = 'higher'
        and presence.study_form = 'full_time'
        and presence.active_days > 0
    group by presence.person_id, presence.school_year, presence.term
),

finished_before as (
    select
        entitled.record_id,
        entitled.person_id
    from entitled
    inner join core.enrolment as former
        on
            entitled.person_id = former.person_id
            and entitled.record_id <> former.record_id
            and entitled.started_on >= former.expected_end_on
    where
        entitled.level in ('advanced', 'technician')
        and former.registry = 'technical'
    group by entitled.record_id, entitled.person_id
),

unaided as (
    select
        entitled.*,
        entitled.school_year || case entitled.term when 'autumn' then ' 秋' else ' 春' end as term_zh,
        coalesce(
            policy_number('aid.grant.amount_year', entitled.registry, entitled.region_code, entitled.first_day) / 2,
            0
        ) as due,
        concat_ws(
            ',',
            case when aided_at_school.school_code is null then 'aid_payments' end,
            case when not is_delivered('status_changes') then 'status_changes' end
        ) as missing_inputs
    from entitled
    left join aided_at_school
        on
            entitled.registry = aided_at_school.registry
            and entitled.school_code = aided_at_school.school_code
            and entitled.school_year = aided_at_school.school_year
            and entitled.term = aided_at_school.term
    left join line_of_term
        on
            entitled.person_id = line_of_term.person_id
            and entitled.school_year = line_of_term.school_year
            and entitled.term = line_of_term.term
    left join drawn
        on entitled.person_id = drawn.person_id
    left join at_college
        on
            entitled.person_id = at_college.person_id
            and entitled.school_year = at_college.school_year
            and entitled.term = at_college.term
    left join finished_before
        on
            entitled.person_id = finished_before.person_id
            and entitled.record_id = finished_before.record_id
    where
        entitled.need is not null
        and not coalesce(list_contains(line_of_term.payers, entitled.school_code), false)
        -- X04_consecutive_levels
        and finished_before.person_id is null
        -- X15_aided_elsewhere
        and coalesce(len(line_of_term.payers), 0) = 0
        -- X17_sent_back
        and not coalesce(line_of_term.is_sent_back, false)
        -- X18_gone_on_to_college
        and at_college.person_id is null
        -- X19_years_used_up
        and coalesce(drawn.terms, 0) < 2 * entitled.max_year
        -- X20_held
        and entitled.held_days = 0
        -- X36_declined_in_writing
        and not coalesce(line_of_term.is_declined, false)
),

provable as (
    select
        unaided.*,
        case when unaided.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from unaided
    qualify
        verdict = max(verdict) over (partition by unaided.person_id, unaided.school_code)
),

student as (
    select
        provable.person_id,
        provable.school_code,
        cast(sum(provable.due) as decimal(14, 2)) as amount_due,
        min(provable.registry) as registry,
        min(provable.record_id) as record_id,
        min(provable.need) as need,
        min(provable.recognised_on) as recognised_on,
        min(provable.first_day) as overlap_from,
        max(provable.last_day) as overlap_to,
        min(provable.probability) as match_probability,
        max(provable.verdict) as verdict,
        max(provable.missing_inputs) as missing_inputs,
        string_agg(distinct provable.term_zh, '、' order by provable.term_zh) as terms,
        case
            when min(provable.probability) < $certain_match or bool_or(provable.is_undated) then 'probable'
            else 'certain'
        end as certainty,
        list_sort(list_distinct(flatten(list(provable.record_ids)))) as evidence_record_ids
    from provable
    group by provable.person_id, provable.school_code
)

select
    student.person_id,
    student.record_id,
    student.school_code,
    student.registry,
    student.need,
    student.recognised_on,
    student.terms,
    student.overlap_from,
    student.overlap_to,
    student.match_probability,
    student.certainty,
    student.amount_due,
    student.evidence_record_ids,
    student.verdict,
    student.missing_inputs
from student
