-- What inspectors found about the two rows of a case: two people, or the one that the case took them for.
create or replace temp table found_pair as
select
    agreed.case_id,
    agreed.decision = '属实' as is_match,
    max_by(pair, pair.as_of) as seen
from agreed
inner join work.case_pair as pair
    on
        agreed.case_id = pair.case_id
        and pair.as_of <= coalesce(agreed.batch_on, agreed.decided_on)
where
    (agreed.decision = '不属实' and agreed.reason_kind in ('twins', 'namesake', 'two_people'))
    -- That somebody studies at two schools at once is true of one person only.
    or (agreed.decision = '属实' and starts_with(agreed.case_id, 'DE'))
group by agreed.case_id, agreed.decision;

-- A decision that was withdrawn is one no longer.
delete from identity.must_link
where starts_with(record_id_a, 'case ');

delete from identity.must_not_link
where starts_with(record_id_a, 'case ');

delete from identity.decided_row
where starts_with(record_id, 'case ');

insert into identity.must_link by name
select
    'case ' || found_pair.case_id || ' subject' as record_id_a,
    'case ' || found_pair.case_id || ' other' as record_id_b
from found_pair
where found_pair.is_match
order by found_pair.case_id;

insert into identity.must_not_link by name
select
    'case ' || found_pair.case_id || ' subject' as record_id_a,
    'case ' || found_pair.case_id || ' other' as record_id_b
from found_pair
where not found_pair.is_match
order by found_pair.case_id;

insert into identity.decided_row by name
select
    'case ' || found_pair.case_id || ' subject' as record_id,
    found_pair.seen.record_id as place_id,
    found_pair.seen.said_key,
    found_pair.seen.who_key
from found_pair
union all
select
    'case ' || found_pair.case_id || ' other' as record_id,
    found_pair.seen.other_record_id as place_id,
    found_pair.seen.other_said_key as said_key,
    found_pair.seen.other_who_key as who_key
from found_pair
order by record_id;

select
    count(*) filter (where found_pair.is_match) as one,
    count(*) filter (where not found_pair.is_match) as two
from found_pair;
