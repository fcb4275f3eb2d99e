-- The labelled rows: whose they are, whose they were taken for, and what is the matter with their number.
with labelled as (
    select
        link.person_id,
        numbered.number,
        labelled.true_person::varchar as true_person,
        coalesce(record.registry, record.source) as registry,
        coalesce(numbered.number_class, 'none') as number_class
    from labelled_rows as labelled
    inner join core.person_link as link on labelled.record_id = link.record_id
    inner join core.person_record as record on labelled.record_id = record.record_id
    left join identity.number_value as numbered on record.id_number = numbered.written
),

-- a person's own number is the valid one that most of the person's rows state
own as (
    select
        labelled.true_person,
        labelled.number
    from labelled
    where labelled.number_class = 'valid'
    group by labelled.true_person, labelled.number
    qualify row_number() over (partition by labelled.true_person order by count(*) desc, labelled.number) = 1
)

select
    labelled.true_person,
    labelled.person_id,
    labelled.registry,
    case
        when labelled.number_class <> 'valid' then labelled.number_class
        when labelled.number = own.number then 'own'
        else 'old or another''s'
    end as damage
from labelled
left join own on labelled.true_person = own.true_person
