-- One column of identity values in the form that both sides encode; what holds no identity becomes an empty text.
-- The macros name their argument many times over: a column keeps the query small.
with folded as (
    select
        row_no,
        case $personal
            when 'id' then id_normalise(cell)
            when 'name' then name_key(cell)
            when 'phone' then phone_digits(cell)
            when 'birth' then strftime(read_day(cell), '%Y%m%d')
        end as folded
    from written
),

judged as (
    select
        row_no,
        folded,
        $personal <> 'id'
        or id_class(folded) in ('valid', 'bad_check', 'bad_date', 'temporary', 'old15', 'foreign')
            as names_somebody
    from folded
)

select case when names_somebody then coalesce(folded, '') else '' end as normalised
from judged
order by row_no;
