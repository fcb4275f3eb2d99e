"""From judged pairs to persons: components of links, then no component that holds a contradiction.

Links are taken strongest first, so a bad row that resembles two twins joins the nearer one and is refused to the
other; a row equally near to two people is refused to both.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa

from detectors.identity.graph import UNLINKED, Chosen, Edges, Numbers, components, sureness
from detectors.identity.groups import Groups
from detectors.identity.model import Model
from detectors.identity.statements import run

NEAR_TO_TWO = "与两名不同人员同样相近,无法区分"


def _edges(con: duckdb.DuckDBPyConnection, findings: Sequence[str]) -> Edges:
    columns = con.sql(
        """
        select place_a, place_b, weight
        from edge
        where finding in (select unnest($findings))
        order by finding = 'must_link' desc, weight desc, place_a, place_b
        """,
        params={"findings": list(findings)},
    ).to_arrow_table()
    return Edges(*(columns[name].to_numpy() for name in columns.column_names))


def _profiles(con: duckdb.DuckDBPyConnection) -> tuple[Numbers, Numbers]:
    """Read, in their order, each profile's own identity number (coded) and records."""
    columns = con.sql(
        """
        select
            coalesce(dense_rank() over (order by known_number nulls last) - 1, -1) as code,
            known_number is not null as is_known,
            records,
            place
        from identity.profile
        inner join node using (profile_no)
        order by place
        """
    ).to_arrow_table()
    known = columns["is_known"].to_numpy(zero_copy_only=False)
    code = np.where(known, columns["code"].to_numpy(), UNLINKED)
    return code, columns["records"].to_numpy()


def holders(numbers: Numbers, links: Edges) -> Numbers:
    """Say whose number each profile carries; two numbers that a link proves one person's are one."""
    both = (numbers[links.one] >= 0) & (numbers[links.other] >= 0)
    between = links.only(both)
    proven = Edges(numbers[between.one], numbers[between.other], between.weight)
    holder = components(proven, int(numbers.max(initial=0)) + 1)
    return np.where(numbers >= 0, holder[numbers], UNLINKED)


def near_to_two(links: Edges, holder: Numbers, ambiguity_bits: float) -> Chosen:
    """Mark the links of a profile without a number of its own that is as near to two holders."""
    bare = np.concatenate([links.one, links.other])
    met = np.concatenate([links.other, links.one])
    weight = np.concatenate([links.weight, links.weight])
    place = np.tile(np.arange(len(links.one)), 2)
    torn = (holder[bare] == UNLINKED) & (holder[met] != UNLINKED)
    bare, met, weight, place = bare[torn], holder[met[torn]], weight[torn], place[torn]
    order = np.lexsort((-weight, bare))
    bare, met, weight, place = bare[order], met[order], weight[order], place[order]
    starts = np.searchsorted(bare, bare, side="left")
    rival = (met != met[starts]) & (weight[starts] - weight <= ambiguity_bits)
    marked = np.zeros(len(links.one), dtype=np.bool_)
    marked[place[np.isin(bare, bare[rival])]] = True
    return marked


def settle(links: Edges, holder: Numbers, enemies: Edges) -> list[str | None]:
    """Join strongest first wherever a component holds a contradiction; say of each link why it was refused."""
    component = components(links, len(holder))
    within = component[enemies.one] == component[enemies.other]
    contradicted = set(component[enemies.one[within]].tolist())
    known = holder != UNLINKED
    held = np.unique(np.stack([component[known], holder[known]]), axis=1)[0]
    named, times = np.unique(held, return_counts=True)
    contradicted |= set(named[times > 1].tolist())
    doubtful = np.isin(component[links.one], sorted(contradicted))

    enemies_of: dict[int, set[int]] = {}
    for one, other in zip(enemies.one.tolist(), enemies.other.tolist(), strict=True):
        enemies_of.setdefault(one, set()).add(other)
        enemies_of.setdefault(other, set()).add(one)
    owners = dict(zip(np.flatnonzero(known).tolist(), holder[known].tolist(), strict=True))
    groups = Groups(owners, enemies_of)
    return [
        groups.join(one, other) if doubted else None
        for one, other, doubted in zip(
            links.one.tolist(), links.other.tolist(), doubtful.tolist(), strict=True
        )
    ]


def cluster(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Write `identity.membership` (a profile's person tonight) and `identity.unjoined` (refused links)."""
    run(con, "nodes")
    numbers, records = _profiles(con)
    links = _edges(con, ("link", "must_link"))
    enemies = _edges(con, ("contradicted", "must_not_link"))
    holder = holders(numbers, links)
    torn = near_to_two(links, holder, model.ambiguity_bits)
    clear = links.only(~torn)
    refusals = settle(clear, holder, enemies)
    kept = clear.only(np.array([why is None for why in refusals], dtype=np.bool_))
    person = components(kept, len(numbers))

    joined = _joined(kept, person, _anchors(numbers, records, person))
    unjoined = _unjoined(links.only(torn), clear, refusals)
    con.register("joined_profiles", joined)
    con.register("unjoined_links", unjoined)
    run(con, "membership")
    con.unregister("joined_profiles")
    con.unregister("unjoined_links")


def _anchors(numbers: Numbers, records: Numbers, person: Numbers) -> Numbers:
    """Give each person's anchor: a profile with a number of its own, then most records, then the first."""
    order = np.lexsort((np.arange(len(numbers)), -records, numbers < 0, person))
    return order[np.unique(person[order], return_index=True)[1]]


def _joined(kept: Edges, person: Numbers, anchors: Numbers) -> pa.Table:
    """Give every profile its person, and the weakest link on its way to the anchor."""
    weakest = sureness(kept, anchors, len(person)).weakest
    linked = np.flatnonzero(weakest != UNLINKED)
    link_a, link_b = np.full((2, len(person)), UNLINKED)
    link_a[linked] = kept.one[weakest[linked]]
    link_b[linked] = kept.other[weakest[linked]]
    return pa.table(
        {
            "place": np.arange(len(person)),
            "person_no": person,
            "link_a": link_a,
            "link_b": link_b,
        }
    )


def _unjoined(torn: Edges, clear: Edges, refusals: Sequence[str | None]) -> pa.Table:
    """List the links that joined nobody, with the reason."""
    left = [(int(a), int(b), NEAR_TO_TWO) for a, b in zip(torn.one, torn.other, strict=True)]
    left += [
        (int(clear.one[at]), int(clear.other[at]), why)
        for at, why in enumerate(refusals)
        if why is not None
    ]
    return pa.table(
        {
            "place_a": pa.array([one for one, _, _ in left], pa.int64()),
            "place_b": pa.array([other for _, other, _ in left], pa.int64()),
            "reason": pa.array([why for _, _, why in left], pa.string()),
        }
    )
