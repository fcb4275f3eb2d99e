"""One person or two: weights first, then the contradictions that no sum of agreements may outvote.

Twins outnumber true double enrolments, and a wrongly joined pair accuses a minor; so each rule that keeps two
rows apart is a function with its reason, in the order in which a reviewer would ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from detectors.identity.model import Model, probability
from detectors.identity.pattern import Pattern, reason

EXACT_NAMES = {"same", "same_common", "variant", "former"}
AGREEING_NAMES = EXACT_NAMES | {"homophone", "fuzzy_sound", "shape", "gap", "part"}
DIFFERING_NAMES = {"new_surname", "one_character", "same_surname", "different"}
TWO_NUMBERS = {"near", "different"}
ONE_NUMBER = {"same_valid", "borrowed", "same_foreign", "same_damaged"}
PROVING_NUMBERS = ONE_NUMBER | {"same_temporary", "repaired", "embedded", "rounded", "masked"}


AGREEING_HOUSEHOLD = {"same", "same_number", "family", "similar"}


class Finding(StrEnum):
    """What is to be done with a pair."""

    LINK = "link"
    APART = "apart"  # too little agreement to think of one person
    REFUSED = "refused"  # much agreement, but nothing that tells one person from two
    CONTRADICTED = "contradicted"  # proof of two persons; binds the clusters as well


@dataclass(frozen=True)
class Judgement:
    """A pattern's verdict, with the words that go into evidence."""

    finding: Finding
    weight: float
    probability: float
    reason: str


def _knows_one_registration(pattern: Pattern) -> bool:
    return pattern.student_no in ("same", "same_local") or pattern.exam_no == "same"


def _has_changed_number(pattern: Pattern) -> bool:
    """The lifelong 学籍号, or candidate number and birth date, survive a corrected identity number (X17)."""
    return (
        pattern.name in AGREEING_NAMES
        and pattern.sex != "different"
        and (
            pattern.student_no == "same"
            or (pattern.exam_no == "same" and pattern.birth in ("same", "confirmed"))
        )
    )


def _two_valid_numbers(pattern: Pattern) -> str | None:
    """X13 twins, X16 namesakes; in the clusters the numbers themselves keep them apart."""
    if pattern.number not in TWO_NUMBERS or _has_changed_number(pattern):
        return None
    if pattern.birth == "same":
        return "两个有效证件号不同,出生日期相同:可能为双胞胎或同名同日生"
    return "两个有效证件号不同,无号码变更证明"


def _one_number_two_people(pattern: Pattern) -> str | None:
    """X31, and the number of a sibling or parent typed for a child."""
    if pattern.number not in ONE_NUMBER or pattern.name not in DIFFERING_NAMES:
        return None
    if pattern.sex == "different":
        return "同一证件号,姓名不同,性别不同:可能一号两人"
    if pattern.birth in ("different", "far"):
        return "同一证件号,姓名不同,出生日期不同:可能误用他人号码"
    return None


def _one_number_two_namesakes(pattern: Pattern) -> str | None:
    """X31 again, where even the names are one: only the police can tell whose number it is."""
    if pattern.number not in ONE_NUMBER or pattern.birth not in ("different", "far"):
        return None
    if pattern.sex == "different":
        return "同一证件号,性别、出生日期均不同:可能为同名者误用他人号码"
    household = (pattern.phone, pattern.guardian, pattern.address)
    if pattern.guardian == "different" and not {"same", "family", "similar"} & set(household):
        return "同一证件号、姓名,出生日期、监护人均不同:可能一号两人,须公安机关证明"
    return None


def _borrowed_number(pattern: Pattern) -> str | None:
    """A twin's number on one row of a list: all that the two rows share is the family's."""
    if pattern.number != "borrowed" or pattern.name not in DIFFERING_NAMES:
        return None
    if _knows_one_registration(pattern):
        return None
    return "同一证件号,姓名不同,该姓名者另有证件号:疑为误用他人号码"


def _one_number_two_households(pattern: Pattern) -> str | None:
    """X31 where birth date and 学籍号 agree because both were made from the number: name and home speak of two."""
    if pattern.number not in ONE_NUMBER or pattern.name not in {"same_surname", "different"}:
        return None
    if pattern.guardian != "different" or _knows_one_registration(pattern):
        return None
    if {"same", "family"} & {pattern.phone, pattern.address, pattern.account}:
        return None
    return "同一证件号,姓名、监护人均不同,其余一致各项均出自该号码:可能一号两人"


