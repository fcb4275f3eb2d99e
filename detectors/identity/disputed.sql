-- Facts whose valid number is somebody else's: a parent's, a twin's, a namesake's or the neighbour's in the list.
create or replace temp table disputed_tonight as
with valid as (
    select
        stated.fact_key,
        stated.records,
        stated.number,
        stated.name_class,
        stated.sound,
        stated.lifelong_number,
        stated.student_no,
        stated.exam_no,
        stated.guardian_key,
        stated.guardian_phone,
        stated.sex <> stated.number_sex as is_of_other_sex,
        abs(date_diff('day', stated.born_on, stated.number_born_on)) >= $foreign_birth_days
            as is_of_other_birth,
        stated.born_on = stated.number_born_on as is_of_this_day,
        -- no slip of the pen, no exchanged day and month, no lunar birthday
        month(stated.born_on) <> month(stated.number_born_on)
        and day(stated.born_on) <> day(stated.number_born_on)
        and month(stated.born_on) <> day(stated.number_born_on)
        and abs(date_diff('day', stated.born_on, stated.number_born_on)) > 55
            as is_of_other_day,
        case
            when stated.lifelong_number <> stated.number
                then abs(date_diff('year', id_birth(stated.lifelong_number), stated.number_born_on)) >= 12
        end as is_of_other_generation
    from identity.stated as stated
    where stated.number_class = 'valid'
),

bearer as (
    select
        valid.number,
        valid.name_class,
        any_value(valid.sound) as sound,
        sum(valid.records) as records,
        -- the 学籍号 was made from this number
        coalesce(bool_or(valid.lifelong_number = valid.number), false) as is_registered
    from valid
    where valid.name_class is not null
    group by valid.number, valid.name_class
),

rivalled as (
    select
        bearer.number,
        bearer.name_class,
        any_value(bearer.is_registered) as is_registered,
        any_value(bearer.records) as records,
        max(rival.records) as rival_records
    from bearer
    inner join bearer as rival
        on
            bearer.number = rival.number
            and bearer.sound <> rival.sound
    group by bearer.number, bearer.name_class
),

-- the birth date column contradicts it by most of a year, and never confirms it
never_confirmed as (
    select
        valid.number,
        valid.name_class
    from valid
    where valid.is_of_other_birth is not null
    group by valid.number, valid.name_class
    having bool_and(valid.is_of_other_birth)
),

foreign_birth as (
    select valid.fact_key
    from valid
    inner join never_confirmed
        on
            valid.number = never_confirmed.number
            and valid.name_class is not distinct from never_confirmed.name_class

    union

    -- birth date and sex both contradict it, whatever namesakes' rows say
    select valid.fact_key
    from valid
    where valid.is_of_other_birth and valid.is_of_other_sex
),

-- X31: a namesake of another day of birth, guardian and telephone, whose own rows may well repeat the number
foreign_household as (
    select valid.fact_key
    from valid
    inner join valid as home
        on
            valid.number = home.number
            and valid.name_class = home.name_class
            and valid.guardian_key <> home.guardian_key
            and valid.guardian_phone <> home.guardian_phone
    where valid.is_of_other_day and home.is_of_this_day
),

-- many more rows give it to a name of another sound, and no 学籍号 of this name was made from it
foreign_bearer as (
    select valid.fact_key
    from valid
    inner join rivalled
        on
            valid.number = rivalled.number
            and valid.name_class = rivalled.name_class
    where not rivalled.is_registered and rivalled.rival_records >= 3 * rivalled.records
),

registered as (
    select
        bearer.number,
        bool_or(bearer.is_registered) as is_registered
    from bearer
    group by bearer.number
),

-- the row's own 学籍号 holds another number, which is no correction (X17): that of a child while this is a
-- parent's; or both are held and this one has a 学籍号 of its own; or this one's other rows bear another name
foreign_student_no as (
    select
        valid.fact_key,
        valid.number,
        valid.name_class
    from valid
    inner join registered on valid.number = registered.number
    left join registered as lifelong on valid.lifelong_number = lifelong.number
    left join rivalled
        on
            valid.number = rivalled.number
            and valid.name_class = rivalled.name_class
    where
        valid.lifelong_number <> valid.number
        and (
            valid.is_of_other_generation
            or (registered.is_registered and lifelong.number is not null)
            or rivalled.rival_records >= rivalled.records
        )
),

-- what one row's 学籍号 disproves, rows of the same name and number that show none do not prove
without_student_no as (
    select valid.fact_key
    from valid
    inner join bearer
        on
            valid.number = bearer.number
            and valid.name_class = bearer.name_class
    semi join foreign_student_no
        on
            bearer.number = foreign_student_no.number
            and bearer.name_class = foreign_student_no.name_class
    where valid.lifelong_number is null and not bearer.is_registered
),

enrolled as (
    select
        valid.fact_key,
        valid.number,
        valid.name_class,
        unnest(['s' || valid.student_no, 'e' || valid.exam_no]) as registration
    from valid
    where valid.name_class is not null
),

-- the same name has the same candidate number or 学籍号 under another number, and this one has another holder
foreign_registration as (
    select enrolled.fact_key
    from enrolled
    inner join rivalled
        on
            enrolled.number = rivalled.number
            and enrolled.name_class = rivalled.name_class
    inner join enrolled as home
        on
            enrolled.registration = home.registration
            and enrolled.name_class = home.name_class
            and enrolled.number <> home.number
    inner join bearer as home_bearer
        on
            home.number = home_bearer.number
            and home.name_class = home_bearer.name_class
    where
        rivalled.rival_records >= rivalled.records
        and home_bearer.records >= rivalled.records
),

-- a twin's: the same name has a number of the same place and day, and this one has another holder
foreign_twin as (
    select valid.fact_key
    from valid
    inner join rivalled
        on
            valid.number = rivalled.number
            and valid.name_class = rivalled.name_class
    inner join bearer as home
        on
            valid.number[:14] = home.number[:14]
            and valid.name_class = home.name_class
            and valid.number <> home.number
    where
        rivalled.rival_records >= rivalled.records
        and home.records >= rivalled.records
),

told as (
    select
        foreign_birth.fact_key,
        false as is_borrowed
    from foreign_birth

    union all

    select
        foreign_household.fact_key,
        false as is_borrowed
    from foreign_household

    union all

    select
        foreign_bearer.fact_key,
        false as is_borrowed
    from foreign_bearer

    union all

    select
        foreign_student_no.fact_key,
        true as is_borrowed
    from foreign_student_no

    union all

    select
        without_student_no.fact_key,
        true as is_borrowed
    from without_student_no

    union all

    select
        foreign_registration.fact_key,
        true as is_borrowed
    from foreign_registration

    union all

    select
        foreign_twin.fact_key,
        true as is_borrowed
    from foreign_twin
)

-- borrowed: the person's own number is known as well
select
    told.fact_key,
    bool_or(told.is_borrowed) as is_borrowed
from told
group by told.fact_key;

-- facts that may belong to another profile than last night
create or replace temp table realigned_fact as
select changed_fact.fact_key
from changed_fact

union

select doubted.fact_key
from disputed_tonight as doubted
anti join identity.disputed as known
    on
        doubted.fact_key = known.fact_key
        and doubted.is_borrowed = known.is_borrowed

union

select known.fact_key
from identity.disputed as known
anti join disputed_tonight as doubted on known.fact_key = doubted.fact_key;

create or replace table identity.disputed as
select
    doubted.fact_key,
    doubted.is_borrowed
from disputed_tonight as doubted;

drop table disputed_tonight;
