"""Which detectors there are: whatever lies in the family folders, nothing else to register."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from detectors.contract import Detector, DetectorError
from detectors.header import read

HERE = Path(__file__).parent
_FILES = "*/[A-Z][A-Z][0-9][0-9][0-9]_*"


@lru_cache
def detectors(root: Path = HERE) -> dict[str, Detector]:
    """Get every detector by its id, in the order of ids; DetectorError where two share one."""
    found: dict[str, Detector] = {}
    for path in files(root):
        detector = read(path)
        if detector.id in found:
            raise DetectorError(
                f"{path.name}: id {detector.id} is taken by {found[detector.id].path.name}"
            )
        found[detector.id] = detector
    return dict(sorted(found.items()))


def detector(id_: str, root: Path = HERE) -> Detector:
    """Get one detector without reading the others; DetectorError lists the ids that exist."""
    for path in files(root):
        if path.name.startswith(f"{id_.upper()}_"):
            return read(path)
    known = ", ".join(path.name[:5] for path in files(root))
    raise DetectorError(f"no detector {id_}; there are: {known or 'none'}")


def files(root: Path = HERE) -> list[Path]:
    """List the detector files, sorted by name."""
    return sorted(
        (path for path in root.glob(_FILES) if path.suffix in {".sql", ".py"}),
        key=lambda path: path.name,
    )
