-- Number the persons: the id that most of a person's profiles had before, else one made from the first record.
create or replace temp table known as
select
    history.profile_key,
    arg_max(history.person_id, history.since_on) as person_id
from identity.person_history as history
where history.since_on < as_of()
group by history.profile_key;

create or replace table identity.person_name as
with claimed as (
    select
        membership.person_no,
        known.person_id,
        sum(profile.records) as records,
        min(profile.profile_key) as first_key
    from identity.membership as membership
    inner join identity.profile as profile on membership.profile_no = profile.profile_no
    inner join known on profile.profile_key = known.profile_key
    group by membership.person_no, known.person_id
),

-- a person takes the id with the greatest overlap, and an id goes to the person with the greatest overlap
preferred as (
    select
        claimed.person_no,
        claimed.person_id,
        claimed.records,
        claimed.first_key
    from claimed
    qualify
        row_number() over (
            partition by claimed.person_no order by claimed.records desc, claimed.person_id
        ) = 1
),

kept as (
    select
        preferred.person_no,
        preferred.person_id
    from preferred
    qualify
        row_number() over (
            partition by preferred.person_id order by preferred.records desc, preferred.first_key
        ) = 1
),

first_record as (
    select
        membership.person_no,
        min(profile.first_place) as place
    from identity.membership as membership
    inner join identity.profile as profile on membership.profile_no = profile.profile_no
    group by membership.person_no
),

proposed as (
    select
        first_record.person_no,
        kept.person_id as kept_id,
        md5(
            concat_ws(
                '|',
                first_record.place.source,
                first_record.place.source_file,
                first_record.place.sheet,
                first_record.place.source_row
            )
        ) as digest
    from first_record
    left join kept on first_record.person_no = kept.person_no
),

-- forty bits collide once in a large province, and an id in use by others is not given away
checked as (
    select
        proposed.person_no,
        proposed.kept_id,
        proposed.digest,
        row_number() over (
            partition by substr(proposed.digest, 1, 10), proposed.kept_id is null order by proposed.digest
        ) > 1
        or exists (
            select 1
            from known
            where known.person_id = 'P-' || substr(proposed.digest, 1, 10)
        ) as is_taken
    from proposed
)

select
    checked.person_no,
    coalesce(
        checked.kept_id,
        'P-' || case
            when checked.is_taken then substr(md5(checked.digest || as_of()), 1, 10)
            else substr(checked.digest, 1, 10)
        end
    ) as person_id
from checked;
