with side_a as (
    select
        link.record_id,
        link.person_id,
        link.match_probability,
        link.match_reason
    from core.person_link as link
    where starts_with(link.record_id, 'a:')
),

side_b as (
    select
        link.record_id,
        link.person_id,
        link.match_probability,
        link.match_reason
    from core.person_link as link
    where starts_with(link.record_id, 'b:')
),

compared as (
    select
        pair.record_id_a,
        pair.record_id_b,
        pair.weight,
        pair.probability,
        pair.reason
    from identity.pair as pair
)

select
    side_a.record_id[3:] as record_a,
    side_b.record_id[3:] as record_b,
    true as is_linked,
    compared.weight,
    coalesce(compared.probability, least(side_a.match_probability, side_b.match_probability)) as probability,
    coalesce(
        compared.reason,
        case
            when side_a.match_probability < side_b.match_probability then side_a.match_reason
            else side_b.match_reason
        end
    ) as reason
from side_a
inner join side_b on side_a.person_id = side_b.person_id
left join compared
    on
        compared.record_id_a in (side_a.record_id, side_b.record_id)
        and compared.record_id_b in (side_a.record_id, side_b.record_id)

union all

select
    least(refused.record_id_a, refused.record_id_b)[3:] as record_a,
    greatest(refused.record_id_a, refused.record_id_b)[3:] as record_b,
    false as is_linked,
    refused.weight,
    refused.probability,
    refused.reason
from identity.refused as refused
where refused.record_id_a[1] <> refused.record_id_b[1]
order by record_a, record_b
