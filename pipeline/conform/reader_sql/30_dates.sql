-- Days. A month alone stands for its first day. Two digits of a year are not read, but where a program writes the
-- name of the month between day and year; 1/5/2006 is the first of May or the fifth of January and is not read,
-- 13/5/2006 is. 2023.1 is not read either: a workbook makes it of 2023.10.

-- One blank where there were several, none at separators, names of weekdays gone, numbers in digits.
create or replace macro day_folded(cell) as
list_transform(
    [
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    replace(upper(trim(regexp_replace(half_width(cell), '\s+', ' ', 'g'))), '。', '.'),
                    ' ?([-/.,年月日号]) ?', '\1', 'g'
                ),
                '([0-9一二三四五六七八九十日号]) ?\(?(星期|礼拜|周)[一二三四五六日天]\)? ?', '\1 '
            ),
            '^(MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*[ ,.]+', ''
        )
    ],
    lambda written: trim(
        case
            when regexp_matches(written, '[〇○零一二三四五六七八九十廿卅元][年月日号]')
                then regexp_replace(
                    regexp_replace(
                        regexp_replace(
                            regexp_replace(
                                replace(
                                    replace(
                                        replace(
                                            translate(written, '〇○零一二三四五六七八九', '000123456789'),
                                            '元月', '1月'
                                        ),
                                        '廿', '2十'
                                    ),
                                    '卅', '3十'
                                ),
                                '(\d)十(\d)', '\1\2', 'g'
                            ),
                            '(\d)十', '\10', 'g'
                        ),
                        '十(\d)', '1\1', 'g'
                    ),
                    '十', '10', 'g'
                )
            else written
        end
    )
)[1];

-- The hour of the day, in any of its styles, as a pattern.
create or replace macro clock_style() as
'(?:上午|下午|凌晨|早上|早晨|晚上|中午|[AP]M)? ?\d{1,2}(?:[:时点]\d{1,2}(?:[:分]\d{1,2}(?:[.,:]\d+)?秒?)?分?|[时点]整?)?'
|| '(?: ?[AP]M)?(?: ?(?:[+-]\d{2}:?\d{2}|CST|GMT[+]0?8:?(?:00)?))?';

-- What may follow the digits of a day.
create or replace macro after_day() as '(?:[日号][ T]?(?:' || clock_style() || ')?|[ T]' || clock_style() || ')?[.]?';

-- Excel starts 2000 at 00 to 29, Oracle at 00 to 49: where the two agree, a year of two digits is read.
create or replace macro full_year(digits) as
case
    when length(digits) = 4 then digits
    when digits between '00' and '29' then '20' || digits
    when digits between '50' and '99' then '19' || digits
end;

-- Expects what day_folded gives, with ~ for the name of the month: 1~2023, ~1,2023, 2023~01, 1~23, ~2023.
create or replace macro day_around_month(marked, month) as
case
    when regexp_full_match(marked, '\d{1,2}(?:ST|ND|RD|TH)?~(?:\d{4}|\d{2})' || after_day())
        then
            full_year(regexp_extract(marked, '~(\d{4}|\d{2})', 1)) || '-' || month
            || '-' || regexp_extract(marked, '^\d{1,2}')
    when regexp_full_match(marked, '~\d{1,2}(?:ST|ND|RD|TH)?[, ]+\d{4}' || after_day())
        then regexp_extract(marked, '[, ](\d{4})', 1) || '-' || month || '-' || regexp_extract(marked, '~(\d{1,2})', 1)
    when regexp_full_match(marked, '~\d{1,2} [0-9:.]+ (?:CST|GMT[+]0?8:?(?:00)?) \d{4}')
        then right(marked, 4) || '-' || month || '-' || regexp_extract(marked, '~(\d{1,2})', 1)
    when regexp_full_match(marked, '\d{4}~\d{1,2}' || after_day())
        then left(marked, 4) || '-' || month || '-' || regexp_extract(marked, '~(\d{1,2})', 1)
    when regexp_full_match(marked, '~\d{4}') then right(marked, 4) || '-' || month || '-01'
