"""What planted wrongs imply for SC502 to SC506: the aid that was drawn, and sites of padded schools."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.sample.city import City
from pipeline.sample.roll import Wrong

_DRAWN_FOR = ("SC502", "SC505", "SC506")
_AGENCY = "an_agency_block"
_AT_ITS_SITE, _IN_A_BLOCK = ("SC504", "SC506")


def add_recruiting(city: City) -> None:
    """Say what was drawn for those whom a school should not have recruited, and name padded schools."""
    city.wrongs += [*_of_padded_schools(city)]
    for wrong in city.wrongs:
        if wrong.detector_id in _DRAWN_FOR and wrong.people:
            people = set(wrong.people)
            wrong.amount_paid = sum(
                line.amount
                for line in city.aid
                if line.school is wrong.school
                and line.spell.person in people
                and line.bank_result == "成功"
            )


def _of_padded_schools(city: City) -> Iterator[Wrong]:
    """Give the cases of a block that an agency hung on a school, at a site of its own."""
    for wrong in city.wrongs:
        if (wrong.detector_id, wrong.scene) == ("OM701", _AGENCY):
            for detector_id in (_AT_ITS_SITE, _IN_A_BLOCK):
                story, year = wrong.story, wrong.school_year
                implied = Wrong(detector_id, "school", story, (), wrong.school, school_year=year)
                implied.scene = wrong.scene
                yield implied
