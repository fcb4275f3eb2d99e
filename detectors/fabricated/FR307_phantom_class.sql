/*
id: FR307
title: phantom class
title_zh: 整班疑似虚报(空壳班)
severity: A
certainty: probable
subject: class
policy: [xinzhou_2023:false-registration, xinzhou_2023:agreement-of-three]
reads:
  required:
    - feature.aid_claim
    - feature.class_likeness
    - feature.class_member
    - feature.school_term
  optional:
    - attendance
    - fee_receipts
    - flexible_filings
    - integrated_classes
    - internships
    - joint_programs
    - teaching_sites
    - term_registrations
evidence:
  - subject_id
  - school_code
  - registry
  - class_name
  - entry_month
  - students
  - silent_lists
  - traces_available
  - marks
  - marks_zh
  - phone_share
  - address_share
  - account_share
  - elsewhere_share
  - vanished_share
  - severity
  - overlap_from
  - overlap_to
  - amount_paid
  - amount_estimated
  - evidence_record_ids
key: [registry, school_code, class_name, entry_month]
route: school_code
message: >-
  {class_name} has {students} students on paper from {overlap_from} to {overlap_to} and none of them in {silent_lists},
  which name the school's other classes; besides: {marks}. Aid paid for them: {amount_paid} yuan.
message_zh: >-
  {class_name} 在册 {students} 人({overlap_from} 至 {overlap_to}),在覆盖本校其他班级的名单({silent_lists})中全班无一人,且{marks_zh};
  涉及已发资助 {amount_paid} 元。
next: >-
  Visit the class room unannounced with the roll, telephone the families on numbers from the junior schools, and ask the
  bank who signed for the cards.
next_zh: 持花名册突击到班点名,用初中学校留存的电话回访家庭,并向银行调取资助卡签领记录。
params:
  least_students:
    default: policy:block.students
    unit: students
    comment: Smaller classes are a matter for single cases.
  least_days:
    default: 120
    unit: days
    comment: Own estimate; a class of a whole term has left a trace.
  common_share:
    default: 0.5
    unit: share
    comment: Own estimate; half of a class with shared phones, one address or shared accounts is no chance.
  away_share:
    default: 0.3
    unit: share
    comment: Own estimate; so many of a class on the roll elsewhere at the same time.
  gone_share:
    default: 0.8
    unit: share
    comment: Own estimate; a class that vanished as one from the list delivered again.
  covered_share:
    default: 0.5
    unit: share
    comment: Own estimate; a list covers a school where it names half of its other students of these days.
exceptions:
  - name: X06_integrated_class
    says: An integrated class, registered in one system and taught at the other school, which has the traces.
    says_zh: 已备案的职普融通班,在对方学校就读,考勤等痕迹在对方学校。
    proof: integrated_classes
  - name: X11_flexible_programme
    says: >-
      A class of adults in the main, for whose intake the school has filed flexible study; attendance and term
      registration are not kept for them.
    says_zh: 以成人学员为主的班级,该校该年级已备案弹性学制,不按日考勤、按学期注册。
    proof: flexible_filings
  - name: X12_approved_teaching_site
    says: The class is taught at an approved site off campus, such as a village class for farmers.
    says_zh: 该班在已审批的校外教学点(如送教下乡班)就读。
    proof: teaching_sites
  - name: X21_on_placement
    says: Most of the class are in a placement that was reported.
    says_zh: 该班多数学生已报备岗位实习。
    proof: internships
  - name: X35_joint_programme
    says: The class is with the partner school under an agreement in force, named in the enrolment.
    says_zh: 该班按有效的联合办学协议在合作学校就读,且学籍登记了合作学校。
    proof: joint_programs
history:
  - {on: 2024-04-15, note: First edition.}
  - on: 2024-04-15
    note: >-
      A flexible programme excuses a class of adults, not one straight from school.
---
Why it matters

The classic of the audits (虚报冒领): a class that exists on paper, with borrowed identities and the phones of one agency.
No single mark proves it: village classes share addresses, teachers enter their own phone. What an honest class cannot
do is leave no trace at all in lists that name the rest of its school, and bear such marks as well. Severity A where two
lists are silent, two marks agree and aid was paid; else B.

A class for which no list of the school's traces was delivered needs evidence. Traces that the school itself invented
are not seen here, nor is a class mixed with real students.

What to check first

The class room, unannounced; then the list of attendance: a class left out by the clerk is a lawful answer.
*/
with marked as (
    select
        shares.*,
        list_filter(
            [
                case when shares.phone_share >= $common_share then 'shared phones' end,
                case when shares.address_share >= $common_share then 'one address' end,
                case when shares.account_share >= $common_share then 'shared accounts' end,
                case when shares.elsewhere_share >= $away_share then 'on other rolls at once' end,
                case when shares.vanished_share >= $gone_share then 'vanished as one' end
            ],
            lambda mark: mark is not null
        ) as mark_list,
        list_filter(
            [
                case when shares.phone_share >= $common_share then '多人共用电话' end,
                case when shares.address_share >= $common_share then '同一住址' end,
                case when shares.account_share >= $common_share then '共用账户' end,
                case when shares.elsewhere_share >= $away_share then '同时在他处在籍' end,
                case when shares.vanished_share >= $gone_share then '整班从后续名册消失' end
            ],
            lambda mark: mark is not null
        ) as mark_zh_list
    from feature.class_likeness as shares
    where
        shares.students >= $least_students
        and shares.counted_to >= shares.begun_on + $least_days
),

