"""
id: OM701
title: a school unlike its peers
title_zh: 学校画像明显偏离同类
severity: D
certainty: unusual
subject: school
policy: [national:own-blocks]
reads:
  required:
    - core.school
    - feature.school_profile
    - feature.school_term
  optional:
    - teaching_sites
evidence:
  - school_code
  - school_year
  - score
  - place
  - concepts
  - peers
  - peer_group
  - students
  - farthest
  - farthest_zh
  - second_opinion
  - second_opinion_zh
key: [school_code, school_year]
route: school_code
message: >-
  In {school_year} the school is unlike its {peers} peers in {concepts} ways (place {place}, score {score}):
  {farthest}. Second opinion {second_opinion}.
message_zh: >-
  {school_year} 学年该校在 {concepts} 个方面偏离同类 {peers} 所学校(综合得分 {score},排第 {place} 位):{farthest_zh};
  第二意见{second_opinion_zh}。
next: >-
  Look for an innocent reason first (a new campus, a merger, a joint programme, cards issued in one village), then check
  the students behind the farthest measure by name.
next_zh: 先排查正常原因(新校区、合并、联合培养、同村集中办证等),再按偏离最大的指标逐名抽查学生。
params:
  least_students:
    default: 30
    unit: students
    comment: Own estimate; below it chance decides, and a school is never judged by statistics.
  least_count:
    default: 8
    unit: students
    comment: Own estimate; a mark borne by fewer students is a matter for single cases.
  least_peers:
    default: 20
    unit: schools
    comment: Schools of one kind and owner needed for a comparison; else its kind, else all.
  least_schools:
    default: 8
    unit: schools
    comment: Own estimate; with fewer schools in all there are no peers and nobody is judged.
  odd_distance:
    default: 3
    unit: standard deviations
    comment: From this distance on a measure is odd.
  cap:
    default: 4
    unit: standard deviations
    comment: What one concept may add to the score at most, so that none decides alone.
  least_concepts:
    default: 2
    unit: concepts
    comment: Kinds of oddity that a school must show; one alone is honest oddity more often than not.
  least_forest:
    default: 20
    unit: schools
    comment: Own estimate; among fewer schools a forest has nothing to say.
  rare:
    default: 2
    unit: standard deviations
    comment: From this rarity on the forest agrees.
exceptions:
  - name: X12_approved_teaching_site
    says: Students are taught at approved sites off campus, such as village classes for farmers.
    says_zh: 校外教学点已审批(如送教下乡教学点),校外教学不作异常。
    proof: teaching_sites
history:
  - {on: 2024-01-15, note: First edition.}
---
Why it matters

A padded school bears several marks at once: students who sit elsewhere, blocks registered late, phones and accounts
shared by many. No one mark proves anything; honest schools are odd in one way all the time. The score adds, concept by
concept, how far the school lies above peers of its kind and owner, each capped at four standard deviations, so that its
terms are its explanation. It ranks schools for a visit; it accuses nobody, and money or size do not enter it.

With three to eight per cent of padding, three such schools in four stay below the line: a quiet list is no clean city.

What to check first

The farthest measure by name: take the students behind it from the registry and call or visit a dozen of them; and ask
the school for the innocent reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa
from duckdb import DuckDBPyConnection

from detectors.contract import Value
from detectors.outliers.comparison import Mark, compare
from detectors.outliers.measures import MEASURES
from detectors.outliers.standing import Limits, Standing, rare_schools, standings

_PROFILE = """
select
    profile.school_code,
    profile.school_year,
    profile.measure,
    cast(profile.numerator as double) as numerator,
    cast(profile.denominator as double) as denominator,
    coalesce(school.kind, '') as kind,
    coalesce(school.owner, '') as owner
from feature.school_profile as profile
left join core.school as school
    on profile.school_code = school.school_code
