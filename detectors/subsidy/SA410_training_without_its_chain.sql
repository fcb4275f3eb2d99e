/*
id: SA410
title: training subsidy without its chain, or to someone not there
title_zh: 培训补贴缺少报名培训考核就业链条或发给不可能参训人员
severity: B
certainty: certain
subject: person
policy:
  - heilongjiang_2019:training-chain
  - jiamusi_2022:trainees
  - national:training-employment-rate
  - national:own-training
  - national:own-training-chain
  - national:own-age
reads:
  required:
    - core.person
    - core.person_link
    - core.person_record
    - feature.school_term
    - feature.trainee
    - training_subsidies
  optional:
    - core.enrolment
    - core.hold
    - core.school
    - counter_evidence
    - flexible_filings
    - internships
    - status_changes
evidence:
  - person_id
  - record_id
  - other_record_id
  - class_no
  - institution_code
  - institution_name
  - region_code
  - occupation
  - skill_level
  - wrongs
  - wrongs_zh
  - course_from
  - course_to
  - hours
  - age
  - match_probability
  - severity
  - certainty
  - amount_paid
  - evidence_record_ids
key: [person_id, institution_code, class_no]
route: institution_code
message: >-
  {amount_paid} yuan were paid for training in class {class_no} of {institution_name} ({occupation}, {course_from} to
  {course_to}): {wrongs}.
message_zh: >-
  {institution_name}培训班 {class_no}({occupation},{course_from} 至 {course_to})已发补贴 {amount_paid} 元:{wrongs_zh}。
next: >-
  Get sign-in sheets or the video of the class, the marked papers and the employment contract; ask the trainee by
  telephone.
next_zh: 调取签到表或培训视频、考核试卷和劳动合同,并电话核实学员本人是否参训。
params:
  adult_age:
    default: policy:age.high
    registry: vocational
    unit: years_of_age
    comment: From this age on a student may be in a flexible programme.
  day_hours:
    default: policy:training.day_hours_max
    unit: hours
    comment: More lessons a day than this nobody takes.
  youngest:
    default: policy:age.trainee_min
    unit: years_of_age
    comment: Younger persons are no trainees.
  oldest:
    default: policy:age.trainee_max
    unit: years_of_age
    comment: Older persons are beyond the age for which training is subsidised.
  lower_rate:
    default: policy:training.rate_unemployed
    unit: share
    comment: Share of the subsidy that is paid without employment.
  employed_months:
    default: policy:training.employed_within_months
    unit: months
    comment: Months within which a trainee finds work.
  late_days:
    default: 3
    unit: days
    comment: Own estimate; so long after the first day somebody may still join a class.
  early_days:
    default: 7
    unit: days
    comment: Own estimate; so long before the last day a class may be assessed.
  evening_hours:
    default: 4
    unit: hours
    comment: Own estimate; so many lessons a day fit into evenings and week-ends, beside school.
  school_days:
    default: 5
    unit: days
    comment: Own estimate; days of a course that must lie in term.
  discharge_months:
    default: 12
    unit: months
    comment: Own estimate; soldiers are trained for civil life in the last months of service.
  insured_days:
    default: 30
    unit: days
    comment: Own estimate; insured so long before and after the first day, somebody is not without work.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the payment went to this person only probably.
exceptions:
  - name: X11_flexible_programme
    says: An adult of a flexible programme that the school has filed for that intake, who need not sit in class.
    says_zh: 成人学员就读已备案的弹性学制,可分段学习。
    proof: flexible_filings
  - name: X15_late_entry
    says: Joined the class within its first days.
    says_zh: 开班后数日内补报名。
    proof: training_subsidies
  - name: X15b_assessed_in_the_last_week
    says: The class was assessed in its last week.
    says_zh: 结班前最后一周内考核。
    proof: training_subsidies
  - name: X20_before_discharge
    says: A soldier in the last months of service, who is trained for civil life.
    says_zh: 退役前的现役军人参加职业培训。
    proof: counter_evidence
  - name: X20b_held_enrolment
    says: The school enrolment is suspended or reserved at the time.
    says_zh: 培训期间学籍为休学或保留学籍。
    proof: core.hold
  - name: X21_placement
    says: The student was on placement and not in class.
    says_zh: 培训期间处于岗位实习。
    proof: internships
  - name: X22_part_time
    says: The school enrolment is not full-time study.
    says_zh: 学籍为非全日制学习形式。
    proof: core.enrolment
  - name: X24_graduation_year
    says: A student in the calendar year of graduation, who may be trained.
    says_zh: 毕业年度学生参加培训,属允许对象。
    proof: core.enrolment
  - name: X24b_university_student
    says: University students may be trained.
    says_zh: 大学生参加培训,属允许对象。
    proof: core.enrolment
  - name: X24c_evenings_or_holidays
    says: The course lies in the holidays, or has no more lessons a day than fit beside school.
    says_zh: 培训安排在假期,或日均课时不多,可在课余参加。
    proof: training_subsidies
  - name: X24d_paid_at_the_lower_rate
    says: Paid at the rate of those who found no work (or did not pass), not in full.
    says_zh: 未就业(未取证)人员按较低比例补贴。
    proof: training_subsidies
  - name: X24e_no_new_job_due
    says: Employees, apprentices, students and prisoners train without having to find a new job.
    says_zh: 企业职工、学徒、学生、服刑人员等不以新就业为条件。
    proof: training_subsidies
  - name: X24f_apprentices_in_advance
    says: Enterprise apprenticeships are subsidised in advance.
    says_zh: 企业新型学徒制按规定预拨补贴。
    proof: training_subsidies
  - name: X24g_insured_without_employer
    says: Insured at their own cost or as a resident, which is no job.
    says_zh: 灵活就业或城乡居民身份参保,不等于在岗。
    proof: counter_evidence
  - name: X25_before_release
    says: A prisoner within a year of release.
    says_zh: 距刑满释放不满一年的服刑人员,属允许对象。
    proof: counter_evidence
  - name: X25b_serves_outside_prison
    says: The sentence is served in the community.
    says_zh: 社区矫正、缓刑或监外执行人员。
    proof: counter_evidence
  - name: X28_taken_back
    says: The subsidy was taken back.
    says_zh: 补贴已冲回。
    proof: training_subsidies
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Training money is drawn by name: signing up, training, assessment, certificate, work, subsidy, in this order. Paper
classes show as stages that are missing for some of a class, dates out of order, more lessons than the days hold,
certificates that two persons share, people registered as out of work who have a job, and trainees who were dead, in
prison, in the army, children, or in class at school at the same hours.

A stage counts as missing where at least half of the list names it; a column that nobody filled is not held against
anybody. Which stages are due is set by place: work only where the chain demands it, and in full only after the months
given for finding it. The place is that of the institution's credit code. A student is told from school hours only where
the course has more lessons a day than evenings and week-ends hold.

Not seen: lessons shortened in reality, sign-in by one hand, contracts ended after a month; twice the same is SA411.

What to check first

Whether the class took place at all: five telephone calls.
*/
with aged as (
    select
        trainee.*,
        -- A number that fails its check digit tells no birth date.
        case
            when
                coalesce(id_class(id_normalise(record.id_number)), '') <> 'bad_check'
                or record.born_on is not null
                then person.born_on
        end as born_on
    from feature.trainee as trainee
    inner join core.person as person
        on trainee.person_id = person.person_id
    left join core.person_record as record
        on trainee.record_id = record.record_id
),

