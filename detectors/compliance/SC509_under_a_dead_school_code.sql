/*
id: SC509
title: registered under a dead school code
title_zh: 使用已撤并学校代码注册学籍
severity: C
certainty: certain
subject: school
policy: [national:dead-code, national:own-lag]
reads:
  required:
    - core.enrolment
    - core.school
  optional:
    - core.hold
    - school_events
    - schools
evidence:
  - school_code
  - old_code
  - problem
  - problem_zh
  - closed_on
  - closed_by
  - moved_by
  - students
  - overlap_from
  - overlap_to
  - severity
  - evidence_record_ids
key: [school_code, old_code, problem]
route: school_code
message: >-
  {students} students stand in the registry under {old_code}, closed on {closed_on} ({closed_by}): {problem}; until
  {moved_by} the records could be moved. First registered on {overlap_from}, last on {overlap_to}.
message_zh: >-
  学校代码 {old_code} 已于 {closed_on} {closed_by},至 {moved_by} 的迁移期已过,仍有 {students} 人的学籍在该代码下({problem_zh}),
  注册时间 {overlap_from} 至 {overlap_to}。
next: >-
  Take the merger document and its list of students: who is on it is moved to the code that carries on, who is doubled
  is cancelled once, and of new registrations ask who registered them and where they are taught.
next_zh: 调取撤并文件和学生分流名单:名单内的迁入承接学校,重复的注销一条;对撤并后新注册的,查明由谁注册、在何处就读。
params:
  least_students:
    default: 3
    unit: students
    comment: Own estimate; one or two new registrations under a dead code are more likely a code that was mistyped (C).
exceptions:
  - name: X05_promoted_school
    says: The school was promoted to a college; whether its students have to move into the higher registry is SC519.
    says_zh: 学校升格为高校,学生是否应转入高校学籍另行核查(见 SC519)。
    proof: school_events
  - name: X10_code_kept
    says: A merger without change of category keeps one of the former codes; this is the one that was kept.
    says_zh: 合并后沿用其中一个旧代码,该代码即沿用的代码。
    proof: school_events
  - name: X10b_split_school
    says: The school was split and lives on under its code.
    says_zh: 学校分立,原代码继续使用。
    proof: school_events
  - name: X10c_restored_school
    says: The name-plate was restored and the old code revived; the list of schools names it again from a later day.
    says_zh: 学校恢复建制,名录载明该代码重新启用。
    proof: schools
  - name: X10d_in_use_until
    says: The list of schools keeps the code in use until a later day than the event.
    says_zh: 名录载明该代码的停用日期晚于撤并日期。
    proof: schools
  - name: X15_time_to_move
    says: The days in which records are moved after a merger, the posting season included, are not over.
    says_zh: 仍在撤并后的学籍迁移期内(含暑期集中办理期)。
    proof: school_events
  - name: X18_programme_over
    says: The programme was over before the records had to be moved; closing the record late is another wrong (RD204).
    says_zh: 迁移期内学制已满,属毕业未及时结转(见 RD204)。
    proof: core.enrolment
  - name: X20_held_enrolment
    says: Suspended or in the army since before the merger; the record is moved when the student comes back.
    says_zh: 撤并前已休学或保留学籍,复学时再迁移。
    proof: core.hold
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

A code dies with its school and is given to nobody else. Students who remain under it are counted where no school is,
drop out of the successor's figures, and nobody answers for them; who is registered anew under it escapes the
successor's plan and qualification.

Three sub-tests: registered_after, entrants under a code that was already dead (B from three students on); copied, the
record stands under the old code and again under the one that carries on (C, cancel one); left_behind, only under the
old one (C). A merger is lawful; only what was not tidied up after sixty days and the posting season is named.

What to check first

Whether the event is the merger of this code or a mere renaming, and from which day the document counts.
*/
with event as (
    select
        happening.old_code,
        max(happening.happened_on) as happened_on,
        arg_max(happening.kind, happening.happened_on) as kind
    from school_events as happening
    where
        -- X10b_split_school
        happening.kind not like '%分立%'
    group by happening.old_code
),

kept as (
    select happening.old_code
    from school_events as happening
    where happening.old_code = happening.new_code
    group by happening.old_code
),

