"""Lawful situations that resemble a wrong, each labelled by its exception: several for every planted one."""

from __future__ import annotations

from pipeline.sample.city import City
from pipeline.sample.lookalikes import moves, odd_schools, payments, people, stays
from pipeline.sample.stage import (
    LEAST_LOOK_ALIKES_PER_WRONG,
    LOOK_ALIKES_PER_WRONG,
    PER_STUDENT,
    PER_STUDENT_SCHOOLS,
    Scene,
    Stage,
    play,
)
from pipeline.sample.wrongs import OF_PERSONS

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
}
_OF_SCHOOLS: tuple[Scene, ...] = (
    stays.an_attached_class,
    stays.an_old_cohort,
    stays.the_year_of_the_merger,
)
_ODD_SCHOOLS_SHARE = 4 / 30_000
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
    count = max(len(_OF_SCHOOLS), round(city.students * PER_STUDENT_SCHOOLS))
    play(Stage(city, "look-alikes/SC501"), _OF_SCHOOLS, count)
    count = max(1, round(city.students * _ODD_SCHOOLS_SHARE))
    play(Stage(city, "look-alikes/OM701"), _ODD_SCHOOLS, count)
