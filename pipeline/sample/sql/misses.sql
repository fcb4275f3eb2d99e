-- What keeps a detector from its targets, a line each: what it overlooked, whom it accused wrongly, which sums differ.
with subject_told as (
    select
        wrong.true_person,
        wrong.school_code,
        string_agg(distinct wrong.detector_id || ' ' || wrong.story, '; ') as told
    from (
        select
            wrong.detector_id,
            wrong.story,
            wrong.school_code,
            unnest(wrong.true_people) as true_person
        from wrong
        union all
        select
            look_alike.exception || ' for ' || look_alike.detector_id as detector_id,
            look_alike.story,
            look_alike.school_code,
            look_alike.true_person
        from look_alike
    ) as wrong
    group by
        wrong.true_person,
        wrong.school_code
),


person_told as (
    select
        subject_told.true_person,
        string_agg(distinct subject_told.told, '; ') as told
    from subject_told
    where subject_told.true_person <> ''
    group by subject_told.true_person
),

accused as (
    select
        standing_case.case_id,
        coalesce(string_agg(case_person.true_person, ';' order by case_person.true_person), '') as people,
        string_agg(distinct person_told.told, '; ') as told
    from standing_case
    left join case_person
        on standing_case.case_id = case_person.case_id
    left join person_told
        on case_person.true_person = person_told.true_person
    group by standing_case.case_id
),

school_told as (
    select
        subject_told.school_code,
        string_agg(distinct subject_told.told, '; ') as told
    from subject_told
    where subject_told.true_person = ''
    group by subject_told.school_code
),

overlooked as (
    select
        wrong.detector_id,
        wrong.wrong_id as id,
        case when bool_or(hit.case_id is not null) then 'undecided' else 'overlooked' end as what,
        any_value(wrong.school_code) as school_code,
        any_value(array_to_string(wrong.true_people, ';')) as people,
        any_value(wrong.story) as about
    from wrong
    left join hit
        on wrong.wrong_id = hit.wrong_id
    left join standing_case
        on
            hit.case_id = standing_case.case_id
            and standing_case.verdict = 'suspected'
    group by
        wrong.detector_id,
        wrong.wrong_id
    having count(standing_case.case_id) = 0
),

wrongly as (
    select
        standing_case.detector_id,
        standing_case.case_id as id,
        standing_case.school_code,
        accused.people,
        standing_case.severity || ' wrongly' as what,
        standing_case.explanation || ' | beside: '
        || coalesce(accused.told, school_told.told, 'nothing planted') as about
    from standing_case
    inner join accused
        on standing_case.case_id = accused.case_id
    left join right_case
        on standing_case.case_id = right_case.case_id
    left join school_told
        on standing_case.school_code = school_told.school_code
    where
        standing_case.verdict = 'suspected'
        and right_case.case_id is null
),

differing as (
    select
        amount.detector_id,
        'amount' as what,
        amount.wrong_id as id,
        wrong.school_code,
        array_to_string(wrong.true_people, ';') as people,
        'truth ' || amount.stated || ', cases ' || amount.reported || ': ' || wrong.story as about
    from amount
    inner join wrong
        on amount.wrong_id = wrong.wrong_id
    where not amount.agrees
)

select
    detector_id,
    what,
    id,
    school_code,
    people,
    about
from (
    from overlooked
    union all by name
    from wrongly
    union all by name
    from differing
) as miss
where detector_id = $detector_id
order by
    what,
    id;
