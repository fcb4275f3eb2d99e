-- What people and programs write where there is nothing. In dates, months, numbers, money, marks, code lists, names and
-- identifying text all of it is an empty cell; in other text only what programs write: 无 says there is none.

-- Spellings of null that no person types.
create or replace macro is_program_null(cell) as
trim(cell) = ''
or regexp_full_match(
    upper(trim(cell)),
    '\\N|NULL|[(<]NULL[)>]|NAN|NAT|NONE|<NA>|#N/A|#N/A N/A|#NULL!|UNDEFINED|N/A'
);

-- 1900-01-01, 0000-00-00 and 9999-12-31 are the empty days of other programs: no day, or no end.
create or replace macro is_empty_day(cell) as
regexp_full_match(
    trim(cell),
    '(1900\D?0?1\D?0?[01]|1899\D?12\D?3[01]|0000\D?00?\D?00?|0001\D?0?1\D?0?1|(2099|9999)\D?12\D?31'
    || '|9999\D?0?[19]\D?0?[19])'
    || '日?([ T][0-9:.]+Z?)?'
);

create or replace macro says_nothing(cell) as
list_transform(
    [half_width(cell)],
    lambda written: is_program_null(written)
    or is_empty_day(written)
    or regexp_full_match(written, '[-/\\_.、。,…·~ ]+')
    or regexp_full_match(
        regexp_replace(written, '\s', '', 'g'),
        '[(/\[【]?(无|暂无|没有|空|空白|待补|待定|待填|待查|未填|未填写|未提供|未录入|未知|不详|不明|缺|暂缺)[)\]】]?'
    )
)[1];
