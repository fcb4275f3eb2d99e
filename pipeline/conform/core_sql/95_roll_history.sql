-- What the lists of all nights showed, tied to tonight's enrolments, schools and persons.
create or replace temp table listed_tonight as
select
    spell.registry,
    spell.school_code,
    upper(spell.student_no) as student_key,
    arg_max(spell.record_id, (enrolment.is_open_in_registry, enrolment.started_on, spell.record_id)) as record_id,
    arg_max(enrolment.person_id, (enrolment.is_open_in_registry, enrolment.started_on, spell.record_id)) as person_id
from work.delivered_spell as spell
inner join core.enrolment as enrolment on spell.record_id = enrolment.record_id
group by all;

-- A person is remembered for the nights on which no list has the student any more.
update work.roll_seen
set person_id = listed_tonight.person_id
from listed_tonight
where
    roll_seen.registry = listed_tonight.registry
    and roll_seen.school_code = listed_tonight.school_code
    and roll_seen.student_key = listed_tonight.student_key
    and roll_seen.person_id is distinct from listed_tonight.person_id;

insert into core.roll_history by name
with numbered as (
    select
        id_normalise(id_number) as id_number,
        min(person_id) as person_id
    from core.person_record
    inner join core.person_link on person_record.record_id = person_link.record_id
    where
        id_number is not null
        and exists (
            select 1
            from work.roll_seen
            where roll_seen.person_id is null
        )
    group by id_normalise(id_number)
    having count(distinct person_id) = 1
)

select
    seen.registry,
    seen.school_code,
    seen.student_key,
    seen.first_seen_on,
    seen.last_seen_on,
    seen.days_seen,
    seen.vanished_on,
    seen.is_latest,
    tonight.record_id as enrolment_record_id,
    coalesce(seen.person_id, numbered.person_id) as person_id,
    coalesce(known.current_school_code, seen.school_code) as current_school_code,
    known.region_code,
    seen.student_no,
    seen.name,
    id_normalise(seen.id_number) as id_number,
    coalesce(seen.birth_date, id_birth(id_normalise(seen.id_number))) as born_on,
    seen.status,
    seen.grade,
    seen.class_name,
    seen.major_code,
    seen.study_form,
    seen.entry_month,
    seen.registered_on,
    seen.expected_end,
    seen.left_on,
    seen.source_file
from work.roll_seen as seen
left join listed_tonight as tonight
    on
        seen.registry = tonight.registry
        and seen.school_code = tonight.school_code
        and seen.student_key = tonight.student_key
left join numbered on id_normalise(seen.id_number) = numbered.id_number
left join work.school_code as known on seen.school_code = known.written_code
order by seen.registry, seen.school_code, seen.student_key, seen.first_seen_on;
