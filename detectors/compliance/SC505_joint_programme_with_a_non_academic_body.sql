/*
id: SC505
title: joint programme with a non-academic body
title_zh: 与非学历教育机构联合办学
severity: B
certainty: certain
subject: school
policy: [xinzhou_2023:non-academic, xinzhou_2023:joint-subsidy, national:school-code]
reads:
  required:
    - feature.recruit
    - vocational_students
  optional:
    - core.school
    - fee_receipts
    - joint_programs
    - school_events
    - training_subsidies
evidence:
  - school_code
  - partner
  - partner_name
  - partner_kind
  - facts
  - facts_zh
  - students
  - fees_yuan
  - overlap_from
  - severity
  - amount_paid
  - aid_items
  - evidence_record_ids
key: [school_code, partner]
route: school_code
message: >-
  With {partner} {partner_name} ({partner_kind}): {facts}; {students} students, {fees_yuan} yuan of tuition,
  {amount_paid} yuan of aid drawn for them.
message_zh: >-
  与 {partner} {partner_name}({partner_kind}):{facts_zh};涉及学生 {students} 人、学费 {fees_yuan} 元、已发资助
  {amount_paid} 元。
next: >-
  Ask for the agreement, and follow the money: who charged the families, who was paid the waiver, and what went on to
  the partner as management fee.
next_zh: 调取合作协议,核查收费主体、免学费补助资金去向及向合作方支付的管理费,并当面询问学生在何处由谁授课。
params:
  least_students:
    default: 3
    unit: students
    comment: Own estimate; one or two students with the code of a partner are more likely a code that was mistyped.
exceptions:
  - name: X10_merged_schools
    says: The partner named is the school itself under a former code.
    says_zh: 登记的合作方是本校合并、更名前的代码。
    proof: core.school
  - name: X24_training_beside_school
    says: What the training firm charged is a course or an examination beside school, not tuition.
    says_zh: 向培训机构缴纳的是校外培训、考证费用,不是学费。
    proof: fee_receipts
  - name: X29_other_fees
    says: Boarding, books, meals and insurance may be charged by a company.
    says_zh: 住宿、教材、伙食、保险等服务性收费可由企业收取。
    proof: fee_receipts
  - name: X35_joint_programme
    says: The partner is a school of academic education, in this city or elsewhere.
    says_zh: 合作方是学历教育学校(含东西部、省际合作的外地学校)。
    proof: core.school
  - name: X35d_order_class
    says: A company that teaches practice (order class, apprenticeship) while the school recruits and keeps the money.
    says_zh: 校企合作(订单班、现代学徒制),企业承担实践教学,学校招生并收取经费。
    proof: joint_programs
history:
  - {on: 2024-04-15, note: First edition.}
---
Why it matters

Training firms without a right to diplomas find students, teach them somewhere, and register them with a school that
passes on the subsidy (domain: P03). Three facts, each of them on paper: an agreement in force with a body that is
listed as non-academic; entrants registered with such a body as partner; tuition of the school's students paid to one.
They are one case for each partner. B; where the partner is named in the registry, took tuition, and aid was drawn as
well: A.

What a body is, is told in this order by the list of schools, the category in its ten-digit code (93: training), the
agreement, and the list of training subsidies. A partner of which none of them says anything needs evidence. Agreements
that ended before they were forbidden are not asked about; where no policy pack forbids them nobody is.

Not seen: a partner that nobody wrote down; that is SC506's.

What to check first

Whether the school really recruits with the body, or only buys lessons from it.
*/
with body as (
    select
        school.school_code as code,
        school.school_name as name,
        school.current_school_code as current_code,
        text_key(school.school_name) as name_key,
        case when school.kind = 'training' then 'training' else 'academic' end as kind
    from core.school as school
    where school.kind is not null
),

institution as (
    select
        trim(subsidy.institution_code) as code,
        min(subsidy.institution_name) as name,
        text_key(min(subsidy.institution_name)) as name_key
    from training_subsidies as subsidy
    where subsidy.institution_code is not null
    group by trim(subsidy.institution_code)
),

-- Schools train as well; the others are known as training institutions.
trainer as (
    select institution.*
    from institution
    left join body as school
        on
            school.kind = 'academic'
            and institution.code = school.code
    left join body as namesake
        on
            namesake.kind = 'academic'
            and institution.name_key = namesake.name_key
    where
        school.code is null
        and namesake.code is null
),

agreement as (
    select
        coalesce(school.current_school_code, programme.school_code) as school_code,
        trim(programme.partner_code) as partner,
        any_value(school.region_code) as region_code,
        max(programme.partner_kind) as partner_kind,
        min(programme.valid_from) as valid_from,
        max(least(coalesce(programme.valid_to, as_of()), as_of())) as last_on,
        list(programme.record_id order by programme.record_id) as record_ids
    from joint_programs as programme
    left join core.school as school
        on programme.school_code = school.school_code
    where coalesce(programme.valid_from <= as_of(), true)
    group by coalesce(school.current_school_code, programme.school_code), trim(programme.partner_code)
),

