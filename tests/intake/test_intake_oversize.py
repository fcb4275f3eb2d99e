"""One cell without end costs its row or nothing, one reader's bug its file; neither costs the night."""

from __future__ import annotations

from pathlib import Path

import pytest
from delivered_files import HEADINGS, SOURCE, VETERAN, a_warehouse, account, messages, put, table

from pipeline.intake import collect
from pipeline.intake.open import open_delivery

FILE = f"{SOURCE}/a.csv"
LONG = "长" * 200_000


def test_a_cell_longer_than_pythons_csv_reader_takes_is_loaded(tmp_path: Path) -> None:
    row = (*VETERAN[:4], f'"{LONG}\n{LONG}"')
    put(tmp_path, {FILE: table(HEADINGS, row, VETERAN).encode()})
    con = a_warehouse()
    assert collect(con, tmp_path).rows == 2
    assert account(con) == [(FILE, "", "loaded", 2, 0)]


def test_a_stray_quotation_mark_above_much_text_rejects_its_row_alone(tmp_path: Path) -> None:
    stray = ('"退役军人', *VETERAN[1:])
    wide = (*VETERAN[:4], "部" * 1000)
    put(tmp_path, {FILE: table(HEADINGS, stray, *[wide] * 250).encode()})
    con = a_warehouse()
    collect(con, tmp_path)
    assert account(con) == [(FILE, "", "loaded", 251, 1)]


def test_a_file_on_which_a_reader_breaks_is_refused_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {FILE: table(HEADINGS, VETERAN).encode(), f"{SOURCE}/b.tsv": b"x"})

    def broken(path: Path, extension: str) -> object:
        if path.read_bytes() == b"x":
            raise KeyError("王一虚")
        return open_delivery(path, extension)

    monkeypatch.setattr("pipeline.intake.reading.open_delivery", broken)
    con = a_warehouse()
    assert collect(con, tmp_path).loaded == 1
    told = messages(con)[f"{SOURCE}/b.tsv"]
    assert told.startswith("cannot be read (KeyError)")
    assert "王一虚" not in told
