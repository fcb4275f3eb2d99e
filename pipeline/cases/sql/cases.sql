-- Tonight's ledger: every case ever known, as it stands.
insert into main.cases by name
with last_content as (
    select *
    from work.case_content
    qualify row_number() over (partition by case_id order by as_of desc) = 1
),

numbered_night as (
    select
        as_of,
        row_number() over (order by as_of) as night_no
    from work.night
),

-- Nights in an unbroken run share the difference of the night's number and the sighting's.
stretch as (
    select
        sighting.case_id,
        sighting.as_of,
        numbered_night.night_no - row_number() over (partition by sighting.case_id order by sighting.as_of)
            as run_no
    from work.sighting as sighting
    inner join numbered_night on sighting.as_of = numbered_night.as_of
),

opened as (
    select
        case_id,
        min(as_of) as opened_on
    from stretch
    group by case_id, run_no
    qualify row_number() over (partition by case_id order by run_no desc) = 1
),

-- The first night that no longer had it.
went as (
    select
        standing.case_id,
        min(night.as_of) as went_on
    from standing
    inner join work.sighting as sighting on standing.case_id = sighting.case_id
    left join work.night as night on sighting.as_of < night.as_of
    where standing.status = 'gone'
    group by standing.case_id, sighting.as_of
    qualify row_number() over (partition by standing.case_id order by sighting.as_of desc) = 1
),

ranked as (
    select
        standing.case_id,
        standing.status,
        standing.status_reason,
        standing.first_seen_on,
        standing.last_seen_on,
        standing.nights_seen,
        -- A decision that lapsed gives the inspector the full time again.
        case decision.decision_state
            when 'expired' then greatest(opened.opened_on, decision.decision_until + 1)
            when 'closed_but_found'
                then greatest(opened.opened_on, decision.decided_on + cast($closing_days as integer) + 1)
            else opened.opened_on
        end as opened_on,
        coalesce(went.went_on, opened.opened_on) as last_changed_on,
        decision.decision,
        decision.decided_on,
        decision.decision_until,
        decision.decision_state,
        decision.reason_kind,
        decision.refund_due,
        decision.refund_done,
        decision.is_closed
    from standing
    left join opened on standing.case_id = opened.case_id
    left join went on standing.case_id = went.case_id
    left join decision on standing.case_id = decision.case_id
)

-- Inserted by name: the table says which columns there are.
select
    last_content.* exclude (as_of, content_digest, records),  -- noqa: AM04,RF02
    ranked.* exclude (case_id, opened_on),  -- noqa: RF02
    cast($as_of as date) as as_of,
    ranked.opened_on + case last_content.severity
        when 'A' then cast($days_a as integer)
        when 'B' then cast($days_b as integer)
        when 'C' then cast($days_c as integer)
        else cast($days_d as integer)
    end as due_on,
    priority.priority
from ranked
inner join last_content on ranked.case_id = last_content.case_id
inner join priority on ranked.case_id = priority.case_id
order by ranked.case_id;

-- Other live cases of the same person.
update main.cases
set related_case_ids = related.case_ids
from (
    select
        one.case_id,
        list(another.case_id order by another.case_id) as case_ids
    from main.cases as one
    inner join main.cases as another
        on
            one.person_id = another.person_id
            and one.case_id <> another.case_id
            and another.status <> 'gone'
    group by one.case_id
) as related
where cases.case_id = related.case_id;

insert into main.case_records by name
with last_content as (
    select
        case_id,
        records
    from work.case_content
    qualify row_number() over (partition by case_id order by as_of desc) = 1
),

cited as (
    select
        case_id,
        unnest(records) as record
    from last_content
)

select distinct  -- one row, two roles of one kind: copies of a delivered row
    case_id,
    record.role,
    record.source,
    record.source_file,
    record.sheet,
    record.source_row
from cited
order by all;
