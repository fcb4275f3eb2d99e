-- How personal values are shown to those who need not know them: enough to recognise, too little to use.
-- A mask shows shoulders, not secrets: it is no anonymisation (two masked fields together often name a person).

-- 张三 → 张*, 欧阳建国 → 欧***
create or replace macro mask_name(value) as
case
    when length(value) < 2 then repeat('*', length(value))
    else substr(value, 1, 1) || repeat('*', length(value) - 1)
end;

-- The first six (division) and the last four; a damaged number too short for that shows nothing.
create or replace macro mask_id(value) as
case
    when length(value) < 14 then repeat('*', length(value))
    else substr(value, 1, 6) || repeat('*', length(value) - 10) || right(value, 4)
end;

-- 19900001234 → 199****1234
create or replace macro mask_phone(value) as
case
    when length(value) < 9 then repeat('*', length(value))
    else substr(value, 1, 3) || repeat('*', length(value) - 7) || right(value, 4)
end;

create or replace macro mask_account(value) as
case
    when length(value) < 9 then repeat('*', length(value))
    else repeat('*', length(value) - 4) || right(value, 4)
end;

-- G or L and an identity number: the letter and the division, and the last four.
create or replace macro mask_student_no(value) as
case
    when length(value) < 12 then repeat('*', length(value))
    when regexp_matches(value, '^[A-Za-z]') and length(value) > 14
        then substr(value, 1, 7) || repeat('*', length(value) - 11) || right(value, 4)
    else substr(value, 1, 4) || repeat('*', length(value) - 8) || right(value, 4)
end;

-- Down to the county, no further.
create or replace macro mask_address(value) as
regexp_extract(value, '^.{0,20}?[县区旗]') || '***';

-- The year as text or, where it is a date, the first day of that year.
create or replace macro mask_birth(value) as substr(value, 1, 4);

create or replace macro mask_birth_date(value) as make_date(year(value), 1, 1);

create or replace macro mask_secret(value) as case when value is not null then '***' end;

-- By the mark in a schema; a mark that is not known shows nothing.
create or replace macro mask(personal, value) as
case personal
    when 'name' then mask_name(value)
    when 'id' then mask_id(value)
    when 'phone' then mask_phone(value)
    when 'account' then mask_account(value)
    when 'student_no' then mask_student_no(value)
    when 'address' then mask_address(value)
    when 'birth' then mask_birth(value)
    else mask_secret(value)
end;

-- A second net under sentences: numbers that look like an identity number, a 学籍号 or a mobile phone.
create or replace macro scrub(sentence) as
case
    -- Most texts hold no long number, and this is the cheaper question.
    when not regexp_matches(sentence, '[0-9]{11}') then sentence
    else regexp_replace(
        regexp_replace(sentence, '([0-9]{6})[0-9]{8}([0-9]{3}[0-9Xx])', '\1********\2', 'g'),
        '(^|[^0-9])(1[0-9]{2})[0-9]{4}([0-9]{4})([^0-9]|$)', '\1\2****\3\4', 'g'
    )
end;
