/*
id: SC510
title: transfer from general high school outside the window or into another grade
title_zh: 普通高中转入中职不在规定窗口或年级不对应
severity: C
certainty: certain
subject: person
policy: [national:gh-to-zz, jiamusi_2022:gh-window]
reads:
  required:
    - core.certificate
    - core.enrolment
    - core.school
    - feature.lost_year
    - feature.school_term
    - feature.transfer_spell
    - status_changes
  optional:
    - graduates
    - integrated_classes
evidence:
  - person_id
  - record_id
  - other_record_id
  - school_code
  - other_school_code
  - registry
  - other_registry
  - problem
  - problem_zh
  - problems
  - overlap_from
  - left_from_grade
  - joined_grade
  - window_grades
  - window_zh
  - terms_studied
  - terms_due
  - match_probability
  - severity
  - certainty
  - evidence_record_ids
key: [person_id, school_code]
route: school_code
message: >-
  Transferred from general high school on {overlap_from} out of year.term {left_from_grade} into {joined_grade}:
  {problem}. Terms of vocational study {terms_studied}, due {terms_due}; window here {window_grades}.
message_zh: >-
  该生 {overlap_from} 由普通高中转入中职,转出时为 {left_from_grade}(年级.学期),转入 {joined_grade},{problem_zh};
  在中职学习 {terms_studied} 个学期(应不少于 {terms_due} 个),当地转学窗口:{window_zh}。
next: >-
  Read the application and both bureaus' approvals for grade and day; then see in which class the student really sits
  and when the certificate is due.
next_zh: 调阅转学申请表和双方主管部门审批,核对转出年级、日期与转入年级,再核实实际就读班级和预计毕业时间。
params:
  begun_days:
    default: 30
    unit: days
    comment: Own estimate; who joins within these days of a term has studied the whole term.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the two records are the same person only probably.
exceptions:
  - name: X07_integrated_class
    says: The pupil was in a listed integrated or comprehensive class, from which one may convert later.
    says_zh: 学生原在已备案的职普融通班(综合高中班),可按规定转为中职学籍。
    proof: integrated_classes
  - name: X08_same_grade
    says: In the window of the place, into the same grade, with enough terms left.
    says_zh: 在当地规定窗口期内转入对应年级,剩余学习时间足够。
    proof: core.change
  - name: X08b_own_wish_to_repeat
    says: Joined a lower grade at own wish, where the place does not demand the same grade.
    says_zh: 自愿降级就读,当地未要求年级对应。
    proof: core.enrolment
  - name: X09_mutual_transfer
    says: The province lets pupils move between general and vocational schools, with windows of its own.
    says_zh: 所在省允许职普互转,另有规定窗口。
    proof: core.change
  - name: X15_start_of_term
    says: Joined in the first days of a term, which counts as a whole.
    says_zh: 开学初转入,该学期按完整学期计算。
    proof: core.change
  - name: X19_repeated_year
    says: A year was repeated or lost by suspension in high school; the grade is lower than the year of entry says.
    says_zh: 高中期间留级或休学,实际年级低于按入学年份推算的年级。
    proof: core.change
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Moving over from general high school is welcome, early enough and into the same grade: Jiamusi opens years one and the
first term of year two, the nation asks for a year and a half of vocational study before the certificate. Who is put
into a higher grade, or comes in the last year, buys a diploma and a seat in the vocational college examination.

Sub-tests, gravest first: higher_grade, registered in a higher grade than the one left (B); short_study, graduated after
less than the study due (B); outside_window, by the policy of place and day (C, from year three on B); too_little_left,
the programme will end before the study due (C); lower_grade, where the place demands the same grade (C);
grade_unknown, a window binds and neither the papers nor a high-school record tell the grade (needs evidence). Grades
are taken from the papers and from the year of entry; the kinder of the two counts.

What to check first

The day on which the application was made: papers may have been entered a term later.
*/
with term as (
    select
        school_term.cohort as opens,
        school_term.first_day,
        2 * school_term.cohort + if(school_term.term = 'spring', 2, 1) as half,
        lead(school_term.first_day) over (order by school_term.first_day) as next_first_day
    from feature.school_term as school_term
),

moved as (
    select
        transfer.person_id,
        transfer.old_record_id,
        transfer.new_record_id,
        transfer.from_school_code,
        transfer.transferred_on,
        transfer.from_grade,
        transfer.record_ids,
        vocational.current_school_code as school_code,
        vocational.region_code,
        vocational.cohort,
        vocational.expected_end_on,
        vocational.ended_on,
        vocational.match_probability,
        high.cohort as high_cohort,
        high.school_code as high_school_code,
        high.class_name as high_class,
        term.half,
        term.first_day
    from feature.transfer_spell as transfer
    inner join core.enrolment as vocational
        on transfer.new_record_id = vocational.record_id
    inner join term
        on
            transfer.transferred_on >= term.first_day
            and coalesce(transfer.transferred_on < term.next_first_day, true)
    left join core.enrolment as high
        on transfer.old_record_id = high.record_id
    left join core.school as origin
        on transfer.from_school_code = origin.school_code
    where
        vocational.registry = 'vocational'
        and (
            coalesce(high.stage = 'high', false)
            or high.record_id is null
            and (
                coalesce(origin.kind = 'high', false)
                or origin.kind is null and regexp_full_match(coalesce(transfer.from_school_code, ''), '34[0-9]{8}')
            )
        )
),

