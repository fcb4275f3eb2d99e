"""What printed lists put around their rows: totals, signatures, notes and page numbers below the table."""

import re
from collections.abc import Sequence

# Chinese forms end with who drew them up, who checked them, when, and what it adds up to.
_TOTAL = r"(?:本页|本班|本校|全校|全县|全市)?(?:合计|小计|总计|共计|累计)"
_SIGNATURE = (
    r"(?:制表|填表|填报|审核|复核|经办|经手|负责|校长|联系|打印|导出|统计|上报|录入|报送)"
    r"(?:人|员|单位|部门|日期|时间|签字|签名|电话|机构)"
)
CLOSING = (
    rf"^(?:{_TOTAL}(?:人数|金额|数)?(?:[\s:：(（\d].*)?"
    rf"|{_SIGNATURE}(?:[\s:：(（].*)?"
    r"|(?:备注|说明|注|附注|提示|盖章|单位盖章|公章)\s*[:：(（].*"
    r"|第\s*\d+\s*页.*|共\s*\d+\s*[页人条行].*"
    r")$"
)
_CLOSING = re.compile(CLOSING, re.DOTALL)


def is_closing(cells: Sequence[str]) -> bool:
    """Whether a row opens like a total or a signature; the caller knows whether it is too full for one."""
    first = next((cell for cell in cells if cell), "")
    return bool(_CLOSING.match("".join(first.split())))