partnered as (
    select
        recruit.*,
        trim(recruit.joint_school_code) as partner,
        coalesce(regexp_matches(listed.joint_kind, '校企|订单|学徒|企业'), false) as is_with_company
    from feature.recruit as recruit
    inner join vocational_students as listed
        on recruit.record_id = listed.record_id
    where
        recruit.registry = 'vocational'
        and trim(recruit.joint_school_code) <> ''
        and policy_number(
            'joint.non_academic_allowed', recruit.registry, recruit.region_code, recruit.started_on
        ) = 0
),

-- One enrolment a student and school: each receipt counts once.
payer as (
    select recruit.*
    from feature.recruit as recruit
    where recruit.registry = 'vocational'
    qualify
        row_number() over (
            partition by recruit.own_code, recruit.student_key
            order by recruit.started_on desc, recruit.record_id
        ) = 1
),

receipt as (
    select
        payer.*,
        fee.fee_item,
        trim(fee.payee) as payee,
        text_key(fee.payee) as payee_key,
        -- What is called a refund was given back, whatever its sign.
        if(regexp_matches(fee.fee_item, '退|返还|冲红|冲销|红冲'), -abs(fee.amount), fee.amount) as fee
    from fee_receipts as fee
    inner join payer
        on
            upper(fee.student_no) = payer.student_key
            and fee.school_code = payer.own_code
    where
        -- X29_other_fees
        (
            regexp_matches(fee.fee_item, '学费|学杂费|教学费|培训|考证|考试')
            -- A refund that does not say of what is taken for one of tuition.
            or (fee.amount < 0 or regexp_matches(fee.fee_item, '退|返还|冲红|冲销|红冲'))
            and not regexp_matches(fee.fee_item, '住宿|宿舍|教材|书|伙食|餐|保险|服装|校服|体检|押金|军训|实习')
        )
        -- X24_training_beside_school
        and not regexp_matches(fee.fee_item, '培训|考证|考试|鉴定')
        and policy_number(
            'joint.non_academic_allowed',
            payer.registry,
            payer.region_code,
            coalesce(fee.charged_on, payer.started_on)
        ) = 0
    -- A receipt delivered in copies is one receipt.
    qualify
        row_number() over (
            partition by
                payer.record_id,
                fee.fee_item,
                fee.charged_on,
                fee.amount,
                fee.payee,
                coalesce(fee.receipt_no, fee.record_id)
            order by fee.record_id
        ) = 1
),

payee as (
    select
        receipt.payee_key,
        receipt.school_code,
        min(receipt.payee) as name
    from receipt
    group by receipt.payee_key, receipt.school_code
),

payee_body as (
    select
        payee.payee_key,
        payee.school_code,
        min(coalesce(training.code, trainer.code)) as code
    from payee
    left join body as training
        on
            training.kind = 'training'
            and payee.payee_key = training.name_key
    left join trainer
        on payee.payee_key = trainer.name_key
    left join body as own
        on
            own.kind = 'academic'
            and (contains(payee.payee_key, own.name_key) or contains(own.name_key, payee.payee_key))
    where
        own.code is null
        and (
            training.code is not null
            or trainer.code is not null
            or regexp_matches(payee.name, '培训|公司|教育咨询|人力资源|劳务|中介')
        )
        and not regexp_matches(payee.name, '财政|非税|国库|教育局|结算|银行|支付宝|微信')
    group by payee.payee_key, payee.school_code
),

-- What a family paid less what it got back: who was repaid in full paid nothing.
tuition as (
    select
        receipt.school_code,
        receipt.person_id,
        receipt.record_id,
        receipt.started_on,
        coalesce(payee_body.code, min(receipt.payee)) as partner,
        min(receipt.payee) as partner_name,
        sum(receipt.fee) as fee
    from receipt
    inner join payee_body
        on
            receipt.payee_key = payee_body.payee_key
            and receipt.school_code = payee_body.school_code
    group by
        receipt.school_code,
        receipt.person_id,
        receipt.record_id,
        receipt.started_on,
        payee_body.code,
        case when payee_body.code is null then receipt.payee_key end
    having sum(receipt.fee) > 0
),

fact as (
    select
        agreement.school_code,
        agreement.partner,
        'agreement' as fact,
        agreement.valid_from as first_on,
        agreement.partner_kind as kind_agreed,
        null as person_id,
        null as record_id,
        null as partner_name,
        0 as fee,
        false as is_with_company
    from agreement
    where policy_number('joint.non_academic_allowed', 'vocational', agreement.region_code, agreement.last_on) = 0

    union all by name

    select
        partnered.school_code,
        partnered.partner,
        'recruits' as fact,
        partnered.started_on as first_on,
        agreement.partner_kind as kind_agreed,
        partnered.person_id,
        partnered.record_id,
        partnered.is_with_company,
        0 as fee
    from partnered
    left join agreement
        on
            partnered.school_code = agreement.school_code
            and partnered.partner = agreement.partner

    union all by name

    select
        tuition.school_code,
        tuition.partner,
        'tuition' as fact,
        tuition.started_on as first_on,
        tuition.person_id,
        tuition.record_id,
        tuition.partner_name,
        tuition.fee,
        false as is_with_company
    from tuition
),

