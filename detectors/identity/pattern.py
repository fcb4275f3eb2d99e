"""A pattern: how far two rows agree, one word a field; and what each word says in plain Chinese."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

MISSING = "missing"
# What follows from the number that both rows have: a borrowed number brings it along, so it is no evidence.
IMPLIED = "implied"
NO_NEWS = frozenset({MISSING, IMPLIED})


@dataclass(frozen=True)
class Pattern:
    """The agreement of two profiles, as `agreement.sql` words it."""

    number: str = MISSING
    name: str = MISSING
    birth: str = MISSING
    sex: str = MISSING
    phone: str = MISSING
    guardian: str = MISSING
    student_no: str = MISSING
    exam_no: str = MISSING
    school: str = MISSING
    origin: str = MISSING
    address: str = MISSING
    account: str = MISSING

    def levels(self) -> tuple[tuple[str, str], ...]:
        """Pair each field with its level, in the order of the explanation."""
        return tuple(zip(FIELDS, astuple(self), strict=True))


FIELDS = tuple(field.name for field in fields(Pattern))

FIELD_WORDS = {
    "number": "证件号",
    "name": "姓名",
    "birth": "出生日期",
    "sex": "性别",
    "phone": "联系电话",
    "guardian": "监护人",
    "student_no": "学籍号",
    "exam_no": "考生号",
    "school": "学校",
    "origin": "毕业学校",
    "address": "住址",
    "account": "银行账号",
}

# Levels that simply agree are joined: 姓名、出生日期一致.
AGREES = {
    ("number", "same_valid"),
    ("number", "same_foreign"),
    ("name", "same"),
    ("name", "same_common"),
    ("birth", "same"),
    ("birth", "confirmed"),
    ("sex", "same"),
    ("phone", "same"),
    ("guardian", "same"),
    ("guardian", "same_number"),
    ("student_no", "same"),
    ("student_no", "same_local"),
    ("exam_no", "same"),
    ("school", "same"),
    ("origin", "same"),
    ("address", "same"),
    ("account", "same"),
}

LEVEL_WORDS = {
    ("number", "borrowed"): "证件号一致但一方疑为他人号码",
    ("number", "same_temporary"): "学校临时证件号一致",
    ("number", "same_damaged"): "证件号一致但校验不合格",
    ("number", "repaired"): "证件号差一位且另一号校验不合格",
    ("number", "ten_apart"): "证件号仅两位互换(校验码不能发现)",
    ("number", "rounded"): "证件号前15位一致(后三位被表格软件抹去)",
    ("number", "masked"): "证件号未遮盖部分一致",
    ("number", "embedded"): "一方学籍号内含另一方证件号",
    ("number", "disputed"): "一方证件号与其学籍号、出生日期或姓名不符,疑为他人号码",
    ("number", "doubtful"): "证件号不同,其中一号校验不合格",
    ("number", "near"): "两个有效证件号仅差一两位",
    ("number", "different"): "两个有效证件号不同",
    ("name", "variant"): "姓名为繁简或异体字",
    ("name", "former"): "姓名与曾用名一致",
    ("name", "homophone"): "姓名同音",
    ("name", "fuzzy_sound"): "姓名近音",
    ("name", "shape"): "姓名形近",
    ("name", "gap"): "姓名除缺字外一致",
    ("name", "part"): "姓名缺字、叠字或次序不同",
    ("name", "new_surname"): "名相同而姓不同",
    ("name", "one_character"): "姓名差一字",
    ("name", "same_surname"): "仅姓氏相同",
    ("name", "different"): "姓名不同",
    ("birth", "swapped"): "出生日期月日互换",
    ("birth", "near"): "出生日期年、月、日中两项一致",
    ("birth", "lunar"): "出生日期相差一个月左右(或为农历)",
    ("birth", "different"): "出生日期不同",
    ("birth", "far"): "出生日期相差十二年以上",
    ("sex", "different"): "性别不同",
    ("phone", "family"): "家庭电话一致",
    ("phone", "different"): "联系电话不同",
    ("guardian", "different"): "监护人不同",
    ("student_no", "different"): "学籍号不同",
    ("exam_no", "different"): "考生号不同",
    ("origin", "different"): "毕业学校不同",
    ("address", "similar"): "住址相近",
    ("address", "different"): "住址不同",
}


def words(field: str, level: str) -> str:
    """Say in words what a field's level means."""
    if level == MISSING:
        return f"{FIELD_WORDS[field]}未填或不可比"
    if level == IMPLIED:
        return f"{FIELD_WORDS[field]}由同一证件号编成"
    if (field, level) in AGREES:
        return f"{FIELD_WORDS[field]}一致"
    return LEVEL_WORDS[field, level]


def reason(levels: tuple[tuple[str, str], ...]) -> str:
    """Join what agrees into one sentence, without a value in it."""
    together = [FIELD_WORDS[field] for field, level in levels if (field, level) in AGREES]
    special = [
        words(field, level)
        for field, level in levels
        if level not in NO_NEWS and (field, level) not in AGREES
    ]
    number_first = [said for said in special if "证件号" in said]
    others = [said for said in special if said not in number_first]
    agreeing = ["、".join(together) + "一致"] if together else []
    return ",".join([*number_first, *agreeing, *others])
