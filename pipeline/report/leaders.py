"""The report for leaders: one self-contained page without personal data, script or network."""

from decimal import Decimal
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.report.charts import SHADES, stacked_bars, trend_line
from pipeline.report.figures import SEVERITIES, Figures
from pipeline.report.quality import RANKED_FROM

_HERE = Path(__file__).parent


def render(figures: Figures) -> str:
    """Give the page as HTML; the same figures give the same bytes."""
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"yuan": _yuan, "share": _share}
    return environment.get_template("leaders.html").render(
        f=figures,
        shades=SHADES,
        severities=SEVERITIES,
        ranked_from=RANKED_FROM,
        region_chart=stacked_bars([(line.region, line.by_severity) for line in figures.regions]),
        trend_chart=trend_line(figures.trend),
    )


def _yuan(amount: Decimal) -> str:
    return f"{amount:,.0f}"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"