ruled as (
    select
        trainee.*,
        greatest(trainee.ended_on - trainee.started_on + 1, 1) as days,
        date_diff('year', trainee.born_on, trainee.started_on)
        - if(strftime(trainee.born_on, '%m-%d') > strftime(trainee.started_on, '%m-%d'), 1, 0) as age,
        -- In a class in which nobody found work, nobody is paid in full.
        greatest(max(trainee.amount_paid) over same_class, max(trainee.amount_paid) over same_course) as full_amount,
        policy_text('training.stages', null, trainee.region_code, trainee.ended_on) as stages,
        policy_number('training.prisoner_release_months', null, trainee.region_code, trainee.started_on)
            as release_months
    from aged as trainee
    where
        -- X28_taken_back
        trainee.amount_paid > 0
    window
        same_class as (partition by trainee.institution_code, trainee.class_no),
        same_course as (partition by trainee.region_code, trainee.occupation, trainee.skill_level)
),

listed as (
    select
        proof.record_id,
        link.person_id,
        link.match_probability,
        proof.started_on,
        proof.ended_on,
        case
            when regexp_matches(proof.kind, '死亡|去世') then 'dead'
            when regexp_matches(proof.kind, '服刑|羁押|在押|收监') then 'prison'
            when regexp_matches(proof.kind, '入伍|服役|参军|现役') then 'army'
            when
                regexp_matches(proof.kind, '参保|在职|就业')
                and not regexp_matches(proof.kind, '灵活|居民|城乡')
                -- X24g_insured_without_employer
                and not regexp_matches(coalesce(proof.detail, ''), '灵活就业|城乡居民|居民(基本|养老|医疗)')
                then 'job'
        end as elsewhere
    from counter_evidence as proof
    inner join core.person_link as link
        on proof.record_id = link.record_id
    where
        not regexp_matches(proof.kind, '退役|退伍|刑满')
        -- X25b_serves_outside_prison
        and not regexp_matches(concat_ws(' ', proof.kind, proof.detail), '社区矫正|缓刑|监外|取保')
),

