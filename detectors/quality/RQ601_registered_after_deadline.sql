/*
id: RQ601
title: registered after the deadline
title_zh: 新生学籍逾期注册
severity: C
certainty: certain
subject: school
policy: [national:reg-cutoff, national:jg-reg-cutoff, xinzhou_2023:reg-deadline]
reads:
  required:
    - feature.intake
  optional:
    - core.change
    - core.hold
    - core.school_lineage
    - status_changes
evidence:
  - school_code
  - registry
  - intake
  - intake_zh
  - deadline_on
  - latest_on
  - late_students
  - entrants
  - late_share
  - overlap_from
  - overlap_to
  - overlap_days
  - evidence_record_ids
key: [registry, school_code, intake]
route: school_code
message: >-
  {late_students} of {entrants} new entrants of {intake} were registered after the deadline of {deadline_on}, the last
  on {latest_on}.
message_zh: 该校{intake_zh}新生 {entrants} 人中有 {late_students} 人在截止日 {deadline_on} 之后注册学籍,最晚 {latest_on}。
next: >-
  Look at the registry's log for the day on which the school submitted: a late approval by the bureau is not the
  school's delay.
next_zh: 查系统日志中学校提交日期与主管部门审核日期,属审核滞后的不记学校责任;其余说明逾期原因。
params:
  least_students:
    default: 1
    unit: students
    comment: Late registrations from which on a school and intake are reported.
exceptions:
  - name: X10_merged_schools
    says: A merger or renaming after the entry moved the cohort, which was registered again under the code of today.
    says_zh: 入学后学校合并、更名,整届学生在新代码下重新登记。
    proof: core.school_lineage
  - name: X15_transferred_in
    says: The student came by approved transfer and was registered again on arrival.
    says_zh: 经批准转入,转入时重新登记。
    proof: core.change
  - name: X17_registered_again
    says: The record was made again after an approved correction, or the student resumed.
    says_zh: 信息变更或复学后重新登记。
    proof: core.change
  - name: X20_kept_place
    says: The place was kept (illness, army service) and the student entered later.
    says_zh: 保留入学资格(含应征入伍),后入学。
    proof: core.hold
history:
  - {on: 2024-01-15, note: First edition.}
  - {on: 2024-04-15, note: A cohort registered again under the code of the school it was merged into is not late.}
---
Why it matters

Whoever is not registered by the deadline is not registered: 逾期不得注册. Late blocks are where paper students are added
once the count date or the budget is known, and the on-time share of a school counts for its funds.

What to check first

The registry's log: the day of the school's submission against the day of the bureau's approval; then how the late ones
differ from the others in class, phone and home.
*/
with late as (
    select
        intake.record_id,
        intake.current_school_code,
        intake.registry,
        intake.cohort,
        intake.season,
        intake.registered_on
    from feature.intake as intake
    where
        intake.registered_on > intake.deadline_on
        -- X15_transferred_in
        and not intake.is_transferred_in
        -- X17_registered_again
        and not intake.is_registered_again
        -- X20_kept_place
        and not intake.is_kept_place
        -- X10_merged_schools
        and not intake.is_moved_by_merger
),

late_intake as (
    select
        late.current_school_code,
        late.registry,
        late.cohort,
        late.season,
        cast(count(*) as integer) as late_students,
        max(late.registered_on) as latest_on,
        list(late.record_id order by late.record_id) as evidence_record_ids
    from late
    group by late.current_school_code, late.registry, late.cohort, late.season
),

whole_intake as (
    select
        intake.current_school_code,
        intake.registry,
        intake.cohort,
        intake.season,
        cast(count(*) as integer) as entrants,
        max(intake.deadline_on) as deadline_on
    from feature.intake as intake
    group by intake.current_school_code, intake.registry, intake.cohort, intake.season
),

worded as (
    select
        late_intake.current_school_code as school_code,
        late_intake.registry,
        late_intake.latest_on,
        late_intake.latest_on as overlap_to,
        late_intake.late_students,
        late_intake.evidence_record_ids,
        whole_intake.deadline_on,
        whole_intake.entrants,
        cast(late_intake.latest_on - whole_intake.deadline_on as integer) as overlap_days,
        whole_intake.deadline_on + 1 as overlap_from,
        round(late_intake.late_students / whole_intake.entrants, 4) as late_share,
        year(whole_intake.deadline_on) || ' ' || late_intake.season as intake,
        year(whole_intake.deadline_on)
        || case late_intake.season when 'autumn' then '年秋季' else '年春季' end as intake_zh,
        case when is_delivered('status_changes') then '' else 'status_changes' end as missing_inputs
    from late_intake
    inner join whole_intake
        on
            late_intake.current_school_code = whole_intake.current_school_code
            and late_intake.registry = whole_intake.registry
            and late_intake.cohort = whole_intake.cohort
            and late_intake.season = whole_intake.season
),

judged as (
    select
        worded.*,
        case when worded.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from worded
)

select
    judged.school_code,
    judged.registry,
    judged.intake,
    judged.intake_zh,
    judged.deadline_on,
    judged.latest_on,
    judged.late_students,
    judged.entrants,
    judged.late_share,
    judged.overlap_from,
    judged.overlap_to,
    judged.overlap_days,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
where judged.late_students >= $least_students
