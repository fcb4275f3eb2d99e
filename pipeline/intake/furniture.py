"""What printed lists put around their rows: totals, signatures, notes, page numbers and the titles of further pages.

Whoever asks knows that the row is no whole row of data: a pupil called 合计 with all required columns is a pupil.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from schemas.headings import simplified

_TOTAL = r"(?:合计|小计|总计|共计|累计|总和)"
_WHOLE = r"(?:本页|本班|本校|本表|本月|全校|全县|全市|全省|全区|以上|人数|金额|男生?|女生?)"
_IS_TOTAL = re.compile(rf"^{_WHOLE}{{0,2}}{_TOTAL}(?:人数|金额|数|额)?[:：]?$")
_ENDS_AS_TOTAL = re.compile(rf"^.{{0,20}}?{_TOTAL}(?:人数|金额|数|额)?(?:[:：=(\d].*)?$")
_COUNTS = re.compile(
    r"^(?:本页|本班|本校|总|合)?(?:共有?|总?人数|总数)[:：]?\d+[人名条行户笔份个]?.{0,40}$"
)
# Beside the word of a total stand numbers, amounts in words, strokes, or what is counted.
_AMOUNT = re.compile(
    r"^(?:[-+−(]*[¥￥]?[\d,.]+%?\)?[人元名户笔份个班次条]{0,2}|[-—/\\.*]+"
    r"|[^\d]{0,8}[:：]?[\d,.]+[人元名户笔份个]{0,2}"
    r"|(?:人民币|大写|[:：()])*[零〇一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]+)$"
)
_TEXTS_BESIDE_A_TOTAL = 2
# How many people a list names, where their numbers stand.
_PEOPLE = re.compile(
    r"^(?:本页|本班|本校|全校|学生|男生?|女生?|在校生?|实有|应到|实到|总)*(?:人数|总数)[:：]?$"
)
_COUNT_OF_PEOPLE = re.compile(r"^\d{1,4}[人名个]?$")

# Who drew the list up, who checked it, when, and where to ring.
_OFFICE = (
    r"(?:制表|填表|填报|审核|审批|复核|经办|经手|负责|主管|分管|校长|院长|联系|打印|导出|统计|上报|录入|报送"
    r"|制作|编制|核对|校对|学籍管理|资助管理)"
)
_ROLE = r"(?:人|员|者|单位|部门|科室|日期|时间|签字|签名|签章|盖章|电话|机构|领导|负责人|教师|老师|意见)"
_SIGNATURE = re.compile(
    rf"^(?:(?:{_OFFICE}{_ROLE}+)(?:[\s:：(].*)?"
    rf"|(?:(?:单位|学校|部门|学院|系部|教务|财务)?{_OFFICE}?(?:主任|领导|负责人|会计|出纳|班主任|校长|院长)?"
    r"(?:签字|签名|签章|盖章|公章|日期|时间|电话|经办|制表|审核|填表|复核|审批|主管|班主任|校长|主任|负责人))"
    r"[:：].*"
    r"|.{0,20}\((?:盖章|公章|签字|签章|签名|盖公章)\)[:：]?.{0,30}"
    r"|(?:盖章|公章|签字|签章)(?:处)?)$"
)
_CELLS_OF_A_SIGNATURE = 10

_NOTE = re.compile(
    r"^(?:(?:备注|说明|注|附注|附|提示|(?:填表|填报|填写|特别|有关)说明|注意(?:事项)?|数据来源|资料来源|注释)"
    r"(?:\s*[:：(]|\d?[.、:：]).*|(?:填表|填报|填写)说明|注意事项|备注|说明|[※★*▲].{4,})$",
    re.DOTALL,
)
_NUMBERED_NOTE = re.compile(
    r"^\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、)](?!\d).{6,}$", re.DOTALL
)
_DAY = re.compile(r"^.{0,30}?(?:\d{2,4}|[二〇零一三四五六七八九]{4})?年\d{0,2}月(?:\d{0,2}日)?$")
_PAGE = re.compile(
    r"^(?:\(?第\d+页(?:[,，/／]?(?:共|总)?\d+页)?\)?|\(?[共总]?\d+页\)?|页[码次]?[:：]?\d+(?:/\d+)?|\d+/\d+页|[-—]+\d+[-—]+"
    r"|page\d+(?:(?:of|/)\d+)?)$",
    re.IGNORECASE,
)
_END = re.compile(
    r"^[-—=*(\[【]*(?:(?:此行|本行|此页|本页)?(?:以下|此后)?(?:为?空白|无正文|无数据|无内容)|续表?|续[上下前][页表]"
    r"|(?:接|转|承|过)[上下前次][页表]|完|结束|end)[-—=*)\]】]*$",
    re.IGNORECASE,
)
_STROKES = re.compile(r"^[-—–_=~─━═*·.…/\\|]{2,}$")
_TITLE = re.compile(
    r"^(?=.{5,60}$).*(?:名册|名单|(?:登记|汇总|统计|一览|明细|情况|信息|采集|审批|备案|月报|年报|公示|申报)表|报表|台账|清册)"
    r"(?:\(.*\))?$"
)
_LABELLED = re.compile(r"^[^\s:：\d]{2,20}[:：]\S*$")

# An identity number, a student number or a card number in a row makes it somebody's.
_SOMEBODY = re.compile(r"\d{14}[\dXx]")
_DIGIT_RUNS = re.compile(r"\d{5}")


def is_closing(cells: Sequence[str]) -> bool:
    """Whether a row reads like a total, a signature, a note or an end mark and holds nobody's number."""
    filled = [folded for cell in cells if cell and (folded := _fold(cell))]
    if not filled or any(_SOMEBODY.search(cell) for cell in filled):
        return False
    if len(filled) == 1 and _closes_alone(filled[0]):
        return True
    return _is_signature(filled) or _is_total_row(filled) or all(map(_STROKES.match, filled))