candidate as (
    select *
    from marked
    where len(marked.mark_list) > 0
),

trace as (
    select
        'attendance' as list_name,
        upper(attended.student_no) as student_key,
        max(attended.month) as last_month
    from attendance as attended
    where attended.periods_present > 0
    group by upper(attended.student_no)
    union all
    select
        'term_registrations' as list_name,
        upper(registration.student_no) as student_key,
        max(
            case registration.term
                when 'autumn' then cast(left(registration.school_year, 4) as integer) * 100 + 9
                else cast(left(registration.school_year, 4) as integer) * 100 + 103
            end
        ) as last_month
    from term_registrations as registration
    where not regexp_matches(registration.registration, '未|不|否')
    group by upper(registration.student_no)
    union all
    select
        'fee_receipts' as list_name,
        upper(receipt.student_no) as student_key,
        max(cast(left(receipt.school_year, 4) as integer) * 100 + 9) as last_month
    from fee_receipts as receipt
    where receipt.student_no is not null
    group by upper(receipt.student_no)
),

known_list as (
    select unnest(['attendance', 'term_registrations', 'fee_receipts']) as list_name
),

-- Who was at the school in the days of the class, the class itself included.
school_mate as (
    select
        candidate.registry,
        candidate.school_code,
        candidate.class_name,
        candidate.entry_month,
        candidate.begun_month,
        member.student_key,
        candidate.class_name = member.class_name and candidate.entry_month = member.entry_month as is_own
    from candidate
    inner join feature.class_member as member
        on
            candidate.registry = member.registry
            and candidate.school_code = member.school_code
            and candidate.begun_on <= member.present_to
            and candidate.counted_to >= member.started_on
),

covered as (
    select
        school_mate.registry,
        school_mate.school_code,
        school_mate.class_name,
        school_mate.entry_month,
        known_list.list_name,
        count(*) filter (where not school_mate.is_own) as others,
        count(*) filter (where not school_mate.is_own and trace.student_key is not null) as others_named,
        count(*) filter (where school_mate.is_own and trace.student_key is not null) as own_named
    from school_mate
    cross join known_list
    left join trace
        on
            known_list.list_name = trace.list_name
            and school_mate.student_key = trace.student_key
            and school_mate.begun_month <= trace.last_month
    group by
        school_mate.registry,
        school_mate.school_code,
        school_mate.class_name,
        school_mate.entry_month,
        known_list.list_name
),

silence as (
    select
        covered.registry,
        covered.school_code,
        covered.class_name,
        covered.entry_month,
        list(covered.list_name order by covered.list_name) as covering,
        list(covered.list_name order by covered.list_name) filter (where covered.own_named = 0) as silent
    from covered
    where
        covered.others >= $least_students
        and covered.others_named >= $covered_share * covered.others
    group by covered.registry, covered.school_code, covered.class_name, covered.entry_month
),

integrated as (
    select
        integrated_class.vocational_code as school_code,
        integrated_class.class_name
    from integrated_classes as integrated_class
    group by integrated_class.vocational_code, integrated_class.class_name
),

flexible as (
    select
        filing.school_code,
        filing.year
    from flexible_filings as filing
    group by filing.school_code, filing.year
),

approved_site as (
    select
        site.school_code,
        min(site.valid_from) as valid_from,
        max(coalesce(site.valid_to, as_of())) as valid_to
    from teaching_sites as site
    group by site.school_code
),

placed as (
    select
        member.registry,
        member.school_code,
        member.class_name,
        member.entry_month,
        count(distinct member.student_key) as students
    from feature.class_member as member
    inner join internships as internship
        on member.student_key = upper(internship.student_no)
    group by member.registry, member.school_code, member.class_name, member.entry_month
),

partner as (
    select
        programme.school_code,
        max(coalesce(programme.valid_to, as_of())) as valid_to
    from joint_programs as programme
    group by programme.school_code
),

paid as (
    select
        member.registry,
        member.school_code,
        member.class_name,
        member.entry_month,
        sum(claim.amount) as amount
    from feature.class_member as member
    inner join feature.aid_claim as claim
        on
            member.person_id = claim.person_id
            and member.registry = claim.registry
            and member.school_code = claim.current_school_code
            and member.started_on <= claim.benefit_to
    group by member.registry, member.school_code, member.class_name, member.entry_month
),

