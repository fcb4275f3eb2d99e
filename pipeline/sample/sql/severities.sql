-- For each detector and severity: the cases that accuse, and those of them that hit a planted wrong.
select
    standing_case.detector_id,
    standing_case.severity,
    count(*) as cases,
    count(right_case.case_id) as cases_right
from standing_case
left join right_case
    on standing_case.case_id = right_case.case_id
where standing_case.verdict = 'suspected'
group by
    standing_case.detector_id,
    standing_case.severity
order by
    standing_case.detector_id,
    standing_case.severity;
