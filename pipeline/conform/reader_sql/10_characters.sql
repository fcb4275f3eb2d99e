-- How delivered text is read: every style the registries are known to write, and no guesses: what could be two things
-- is not read. A reader takes the text of one cell and gives null for what it cannot read.
--
-- DuckDB writes a macro's argument out wherever the macro names it, so a macro that names it often is handed a plain
-- name: the variable of a list of one, transformed.

-- The digest that names a delivered row, the same every night.
create or replace macro record_id(source, source_file, sheet, source_row) as
'r' || substr(md5(concat_ws('|', source, source_file, sheet, source_row)), 1, 15);

-- Blanks of every width as plain ones, marks that print nothing left out.
create or replace macro plain_blanks(cell) as
regexp_replace(regexp_replace(cell, '[\p{Z}\s]', ' ', 'g'), '\p{Cf}', '', 'g');

-- Full-width digits, letters and signs as their ASCII twins, dashes as -; the costly translation only where needed.
create or replace macro half_width(cell) as
case
    when regexp_full_match(cell, '[ -~]*') then cell
    else translate(
        plain_blanks(cell),
        '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ'
        || '！＂＃＄％＆＇（）＊＋，－．／：；＜＝＞？＠［＼］＾＿｀｛｜｝～−﹣‐‑‒–—―／￥',
        '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
        || '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~--------/¥'
    )
end;

-- Characters that only print like the ones meant: the radicals that text copied out of a PDF holds, and the private
-- signs under which GBK kept characters that Unicode has since. Other private signs stay.
create or replace macro real_characters(cell) as
case
    when not regexp_matches(cell, '[⼀-⿕\x{E815}-\x{E864}]') then nfc_normalize(cell)
    else translate(
        nfc_normalize(cell),
        array_to_string(
            list_transform(range(12032, 12246) || range(59413, 59493), lambda sign: chr(sign::integer)), ''
        ),
        '一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳'
        || '心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米'
        || '糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋'
        || '韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠'
        || '⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽'
        || '䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻'
    )
end;
