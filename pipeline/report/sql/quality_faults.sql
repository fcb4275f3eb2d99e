-- The rows that a school has to put right, with what is wrong and never a value.
with fault as (
    select
        quality_row.*,
        unnest(list_filter(
            [
                case when filled < cells then 'incomplete' end,
                case when not is_valid then 'invalid' end,
                case when not is_consistent then 'inconsistent' end,
                case when not is_unique then 'repeated' end,
                case when not is_verified then 'unverified' end
            ],
            lambda kind: kind is not null
        )) as kind
    from quality_row
)

select
    school_code,
    source_file,
    sheet,
    source_row,
    kind
from fault
order by school_code, source_file, sheet, source_row, kind;
