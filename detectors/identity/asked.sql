create or replace table identity.asked as
select
    decided.record_id_a,
    decided.record_id_b,
    'must_link' as decision
from identity.must_link as decided

union all

select
    decided.record_id_a,
    decided.record_id_b,
    'must_not_link' as decision
from identity.must_not_link as decided;

-- rows that inspectors hold apart are not collapsed with rows that are written alike
create or replace table identity.apart as
with named as (
    select unnest([asked.record_id_a, asked.record_id_b]) as record_id
    from identity.asked as asked
    where asked.decision = 'must_not_link'
)

select named.record_id
from named
group by named.record_id;
