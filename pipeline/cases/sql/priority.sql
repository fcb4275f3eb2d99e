-- How soon a case deserves an inspector, 0 to 100. Severity is the legal class and no part of it.
--
--     expected yuan = money x probability x evidence x persistence x confirmed
--     priority      = 100 x ln(1 + expected yuan) / ln(1 + money_ceiling), rounded, at most 100
--
-- money        what was paid, else what is estimated, at least money_floor: a spell on the roll draws funds anyway
-- probability  that the records are one person; 1 where no match is involved
-- evidence     certain 1, probable 0.7, unusual 0.4; halved while a list that could explain it was not delivered
-- persistence  a tenth more for each further night that found it, at most half more
-- confirmed    twice the Wilson centre of the detector's confirmed share: 1 while nothing is decided
--
-- The scale is absolute: a case does not move because others came or went. Gone and decided cases have 0.
create or replace temp table priority as
with last_content as (
    select *
    from work.case_content
    qualify row_number() over (partition by case_id order by as_of desc) = 1
),

-- Wilson's centre for the share of decided cases that were confirmed: 1/2 without decisions, pulled there by few.
-- A partly confirmed case counts as confirmed: the visit was worth it.
confirmed as (
    select
        last_content.detector_id,
        count(*) as decided,
        count(*) filter (where decision.decision in ('属实', '部分属实')) as confirmed
    from decision
    inner join last_content on decision.case_id = last_content.case_id
    where decision.decision in ('属实', '部分属实', '不属实')
    group by last_content.detector_id
),

parts as (
    select
        standing.case_id,
        standing.status,
        greatest(
            coalesce(last_content.amount_paid, last_content.amount_estimated, 0),
            cast($money_floor as decimal(14, 2))
        ) as money_at_risk,
        coalesce(last_content.match_probability, 1) as probability,
        case last_content.certainty when 'certain' then 1.0 when 'probable' then 0.7 else 0.4 end
        * case last_content.verdict when 'needs_evidence' then 0.5 else 1.0 end as evidence_strength,
        1 + 0.1 * least(greatest(standing.nights_seen - 1, 0), 5) as persistence,
        2 * (coalesce(confirmed.confirmed, 0) + 1.9208) / (coalesce(confirmed.decided, 0) + 3.8416)
            as confirmed_factor
    from standing
    inner join last_content on standing.case_id = last_content.case_id
    left join confirmed on last_content.detector_id = confirmed.detector_id
),

expected as (
    select
        case_id,
        status,
        money_at_risk * probability * evidence_strength * persistence * confirmed_factor as yuan
    from parts
)

select
    case_id,
    case
        when status in ('gone', 'decided') then 0
        else cast(least(100, round(100 * ln(1 + yuan) / ln(1 + cast($money_ceiling as double)))) as integer)
    end as priority
from expected;
