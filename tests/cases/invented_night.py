"""An invented bureau in memory: one detector, a few enrolments, nights that settle."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pytest

from detectors.contract import Detector
from detectors.run import DetectorRun, RunStatus
from pipeline.cases import CaseCounts, CaseRules, settle
from pipeline.intake import create_ledger
from schemas.catalog import sources, tables
from schemas.ddl import create_source, create_table

ZZ, GH = "3699000001", "3499000001"
FIRST, SECOND, THIRD = date(2024, 1, 12), date(2024, 1, 13), date(2024, 1, 14)
NAME, ID = "虚构甲", "990102200705010029"


def detector(**changes: object) -> Detector:
    fields: dict[str, object] = {
        "id": "DE101",
        "title": "vocational and general high school at once",
        "title_zh": "中职与普高双重学籍",
        "severity": "B",
        "certainty": "certain",
        "subject": "person",
        "policy": ["xinzhou_2023:anti-dual"],
        "reads": {"required": ["core.enrolment"]},
        "evidence": [
            "person_id",
            "record_id",
            "other_record_id",
            "school_code",
            "registry",
            "other_registry",
            "name",
            "overlap_from",
            "overlap_to",
            "overlap_days",
            "match_probability",
            "amount_paid",
            "amount_estimated",
            "aid_items",
            "evidence_record_ids",
            "severity",
        ],
        "key": ["person_id", "school_code"],
        "route": "school_code",
        "message": "{name} is on the roll of {school_code} ({registry}) and another from {overlap_from}, "
        "{overlap_days} days; aid: {aid_items}",
        "message_zh": "{name}在{school_code}({registry})与另一学校同时在籍,"
        "自{overlap_from}起{overlap_days}天;资助:{aid_items}",
        "next": "Look at the roll call.",
        "next_zh": "先核对课堂点名。",
        "exceptions": [
            {
                "name": "X15_transfer_lag",
                "says": "posted late",
                "says_zh": "转学滞后",
                "proof": "core.change",
            },
            {"name": "X20_held", "says": "suspended", "says_zh": "休学", "proof": "core.enrolment"},
        ],
        "history": [{"on": date(2024, 1, 1), "note": "First."}],
        "path": Path("DE101_invented.sql"),
        "explanation": "Why it matters",
        "body": "select 1",
    }
    return Detector.model_validate(fields | changes)


KNOWN = {"DE101": detector()}


_OPENED: list[duckdb.DuckDBPyConnection] = []


@pytest.fixture(autouse=True)
def bureaus_closed() -> Iterator[None]:
    """Close what a test opened; a fixture of wider scope closes its own."""
    first = len(_OPENED)
    yield
    for con in _OPENED[first:]:
        con.close()
    del _OPENED[first:]


@cache
def empty_warehouse(delivered: tuple[str, ...]) -> str:
    """Give the statements that make an empty warehouse; comments would take most of a test's time."""
    con = duckdb.connect()
    create_ledger(con)
    for source in delivered:
        create_source(con, sources()[source])
    for table in tables().values():
        create_table(con, table)
    made = con.execute(
        "select sql from duckdb_tables() order by schema_name, table_name"
    ).fetchall()
    con.close()
    return "create schema core; create schema work;" + "".join(statement for (statement,) in made)


@dataclass(frozen=True)
class Finding:
    """What the detector says tonight; the rest has defaults."""

    person_id: str | None = "P-0000000001"
    school_code: str | None = ZZ
    record_id: str | None = "r0000000000000a1"
    other_record_id: str | None = "r0000000000000b1"
    overlap_days: int = 120
    amount_paid: float | None = None
    amount_estimated: float | None = None
    severity: str = "B"
    verdict: str = "suspected"
    missing_inputs: str = ""
    match_probability: float = 0.995
    name: str = NAME
    aid_items: str | None = None
    institution_name: str | None = None
    region_code: str | None = None


