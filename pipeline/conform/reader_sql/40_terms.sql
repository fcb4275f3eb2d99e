-- Terms and school years: 2023-2024-1 is the autumn term of the school year 2023-2024.

-- Without blanks, dashes of every kind as one.
create or replace macro term_folded(cell) as
regexp_replace(
    regexp_replace(upper(half_width(cell)), '[\s()\[\]【】]', '', 'g'), '(\d)(-+|~|/|至|到)(\d)', '\1-\3', 'g'
);

-- 1 or 2, or nothing where the text names no term of one year. Expects what term_folded gives. 上学期 is the first.
create or replace macro term_number(folded) as
case
    when regexp_matches(folded, '第?[一1]学期|上学期|秋|-0?1$|学年度?上$')
        then
            case when not regexp_matches(folded, '第?[二2]学期|下学期|春') then 1 end
    when regexp_matches(folded, '第?[二2]学期|下学期|春|-0?2$|学年度?下$') then 2
end;

-- The year in which the school year begins that a text names beyond doubt: 2023-2024, 2023-24, 23-24, 2023学年, 2023年秋,
-- 2024年春, 202309, 202403. Expects what term_folded gives.
create or replace macro year_begun(folded) as
case
    when regexp_full_match(folded, '20\d{2}-(20)?\d{2}(\D.*)?|\d{2}-\d{2}(学年|-0?[12]$|.*学期).*')
        then list_transform(
            [regexp_extract(folded, '^(\d+)-(\d+)', ['first', 'second'])],
            lambda year: case
                when try_cast(right(year.second, 2) as integer) = (try_cast(right(year.first, 2) as integer) + 1) % 100
                    then 2000 + try_cast(right(year.first, 2) as integer)
            end
        )[1]
    when regexp_full_match(folded, '20\d{2}学年度?((第[一二12]|[上下])学期|[上下])?') then try_cast(left(folded, 4) as integer)
    when regexp_full_match(folded, '(20\d{2}年?(级|届)?秋(季|季学期|学期|季入学)?|秋季?20\d{2}年?)')
        then try_cast(regexp_extract(folded, '20\d{2}') as integer)
    when regexp_full_match(folded, '(20\d{2}年?(级|届)?春(季|季学期|学期|季入学)?|春季?20\d{2}年?)')
        then try_cast(regexp_extract(folded, '20\d{2}') as integer) - 1
    -- Only the months in which terms begin: 202401 ends one, 202307 lies between two.
    when regexp_full_match(folded, '20\d{2}[-.年]?(0?[89])月?') then try_cast(left(folded, 4) as integer)
    when regexp_full_match(folded, '20\d{2}[-.年]?(0?[23])月?') then try_cast(left(folded, 4) as integer) - 1
end;

create or replace macro term_in(folded) as
case
    when regexp_full_match(folded, '20\d{2}[-.年]?(0?[89])月?') then 1
    when regexp_full_match(folded, '20\d{2}[-.年]?(0?[23])月?') then 2
    else term_number(folded)
end;

-- A term of a school year as 2023-2024-1, however it is spelt; null where the text does not name one.
create or replace macro term_written(cell) as
list_transform(
    [term_folded(cell)],
    lambda folded: list_transform(
        [year_begun(folded)], lambda first_year: first_year || '-' || (first_year + 1) || '-' || term_in(folded)
    )[1]
)[1];

-- The calendar year in which a school year begins. 2023 alone may be the school year or the calendar year that accounts
-- go by: for an autumn both are the same, for a spring they are not. A text that names the other term is not believed.
create or replace macro school_year_begun(written, term) as
list_transform(
    [term_folded(written)],
    lambda folded: case
        when term_in(folded) <> case term when 'autumn' then 1 when 'spring' then 2 end then null
        when regexp_full_match(folded, '20\d{2}年?') and term = 'autumn' then try_cast(left(folded, 4) as integer)
        else year_begun(folded)
    end
)[1];

-- A term in a column that asks for autumn or spring: 2023-2024-1 is 第一学期. Other text as it is.
create or replace macro term_word(cell) as
list_transform(
    [term_written(cell)],
    lambda term: case right(term, 1) when '1' then '第一学期' when '2' then '第二学期' else cell end
)[1];

-- Months. 2023年秋 is September 2023, 20239 too (no serial day of 1955); a term is the month in which it begins.
create or replace macro read_month(cell) as
list_transform(
    [day_folded(cell)],
    lambda folded: coalesce(
        list_transform(
            [
                plausible_day(
                    day_of(regexp_replace(folded, '^(20[0-4]\d)([1-9])([.]0+)?$', '\1-\2'))
                )
            ],
            lambda day: year(day) * 100 + month(day)
        )[1],
        list_transform(
            [term_written(folded)],
            lambda term: case right(term, 1)
                when '1' then try_cast(left(term, 4) as integer) * 100 + 9
                when '2' then try_cast(term[6:9] as integer) * 100 + 3
            end
        )[1]
    )::integer
)[1];

-- A grade as text: without blanks, digits and brackets in half width.
create or replace macro read_grade(cell) as nullif(regexp_replace(half_width(cell), '\s', '', 'g'), '');

-- Years of study as higher education writes them: 3, 2.5, 4年, 五年制.
create or replace macro years_written(cell) as
try_cast(
    translate(
        regexp_replace(regexp_replace(half_width(cell), '\s', '', 'g'), '年制?$', ''), '一二两三四五六七八', '122345678'
    ) as double
);
