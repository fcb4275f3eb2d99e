"""Bad and odd texts: separators, quotation marks and line ends that nobody agreed on."""

from __future__ import annotations

from bad_delivery import (
    DISABLED,
    FARMER,
    HEADINGS,
    LIST,
    PLAIN,
    REFUSED,
    ROWS,
    VETERAN,
    BadDelivery,
    loaded,
    rows_of,
)

WHOLE = {(2, "name"): "王一虚", (3, "source_department"): "残联", (4, "kind"): "新型职业农民"}
TWO = {(2, "name"): "王一虚", (4, "name"): "赵三青"}
QUOTED = "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in LIST)
BARS = rows_of(*LIST, separator="|")
# Second bytes of these characters of GBK are a bar and a backslash.
TRAILING_BAR = b"\xc0\x7c".decode("gbk")
TRAILING_BACKSLASH = b"\xc0\x5c".decode("gbk")


def _text(name: str, text: str, kept: int = 3, rejected: int = 0, **more: object) -> BadDelivery:
    return BadDelivery(name, {"a.txt": text.encode()}, (loaded(kept, rejected),), **more)  # type: ignore[arg-type]


CORPUS = (
    _text("semicolons", rows_of(*LIST, separator=";"), cells=WHOLE),
    _text("tabs", rows_of(*LIST, separator="\t"), cells=WHOLE),
    _text("bars", BARS, cells=WHOLE),
    BadDelivery(
        "tabs in a file named .csv",
        {"a.csv": rows_of(*LIST, separator="\t").encode()},
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "bars in GBK, and names whose second byte is a bar",
        {
            "a.txt": BARS.replace("王一虚", "王" + TRAILING_BAR)
            .replace("李二构", TRAILING_BACKSLASH)
            .encode("gbk")
        },
        (loaded(3),),
        (),
        {
            (2, "name"): "王" + TRAILING_BAR,
            (3, "name"): TRAILING_BACKSLASH,
            (3, "source_department"): "残联",
        },
    ),
    _text(
        "titles with more commas than the list has tabs",
        "单位,甲,乙,丙,丁,戊\n说明,一,二,三,四,五\n" + rows_of(*LIST, separator="\t"),
        cells={(4, "name"): "王一虚"},
    ),
    _text(
        "the line by which Excel is told the separator",
        "sep=;\n" + rows_of(*LIST, separator=";"),
        cells={(3, "name"): "王一虚"},
    ),
    _text("every cell in quotation marks", QUOTED, cells=WHOLE),
    _text("blanks after the separators", PLAIN.replace(",", ", "), cells=WHOLE),
    _text("blanks between separators and quotation marks", QUOTED.replace(",", ", "), cells=WHOLE),
    _text("a separator at the end of every row", PLAIN.replace("\n", ",\n"), cells=WHOLE),
    _text("line ends of an old Mac", PLAIN.replace("\n", "\r"), cells=WHOLE),
    _text(
        "line ends of two systems",
        PLAIN.replace("\n", "\r\n", 2),
        cells=WHOLE,
    ),
    _text("two carriage returns at every line end", PLAIN.replace("\n", "\r\r\n")),
    _text("no line end at the end", PLAIN.rstrip("\n"), cells=WHOLE),
    _text(
        "blank lines and lines of separators",
        PLAIN.replace("\n残", "\n\n,,,,\n   \n残"),
        cells={(6, "name"): "李二构"},
    ),
    _text(
        "a line break in a cell",
        PLAIN.replace("残联", '"残\n联"'),
        cells={(3, "source_department"): "残\n联", (5, "name"): "赵三青"},
    ),
    _text(
        "quotation marks in a cell",
        PLAIN.replace("残联", '"残""联"""'),
        cells={(3, "source_department"): '残"联"'},
    ),
    _text(
        "a quotation mark astray",
        PLAIN.replace("残联", '残"联'),
        cells={(3, "source_department"): '残"联'},
    ),
    _text(
        "a quotation mark that opens and never closes",
        PLAIN.replace("残联", '"残联'),
        2,
        1,
        cells=TWO,
    ),
    _text(
        "a quotation mark that closes and never opens",
        PLAIN.replace("李二构", '李二构"'),
        3,
        0,
        cells={(4, "name"): "赵三青"},
    ),
    _text("a cell too few at the end", PLAIN.replace(",残联", ""), cells={(3, "name"): "李二构"}),
    _text(
        "a row cut before its number",
        PLAIN.replace(",99010219900202002X,2021-02-28,残联", ""),
        2,
        1,
        cells=TWO,
    ),
    _text("a separator missing", PLAIN.replace("李二构,", "李二构"), 2, 1, cells=TWO),
    _text(
        "a comma in a cell without quotation marks", PLAIN.replace("残联", "残,联"), 2, 1, cells=TWO
    ),
    _text("an empty cell more at the end of one row", PLAIN.replace("残联", "残联,"), cells=WHOLE),
    _text(
        "a row of one cell that is no signature", PLAIN + "990102200001010019\n", 3, 1, cells=WHOLE
    ),
    _text(
        "formulas that keep Excel from counting",
        rows_of(HEADINGS, *((row[0], row[1], f'="{row[2]}"', *row[3:]) for row in ROWS)),
        cells={(3, "id_number"): DISABLED[2]},
    ),
    _text(
        "formulas that keep Excel from counting, quoted once more",
        rows_of(HEADINGS, *((row[0], row[1], f'"=""{row[2]}"""', *row[3:]) for row in ROWS)),
        cells={(3, "id_number"): DISABLED[2]},
    ),
    _text(
        "tabs behind the numbers",
        PLAIN.replace("0013,", "0013\t,").replace("02X,", "02X\t,"),
        cells={(2, "id_number"): VETERAN[2]},
    ),
    _text(
        "apostrophes before the numbers",
        PLAIN.replace(",99010", ",'99010"),
        cells={(2, "id_number"): VETERAN[2]},
    ),
    _text(
        "single quotation marks around every cell",
        "".join(",".join(f"'{cell}'" for cell in row) + "\n" for row in LIST),
        cells=WHOLE,
    ),
    _text(
        "a heading of two lines",
        PLAIN.replace("身份证号", '"身份\n证号"', 1),
        cells={(3, "name"): "王一虚"},
    ),
    _text(
        "one cell of a hundred thousand characters",
        rows_of(HEADINGS, (*VETERAN[:4], "长" * 100_000), DISABLED, FARMER),
        cells={(3, "name"): "李二构"},
    ),
    _text(
        "a zero byte in a name",
        PLAIN.replace("李二构", "李二\0构"),
        3,
        0,
        cells={(4, "name"): "赵三青"},
    ),
    _text(
        "a heading twice and a row between",
        rows_of(HEADINGS, VETERAN, HEADINGS, DISABLED, FARMER),
        cells={(4, "name"): "李二构"},
    ),
    BadDelivery(
        "a list with nothing but its heading", {"a.csv": rows_of(HEADINGS).encode()}, (loaded(0),)
    ),
    BadDelivery("an empty text", {"a.csv": b""}, (REFUSED,), ("is empty",)),
    BadDelivery(
        "a separator that nobody uses",
        {"a.csv": rows_of(*LIST, separator="~").encode()},
        (REFUSED,),
    ),
    BadDelivery(
        "a letter in place of a list",
        {"a.txt": "各位领导：\n名单随后报送。\n此致\n".encode("gbk")},
        (REFUSED,),
    ),
)
