insert into sighting by name
select
    'higher' as registry,
    roll.school_code,
    roll.student_no,
    roll.name,
    roll.id_number,
    roll.birth_date,
    roll.status,
    roll.major_code,
    roll.study_form,
    year(roll.entry_date)::integer * 100 + month(roll.entry_date)::integer as entry_month,
    year(roll.expected_end)::integer * 100 + month(roll.expected_end)::integer as expected_end,
    roll.left_on,
    unseen_list.source_file,
    unseen_list.seen_on
from higher_students as roll
inner join unseen_list on unseen_list.source = 'higher_students' and roll.source_file = unseen_list.read_from;
