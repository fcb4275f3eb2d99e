/*
id: SC511
title: transfer or change of major outside its window
title_zh: 中职转学、转专业不在规定时间
severity: C
certainty: certain
subject: person
policy: [national:transfer-limits, national:major-change, xinzhou_2023:change-entry]
reads:
  required:
    - core.change
    - core.enrolment
    - core.school
    - feature.lost_year
    - feature.school_term
    - feature.transfer_spell
    - status_changes
  optional:
    - core.hold
    - core.school_lineage
    - filed_majors
    - joint_programs
    - school_events
    - school_qualifications
evidence:
  - person_id
  - record_id
  - other_record_id
  - school_code
  - other_school_code
  - registry
  - problem
  - problem_zh
  - overlap_from
  - term_no
  - limit_on
  - from_major_code
  - to_major_code
  - majors
  - match_probability
  - severity
  - certainty
  - evidence_record_ids
key: [person_id, school_code, problem]
route: school_code
message: >-
  On {overlap_from}, in term {term_no} of the course: {problem}{majors}; the day that decides is {limit_on}.
message_zh: 该生 {overlap_from}(入学第 {term_no} 学期)办理异动:{problem_zh}{majors};判定日期 {limit_on}。
next: >-
  Read the application with its reasons and the bureau's approval; ask what the family was told, and whether the student
  really sits in the new school or class.
next_zh: 调阅申请表、理由和主管部门审批,核实学生是否真实在新学校、新专业班级就读。
params:
  near_end_days:
    default: 21
    unit: days
    comment: Own estimate; who moves within these days of the end of a term has studied it.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the records are the same person only probably.
exceptions:
  - name: X03_recoded_major
    says: The two codes are of two catalogues (2010, 2021); the major was renumbered.
    says_zh: 原、新代码分属2010年、2021年专业目录,属目录调整换码。
    proof: core.change
  - name: X03b_major_discontinued
    says: The school files the former major no more, and moved its students to another one.
    says_zh: 原专业当年已不再备案(停办、调整),学校整体安排转专业。
    proof: filed_majors
  - name: X08_counted_from_arrival
    says: Terms are counted from the day on which the student came to the school, by transfer as well.
    says_zh: 学期自学生到该校就读(含转入)之日起算。
    proof: core.enrolment
  - name: X10_merged_schools
    says: The school was merged or renamed within half a year of the day; students move with it.
    says_zh: 半年内学校合并、更名,学生随校调整。
    proof: core.school_lineage
  - name: X10b_school_closing
    says: The school left was dissolved or lost its qualification; its students were settled elsewhere.
    says_zh: 转出学校被撤销或失去资质,学生分流安置。
    proof: school_qualifications
  - name: X15_end_of_term
    says: Moved in the last days of the term, or in the holidays after it.
    says_zh: 学期末或假期办理,该学期已学完。
    proof: core.change
  - name: X19_lost_year
    says: A year was repeated or lost by suspension; terms and final year are counted from there.
    says_zh: 留级或休学一年以上的,学期和毕业年级相应顺延。
    proof: core.change
  - name: X20_back_from_suspension
    says: The major was changed on the return from a suspension or from the army.
    says_zh: 休学、保留学籍期满复学时转专业。
    proof: core.hold
  - name: X22_part_time
    says: The windows bind full-time students.
    says_zh: 非全日制学生不适用。
    proof: core.enrolment
  - name: X35_joint_programme
    says: Two accredited schools teach the course in turn under an agreement in force.
    says_zh: 两校之间有在有效期内的联合办学协议,分段培养。
    proof: joint_programs
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Windows keep students from being traded: who moves in the first weeks was lured away, who moves in the last year is
bought for a diploma or for a head count, and a late change of major makes a certificate in a field that was never
studied.

Sub-tests for transfers between vocational schools: first_term, before one term was studied; final_year;
while_suspended.
For majors: across_groups, after the first term; within_group, after the third; major_final_year; major_unknown, in a
window that depends on the former major, which the list does not name (needs evidence). The group is the first two
digits of the code. Consent of the province for leaving a tuition-free agricultural major is on no list and is not asked
about.

What to check first

The day of the application, and whether a whole class was moved at once: then the school decided, not the student.
*/
with term as (
    select
        school_term.first_day,
        school_term.last_day,
        2 * school_term.cohort + if(school_term.term = 'spring', 2, 1) as half,
        lead(school_term.first_day) over (order by school_term.first_day) as next_first_day
    from feature.school_term as school_term
),

