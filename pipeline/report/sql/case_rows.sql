-- The cells of the case files by name, the rows in their order; codes are replaced by words afterwards.
with cited as (
    select
        case_id,
        string_agg(
            source_file || case when sheet = '' then '' else ' [' || sheet || ']' end || ' #' || source_row,
            '; '
            order by role = 'subject' desc, role = 'other' desc, source_file, sheet, source_row
        ) as records
    from main.case_records
    group by case_id
),

-- What the inspector wrote comes back to them as long as it holds; a case that was reopened has to be decided anew.
answered as (
    select
        cases.case_id,
        reviews.findings,
        reviews.decision,
        reviews.reason_kind,
        reviews.evidence,
        reviews.measures,
        reviews.refund_due,
        reviews.refund_done,
        reviews.inspector,
        reviews.second_inspector,
        reviews.decided_on,
        reviews.closed,
        reviews.remarks
    from main.cases as cases
    inner join main.reviews as reviews
        on
            cases.case_id = reviews.case_id
            and cases.decision = reviews.decision
            and cases.decided_on = reviews.decided_on
    where cases.decision_state in ('holds', 'pending')
    qualify
        row_number() over (
            partition by cases.case_id
            order by reviews.source_file, reviews.sheet, reviews.source_row
        ) = 1
)

select
    cases.case_id,
    cases.as_of,
    cases.status,
    cases.family,
    cases.severity,
    cases.certainty,
    cases.priority,
    cases.school_code,
    cases.school_name,
    cases.subject_kind,
    cases.name,
    cases.id_number,
    cases.student_no,
    cases.grade,
    cases.major_name,
    cases.student_status,
    cases.other_registry,
    cases.other_student_no,
    cases.other_status,
    cases.overlap_from,
    cases.overlap_to,
    cases.overlap_days,
    cases.match_basis,
    cases.aid_items,
    cases.amount_paid,
    cases.amount_estimated,
    cases.exceptions_tested,
    cases.verdict,
    cases.missing_inputs,
    cases.explanation,
    cases.policy,
    cases.check_first,
    cases.first_seen_on,
    cases.last_seen_on,
    cited.records,
    cases.due_on,
    answered.findings,
    answered.decision,
    answered.reason_kind,
    answered.evidence,
    answered.measures,
    answered.refund_due,
    answered.refund_done,
    answered.inspector,
    answered.second_inspector,
    answered.decided_on,
    answered.closed,
    answered.remarks,
    cases.region_code,
    cases.detector_id || ' ' || cases.title as rule,
    coalesce(cases.region_name, cases.region_code) as region,
    coalesce(cases.other_school_name, cases.other_school_code) as other_school,
    round(cases.match_probability, 4) as match_probability
from main.cases as cases
left join cited on cases.case_id = cited.case_id
left join answered on cases.case_id = answered.case_id
order by cases.priority desc, cases.case_id;