away as (
    select
        ruled.person_id,
        ruled.institution_code,
        ruled.class_no,
        min(listed.record_id) as other_record_id,
        min(listed.match_probability) as match_probability,
        bool_or(listed.elsewhere = 'dead') as is_dead,
        bool_or(listed.elsewhere = 'prison' and listed.ended_on is not null) as is_in_prison,
        bool_or(listed.elsewhere = 'prison' and listed.ended_on is null) as is_release_unknown,
        bool_or(
            listed.elsewhere = 'army'
            and coalesce(listed.ended_on, as_of()) > ruled.ended_on + to_months(cast($discharge_months as integer))
        ) as is_in_army,
        bool_or(listed.elsewhere = 'army' and listed.ended_on is null) as is_discharge_unknown,
        bool_or(listed.elsewhere = 'job') as is_employed
    from ruled
    inner join listed
        on ruled.person_id = listed.person_id
    where
        listed.elsewhere = 'dead' and listed.started_on <= ruled.started_on
        or listed.elsewhere = 'prison'
        and listed.started_on <= ruled.started_on
        and coalesce(listed.ended_on >= ruled.ended_on, true)
        -- X25_before_release
        and coalesce(
            listed.ended_on > ruled.started_on + to_months(cast(ruled.release_months as integer)), true
        )
        or listed.elsewhere = 'army'
        and listed.started_on <= ruled.started_on
        and coalesce(listed.ended_on >= ruled.ended_on, true)
        -- X20_before_discharge
        and coalesce(listed.ended_on > ruled.ended_on + to_months(cast($discharge_months as integer)), true)
        or listed.elsewhere = 'job'
        and regexp_matches(ruled.trainee_kind, '失业|下岗|未就业|无业|待业')
        and listed.started_on <= ruled.started_on - $insured_days
        and coalesce(listed.ended_on >= ruled.started_on + $insured_days, true)
    group by ruled.person_id, ruled.institution_code, ruled.class_no
),

placement as (
    select
        internship.started_on,
        upper(trim(internship.student_no)) as student_no,
        coalesce(internship.ended_on, as_of()) as ended_on
    from internships as internship
),

filed as (
    select
        filing.year,
        coalesce(school.current_school_code, filing.school_code) as school_code
    from flexible_filings as filing
    left join core.school as school
        on filing.school_code = school.school_code
    group by filing.year, coalesce(school.current_school_code, filing.school_code)
),

in_class as (
    select
        ruled.person_id,
        ruled.institution_code,
        ruled.class_no,
        min(enrolment.record_id) as other_record_id,
        min(enrolment.match_probability) as match_probability,
        bool_and(enrolment.registry in ('vocational', 'technical')) as may_be_placed,
        bool_and(ruled.age >= $adult_age) as may_be_flexible
    from ruled
    inner join core.enrolment as enrolment
        on ruled.person_id = enrolment.person_id
    inner join feature.school_term as term
        on
            -- X24c_evenings_or_holidays
            least(ruled.ended_on, term.last_day) - greatest(ruled.started_on, term.first_day) + 1 >= $school_days
            and ruled.hours > $evening_hours * ruled.days
    left join core.hold as hold
        on
            enrolment.record_id = hold.record_id
            and ruled.ended_on >= hold.held_from
            and coalesce(ruled.started_on < hold.held_until, true)
    left join placement
        on
            upper(trim(enrolment.student_no)) = placement.student_no
            and ruled.ended_on >= placement.started_on
            and ruled.started_on <= placement.ended_on
    left join filed
        on
            enrolment.current_school_code = filed.school_code
            and enrolment.cohort = filed.year
    where
        enrolment.started_on <= ruled.started_on
        -- X11_flexible_programme
        and not (coalesce(ruled.age >= $adult_age, false) and filed.school_code is not null)
        and coalesce(enrolment.ended_on > ruled.ended_on, true)
        -- X24b_university_student
        and enrolment.registry <> 'higher'
        -- X22_part_time
        and enrolment.study_form = 'full_time'
        -- X24_graduation_year
        and year(enrolment.expected_end_on) <> year(ruled.started_on)
        and enrolment.expected_end_on > ruled.ended_on
        -- X20b_held_enrolment
        and hold.record_id is null
        -- X21_placement
        and placement.student_no is null
    group by ruled.person_id, ruled.institution_code, ruled.class_no
),

