/*
id: SA412
title: competition award twice, off the tariff, unapproved or to someone not there
title_zh: 大赛奖励重复发放、超标准、未经批准或发给不在场人员
severity: B
certainty: certain
subject: person
policy:
  - jilin_city_2022:award-tariff
  - jilin_city_2022:award-association
  - jilin_city_2022:award-coach
  - jilin_city_2022:award-once
  - jilin_city_2022:award-approval
  - jilin_city_2022:award-people
reads:
  required:
    - competition_awards
    - core.enrolment
    - core.person_link
    - core.school
  optional:
    - counter_evidence
evidence:
  - person_id
  - record_id
  - year
  - event
  - event_names
  - role
  - school_code
  - region_code
  - wrongs
  - wrongs_zh
  - payments
  - amount_total
  - amount_due
  - amount_paid
  - paid_from
  - paid_to
  - match_probability
  - severity
  - certainty
  - evidence_record_ids
key: [person_id, year, event, role]
route: school_code
message: >-
  {wrongs}: {payments} payments of {amount_total} yuan in all for {event_names} ({year}); due {amount_due} yuan, in
  question {amount_paid} yuan.
message_zh: >-
  赛项({event_names}){year} 年奖励{wrongs_zh}:共发放 {payments} 笔 {amount_total} 元,按标准应发 {amount_due} 元,
  涉疑 {amount_paid} 元。
next: >-
  Lay the certificates, the approval of the Human Resources bureau and the payment vouchers side by side; what was paid
  beyond the highest prize is taken back.
next_zh: 核对获奖证书、市人社局批准文件与发放凭证,超出最高奖项应发部分予以收回。
params:
  settling_days:
    default: 60
    unit: days
    comment: Own estimate; so long after the last payment a top-up may still be on its way.
  alike_letters:
    default: 5
    unit: characters
    comment: Own estimate; names of events so long that differ only by a letter or two left out may be one event.
  left_out:
    default: 2
    unit: characters
    comment: Own estimate; so many letters may be left out of a name.
  net_share:
    default: 0.8
    unit: share
    comment: What is left of a prize where a fifth of it was withheld as tax.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the payments went to one person only probably.
exceptions:
  - name: X17_written_otherwise
    says: The named school has a student of that name or number on the day, whom the matcher could not join.
    says_zh: 该校当日有同名或同证件号的在籍学生,仅因书写差异未能归并。
    proof: core.enrolment
  - name: X18_just_graduated
    says: The winner graduated in the year of the contest, whose finals are held in summer.
    says_zh: 获奖人当年毕业,决赛在毕业之后举行。
    proof: core.enrolment
  - name: X20_held_enrolment
    says: The place was kept (illness, army service) on the day of the contest; the student is still one of the school.
    says_zh: 比赛当日学籍为休学、保留学籍,仍属该校学生。
    proof: core.enrolment
  - name: X28_other_event_or_role
    says: Two prizes in two events, or of one person as contestant and as coach; each is due.
    says_zh: 不同赛项的奖项,或同一人兼参赛教师与指导教师,各自应发。
    proof: competition_awards
  - name: X28b_topped_up
    says: A later payment tops up an earlier one to the highest prize; together they are what is due.
    says_zh: 先发低级别奖励,后补差额,合计等于最高奖项标准。
    proof: competition_awards
  - name: X28c_taken_back
    says: What was paid too much was taken back by a negative line.
    says_zh: 多发部分已以负数冲回。
    proof: competition_awards
  - name: X28d_listed_twice
    says: One payment that two lists name, on the same day and in the same amount.
    says_zh: 同一笔发放(同日、同额)出现在两份名单中。
    proof: competition_awards
  - name: X28e_net_of_tax
    says: Less than the tariff by the tax that was withheld.
    says_zh: 少于标准部分为代扣税款。
    proof: competition_awards
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

The city pays winners fixed sums: one payment a person, year and event, the highest prize of the ladder from city to
nation. Paid at every step, in full for the contest of an association (half is due), for a fourth prize, before or
without the approval of the Human Resources bureau, or to somebody who was no student, it is an award not due. The
tariff, the half, the approval and the once bind only where a policy pack sets them, by place and year.

Events are compared by their names without blanks, brackets, 与 and 及, the words 赛项, 技术 and 技能; longer names
that differ by a letter or two left out are one event only probably, and never where one list of a level prizes both
names. A prize, level or organiser that cannot be read (特等奖, a county's contest) has no tariff and is not judged by it.
Where no row of a place and year names an approval, the column was not delivered and the case waits for it. The dead
and prisoners are severity A (where nobody wrote the day of release, the case waits for it); who was paid less than is
due, weeks after, is C.

Not seen: whether a teacher is in post, for which there is no list; whether the prize itself was won.

What to check first

The certificates of the ladder: city, province, nation are often paid from three lists.
*/
with fallen_out as (
    select
        award.record_id,
        award.source_file,
        award.sheet,
        award.year,
        award.event as event_name,
        award.level,
        award.prize,
        award.role as role_name,
        award.school_code,
        award.name,
        award.id_number,
        award.amount,
        award.approval_no,
        award.approved_on,
        award.paid_on,
        link.person_id,
        link.match_probability,
        award.held_on,
        coalesce(award.held_on, make_date(cast(award.year as integer), 12, 31)) as judged_on,
        regexp_replace(
            regexp_replace(
                lower(award.event), '[\s()()【】\[\]《》"“”·・,,、\-—_/]|中职组|高职组|学生组|教师组|与|及', '', 'g'
            ),
            '(赛项|项目|技术|技能|大赛|竞赛|比赛)+$', ''
        ) as event_key,
        case
            when regexp_matches(award.role, '指导|教练|辅导') then 'coach'
            when regexp_matches(award.role, '教师|老师|教工') then 'teacher'
            when regexp_matches(award.role, '学生|选手|学员') then 'student'
            else 'unknown'
        end as role,
        case
            when regexp_matches(award.level, '省.*(选拔|预选)') then 'province'
            when regexp_matches(award.level, '市.*(选拔|预选)') then 'city'
            when regexp_matches(award.level, '全国|国家|国赛|国际') then 'national'
            when regexp_matches(award.level, '省|自治区') then 'province'
            when regexp_matches(award.level, '市') then 'city'
        end as level_key,
        case
            when regexp_matches(award.prize, '优秀|优胜|鼓励|参与|参赛|入围|纪念|[四五六]等') then 'none'
            when regexp_matches(award.prize, '一等|金奖|金牌') then 'first'
            when regexp_matches(award.prize, '二等|银奖|银牌') then 'second'
            when regexp_matches(award.prize, '三等|铜奖|铜牌') then 'third'
        end as prize_key,
        case
            when
                regexp_matches(concat_ws(' ', award.organiser_kind, award.level), '协会|学会|行业|商会|联合会|国际')
                then 'award.tariff_association.'
            else 'award.tariff.'
        end as tariff_key
    from competition_awards as award
    inner join core.person_link as link
        on award.record_id = link.record_id
    where coalesce(award.paid_on, as_of()) <= as_of()
),

