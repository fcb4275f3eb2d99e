/*
reads: [core.enrolment]
comment: >-
  Whose a student number is, folded to capitals: by the registry that writes it and, under no registry, among all of
  them. A number that stands for two people is left out.
*/
with numbered as (
    select
        enrolment.registry,
        upper(trim(enrolment.student_no)) as student_no,
        min(enrolment.person_id) as first_person_id,
        max(enrolment.person_id) as last_person_id
    from core.enrolment as enrolment
    where enrolment.student_no is not null
    group by enrolment.registry, upper(trim(enrolment.student_no))
)

select
    numbered.registry,
    numbered.student_no,
    numbered.first_person_id as person_id
from numbered
where numbered.first_person_id = numbered.last_person_id
union all
select
    null as registry,
    numbered.student_no,
    min(numbered.first_person_id) as person_id
from numbered
group by numbered.student_no
having min(numbered.first_person_id) = max(numbered.last_person_id)
