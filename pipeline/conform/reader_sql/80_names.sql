-- Names, as a person would write them: variant and traditional characters stay, they are the matcher's business.

-- A dot of any kind between two characters.
create or replace macro dot_style() as
'([\p{Han}\x{E000}-\x{F8FF}]) ?[·•・‧∙⋅．.﹒●。･᛫˙_-]+ ?([\p{Han}\x{E000}-\x{F8FF}])';

-- Blanks, dots and widths. Two characters set apart (王  伟) are closed up; of a longer name the blank is the dot that
-- somebody could not type. 、 separates two people and stays.
create or replace macro name_folded(cell) as
list_transform(
    [trim(regexp_replace(real_characters(plain_blanks(cell)), ' +', ' ', 'g'))],
    lambda written: case
        when regexp_full_match(written, '\p{Han}*') then written
        else list_transform(
            [
                regexp_replace(
                    translate(
                        written,
                        'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ'
                        || '０１２３４５６７８９（）［］〔〕【】？＊：',
                        'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789()[]()()?*:'
                    ),
                    ' ?([()\[\]:]) ?', '\1', 'g'
                )
            ],
            lambda narrow: list_transform(
                [
                    -- Twice: the pattern eats the character after a dot, which may stand before the next one.
                    trim(
                        regexp_replace(
                            regexp_replace(narrow, dot_style(), '\1·\2', 'g'), dot_style(), '\1·\2', 'g'
                        ),
                        ' ·.。,，、;；'
                    )
                ],
                lambda dotted: case
                    when regexp_full_match(dotted, '\p{Han}+ \p{Han}+') and length(dotted) > 5
                        then replace(dotted, ' ', '·')
                    when regexp_full_match(dotted, '[\p{Han} ]+') and length(replace(dotted, ' ', '')) <= 4
                        then replace(dotted, ' ', '')
                    else dotted
                end
            )[1]
        )[1]
    end
)[1];

-- Clerks tell namesakes of a class apart by (小), A or 1 behind the name.
create or replace macro without_namesake_mark(name) as
regexp_replace(
    regexp_replace(name, '^(\p{Han}{2,4})\(([大中小男女甲乙丙丁一二三四]|[A-Da-d]|[1-9])\)$', '\1'),
    '^(\p{Han}{2,4})[A-Da-d1-9]$', '\1'
);

-- 虚构甲(曾用名:虚构乙) names a former name, and says so. Expects what name_folded gives.
create or replace macro former_name_in(name) as
nullif(
    regexp_extract(
        name, '^[^()\[\]]{2,}[(\[](?:曾用名|曾用|原名|又名|曾名|旧名|原)[:是为]?([\p{Han}·]{2,})[)\]]$', 1
    ),
    ''
);

create or replace macro name_before_brackets(name) as regexp_replace(name, '[(\[].*$', '');

create or replace macro read_name(cell) as
case
    when regexp_full_match(cell, '[一-龥]{2,4}') and cell not in ('暂无', '没有', '空白', '未知', '不详', '不明', '待补')
        then cell
    when not says_nothing(cell) then nullif(without_namesake_mark(name_folded(cell)), '')
end;

-- What is wrong with a name that was taken nevertheless, or nothing.
create or replace macro name_remark(cell) as
case
    when regexp_matches(cell, '[?？□〓�]') and not says_nothing(cell)
        then 'holds a character that was lost (? or □); type the name again as on the identity document'
    when regexp_matches(real_characters(cell), '[\x{E000}-\x{F8FF}]')
        then
            'holds a private-use character, which other computers lack; type it anew with a current input method'
    when regexp_matches(cell, '[*＊○]')
        then 'is masked; deliver the list with full names'
end;