named as (
    select
        fact.* exclude (partner_name),
        body.current_code,
        coalesce(fact.partner_name, body.name, trainer.name, '') as partner_name,
        case
            when fact.fact = 'tuition' then 'training'
            when body.kind is not null then body.kind
            when
                regexp_full_match(fact.partner, '[0-9]{10}')
                and list_contains(
                    policy_list('school.category_training', null, '', as_of()), left(fact.partner, 2)
                )
                then 'training'
            when
                regexp_full_match(fact.partner, '[0-9]{10}')
                and left(fact.partner, 2) in ('34', '35', '36', '37', '41', '42', '51')
                then 'academic'
            when regexp_matches(fact.kind_agreed, '非学历|培训') then 'training'
            when regexp_matches(fact.kind_agreed, '企业|公司') then 'company'
            when regexp_matches(fact.kind_agreed, '学历|学校|高校|院校') then 'academic'
            when trainer.code is not null then 'training'
            when fact.is_with_company then 'company'
            else 'unknown'
        end as kind
    from fact
    left join body
        on fact.partner = body.code
    left join trainer
        on fact.partner = trainer.code
),

lawful_partner as (
    select
        named.*,
        bool_or(named.fact = 'tuition') over (partition by named.school_code, named.partner) as took_tuition
    from named
    where
        -- X10_merged_schools
        named.school_code <> coalesce(named.current_code, named.partner)
        -- X35_joint_programme
        and named.kind <> 'academic'
),

joined as (
    select
        accused.school_code,
        accused.partner,
        cast(count(distinct accused.person_id) as integer) as students,
        cast(sum(accused.fee) as decimal(14, 2)) as fees_yuan,
        max(accused.partner_name) as partner_name,
        min(accused.first_on) as overlap_from,
        bool_or(accused.fact = 'agreement') as has_agreement,
        count(distinct accused.person_id) filter (where accused.fact = 'recruits') as recruits,
        count(distinct accused.person_id) filter (where accused.fact = 'tuition') as payers,
        bool_and(accused.kind = 'unknown') as is_unknown,
        list_sort(list_distinct(list(accused.record_id))) as evidence_record_ids
    from lawful_partner as accused
    where
        -- X35d_order_class
        not (accused.kind = 'company' and not accused.took_tuition)
    group by accused.school_code, accused.partner
),

paid as (
    select
        joined.school_code,
        joined.partner,
        sum(recruit.amount_paid) as amount,
        array_to_string(list_sort(list_distinct(flatten(list(recruit.aid_items)))), ',') as aid_items
    from (
        select
            joined.school_code,
            joined.partner,
            unnest(joined.evidence_record_ids) as record_id
        from joined
    ) as joined
    inner join feature.recruit as recruit
        on joined.record_id = recruit.record_id
    group by joined.school_code, joined.partner
),

judged as (
    select
        joined.*,
        cast(coalesce(paid.amount, 0) as decimal(14, 2)) as amount_paid,
        case when joined.is_unknown then '类别不明' else '非学历教育机构' end as partner_kind,
        coalesce(paid.aid_items, '') as aid_items,
        concat_ws(
            ', ',
            case when joined.has_agreement then 'an agreement in force' end,
            case when joined.recruits > 0 then concat(joined.recruits, ' entrants registered with it as partner') end,
            case when joined.payers > 0 then concat('tuition of ', joined.payers, ' students paid to it') end
        ) as facts,
        concat_ws(
            '、',
            case when joined.has_agreement then '有效期内的合作协议' end,
            case when joined.recruits > 0 then concat('以其为合作方注册新生 ', joined.recruits, ' 人') end,
            case when joined.payers > 0 then concat(joined.payers, ' 名学生的学费由其收取') end
        ) as facts_zh,
        case
            when
                joined.recruits >= $least_students
                and joined.payers >= $least_students
                and coalesce(paid.amount, 0) > 0
                then 'A'
            else 'B'
        end as severity,
        concat_ws(
            ',',
            case when joined.is_unknown then 'joint_programs' end,
            case when joined.recruits > 0 and not is_delivered('school_events') then 'school_events' end
        ) as missing_inputs
    from joined
    left join paid
        on
            joined.school_code = paid.school_code
            and joined.partner = paid.partner
    where
        joined.has_agreement
        or joined.recruits >= $least_students
        or joined.payers >= $least_students
),

worded as (
    select
        judged.*,
        case when judged.missing_inputs = '' then 'suspected' else 'needs_evidence' end as verdict
    from judged
)

select
    worded.school_code,
    worded.partner,
    worded.partner_name,
    worded.partner_kind,
    worded.facts,
    worded.facts_zh,
    worded.students,
    worded.fees_yuan,
    worded.overlap_from,
    worded.severity,
    worded.amount_paid,
    worded.aid_items,
    worded.evidence_record_ids,
    worded.verdict,
    worded.missing_inputs
from worded
