/*
reads: [core.aid]
comment: >-
  What a person was paid, net of corrections and of payments that the bank returned, by registry, school, term and item;
  judged by the term that the aid is for, not by the day of payment. What was taken back in whole, if under the label
  of another term, was not paid.
*/
with kept as (
    select
        aid.person_id,
        aid.registry,
        aid.current_school_code,
        aid.aid_item
    from core.aid as aid
    where aid.is_paid
    group by aid.person_id, aid.registry, aid.current_school_code, aid.aid_item
    having sum(aid.amount) > 0
)

select
    aid.person_id,
    aid.registry,
    aid.school_code,
    aid.current_school_code,
    aid.school_year,
    aid.term,
    aid.aid_item,
    any_value(aid.region_code order by aid.record_id) as region_code,
    min(aid.benefit_from) as benefit_from,
    max(aid.benefit_to) as benefit_to,
    sum(aid.amount) as amount,
    count(*) filter (where aid.amount > 0) as payments,
    max(aid.amount) as largest_payment,
    min(aid.match_probability) as match_probability,
    max(aid.student_no) as student_no,
    max(aid.name) as name,
    list(aid.record_id order by aid.record_id) as record_ids
from core.aid as aid
inner join kept
    on
        aid.person_id = kept.person_id
        and aid.registry = kept.registry
        and aid.current_school_code = kept.current_school_code
        and aid.aid_item = kept.aid_item
where aid.is_paid
group by
    aid.person_id,
    aid.registry,
    aid.school_code,
    aid.current_school_code,
    aid.school_year,
    aid.term,
    aid.aid_item
having sum(aid.amount) > 0
