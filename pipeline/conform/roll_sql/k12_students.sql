insert into sighting by name
select
    'k12' as registry,
    roll.school_code,
    roll.student_no,
    roll.name,
    roll.id_number,
    roll.birth_date,
    roll.status,
    roll.grade,
    roll.class_name,
    roll.entry_month,
    roll.registered_at as registered_on,
    roll.left_on,
    unseen_list.source_file,
    unseen_list.seen_on
from k12_students as roll
inner join unseen_list on unseen_list.source = 'k12_students' and roll.source_file = unseen_list.read_from;
