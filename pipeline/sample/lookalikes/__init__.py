"""Lawful situations that resemble a wrong, each labelled by its exception: several for every planted one."""

from __future__ import annotations

from pipeline.sample.city import City
from pipeline.sample.lookalikes import (
    absences,
    aid_rules,
    beside_technical,
    college_early,
    counted_once,
    diplomas,
    entrants,
    fees_and_cards,
    honest_partners,
    moves,
    odd_admissions,
    odd_blocks,
    odd_classes,
    odd_entrants,
    odd_numbers,
    odd_recruiting,
    odd_registers,
    odd_schools,
    oversight,
    payments,
    people,
    prizes,
    school_pairs,
    sound_chains,
    sound_funds,
    sound_quotas,
    sound_reports,
    stays,
    suspensions,
    timely_moves,
    trainings,
    whole_classes,
    young_entrants,
)
from pipeline.sample.stage import (
    LEAST_LOOK_ALIKES_PER_WRONG,
    LOOK_ALIKES_PER_WRONG,
    PER_STUDENT,
    Scene,
    Stage,
    play,
    times_of_schools,
)
from pipeline.sample.wrongs import ENOUGH_CLASSES, OF_PERSONS

_OF_PERSONS: dict[str, tuple[Scene, ...]] = {
    "DE101": (
        *people.scenes_of(("high", "vocational")),
        moves.in_the_window,
        moves.a_conversion_from_an_integrated_class,
        moves.some_weeks_of_overlap,
        moves.back_after_leaving_high_school,
        moves.a_high_school_graduate,
        moves.left_without_a_date,
        moves.left_without_a_date,
    ),
    "DE102": (
        *people.scenes_of(("technical", "vocational")),
        moves.from_vocational_to_technical,
        moves.weeks_between_two_ministries,
        moves.beside_a_job,
    ),
    "DE103": (
        moves.on_to_college,
        moves.a_chain_closed_late,
        moves.taught_at_the_college,
        moves.beside_open_university,
        people.a_graduate_and_a_namesake,
    ),
    "DE106": (
        *people.scenes_of(("vocational", "vocational")),
        moves.from_school_to_school,
        moves.under_two_codes,
        moves.into_the_advanced_course,
        moves.back_at_another_school,
        moves.a_corrected_number,
    ),
    "RD204": (
        stays.flexible_and_filed,
        stays.served_in_the_army,
        stays.repeated_a_year,
        stays.suspended_for_a_year,
        moves.a_chain_closed_late,
    ),
    "RD206": (
        stays.withdrew_and_came_back,
        stays.asked_to_withdraw_in_vain,
        stays.certificate_of_the_first_course,
        stays.completed_without_diploma,
        moves.back_at_another_school,
    ),
    "SA401": (
        payments.left_late_in_the_term,
        payments.paid_late_for_an_earlier_term,
        payments.taken_back,
        payments.paid_at_the_new_school,
    ),
    "SA402": (
        payments.returned_by_the_bank,
        payments.corrected_by_a_negative_line,
        payments.in_monthly_instalments,
        payments.shared_between_two_schools,
    ),
    "SA405": (
        people.on_the_guardian_card,
        people.twins_on_the_guardian_card,
        payments.waivers_settled_with_the_school,
        payments.on_the_former_name,
        payments.by_the_guardian,
    ),
    "RQ601": (
        stays.transferred_after_the_deadline,
        stays.registered_again_after_a_correction,
        stays.from_high_school_in_winter,
    ),
    "DE104": (*people.scenes_of(("high", "technical")), *beside_technical.BESIDE_HIGH_SCHOOL),
    "DE105": beside_technical.BESIDE_COLLEGE,
    "DE107": young_entrants.SCENES,
    "DE108": college_early.BESIDE_COLLEGE,
    "DE109": college_early.BESIDE_PART_TIME_COLLEGE,
    "RD201": absences.ON_AN_OUTSIDE_LIST,
    "RD202": absences.AWAY,
    "RD203": suspensions.SUSPENDED,
    "RD205": absences.UNREGISTERED,
    "RD207": suspensions.ENTERED,
    "FR301": odd_numbers.FICTITIOUS,
    "FR302": odd_numbers.BORROWED,
    "FR306": odd_entrants.SCENES,
    "FR308": odd_admissions.ADMISSIONS,
    "FR310": odd_admissions.REFUSALS,
    "SC510": timely_moves.FROM_HIGH_SCHOOL,
    "SC511": timely_moves.IN_THE_WINDOW,
    "SA403": aid_rules.INELIGIBLE,
    "SA404": aid_rules.OFF_TARIFF,
    "SA406": fees_and_cards.CHARGED,
    "SA407": fees_and_cards.PAST_THE_CARD,
    "SA408": fees_and_cards.UNAIDED,
    "SC514": entrants.CLAIMED,
    "SC515": entrants.OUT_OF_SEASON,
    "RQ604": entrants.BROKEN_OFF,
    "SA410": trainings.CHAIN,
    "SA411": trainings.TWICE,
    "SA412": prizes.SCENES,
    "SC516": diplomas.DIPLOMAS,
    "SC520": diplomas.SKILLS,
}
_OF_SCHOOLS: tuple[Scene, ...] = (
    stays.an_attached_class,
    stays.an_old_cohort,
    stays.the_year_of_the_merger,
)
_OF_BLOCKS: dict[str, tuple[Scene, ...]] = {
    "FR303": odd_blocks.SERIES,
    "FR304": odd_blocks.CONTACTS,
    "FR305": odd_blocks.BURSTS,
    "FR307": odd_classes.CLASSES,
    "FR309": odd_classes.COURSES,
    "SC508": odd_registers.SYSTEMS,
    "SC509": odd_registers.CODES,
    "SC512": sound_chains.CHAINS,
    "SC513": sound_chains.FLEXIBLE,
    "SC502": odd_recruiting.INSPECTED,
    "SC503": odd_recruiting.FILED,
    "SC504": honest_partners.SITES,
    "SC505": honest_partners.PARTNERS,
    "SC506": honest_partners.BLOCKS,
    "SC507": odd_recruiting.PLANNED,
    "SA409": sound_funds.FUNDED,
    "SA413": sound_funds.AGREEING,
    "RQ602": sound_quotas.NOTICED,
    "RQ603": sound_reports.MONTHLY,
    "RQ606": sound_quotas.EXPANSION,
    "RQ608": sound_reports.YEARLY,
}
_OF_FOUNDED_SCHOOLS: dict[str, tuple[Scene, ...]] = {
    "SC517": oversight.UNCUT,
    "SC518": oversight.FILED_FOR_THEM,
    "SC519": oversight.LEFT_BEHIND,
}
_ODD_SCHOOLS_SHARE = 4 / 30_000
_WHOLE_INTAKES = 8 / 30_000
_ODD_SCHOOLS: tuple[Scene, ...] = (
    odd_schools.a_village_class,
    odd_schools.a_new_campus,
    odd_schools.a_year_of_growth,
)


