"""The marks of padding that school profiles count, and what kind of evidence each is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A share in feature.school_profile; measures of one concept count once, for they move together."""

    name: str
    concept: str
    label: str
    label_zh: str


MEASURES = {
    measure.name: measure
    for measure in (
        Measure(
            "elsewhere_share",
            "registries",
            "students also enrolled elsewhere",
            "同时在他校有学籍的学生占比",
        ),
        Measure("grant_share", "aid", "students with a grant", "领取助学金学生占比"),
        Measure(
            "late_registration_share",
            "registration",
            "entrants registered late",
            "新生逾期注册占比",
        ),
        Measure(
            "last_days_share",
            "registration",
            "entrants registered in the last two days",
            "截止前两日突击注册占比",
        ),
        Measure(
            "early_exit_share", "attrition", "entrants gone within the year", "新生当年流失占比"
        ),
        Measure(
            "growth_share", "growth", "entrants beyond last year's number", "较上年新增新生占比"
        ),
        Measure(
            "shared_phone_share",
            "contacts",
            "students sharing a phone with others",
            "多人共用联系电话的学生占比",
        ),
        Measure(
            "shared_account_share",
            "accounts",
            "students paid to a shared account",
            "多人共用资助账户的学生占比",
        ),
        Measure(
            "same_birth_date_share",
            "identity",
            "students of one birth date in a class",
            "同班出生日期相同的学生占比",
        ),
        Measure(
            "unproven_number_share",
            "identity",
            "students without a proper identity number",
            "无有效证件号的学生占比",
        ),
        Measure("off_site_share", "site", "students taught off campus", "校外教学点学生占比"),
    )
}