tested as (
    select
        ruled.*,
        coalesce(away.other_record_id, in_class.other_record_id) as other_record_id,
        least(ruled.match_probability, away.match_probability, in_class.match_probability) as sureness,
        coalesce(away.is_dead, false) as is_dead,
        coalesce(away.is_in_prison, false) as is_in_prison,
        coalesce(away.is_release_unknown, false) as is_release_unknown,
        coalesce(away.is_in_army, false) as is_in_army,
        coalesce(away.is_discharge_unknown, false) as is_discharge_unknown,
        in_class.person_id is not null as is_in_class,
        coalesce(in_class.may_be_placed, false) as may_be_placed,
        coalesce(in_class.may_be_flexible, false) as may_be_flexible,
        coalesce(ruled.age < $youngest, false) as is_child,
        coalesce(ruled.age > $oldest, false) as is_aged,
        coalesce(ruled.hours > $day_hours * ruled.days, false) as is_impossible,
        contains(ruled.stages, 'enrolment') and ruled.names_enrolment and ruled.enrolled_on is null as lacks_enrolment,
        contains(ruled.stages, 'assessment') and ruled.names_assessment and ruled.assessed is null
            as lacks_assessment,
        -- X24d_paid_at_the_lower_rate
        ruled.amount_paid > $lower_rate * ruled.full_amount + 0.5 as is_paid_in_full,
        ruled.names_certificates and ruled.certificate_no is null and ruled.assessed is not null and not ruled.is_failed
            as lacks_certificate,
        contains(ruled.stages, 'employment')
        and ruled.names_employment
        and ruled.employment is null
        and as_of() > ruled.ended_on + to_months(cast($employed_months as integer))
        -- X24e_no_new_job_due
        and not regexp_matches(coalesce(ruled.trainee_kind, ''), '职工|在职|在岗|学徒|学生|大学|毕业|服刑|刑满|创业')
            as lacks_employment,
        -- X15_late_entry
        coalesce(ruled.enrolled_on > ruled.started_on + $late_days, false) as is_enrolled_late,
        -- X15b_assessed_in_the_last_week
        coalesce(ruled.assessed_on < ruled.ended_on - $early_days, false) as is_assessed_early,
        coalesce(ruled.paid_on < coalesce(ruled.passed_on, ruled.assessed_on, ruled.ended_on), false)
        -- X24f_apprentices_in_advance
        and not regexp_matches(concat_ws(' ', ruled.trainee_kind, ruled.class_no, ruled.occupation), '学徒')
            as is_paid_early,
        coalesce(away.is_employed, false)
        or coalesce(
            ruled.employed_on < ruled.started_on
            and regexp_matches(ruled.trainee_kind, '失业|下岗|未就业|无业|待业'),
            false
        ) as is_employed_already
    from ruled
    left join away
        on
            ruled.person_id = away.person_id
            and ruled.institution_code = away.institution_code
            and ruled.class_no = away.class_no
    left join in_class
        on
            ruled.person_id = in_class.person_id
            and ruled.institution_code = in_class.institution_code
            and ruled.class_no = in_class.class_no
),

weighed as (
    select
        tested.*,
        tested.is_dead or tested.is_in_prison or tested.is_in_army as is_elsewhere,
        tested.is_failed and tested.is_paid_in_full as is_paid_though_failed,
        tested.lacks_employment and tested.is_paid_in_full as is_paid_without_work,
        concat_ws(
            ',',
            case when tested.is_release_unknown or tested.is_discharge_unknown then 'counter_evidence' end,
            case
                when tested.is_in_class and tested.may_be_flexible and not is_delivered('flexible_filings')
                    then 'flexible_filings'
            end,
            case
                when tested.is_in_class and tested.may_be_placed and not is_delivered('internships') then 'internships'
            end,
            case when tested.is_in_class and not is_delivered('status_changes') then 'status_changes' end
        ) as lists_asked_for
    from tested
),

