"""`qingji init`: an empty workspace with a template for every source."""

from pipeline.store.templates import write_template
from pipeline.workspace import Workspace
from schemas.catalog import sources


def make_workspace(workspace: Workspace, settings: str) -> int:
    """Make the folders, a template for every source, and qingji.toml; keep what is there."""
    # Deliveries and reviews name people: nobody outside the bureau's group has a look.
    for folder in (workspace.exports, workspace.reviews):
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    for source in sources().values():
        folder = workspace.exports / source.name
        folder.mkdir(parents=True, exist_ok=True)
        # Empty, it counts as no delivery; filled in, it is one like any other.
        template = folder / f"{source.name}.template.xlsx"
        if not template.exists():
            write_template(template, source)
    workspace.private.mkdir(mode=0o700, exist_ok=True)
    path = workspace.root / "qingji.toml"
    if not path.exists():
        path.write_text(settings, encoding="utf-8")
    return len(sources())