vocational as (
    select
        enrolment.record_id,
        enrolment.person_id,
        enrolment.school_code as own_code,
        enrolment.current_school_code as school_code,
        enrolment.region_code,
        enrolment.cohort,
        enrolment.study_form,
        enrolment.program_years,
        enrolment.major_code,
        enrolment.started_on,
        enrolment.expected_end_on,
        enrolment.match_probability,
        -- What a school puts down as a transfer begins the spell: the month of entry tells when the course began.
        coalesce(
            least(enrolment.started_on, make_date(enrolment.entry_month // 100, enrolment.entry_month % 100, 1)),
            enrolment.started_on
        ) as entered_on,
        2 * enrolment.cohort + if(coalesce(enrolment.entry_month % 100 < 7, false), 2, 1) as entered_half,
        case
            when month(enrolment.expected_end_on) between 5 and 8
                then make_date(year(enrolment.expected_end_on) - 1, 9, 1)
            else cast(enrolment.expected_end_on - interval 1 year as date)
        end as final_from
    from core.enrolment as enrolment
    where
        enrolment.registry = 'vocational'
        -- X22_part_time
        and enrolment.study_form = 'full_time'
),

-- Transfers between vocational schools: the one left is known by its enrolment, or by its kind.
transfer as (
    select
        moved.person_id,
        moved.old_record_id,
        moved.new_record_id,
        moved.from_school_code,
        moved.to_school_code,
        moved.transferred_on,
        moved.settled_on,
        moved.record_ids,
        old.entered_on as studied_from,
        old.record_id is not null as is_old_known,
        coalesce(joined.record_id, old.record_id) as record_id,
        coalesce(joined.school_code, old.school_code) as school_code,
        coalesce(old.own_code, moved.from_school_code) as from_own_code,
        coalesce(old.region_code, joined.region_code) as region_code,
        least(coalesce(old.match_probability, 1), coalesce(joined.match_probability, 1)) as match_probability,
        coalesce(old.entered_half, joined.entered_half) as entered_half,
        coalesce(old.final_from, joined.final_from) as final_from,
        coalesce(old.program_years, joined.program_years) as program_years
    from feature.transfer_spell as moved
    left join vocational as old
        on moved.old_record_id = old.record_id
    left join vocational as joined
        on moved.new_record_id = joined.record_id
    left join core.school as origin
        on moved.from_school_code = origin.school_code
    where
        coalesce(joined.record_id, old.record_id) is not null
        and (old.record_id is not null or moved.old_record_id is null and coalesce(origin.kind, '') = 'vocational')
        and (joined.record_id is not null or moved.new_record_id is null)
        and coalesce(moved.from_school_code <> moved.to_school_code, true)
),

lost as (
    select
        lost_year.record_id,
        lost_year.lost_on
    from feature.lost_year as lost_year
),

transfer_lost as (
    select
        transfer.record_id,
        transfer.transferred_on,
        cast(count(*) as integer) as years
    from transfer
    inner join lost
        on
            (transfer.old_record_id = lost.record_id or transfer.new_record_id = lost.record_id)
            and transfer.transferred_on > lost.lost_on
    group by transfer.record_id, transfer.transferred_on
),

-- The terms that the student had before the transfer, the first of them that lasts a month and a half after the start.
first_terms as (
    select
        transfer.record_id,
        transfer.transferred_on,
        term.last_day,
        row_number() over (partition by transfer.record_id, transfer.transferred_on order by term.first_day) as place
    from transfer
    inner join term
        on transfer.studied_from + 45 < term.last_day
),

suspended as (
    select
        transfer.record_id,
        transfer.transferred_on,
        max(hold.held_from) as held_from
    from transfer
    inner join core.hold as hold
        on
            transfer.old_record_id = hold.record_id
            and transfer.transferred_on > hold.held_from
            and coalesce(transfer.settled_on < hold.held_until, true)
    where
        hold.kind = 'suspend'
        and hold.is_dated
    group by transfer.record_id, transfer.transferred_on
),

closing as (
    select
        listed.school_code,
        listed.valid_to as closed_on
    from core.school as listed
    where listed.valid_to is not null
    union
    select
        happening.old_code as school_code,
        happening.happened_on as closed_on
    from school_events as happening
    where happening.new_code is null
),

unqualified as (
    select
        qualification.school_code,
        qualification.year
    from school_qualifications as qualification
    group by qualification.school_code, qualification.year
    having not bool_or(qualification.qualified)
),

qualification_year as (
    select qualification.year
    from school_qualifications as qualification
    group by qualification.year
),

joint as (
    select
        agreement.valid_from,
        agreement.valid_to,
        coalesce(first_party.current_school_code, agreement.school_code) as one_code,
        coalesce(second_party.current_school_code, agreement.partner_code) as other_code
    from joint_programs as agreement
    left join core.school as first_party
        on agreement.school_code = first_party.school_code
    left join core.school as second_party
        on agreement.partner_code = second_party.school_code
    where agreement.partner_kind like '%学历教育%' and agreement.partner_kind not like '%非学历%'
),

merger as (
    select
        lineage.old_code as school_code,
        lineage.happened_on
    from core.school_lineage as lineage
    union
    select
        lineage.new_code as school_code,
        lineage.happened_on
    from core.school_lineage as lineage
),

transfer_day as (
    select
        transfer.*,
        term.half,
        suspended.held_from,
        -- X19_lost_year
        cast(transfer.final_from + to_years(coalesce(transfer_lost.years, 0)) as date) as final_year_from,
        -- X15_end_of_term
        first_terms.last_day - $near_end_days as term_studied_on,
        coalesce(qualification_year.year is not null, false) as has_qualification_list
    from transfer
    left join term
        on
            transfer.transferred_on >= term.first_day
            and coalesce(transfer.transferred_on < term.next_first_day, true)
    left join transfer_lost
        on
            transfer.record_id = transfer_lost.record_id
            and transfer.transferred_on = transfer_lost.transferred_on
    left join first_terms
        on
            transfer.record_id = first_terms.record_id
            and transfer.transferred_on = first_terms.transferred_on
            and first_terms.place
            = policy_number('transfer.min_terms_studied', 'vocational', transfer.region_code, transfer.transferred_on)
    left join suspended
        on
            transfer.record_id = suspended.record_id
            and transfer.transferred_on = suspended.transferred_on
    left join qualification_year
        on (term.half - 1) // 2 = qualification_year.year
    left join closing
        on
            transfer.from_own_code = closing.school_code
            and closing.closed_on between transfer.transferred_on - 365 and transfer.transferred_on + 365
    left join unqualified
        on
            transfer.from_own_code = unqualified.school_code
            and unqualified.year between (term.half - 1) // 2 and (term.half - 1) // 2 + 1
    where
        -- X10b_school_closing
        closing.school_code is null
        and unqualified.school_code is null
        -- X35_joint_programme
        and not exists (
            select 1
            from joint
            where
                (
                    transfer.from_school_code = joint.one_code
                    and transfer.to_school_code = joint.other_code
                    or transfer.from_school_code = joint.other_code
                    and transfer.to_school_code = joint.one_code
                )
                and coalesce(transfer.transferred_on >= joint.valid_from, true)
                and coalesce(transfer.transferred_on <= joint.valid_to, true)
        )
),

transfer_case as (
    select
        transfer_day.*,
        case
            when
                transfer_day.is_old_known
                and transfer_day.held_from is not null
                and policy_number(
                    'transfer.suspended_allowed', 'vocational', transfer_day.region_code, transfer_day.transferred_on
                ) = 0
                then 'while_suspended'
            when transfer_day.is_old_known and transfer_day.settled_on < transfer_day.term_studied_on then 'first_term'
            when
                transfer_day.transferred_on >= transfer_day.final_year_from
                and transfer_day.program_years > 1
                and policy_number(
                    'transfer.final_year_allowed', 'vocational', transfer_day.region_code, transfer_day.transferred_on
                ) = 0
                then 'final_year'
        end as problem
    from transfer_day
),

-- Changes of major inside one school.
change as (
    select
        vocational.*,
        event.record_id as change_record_id,
        event.changed_on,
        event.from_major_code,
        coalesce(event.to_major_code, vocational.major_code) as to_major_code
    from core.change as event
    inner join vocational
        on event.enrolment_record_id = vocational.record_id
    where
        event.change_type = 'change_major'
        and event.is_approved
        and coalesce(event.from_major_code <> coalesce(event.to_major_code, vocational.major_code), true)
),

change_lost as (
    select
        change.change_record_id,
        cast(count(*) as integer) as years
    from change
    inner join lost
        on
            change.record_id = lost.record_id
            and change.changed_on > lost.lost_on
    group by change.change_record_id
),

-- X08_counted_from_arrival
arrival as (
    select
        change.change_record_id,
        min(term.half) as half
    from change
    inner join term
        on change.started_on + 45 < term.last_day
    group by change.change_record_id
),

filed as (
    select
        filing.school_code,
        filing.year,
        list(distinct filing.major_code) as major_codes
    from filed_majors as filing
    group by filing.school_code, filing.year
),

change_day as (
    select
        change.*,
        cast(change.final_from + to_years(coalesce(change_lost.years, 0)) as date) as final_year_from,
        policy_number('major_change.across_last_term', 'vocational', change.region_code, change.changed_on)
            as across_last_term,
        policy_number('major_change.within_last_term', 'vocational', change.region_code, change.changed_on)
            as within_last_term,
        -- X19_lost_year
        term.half - arrival.half + 1 - 2 * coalesce(change_lost.years, 0) as term_no,
        arrival.half + 2 * coalesce(change_lost.years, 0) as first_half,
        filed.major_codes is null as needs_filings
    from change
    inner join term
        on
            change.changed_on >= term.first_day
            and coalesce(change.changed_on < term.next_first_day, true)
    inner join arrival
        on change.change_record_id = arrival.change_record_id
    left join change_lost
        on change.change_record_id = change_lost.change_record_id
    left join filed
        on
            change.own_code = filed.school_code
            and (term.half - 1) // 2 = filed.year
    where
        -- X03_recoded_major
        coalesce((change.from_major_code[1] in ('0', '1')) = (change.to_major_code[1] in ('0', '1')), true)
        -- X03b_major_discontinued
        and not coalesce(not list_contains(filed.major_codes, change.from_major_code), false)
),

change_case as (
    select
        change_day.*,
        case
            when
                change_day.changed_on >= change_day.final_year_from
                and change_day.program_years > 1
                and policy_number(
                    'major_change.final_year_allowed', 'vocational', change_day.region_code, change_day.changed_on
                ) = 0
                then 'major_final_year'
            when
                change_day.term_no > change_day.across_last_term
                and change_day.from_major_code[1:2] <> change_day.to_major_code[1:2]
                then 'across_groups'
            when change_day.term_no > change_day.within_last_term then 'within_group'
            when
                change_day.term_no > change_day.across_last_term
                and (change_day.from_major_code is null or change_day.to_major_code is null)
                then 'major_unknown'
        end as problem
    from change_day
    left join core.hold as hold
        on
            change_day.record_id = hold.record_id
            and hold.held_until between change_day.changed_on - 60 and change_day.changed_on + 30
    -- X20_back_from_suspension
    where hold.record_id is null
),

found as (
    select
        transfer_case.person_id,
        transfer_case.record_id,
        case
            when transfer_case.record_id = transfer_case.new_record_id then transfer_case.old_record_id
        end as other_record_id,
        transfer_case.school_code,
        transfer_case.from_school_code as other_school_code,
        transfer_case.problem,
        transfer_case.transferred_on as overlap_from,
        cast(transfer_case.half - transfer_case.entered_half + 1 as integer) as term_no,
        case transfer_case.problem
            when 'first_term' then transfer_case.term_studied_on
            when 'final_year' then transfer_case.final_year_from
            else transfer_case.held_from
        end as limit_on,
        null as from_major_code,
        null as to_major_code,
        transfer_case.match_probability,
        list_concat(transfer_case.record_ids, [transfer_case.old_record_id, transfer_case.new_record_id]) as record_ids,
        concat_ws(
            ',',
            case when not is_delivered('joint_programs') then 'joint_programs' end,
            case when not is_delivered('school_events') then 'school_events' end,
            case when not transfer_case.has_qualification_list then 'school_qualifications' end,
            case when not transfer_case.is_old_known then 'vocational_students' end
        ) as missing_inputs
    from transfer_case
    where transfer_case.problem is not null
    union all
    select
        change_case.person_id,
        change_case.record_id,
        null as other_record_id,
        change_case.school_code,
        null as other_school_code,
        change_case.problem,
        change_case.changed_on as overlap_from,
        cast(change_case.term_no as integer) as term_no,
        case
            when change_case.problem = 'major_final_year' then change_case.final_year_from
            else last_term.last_day
        end as limit_on,
        change_case.from_major_code,
        change_case.to_major_code,
        change_case.match_probability,
        [change_case.change_record_id, change_case.record_id] as record_ids,
        concat_ws(
            ',',
            case when change_case.needs_filings then 'filed_majors' end,
            case when not is_delivered('school_events') then 'school_events' end,
            case when change_case.problem = 'major_unknown' then 'status_changes' end
        ) as missing_inputs
    from change_case
    left join term as last_term
        on
            change_case.first_half - 1 + case
                when change_case.problem = 'within_group' then change_case.within_last_term
                else change_case.across_last_term
            end = last_term.half
    where change_case.problem is not null
),

unmerged as (
    select found.*
    from found
    left join merger
        on
            found.school_code = merger.school_code
            and merger.happened_on between found.overlap_from - 183 and found.overlap_from + 183
    left join merger as former
        on
            found.other_school_code = former.school_code
            and former.happened_on between found.overlap_from - 183 and found.overlap_from + 183
    where
        -- X10_merged_schools
        merger.school_code is null
        and former.school_code is null
),

worded as (
    select
        unmerged.person_id,
        unmerged.record_id,
        unmerged.other_record_id,
        unmerged.school_code,
        unmerged.other_school_code,
        unmerged.problem,
        unmerged.overlap_from,
        unmerged.limit_on,
        unmerged.match_probability,
        unmerged.missing_inputs,
        'vocational' as registry,
        'C' as severity,
        case unmerged.problem
            when 'first_term' then '在校学习未满一学期即转学'
            when 'final_year' then '毕业年级转学'
            when 'while_suspended' then '休学期间转学'
            when 'across_groups' then '超过第一学期跨专业大类转专业'
            when 'within_group' then '超过第三学期转专业'
            when 'major_final_year' then '毕业年级转专业'
            else '原专业未填写,无法判断是否在期限内'
        end as problem_zh,
        coalesce(unmerged.term_no, 0) as term_no,
        coalesce(unmerged.from_major_code, '-') as from_major_code,
        coalesce(unmerged.to_major_code, '-') as to_major_code,
        coalesce('(' || unmerged.from_major_code || '→' || unmerged.to_major_code || ')', '') as majors,
        case when unmerged.match_probability < $certain_match then 'probable' else 'certain' end as certainty,
        case when unmerged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict,
        list_sort(list_filter(unmerged.record_ids, lambda named: named is not null)) as evidence_record_ids
    from unmerged
)

select
    worded.person_id,
    worded.record_id,
    worded.other_record_id,
    worded.school_code,
    worded.other_school_code,
    worded.registry,
    worded.problem,
    worded.problem_zh,
    worded.overlap_from,
    worded.term_no,
    worded.limit_on,
    worded.from_major_code,
    worded.to_major_code,
    worded.majors,
    worded.match_probability,
    worded.severity,
    worded.certainty,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
qualify
    row_number() over (
        partition by worded.person_id, worded.school_code, worded.problem
        order by worded.overlap_from, worded.record_id
    ) = 1
