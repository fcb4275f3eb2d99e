"""Two people who look like one: twins, namesakes, siblings (X13, X14, X16)."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.sample import enrol
from pipeline.sample.people import Person
from pipeline.sample.roll import Spell
from pipeline.sample.stage import Scene, Stage

_DETECTOR = {
    ("high", "technical"): "DE104",
    ("high", "vocational"): "DE101",
    ("technical", "vocational"): "DE102",
    ("higher", "vocational"): "DE103",
}
_ENTER = {
    "high": enrol.enter_high,
    "vocational": enrol.enter_vocational,
    "technical": enrol.enter_technical,
}


def _apart(stage: Stage, first: Person, second: Person, stages: tuple[str, str]) -> Spell:
    """Send two people of one age to two kinds of school; give the vocational spell."""
    spells = []
    for person, kind in zip((first, second), stages, strict=True):
        enrol.enter_junior(stage.city, person, stage.year - 1)
        spells.append(_ENTER[kind](stage.city, person, stage.year - 1))
    return spells[1]


def _twins(stages: tuple[str, str]) -> Scene:
    def twins_in_two_schools(stage: Stage) -> None:
        first = stage.city.population.pupil(stage.year - 1)
        second = stage.city.population.twin_of(first)
        spell = _apart(stage, first, second, stages)
        stage.lawful("X13", _ids(stages), spell, "双胞胎分在两所学校，证件号顺序码不同")

    return twins_in_two_schools


def _namesakes(stages: tuple[str, str]) -> Scene:
    def namesakes_in_two_schools(stage: Stage) -> None:
        first = stage.city.population.pupil(stage.year - 1)
        second = stage.city.population.namesake_of(first)
        spell = _apart(stage, first, second, stages)
        stage.lawful("X16", _ids(stages), spell, "同名同性别同生日的两个人，家庭和证件号都不同")

    return namesakes_in_two_schools


def _ids(stages: tuple[str, str]) -> str:
    both = sorted(stages)
    return _DETECTOR.get((both[0], both[1]), "DE106") + " SA402"


def scenes_of(stages: tuple[str, str]) -> tuple[Scene, Scene]:
    """Give the twins and the namesakes of two kinds of school."""
    return _twins(stages), _namesakes(stages)


def a_graduate_and_a_namesake(stage: Stage) -> None:
    """Let a namesake be at college while the other is at a vocational school."""
    city = stage.city
    first = stage.pupil(stage.year - 2)
    second = city.population.namesake_of(first)
    enrol.enter_higher(city, second, stage.year)
    spell = enrol.enter_vocational(city, first, stage.year - 2)
    stage.lawful("X16", "DE103", spell, "同名同生日者在高校，另一人在中职")


def on_the_guardian_card(stage: Stage) -> None:
    """Pay two siblings' grants to the card of the guardian both have."""
    _family_card(stage, stage.city.population.sibling_of, "X14", "兄弟姐妹共用监护人银行卡")


def twins_on_the_guardian_card(stage: Stage) -> None:
    """Pay twins' grants to their father's card."""
    _family_card(stage, stage.city.population.twin_of, "X13", "双胞胎共用父亲银行卡")


def _family_card(
    stage: Stage, relative_of: Callable[[Person], Person], exception: str, story: str
) -> None:
    city = stage.city
    first = city.population.pupil(stage.year - 1)
    second = relative_of(first)
    card = city.population.numbers.card()
    for person in (first, second):
        person.card = card
        person.has_guardian_card = True
        enrol.enter_junior(city, person, stage.year - 1)
        spell = enrol.enter_vocational(city, person, stage.year - 1)
        spell.draws_waiver, spell.draws_grant = True, True
        stage.lawful(exception, "SA405 SA402", spell, story)
