-- Persons in whom two people were joined whose numbers are of one place and day: twins, and namesakes of a day.
with stated as (
    select
        labelled.true_person::varchar as true_person,
        link.person_id,
        numbered.number
    from labelled_rows as labelled
    inner join core.person_link as link on labelled.record_id = link.record_id
    inner join core.person_record as record on labelled.record_id = record.record_id
    inner join identity.number_value as numbered on record.id_number = numbered.written
    where numbered.number_class = 'valid'
),

own as (
    select
        stated.true_person,
        stated.number
    from stated
    group by stated.true_person, stated.number
    qualify row_number() over (partition by stated.true_person order by count(*) desc, stated.number) = 1
),

joined as (
    select
        link.person_id,
        own.true_person,
        any_value(own.number) as number
    from labelled_rows as labelled
    inner join core.person_link as link on labelled.record_id = link.record_id
    inner join own on labelled.true_person::varchar = own.true_person
    group by link.person_id, own.true_person
)

select count(distinct one.person_id) as persons
from joined as one
inner join joined as other
    on
        one.person_id = other.person_id
        and one.number[:14] = other.number[:14]
        and one.true_person < other.true_person
