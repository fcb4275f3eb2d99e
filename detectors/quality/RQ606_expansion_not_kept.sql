/*
id: RQ606
title: expansion quota met on paper, not kept
title_zh: 扩招指标账面完成、学生未留住
severity: D
certainty: probable
subject: region
policy: [heilongjiang_2019:quota, heilongjiang_2019:reward]
reads:
  required:
    - core.enrolment
    - feature.roll_record
    - feature.term_trace
  optional:
    - core.certificate
    - core.change
    - core.hold
    - core.school
    - enrollment_plans
    - flexible_filings
    - status_changes
  needs_sources: [technical_students]
evidence:
  - unit
  - region_code
  - school_code
  - cohort
  - quota
  - entrants
  - entrants_before
  - growth
  - kept_one_term
  - kept_two_terms
  - lost
  - lost_share
  - normal_share
  - chance
  - quota_from
  - quota_from_zh
  - due_on
  - checked_on
  - evidence_record_ids
key: [unit, cohort]
route: region_code
message: >-
  Expansion of {cohort}: quota {quota}, {growth} more than the year before registered by {due_on}; of {entrants}
  entrants {kept_one_term} were left one term and {kept_two_terms} two terms later. Lost: {lost_share} of them, normally
  {normal_share}; so many by chance once in {chance}.
message_zh: >-
  {cohort} 年扩招:指标 {quota} 人,截至 {due_on} 比上年增加注册 {growth} 人;新生 {entrants} 人中一学期后留存 {kept_one_term} 人、
  两学期后留存 {kept_two_terms} 人,流失率 {lost_share},通常为 {normal_share}。
next: >-
  Compare the entrants who are gone with the lists on which the reward was paid, and telephone a sample of them: were
  they ever there?
next_zh: 将已不在册的新生与申报扩招完成数、以奖代补资金的名单比对,抽样电话核实是否实际入学。
params:
  met_share:
    default: 0.95
    unit: share
    comment: Own estimate; so much of the quota on paper counts as met.
  normal_loss_share:
    default: 0.1
    unit: share
    comment: Own estimate of what technical schools lose in two terms, where other years and places show less.
  false_share:
    default: 0.05
    unit: share
    comment: Own choice; of the quotas reported, at most this share is expected to be chance.
  grace_days:
    default: policy:exit.term_registration_days
    unit: days
    comment: Days of a term within which a student registers; retention is counted after them.
exceptions:
  - name: X05_promoted_to_college
    says: The student is in the higher registry now, with the college or after it.
    says_zh: 已随学校升格或升学进入高校学籍。
    proof: core.enrolment
  - name: X10_merged_schools
    says: The student is enrolled under the code of the school that took the first one over.
    says_zh: 学校合并、更名,学籍在承接学校代码下。
    proof: core.school
  - name: X11_flexible_programme
    says: Flexible study was filed for the intake; its students are on no list of registrations by term.
    says_zh: 该年级已备案弹性学制,不按学期注册。
    proof: flexible_filings
  - name: X15_went_on_elsewhere
    says: Moved to another school by approved transfer, or is enrolled at another one.
    says_zh: 经批准转学,或已在其他学校就读。
    proof: core.change
  - name: X18_finished
    says: A short programme that was over by then, with its certificate.
    says_zh: 短学制学生已按期毕业。
    proof: core.certificate
  - name: X20_held_enrolment
    says: Suspended or serving in the army; the place is kept.
    says_zh: 休学或服兵役保留学籍。
    proof: core.hold
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Quotas with rewards for whoever expands fast and well invite paper students, who are registered by the day and gone soon
after. Fourteen regions of Heilongjiang had ten thousand between them by April 2020; other places hand quotas down by
region or school, and plans of the kind 扩招 are taken as such.

A quota is asked about where it was met on paper: entrants registered by the day, each person once, less those of the
year before. Retention is counted one and two terms later: who is enrolled anywhere, and not left off the list of
registrations of a class that is on it; who vanished from the registry without a trace is lost. It is reported where
more are lost than drop out normally there (other years and places, at least a tenth), beyond chance (binomial tail,
false-discovery rate over all quotas), and what was kept stays below the quota.

The quota of the forest industry is of no division and not asked about. Paper students whom the registry keeps for good
are not seen here: RD205, FR307.

What to check first

Whether a later list of the region was delivered in part only.
*/
with technical as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.school_code as own_code,
        -- X10_merged_schools
        enrolment.current_school_code as school_code,
        enrolment.region_code,
        enrolment.cohort,
        enrolment.ended_on,
        enrolment.end_event,
        coalesce(enrolment.registered_on, enrolment.started_on) as registered_on,
        false as is_vanished
    from core.enrolment as enrolment
    where enrolment.registry = 'technical'
    union all
    select
        roll.record_id,
        coalesce(roll.person_id, roll.student_key) as person_id,
        roll.current_school_code as own_code,
        roll.current_school_code as school_code,
        roll.region_code,
        roll.entry_month // 100 - case when roll.entry_month % 100 < 8 then 1 else 0 end as cohort,
        roll.vanished_on as ended_on,
        'vanished' as end_event,
        coalesce(roll.registered_on, roll.first_seen_on) as registered_on,
        true as is_vanished
    from feature.roll_record as roll
    where
        roll.registry = 'technical'
        and roll.vanished_as = 'unexplained'
        and roll.entry_month is not null
),

