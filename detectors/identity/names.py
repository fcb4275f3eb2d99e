"""Names as written, as variant characters, as sounds: one table over the night's distinct names."""

import unicodedata
from functools import cache
from importlib.resources import files

import duckdb
import pyarrow as pa
from pypinyin import Style, lazy_pinyin

from detectors.identity.statements import run

# Mergers of Northeast and Shanxi speech, and what a clerk writes by ear (domain: 同音字).
FUZZY_SPELLINGS = (
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("ang", "an"),
    ("eng", "en"),
    ("ing", "in"),
)


@cache
def _pairs(name: str) -> dict[str, str]:
    lines = (files(__package__) / "data" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return dict(rows)


@cache
def _folding(name: str) -> dict[int, str]:
    return {ord(character): stands_for for character, stands_for in _pairs(name).items()}


def name_class(name_key: str) -> str:
    """Fold traditional and variant characters, so that 劉昇 and 刘升 are of one class."""
    return unicodedata.normalize("NFKC", name_key).translate(_folding("variants.tsv"))


def shape_class(name_key: str) -> str:
    """Fold characters that a tired eye confuses: 睿 and 叡, 未 and 末."""
    return name_class(name_key).translate(_folding("shapes.tsv"))


@cache
def _syllable(character: str) -> str:
    return str(lazy_pinyin(character, style=Style.NORMAL)[0]).lower()


def pinyin(name_key: str) -> str:
    """Spell a name without tones or gaps, the surname as a surname: 单 is shan."""
    folded = name_class(name_key)
    surnames = _pairs("surnames.tsv")
    for length in (2, 1):
        if len(folded) > length - 1 and folded[:length] in surnames:
            rest = "".join(map(_syllable, folded[length:]))
            return surnames[folded[:length]] + rest
    return "".join(map(_syllable, folded))


@cache
def _heard(syllable: str) -> str:
    for written, heard in FUZZY_SPELLINGS:
        syllable = syllable.replace(written, heard)
    return "l" + syllable[1:] if syllable.startswith("n") else syllable


def sound(name_key: str) -> str:
    """Spell a name as speakers who merge n/l, zh/z, ch/c, sh/s and -ng/-n would."""
    if name_key.isascii():
        return _heard(name_key.lower())
    folded = name_class(name_key)
    surname = _pairs("surnames.tsv").get(folded[:1], _syllable(folded[:1]))
    return "".join(map(_heard, [surname, *map(_syllable, folded[1:])]))


def spell(con: duckdb.DuckDBPyConnection) -> None:
    """Write `identity.name`: one row a distinct name key, with its classes."""
    keys = [
        key
        for (key,) in con.execute(
            """
            select name_key from identity.name_value where name_key is not null
            union
            select former_key from identity.name_value where former_key is not null
            order by 1
            """
        ).fetchall()
    ]
    spelt = pa.table(
        {
            "name_key": pa.array(keys, pa.string()),
            "name_class": pa.array([name_class(key) for key in keys], pa.string()),
            "shape_class": pa.array([shape_class(key) for key in keys], pa.string()),
            "pinyin": pa.array([pinyin(key) for key in keys], pa.string()),
            "sound": pa.array([sound(key) for key in keys], pa.string()),
            "characters": pa.array(["".join(sorted(name_class(key))) for key in keys], pa.string()),
        }
    )
    con.register("spelt_names", spelt)
    run(con, "names")
    con.unregister("spelt_names")