def add(city: City) -> None:
    """Add look-alikes of every detector, several for each planted wrong."""
    for detector_id, scenes in _OF_PERSONS.items():
        least = LEAST_LOOK_ALIKES_PER_WRONG * len(OF_PERSONS.get(detector_id, scenes))
        wrongs = round(city.students * PER_STUDENT)
        count = max(least, len(scenes), wrongs * LOOK_ALIKES_PER_WRONG)
        play(Stage(city, f"look-alikes/{detector_id}"), scenes, count)
    for detector_id, scenes in _OF_BLOCKS.items():
        count = times_of_schools(city, detector_id, scenes, LOOK_ALIKES_PER_WRONG)
        play(Stage(city, f"look-alikes/{detector_id}"), scenes, count)
    for detector_id, scenes in _OF_FOUNDED_SCHOOLS.items():
        count = times_of_schools(city, detector_id, scenes, 2)
        play(Stage(city, f"look-alikes/{detector_id}"), scenes, count)
    count = times_of_schools(city, "SC501", _OF_SCHOOLS)
    play(Stage(city, "look-alikes/SC501"), _OF_SCHOOLS, count)
    count = max(1, round(city.students * _ODD_SCHOOLS_SHARE))
    play(Stage(city, "look-alikes/OM701"), _ODD_SCHOOLS, count)
    count = times_of_schools(city, "DE110", school_pairs.SCENES, 2)
    play(Stage(city, "look-alikes/DE110"), school_pairs.SCENES, count)
    count = times_of_schools(city, "RQ607", counted_once.SCENES)
    play(Stage(city, "look-alikes/RQ607"), counted_once.SCENES, count)
    if city.students >= ENOUGH_CLASSES:
        count = max(len(whole_classes.SCENES), round(city.students * _WHOLE_INTAKES))
        play(Stage(city, "look-alikes/RD208"), whole_classes.SCENES, count)
