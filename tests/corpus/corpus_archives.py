"""Bad and odd archives: names in GBK, archives in archives, and what only an attacker packs."""

from __future__ import annotations

from functools import partial

from bad_delivery import (
    COPY,
    DISABLED,
    FARMER,
    HEADINGS,
    LIST,
    PLAIN,
    REFUSED,
    VETERAN,
    BadDelivery,
    loaded,
    rows_of,
    workbook,
)
from made_containers import archive, crowded_archive, locked_archive, patched

CSV = PLAIN.encode()
FIRST = rows_of(HEADINGS, VETERAN).encode()
SECOND = rows_of(HEADINGS, DISABLED, FARMER).encode()
WHOLE = {(2, "name"): "王一虚", (4, "name"): "赵三青"}


def _nested(depth: int) -> bytes:
    content = archive({"a.csv": CSV})
    for level in range(depth):
        content = archive({f"{level}.zip": content})
    return content


def _bomb() -> bytes:
    """Give a list that grows a thousandfold when it is unpacked."""
    return archive({"a.csv": CSV + b" " * (300 << 20)})


def _liar() -> bytes:
    """Give the same, but with headers that speak of a hundred bytes."""
    return patched(archive({"a.csv": CSV + b" " * (50 << 20)}), 22, 24, "<I", 100)


def _with_link() -> bytes:
    return _with_mode("a.csv", b"/etc/passwd", 0o120777)


def _with_mode(name: str, content: bytes, mode: int) -> bytes:
    bundle = archive({name: content})
    changed = bytearray(bundle)
    central = changed.index(b"PK\x01\x02")
    changed[central + 4 : central + 6] = b"\x14\x03"
    changed[central + 38 : central + 42] = (mode << 16).to_bytes(4, "little")
    return bytes(changed)


def _twice() -> bytes:
    return archive({"a.csv": FIRST, "b.csv": SECOND}).replace(b"b.csv", b"a.csv")


CORPUS = (
    BadDelivery(
        "an archive of a list",
        {"a.zip": archive({"a.csv": CSV})},
        (loaded(3),),
        ("a.zip/a.csv",),
        WHOLE,
    ),
    BadDelivery(
        "an archive with names in GBK",
        {"a.zip": archive({"青禾/一班名单.csv": CSV}, "gbk")},
        (loaded(3),),
        ("a.zip/青禾/一班名单.csv",),
        WHOLE,
    ),
    BadDelivery(
        "an archive with names in UTF-8 that does not say so",
        {"a.zip": patched(archive({"名单.csv": CSV}), 6, 8, "<H", 0)},
        (loaded(3),),
        ("a.zip/名单.csv",),
        WHOLE,
    ),
    BadDelivery(
        "an archive of folders, lists and workbooks",
        {
            "a.zip": archive(
                {
                    "一班/": b"",
                    "一班/a.csv": FIRST,
                    "二班/b.xlsx": workbook(名单=(HEADINGS, DISABLED, FARMER)),
                }
            )
        },
        (loaded(1), loaded(2)),
        ("一班/a.csv", "二班/b.xlsx"),
    ),
    BadDelivery(
        "an archive in an archive",
        {"a.zip": _nested(1)},
        (loaded(3),),
        (r"a.zip/0.zip/a.csv",),
        WHOLE,
    ),
    BadDelivery(
        "an archive with paths of a Windows",
        {"a.zip": archive({"一班\\a.csv": CSV})},
        (loaded(3),),
        ("一班/a.csv",),
        WHOLE,
    ),
    BadDelivery(
        "an archive from a Mac",
        {
            "a.zip": archive(
                {
                    "a.csv": CSV,
                    "__MACOSX/._a.csv": b"\0\x05\x16\x07",
                    ".DS_Store": b"x",
                    "~$b.xlsx": b"x",
                }
            )
        },
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "a document among the lists of an archive",
        {"a.zip": archive({"a.csv": CSV, "通知.docx": b"PK\x03\x04"})},
        (loaded(3), REFUSED),
        (r"\.docx",),
    ),
    BadDelivery(
        "an empty workbook among the lists of an archive",
        {"a.zip": archive({"a.csv": CSV, "b.xlsx": b""})},
        (loaded(3), REFUSED),
        ("is empty",),
    ),
    BadDelivery(
        "the same list twice in an archive",
        {"a.zip": archive({"a.csv": CSV, "b.csv": CSV})},
        (loaded(3), COPY),
        ("copy",),
    ),
    BadDelivery("an archive without a list", {"a.zip": archive({})}, (REFUSED,)),
    BadDelivery(
        "an archive of litter",
        {"a.zip": archive({"__MACOSX/._a.csv": b"x", "Thumbs.db": b"x"})},
        (REFUSED,),
    ),
    BadDelivery(
        "half an archive",
        {"a.zip": archive({"a.csv": CSV})[:-60]},
        (REFUSED,),
        ("incomplete|damaged|cut",),
    ),
    BadDelivery(
        "an archive with a broken byte in its list",
        {"a.zip": patched(archive({"a.csv": CSV}), 14, 16, "<I", 12345)},
        (REFUSED,),
        ("damaged",),
    ),
    BadDelivery(
        "an archive with a password",
        {"a.zip": locked_archive({"a.csv": CSV})},
        (REFUSED,),
        ("password",),
    ),
    BadDelivery(
        "an archive packed in a way that is not read",
        {"a.zip": patched(archive({"a.csv": CSV}), 8, 10, "<H", 9)},
        (REFUSED,),
    ),
    BadDelivery(
        "an archive of another kind named .zip",
        {"a.zip": b"Rar!\x1a\x07\x01\0" + bytes(100)},
        (REFUSED,),
    ),
    BadDelivery("an archive that grows a thousandfold", {"a.zip": _bomb}, (REFUSED,)),
    BadDelivery(
        "an archive that grows a thousandfold and lies about it", {"a.zip": _liar}, (REFUSED,)
    ),
    BadDelivery(
        "an archive of sixty thousand lists",
        {"a.zip": partial(crowded_archive, 60_000)},
        (REFUSED,),
    ),
    BadDelivery("an archive twelve archives deep", {"a.zip": _nested(12)}, (REFUSED,)),
    BadDelivery(
        "an archive that climbs out of its folder",
        {"a.zip": archive({"../../climbed.csv": CSV})},
        (REFUSED,),
    ),
    BadDelivery(
        "an archive that begins at the root",
        {"a.zip": archive({"/climbed.csv": CSV})},
        (REFUSED,),
    ),
    BadDelivery(
        "an archive with a link to the passwords of its reader", {"a.zip": _with_link()}, (REFUSED,)
    ),
    BadDelivery("an archive with two lists of one name", {"a.zip": _twice()}, (REFUSED,)),
    BadDelivery("a workbook named .zip", {"a.zip": workbook(名单=LIST)}, (REFUSED,), ("xlsx",)),
    BadDelivery(
        "an archive named .xlsx", {"a.xlsx": archive({"a.csv": CSV})}, (REFUSED,), ("zip|archive",)
    ),
)