-- One payment that several lists name is one: of each list the n-th row like it.
copied as (
    select
        fallen_out.*,
        row_number() over (
            partition by
                fallen_out.person_id,
                fallen_out.year,
                fallen_out.event_key,
                fallen_out.role,
                coalesce(fallen_out.level_key, fallen_out.level),
                coalesce(fallen_out.prize_key, fallen_out.prize),
                fallen_out.amount,
                fallen_out.paid_on,
                fallen_out.source_file,
                fallen_out.sheet
            order by fallen_out.record_id
        ) as copy_no
    from fallen_out
),

single as (
    select copied.*
    from copied
    -- X28d_listed_twice
    qualify
        row_number() over (
            partition by
                copied.person_id,
                copied.year,
                copied.event_key,
                copied.role,
                coalesce(copied.level_key, copied.level),
                coalesce(copied.prize_key, copied.prize),
                copied.amount,
                copied.paid_on,
                copied.copy_no
            -- Of two lists the one that names the approval.
            order by copied.approval_no is null and copied.approved_on is null, copied.record_id
        ) = 1
),

-- Where the list names no school, it is that of which the winner is a student.
own_school as (
    select
        enrolment.person_id,
        arg_max(enrolment.current_school_code, (enrolment.started_on, enrolment.record_id)) as school_code
    from core.enrolment as enrolment
    where enrolment.registry in ('vocational', 'technical', 'higher')
    group by enrolment.person_id
),

placed as (
    select
        single.*,
        school.kind,
        school.region_code,
        coalesce(school.current_school_code, single.school_code, own_school.school_code) as current_school_code
    from single
    left join own_school
        on single.person_id = own_school.person_id
    left join core.school as school
        on coalesce(single.school_code, own_school.school_code) = school.school_code
),

