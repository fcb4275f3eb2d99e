-- The identity numbers of a column that are not plain and valid.
create or replace temp table damaged_number as
with numbered as materialized (
    select
        suspect.*,
        id_normalise(suspect.written) as number
    from delivered_column as suspect
    where not suspect.is_plain and read_id(suspect.written) is not null
),

classed as materialized (
    select
        numbered.*,
        id_class(numbered.number) as number_class
    from numbered
)

select
    source_file,
    sheet,
    source_row,
    number,
    case
        when number_class = 'none' then 'placeholder'
        when number_class <> 'valid' then number_class
        when length(regexp_replace(written, '\D', '', 'g')) = 15 then 'fifteen'
        else 'spelling'
    end as damage
from classed
-- A leap day, or small x.
where number_class <> 'valid' or upper(trim(written)) <> number;

insert into main.identity_cells
select
    $source as of_source,
    source_file,
    sheet,
    source_row,
    $column_name as in_column,
    number,
    damage
from damaged_number
order by source_file, sheet, source_row;

-- Excel keeps fifteen digits of a number, and shows six of them: of a list entered as numbers all are rounded but those
-- that end in X, which are text. Honest lists hold one number in a thousand that ends in 000.
insert into main.column_issues
with whole as (
    select
        source_file,
        sheet,
        count(*) as numbers
    from delivered_column
    where
        not ends_with(upper(written), 'X')
        and (is_plain or regexp_full_match(written, '[0-9]{18}|[0-9]([.][0-9]+)?[Ee][+]?[0-9]+'))
    group by source_file, sheet
),

lost as (
    select
        source_file,
        sheet,
        count(*) as cells,
        count(*) filter (where damage = 'scientific') * 2 > count(*) as is_scientific
    from damaged_number
    where damage in ('rounded', 'scientific')
    group by source_file, sheet
)

select
    $source as of_source,
    lost.source_file,
    lost.sheet,
    $column_name as in_column,
    case when lost.is_scientific then 'scientific' else 'rounded' end as kind,
    lost.cells,
    whole.numbers as of_cells,
    rounded_remedy($header, lost.cells, whole.numbers, lost.is_scientific) || case
        when lost.is_scientific then ''
        else '；X 结尾的号码完好 (numbers ending in X are intact)'
    end as issue
from lost
inner join whole on lost.source_file = whole.source_file and lost.sheet = whole.sheet
where lost.cells >= 5 and lost.cells >= 0.9 * whole.numbers
order by lost.source_file, lost.sheet;

drop table damaged_number;
