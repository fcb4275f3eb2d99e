"""Cells of an .xlsx workbook that hold an Excel error (#N/A, #DIV/0!): calamine gives them as empty cells."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from lxml import etree

from pipeline.intake.package import chunks_of

# Excel lists here what is to be calculated; a sheet without formulas has no errors, unless somebody typed one.
_FORMULAS = "xl/calcChain.xml"
_SMALL_BYTES = 1 << 20
_ERROR = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\st="e")[^>]*?\br="([A-Z]{1,3}\d{1,7})"')
_LONGEST_XML = 1 << 22
_PLACES_TOLD = 3


def errors_told(path: Path) -> Mapping[str, str]:
    """Say of each sheet, by name, where Excel errors stand in it; sheets without any are left out.

    Large sheets of workbooks without formulas are not looked through.
    """
    told = {}
    with zipfile.ZipFile(path) as package:
        names = {part.filename: part for part in package.infolist()}
        for sheet, name in _sheets(package, names):
            part = names.get(name)
            if part and (_FORMULAS in names or part.file_size <= _SMALL_BYTES):
                places = _places(package, part)
                if places:
                    told[sheet] = named(places)
    return told


def _places(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[str]:
    found: dict[bytes, None] = {}
    for chunk in chunks_of(package, part):
        if b't="e"' in chunk:
            found |= dict.fromkeys(_ERROR.findall(chunk))
    return [place.decode() for place in found]


def named(places: Sequence[str]) -> str:
    """Name the first cells with an error, count the others, and say what they were read as."""
    first = ", ".join(places[:_PLACES_TOLD])
    more = f" and {len(places) - _PLACES_TOLD:,} more" if len(places) > _PLACES_TOLD else ""
    return f"Excel errors in {first}{more}, read as empty cells"


def _sheets(
    package: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo]
) -> Iterator[tuple[str, str]]:
    """Give the name and the part of every sheet."""
    workbook = _parsed(package, names, "xl/workbook.xml")
    relations = _parsed(package, names, "xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        return
    targets = {str(each.get("Id")): str(each.get("Target")) for each in relations}
    for sheet in workbook.iter("{*}sheet"):
        identity = next(
            (str(value) for key, value in sheet.items() if str(key).endswith("}id")), ""
        )
        target = targets.get(identity, "")
        yield sheet.get("name", ""), str(PurePosixPath("xl", target)).lstrip("/")


def _parsed(
    package: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo], name: str
) -> etree._Element | None:
    """Parse a small part; None where there is none or it makes no sense, which calamine is to judge."""
    if name not in names or names[name].file_size > _LONGEST_XML:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(b"".join(chunks_of(package, names[name], _LONGEST_XML)), parser)
    except etree.XMLSyntaxError:
        return None