@dataclass
class Bureau:
    """A warehouse in memory and what happens to it night by night."""

    con: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)
    rules: CaseRules = field(default_factory=CaseRules)
    known: Mapping[str, Detector] = field(default_factory=lambda: KNOWN)
    delivered: tuple[str, ...] = ("vocational_students", "k12_students", "aid_payments")

    def __post_init__(self) -> None:
        _OPENED.append(self.con)
        self.con.execute(empty_warehouse(self.delivered)).fetchall()
        self.school(ZZ, "虚构第一职业中专", "990102", "禾东区")
        self.school(GH, "虚构第一高中", "990101", "青禾区")
        self.enrol("a1", "vocational_students", "vocational", ZZ, row=2)
        self.enrol("b1", "k12_students", "k12", GH, row=7)

    def school(self, code: str, name: str, region: str, region_name: str) -> None:
        self.insert(
            "core.school",
            school_code=code,
            school_name=name,
            region_code=region,
            region_name=region_name,
            current_school_code=code,
            is_listed=True,
        )

    def enrol(
        self, short: str, source: str, registry: str, school: str, *, row: int, **values: object
    ) -> None:
        record_id = f"r0000000000000{short}"
        where = {"source_file": f"{source}/a.xlsx", "sheet": "Sheet1", "source_row": row}
        self.insert(f"main.{source}", record_id=record_id, name=NAME, id_number=ID, **where)
        self.insert(
            "core.person_record",
            record_id=record_id,
            source=source,
            registry=registry,
            name=NAME,
            id_number=ID,
            student_no="G" + ID,
            **where,
        )
        self.insert(
            "core.person_link",
            record_id=record_id,
            person_id="P-0000000001",
            match_probability=1.0,
            match_reason="证件号一致",
        )
        spell = {
            "record_id": record_id,
            "person_id": "P-0000000001",
            "match_probability": 1.0,
            "registry": registry,
            "student_no": "G" + ID,
            "name": NAME,
            "id_number": ID,
            "school_code": school,
            "current_school_code": school,
            "grade": "2023级",
            "major_name": "计算机应用",
            "status": "active",
            "standing": "active",
            "started_on": date(2023, 9, 1),
            "source": source,
            **where,
        }
        self.insert("core.enrolment", **(spell | values))

    def insert(self, table: str, **values: object) -> None:
        marks = ", ".join(f"${name}" for name in values)
        self.con.execute(
            f"insert into {table} ({', '.join(values)}) values ({marks})", values
        ).fetchall()

    def night(self, as_of: date, found: Iterable[Finding] = (), *, ran: bool = True) -> CaseCounts:
        """Let a night pass that found this."""
        self.con.execute(f"create or replace macro as_of() as date '{as_of}'").fetchall()
        self.con.execute("drop table if exists work.finding_de101").fetchall()
        self.con.execute(
            """
            create table work.finding_de101 (
                person_id varchar, record_id varchar, other_record_id varchar, school_code varchar, registry varchar,
                other_registry varchar, name varchar, overlap_from date, overlap_to date, overlap_days bigint,
                match_probability double, amount_paid decimal(14, 2), amount_estimated decimal(14, 2),
                aid_items varchar, evidence_record_ids varchar[], severity varchar, verdict varchar,
                missing_inputs varchar, institution_name varchar, region_code varchar
            )
            """
        ).fetchall()
        for one in found:
            self.insert(
                "work.finding_de101",
                person_id=one.person_id,
                record_id=one.record_id,
                other_record_id=one.other_record_id,
                school_code=one.school_code,
                registry="vocational",
                other_registry="k12",
                name=one.name,
                overlap_from=date(2023, 9, 1),
                overlap_to=as_of,
                overlap_days=one.overlap_days,
                match_probability=one.match_probability,
                amount_paid=one.amount_paid,
                amount_estimated=one.amount_estimated,
                aid_items=one.aid_items,
                evidence_record_ids=[one.record_id] if one.record_id else [],
                severity=one.severity,
                verdict=one.verdict,
                missing_inputs=one.missing_inputs,
                institution_name=one.institution_name,
                region_code=one.region_code,
            )
        status = RunStatus.RAN if ran else RunStatus.SKIPPED
        run = DetectorRun("DE101", status, "" if ran else "not delivered: k12_students", 0, 0.0)
        return settle(self.con, [run], as_of=as_of, rules=self.rules, known=self.known)

    def case(self, column: str = "status") -> object:
        """Give a column of the only case."""
        ((value,),) = self.con.execute(f"select {column} from main.cases").fetchall()
        return value

    def case_id(self) -> str:
        return str(self.case("case_id"))

    def review(self, decision: str, decided_on: date, **values: object) -> None:
        """An inspector's word, as reviews.take_in would have left it."""
        from pipeline.cases.settle import prepare

        prepare(self.con)
        self.insert(
            "main.reviews",
            **(
                {
                    "case_id": self.case_id(),
                    "decision": decision,
                    "decided_on": decided_on,
                    "source_file": "r.xlsx",
                    "sheet": "",
                    "source_row": 2,
                }
                | values
            ),
        )
