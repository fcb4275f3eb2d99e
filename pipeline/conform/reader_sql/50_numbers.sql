-- Whole numbers and amounts.

-- Groups of three digits closed up; 1,5 and 1.000,50 and 1 50 are other things and stay as they are.
create or replace macro ungrouped(written) as
case
    when regexp_matches(written, '^[^0-9]*\d{1,3}((,\d{3})+|( \d{3})+)([.]\d*)?[^0-9]*$')
        then regexp_replace(written, '[\s,]', '', 'g')
    when regexp_matches(written, '\d\s+\d') then written
    else regexp_replace(written, '\s', '', 'g')
end;

-- Numbers in words, simple and as on receipts, with digits for the digits: 二百零五 and 贰佰零伍 are 2百05.
create or replace macro words_with_digits(written) as
translate(written, '〇零一二两三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸仟佰拾萬圆圓億', '001223456789123456789236千百十万元元亿');

-- Up to 9999 in words, as a pattern; 二百五 may be 250 or a slip for 205 and is not read.
create or replace macro section_style() as
'(?:[1-9]千(?:[1-9]百(?:0[1-9]|0?[1-9]十[1-9]?)?|0[1-9]十[1-9]?|0[1-9])?|[1-9]百(?:0[1-9]|[1-9]十[1-9]?)?|[1-9]?十[1-9]?|\d)';

-- Expects a text of section_style, or nothing.
create or replace macro section_value(words) as
coalesce(try_cast(regexp_extract(words, '(\d)千', 1) as integer), 0) * 1000
+ coalesce(try_cast(regexp_extract(words, '(\d)百', 1) as integer), 0) * 100
+ case when words like '%十%' then coalesce(try_cast(regexp_extract(words, '(\d)十', 1) as integer), 1) * 10 else 0 end
+ coalesce(try_cast(regexp_extract(words, '(\d)$', 1) as integer), 0);

-- Up to 99,999,999 in words: 十二, 二十三, 一万零五百. 三四 is three or four and not read.
create or replace macro number_in_words(words) as
case
    when regexp_full_match(words, section_style()) then section_value(words)::bigint
    when regexp_full_match(words, section_style() || '万(?:[1-9]千.*|0.+)?') then
        case
            when regexp_full_match(split_part(words, '万', 2), '0?' || section_style() || '|')
                then section_value(split_part(words, '万', 1))::bigint * 10000 + section_value(split_part(words, '万', 2))
        end
end;

-- A number without blanks, commas and unit.
create or replace macro int_text(cell) as
regexp_replace(ungrouped(trim(half_width(cell))), '(年级|年度|年制|年|人次|人|名|个|课时|小时|学时|节|天|级)$', '');

-- Expects what int_text gives; 12.5 is no whole number, DuckDB alone would round it.
create or replace macro int_written(digits) as
case
    when regexp_full_match(digits, '[+-]?\d+([.]0*)?') then try_cast(regexp_extract(digits, '^[+-]?\d+') as bigint)
    when regexp_full_match(digits, '[①②③④⑤⑥⑦⑧⑨⑩]') then unicode(digits)::bigint - 9311
    when regexp_full_match(digits, '[零一二两三四五六七八九十百千万]+') then number_in_words(words_with_digits(digits))
end;

create or replace macro read_int(cell) as list_transform([int_text(cell)], lambda digits: int_written(digits))[1];

-- An amount without blanks, commas, signs of currency, 元 and 整. 元/学期 is a price, no amount: it stays and is not read.
create or replace macro money_text(cell) as
regexp_replace(
    regexp_replace(
        regexp_replace(
            ungrouped(upper(trim(half_width(cell)))), '人民币:?|RMB|CNY|[¥￥]', '', 'g'
        ),
        '(元|圆|圓)?(整|正)?(\)?)$', '\3'
    ),
    '(\d)[.]-+$', '\1'
);

-- What stands without a sign, as a pattern.
create or replace macro amount_style() as
'(?:[+]?(?:\d+(?:[.]\d*)?|[.]\d+)[万千亿]?|\d(?:[.]\d+)?E[+]?\d|[0-9零一二两三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸'
|| '十百千万拾佰仟萬元圆圓角分]+)';

-- 壹仟元伍角, 一百二十元整. Expects words_with_digits of an amount without its last 元.
create or replace macro amount_in_words(words) as
list_transform(
    [
        regexp_extract(
            words, '^([0-9十百千万]*?)元?(?:0?([1-9])角)?(?:0?([1-9])分)?$', ['yuan', 'jiao', 'fen']
        )
    ],
    lambda part: case
        when regexp_matches(part.yuan, '\d$') and part.jiao || part.fen <> '' and words not like '%元%' then null
        when part.yuan || part.jiao || part.fen <> ''
            then
                case when part.yuan = '' then 0 else number_in_words(part.yuan) end
                + coalesce(try_cast(part.jiao as decimal(3, 2)), 0) / 10
                + coalesce(try_cast(part.fen as decimal(3, 2)), 0) / 100
    end
)[1];

-- Expects an amount without sign. Excel rounds what it writes with an exponent of two digits (1.23E+05), Java does not.
create or replace macro amount_written(unsigned) as
case
    when regexp_full_match(unsigned, '[+]?(\d+([.]\d*)?|[.]\d+)') then try_cast(unsigned as decimal(14, 2))
    when regexp_full_match(unsigned, '(\d+([.]\d*)?|[.]\d+)[万千亿]')
        then try_cast(
            try_cast(regexp_extract(unsigned, '^[0-9.]+') as decimal(16, 6))
            * case right(unsigned, 1) when '千' then 1000 when '万' then 10000 else 100000000 end as decimal(14, 2)
        )
    when regexp_full_match(unsigned, '\d([.]\d+)?E[+]?\d') then try_cast(try_cast(unsigned as double) as decimal(14, 2))
    else try_cast(amount_in_words(words_with_digits(unsigned)) as decimal(14, 2))
end;

-- Accountants write what goes back with a sign before or after it, in brackets, or in red.
create or replace macro money_written(written) as
case
    when regexp_full_match(written, amount_style()) then amount_written(written)
    when
        regexp_full_match(
            written,
            '[-负]' || amount_style() || '|\(' || amount_style() || '\)|' || amount_style() || '-|'
            || '\(?红字\)?:?' || amount_style() || '|' || amount_style() || '\(?红字\)?'
        )
        then -amount_written(regexp_replace(written, '^([-负(]|\(?红字\)?:?)|([-)]|\(?红字\)?)$', '', 'g'))
end;

create or replace macro read_money(cell) as
list_transform([money_text(cell)], lambda written: money_written(written))[1];
