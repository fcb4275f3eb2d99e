"""The folders of a workspace, by name."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Workspace:
    """One bureau's folder: what came in, what was decided, what is published, what stays private."""

    root: Path

    @property
    def exports(self) -> Path:
        """Deliveries as they came; never changed."""
        return self.root / "exports"

    @property
    def reviews(self) -> Path:
        """Reviewed case files waiting to be taken in."""
        return self.root / "reviews"

    @property
    def published(self) -> Path:
        """What users read; replaced whole."""
        return self.root / "published"

    @property
    def registry(self) -> Path:
        """The published database, masked."""
        return self.published / "registry.duckdb"

    @property
    def private(self) -> Path:
        """What only the bureau's data officer may read."""
        return self.root / "private"

    @property
    def warehouse(self) -> Path:
        """The working database with full values."""
        return self.private / "warehouse.duckdb"

    @property
    def temp(self) -> Path:
        """Where the database spills what does not fit into memory."""
        return self.private / "temp"

    @property
    def audit_log(self) -> Path:
        """Who exported or unmasked what, when."""
        return self.private / "audit.log"
