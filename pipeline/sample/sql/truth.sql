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
    truth.other_school_code,
    truth.school_year,
    cast(truth.amount_paid as decimal(14, 2)) as amount_paid,
    truth.story
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
    truth.school_code,
    truth.story
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
    cases.region_code,
    cases.explanation,
    coalesce(cases.amount_paid, 0) as amount_paid,
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
    where wrong.subject_kind in ('person', 'account', 'region')
),

about_schools as (
    select
        wrong.wrong_id,
        standing_case.case_id
    from wrong
    inner join standing_case
        on
            wrong.detector_id = standing_case.detector_id
            and standing_case.school_code in (wrong.school_code, wrong.other_school_code)
    where
        wrong.subject_kind = 'school'
        and (standing_case.school_year = '' or wrong.school_year in ('', standing_case.school_year))
),

-- The truth of a region names it where others name a school.
about_regions as (
    select
        wrong.wrong_id,
        standing_case.case_id
    from wrong
    inner join standing_case
        on
            wrong.detector_id = standing_case.detector_id
            and wrong.school_code = standing_case.region_code
    where
        wrong.subject_kind = 'region'
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
from about_schools
union
select
    about_regions.wrong_id,
    about_regions.case_id
from about_regions;

create or replace temporary table right_case as
-- One case may hit two planted wrongs.
select distinct hit.case_id
from hit;

create or replace temporary table flagged as
with wrong_case as (
    select
        standing_case.case_id,
        standing_case.detector_id,
        standing_case.school_code
    from standing_case
    left join right_case
        on standing_case.case_id = right_case.case_id
    where
        right_case.case_id is null
        and standing_case.verdict = 'suspected'
        and standing_case.severity in ('A', 'B')
)

-- One look-alike may be accused by several cases.
select distinct
    look_alike.lookalike_id,
    look_alike.detector_id
from look_alike
inner join wrong_case
    on look_alike.detector_id = wrong_case.detector_id
left join case_person
    on
        wrong_case.case_id = case_person.case_id
        and look_alike.true_person = case_person.true_person
where
    case_person.true_person is not null
    or (look_alike.true_person = '' and look_alike.school_code = wrong_case.school_code);

create or replace temporary table amount as
-- The money of a wrong is that of the cases at its school; where no case is there, of all that hit it.
with reported as (
    select
        wrong.wrong_id,
        coalesce(
            sum(standing_case.amount_paid) filter (where standing_case.school_code = wrong.school_code),
            sum(standing_case.amount_paid)
        ) as amount
    from wrong
    inner join hit
        on wrong.wrong_id = hit.wrong_id
    inner join standing_case
        on hit.case_id = standing_case.case_id
    where standing_case.verdict = 'suspected'
    group by wrong.wrong_id
)

select
    wrong.wrong_id,
    wrong.detector_id,
    wrong.amount_paid as stated,
    reported.amount as reported,
    wrong.amount_paid = reported.amount as agrees
from wrong
inner join reported
    on wrong.wrong_id = reported.wrong_id
where wrong.amount_paid > 0;
