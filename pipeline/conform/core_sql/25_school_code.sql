-- Every code that a delivery may write for a school, with the school and the one that carries it on today.
-- Higher schools are also known by the last five digits of their code.
create or replace table work.school_code as
select
    school_code as written_code,
    school_code,
    current_school_code,
    region_code,
    school_name
from core.school
union all
select
    right(school_code, 5) as written_code,
    min(school_code) as school_code,
    arg_min(current_school_code, school_code) as current_school_code,
    arg_min(region_code, school_code) as region_code,
    arg_min(school_name, school_code) as school_name
from core.school
where
    kind in ('higher', 'adult_higher')
    and length(school_code) = 10
    and right(school_code, 5) not in (select known.school_code from core.school as known)
group by right(school_code, 5);