priced as (
    select
        placed.*,
        case
            when placed.prize_key = 'none'
                then if(policy_text('award.prizes', null, placed.region_code, placed.judged_on) is null, null, 0)
            else
                policy_number(
                    placed.tariff_key || placed.level_key || '.' || placed.prize_key,
                    null,
                    placed.region_code,
                    placed.judged_on
                )
        end as tariff,
        coalesce(policy_number('award.one_prize_per_event', null, placed.region_code, placed.judged_on), 0) = 1
            as is_once,
        coalesce(policy_number('award.approval_required', null, placed.region_code, placed.judged_on), 0) = 1
            as needs_approval,
        coalesce(policy_number('award.enrolment_required', null, placed.region_code, placed.judged_on), 0) = 1
            as needs_enrolment
    from placed
),

-- Two names that one level prizes in one year are two events, however alike.
listed_event as (
    select
        placed.year,
        placed.level_key,
        placed.event_key
    from placed
    group by placed.year, placed.level_key, placed.event_key
),

own_event as (
    select
        placed.person_id,
        placed.year,
        placed.role,
        placed.event_key
    from placed
    group by placed.person_id, placed.year, placed.role, placed.event_key
),

alike_pair as (
    select
        one.person_id,
        one.year,
        one.role,
        one.event_key,
        other.event_key as other_key
    from own_event as one
    inner join own_event as other
        on
            one.person_id = other.person_id
            and one.year = other.year
            and one.role = other.role
            and length(other.event_key) < length(one.event_key)
    where
        length(other.event_key) >= $alike_letters
        and length(one.event_key) - length(other.event_key) <= $left_out
        -- Distances are in bytes: letters are left out, none exchanged.
        and levenshtein(one.event_key, other.event_key) = strlen(one.event_key) - strlen(other.event_key)
),

two_event as (
    select
        one.year,
        one.event_key,
        other.event_key as other_key
    from listed_event as one
    inner join listed_event as other
        on
            one.year = other.year
            and one.level_key = other.level_key
            and one.event_key <> other.event_key
    group by one.year, one.event_key, other.event_key
),

alike as (
    select
        alike_pair.person_id,
        alike_pair.year,
        alike_pair.role,
        alike_pair.event_key,
        min(alike_pair.other_key) as other_key
    from alike_pair
    left join two_event
        on
            alike_pair.year = two_event.year
            and alike_pair.event_key = two_event.event_key
            and alike_pair.other_key = two_event.other_key
    where two_event.year is null
    group by alike_pair.person_id, alike_pair.year, alike_pair.role, alike_pair.event_key
),

approving as (
    select
        priced.year,
        priced.region_code,
        bool_or(priced.approval_no is not null or priced.approved_on is not null) as names_approvals
    from priced
    group by priced.year, priced.region_code
),

payment as (
    select
        priced.*,
        coalesce(alike.other_key, priced.event_key) as event,
        alike.other_key is not null as is_alike_only,
        priced.needs_approval
        and priced.amount > 0
        and priced.approval_no is null
        and priced.approved_on is null
        and approving.names_approvals as is_unapproved,
        priced.needs_approval and priced.amount > 0 and not approving.names_approvals as is_approval_unknown,
        priced.needs_approval and priced.amount > 0 and coalesce(priced.approved_on > priced.paid_on, false)
            as is_paid_before
    from priced
    inner join approving
        on
            priced.year = approving.year
            and priced.region_code is not distinct from approving.region_code
    left join alike
        on
            priced.person_id = alike.person_id
            and priced.year = alike.year
            and priced.role = alike.role
            and priced.event_key = alike.event_key
),

proof as (
    select
        payment.record_id,
        min(outside.record_id) as other_record_id,
        min(link.match_probability) as match_probability,
        -- Of a prisoner whose release nobody wrote it is not known.
        case
            when bool_or(regexp_matches(outside.kind, '死亡|去世')) then 'dead'
            when bool_or(outside.ended_on is not null) then 'in prison'
        end as elsewhere
    from payment
    inner join core.person_link as link
        on payment.person_id = link.person_id
    inner join counter_evidence as outside
        on link.record_id = outside.record_id
    where
        payment.held_on >= outside.started_on
        and (
            regexp_matches(outside.kind, '死亡|去世')
            or regexp_matches(outside.kind, '服刑|羁押|在押|收监')
            and not regexp_matches(concat_ws(' ', outside.kind, outside.detail), '社区矫正|缓刑|监外|取保')
            and payment.held_on <= coalesce(outside.ended_on, as_of())
        )
    group by payment.record_id
),

student_day as (
    select
        payment.record_id,
        bool_or(
            enrolment.started_on <= payment.judged_on
            and (
                -- X20_held_enrolment
                enrolment.standing in ('active', 'held')
                or enrolment.ended_on > payment.judged_on
                -- X18_just_graduated
                or year(enrolment.ended_on) = payment.year
                and (enrolment.status in ('graduated', 'completed') or enrolment.end_event = 'certificate')
                or payment.held_on is null and year(enrolment.ended_on) = payment.year
            )
        ) as is_student
    from payment
    inner join core.enrolment as enrolment
        on payment.person_id = enrolment.person_id
    group by payment.record_id
),