region_year as (
    select
        technical.cohort,
        left(technical.region_code, 4) as region_code
    from technical
    where technical.region_code is not null
    group by left(technical.region_code, 4), technical.cohort
),

plan as (
    select
        row_of.year as cohort,
        coalesce(school.current_school_code, row_of.school_code) as school_code,
        regexp_replace(coalesce(row_of.region_code, school.region_code), '(00)+$', '') as region_code,
        sum(row_of.planned) as quota
    from enrollment_plans as row_of
    left join core.school as school
        on row_of.school_code = school.school_code
    where row_of.category like '%扩招%'
    group by
        row_of.year,
        coalesce(school.current_school_code, row_of.school_code),
        regexp_replace(coalesce(row_of.region_code, school.region_code), '(00)+$', '')
),

quota as (
    select
        plan.cohort,
        plan.school_code,
        plan.region_code,
        plan.quota,
        'the plans delivered' as quota_from,
        '下达计划' as quota_from_zh
    from plan
    where plan.region_code is not null
    union all
    select
        region_year.cohort,
        null as school_code,
        region_year.region_code,
        policy_number(
            'expansion.quota.' || region_year.region_code,
            'technical',
            region_year.region_code,
            make_date(region_year.cohort + 1, 4, 30)
        ) as quota,
        'the policy of the place' as quota_from,
        '政策文件' as quota_from_zh
    from region_year
    where
        not exists (
            select 1
            from plan
            where
                plan.school_code is null
                and plan.region_code = region_year.region_code
                and plan.cohort = region_year.cohort
        )
),

asked as (
    select
        quota.*,
        coalesce(quota.school_code, quota.region_code) as unit,
        coalesce(
            policy_date('expansion.due_on', 'technical', quota.region_code, make_date(quota.cohort + 1, 4, 30)),
            make_date(quota.cohort + 1, 4, 30)
        ) as due_on,
        make_date(quota.cohort + 1, 9, 1) + $grace_days as first_check_on,
        make_date(quota.cohort + 2, 3, 1) + $grace_days as second_check_on
    from quota
    where
        quota.quota > 0
        and make_date(quota.cohort + 2, 3, 1) + $grace_days < as_of()
),

transferred as (
    select change.enrolment_record_id as record_id
    from core.change as change
    where
        change.is_approved
        and change.change_type = 'transfer_out'
    group by change.enrolment_record_id
),

certified as (
    select certificate.enrolment_record_id as record_id
    from core.certificate as certificate
    group by certificate.enrolment_record_id
),

filed as (
    select
        filing.year,
        coalesce(school.current_school_code, filing.school_code) as school_code
    from flexible_filings as filing
    left join core.school as school
        on filing.school_code = school.school_code
    group by coalesce(school.current_school_code, filing.school_code), filing.year
),

