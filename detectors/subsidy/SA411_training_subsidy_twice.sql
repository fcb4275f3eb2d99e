/*
id: SA411
title: training subsidy twice
title_zh: 培训补贴重复领取
severity: A
certainty: certain
subject: person
policy: [national:training-once, national:training-shenzhen, national:own-training, heilongjiang_2019:training-chain]
reads:
  required:
    - feature.trainee
    - training_subsidies
evidence:
  - person_id
  - record_id
  - other_record_id
  - class_no
  - institution_code
  - institution_name
  - other_class_no
  - other_institution_code
  - region_code
  - occupation
  - skill_level
  - wrongs
  - wrongs_zh
  - overlap_from
  - overlap_to
  - overlap_days
  - day_hours
  - amount_total
  - match_probability
  - severity
  - certainty
  - amount_paid
  - evidence_record_ids
key: [person_id, institution_code, class_no]
route: institution_code
message: >-
  {wrongs}: class {class_no} of {institution_name} ({occupation} {skill_level}) beside {other_class_no}; of
  {amount_total} yuan {amount_paid} yuan is more than was due.
message_zh: >-
  {institution_name}培训班 {class_no}({occupation} {skill_level})与 {other_class_no} 班{wrongs_zh};共发补贴 {amount_total} 元,
  其中重复 {amount_paid} 元。
next: >-
  Lay the sign-in sheets and certificates of both classes side by side; the later subsidy, or that of the class where
  the trainee did not sit, is taken back.
next_zh: 将两个班期的签到记录和证书对照,追回重复发放或未实际参训班期的补贴。
params:
  day_hours_max:
    default: policy:training.day_hours_max
    unit: hours
    comment: More lessons a day than this nobody takes.
  common_days:
    default: 3
    unit: days
    comment: Own estimate; so many days two classes must have in common, else one ends as the other begins.
  lower_rate:
    default: policy:training.rate_unemployed
    unit: share
    comment: Share of the subsidy that is paid before work is found.
  usual_trainees:
    default: 2
    unit: trainees
    comment: Own estimate; so many others of a class must show what it usually pays.
  certain_match:
    default: 0.99
    unit: probability
    comment: Below it the payments went to one person only probably.
exceptions:
  - name: X15_one_ends_as_the_other_begins
    says: The classes share a day or two, as one ends and the other begins.
    says_zh: 前一班结束与后一班开始仅相交一两天。
    proof: training_subsidies
  - name: X19_repeated_after_failing
    says: The first class ended without a pass; the trainee was trained again.
    says_zh: 前次考核未合格,重新参加培训。
    proof: training_subsidies
  - name: X24_half_days
    says: Two classes that together have no more lessons a day than a day holds, such as morning and afternoon.
    says_zh: 两班日均课时合计未超过每日上限(如上午、下午各一班)。
    proof: training_subsidies
  - name: X24d_rest_when_work_was_found
    says: Paid at the rate of those without work first, and the rest when work was found.
    says_zh: 先按未就业人员较低比例拨付,就业后补足差额。
    proof: training_subsidies
  - name: X28_other_occupation_or_level
    says: Another occupation, or the next level of the same.
    says_zh: 不同职业工种,或同一职业的更高等级。
    proof: training_subsidies
  - name: X28b_instalments
    says: Two payments for one class that together are what the others of the class got.
    says_zh: 同一班期分次拨付,合计与同班学员相同。
    proof: training_subsidies
  - name: X28c_taken_back
    says: The subsidy of one of the classes was taken back.
    says_zh: 其中一个班期的补贴已冲回。
    proof: training_subsidies
  - name: X28d_listed_twice
    says: One payment that two lists name, on the same day and in the same amount.
    says_zh: 同一笔拨付(同日、同额)出现在两份名单中。
    proof: training_subsidies
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

One occupation and level is subsidised once a person. Institutions send each other's rosters, give the class a new
number, or seat one trainee in two classes of the same hours; a person who is trained twelve hours a day was in one of
them on paper. Which of two classes of the same hours is the false one the list cannot tell: the cheaper one counts.

Five sub-tests: the same occupation and level again; two classes in the same hours (proven where their lessons exceed
what all their days hold, probable where the daily averages do); one class paid twice over what the others of the class
got; a lower level after a higher one, from the day on which the rule binds; more subsidies in a year than the place
allows. The earlier class stays out of question, the later one is the case. Two classes of one institution, occupation
and days, without a certificate for each, may be one under a number spelled in two ways: B and probable.

A class whose lessons were not delivered waits for them. Not seen: the same payment twice on one day in two lists; a
level or occupation that cannot be read.

What to check first

The certificates: one number under two classes is one training.
*/
with class as (
    select
        trainee.*,
        year(trainee.started_on) as year,
        greatest(trainee.ended_on - trainee.started_on + 1, 1) as days,
        trainee.hours / greatest(trainee.ended_on - trainee.started_on + 1, 1) as day_hours,
        regexp_replace(
            lower(trainee.occupation), '[\s()()【】\[\]·・、\-—_/0-9]|(高级技师|技师|初级|中级|高级)工?|培训|工种|专业', '', 'g'
        ) as occupation_key,
        case
            when regexp_matches(trainee.skill_level, '高级技师|^一级|/一级|[((]一级') then 5
            when regexp_matches(trainee.skill_level, '技师|二级') then 4
            when regexp_matches(trainee.skill_level, '高级|三级') then 3
            when regexp_matches(trainee.skill_level, '中级|四级') then 2
            when regexp_matches(trainee.skill_level, '初级|五级') then 1
        end as level_rank,
        coalesce(policy_number('training.same_level_once', null, trainee.region_code, trainee.started_on), 0) = 1
            as is_once,
        coalesce(policy_number('training.lower_level_allowed', null, trainee.region_code, trainee.started_on), 1) = 0
            as is_lower_forbidden,
        policy_number('training.per_year_max', null, trainee.region_code, trainee.started_on) as year_max
    from feature.trainee as trainee
    where
        -- X28d_listed_twice
        trainee.payments > 0
        -- X28c_taken_back
        and trainee.amount_paid > 0
),