end;

-- September, 9月 between dashes: both are what Oracle writes.
create or replace macro day_with_named_month(folded) as
list_transform(
    [
        regexp_extract(
            folded,
            '^([^A-Z月]*?)[-/., ]*(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|1?\d月)[A-Z]*[-/., ]*(.*)$',
            ['before', 'month', 'after']
        )
    ],
    lambda part: day_around_month(
        part.before || '~' || part.after,
        coalesce(
            list_position(
                ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'], part.month
            )::varchar,
            rtrim(part.month, '月')
        )
    )
)[1];

-- 13/5/2006 can be one day only, 5/5/2006 is the same day either way; 1/5/2006 is not read.
create or replace macro day_before_year(folded) as
list_transform(
    [regexp_extract(folded, '^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})', ['first', 'second', 'year'])],
    lambda part: case
        when
            try_cast(part.first as integer) = try_cast(part.second as integer)
            or try_cast(part.first as integer) > 12 and try_cast(part.second as integer) <= 12
            then part.year || '-' || part.second || '-' || part.first
        when try_cast(part.second as integer) > 12 and try_cast(part.first as integer) <= 12
            then part.year || '-' || part.first || '-' || part.second
    end
)[1];

-- Expects what day_folded gives.
create or replace macro day_of(folded) as
case
    when regexp_full_match(folded, '\d{4}-\d{2}-\d{2}') then try_cast(folded as date)
    -- A moment of Greenwich: midnight in China is four in the afternoon of the day before.
    when regexp_full_match(folded, '\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.]\d+)?)? ?(Z|UTC|[+]00:?00)')
        then (try_cast(regexp_extract(folded, '^[-0-9]+[T ][:.0-9]+') as timestamp) + interval 8 hour)::date
    when regexp_full_match(folded, '\d{8}([.]0+|[ T]?\d{2}:?\d{2}(:?\d{2}([.]?\d{1,6})?)?)?')
        then try_cast(substr(folded, 1, 4) || '-' || substr(folded, 5, 2) || '-' || substr(folded, 7, 2) as date)
    -- Excel's serial day: days before 1920 or after 2064 are no school dates.
    when regexp_full_match(folded, '\d{5}([.]\d+)?')
        then
            case
                when try_cast(substr(folded, 1, 5) as integer) between 7306 and 60000
                    then date '1899-12-30' + try_cast(substr(folded, 1, 5) as integer)
            end
    when regexp_full_match(folded, '\d{4}[-/.年 ]\d{1,2}[-/.月 ]\d{1,2}' || after_day())
        then try_cast(regexp_replace(folded, '^(\d{4})\D(\d{1,2})\D(\d{1,2}).*$', '\1-\2-\3') as date)
    when regexp_full_match(folded, '\d{4}[.]1') then null
    when regexp_full_match(folded, '\d{4}[-/.年]?(0[1-9]|1[0-2]|[1-9])(月份?|[.]0+)?')
        then try_cast(regexp_replace(folded, '^(\d{4})\D?(\d{1,2}).*$', '\1-\2-01') as date)
    when regexp_full_match(folded, '(0?[1-9]|1[0-2])[-/]\d{4}')
        then try_cast(regexp_replace(folded, '^(\d+)\D(\d+)$', '\2-\1-01') as date)
    when regexp_full_match(folded, '\d{1,2}[-/.]\d{1,2}[-/.]\d{4}' || after_day())
        then try_cast(day_before_year(folded) as date)
    when regexp_matches(folded, 'JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|^\d{1,2}-\d{1,2}月-')
        then try_cast(day_with_named_month(folded) as date)
end;

-- No school date lies before 1900 or after 2100; empty days of other programs are no days: see is_empty_day.
create or replace macro plausible_day(day) as
case when day between date '1900-01-02' and date '2100-12-31' and day <> date '2099-12-31' then day end;

create or replace macro read_date(cell) as
list_transform(
    list_transform([day_folded(cell)], lambda folded: day_of(folded)), lambda day: plausible_day(day)
)[1];
