"""Bad and odd encodings: what Chinese registries, banks and offices write, whole and broken."""

from __future__ import annotations

from bad_delivery import (
    DISABLED,
    FARMER,
    HEADINGS,
    PLAIN,
    REFUSED,
    ROWS,
    VETERAN,
    BadDelivery,
    loaded,
    rows_of,
)

WHOLE = {(2, "name"): "王一虚", (4, "source_department"): "农业农村局"}
TWO = {(2, "name"): "王一虚", (4, "name"): "赵三青"}
GBK, UTF8 = PLAIN.encode("gbk"), PLAIN.encode()
# What a Big5 system writes: traditional characters.
TRADITIONAL = rows_of(
    ("類別", "姓名", "身份證號", "認定日期", "認定部門"),
    ("退役軍人", "王一虛", *VETERAN[2:4], "退役軍人事務局"),
    ("殘疾人", "李二構", *DISABLED[2:4], "殘聯"),
)
LATIN = rows_of(
    ("kind", "XM", "SFZH", "valid_from", "source_department"),
    ("退役軍人", "王一虛", *VETERAN[2:4], "退役軍人事務局"),
    ("低保", "李二構", *DISABLED[2:4], "民政局"),
)
HIGHER = rows_of(
    ("XH", "XM", "XB", "SFZH", "YXDM", "XXXS", "RXRQ", "XJZT"),
    (
        "2023001",
        "孙五青",
        "1",
        "990102200501010013",
        "4199000001",
        "普通全日制",
        "20230901",
        "注册学籍",
    ),
)


def _named(name: str) -> str:
    return PLAIN.replace("王一虚", name)


def _file(
    name: str, content: bytes, rejected: int = 0, kept: int = 3, **more: object
) -> BadDelivery:
    return BadDelivery(name, {"a.csv": content}, (loaded(kept, rejected),), **more)  # type: ignore[arg-type]


CORPUS = (
    _file("UTF-8 with a byte order mark", PLAIN.encode("utf-8-sig"), cells=WHOLE),
    _file("two byte order marks", b"\xef\xbb\xbf" + PLAIN.encode("utf-8-sig"), cells=WHOLE),
    _file(
        "two files with byte order marks, one after the other",
        PLAIN.encode("utf-8-sig") * 2,
        kept=6,
        cells=WHOLE,
    ),
    _file("GBK", GBK, cells=WHOLE),
    _file(
        "GB18030 with a name of four-byte characters",
        _named("王𬱖㼆").encode("gb18030"),
        cells={(2, "name"): "王𬱖㼆"},
    ),
    _file(
        "GBK with a four-byte character on its last line alone",
        (rows_of(HEADINGS, *ROWS * 2000) + rows_of(("残疾人", "钱𬀩", *VETERAN[2:]))).encode(
            "gb18030"
        ),
        kept=6001,
        cells={(6002, "name"): "钱𬀩"},
    ),
    _file(
        "UTF-16 with a byte order mark, little end first",
        b"\xff\xfe" + PLAIN.encode("utf-16-le"),
        cells=WHOLE,
    ),
    _file(
        "UTF-16 with a byte order mark, big end first",
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        cells=WHOLE,
    ),
    _file(
        "UTF-16 without a byte order mark, little end first", PLAIN.encode("utf-16-le"), cells=WHOLE
    ),
    _file(
        "UTF-16 without a byte order mark, big end first", PLAIN.encode("utf-16-be"), cells=WHOLE
    ),
    _file(
        "UTF-16 that ends in half a character", b"\xff\xfe" + PLAIN.encode("utf-16-le")[:-3], 1, 2
    ),
    _file(
        "UTF-16 with half a pair in a name",
        b"\xff\xfe" + PLAIN.encode("utf-16-le").replace("李".encode("utf-16-le"), b"\x00\xd8", 1),
        1,
        2,
        cells=TWO,
    ),
    _file(
        "Big5 in traditional characters",
        TRADITIONAL.encode("big5"),
        kept=2,
        cells={(2, "name"): "王一虛", (3, "name"): "李二構"},
    ),
    _file(
        "Big5 below a Latin heading", LATIN.encode("big5"), kept=2, cells={(2, "name"): "王一虛"}
    ),
    _file(
        "GBK with one broken byte",
        GBK.replace("李二".encode("gbk"), "李".encode("gbk") + b"\xff", 1),
        1,
        2,
        cells=TWO,
    ),
    _file(
        "UTF-8 with one broken byte",
        UTF8.replace("李二".encode(), "李".encode() + b"\xff", 1),
        1,
        2,
        cells=TWO,
    ),
    _file(
        "GBK with a broken byte in its heading",
        GBK.replace("认定部门".encode("gbk"), "认定部".encode("gbk") + b"\xff", 1),
        kept=3,
        cells={(2, "name"): "王一虚"},
    ),
    _file(
        "a line of GBK in a file of UTF-8",
        (
            rows_of(HEADINGS, VETERAN).encode()
            + rows_of(DISABLED).encode("gbk")
            + rows_of(FARMER).encode()
        ),
        1,
        2,
        cells=TWO,
    ),
    _file(
        "a line of UTF-8 in a file of GBK",
        (rows_of(HEADINGS, VETERAN, *[FARMER] * 8).encode("gbk") + rows_of(DISABLED).encode()),
        kept=10,
        told=("two encodings",),
        cells={(11, "name"): "李二构"},
    ),
    _file(
        "half a character at the end of a file that was cut",
        GBK.rstrip(b"\n")[:-1],
        1,
        2,
        cells={(2, "name"): "王一虚", (3, "name"): "李二构"},
    ),
    _file("the end of a file of DOS", GBK + b"\x1a", cells=WHOLE),
    BadDelivery(
        "zeros after the end of a file", {"a.csv": UTF8 + bytes(512)}, (REFUSED,), ("zero bytes",)
    ),
    _file(
        "a name dot of GBK", _named("阿依·买买提").encode("gbk"), cells={(2, "name"): "阿依·买买提"}
    ),
    _file(
        "a Latin heading over rows in GBK",
        HIGHER.encode("gbk"),
        kept=1,
        source="higher_students",
        cells={(2, "name"): "孙五青"},
    ),
    _file(
        "characters that GBK keeps for private use",
        _named("王\ue81e").encode("gb18030"),
        cells={(2, "name"): "王\u9fb4"},
    ),
    _file(
        "a name in which an exporter put a question mark",
        _named("王?").encode("gbk"),
        told=("姓名",),
        cells={(2, "name"): "王?"},
    ),
    _file(
        "a name in which an exporter put a replacement mark",
        _named("王\ufffd").encode(),
        told=("姓名",),
        cells={(2, "name"): "王\ufffd"},
    ),
    BadDelivery(
        "UTF-8 that was taken for GBK and saved again",
        {"a.csv": UTF8.decode("gb18030", "ignore").encode()},
        (REFUSED,),
    ),
    _file("UTF-32", PLAIN.encode("utf-32"), cells=WHOLE),
    BadDelivery("text that is noise", {"a.csv": bytes(range(1, 256)) * 8}, (REFUSED,)),
)