-- The first term for whose list of registrations the student was left out, and not seen otherwise.
left_out as (
    select
        trace.record_id,
        min(trace.first_day) as left_out_on
    from feature.term_trace as trace
    -- X20_held_enrolment
    left join core.hold as hold
        on
            trace.record_id = hold.record_id
            and trace.first_day + $grace_days >= hold.held_from
            and coalesce(trace.first_day < hold.held_until, true)
    where
        hold.record_id is null
        and trace.registry = 'technical'
        and trace.registration in ('unlisted', 'unregistered')
        and trace.periods_present = 0
        and trace.placed_from is null
        and trace.examined_on is null
    group by trace.record_id
),

-- Where else the person is, and until when.
elsewhere as (
    select
        enrolment.person_id,
        enrolment.record_id,
        enrolment.started_on,
        coalesce(enrolment.ended_on, date '9999-12-31') as ended_on,
        -- X05_promoted_to_college
        enrolment.registry = 'higher' as is_higher
    from core.enrolment as enrolment
    where enrolment.registry in ('vocational', 'technical', 'higher')
),

went_on as (
    select
        technical.record_id,
        max(elsewhere.ended_on) as enrolled_until
    from technical
    inner join elsewhere
        on
            technical.person_id = elsewhere.person_id
            and technical.record_id <> elsewhere.record_id
            and technical.ended_on <= elsewhere.started_on + 366
    group by technical.record_id
),

-- The first day on which the student is neither there nor lawfully elsewhere; held places are there.
entrant as (
    select
        technical.*,
        case
            -- X15_went_on_elsewhere
            when transferred.record_id is not null then date '9999-12-31'
            -- X18_finished
            when certified.record_id is not null or technical.end_event in ('graduate', 'graduated', 'completed')
                then date '9999-12-31'
            else
                least(
                    coalesce(greatest(technical.ended_on, went_on.enrolled_until), date '9999-12-31'),
                    -- X11_flexible_programme
                    case when filed.school_code is null then coalesce(left_out.left_out_on, date '9999-12-31') end
                )
        end as lost_on
    from technical
    left join transferred
        on technical.record_id = transferred.record_id
    left join certified
        on technical.record_id = certified.record_id
    left join went_on
        on technical.record_id = went_on.record_id
    left join left_out
        on technical.record_id = left_out.record_id
    left join filed
        on
            technical.school_code = filed.school_code
            and technical.cohort = filed.year
),

-- Each person once in a school and year, with the last day anywhere in it.
person_year as (
    select
        entrant.school_code,
        entrant.cohort,
        entrant.person_id,
        any_value(entrant.region_code) as region_code,
        min(entrant.registered_on) as registered_on,
        max(entrant.lost_on) as lost_on,
        list(entrant.record_id order by entrant.record_id) filter (where entrant.record_id is not null) as record_ids
    from entrant
    group by entrant.school_code, entrant.cohort, entrant.person_id
),

measured as (
    select
        asked.unit,
        asked.region_code,
        asked.school_code,
        asked.cohort,
        asked.quota,
        asked.quota_from,
        asked.quota_from_zh,
        asked.due_on,
        asked.second_check_on,
        count(distinct person_year.person_id) as entrants,
        count(distinct person_year.person_id) filter (where person_year.lost_on > asked.first_check_on)
            as kept_one_term,
        count(distinct person_year.person_id) filter (where person_year.lost_on > asked.second_check_on)
            as kept_two_terms,
        flatten(
            list(person_year.record_ids order by person_year.record_ids)
            filter (where person_year.lost_on <= asked.second_check_on)
        ) as evidence_record_ids
    from asked
    inner join person_year
        on
            asked.cohort = person_year.cohort
            and starts_with(person_year.region_code, asked.region_code)
            and asked.due_on >= person_year.registered_on
            and coalesce(asked.school_code = person_year.school_code, true)
    group by all
),

before as (
    select
        asked.unit,
        asked.cohort,
        count(distinct person_year.person_id) as entrants
    from asked
    inner join person_year
        on
            asked.cohort = person_year.cohort + 1
            and starts_with(person_year.region_code, asked.region_code)
            and coalesce(asked.school_code = person_year.school_code, true)
    group by asked.unit, asked.cohort
),