-- The rolls of a school that were delivered, and who bears the name or number there on the day.
roll as (
    select enrolment.current_school_code
    from core.enrolment as enrolment
    group by enrolment.current_school_code
),

-- Names are folded only where it matters: folding those of all students takes long.
near_name as materialized (
    select
        payment.record_id,
        payment.name,
        enrolment.name as other_name
    from payment
    inner join core.enrolment as enrolment
        on
            payment.current_school_code = enrolment.current_school_code
            and left(trim(payment.name), 1) = left(trim(enrolment.name), 1)
    where
        enrolment.started_on <= payment.judged_on
        and coalesce(enrolment.ended_on > payment.judged_on, true)
),

same_name as (
    select near_name.record_id
    from near_name
    where name_key(near_name.name) = name_key(near_name.other_name)
    group by near_name.record_id
),

same_number as (
    select payment.record_id
    from payment
    inner join core.enrolment as enrolment
        on upper(trim(payment.id_number)) = upper(trim(enrolment.id_number))
    where
        enrolment.started_on <= payment.judged_on
        and coalesce(enrolment.ended_on > payment.judged_on, true)
    group by payment.record_id
),

judged as (
    select
        payment.*,
        proof.other_record_id,
        proof.elsewhere,
        proof.match_probability as other_probability,
        proof.record_id is not null and proof.elsewhere is null as is_release_unknown,
        payment.needs_enrolment
        and payment.role = 'student'
        and payment.amount > 0
        and payment.current_school_code is not null
        and not coalesce(student_day.is_student, false)
        -- X17_written_otherwise
        and same_name.record_id is null
        and same_number.record_id is null as is_no_student,
        roll.current_school_code is null as is_roll_missing
    from payment
    left join proof
        on payment.record_id = proof.record_id
    left join student_day
        on payment.record_id = student_day.record_id
    left join roll
        on payment.current_school_code = roll.current_school_code
    left join same_name
        on payment.record_id = same_name.record_id
    left join same_number
        on payment.record_id = same_number.record_id
),

-- X28_other_event_or_role
award as (
    select
        judged.person_id,
        judged.year,
        judged.event,
        judged.role,
        cast(count(*) filter (where judged.amount > 0) as integer) as payments,
        cast(sum(judged.amount) as decimal(14, 2)) as amount_total,
        cast(max(judged.tariff) as decimal(14, 2)) as amount_due,
        arg_max(judged.record_id, (judged.paid_on, judged.record_id)) as record_id,
        any_value(judged.current_school_code order by judged.record_id) as school_code,
        any_value(judged.region_code order by judged.record_id) as region_code,
        any_value(judged.kind order by judged.record_id) as kind,
        string_agg(distinct judged.event_name, '、' order by judged.event_name) as event_names,
        bool_and(judged.tariff is not null) as is_priced,
        bool_and(judged.is_once) as is_once,
        max(judged.amount) as largest,
        bool_or(judged.amount > judged.tariff) as is_over_tariff,
        bool_and(judged.tariff = 0) as is_no_prize,
        bool_or(judged.is_alike_only) as is_alike_only,
        bool_or(judged.is_approval_unknown) as is_approval_unknown,
        bool_or(judged.is_unapproved) as is_unapproved,
        bool_or(judged.is_paid_before) as is_paid_before,
        bool_or(judged.is_no_student) as is_no_student,
        bool_or(judged.is_roll_missing) as is_roll_missing,
        bool_or(judged.is_release_unknown) as is_release_unknown,
        max(judged.elsewhere) as elsewhere,
        sum(judged.amount) filter (where judged.is_unapproved or judged.is_paid_before) as amount_unapproved,
        sum(judged.amount) filter (where judged.is_no_student or judged.elsewhere is not null) as amount_absent,
        min(judged.paid_on) as paid_from,
        max(judged.paid_on) as paid_to,
        min(least(judged.match_probability, judged.other_probability)) as match_probability,
        list_sort(
            list_distinct(
                flatten(list([judged.record_id] || if(judged.other_record_id is null, [], [judged.other_record_id])))
            )
        ) as evidence_record_ids
    from judged
    group by judged.person_id, judged.year, judged.event, judged.role
),