where profile.denominator > 0
order by profile.school_year, profile.measure, profile.school_code
"""

_THIS_YEAR = """
select max(term.school_year)
from feature.school_term as term
where term.first_day <= as_of() and term.term = 'autumn'
"""

_APPROVED_SITES = """
select distinct site.school_code  -- a school has many sites
from teaching_sites as site
where as_of() between coalesce(site.valid_from, as_of()) and coalesce(site.valid_to, as_of())
"""

_KEPT = pa.schema(
    {
        "school_code": pa.string(),
        "school_year": pa.string(),
        "measure": pa.string(),
        "value": pa.float64(),
        "numerator": pa.int64(),
        "denominator": pa.int64(),
        "peers_value": pa.float64(),
        "z": pa.float64(),
        "peer_group": pa.string(),
        "peers": pa.int64(),
    }
)

_FOUND = pa.schema(
    {
        "school_code": pa.string(),
        "school_year": pa.string(),
        "score": pa.float64(),
        "place": pa.int32(),
        "concepts": pa.int32(),
        "peers": pa.int32(),
        "peer_group": pa.string(),
        "students": pa.int32(),
        "farthest": pa.string(),
        "farthest_zh": pa.string(),
        "second_opinion": pa.string(),
        "second_opinion_zh": pa.string(),
        "verdict": pa.string(),
        "missing_inputs": pa.string(),
    }
)

_OPINIONS_ZH = {"agrees": "一致", "differs": "不一致", "not asked": "未作(学校过少)"}

_NAMED = 3
"""Measures that the message names."""


def find(con: DuckDBPyConnection, params: Mapping[str, Value]) -> pa.Table:
    """Compare schools with their peers, keep every comparison in feature.school_profile_z, flag the unlike."""
    least_students, least_peers = _whole(params["least_students"]), _whole(params["least_peers"])
    marks = compare(con.execute(_PROFILE).fetchnumpy(), least_students, least_peers)
    _keep(con, marks)
    this_year = _column(con, _THIS_YEAR)
    approved = _column(con, _APPROVED_SITES)
    judged = (
        mark
        for mark in marks
        if mark.school_year in this_year
        and mark.z is not None
        # X12_approved_teaching_site
        and not (mark.measure == "off_site_share" and mark.school_code in approved)
    )
    limits = Limits(
        float(str(params["odd_distance"])), _whole(params["least_count"]), float(str(params["cap"]))
    )
    ranked = standings(judged, limits)
    if len(ranked) < _whole(params["least_schools"]):
        return _FOUND.empty_table()
    least_concepts = _whole(params["least_concepts"])
    unlike = [
        (place, school)
        for place, school in enumerate(ranked, start=1)
        if school.concepts >= least_concepts
    ]
    opinion: Callable[[Standing], str] = _silent
    if unlike and len(ranked) >= _whole(params["least_forest"]):
        opinion = _forest(ranked, float(str(params["rare"])))
    rows = [_finding(place, school, opinion(school)) for place, school in unlike]
    return pa.Table.from_pylist(rows, schema=_FOUND)


def _forest(ranked: list[Standing], rare_from: float) -> Callable[[Standing], str]:
    rare = rare_schools(ranked, rare_from)
    return lambda school: "agrees" if school.school_code in rare else "differs"


def _silent(_school: Standing) -> str:
    return "not asked"


def _finding(place: int, school: Standing, second_opinion: str) -> dict[str, object]:
    farthest = school.odd[:_NAMED]
    return {
        "school_code": school.school_code,
        "school_year": farthest[0].school_year,
        "score": round(school.score, 2),
        "place": place,
        "concepts": school.concepts,
        "peers": farthest[0].peers,
        "peer_group": farthest[0].peer_group,
        "students": school.students,
        "farthest": "; ".join(_in_english(mark) for mark in farthest),
        "farthest_zh": ";".join(_in_chinese(mark) for mark in farthest),
        "second_opinion": second_opinion,
        "second_opinion_zh": _OPINIONS_ZH[second_opinion],
        "verdict": "suspected",
        "missing_inputs": "",
    }


def _in_english(mark: Mark) -> str:
    return (
        f"{MEASURES[mark.measure].label} {mark.value:.1%} ({mark.numerator} of {mark.denominator}),"
        f" median of {mark.peers} peers {mark.peers_value or 0:.1%}, about {mark.excess} more"
    )


def _in_chinese(mark: Mark) -> str:
    return (
        f"{MEASURES[mark.measure].label_zh},同类 {mark.peers} 所中位 {mark.peers_value or 0:.1%},"
        f"本校 {mark.value:.1%}({mark.numerator}/{mark.denominator}),约多出 {mark.excess} 人"
    )


def _keep(con: DuckDBPyConnection, marks: list[Mark]) -> None:
    """Keep the comparisons, for main.school_profiles and for whoever asks why."""
    con.register("marks", pa.Table.from_pylist([vars(mark) for mark in marks], schema=_KEPT))
    con.execute(
        "create or replace table feature.school_profile_z as"
        " select * from marks order by school_code, school_year, measure"
    ).fetchall()
    con.unregister("marks")


def _column(con: DuckDBPyConnection, query: str) -> frozenset[str]:
    return frozenset(str(row[0]) for row in con.execute(query).fetchall())


def _whole(value: Value) -> int:
    return int(str(value))
