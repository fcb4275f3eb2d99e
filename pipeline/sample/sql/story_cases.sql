-- What the ledger says about people and schools of the truth, one row a detector, subject, verdict and standing.
with standing as (
    select
        cases.case_id,
        cases.detector_id,
        cases.verdict,
        coalesce(cases.school_code, case when cases.subject_kind = 'region' then cases.subject_id end) as place,
        case
            when cases.status = 'gone' then 'gone'
            when cases.severity in ('A', 'B') then 'stands at A or B'
            else 'stands'
        end as standing
    from main.cases as cases
)

select
    standing.detector_id,
    true_record.true_person as subject,
    standing.verdict,
    standing.standing
from standing
inner join main.case_records as named
    on standing.case_id = named.case_id
inner join true_record
    on
        named.source = true_record.source
        and named.source_file = true_record.source_file
        and coalesce(named.sheet, '') = coalesce(true_record.sheet, '')
        and named.source_row = true_record.source_row
union
select
    standing.detector_id,
    standing.place as subject,
    standing.verdict,
    standing.standing
from standing;
