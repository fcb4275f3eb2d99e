-- Cards, student numbers and the like that were stored as numbers: beyond the fifteenth digit there is nothing but 0.
insert into main.column_issues
with counted as (
    select
        source_file,
        sheet,
        count(*) filter (where length(written) between 16 and 20 and regexp_full_match(written, '[0-9]{15}0+'))
            as rounded,
        count(*) filter (where contains(written, '+') and regexp_full_match(written, '[0-9]([.][0-9]+)?[Ee][+][0-9]+'))
            as scientific,
        count(*) filter (where length(written) between 16 and 20) as long_numbers
    from delivered_column
    group by source_file, sheet
),

damaged as (
    select
        source_file,
        sheet,
        rounded + scientific as cells,
        long_numbers + scientific as of_cells,
        scientific > rounded as is_scientific
    from counted
)

select
    $source as of_source,
    source_file,
    sheet,
    $column_name as in_column,
    case when is_scientific then 'scientific' else 'rounded' end as kind,
    cells,
    of_cells,
    rounded_remedy($header, cells, of_cells, is_scientific) as issue
from damaged
where cells >= 5 and cells >= 0.9 * of_cells
order by source_file, sheet;
