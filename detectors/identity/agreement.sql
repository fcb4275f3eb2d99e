-- How far two profiles agree: one word a field, as in model.json. What one of them does not state is 'missing'.
delete from identity.agreement
where
    profile_a in (select dirty.profile_no from dirty)
    or profile_b in (select dirty.profile_no from dirty);

insert into identity.agreement by name
with met as (
    select
        candidate.profile_a,
        candidate.profile_b,
        candidate.kinds,
        common.name_class is not null as is_common_name,
        repaired.number is not null or repairing.number is not null as is_one_slip,
        coalesce(one.number = other.number, false) as is_same_number,
        coalesce(one.known_number <> other.known_number, false) as are_two_numbers,
        coalesce(one.known_number <> other.known_number, false) is false
        and (
            coalesce(one.number = other.number, false)
            or repaired.number is not null
            or repairing.number is not null
            -- the first fifteen digits hold the birth date
            or coalesce(
                'rounded' in (one.number_class, other.number_class)
                and substr(one.number, 1, 15) = substr(other.number, 1, 15),
                false
            )
        ) as is_alike_number,
        coalesce(named.distance, 0) as name_distance,
        coalesce(numbered.distance, 0) as number_distance,
        coalesce(placed.distance, 0) as address_distance
    from candidate
    inner join compared_profile() as one on candidate.profile_a = one.profile_no
    inner join compared_profile() as other on candidate.profile_b = other.profile_no
    left join identity.common_name as common on one.name_class = common.name_class
    left join identity.repair as repaired
        on
            one.number = repaired.number
            and coalesce(other.known_number, other.number) = repaired.repaired_number
    left join identity.repair as repairing
        on
            other.number = repairing.number
            and coalesce(one.known_number, one.number) = repairing.repaired_number
    left join distance as named
        on
            named.kind = 'name'
            and one.name_class = named.value_a
            and other.name_class = named.value_b
    left join distance as numbered
        on
            numbered.kind = 'number'
            and coalesce(one.known_number, one.number) = numbered.value_a
            and coalesce(other.known_number, other.number) = numbered.value_b
    left join distance as placed
        on
            placed.kind = 'address'
            and list_min(one.addresses) = placed.value_a
            and list_min(other.addresses) = placed.value_b
),

-- with one number for both, or one slip between them, only what the birth date columns say is news
dated as (
    select
        met.profile_a,
        met.profile_b,
        case
            when not met.is_alike_number then one.births
            when len(one.stated_births) > 0 then one.stated_births
            else [one.number_born_on]
        end as births_a,
        case
            when not met.is_alike_number then other.births
            when len(other.stated_births) > 0 then other.stated_births
            else [other.number_born_on]
        end as births_b,
        met.is_alike_number and len(one.stated_births) = 0 and len(other.stated_births) = 0 as is_implied,
        -- the birth date in a wrong number may be what is wrong with it: it confirms, and contradicts nothing
        case
            when met.is_alike_number and len(one.stated_births) > 0 then list_min(one.stated_births)
            when len(one.stated_births) > 0 or one.number_class not in ('bad_check', 'rounded') then one.born_on
        end as born_a,
        case
            when met.is_alike_number and len(other.stated_births) > 0 then list_min(other.stated_births)
            when len(other.stated_births) > 0 or other.number_class not in ('bad_check', 'rounded') then other.born_on
        end as born_b
    from met
    inner join compared_profile() as one on met.profile_a = one.profile_no
    inner join compared_profile() as other on met.profile_b = other.profile_no
)