told as (
    select
        weighed.*,
        concat_ws(
            ', ',
            case when weighed.is_dead then 'dead before the first day' end,
            case when weighed.is_in_prison or weighed.is_release_unknown then 'in prison at the time' end,
            case when weighed.is_in_army or weighed.is_discharge_unknown then 'in the army at the time' end,
            case when weighed.is_child then 'too young to be trained' end,
            case when weighed.is_aged then 'beyond working age' end,
            case when weighed.is_in_class then 'in class at school in the same hours' end,
            case when weighed.is_employed_already then 'at work already though registered as out of work' end,
            case when weighed.is_impossible then 'more lessons than the days hold' end,
            case when weighed.lacks_enrolment then 'never signed up' end,
            case when weighed.lacks_assessment then 'never assessed' end,
            case when weighed.is_paid_though_failed then 'assessment not passed' end,
            case when weighed.lacks_certificate then 'no certificate' end,
            case when weighed.is_certificate_shared then 'certificate of another trainee' end,
            case when weighed.is_paid_without_work then 'no work found' end,
            case when weighed.is_enrolled_late then 'signed up after the class began' end,
            case when weighed.is_assessed_early then 'assessed before the training was over' end,
            case when weighed.is_paid_early then 'paid before the assessment' end
        ) as wrongs,
        concat_ws(
            '、',
            case when weighed.is_dead then '开班前已死亡' end,
            case when weighed.is_in_prison or weighed.is_release_unknown then '培训期间在押服刑' end,
            case when weighed.is_in_army or weighed.is_discharge_unknown then '培训期间现役服役' end,
            case when weighed.is_child then '未达培训年龄' end,
            case when weighed.is_aged then '超过培训年龄' end,
            case when weighed.is_in_class then '同一时段在校上课' end,
            case when weighed.is_employed_already then '登记为失业但当时已在岗' end,
            case when weighed.is_impossible then '课时超过培训天数所能容纳' end,
            case when weighed.lacks_enrolment then '无报名记录' end,
            case when weighed.lacks_assessment then '无考核记录' end,
            case when weighed.is_paid_though_failed then '考核不合格' end,
            case when weighed.lacks_certificate then '无证书编号' end,
            case when weighed.is_certificate_shared then '证书编号与他人相同' end,
            case when weighed.is_paid_without_work then '未见就业记录' end,
            case when weighed.is_enrolled_late then '开班后才报名' end,
            case when weighed.is_assessed_early then '培训未结束即考核' end,
            case when weighed.is_paid_early then '考核前已拨付' end
        ) as wrongs_zh,
        case
            when weighed.is_elsewhere then 'A'
            when
                weighed.is_child or weighed.is_employed_already or weighed.is_impossible
                or weighed.is_in_class and weighed.lists_asked_for = ''
                or weighed.lacks_assessment or weighed.is_paid_though_failed or weighed.is_certificate_shared
                or weighed.is_paid_without_work or weighed.is_paid_early
                or weighed.assessed_on < weighed.started_on
                then 'B'
            else 'C'
        end as severity,
        case
            when weighed.sureness < $certain_match then 'probable'
            when
                weighed.is_elsewhere or weighed.is_child or weighed.is_impossible or weighed.lacks_assessment
                or weighed.is_paid_though_failed or weighed.is_certificate_shared or weighed.is_paid_early
                then 'certain'
            when weighed.is_in_class or weighed.is_employed_already then 'probable'
            else 'certain'
        end as certainty,
        weighed.is_elsewhere
        or weighed.is_child
        or weighed.is_aged
        or weighed.is_employed_already
        or weighed.is_impossible
        or weighed.lacks_enrolment
        or weighed.lacks_assessment
        or weighed.is_paid_though_failed
        or weighed.lacks_certificate
        or weighed.is_certificate_shared
        or weighed.is_paid_without_work
        or weighed.is_enrolled_late
        or weighed.is_assessed_early
        or weighed.is_paid_early
        or weighed.is_in_class and weighed.lists_asked_for = '' as is_proven
    from weighed
)

select
    told.person_id,
    told.record_id,
    told.other_record_id,
    told.class_no,
    told.institution_code,
    told.institution_name,
    told.region_code,
    told.occupation,
    told.skill_level,
    told.wrongs,
    told.wrongs_zh,
    told.started_on as course_from,
    told.ended_on as course_to,
    told.hours,
    told.age,
    told.sureness as match_probability,
    told.severity,
    told.certainty,
    told.amount_paid,
    list_sort(list_concat(told.record_ids, if(told.other_record_id is null, [], [told.other_record_id])))
        as evidence_record_ids,
    case when told.is_proven then 'suspected' else 'needs_evidence' end as verdict,
    case when told.is_proven then '' else told.lists_asked_for end as missing_inputs
from told
where told.wrongs <> ''