pair as (
    select
        later.person_id,
        later.institution_code,
        later.class_no,
        later.amount_paid as later_amount,
        earlier.institution_code as other_institution_code,
        earlier.class_no as other_class_no,
        earlier.record_id as other_record_id,
        earlier.record_ids as other_record_ids,
        earlier.amount_paid as other_amount,
        later.day_hours + earlier.day_hours as day_hours,
        least(later.match_probability, earlier.match_probability) as match_probability,
        greatest(later.started_on, earlier.started_on) as overlap_from,
        least(later.ended_on, earlier.ended_on) as overlap_to,
        later.is_once
        -- X28_other_occupation_or_level
        and later.occupation_key = earlier.occupation_key
        and later.level_rank = earlier.level_rank
        -- X19_repeated_after_failing
        and not earlier.is_failed as is_same_level,
        later.is_lower_forbidden
        and later.occupation_key = earlier.occupation_key
        and later.level_rank < earlier.level_rank
        and not earlier.is_failed as is_lower,
        -- X15_one_ends_as_the_other_begins
        least(later.ended_on, earlier.ended_on) - greatest(later.started_on, earlier.started_on) + 1 >= $common_days
            as is_common,
        -- One class under a number that a list spells in two ways looks like two on the same days.
        later.institution_code = earlier.institution_code
        and later.started_on = earlier.started_on
        and later.ended_on = earlier.ended_on
        and later.occupation_key = earlier.occupation_key
        and (later.certificate_no is null or earlier.certificate_no is null) as is_perhaps_one_class,
        later.hours + earlier.hours
        > $day_hours_max
        * (greatest(later.ended_on, earlier.ended_on) - least(later.started_on, earlier.started_on) + 1)
            as is_beyond_all_days
    from class as later
    inner join class as earlier
        on
            later.person_id = earlier.person_id
            and (later.started_on, later.institution_code, later.class_no)
            > (earlier.started_on, earlier.institution_code, earlier.class_no)
),

collision as (
    select
        pair.*,
        -- X24_half_days
        pair.is_common and coalesce(pair.day_hours > $day_hours_max, false) as is_same_hours,
        pair.is_common and pair.day_hours is null as is_hours_unknown
    from pair
),

met as (
    select
        collision.person_id,
        collision.institution_code,
        collision.class_no,
        arg_min(
            struct_pack(
                institution_code := collision.other_institution_code,
                class_no := collision.other_class_no,
                record_id := collision.other_record_id,
                overlap_from := collision.overlap_from,
                overlap_to := collision.overlap_to,
                day_hours := collision.day_hours
            ),
            (not collision.is_same_level, not collision.is_same_hours, collision.other_record_id)
        ) as other,
        coalesce(bool_or(collision.is_same_level), false) as is_same_level,
        coalesce(bool_or(collision.is_lower), false) as is_lower,
        bool_or(collision.is_same_hours) as is_same_hours,
        coalesce(bool_or(collision.is_same_hours and collision.is_beyond_all_days), false) as is_beyond_all_days,
        bool_or(collision.is_hours_unknown) as is_hours_unknown,
        coalesce(bool_and(collision.is_perhaps_one_class), false) as is_perhaps_one_class,
        max(least(collision.later_amount, collision.other_amount)) as lesser_amount,
        max(collision.other_amount) as other_amount,
        min(collision.match_probability) as match_probability,
        list_distinct(flatten(list(collision.other_record_ids))) as other_record_ids
    from collision
    where collision.is_same_level or collision.is_lower or collision.is_same_hours or collision.is_hours_unknown
    group by collision.person_id, collision.institution_code, collision.class_no
),

-- What the others of the class got, those paid once.
usual as (
    select
        class.institution_code,
        class.class_no,
        count(*) as trainees,
        median(class.amount_paid) as amount
    from class
    where class.payments = 1
    group by class.institution_code, class.class_no
),

counted as (
    select
        class.*,
        row_number() over (
            partition by class.person_id, class.year
            order by class.started_on, class.institution_code, class.class_no
        ) as place_in_year
    from class
),

