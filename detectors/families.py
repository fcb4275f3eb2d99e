"""The families of suspicions, each with the letters of its codes and the folder of its files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """A family of suspicions: the letters of its codes and the folder of its files."""

    letters: str
    folder: str
    title: str
    title_zh: str


FAMILIES = {
    family.letters: family
    for family in (
        Family("DE", "dual_enrolment", "Dual enrolment", "双重学籍"),
        Family("RD", "retained_dropouts", "Retained drop-outs", "流失学生空挂学籍"),
        Family("FR", "fabricated", "Fabricated registrations", "虚假注册"),
        Family("SA", "subsidy", "Subsidy anomalies", "资助资金异常"),
        Family("SC", "compliance", "School compliance", "办学与招生合规"),
        Family("RQ", "quality", "Registration quality and reporting", "学籍质量与报送"),
        Family("OM", "unusual", "Outlier models", "异常画像"),
    )
}
