-- How delivered text is read: every style the registries are known to write, and no guesses: what could be two
-- things is not read. Each reader gives null for what it cannot read; the typing query turns that null into a
-- rejected row (required column) or a recorded issue (optional column).

-- The digest that names a delivered row, the same every night.
create or replace macro record_id(source, source_file, sheet, source_row) as
'r' || substr(md5(concat_ws('|', source, source_file, sheet, source_row)), 1, 15);

-- Full-width digits, letters and signs as their ASCII twins; the costly translation only where it is needed.
create or replace macro half_width(cell) as
case
    when regexp_full_match(cell, '[ -~]*') then cell
    else translate(
        cell,
        '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ'
        || 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ－−／．，（）：＝　',
        '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
        || 'abcdefghijklmnopqrstuvwxyz--/.,():= '
    )
end;

create or replace macro read_text(cell) as nullif(trim(cell), '');

-- Codes and numbers that identify: no inner blanks, no apostrophe or formula wrapper that only guards against Excel.
create or replace macro read_code(cell) as
nullif(regexp_replace(half_width(cell), '^=?["'']+|["'']+$|\s', '', 'g'), '');

-- Empty days of other programs (1900-01-01, 9999-12-31) are no days.
create or replace macro plausible_day(day) as
case when day between date '1900-01-02' and date '2100-12-31' then day end;

-- Expects half-width text. A month alone stands for its first day; two digits of a year are not read.
create or replace macro day_written(cell) as
case
    when regexp_full_match(cell, '\d{4}-\d{2}-\d{2}') then try_cast(cell as date)
    when regexp_full_match(cell, '\d{8}([ T]?\d{2}:?\d{2}.*)?')
        then try_cast(substr(cell, 1, 4) || '-' || substr(cell, 5, 2) || '-' || substr(cell, 7, 2) as date)
    -- Excel's serial day: days before 1920 or after 2064 are no school dates.
    when regexp_full_match(cell, '\d{5}([.]\d+)?')
        then
            case
                when try_cast(substr(cell, 1, 5) as integer) between 7306 and 60000
                    then date '1899-12-30' + try_cast(substr(cell, 1, 5) as integer)
            end
    when regexp_full_match(cell, '\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?([ T]+\d{1,2}.*)?')
        then try_cast(
            regexp_replace(cell, '^(\d{4})\D+(\d{1,2})\D+(\d{1,2}).*$', '\1-\2-\3') as date
        )
    when regexp_full_match(cell, '\d{4}\s*[-/.年]?\s*(0[1-9]|1[0-2]|[1-9])\s*月?')
        then try_cast(regexp_replace(cell, '^(\d{4})\D*(\d{1,2})\D*$', '\1-\2-01') as date)
end;

create or replace macro read_date(cell) as plausible_day(day_written(half_width(cell)));

create or replace macro month_of(day) as year(day)::integer * 100 + month(day)::integer;

create or replace macro read_month(cell) as
case
    when cell is null then null
    when regexp_full_match(cell, '(19|20)\d{2}(0[1-9]|1[0-2])([.]0)?') then try_cast(substr(cell, 1, 6) as integer)
    -- 20239 is September 2023, and no serial day of 1955.
    when regexp_full_match(cell, '20[0-4]\d[1-9]')
        then month_of(read_date(substr(cell, 1, 4) || '-' || substr(cell, 5)))
    when regexp_full_match(half_width(cell), '\d{4}\s*年?\s*秋.*')
        then month_of(read_date(substr(half_width(cell), 1, 4) || '-09'))
    when regexp_full_match(half_width(cell), '\d{4}\s*年?\s*春.*')
        then month_of(read_date(substr(half_width(cell), 1, 4) || '-03'))
    else month_of(read_date(cell))
end;

-- Expects half-width text without blanks, commas and unit; 12.5 is no whole number, DuckDB alone would round it.
create or replace macro int_written(digits) as
case
    when regexp_full_match(digits, '-?\d+([.]0+)?') then try_cast(regexp_extract(digits, '^-?\d+') as bigint)
    when regexp_full_match(digits, '[一二三四五六七八九]') then instr('一二三四五六七八九', digits)::bigint
    when digits = '两' then 2
    when digits = '十' then 10
end;

-- Groups of digits closed up; 1,5 and 1.000,50 are other people's decimals and stay as they are.
create or replace macro ungrouped(cell) as
case
    when regexp_matches(cell, ',\d{0,2}(\D|$)') then cell
    else regexp_replace(cell, '[\s,]', '', 'g')
end;

create or replace macro read_int(cell) as
int_written(
    regexp_replace(
        ungrouped(half_width(cell)),
        '(年级|年制|年|人|名|个|课时|学时|节|天|级)$',
        ''
    )
);

-- Expects half-width text without blanks, commas, signs of currency and 元: -1000.50, (1000), 1.5万.
create or replace macro money_written(digits) as
case
    when regexp_full_match(digits, '-?\d+([.]\d+)?') then try_cast(digits as decimal(14, 2))
    -- Accountants write what goes back in brackets.
    when regexp_full_match(digits, '\(\d+([.]\d+)?\)') then -try_cast(trim(digits, '()') as decimal(14, 2))
    when regexp_full_match(digits, '-?\d+([.]\d+)?万')
        then try_cast(try_cast(rtrim(digits, '万') as decimal(14, 6)) * 10000 as decimal(14, 2))
end;

create or replace macro read_money(cell) as
money_written(regexp_replace(ungrouped(half_width(cell)), '[¥￥]|元(\)?)$', '\1', 'g'));

create or replace macro read_bool(cell) as
case
    when upper(half_width(cell)) in ('是', '1', 'Y', 'YES', 'TRUE', 'T', '√', '✓', '有', '对') then true
    when upper(half_width(cell)) in ('否', '0', 'N', 'NO', 'FALSE', 'F', '×', 'X', '无', '错') then false
end;

-- A variant of a code list, folded the way the list's variants are.
create or replace macro read_variant(cell) as upper(regexp_replace(half_width(cell), '\s', '', 'g'));
