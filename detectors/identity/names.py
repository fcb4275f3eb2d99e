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


def surnames() -> dict[str, str]:
    """Give the surnames that are read in a way of their own, of one or two characters, with their pinyin."""
    return _pairs("surnames.tsv")


def variants() -> dict[int, str]:
    """Give the traditional and variant characters, by code point, with the character that each folds to."""
    return _folding("variants.tsv")


def name_class(name_key: str) -> str:
    """Fold traditional and variant characters, so that 劉昇 and 刘升 are of one class."""
    return unicodedata.normalize("NFKC", name_key).translate(variants())


def shape_class(name_key: str) -> str:
    """Fold characters that a tired eye confuses: 睿 and 叡, 未 and 末."""
    return name_class(name_key).translate(_folding("shapes.tsv"))


@cache
def syllable(character: str) -> str:
    """Spell one character without its tone, as within a name."""
    return str(lazy_pinyin(character, style=Style.NORMAL)[0]).lower()


def pinyin(name_key: str) -> str:
    """Spell a name without tones or gaps, the surname as a surname: 单 is shan."""
    folded = name_class(name_key)
    known = surnames()
    for length in (2, 1):
        if len(folded) > length - 1 and folded[:length] in known:
            rest = "".join(map(syllable, folded[length:]))
            return known[folded[:length]] + rest
    return "".join(map(syllable, folded))


@cache
def heard(spelt: str) -> str:
    """Spell a syllable as it is heard where n/l, zh/z, ch/c, sh/s and -ng/-n are one."""
    for written, merged in FUZZY_SPELLINGS:
        spelt = spelt.replace(written, merged)
    return "l" + spelt[1:] if spelt.startswith("n") else spelt


def sound(name_key: str) -> str:
    """Spell a name as speakers who merge n/l, zh/z, ch/c, sh/s and -ng/-n would."""
    if name_key.isascii():
        return heard(name_key.lower())
    folded = name_class(name_key)
    surname = surnames().get(folded[:1], syllable(folded[:1]))
    return "".join(map(heard, [surname, *map(syllable, folded[1:])]))


def spell(con: duckdb.DuckDBPyConnection) -> None:
    """Add to `identity.name` the distinct name keys that it does not have yet, with their classes."""
    keys = [
        key
        for (key,) in con.execute(
            """
            (
                select name_key from identity.name_value where name_key is not null
                union
                select former_key from identity.name_value where former_key is not null
            )
            except
            select name_key from identity.name
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
