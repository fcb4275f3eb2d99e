insert into sighting by name
select
    'vocational' as registry,
    roll.school_code,
    roll.student_no,
    roll.name,
    roll.id_number,
    roll.birth_date,
    roll.status,
    roll.grade,
    roll.class_name,
    roll.major_code,
    roll.study_form,
    roll.entry_month,
    roll.registered_at as registered_on,
    roll.expected_end,
    roll.left_on,
    unseen_list.source_file,
    unseen_list.seen_on
from vocational_students as roll
inner join unseen_list on unseen_list.source = 'vocational_students' and roll.source_file = unseen_list.read_from;
