-- What can be said about one written value, by itself. Conform, detectors and analysts use these as well.
-- Written numbers come full-width, with Cyrillic or multiplication-sign X, wrapped, spaced and shortened.
create or replace macro id_bare(written) as
list_transform(
    [
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    upper(
                        translate(
                            written,
                            '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ'
                            || 'ХхⅩⅹ×✕✖✗✘╳ΧχОоΟο〇○ІіΙ＊？．＋',
                            '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ'
                            || 'XXXXXXXXXXXXOOOO00III*?.+'
                        )
                    ),
                    '^[^0-9A-Z一-龥]*(?:中华人民共和国)?(?:第?二代)?(?:居民|公民)?(?:身份证件?号?码?|身份号码?|证件号码?)', ''
                ),
                '[^0-9A-Z*?.+#一-龥]', '', 'g'
            ),
            '^([0-9]{8,})[.]0+$|([0-9X])(?:居民)?身份证$', '\1\2'
        )
    ],
    lambda bare: case
        -- letters that only look like the digits, where there should be digits alone
        when regexp_full_match(bare, '[0-9OIL]{17}[0-9XOIL]|[0-9OIL]{15}') then translate(bare, 'OIL', '011')
        -- full stops between the parts of a number, not those of 2.20202E+17
        when regexp_full_match(bare, '[0-9]+[.][0-9.]*[0-9X]') then replace(bare, '.', '')
        else bare
    end
)[1];

-- GB 11643-1999: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, remainder 0..10 to 1 0 X 9 8 7 6 5 4 3 2.
create or replace macro id_check_digit(digits) as
substr(
    '10X98765432',
    1 + list_dot_product(
        try_cast(string_split(substr(digits, 1, 17), '') as float[]),
        [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]::float[]
    )::integer % 11,
    1
);

-- Fifteen digits with a real birth date are a number from before 1999: 19 goes in after the sixth digit and
-- the check digit to the end.
create or replace macro id_lengthened(bare) as
case
    when
        regexp_full_match(bare, '[0-9]{15}')
        and not regexp_full_match(bare, '0+|1+|9+')
        and try_cast(
            '19' || substr(bare, 7, 2) || '-' || substr(bare, 9, 2) || '-' || substr(bare, 11, 2) as date
        ) is not null
        then
            substr(bare, 1, 6) || '19' || substr(bare, 7, 9)
            || id_check_digit(substr(bare, 1, 6) || '19' || substr(bare, 7, 9))
    -- a 学籍号 typed into the number's column
    when regexp_full_match(bare, '[GJL][0-9]{17}[0-9X]') then substr(bare, 2)
    else bare
end;

-- A macro repeats its argument wherever it names it; a list of one, transformed, works it out once.
create or replace macro id_normalise(written) as
case
    -- most are written as they should be
    when regexp_full_match(written, '[0-9]{17}[0-9X]') then written
    else nullif(list_transform([id_bare(written)], lambda bare: id_lengthened(bare))[1], '')
end;

-- 999 is no division: those are temporary numbers and hold no date.
create or replace macro id_birth(normalised) as
try_cast(
    nullif(
        regexp_replace(
            regexp_extract(
                normalised, '^(?:[0-8][0-9]{2}|9[0-8][0-9]|99[0-8])[0-9]{3}((?:19|20)[0-9]{6})[0-9]{3}[0-9X]$', 1
            ),
            '^(....)(..)(..)$', '\1-\2-\3'
        ),
        ''
    ) as date
);

create or replace macro id_sex(normalised) as
case
unicode(
    nullif(
        regexp_extract(
            normalised, '^(?:[0-8][0-9]{2}|9[0-8][0-9]|99[0-8])[0-9]{3}(?:19|20)[0-9]{6}[0-9]{2}([0-9])[0-9X]$', 1
        ),
        ''
    )
) % 2
    when 1 then 'male'
    when 0 then 'female'
end;

-- Programs that keep numbers in binary spare 53 bits for them: …233 comes back as …232. What fails the check digit and
-- is such a number lost its last digits, but for one wrong number in sixteen or more that is one by chance.
create or replace macro id_is_binary(normalised) as
try_cast(normalised as bigint) = try_cast(try_cast(try_cast(normalised as bigint) as double) as bigint);