-- What is lost in two terms in the intakes of the province that no quota covers.
quota_free as (
    select
        left(person_year.region_code, 2) as province_code,
        count(*) filter (where person_year.lost_on <= make_date(person_year.cohort + 2, 3, 1) + $grace_days)
        / count(*) as lost_share
    from person_year
    left join asked
        on
            person_year.cohort = asked.cohort
            and starts_with(person_year.region_code, asked.region_code)
            and coalesce(person_year.school_code = asked.school_code, true)
    where
        asked.unit is null
        and make_date(person_year.cohort + 2, 3, 1) + $grace_days < as_of()
    group by left(person_year.region_code, 2)
),

weighed as (
    select
        measured.*,
        coalesce(before.entrants, 0) as entrants_before,
        measured.entrants - coalesce(before.entrants, 0) as growth,
        measured.entrants - measured.kept_two_terms as lost,
        greatest($normal_loss_share, coalesce(quota_free.lost_share, 0)) as normal_share
    from measured
    left join before
        on
            measured.unit = before.unit
            and measured.cohort = before.cohort
    left join quota_free
        on left(measured.region_code, 2) = quota_free.province_code
),

-- How likely so many are lost, or more, where the normal share is.
likely as (
    select
        weighed.*,
        case
            when weighed.normal_share >= 1 then 1
            else
                least(
                    list_sum(
                        list_transform(
                            range(weighed.lost, weighed.entrants + 1),
                            lambda gone: exp(
                                lgamma(weighed.entrants + 1)
                                - lgamma(gone + 1)
                                - lgamma(weighed.entrants - gone + 1)
                                + gone * ln(weighed.normal_share)
                                + (weighed.entrants - gone) * ln(1 - weighed.normal_share)
                            )
                        )
                    ),
                    1
                )
        end as likelihood
    from weighed
),

-- Benjamini and Hochberg over all quotas.
ordered as (
    select
        likely.*,
        row_number() over (order by likely.likelihood, likely.unit, likely.cohort) as position,
        count(*) over () as tests
    from likely
),

accepted as (
    select coalesce(max(ordered.likelihood), -1) as likelihood
    from ordered
    where ordered.likelihood <= $false_share * ordered.position / ordered.tests
),

finding as (
    select
        ordered.unit,
        ordered.region_code,
        ordered.school_code,
        ordered.quota_from,
        ordered.quota_from_zh,
        ordered.due_on,
        ordered.second_check_on as checked_on,
        ordered.evidence_record_ids,
        cast(ordered.cohort as integer) as cohort,
        cast(ordered.quota as integer) as quota,
        cast(ordered.entrants as integer) as entrants,
        cast(ordered.entrants_before as integer) as entrants_before,
        cast(ordered.growth as integer) as growth,
        cast(ordered.kept_one_term as integer) as kept_one_term,
        cast(ordered.kept_two_terms as integer) as kept_two_terms,
        cast(ordered.lost as integer) as lost,
        round(ordered.lost / ordered.entrants, 4) as lost_share,
        round(ordered.normal_share, 4) as normal_share,
        round(1 / greatest(ordered.likelihood, 1e-12), 0) as chance,
        case when is_delivered('status_changes') then '' else 'status_changes' end as missing_inputs
    from ordered
    cross join accepted
    where
        ordered.likelihood <= accepted.likelihood
        and ordered.growth >= $met_share * ordered.quota
        and ordered.growth - (ordered.lost - ordered.normal_share * ordered.entrants) < $met_share * ordered.quota
),

judged as (
    select
        finding.*,
        case when finding.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from finding
)

select
    judged.unit,
    judged.region_code,
    judged.school_code,
    judged.cohort,
    judged.quota,
    judged.entrants,
    judged.entrants_before,
    judged.growth,
    judged.kept_one_term,
    judged.kept_two_terms,
    judged.lost,
    judged.lost_share,
    judged.normal_share,
    judged.chance,
    judged.quota_from,
    judged.quota_from_zh,
    judged.due_on,
    judged.checked_on,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
