-- Distinct pairs of written values that are not equal: each is measured once, whoever shares it.
create or replace temp table value_pair as
with met as (
    select
        candidate.profile_a,
        candidate.profile_b,
        one.name_class as name_a,
        other.name_class as name_b,
        coalesce(one.known_number, one.number) as number_a,
        coalesce(other.known_number, other.number) as number_b,
        list_min(one.addresses) as address_a,
        list_min(other.addresses) as address_b
    from candidate
    inner join compared_profile() as one on candidate.profile_a = one.profile_no
    inner join compared_profile() as other on candidate.profile_b = other.profile_no
)

-- distinct, because families and namesakes repeat their values
select distinct
    'name' as kind,
    met.name_a as value_a,
    met.name_b as value_b
from met
where met.name_a <> met.name_b

union all

select distinct
    'number' as kind,
    met.number_a as value_a,
    met.number_b as value_b
from met
where met.number_a <> met.number_b

union all

select distinct
    'address' as kind,
    met.address_a as value_a,
    met.address_b as value_b
from met
where met.address_a <> met.address_b;