def counts_people(cells: Sequence[str], identities: Sequence[str]) -> bool:
    """Whether a row says how many people there are: a word for it, and a count in place of every number of identity."""
    if not identities or not all(map(is_count_of_people, identities)):
        return False
    texts = [folded for cell in cells if cell and not _AMOUNT.match(folded := _fold(cell))]
    is_counted = len(texts) <= 1 + _TEXTS_BESIDE_A_TOTAL and any(map(_PEOPLE.match, texts))
    return is_counted or is_closing(cells)


def is_count_of_people(cell: str) -> bool:
    """Whether a cell is too small a number to be anybody's: 25, 25人."""
    return bool(_COUNT_OF_PEOPLE.match(_fold(cell)))


def is_title(cells: Sequence[str]) -> bool:
    """Whether a row is nothing but the name of a list, or labels with their values (学校名称:…)."""
    filled = [_fold(cell) for cell in cells if cell]
    if not filled or any(_SOMEBODY.search(cell) for cell in filled):
        return False
    if len(filled) == 1:
        return bool(_LABELLED.match(filled[0]) or _TITLE.match(filled[0]))
    return bool(_LABELLED.match(filled[0])) and all(
        _LABELLED.match(cell) or before.endswith((":", "：")) for before, cell in pairwise(filled)
    )


def tells_total(cell: str) -> bool:
    """Whether a cell names what is added up, or how much it is: 2023级1班小计, 小计:25人."""
    return bool(_ENDS_AS_TOTAL.match(_fold(cell)))


def is_total(cell: str) -> bool:
    """Whether a cell holds the word of a total and nothing else."""
    return bool(_IS_TOTAL.match(_fold(cell)))


def _closes_alone(cell: str) -> bool:
    """Whether a text that stands alone in its row is a note, a day, a page number or an end mark."""
    if _PAGE.match(cell) or _END.match(cell) or _NOTE.match(cell) or _DAY.match(cell):
        return True
    is_note = _NUMBERED_NOTE.match(cell) and not _DIGIT_RUNS.search(cell)
    return bool(is_note or _COUNTS.match(cell))


def _is_signature(filled: Sequence[str]) -> bool:
    if _NOTE.match(filled[0]) and len(filled[0]) > len("备注"):
        return len(filled) <= _TEXTS_BESIDE_A_TOTAL
    return len(filled) <= _CELLS_OF_A_SIGNATURE and bool(_SIGNATURE.match(filled[0]))


def _is_total_row(filled: Sequence[str]) -> bool:
    others = [cell for cell in filled if _ENDS_AS_TOTAL.match(cell) or not _AMOUNT.match(cell)]
    if not others:
        return False
    if all(_ENDS_AS_TOTAL.match(cell) or _COUNTS.match(cell) for cell in others):
        return True
    is_of_something = len(others) <= 1 + _TEXTS_BESIDE_A_TOTAL and len(others) < len(filled)
    return is_of_something and any(map(_IS_TOTAL.match, others))


def _fold(cell: str) -> str:
    return simplified("".join(unicodedata.normalize("NFKC", cell).split()))
