"""What people write where there is nothing to write."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detectors.identity.linkage.characters import bits

_MARKS = (
    *(
        "",
        "无",
        "無",
        "没有",
        "暂无",
        "不详",
        "未知",
        "不明",
        "未填",
        "待补",
        "空",
        "无名",
        "未取名",
    ),
    *(
        "NULL",
        "NONE",
        "NA",
        "N/A",
        "NAN",
        "NIL",
        "UNKNOWN",
        "\\N",
        "-",
        "--",
        "—",
        "/",
        "\\",
        "?",
        ".",
    ),
)


def says_something(texts: pa.Array) -> NDArray[np.bool_]:
    """Tell the texts that are no mark of a blank; a null says nothing."""
    bare = pc.utf8_upper(pc.utf8_trim_whitespace(texts))
    is_mark = pc.is_in(bare, pa.array(_MARKS, pa.string()))
    return bits(pc.and_(pc.is_valid(texts), pc.invert(is_mark)))