create or replace macro id_class_of(normalised) as
case
    when normalised is null or normalised = '' then 'none'
    when
        regexp_full_match(normalised, '0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|X+|[*]+|[?.#+]+|[一-龥]+|NULL|NONE|NA|N')
        or starts_with('123456789012345678', normalised)
        -- a mobile phone, or a landline with its area code: no number begins with 0
        or regexp_full_match(normalised, '(?:86)?1[3-9][0-9]{9}|0[0-9]{9,11}')
        then 'placeholder'
    -- 999, ten digits of school code, five of a serial: issued by the school, proves nobody
    when regexp_full_match(normalised, '999[0-9]{15}') then 'temporary'
    when regexp_matches(normalised, '[*?#]|X{3,}') then 'masked'
    when regexp_full_match(normalised, '[0-9]([.][0-9]*)?E[+]?[0-9]+') then 'scientific'
    -- Excel keeps fifteen digits; one in eleven of what is left passes the check digit by chance: not asked
    when regexp_full_match(normalised, '[0-9]{15}000') then 'rounded'
    when regexp_full_match(normalised, '[0-9]{17}[0-9X]') and id_birth(normalised) is null then 'bad_date'
    when
        regexp_full_match(normalised, '[0-9]{17}[0-9X]')
        and substr(normalised, 18, 1) <> id_check_digit(normalised)
        then case when id_is_binary(normalised) then 'rounded' else 'bad_check' end
    when regexp_full_match(normalised, '[0-9]{17}[0-9X]') then 'valid'
    when regexp_full_match(normalised, '[A-Z]{1,3}[0-9]{6,12}') then 'foreign'
    -- 台胞证, and 军字第1234567号
    when regexp_full_match(normalised, '[0-9]{8}|[一-龥]+字第?[0-9]{5,9}号?') then 'foreign'
    when regexp_full_match(normalised, '[0-9]{15}') then 'old15'
    when length(normalised) < 18 then 'short'
    else 'long'
end;

create or replace macro id_class(normalised) as
list_transform([normalised], lambda number: id_class_of(number))[1];

-- A name for equality: no spaces, dots or invisible signs, full-width letters narrowed, no bracketed remark.
create or replace macro name_key(written) as
case when regexp_full_match(written, '[一-龥]+') then written else nullif(
    upper(
        translate(
            nfc_normalize(
                regexp_replace(
                    regexp_replace(written, '[(（\[【〔<《].*$', ''),
                    '[\s\p{Z}\p{Cf}·•・‧∙⋅．.﹒●。、,，_''’`\-–—]', '', 'g'
                )
            ),
            'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ？',
            'ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ?'
        )
    ),
    ''
) end;

-- 王芳(曾用名王小芳) names a former name in its brackets.
create or replace macro name_in_brackets(written) as
name_key(
    nullif(
        regexp_replace(
            regexp_extract(written, '[(（\[【〔]([^)）\]】〕]*)', 1),
            '^(曾用名|原名|又名)[:：]?',
            ''
        ),
        ''
    )
);

create or replace macro account_digits(written) as
case
    when regexp_full_match(written, '[0-9]+') then written
    else nullif(regexp_replace(translate(written, '０１２３４５６７８９', '0123456789'), '[^0-9]', '', 'g'), '')
end;

-- A phone as digits without the country code; repeated digits and stubs are nobody's phone.
create or replace macro phone_digits(written) as
case
    when
        regexp_full_match(written, '1[0-9]{10}')
        and written not in ('11111111111', '12345678901', '12345678910', '13800138000', '13000000000')
        then written
    else list_transform(
        [account_digits(written)],
        lambda digits: case
            when length(digits) < 7 then null
            when regexp_full_match(digits, '0+|1+|2+|3+|4+|5+|6+|7+|8+|9+') then null
            when digits in ('12345678901', '12345678910', '13800138000', '13000000000') then null
            else right(digits, 11)
        end
    )[1]
end;

-- A code or free text for equality.
create or replace macro text_key(written) as
case
    when regexp_full_match(written, '[0-9A-Z一-龥]+') then written
    else
        nullif(
            regexp_replace(
                upper(translate(written, '０１２３４５６７８９', '0123456789')),
                '[\s\p{Z}\p{Cf}\p{P}]', '', 'g'
            ),
            ''
        )
end;

-- Two numbers that differ by a swap ten places apart, where the check digit's weights are equal.
create or replace macro id_exchanged(normalised, place) as
substr(normalised, 1, place - 1) || substr(normalised, place + 10, 1) || substr(normalised, place + 1, 9)
|| substr(normalised, place, 1) || substr(normalised, place + 11);

create or replace macro id_swaps_ten_apart(one, other) as
other in (
    id_exchanged(one, 1),
    id_exchanged(one, 2),
    id_exchanged(one, 3),
    id_exchanged(one, 4),
    id_exchanged(one, 5),
    id_exchanged(one, 6),
    id_exchanged(one, 7)
);

create or replace macro id_fits_mask(masked, other) as
other like translate(masked, '*?#', '___');

-- A rare character often arrives as ?, □ or a private-use sign.
create or replace macro name_fits_gaps(gapped, other) as
regexp_matches(gapped, '[?□〓\x{E000}-\x{F8FF}]')
and other like regexp_replace(gapped, '[?□〓\x{E000}-\x{F8FF}]', '_', 'g');
