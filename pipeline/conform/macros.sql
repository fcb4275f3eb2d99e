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

-- Half-width text of a month as a day or a month with its year: 2023年秋 is 2023-09. 20239 is September 2023, and no
-- serial day of 1955; 202309.0 is a number that Excel made of a month.
create or replace macro month_text(cell) as
regexp_replace(
    regexp_replace(
        regexp_replace(
            regexp_replace(cell, '^(\d{4})\s*年?\s*秋.*$', '\1-09'), '^(\d{4})\s*年?\s*春.*$', '\1-03'
        ),
        '^(20[0-4]\d)([1-9])$', '\1-\2'
    ),
    '^((19|20)\d{2}(0[1-9]|1[0-2]))[.]0$', '\1'
);

-- Expects what month_text gives.
create or replace macro month_written(cell) as
try_cast(strftime(plausible_day(day_written(cell)), '%Y%m') as integer);

create or replace macro read_month(cell) as month_written(month_text(half_width(cell)));

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

-- Half-width text of a number without blanks, commas and unit.
create or replace macro int_text(cell) as
regexp_replace(ungrouped(cell), '(年级|年制|年|人|名|个|课时|学时|节|天|级)$', '');

create or replace macro read_int(cell) as int_written(int_text(half_width(cell)));

-- Expects half-width text without blanks, commas, signs of currency and 元: -1000.50, (1000), 1.5万.
create or replace macro money_written(digits) as
case
    when regexp_full_match(digits, '-?\d+([.]\d+)?') then try_cast(digits as decimal(14, 2))
    -- Accountants write what goes back in brackets.
    when regexp_full_match(digits, '\(\d+([.]\d+)?\)') then -try_cast(trim(digits, '()') as decimal(14, 2))
    when regexp_full_match(digits, '-?\d+([.]\d+)?万')
        then try_cast(try_cast(rtrim(digits, '万') as decimal(14, 6)) * 10000 as decimal(14, 2))
end;

-- Half-width text of an amount without blanks, commas, signs of currency and 元.
create or replace macro money_text(cell) as
regexp_replace(ungrouped(cell), '[¥￥]|元(\)?)$', '\1', 'g');

create or replace macro read_money(cell) as money_written(money_text(half_width(cell)));

-- Expects half-width text in capitals.
create or replace macro bool_written(cell) as
case
    when cell in ('是', '1', 'Y', 'YES', 'TRUE', 'T', '√', '✓', '有', '对') then true
    when cell in ('否', '0', 'N', 'NO', 'FALSE', 'F', '×', 'X', '无', '错') then false
end;

create or replace macro read_bool(cell) as bool_written(upper(half_width(cell)));

-- A variant of a code list, folded the way the list's variants are.
create or replace macro read_variant(cell) as upper(regexp_replace(half_width(cell), '\s', '', 'g'));
