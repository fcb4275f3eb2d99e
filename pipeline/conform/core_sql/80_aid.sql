-- Aid by benefit term, tied to the enrolment of the same person that it is drawn on.
insert into core.aid
with line as (
    select
        payment.*,
        school_year_begun(payment.school_year, payment.term) as first_year,
        link.person_id,
        link.match_probability,
        coalesce(known.current_school_code, payment.school_code) as current_school_code,
        known.region_code
    from aid_payments as payment
    inner join core.person_link as link on payment.record_id = link.record_id
    left join work.school_code as known on payment.school_code = known.written_code
),

termed as (
    select
        *,
        case
            when term = 'autumn' then make_date(first_year, 9, 1)
            else make_date(first_year + 1, 3, 1)
        end as benefit_from,
        case
            when term = 'autumn' then make_date(first_year + 1, 1, 31)
            else make_date(first_year + 1, 7, 15)
        end as benefit_to
    from line
    -- The others are named in cell_issues: see 85_unusable_cells.
    where first_year is not null
),

drawn_on as (
    select
        termed.record_id,
        enrolment.record_id as enrolment_record_id,
        row_number() over (
            partition by termed.record_id
            order by
                enrolment.registry = termed.registry desc,
                enrolment.started_on <= termed.benefit_to
                and coalesce(enrolment.ended_on > termed.benefit_from, true) desc,
                coalesce(upper(enrolment.student_no) = upper(termed.student_no), false) desc,
                enrolment.school_code = termed.school_code desc,
                -- Of several that do not cover the term, the one begun last before it.
                enrolment.started_on <= termed.benefit_to desc,
                enrolment.started_on desc,
                enrolment.record_id
        ) as choice
    from termed
    inner join core.enrolment as enrolment
        on
            termed.person_id = enrolment.person_id
            and termed.current_school_code = enrolment.current_school_code
)

select
    termed.record_id,
    termed.person_id,
    termed.match_probability,
    termed.registry,
    termed.school_code,
    termed.current_school_code,
    termed.region_code,
    termed.student_no,
    termed.name,
    id_normalise(termed.id_number) as id_number,
    termed.first_year || '-' || (termed.first_year + 1) as school_year,
    termed.term,
    termed.benefit_from,
    termed.benefit_to,
    termed.aid_item,
    termed.grade_year,
    termed.amount,
    -- 成功 first and what came before it after: 成功(原退汇重发).
    coalesce(
        regexp_matches(termed.bank_result, '^\s*(已|发放|代发|交易|入账|支付|打卡)*成功')
        or not regexp_matches(
            termed.bank_result,
            '失败|退[回汇票款单]|被退|拒|未(成功|到账|发放|入账)|不(成功|符|存在|正确)|无此|有误|错误|销户|冻结|冲正'
        ),
        true
    ) as is_paid,
    termed.paid_on,
    termed.channel,
    termed.hardship_kind,
    account_digits(termed.account_no) as account_no,
    termed.account_holder,
    drawn_on.enrolment_record_id
from termed
left join drawn_on on termed.record_id = drawn_on.record_id and drawn_on.choice = 1
order by termed.source_file, termed.sheet, termed.source_row;
