"""Bad and odd places: links, pipes, litter, and files where no delivery belongs."""

from __future__ import annotations

import os
from pathlib import Path

from bad_delivery import (
    PLAIN,
    REFUSED,
    SOURCE,
    BadDelivery,
    loaded,
)

WHOLE = {(2, "name"): "王一虚", (3, "id_number"): "99010219900202002X", (4, "kind"): "新型职业农民"}


def _linked_outside(exports: Path) -> None:
    outside = exports.parent.parent / f"{exports.parent.name} elsewhere"
    outside.mkdir()
    (outside / "a.csv").write_text(PLAIN, encoding="utf-8")
    (exports / SOURCE / "link.csv").symlink_to(outside / "a.csv")


def _linked_folder_outside(exports: Path) -> None:
    _linked_outside(exports)
    link = exports / SOURCE / "link.csv"
    (exports / SOURCE / "folder").symlink_to(link.resolve().parent)
    link.unlink()


def _linked_to_nothing(exports: Path) -> None:
    (exports / SOURCE / "link.csv").symlink_to(exports / SOURCE / "gone.csv")


def _linked_in_a_circle(exports: Path) -> None:
    (exports / SOURCE / "circle").symlink_to(exports / SOURCE)


def _pipe(exports: Path) -> None:
    os.mkfifo(exports / SOURCE / "pipe.csv")


def _named_in_gbk(exports: Path) -> None:
    name = os.fsencode(exports / SOURCE) + b"/" + "名单.csv".encode("gbk")
    Path(os.fsdecode(name)).write_text(PLAIN, encoding="utf-8")


PLACES = (
    BadDelivery(
        "a link to a file outside the workspace",
        {"a.csv": PLAIN.encode()},
        (loaded(3), REFUSED),
        ("outside",),
        prepare=_linked_outside,
    ),
    BadDelivery(
        "a link to a folder outside the workspace",
        {"a.csv": PLAIN.encode()},
        (loaded(3), REFUSED),
        ("link",),
        prepare=_linked_folder_outside,
    ),
    BadDelivery(
        "a link to nothing",
        {"a.csv": PLAIN.encode()},
        (loaded(3), REFUSED),
        ("link to nothing",),
        prepare=_linked_to_nothing,
    ),
    BadDelivery(
        "a link to the folder it lies in",
        {"a.csv": PLAIN.encode()},
        (loaded(3), REFUSED),
        ("link",),
        prepare=_linked_in_a_circle,
    ),
    BadDelivery(
        "a pipe that never ends",
        {"a.csv": PLAIN.encode()},
        (loaded(3), REFUSED),
        ("no file",),
        prepare=_pipe,
    ),
    BadDelivery(
        "a file name in GBK",
        {"b.csv": b"x,y\n"},
        (REFUSED, loaded(3)),
        ("名单",),
        WHOLE,
        prepare=_named_in_gbk,
    ),
    BadDelivery(
        "a folder named like a file", {"a.csv/二班/b.csv": PLAIN.encode()}, (loaded(3),), (), WHOLE
    ),
    BadDelivery(
        "lock files and litter",
        dict.fromkeys(("~$a.xlsx", ".DS_Store", "desktop.ini", "THUMBS.DB", "._a.csv"), b"x"),
        (),
    ),
    BadDelivery("a document", {"通知.docx": b"PK\x03\x04"}, (REFUSED,), (r"\.docx", r"\.xlsx")),
    BadDelivery(
        "an archive of a kind that is not read",
        {"a.rar": b"Rar!\x1a\x07\x01\0"},
        (REFUSED,),
        (r"\.rar", "zip"),
    ),
    BadDelivery("a file without extension", {"名单": PLAIN.encode()}, (REFUSED,), ("extension",)),
    BadDelivery(
        "a folder that names no source",
        {"/特殊身份/a.csv": PLAIN.encode()},
        (REFUSED,),
        ("special_statuses",),
    ),
    BadDelivery(
        "a file beside the folders", {"/a.csv": PLAIN.encode()}, (REFUSED,), ("exports/<source>/",)
    ),
)

CORPUS = PLACES
