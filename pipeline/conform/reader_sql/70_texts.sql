-- Text, text that identifies, and code lists.

-- Free text is as it was written; only what programs write for null is no text.
create or replace macro read_text(cell) as case when not is_program_null(cell) then trim(cell) end;

-- Codes and numbers that identify: no inner blanks, no apostrophe or formula wrapper that only guards against Excel, no
-- .0 of a program that took them for numbers, and no word that says there is none.
create or replace macro read_code(cell) as
case
    when regexp_full_match(cell, '[0-9]*[1-9][0-9]*') then cell
    when regexp_full_match(cell, '[0-9]*[1-9][0-9]*[.]0+') then regexp_extract(cell, '^[0-9]+')
    when not says_nothing(cell)
        then nullif(regexp_replace(half_width(cell), '^=?["'']+|["'']+$|\s', '', 'g'), '')
end;

-- An identity number as it was written, guards and blanks apart. 无 and 补办中 stay: the matcher calls them placeholders.
create or replace macro read_id(cell) as
case
    when regexp_full_match(cell, '[0-9]{17}[0-9X]') then cell
    when not is_program_null(cell) and not regexp_full_match(half_width(cell), '[-/\\_., ]+')
        then nullif(regexp_replace(half_width(cell), '^=?["'']+|["'']+$|\s', '', 'g'), '')
end;

-- A spelling of a code list. In Chinese text signs only separate code and label: 1-男, 男[1] and 全日制(脱产) are 1男, 男1
-- and 全日制脱产. Lists in Big5 have 漢族 and 畢業. A bare number may have come out of a workbook as 1.0.
create or replace macro read_variant(cell) as
list_transform(
    [regexp_replace(upper(half_width(real_characters(cell))), '\s', '', 'g')],
    lambda written: case
        when regexp_matches(written, '\p{Han}')
            then translate(
                regexp_replace(written, '[-_.:,;、。·|/\\()\[\]{}<>【】〔〕《》“”"'']', '', 'g'),
                '註專業鄉產産會餘關冊軍農別製務動勞區華歷曆參變臺員國備復複獎學導崗師應開徵戶戸護時機來構殘畢漢灣滿獨電離係繫級納結'
                || '統續網羅職脫補計訓證証識試說讀調質貫費資轉達過運進銷鍵長門階難預東臨義烏倫壯爾屆棄彈絡維薩錫頗鮮龍陸溫瑤',
                '注专业乡产产会余关册军农别制务动劳区华历历参变台员国备复复奖学导岗师应开征户户护时机来构残毕汉湾满独电离系系级纳结'
                || '统续网罗职脱补计训证证识试说读调质贯费资转达过运进销键长门阶难预东临义乌伦壮尔届弃弹络维萨锡颇鲜龙陆温瑶'
            )
        else regexp_replace(written, '^(\d+)[.]0+$', '\1')
    end
)[1];

-- The value of a code list that a cell spells, by label, code, variant or code and label together.
create or replace macro read_listed(cell, code_list) as (
    select any_value(known.value)
    from work.code_variant as known
    where
        known.list = code_list
        and known.variant = read_variant(case code_list when 'term' then term_word(cell) else cell end)
);
