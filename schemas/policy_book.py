"""The policy packs as a book that a lawyer can read: `python -m schemas.policy_book [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from schemas.policy import PACKS, packs
from schemas.policy_model import Clause, Parameter, Policy, Scalar, TableRow

BOOK = PACKS / "README.md"
COMMAND = "python -m schemas.policy_book"

_OPENING = f"""\
# 政策包

检测用到的期限、标准、窗口和名额都在这里，不在代码里。每份文件一个包（`<包名>.yml`），每一条写明出自哪一节、要求什么
（用自己的话复述，不是原文），以及它定下的参数。引用写作 `包名:条名`。本页由 `{COMMAND}` 生成，不要手改。

*Deadlines, tariffs, windows and quotas live here, not in code: one pack a document, one sentence a clause, and the
values that the clause sets. A value that a narrower place sets prevails over a wider one, a value for one registry over
one for all, a later one over an earlier; where nothing narrower is set, the national value answers.*
"""
_TABLE_HEAD = (
    "| 参数 key | 系统 registry | 地域 place | 值 value | 单位 unit | 自 from | 至 to | 说明 |",
    "|---|---|---|---|---|---|---|---|",
)


def render() -> str:
    """Give the book: every pack, clause by clause, with the values each clause sets."""
    lines = [_OPENING, *_contents()]
    for name in _reading_order():
        lines += _pack_page(packs()[name])
    return "\n".join(lines).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """Write the book; with --check only tell whether it is current, by exit code."""
    book = render()
    if "--check" in arguments:
        current = BOOK.exists() and BOOK.read_text(encoding="utf-8") == book
        if not current:
            sys.stderr.write(f"{BOOK.name} of schemas/policies is not current: run {COMMAND}\n")
        return 0 if current else 1
    BOOK.write_text(book, encoding="utf-8")
    return 0


def _reading_order() -> list[str]:
    """The nation first, then the provinces, then their cities."""
    return sorted(packs(), key=lambda name: (len(packs()[name].place), packs()[name].place, name))


def _contents() -> Iterator[str]:
    yield "| 包 | 文件 | 文号 | 约束 | 条 | 参数 |"
    yield "|---|---|---|---|---|---|"
    for name in _reading_order():
        pack = packs()[name]
        yield (
            f"| [{name}](#{name}) | {pack.title} | {pack.document_no or '—'} | {_place(pack.place)} "
            f"| {len(pack.clauses)} | {len(pack.parameters)} |"
        )
    yield ""


def _pack_page(pack: Policy) -> Iterator[str]:
    yield f"## {pack.name}\n"
    yield f"**{pack.title}** · *{pack.title_en}*\n"
    issued = pack.issued_on.isoformat() if pack.issued_on else "日期待核"
    yield (
        f"{pack.document_no or pack.remark or '无统一文号'} · {pack.issuer} · {issued} "
        f"· 约束 {_place(pack.place)} · [{pack.name}.yml]({pack.name}.yml)\n"
    )
    if pack.note:
        yield f"> {pack.note}\n"
    for name, clause in pack.clauses.items():
        yield from _clause(pack, name, clause)


def _clause(pack: Policy, name: str, clause: Clause) -> Iterator[str]:
    elsewhere = "" if clause.document.title == pack.title else f"{clause.document.cited_as} "
    yield f"### {elsewhere}{clause.section} `{pack.name}:{name}`\n"
    yield f"{clause.says}  \n*{clause.says_en}*\n"
    rules = f"规则 {'、'.join(clause.rules)} · " if clause.rules else ""
    yield f"{rules}依据：{clause.basis.label}" + (f" · {clause.note}" if clause.note else "") + "\n"
    parameters = [one for one in pack.parameters if one.clause == name]
    if parameters:
        yield from _TABLE_HEAD
        yield from (line for one in parameters for line in _parameter(one, clause))
        yield ""


def _parameter(parameter: Parameter, clause: Clause) -> Iterator[str]:
    scope = (
        f"{parameter.registry or '全部'} | {_place(parameter.place)}",
        f"{parameter.unit or ''} | {parameter.valid_from} | {parameter.valid_to or '—'}",
    )
    note = parameter.note or ""
    if parameter.basis != clause.basis:
        note = f"{parameter.basis.label}。{note}"
    if parameter.rows:
        yield from (_row(parameter.key, row, scope) for row in parameter.rows)
    elif isinstance(parameter.value, tuple):
        listed = "、".join(str(one) for one in parameter.value)
        yield f"| `{parameter.key}` | {scope[0]} | {listed} | {scope[1]} | {note} |"
    else:
        yield f"| `{parameter.key}` | {scope[0]} | {_value(parameter.value)} | {scope[1]} | {note} |"


def _row(key: str, row: TableRow, scope: tuple[str, str]) -> str:
    return f"| `{key}.{row.at}` | {scope[0]} | {_value(row.value)} | {scope[1]} | {row.label} |"


def _value(value: Scalar) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:,}" if isinstance(value, int) and value >= 100_000 else str(value)


def _place(place: str) -> str:
    return place or "全国"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
