"""A night on which little changed gives the persons, pairs and refusals of a night that works everything out anew."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from lin_haoran import HOME, A
from persons import a_database, a_number, add, groups, together
from student_world import World, a_world, lay

from detectors.identity import resolution
from detectors.identity.model import Model, load
from detectors.identity.resolution import resolve

FIRST_NIGHT = date(2024, 4, 15)
RESULTS = (
    "core.person_link",
    "core.person",
    "identity.pair",
    "identity.refused",
    "identity.unjoined",
    "identity.split_block",
    "identity.membership",
    "identity.shared_value",
    "identity.person_history",
    "identity.person_change",
)
# who is whose neighbour in the graph is told by numbers that only one night knows
_OWN_TO_A_NIGHT = {"identity.membership": "exclude (person_no)"}


def results(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: con.execute(
            f"select * {_OWN_TO_A_NIGHT.get(table, '')} from {table} order by all"
        ).fetchall()
        for table in RESULTS
    }


def a_small_model() -> Model:
    """Limits that a few dozen students reach."""
    return replace(load(), block_profiles=5, family_names=3, common_share=0.05)


class Registrar:
    """Changes what was delivered from one night to the next, alike in both warehouses."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - seeded changes, no secret
        self.world: World = a_world(45, seed, damage_share=0.2)
        self.world.rows[:] = self.world.rows[:400]
        self.spare = [dict(row) for row in self.world.rows[300:]]
        del self.world.rows[300:]
        self.made = 0
        self.decisions: dict[str, list[tuple[str, str]]] = {"must_link": [], "must_not_link": []}

    def night(self) -> None:
        changes = [
            self.add_rows,
            self.remove_rows,
            self.amend,
            self.move,
            self.share,
            self.crowd,
            self.make_common,
            self.decide,
            self.undecide,
            self.mask,
            self.round_off,
        ]
        for change in self.dice.sample(changes, self.dice.randrange(1, 5)):
            change()

    def some(self, count: int) -> list[dict[str, object]]:
        return self.dice.sample(self.world.rows, min(count, len(self.world.rows)))

    def a_place(self) -> dict[str, object]:
        self.made += 1
        return {"record_id": f"n{self.made:06d}", "source_row": 900_000 + self.made}

    def add_rows(self) -> None:
        for _ in range(self.dice.randrange(1, 6)):
            if self.spare:
                self.world.rows.append(self.spare.pop() | self.a_place())

    def remove_rows(self) -> None:
        for row in self.some(self.dice.randrange(1, 6)):
            self.world.rows.remove(row)
            self.spare.append(row)

    def amend(self) -> None:
        fields = ["name", "born_on", "id_number", "phone", "guardian_name", "guardian_phone"]
        fields += ["exam_no", "student_no", "address", "sex", "school_code", "former_name"]
        for row in self.some(3):
            field, (other,) = self.dice.choice(fields), self.some(1)
            row[field] = self.dice.choice([other[field], None, row[field]])
            if field == "name" and row["name"] is None:
                row["name"] = other["name"]

    def move(self) -> None:
        for row in self.some(4):
            row.update(self.a_place())

    def share(self) -> None:
        for row in self.some(5):
            row[self.dice.choice(["phone", "guardian_phone"])] = "19911112222"

    def crowd(self) -> None:
        for row in self.some(7):
            row |= {"id_number": "E7654321", "exam_no": f"99{self.dice.randrange(3):010d}"}

    def make_common(self) -> None:
        for row in self.some(self.dice.randrange(5, 30)):
            row["name"] = "虚张伟"

    def decide(self) -> None:
        one, other = self.some(2)
        table = self.dice.choice(sorted(self.decisions))
        self.decisions[table].append((str(one["record_id"]), str(other["record_id"])))

    def undecide(self) -> None:
        for told in self.decisions.values():
            del told[: self.dice.randrange(2)]

    def mask(self) -> None:
        (row,) = self.some(1)
        if row["id_number"]:
            row["id_number"] = str(row["id_number"])[:6] + "********" + str(row["id_number"])[14:]

    def round_off(self) -> None:
        (row,) = self.some(1)
        if row["id_number"]:
            row["id_number"] = str(row["id_number"])[:15] + "000"

    def deliver(self, con: duckdb.DuckDBPyConnection, on: date) -> None:
        lay(con, self.world, as_of=on)
        con.execute("create schema if not exists identity").fetchall()
        for table, told in self.decisions.items():
            con.execute(
                f"create or replace table identity.{table} (record_id_a varchar, record_id_b varchar)"
            ).fetchall()
            if told:
                con.executemany(f"insert into identity.{table} values (?, ?)", told)


@pytest.mark.parametrize("seed", range(8))
def test_nights_that_build_on_each_other_give_what_full_nights_give(
    tmp_path: Path, seed: int
) -> None:
    registrar, model = Registrar(seed), a_small_model()
    on = FIRST_NIGHT
    for _ in range(7):
        found = []
        for name, full in (("building", False), ("anew", True)):
            with duckdb.connect(str(tmp_path / name)) as con:
                registrar.deliver(con, on)
                resolve(con, threads=1, model=model, full=full)
                found.append(results(con))
        assert found[0] == found[1]
        on += timedelta(days=1)
        registrar.night()