select
    met.profile_a,
    met.profile_b,
    met.kinds,
    case
        when
            not met.is_same_number
            and (
                list_contains(one.embedded_numbers, other.own_number)
                or list_contains(other.embedded_numbers, one.own_number)
            )
            then 'embedded'
        when met.are_two_numbers
            then
                case
                    when id_swaps_ten_apart(one.known_number, other.known_number) then 'ten_apart'
                    when met.number_distance <= 2 then 'near'
                    else 'different'
                end
        when one.number is null or other.number is null then 'missing'
        when met.is_same_number and one.is_borrowed <> other.is_borrowed then 'borrowed'
        when met.is_same_number
            then
                case one.number_class
                    when 'valid' then 'same_valid'
                    when 'foreign' then 'same_foreign'
                    when 'temporary' then 'same_temporary'
                    when 'rounded' then 'rounded'
                    when 'masked' then 'masked'
                    when 'scientific' then 'missing'
                    else 'same_damaged'
                end
        when one.number_class = 'valid' and other.number_class = 'valid'
            then
                case
                    when
                        one.is_disputed <> other.is_disputed
                        and (len(one.births) = 0 or len(other.births) = 0 or list_has_any(one.births, other.births))
                        then 'disputed'
                    when id_swaps_ten_apart(one.number, other.number) then 'ten_apart'
                    when met.number_distance <= 2 then 'near'
                    else 'different'
                end
        when met.is_one_slip then 'repaired'
        when 'rounded' in (one.number_class, other.number_class)
            then
                case
                    when substr(one.number, 1, 15) = substr(other.number, 1, 15) then 'rounded'
                    when 'valid' in (one.number_class, other.number_class) then 'doubtful'
                    else 'missing'
                end
        when 'masked' in (one.number_class, other.number_class)
            then
                case
                    when id_fits_mask(one.number, other.number) or id_fits_mask(other.number, one.number) then 'masked'
                    when 'valid' in (one.number_class, other.number_class) then 'doubtful'
                    else 'missing'
                end
        when 'valid' in (one.number_class, other.number_class)
            then
                case
                    when one.number_class in ('bad_check', 'bad_date', 'short', 'long') then 'doubtful'
                    when other.number_class in ('bad_check', 'bad_date', 'short', 'long') then 'doubtful'
                    else 'missing'
                end
        when one.number_class = 'foreign' and other.number_class = 'foreign' then 'doubtful'
        else 'missing'
    end as number,
    case
        when one.name_class is null or other.name_class is null then 'missing'
        when one.name_key = other.name_key and met.is_common_name then 'same_common'
        when one.name_key = other.name_key then 'same'
        when one.name_class = other.name_class then 'variant'
        when
            list_contains(one.former_keys, other.name_key) or list_contains(other.former_keys, one.name_key)
            or list_contains(one.bracketed_keys, other.name_key)
            or list_contains(other.bracketed_keys, one.name_key)
            then 'former'
        when spelt_a.pinyin = spelt_b.pinyin then 'homophone'
        when spelt_a.sound = spelt_b.sound then 'fuzzy_sound'
        when spelt_a.shape_class = spelt_b.shape_class then 'shape'
        when
            name_fits_gaps(one.name_class, other.name_class) or name_fits_gaps(other.name_class, one.name_class)
            then 'gap'
        when spelt_a.characters = spelt_b.characters then 'part'
        when
            met.name_distance = 1 and length(one.name_class) <> length(other.name_class)
            then 'part'
        when
            least(length(one.name_class), length(other.name_class)) >= 3
            and (contains(one.name_class, other.name_class) or contains(other.name_class, one.name_class))
            then 'part'
        when
            length(one.name_class) = 3
            and substr(one.name_class, 2) = substr(other.name_class, 2)
            then 'new_surname'
        -- of two characters one is the whole given name
        when met.name_distance = 1 and length(one.name_class) > 2 then 'one_character'
        when substr(one.name_class, 1, 1) = substr(other.name_class, 1, 1) then 'same_surname'
        else 'different'
    end as name,
    case
        when dated.is_implied or len(dated.births_a) = 0 or len(dated.births_b) = 0 then 'missing'
        when list_has_any(dated.births_a, dated.births_b) and met.is_alike_number then 'confirmed'
        when list_has_any(dated.births_a, dated.births_b) then 'same'
        when dated.born_a is null or dated.born_b is null then 'missing'
        when
            year(dated.born_a) = year(dated.born_b)
            and month(dated.born_a) = day(dated.born_b)
            and day(dated.born_a) = month(dated.born_b)
            then 'swapped'
        when
            (year(dated.born_a) = year(dated.born_b))::int
            + (month(dated.born_a) = month(dated.born_b))::int
            + (day(dated.born_a) = day(dated.born_b))::int = 2
            then 'near'
        -- the lunar birthday lies twenty to fifty days before the solar one
        when abs(date_diff('day', dated.born_a, dated.born_b)) between 15 and 55 then 'lunar'
        when abs(date_diff('day', dated.born_a, dated.born_b)) >= 365 * 12 then 'far'
        else 'different'
    end as birth,
    case
        when one.known_sex is null or other.known_sex is null then 'missing'
        when one.known_sex = other.known_sex then 'same'
        else 'different'
    end as sex,
    case
        when len(one.phones) = 0 or len(other.phones) = 0 then 'missing'
        when list_has_any(one.own_phones, other.own_phones) then 'same'
        when list_has_any(one.phones, other.phones) then 'family'
        else 'different'
    end as phone,
    case
        when list_has_any(one.guardian_numbers, other.guardian_numbers) then 'same_number'
        when len(one.guardian_keys) = 0 or len(other.guardian_keys) = 0 then 'missing'
        when list_has_any(one.guardian_keys, other.guardian_keys) then 'same'
        else 'different'
    end as guardian,
    case
        when len(one.student_nos) = 0 or len(other.student_nos) = 0 then 'missing'
        when list_has_any(one.student_nos, other.student_nos)
            then
                case
                    when contains(list_intersect(one.student_nos, other.student_nos)[1], '/') then 'same_local'
                    -- made from the number that both have: who uses another's number has it as well
                    when
                        met.is_same_number
                        and len(list_filter(
                            list_intersect(one.student_nos, other.student_nos),
                            lambda registered: registered[2:] <> one.number
                        )) = 0
                        then 'implied'
                    else 'same'
                end
        when
            contains(list_min(one.student_nos), '/') or contains(list_min(other.student_nos), '/')
            then 'missing'
        -- J and L are issued to those who showed no number: the formal 学籍号 that comes later is another one
        when list_max(one.student_nos)[1] in ('J', 'L') or list_max(other.student_nos)[1] in ('J', 'L') then 'missing'
        else 'different'
    end as student_no,
    case
        when len(one.exam_nos) = 0 or len(other.exam_nos) = 0 then 'missing'
        when list_has_any(one.exam_nos, other.exam_nos) then 'same'
        else 'different'
    end as exam_no,
    case when list_has_any(one.schools, other.schools) then 'same' else 'missing' end as school,
    case
        when len(one.origins) = 0 or len(other.origins) = 0 then 'missing'
        when list_has_any(one.origins, other.origins) then 'same'
        else 'different'
    end as origin,
    case
        when len(one.addresses) = 0 or len(other.addresses) = 0 then 'missing'
        when list_has_any(one.addresses, other.addresses) then 'same'
        when met.address_distance <= 15 then 'similar'
        else 'different'
    end as address,
    case when list_has_any(one.accounts, other.accounts) then 'same' else 'missing' end as account
from met
inner join dated on met.profile_a = dated.profile_a and met.profile_b = dated.profile_b
inner join compared_profile() as one on met.profile_a = one.profile_no
inner join compared_profile() as other on met.profile_b = other.profile_no
left join identity.name as spelt_a on one.name_key = spelt_a.name_key
left join identity.name as spelt_b on other.name_key = spelt_b.name_key;