judged as (
    select
        counted.*,
        met.other,
        met.other_amount,
        met.lesser_amount,
        met.other_record_ids,
        cast(counted.amount_paid - usual.amount as decimal(14, 2)) as amount_again,
        least(counted.match_probability, met.match_probability) as sureness,
        coalesce(met.is_same_level, false) as is_same_level,
        coalesce(met.is_lower, false) as is_lower,
        coalesce(met.is_same_hours, false) as is_same_hours,
        coalesce(met.is_beyond_all_days, false) as is_beyond_all_days,
        coalesce(met.is_hours_unknown, false) as is_hours_unknown,
        coalesce(met.is_perhaps_one_class, false) as is_perhaps_one_class,
        coalesce(counted.place_in_year > counted.year_max, false) as is_over_cap,
        counted.payments > 1
        and coalesce(usual.trainees >= $usual_trainees, false)
        -- X28b_instalments
        and coalesce(counted.amount_paid > usual.amount, false)
        -- X24d_rest_when_work_was_found
        and coalesce(abs(counted.amount_paid - usual.amount / $lower_rate) >= 1, true) as is_paid_again
    from counted
    left join met
        on
            counted.person_id = met.person_id
            and counted.institution_code = met.institution_code
            and counted.class_no = met.class_no
    left join usual
        on
            counted.institution_code = usual.institution_code
            and counted.class_no = usual.class_no
),

told as (
    select
        judged.*,
        judged.is_same_level or judged.is_lower or judged.is_same_hours or judged.is_over_cap or judged.is_paid_again
            as is_proven,
        concat_ws(
            ', ',
            case when judged.is_same_level then 'the same occupation and level twice' end,
            case when judged.is_same_hours then 'two classes in the same hours' end,
            case when judged.is_paid_again then 'one class paid twice' end,
            case when judged.is_lower then 'a lower level after a higher one' end,
            case when judged.is_over_cap then 'more subsidies than a year allows' end,
            case
                when judged.is_hours_unknown and not judged.is_same_level and not judged.is_same_hours
                    then 'two classes on the same days, lessons unknown'
            end
        ) as wrongs,
        concat_ws(
            '、',
            case when judged.is_same_level then '同一职业同一等级重复补贴' end,
            case when judged.is_same_hours then '同一时段重叠参训' end,
            case when judged.is_paid_again then '同一班期重复拨付' end,
            case when judged.is_lower then '已补高等级又补低等级' end,
            case when judged.is_over_cap then '超过年度补贴次数' end,
            case
                when judged.is_hours_unknown and not judged.is_same_level and not judged.is_same_hours
                    then '培训日期重叠、课时未报'
            end
        ) as wrongs_zh
    from judged
),

worded as (
    select
        told.*,
        told.other.record_id as other_record_id,
        told.other.class_no as other_class_no,
        told.other.institution_code as other_institution_code,
        cast(
            case when told.is_same_hours then told.other.overlap_to - told.other.overlap_from + 1 end as integer
        ) as overlap_days,
        cast(told.amount_paid + coalesce(told.other_amount, 0) as decimal(14, 2)) as amount_total,
        cast(
            case
                when not told.is_proven then 0
                when told.is_same_level or told.is_lower or told.is_over_cap then told.amount_paid
                else
                    greatest(
                        case when told.is_same_hours then told.lesser_amount else 0 end,
                        case when told.is_paid_again then told.amount_again else 0 end
                    )
            end as decimal(14, 2)
        ) as amount_wrong,
        case when told.is_same_hours then told.other.overlap_from end as overlap_from,
        case when told.is_same_hours then told.other.overlap_to end as overlap_to,
        round(case when told.is_same_hours then told.other.day_hours end, 1) as common_hours,
        case
            when told.is_paid_again then 'A'
            when told.is_perhaps_one_class then 'B'
            when told.is_same_level or told.is_beyond_all_days then 'A'
            when told.is_proven then 'B'
            else 'C'
        end as severity,
        case
            when told.sureness < $certain_match then 'probable'
            when told.is_perhaps_one_class and not told.is_paid_again then 'probable'
            when
                told.is_same_hours
                and not (told.is_beyond_all_days or told.is_same_level or told.is_paid_again)
                then 'probable'
            else 'certain'
        end as certainty,
        list_sort(list_distinct(list_concat(told.record_ids, coalesce(told.other_record_ids, []))))
            as evidence_record_ids,
        case when told.is_proven then 'suspected' else 'needs_evidence' end as verdict,
        case when told.is_proven then '' else 'training_subsidies' end as missing_inputs
    from told
    where told.wrongs <> ''
)

select
    worded.person_id,
    worded.record_id,
    worded.other_record_id,
    worded.class_no,
    worded.institution_code,
    worded.institution_name,
    worded.other_class_no,
    worded.other_institution_code,
    worded.region_code,
    worded.occupation,
    worded.skill_level,
    worded.wrongs,
    worded.wrongs_zh,
    worded.overlap_from,
    worded.overlap_to,
    worded.overlap_days,
    worded.common_hours as day_hours,
    worded.amount_total,
    worded.sureness as match_probability,
    worded.severity,
    worded.certainty,
    worded.amount_wrong as amount_paid,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
