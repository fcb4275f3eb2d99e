-- What was paid while two enrolments contradicted each other, where the detector left it open: aid of the benefit
-- terms that the contradiction touches, on either side, less what the bank returned or a correction took back.
with drawn as (
    select
        found.case_id,
        sum(aid.amount) as amount_paid,
        string_agg(distinct aid.aid_item, ',' order by aid.aid_item) as aid_items
    from found
    inner join core.aid as aid
        on
            found.person_id = aid.person_id
            and found.overlap_from <= aid.benefit_to
            and coalesce(found.overlap_to, $as_of) >= aid.benefit_from
            and aid.is_paid
    where found.amount_paid is null
    group by found.case_id
    having sum(aid.amount) > 0
)

update found
set
    amount_paid = drawn.amount_paid,
    aid_items = coalesce(found.aid_items, drawn.aid_items)
from drawn
where found.case_id = drawn.case_id;
