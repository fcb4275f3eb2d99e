"""Groups of profiles that refuse to join against what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, field

BOTH_ALREADY_SOMEBODY = "两组记录各有不同的有效证件号,不能归为一人"
PROVEN_TWO = "两组记录中有相互矛盾的记录(一号两人或核查认定),不能归为一人"


@dataclass
class Groups:
    """Disjoint groups; `holder_of` says whose number a profile carries, `enemies_of` what it must not meet."""

    holder_of: dict[int, int]
    enemies_of: dict[int, set[int]]
    _parent: dict[int, int] = field(default_factory=dict)
    _members: dict[int, set[int]] = field(default_factory=dict)
    _holder: dict[int, int] = field(default_factory=dict)

    def root(self, profile: int) -> int:
        """Find the group of a profile, opening one for it if need be."""
        if profile not in self._parent:
            self._parent[profile] = profile
            self._members[profile] = {profile}
            if profile in self.holder_of:
                self._holder[profile] = self.holder_of[profile]
        while self._parent[profile] != profile:
            self._parent[profile] = self._parent[self._parent[profile]]
            profile = self._parent[profile]
        return profile

    def join(self, one: int, other: int) -> str | None:
        """Join two profiles' groups, or say why they must stay apart."""
        small, large = sorted(
            (self.root(one), self.root(other)), key=lambda root: (len(self._members[root]), -root)
        )
        if small == large:
            return None
        why = self._against(small, large)
        if why is None:
            self._parent[small] = large
            self._members[large] |= self._members.pop(small)
            if small in self._holder:
                self._holder[large] = self._holder.pop(small)
        return why

    def _against(self, small: int, large: int) -> str | None:
        held = {self._holder[root] for root in (small, large) if root in self._holder}
        if len(held) > 1:
            return BOTH_ALREADY_SOMEBODY
        nobody: set[int] = set()
        if any(
            self.enemies_of.get(member, nobody) & self._members[large]
            for member in self._members[small]
        ):
            return PROVEN_TWO
        return None