lost as (
    select
        moved.new_record_id,
        cast(count(*) as integer) as years
    from moved
    inner join feature.lost_year as lost_year
        on
            moved.old_record_id = lost_year.record_id
            and moved.transferred_on > lost_year.lost_on
    group by moved.new_record_id
),

certified as (
    select
        certificate.enrolment_record_id as record_id,
        min(certificate.graduated_on) as graduated_on,
        min(certificate.record_id) as certificate_record_id
    from core.certificate as certificate
    where coalesce(certificate.certificate_kind, '毕业') like '%毕业%'
    group by certificate.enrolment_record_id
),

-- The grade in words: 高二上, 二年级, 2, 2.1; a year of entry is none.
stated as (
    select
        moved.new_record_id,
        strpos('一二三123', regexp_extract(moved.from_grade, '^(?:高|高中)?([一二三1-3])(?:年级)?', 1)) as place,
        regexp_extract(moved.from_grade, '^(?:高|高中)?[一二三1-3](?:年级)?[.]?([上下12])', 1) as part
    from moved
    where
        regexp_matches(moved.from_grade, '^(高|高中)?[一二三1-3]')
        and not regexp_matches(moved.from_grade, '^[0-9]{2}')
),

told as (
    select
        stated.new_record_id,
        2 * if(stated.place > 3, stated.place - 3, stated.place) - 1 as first_half,
        case when stated.part in ('上', '1') then 0 when stated.part in ('下', '2') then 1 end as later_half
    from stated
),

graded as (
    select
        moved.*,
        certified.graduated_on,
        certified.certificate_record_id,
        told.first_half + coalesce(told.later_half, (moved.half + 1) % 2) as told_half,
        moved.half - 2 * moved.high_cohort as entered_half,
        -- X19_repeated_year
        case
            when moved.high_cohort is not null
                then greatest(moved.half - 2 * moved.high_cohort - 2 * coalesce(lost.years, 0), 1)
        end as computed_half,
        moved.half - 2 * moved.cohort as target_half,
        policy_text('transfer.gh_to_zz.grades', 'vocational', moved.region_code, moved.transferred_on) as window_grades,
        policy_number('transfer.gh_to_zz.same_grade', 'vocational', moved.region_code, moved.transferred_on) = 1
            as is_same_grade_due,
        -- X09_mutual_transfer
        coalesce(
            policy_number('transfer.mutual.permitted', 'vocational', moved.region_code, moved.transferred_on) = 1, false
        ) as is_mutual,
        2 * policy_number('transfer.gh_to_zz.min_zz_years', 'vocational', moved.region_code, moved.transferred_on)
            as terms_due,
        -- X15_start_of_term
        moved.half + if(moved.transferred_on > moved.first_day + $begun_days, 1, 0) as first_full_half,
        coalesce(certified.graduated_on, moved.expected_end_on) as study_until
    from moved
    left join lost
        on moved.new_record_id = lost.new_record_id
    left join certified
        on moved.new_record_id = certified.record_id
    left join told
        on moved.new_record_id = told.new_record_id
),

in_integrated_class as (
    select graded.new_record_id
    from graded
    inner join integrated_classes as joint
        on
            (graded.high_school_code = joint.high_code or graded.from_school_code = joint.high_code)
            and coalesce(graded.high_class = joint.class_name, true)
    group by graded.new_record_id
),

measured as (
    select
        graded.*,
        in_integrated_class.new_record_id is not null as is_integrated,
        least(
            coalesce(graded.told_half, graded.computed_half), coalesce(graded.computed_half, graded.told_half)
        ) as low_half,
        greatest(
            coalesce(graded.told_half, graded.entered_half), coalesce(graded.entered_half, graded.told_half)
        ) as high_half,
        2 * (year(graded.study_until) - if(month(graded.study_until) < 9, 1, 0))
        + if(month(graded.study_until) between 3 and 8, 2, 1)
        - graded.first_full_half + 1 as terms_studied
    from graded
    left join in_integrated_class
        on graded.new_record_id = in_integrated_class.new_record_id
),