closed as (
    select
        school.school_code as old_code,
        school.current_school_code as school_code,
        school.region_code,
        event.kind,
        event.old_code is null as needs_event,
        -- X10d_in_use_until
        greatest(event.happened_on, school.valid_to) as closed_on
    from core.school as school
    left join event
        on school.school_code = event.old_code
    left join kept
        on school.school_code = kept.old_code
    where
        (event.old_code is not null or school.valid_to is not null)
        -- X05_promoted_school
        and coalesce(event.kind not like '%升格%', true)
        -- X10_code_kept
        and kept.old_code is null
        -- X10c_restored_school
        and not coalesce(school.valid_from > event.happened_on, false)
),

due as (
    select
        closed.*,
        greatest(
            closed.closed_on
            + cast(policy_number('lineage.lag_days', null, closed.region_code, closed.closed_on) as integer),
            case
                when
                    strftime(closed.closed_on, '%m-%d') between
                    policy_text('dual.posting_season.from', null, closed.region_code, closed.closed_on)
                    and policy_text('dual.posting_season.to', null, closed.region_code, closed.closed_on)
                    then policy_month_day('dual.posting_season.to', null, closed.region_code, closed.closed_on)
            end
        ) as moved_by
    from closed
    where closed.closed_on <= as_of()
),

held as (
    select
        hold.record_id,
        min(hold.held_from) as held_from
    from core.hold as hold
    where hold.held_until is null
    group by hold.record_id
),

under_dead_code as (
    select
        due.*,
        enrolment.record_id,
        enrolment.person_id,
        enrolment.registry,
        coalesce(enrolment.registered_on, enrolment.started_on) as registered_on,
        enrolment.started_on > due.closed_on
        and coalesce(enrolment.registered_on, enrolment.started_on) > due.moved_by as is_new
    from due
    inner join core.enrolment as enrolment
        on due.old_code = enrolment.school_code
    left join held
        on enrolment.record_id = held.record_id
    where
        enrolment.registry in ('vocational', 'technical')
        and enrolment.is_open_in_registry
        and enrolment.ended_on is null
        -- X15_time_to_move
        and as_of() > due.moved_by
        -- X18_programme_over
        and enrolment.expected_end_on > due.moved_by
        -- X20_held_enrolment
        and not (coalesce(held.held_from < due.closed_on, false) and enrolment.standing = 'held')
),

carried_on as (
    select
        enrolment.person_id,
        enrolment.registry,
        enrolment.current_school_code as school_code
    from core.enrolment as enrolment
    inner join due
        on
            enrolment.current_school_code = due.school_code
            and enrolment.school_code <> due.old_code
    where
        enrolment.is_open_in_registry
        and enrolment.ended_on is null
    group by enrolment.person_id, enrolment.registry, enrolment.current_school_code
),

sorted as (
    select
        under_dead_code.*,
        case
            when under_dead_code.is_new then 'registered_after'
            when carried_on.person_id is not null then 'copied'
            else 'left_behind'
        end as problem
    from under_dead_code
    left join carried_on
        on
            under_dead_code.person_id = carried_on.person_id
            and under_dead_code.registry = carried_on.registry
            and under_dead_code.school_code = carried_on.school_code
),

school as (
    select
        sorted.school_code,
        sorted.old_code,
        sorted.problem,
        sorted.closed_on,
        sorted.moved_by,
        sorted.needs_event,
        cast(count(distinct sorted.person_id) as integer) as students,
        coalesce(sorted.kind, '停用') as closed_by,
        min(sorted.registered_on) as overlap_from,
        max(sorted.registered_on) as overlap_to,
        list(sorted.record_id order by sorted.record_id) as evidence_record_ids
    from sorted
    group by
        sorted.school_code,
        sorted.old_code,
        sorted.problem,
        sorted.closed_on,
        sorted.moved_by,
        sorted.needs_event,
        sorted.kind
),

judged as (
    select
        school.*,
        case school.problem
            when 'registered_after' then '撤并后新注册'
            when 'copied' then '新旧代码下各有一条'
            else '未随校迁移'
        end as problem_zh,
        case
            when school.problem = 'registered_after' and school.students >= $least_students then 'B' else 'C'
        end as severity,
        concat_ws(
            ',',
            case when school.needs_event then 'school_events' end,
            case when not is_delivered('schools') then 'schools' end
        ) as missing_inputs
    from school
),

worded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.school_code,
    worded.old_code,
    worded.problem,
    worded.problem_zh,
    worded.closed_on,
    worded.closed_by,
    worded.moved_by,
    worded.students,
    worded.overlap_from,
    worded.overlap_to,
    worded.severity,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