def _number_alone(pattern: Pattern) -> str | None:
    """A number typed on the wrong line: nothing else says that the two names are one person's."""
    if pattern.number not in ONE_NUMBER or pattern.name not in DIFFERING_NAMES:
        return None
    household = (pattern.phone, pattern.guardian, pattern.address, pattern.account)
    if _knows_one_registration(pattern) or AGREEING_HOUSEHOLD & set(household):
        return None
    # a new surname or given name, with the birth date to prove it
    if pattern.birth == "confirmed" and pattern.name != "different":
        return None
    return "同一证件号,姓名不同,缺少进一步佐证"


def _embedded_in_anothers(pattern: Pattern) -> str | None:
    if pattern.number != "embedded" or pattern.name not in {"same_surname", "different"}:
        return None
    if pattern.student_no == "same" and pattern.sex != "different":
        return None
    return "一方学籍号内含另一方证件号,但姓名不同"


def _generation_apart(pattern: Pattern) -> str | None:
    if pattern.birth == "far" and pattern.number not in {"same_valid", "borrowed", "embedded"}:
        return "出生日期相差十二年以上,可能为两代人"
    return None


def _other_day_of_birth(pattern: Pattern) -> str | None:
    """X14: children of one house are years apart; what is left of a slip of the pen has a level of its own."""
    if pattern.birth != "different" or pattern.number in PROVING_NUMBERS:
        return None
    if _knows_one_registration(pattern):
        return None
    return "出生日期不同,号码不能证明为一人:可能为兄弟姐妹或同名者"


def _family(pattern: Pattern) -> str | None:
    """X14: one surname, one phone, one guardian, one day of birth, and still two names."""
    if pattern.name not in DIFFERING_NAMES or pattern.number in ONE_NUMBER:
        return None
    if _knows_one_registration(pattern):
        return None
    return "姓名不同,号码不能证明为一人:可能为双胞胎或兄弟姐妹"


def _bare_name_and_birth(pattern: Pattern) -> str | None:
    """Name, sex and birth date alone are acceptable nowhere as proof."""
    if pattern.number in PROVING_NUMBERS or _knows_one_registration(pattern):
        return None
    family = pattern.phone in ("same", "family") or pattern.guardian in ("same", "same_number")
    place = pattern.origin == "same" or pattern.address in ("same", "similar")
    if family or place or pattern.account == "same":
        return None
    if pattern.school == "same" and pattern.name in EXACT_NAMES:
        return None
    return "仅姓名、出生日期等一致,缺少进一步佐证"


CONTRADICTIONS = (_one_number_two_people, _one_number_two_namesakes)

DOUBTS = (
    _two_valid_numbers,
    _borrowed_number,
    _one_number_two_households,
    _number_alone,
    _embedded_in_anothers,
    _generation_apart,
    _other_day_of_birth,
    _family,
    _bare_name_and_birth,
)


def _tempts(pattern: Pattern, model: Model) -> bool:
    """Whether it would have been a link but for what two numbers cost, or for how alike a household is."""
    cost = min(0.0, model.weight("number", pattern.number))
    return probability(model.against_strangers(pattern) - cost) >= model.link_probability


def judge(pattern: Pattern, model: Model) -> Judgement:
    """Weigh a pattern, then hold it against every contradiction and doubt."""
    weight = model.total(pattern)
    sure = probability(weight)
    contradiction = next((told for rule in CONTRADICTIONS if (told := rule(pattern))), None)
    if contradiction:
        return Judgement(Finding.CONTRADICTED, weight, sure, contradiction)
    doubt = next((told for rule in DOUBTS if (told := rule(pattern))), None)
    if doubt and _tempts(pattern, model):
        return Judgement(Finding.REFUSED, weight, sure, doubt)
    if sure >= model.link_probability:
        agreeing = tuple(pair for pair in pattern.levels() if model.weight(*pair) > 0)
        return Judgement(Finding.LINK, weight, sure, reason(agreeing))
    if pattern.number in ONE_NUMBER and pattern.name in DIFFERING_NAMES:
        return Judgement(
            Finding.REFUSED, weight, sure, doubt or "同一证件号,姓名不同,缺少进一步佐证"
        )
    return Judgement(Finding.APART, weight, sure, reason(pattern.levels()))