def rows_judged_again(con: duckdb.DuckDBPyConnection, model: Model | None = None) -> int:
    """How many facts the night reads anew; the last night's are told apart by a number that no night gives."""
    con.execute("update identity.stated set records = -1").fetchall()
    resolve(con, threads=1, model=model)
    return int(
        con.execute("select count(*) from identity.stated where records > 0").fetchall()[0][0]
    )


@pytest.fixture
def resolved() -> Iterator[duckdb.DuckDBPyConnection]:
    """Two rows of one boy and one of another, resolved a night ago."""
    wang = {"name": "王芳", "id_number": a_number(2)}
    with a_database(A, {**A, **HOME}, wang) as con:
        resolve(con, threads=1)
        con.execute("create or replace macro as_of() as date '2024-04-16'").fetchall()
        yield con


def test_a_night_reads_only_what_changed(resolved: duckdb.DuckDBPyConnection) -> None:
    add(resolved, {"name": "赵强", "id_number": a_number(31)})
    assert rows_judged_again(resolved) == 1
    assert len(groups(resolved)) == 3


def test_another_model_works_everything_out_anew(resolved: duckdb.DuckDBPyConnection) -> None:
    assert rows_judged_again(resolved, replace(load(), family_names=7)) == 3


def test_a_changed_matcher_works_everything_out_anew(
    resolved: duckdb.DuckDBPyConnection,
) -> None:
    resolved.execute("update identity.kept_night set digest = 'of another matcher'").fetchall()
    assert rows_judged_again(resolved) == 3


def test_an_earlier_day_works_everything_out_anew(resolved: duckdb.DuckDBPyConnection) -> None:
    resolved.execute("create or replace macro as_of() as date '2024-04-14'").fetchall()
    assert rows_judged_again(resolved) == 3


def test_a_decision_that_is_taken_back_leaves_no_trace(
    resolved: duckdb.DuckDBPyConnection,
) -> None:
    before = resolved.execute("from identity.pair").fetchall()
    resolved.execute("insert into identity.must_link values ('r1', 'r3')").fetchall()
    resolve(resolved, threads=1)
    assert groups(resolved) == {together("r1", "r2", "r3")}
    resolved.execute("delete from identity.must_link").fetchall()
    resolved.execute("create or replace macro as_of() as date '2024-04-17'").fetchall()
    resolve(resolved, threads=1)
    assert groups(resolved) == {together("r1", "r2"), together("r3")}
    assert resolved.execute("from identity.pair").fetchall() == before


def test_who_newly_holds_the_right_number_says_whose_a_slip_is() -> None:
    lifelong, held = a_number(2), a_number(31)
    slip = held[:-1] + ("1" if held[-1] == "0" else "0")
    row = {"name": "王芳", "id_number": slip, "student_no": f"G{lifelong}"}
    with a_database(row) as con:
        resolve(con, threads=1)
        known = "select known_number from identity.profile where number = $slip"
        assert con.execute(known, {"slip": slip}).fetchall() == [(lifelong,)]
        con.execute("create or replace macro as_of() as date '2024-04-16'").fetchall()
        add(con, {"name": "赵强", "id_number": held})
        resolve(con, threads=1)
        assert con.execute(known, {"slip": slip}).fetchall() == [(None,)]


def test_a_person_who_is_joined_by_another_row_is_no_longer_known_by_one_alone(
    resolved: duckdb.DuckDBPyConnection,
) -> None:
    reason = "select match_probability, match_reason from core.person_link where record_id = 'r3'"
    assert resolved.execute(reason).fetchall() == [(1.0, "仅此一条记录")]
    add(resolved, {"name": "王仿", "id_number": a_number(2), "born_on": date(2007, 5, 1), **HOME})
    resolve(resolved, threads=1)
    assert resolved.execute(reason).fetchall() == [(1.0, "证件号、姓名一致")]


def test_a_pair_that_an_inspector_parted_is_listed_as_refused(
    resolved: duckdb.DuckDBPyConnection,
) -> None:
    resolved.execute("insert into identity.must_not_link values ('r1', 'r3')").fetchall()
    resolve(resolved, threads=1)
    assert resolved.execute(
        "select record_id_a, record_id_b, reason from identity.refused"
    ).fetchall() == [("r1", "r3", "核查人员认定为两人")]


def test_persons_that_were_lost_are_worked_out_anew(resolved: duckdb.DuckDBPyConnection) -> None:
    resolved.execute("drop schema core cascade; create schema core").fetchall()
    with a_database(A) as other:
        told = other.sql("from core.person_record").to_arrow_table()
    resolved.register("told", told)
    resolved.execute("create table core.person_record as from told").fetchall()
    resolve(resolved, threads=1)
    assert groups(resolved) == {together("r1")}


def test_a_night_that_broke_off_leaves_nothing_to_build_on(
    resolved: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall_over(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(resolution, "cluster", fall_over)
        with pytest.raises(OSError, match="full"):
            resolve(resolved, threads=1)
    assert len(groups(resolved)) == 2
    assert rows_judged_again(resolved) == 3
