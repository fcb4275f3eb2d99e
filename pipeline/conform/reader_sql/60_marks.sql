-- Yes and no. ○ and ☒ mean either, depending on the form, and are not read; 是(低保) answers another question.
create or replace macro bool_written(written) as
case
    when
        regexp_full_match(
            written,
            '(1|Y|是|1?[-.:、]?是|是\(1\)|Y[-.:、]?是|1[.]0|YES|TRUE|T|真|√|✓|✔|☑|✅|■|有|对|对的|是的|'
            || '具备|达标|合格|享受|已享受|已盖章|已达标)'
        )
        then true
    when
        regexp_full_match(
            written,
            '(0|N|否|0?[-.:、]?否|否\(0\)|N[-.:、]?否|0[.]0|NO|FALSE|F|假|×|✕|✖|✗|✘|╳|X|☐|□|无|没有|错|不是|'
            || '不具备|不达标|未达标|不合格|不享受|未享受|未盖章)'
        )
        then false
end;

create or replace macro read_bool(cell) as
list_transform(
    [regexp_replace(upper(half_width(cell)), '[\s\x{FE0E}\x{FE0F}]', '', 'g')], lambda written: bool_written(written)
)[1];
