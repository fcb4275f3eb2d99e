"""Planted wrongs: every detector in several shapes, a few of them gathered in bad schools."""

from __future__ import annotations

from pipeline.sample.city import City
from pipeline.sample.stage import PER_STUDENT, Scene, Stage, play, times_of_schools
from pipeline.sample.wrongs import (
    affiliation,
    aid_rules,
    awards,
    broken_chains,
    certificates,
    counted_twice,
    dual_college,
    dual_same_registry,
    dual_school_pairs,
    dual_technical,
    dual_too_early,
    dual_vocational_high,
    dual_vocational_higher,
    dual_vocational_technical,
    entrants,
    fees_and_cards,
    fictitious,
    funds,
    invented_blocks,
    late_moves,
    misfits,
    oversight,
    padded,
    phantom_classes,
    quotas,
    recruiting,
    reports,
    retained,
    retained_absent,
    retained_changes,
    retained_classes,
    retained_elsewhere,
    retained_suspended,
    schools,
    subsidy,
    training,
    unadmitted,
    wrong_registers,
)
from pipeline.sample.wrongs.consequences import add_consequences

__all__ = ["ENOUGH_CLASSES", "OF_PERSONS", "add_consequences", "plant"]

_PADDED_SCHOOLS = 3 / 30_000
_WHOLE_INTAKES = 3 / 30_000
ENOUGH_CLASSES = 10_000  # students; in a smaller city too few to know what an honest class loses
_ENOUGH_PEERS = 800  # students; in a smaller city schools are too few and small to compare
_ENOUGH_FOR_NEIGHBOURS = 2_000  # students; a smaller city would have neighbours larger than itself
OF_PERSONS: dict[str, tuple[Scene, ...]] = {
    "DE101": dual_vocational_high.SCENES,
    "DE102": dual_vocational_technical.SCENES,
    "DE103": dual_vocational_higher.SCENES,
    "DE106": dual_same_registry.SCENES,
    "RD204": retained.BEYOND_THE_END,
    "RD206": retained.AFTER_AN_EVENT,
    "SA401": subsidy.WITHOUT_ENROLMENT,
    "SA402": subsidy.TWICE,
    "SA405": subsidy.ACCOUNTS,
    "SA403": aid_rules.INELIGIBLE,
    "SA404": aid_rules.OFF_TARIFF,
    "SA406": fees_and_cards.CHARGED,
    "SA407": fees_and_cards.PAST_THE_CARD,
    "SA408": fees_and_cards.UNAIDED,
    "DE104": dual_technical.BESIDE_HIGH_SCHOOL,
    "DE105": dual_technical.BESIDE_COLLEGE,
    "DE107": dual_too_early.SCENES,
    "DE108": dual_college.BESIDE_COLLEGE,
    "DE109": dual_college.BESIDE_PART_TIME_COLLEGE,
    "RD201": retained_elsewhere.SCENES,
    "RD202": retained_absent.ABSENT,
    "RD203": retained_suspended.SCENES,
    "RD205": retained_absent.UNREGISTERED,
    "RD207": retained_changes.SCENES,
    "FR301": fictitious.FICTITIOUS,
    "FR302": fictitious.BORROWED,
    "FR306": misfits.SCENES,
    "FR308": unadmitted.UNADMITTED,
    "FR310": unadmitted.REFUSED,
    "SC510": late_moves.FROM_HIGH_SCHOOL,
    "SC511": late_moves.OUTSIDE_THE_WINDOW,
    "SC514": entrants.CLAIMED,
    "SC515": entrants.OUT_OF_SEASON,
    "RQ604": entrants.BROKEN_OFF,
    "SA410": training.CHAIN,
    "SA411": training.TWICE,
    "SA412": awards.SCENES,
    "SC516": certificates.DIPLOMAS,
    "SC520": certificates.SKILLS,
}
_OF_SCHOOLS: dict[str, tuple[Scene, ...]] = {
    "SC501": schools.UNQUALIFIED,
    "RQ601": schools.LATE,
    "DE110": dual_school_pairs.SCENES,
    "FR303": invented_blocks.SERIES,
    "FR304": invented_blocks.CONTACTS,
    "FR305": invented_blocks.BURSTS,
    "FR307": phantom_classes.CLASSES,
    "FR309": phantom_classes.COURSES,
    "SC508": wrong_registers.WRONG_SYSTEM,
    "SC509": wrong_registers.DEAD_CODE,
    "SC512": broken_chains.CHAINS,
    "SC513": broken_chains.FLEXIBLE,
    "SC502": recruiting.INSPECTED,
    "SC503": recruiting.FILED,
    "SC504": affiliation.SITES,
    "SC505": affiliation.PARTNERS,
    "SC506": affiliation.BLOCKS,
    "SC507": recruiting.PLANNED,
    "SC517": oversight.UNCUT,
    "SC518": oversight.FILED_FOR_THEM,
    "SC519": oversight.LEFT_BEHIND,
    "RQ607": counted_twice.SCENES,
    "SA409": funds.FUNDED,
    "SA413": funds.DISAGREEING,
    "RQ602": quotas.NOTICED,
    "RQ603": reports.MONTHLY,
    "RQ606": quotas.EXPANSION,
    "RQ608": reports.YEARLY,
}


def plant(city: City) -> None:
    """Plant wrongs of every detector, each shape at least once, and in proportion to the city."""
    for detector_id, scenes in OF_PERSONS.items():
        count = max(len(scenes), round(city.students * PER_STUDENT))
        play(Stage(city, f"wrongs/{detector_id}"), scenes, count)
    if city.students >= _ENOUGH_PEERS:
        count = max(1, round(city.students * _PADDED_SCHOOLS))
        play(Stage(city, "wrongs/OM701"), padded.SCENES, count)
    if city.students >= ENOUGH_CLASSES:
        count = max(1, round(city.students * _WHOLE_INTAKES))
        play(Stage(city, "wrongs/RD208"), retained_classes.SCENES, count)
    if city.students >= _ENOUGH_FOR_NEIGHBOURS:
        for detector_id, scene in oversight.ONCE.items():
            play(Stage(city, f"wrongs/{detector_id} of a region"), (scene,), 1)
    for detector_id, scenes in _OF_SCHOOLS.items():
        count = times_of_schools(city, detector_id, scenes)
        play(Stage(city, f"wrongs/{detector_id}"), scenes, count)
