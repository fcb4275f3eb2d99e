"""Bad and odd cells: numbers, days, months, amounts, marks, codes and names as people write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from bad_delivery import (
    BadDelivery,
    csv_of,
    loaded,
    number,
    roll,
    workbook,
)

Cells = Mapping[str, object]

PUPILS = "vocational_students"
ID = "990102200705010027"
WITH_X = number("99010220070501006")
PAYMENT = {
    "系统": "中职",
    "学年": "2023-2024",
    "学期": "秋",
    "资助项目": "国家助学金",
    "学校标识码": "3699000001",
    "姓名": "周四禾",
    "身份证件号": ID,
    "实发金额": "1000",
}


def _pupil(name: str, written: Cells, read: Cells, told: tuple[str, ...] = ()) -> BadDelivery:
    """A roll of one pupil, a cell of whom is written as said; the row is loaded and the cell read as said."""
    content = csv_of(roll(written))
    return BadDelivery(name, {"a.csv": content}, (loaded(1),), told, _second_row(read), PUPILS)


def _typed(name: str, written: Cells, read: Cells, told: tuple[str, ...] = ()) -> BadDelivery:
    """The same in a workbook, where the cell has a type."""
    content = workbook(名册=roll(written))
    return BadDelivery(name, {"a.xlsx": content}, (loaded(1),), told, _second_row(read), PUPILS)


def _second_row(read: Cells) -> dict[tuple[int, str], object]:
    return {(2, column): value for column, value in read.items()}


def _rejected(name: str, heading: str, written: object) -> BadDelivery:
    return BadDelivery(
        name, {"a.csv": csv_of(roll({heading: written}))}, (loaded(0, 1),), (heading,), {}, PUPILS
    )


def _paid(name: str, written: Cells, read: Cells) -> BadDelivery:
    cells = {**PAYMENT, **written}
    content = csv_of([list(cells), list(cells.values())])
    return BadDelivery(
        name, {"a.csv": content}, (loaded(1),), (), _second_row(read), "aid_payments"
    )


def _unpaid(name: str, heading: str, written: object) -> BadDelivery:
    cells = {**PAYMENT, heading: written}
    return BadDelivery(
        name,
        {"a.csv": csv_of([list(cells), list(cells.values())])},
        (loaded(0, 1),),
        (heading,),
        {},
        "aid_payments",
    )


_DAY = dt.date(2006, 1, 2)
DAYS = (
    *(
        _pupil(f"a day {name}", {"出生日期": written}, {"birth_date": _DAY})
        for name, written in (
            ("in eight digits", "20060102"),
            ("with slashes", "2006/1/2"),
            ("with dots", "2006.1.2"),
            ("in Chinese", "2006年1月2日"),
            ("in Chinese with a weekday", "2006年1月2日 星期一"),
            ("in Chinese numerals", "二〇〇六年一月二日"),
            ("in full-width digits", "２００６－０１－０２"),
            ("with a time", "2006-01-02 00:00:00"),
            ("with a time of another program", "2006-01-02T00:00:00.000+08:00"),
            ("that Excel counts", "38719"),
            ("with a decimal point", "20060102.0"),
        )
    ),
    _typed("a day of Excel's own", {"出生日期": dt.date(2006, 1, 2)}, {"birth_date": _DAY}),
    _typed("a day that Excel takes for an amount", {"出生日期": 20060102}, {"birth_date": _DAY}),
    *(
        _pupil(f"a day {name}", {"出生日期": written}, {"birth_date": None}, ("出生日期",))
        for name, written in (
            ("that no calendar has", "2006-02-30"),
            ("that may be two days", "1/2/2006"),
            ("of the thirteenth month", "20061302"),
            ("that is a word", "春天"),
        )
    ),
    *(
        _pupil(f"a month {name}", {"入学年月": written}, {"entry_month": 202309})
        for name, written in (
            ("with a dot", "2023.9"),
            ("with a slash", "2023/09"),
            ("in Chinese", "2023年9月"),
            ("in Chinese numerals", "二〇二三年九月"),
            ("that is a season", "2023年秋"),
            ("that is a season and a term", "2023年秋季学期"),
            ("that is a day", "2023-09-01"),
            ("without its zero", "20239"),
        )
    ),
    _typed("a month of Excel's own", {"入学年月": dt.date(2023, 9, 1)}, {"entry_month": 202309}),
    _rejected("a month that no year has", "入学年月", "202313"),
    _rejected("a year in place of a month", "入学年月", "2023级"),
)

AMOUNTS = (
    *(
        _paid(f"an amount {name}", {"实发金额": written}, {"amount": Decimal(value)})
        for name, written, value in (
            ("with commas", "1,000.00", "1000.00"),
            ("with full-width commas and digits", "１，０００．５０", "1000.50"),
            ("with a sign of yuan", "￥1000", "1000.00"),
            ("with yuan behind it", "1000元", "1000.00"),
            ("in ten thousands", "1.5万元", "15000.00"),
            ("taken back", "-500", "-500.00"),
            ("taken back, as accountants write", "（500.00）", "-500.00"),
            ("taken back, with a Chinese minus", "－500", "-500.00"),
            ("with blanks between the thousands", "1 000.00", "1000.00"),
            ("of a bank", "CNY1,000.00", "1000.00"),
            ("of nothing", "0", "0.00"),
        )
    ),
    _paid("an amount in words", {"实发金额": "壹仟元整"}, {"amount": Decimal("1000.00")}),
    _unpaid("an amount in words that break off", "实发金额", "壹仟元又"),
    _unpaid("an amount with a comma for a point", "实发金额", "1.000,50"),
    _unpaid("an amount that is a range", "实发金额", "1000-1500"),
    _unpaid("an amount of two items", "实发金额", "1000+500"),
    _unpaid("an amount beyond reason", "实发金额", "9" * 30),
    _paid("a term with its school year", {"学期": "2023-2024学年第一学期"}, {"term": "autumn"}),
    _paid("a term that is a season of a year", {"学期": "2024年春季"}, {"term": "spring"}),
    _paid("a term behind two years", {"学期": "2023-2024-1"}, {"term": "autumn"}),
    _paid("a school year in words", {"学年": "2023-2024学年"}, {"school_year": "2023-2024学年"}),
    _paid("a year of study in words", {"就读年级": "二年级"}, {"grade_year": 2}),
    _unpaid("a term that no year has", "学期", "第五学期"),
)

WORDS = (
    *(
        _pupil(f"yes, {name}", {"是否脱贫户": written}, {"poverty_flag": True})
        for name, written in (
            ("in Chinese", "是"),
            ("a mark", "√"),
            ("a letter", "y"),
            ("a digit", "１"),
        )
    ),
    *(
        _pupil(f"no, {name}", {"是否脱贫户": written}, {"poverty_flag": False})
        for name, written in (("in Chinese", "否"), ("a mark", "×"), ("a digit", "0"))
    ),
    _typed("yes of Excel's own", {"是否脱贫户": True}, {"poverty_flag": True}),
    _pupil("neither yes nor no", {"是否脱贫户": "也许"}, {"poverty_flag": None}, ("是否脱贫户",)),
    _pupil("a code with its zero", {"学籍状态": "01"}, {"status": "active"}),
    _typed("a code without its zero", {"学籍状态": 1}, {"status": "active"}),
    _pupil("a code of our own", {"学籍状态": "suspended"}, {"status": "suspended"}),
    _pupil("a word for a code with blanks in it", {"学籍状态": " 在　读 "}, {"status": "active"}),
    _pupil("a people that was renamed", {"民族": "毛难族"}, {"ethnicity": "36"}),
    _pupil("a sex that is a letter", {"性别": "f"}, {"sex": "female"}),
    _pupil("a word that no list knows", {"学习形式": "隔空"}, {"study_form": None}, ("学习形式",)),
    _rejected("a status that no list knows", "学籍状态", "神秘"),
    _pupil("a name with an ideographic blank", {"姓名": "周　禾"}, {"name": "周禾"}),
    _pupil(
        "a name with zero-width and no-break blanks",
        {"姓名": "\u200b周\u00a0禾\ufeff"},
        {"name": "周禾"},
    ),
    *(
        _pupil(f"a name with {name}", {"姓名": f"阿依{dot}买买提"}, {"name": "阿依·买买提"})
        for name, dot in (
            ("a bullet", "•"),
            ("a Japanese dot", "・"),
            ("a hyphenation point", "‧"),
            ("a full-width stop", "．"),
        )
    ),
    _pupil("a former name in brackets", {"姓名": "周四禾（曾用名：周四苗）"}, {"name": "周四禾"}),
    _pupil(
        "a former name in brackets, where it belongs",
        {"姓名": "周四禾（曾用名：周四苗）"},
        {"former_name": "周四苗"},
    ),
    _pupil(
        "a name with a sign for private use", {"姓名": "周\ue000"}, {"name": "周\ue000"}, ("姓名",)
    ),
    _rejected("a name of blanks", "姓名", "\u3000\u00a0\u200b"),
    *(
        _pupil(f"an empty cell written as {written}", {"离校日期": written}, {"left_on": None})
        for written in ("/", "—", "无", "N/A", "NULL", "待补", "1900-01-00")
    ),
)

CORPUS = (*DAYS, *AMOUNTS, *WORDS)
