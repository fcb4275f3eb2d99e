-- What was planted, beside what the night found: temporary views over the truth files and the warehouse.
create or replace temporary table true_record as
select
    truth.source,
    truth.source_file,
    truth.sheet,
    truth.source_row,
    truth.true_person
from read_csv(
    $persons,
    header = true,
    auto_detect = false,
    columns = {
        'source': 'varchar',
        'source_file': 'varchar',
        'sheet': 'varchar',
        'source_row': 'bigint',
        'true_person': 'varchar'
    },
    nullstr = '\N'
) as truth;

create or replace temporary table wrong as
select
    truth.wrong_id,
    truth.detector_id,
    truth.subject_kind,
    string_split(truth.true_person, ';') as true_people,
    truth.school_code,
    truth.school_year
from read_csv(
    $wrongs,
    header = true,
    all_varchar = true,
    nullstr = '\N'
) as truth;

create or replace temporary table look_alike as
select
    truth.lookalike_id,
    truth.exception,
    unnest(string_split(truth.detector_ids, ';')) as detector_id,
    truth.true_person,
    truth.school_code
from read_csv(
    $look_alikes,
    header = true,
    all_varchar = true,
    nullstr = '\N'
) as truth;

create or replace temporary table standing_case as
select
    cases.case_id,
    cases.detector_id,
    cases.severity,
    cases.verdict,
    cases.school_code,
    coalesce(
        json_extract_string(cases.evidence, '$.school_year'),
        json_extract_string(cases.evidence, '$.cohort')
        || '-'
        || (cast(json_extract_string(cases.evidence, '$.cohort') as integer) + 1),
        ''
    ) as school_year
from main.cases as cases
where cases.status in ('new', 'open', 'reopened');

create or replace temporary table case_person as
-- A case names a person in many rows.
select distinct
    standing_case.case_id,
    true_record.true_person
from standing_case
inner join main.case_records as named
    on standing_case.case_id = named.case_id
inner join true_record
    on
        named.source = true_record.source
        and named.source_file = true_record.source_file
        and coalesce(named.sheet, '') = coalesce(true_record.sheet, '')
        and named.source_row = true_record.source_row;

create or replace temporary table hit as
with about_people as (
    select
        wrong.wrong_id,
        standing_case.case_id
    from wrong
    inner join standing_case
        on wrong.detector_id = standing_case.detector_id
    inner join case_person
        on
            standing_case.case_id = case_person.case_id
            and list_contains(wrong.true_people, case_person.true_person)
    where wrong.subject_kind in ('person', 'account')
),

about_schools as (
    select
        wrong.wrong_id,
        standing_case.case_id
    from wrong
    inner join standing_case
        on
            wrong.detector_id = standing_case.detector_id
            and wrong.school_code = standing_case.school_code
    where
        wrong.subject_kind = 'school'
        and (standing_case.school_year = '' or wrong.school_year in ('', standing_case.school_year))
)

select
    about_people.wrong_id,
    about_people.case_id
from about_people
union
select
    about_schools.wrong_id,
    about_schools.case_id
from about_schools;