tested as (
    select
        measured.*,
        coalesce((measured.target_half + 1) // 2 > (measured.high_half + 1) // 2, false) as is_higher_grade,
        measured.graduated_on is not null
        and measured.terms_studied < measured.terms_due as is_short_study,
        not measured.is_mutual
        -- X07_integrated_class
        and not measured.is_integrated
        -- X08_same_grade
        and not coalesce(
            list_contains(
                string_split(measured.window_grades, ';'),
                ((measured.low_half + 1) // 2) || '.' || (2 - measured.low_half % 2)
            ),
            true
        ) as is_outside_window,
        not measured.is_mutual
        and not measured.is_integrated
        and measured.graduated_on is null
        and measured.ended_on is null
        and measured.terms_studied < measured.terms_due as is_too_little_left,
        -- X08b_own_wish_to_repeat
        coalesce(measured.is_same_grade_due, false)
        and coalesce((measured.target_half + 1) // 2 < (measured.low_half + 1) // 2, false) as is_lower_grade,
        measured.window_grades is not null
        and not measured.is_mutual
        and measured.low_half is null as is_grade_unknown
    from measured
),

found as (
    select
        tested.*,
        case
            when tested.is_higher_grade then 'higher_grade'
            when tested.is_short_study then 'short_study'
            when tested.is_outside_window then 'outside_window'
            when tested.is_too_little_left then 'too_little_left'
            when tested.is_lower_grade then 'lower_grade'
            when tested.is_grade_unknown then 'grade_unknown'
        end as problem,
        concat_ws(
            ',',
            case when tested.is_higher_grade then 'higher_grade' end,
            case when tested.is_short_study then 'short_study' end,
            case when tested.is_outside_window then 'outside_window' end,
            case when tested.is_too_little_left then 'too_little_left' end,
            case when tested.is_lower_grade then 'lower_grade' end,
            case when tested.is_grade_unknown then 'grade_unknown' end
        ) as problems
    from tested
),

worded as (
    select
        found.person_id,
        found.new_record_id as record_id,
        found.old_record_id as other_record_id,
        found.school_code,
        found.from_school_code as other_school_code,
        found.problem,
        found.problems,
        found.transferred_on as overlap_from,
        found.match_probability,
        cast(found.terms_studied as integer) as terms_studied,
        cast(found.terms_due as integer) as terms_due,
        'vocational' as registry,
        'k12' as other_registry,
        case found.problem
            when 'higher_grade' then '转入年级高于原年级'
            when 'short_study' then '在中职学习不足规定时间即毕业'
            when 'outside_window' then '转出年级学期不在当地转学窗口'
            when 'too_little_left' then '按预计毕业时间在中职学习不足规定时间'
            when 'lower_grade' then '转入年级低于原年级,与对应年级要求不符'
            else '转出年级不明'
        end as problem_zh,
        coalesce(((found.low_half + 1) // 2) || '.' || (2 - found.low_half % 2), '-') as left_from_grade,
        ((found.target_half + 1) // 2) || '.' || (2 - found.target_half % 2) as joined_grade,
        coalesce(replace(found.window_grades, ';', ','), 'not set') as window_grades,
        coalesce(replace(found.window_grades, ';', '、'), '未规定') as window_zh,
        case
            when found.problem in ('higher_grade', 'short_study') then 'B'
            when found.problem = 'outside_window' and found.low_half >= 5 then 'B'
            else 'C'
        end as severity,
        case
            when found.match_probability < $certain_match then 'probable'
            when found.problem = 'higher_grade' and found.told_half is null and found.high_cohort is null
                then 'probable'
            else 'certain'
        end as certainty,
        list_sort(
            list_filter(
                list_concat(found.record_ids, [found.old_record_id, found.new_record_id, found.certificate_record_id]),
                lambda named: named is not null
            )
        ) as evidence_record_ids,
        concat_ws(
            ',',
            case
                when found.problem = 'too_little_left' and not is_delivered('graduates') then 'graduates'
            end,
            case
                when
                    found.problem in ('outside_window', 'too_little_left')
                    and not is_delivered('integrated_classes')
                    then 'integrated_classes'
            end,
            case when found.problem = 'grade_unknown' then 'k12_students' end
        ) as missing_inputs
    from found
    where found.problem is not null
),

judged as (
    select
        worded.*,
        case when worded.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from worded
)

select
    judged.person_id,
    judged.record_id,
    judged.other_record_id,
    judged.school_code,
    judged.other_school_code,
    judged.registry,
    judged.other_registry,
    judged.problem,
    judged.problem_zh,
    judged.problems,
    judged.overlap_from,
    judged.left_from_grade,
    judged.joined_grade,
    judged.window_grades,
    judged.window_zh,
    judged.terms_studied,
    judged.terms_due,
    judged.match_probability,
    judged.severity,
    judged.certainty,
    judged.evidence_record_ids,
    judged.verdict,
    judged.missing_inputs
from judged
qualify
    row_number() over (
        partition by judged.person_id, judged.school_code
        order by judged.severity, judged.overlap_from, judged.record_id
    ) = 1