standard as (
    select
        candidate.registry,
        candidate.school_code,
        candidate.class_name,
        candidate.entry_month,
        sum(
            candidate.students
            * policy_number('aid.waiver.amount_year', candidate.registry, candidate.region_code, term.first_day)
            / 2
        ) as amount
    from candidate
    inner join feature.school_term as term
        on
            candidate.begun_on <= term.first_day
            and candidate.counted_to >= term.first_day
    group by candidate.registry, candidate.school_code, candidate.class_name, candidate.entry_month
),

weighed as (
    select
        candidate.*,
        candidate.begun_on as overlap_from,
        candidate.counted_to as overlap_to,
        cast(coalesce(paid.amount, 0) as decimal(14, 2)) as amount_paid,
        cast(coalesce(standard.amount, 0) as decimal(14, 2)) as amount_estimated,
        coalesce(silence.covering, []) as covering,
        coalesce(silence.silent, []) as silent,
        coalesce(candidate.record_ids, []) as evidence_record_ids,
        concat_ws(' ', candidate.school_code, candidate.class_name, candidate.entry_month) as subject_id,
        array_to_string(coalesce(silence.silent, []), ', ') as silent_lists,
        array_to_string(coalesce(silence.covering, []), ', ') as traces_available,
        array_to_string(candidate.mark_list, ', ') as marks,
        array_to_string(candidate.mark_zh_list, '、') as marks_zh
    from candidate
    left join silence
        on
            candidate.registry = silence.registry
            and candidate.school_code = silence.school_code
            and candidate.class_name = silence.class_name
            and candidate.entry_month = silence.entry_month
    left join paid
        on
            candidate.registry = paid.registry
            and candidate.school_code = paid.school_code
            and candidate.class_name = paid.class_name
            and candidate.entry_month = paid.entry_month
    left join standard
        on
            candidate.registry = standard.registry
            and candidate.school_code = standard.school_code
            and candidate.class_name = standard.class_name
            and candidate.entry_month = standard.entry_month
    left join integrated
        on
            candidate.school_code = integrated.school_code
            and candidate.class_name = integrated.class_name
    left join flexible
        on
            candidate.school_code = flexible.school_code
            and candidate.cohort = flexible.year
    left join approved_site
        on
            candidate.school_code = approved_site.school_code
            and candidate.begun_on between coalesce(approved_site.valid_from, candidate.begun_on)
            and approved_site.valid_to
    left join placed
        on
            candidate.registry = placed.registry
            and candidate.school_code = placed.school_code
            and candidate.class_name = placed.class_name
            and candidate.entry_month = placed.entry_month
    left join partner
        on
            candidate.school_code = partner.school_code
            and candidate.begun_on <= partner.valid_to
    where
        -- X06_integrated_class
        integrated.school_code is null
        -- X11_flexible_programme
        and not (flexible.school_code is not null and 2 * candidate.fresh_graduates < candidate.students)
        -- X12_approved_teaching_site
        and not (approved_site.school_code is not null and 2 * candidate.at_sites >= candidate.students)
        -- X21_on_placement
        and 2 * coalesce(placed.students, 0) < candidate.students
        -- X35_joint_programme
        and not (partner.school_code is not null and 2 * candidate.at_partner >= candidate.students)
),

judged as (
    select
        weighed.*,
        case
            when len(weighed.silent) >= 2 and len(weighed.mark_list) >= 2 and weighed.amount_paid > 0 then 'A'
            else 'B'
        end as severity,
        concat_ws(
            ',',
            case when len(weighed.covering) = 0 then 'attendance,term_registrations' end,
            case
                when 2 * weighed.at_sites >= weighed.students and not is_delivered('teaching_sites')
                    then 'teaching_sites'
            end,
            case
                when 2 * weighed.at_partner >= weighed.students and not is_delivered('joint_programs')
                    then 'joint_programs'
            end,
            case when not is_delivered('flexible_filings') then 'flexible_filings' end
        ) as missing_inputs
    from weighed
    where
        len(weighed.silent) + len(weighed.mark_list) >= 3 and len(weighed.silent) > 0
        or len(weighed.covering) = 0 and len(weighed.mark_list) >= 2
),

worded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.subject_id,
    worded.school_code,
    worded.registry,
    worded.class_name,
    worded.entry_month,
    worded.students,
    worded.silent_lists,
    worded.traces_available,
    worded.marks,
    worded.marks_zh,
    worded.phone_share,
    worded.address_share,
    worded.account_share,
    worded.elsewhere_share,
    worded.vanished_share,
    worded.severity,
    worded.overlap_from,
    worded.overlap_to,
    worded.amount_paid,
    worded.amount_estimated,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
