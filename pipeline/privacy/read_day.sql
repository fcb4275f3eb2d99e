-- A birth date in any usual spelling: digits alone, or year, month and day with anything between them.
create or replace temp macro read_day(cell) as
coalesce(
    try_cast(try_strptime(regexp_extract(trim(cell), '^\d{8}$'), '%Y%m%d') as date),
    try_cast(
        regexp_replace(
            regexp_extract(trim(cell), '^\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}'),
            '^(\d{4})\D+(\d{1,2})\D+(\d{1,2})$',
            '\1-\2-\3'
        ) as date
    )
);
