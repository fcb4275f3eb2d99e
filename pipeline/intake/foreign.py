"""Files that are named to be something we do not read, and what to do about each."""

import re
from collections.abc import Mapping
from posixpath import splitext
from types import MappingProxyType

from pipeline.intake.open import extensions

_UNPACK = "unpack it, and deliver the files in it, or pack them as .zip"
_WORKBOOK = "open it in WPS or Excel and save it as .xlsx"
_DOCUMENT = "deliver the table in it as .xlsx"
_TABLE = "deliver the .dbf that it belongs to"
_LIST = "deliver the list that the picture shows as .xlsx"
_REMEDIES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys((".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".cab"), _UNPACK)
    | dict.fromkeys((".ett", ".ods", ".numbers", ".xlt", ".xltx"), _WORKBOOK)
    | dict.fromkeys((".wps", ".doc", ".docx", ".pdf", ".ofd", ".ppt", ".pptx"), _DOCUMENT)
    | dict.fromkeys((".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff"), _LIST)
    | dict.fromkeys((".fpt", ".dbt", ".cdx", ".idx", ".mdx", ".ndx"), _TABLE)
    | dict.fromkeys((".tmp", ".part", ".crdownload", ".download"), "finish copying it")
)
# .zip.001, .z01, .part2.rar: one volume of several.
_VOLUME = re.compile(r"\.(?:z\d\d|\d{3}|part\d+\.rar|r\d\d)$", re.IGNORECASE)


def extension_of(source_file: str) -> str:
    """Give what a file is named to be, with the dot, in lower case."""
    return splitext(source_file)[1].lower()


def refusal_of_kind(source_file: str) -> str:
    """Say what is wrong with a file of this name, or nothing: its kind is read."""
    kind = extension_of(source_file)
    if kind in extensions():
        return ""
    if _VOLUME.search(source_file):
        return f"is one part of an archive in several ({kind}); pack the files as one .zip"
    remedy = _REMEDIES.get(kind, f"deliver it as {', '.join(extensions())}, or these in a .zip")
    return f"is of a kind that is not read ({kind or 'no extension'}); {remedy}"