measured as (
    select
        award.*,
        award.is_priced and award.is_once and award.payments > 1
        -- X28b_topped_up
        and award.amount_total > award.amount_due as is_twice,
        award.is_priced and not (award.is_once and award.payments > 1)
        -- X28c_taken_back
        and award.is_over_tariff and award.amount_total > award.amount_due as is_over,
        award.is_priced and award.is_once
        and award.amount_due > 0
        and award.amount_total > 0
        and award.amount_total < award.amount_due
        and award.paid_to + $settling_days < as_of()
        -- X28e_net_of_tax
        and abs(award.amount_total - award.amount_due * $net_share) > 1 as is_short
    from award
    where award.amount_total > 0
),

weighed as (
    select
        measured.*,
        measured.elsewhere is not null
        or measured.is_no_student and not measured.is_roll_missing
        or measured.is_twice
        or measured.is_over
        or measured.is_unapproved
        or measured.is_paid_before
        or measured.is_short as is_proven
    from measured
),

told as (
    select
        weighed.*,
        cast(
            case
                when weighed.elsewhere is not null or weighed.is_no_student then weighed.amount_absent
                else
                    greatest(
                        case
                            when weighed.is_twice or weighed.is_over then weighed.amount_total - weighed.amount_due
                            else 0
                        end,
                        coalesce(weighed.amount_unapproved, 0)
                    )
            end as decimal(14, 2)
        ) as amount_paid,
        concat_ws(
            ', ',
            case when weighed.elsewhere is not null then 'paid to somebody ' || weighed.elsewhere end,
            case
                when weighed.is_no_student and weighed.elsewhere is null
                    then 'paid to somebody who was no student on the day'
            end,
            case when weighed.is_twice then 'paid more than once' end,
            case when weighed.is_over and weighed.is_no_prize then 'paid for a prize that earns nothing' end,
            case when weighed.is_over and not weighed.is_no_prize then 'paid above the tariff' end,
            case when weighed.is_unapproved then 'paid without approval' end,
            case when weighed.is_paid_before then 'paid before the approval' end,
            case when weighed.is_short then 'paid less than is due' end,
            case when weighed.is_approval_unknown and not weighed.is_proven then 'approval not on the list' end,
            case
                when weighed.is_release_unknown and not weighed.is_proven
                    then 'paid to somebody sent to prison before, the day of release unknown'
            end
        ) as wrongs,
        concat_ws(
            '、',
            case weighed.elsewhere when 'dead' then '发给已死亡人员' when 'in prison' then '发给在押服刑人员' end,
            case when weighed.is_no_student and weighed.elsewhere is null then '发给比赛当日无学籍人员' end,
            case when weighed.is_twice then '重复发放' end,
            case when weighed.is_over and weighed.is_no_prize then '发给不予奖励的奖次' end,
            case when weighed.is_over and not weighed.is_no_prize then '超标准发放' end,
            case when weighed.is_unapproved then '未见批准' end,
            case when weighed.is_paid_before then '先发放后批准' end,
            case when weighed.is_short then '少于标准' end,
            case when weighed.is_approval_unknown and not weighed.is_proven then '名单未列批准文号' end,
            case when weighed.is_release_unknown and not weighed.is_proven then '发给曾服刑人员(释放日期不明)' end
        ) as wrongs_zh
    from weighed
),

worded as (
    select
        told.*,
        case
            when told.elsewhere is not null then 'A'
            when told.wrongs = 'paid less than is due' then 'C'
            else 'B'
        end as severity,
        case
            when told.match_probability < $certain_match or told.is_no_student and told.elsewhere is null
                then 'probable'
            when told.is_alike_only and told.is_twice then 'probable'
            else 'certain'
        end as certainty,
        case when told.is_proven then 'suspected' else 'needs_evidence' end as verdict,
        case
            when told.is_proven then ''
            when told.is_approval_unknown or told.is_release_unknown
                then
                    concat_ws(
                        ',',
                        case when told.is_approval_unknown then 'competition_awards' end,
                        case when told.is_release_unknown then 'counter_evidence' end
                    )
            when told.kind = 'technical' then 'technical_students'
            when told.kind in ('higher', 'adult_higher') then 'higher_students'
            when told.kind in ('high', 'junior') then 'k12_students'
            else 'vocational_students'
        end as missing_inputs
    from told
    where told.wrongs <> ''
)

select
    worded.person_id,
    worded.record_id,
    worded.year,
    worded.event,
    worded.event_names,
    worded.role,
    worded.school_code,
    worded.region_code,
    worded.wrongs,
    worded.wrongs_zh,
    worded.payments,
    worded.amount_total,
    worded.amount_due,
    worded.amount_paid,
    worded.paid_from,
    worded.paid_to,
    worded.match_probability,
    worded.severity,
    worded.certainty,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
