"""The manifest of a workspace: what it was built from, by which versions, and how large it is.

Written last, so a directory without one is not a workspace. Knows nothing of how the parts are built.
"""

import hashlib
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tastemaker.tools.errors import WorkspaceError

FORMAT = 3
"""Version of the layout of a workspace; another one has to be built again."""
MANIFEST = "manifest.json"
_PACKAGES = ("tastemaker", "chromadb", "numpy", "sentence-transformers", "sqlalchemy", "tantivy")


class Manifest(BaseModel):
    """What a workspace is."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: int = FORMAT
    """Version of the layout."""
    name: str
    """Name of the catalogue."""
    fingerprint: str
    """Changes with the inputs, the declared schema and the layout."""
    built: datetime = Field(default_factory=lambda: datetime.now(UTC))
    """When the build ended."""
    versions: dict[str, str] = Field(default_factory=lambda: package_versions(_PACKAGES))
    """Versions of the packages that built it."""
    encoder: str = ""
    """Model that made the vectors."""
    dimensions: int = 0
    """Length of a vector."""
    schema_declared: bool = False
    """Whether somebody declared or edited the schema; a rebuild then keeps it."""
    schema_digest: str = ""
    """Digest of `catalogue.toml` as it was written."""
    items: int
    """Items in the catalogue."""
    users: int
    """Users with interactions."""
    interactions: int
    """Interactions in the log."""
    rejected: int
    """Rows or values kept aside in `rejected.jsonl`."""
    seconds: dict[str, float] = Field(default_factory=dict)
    """Time that each step of the build took."""

    def save(self, directory: Path) -> None:
        """Write the manifest into a directory; a reader sees all of it or none."""
        partial = directory / f"{MANIFEST}.partial"
        partial.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")
        partial.replace(directory / MANIFEST)

    @classmethod
    def load(cls, directory: Path) -> "Manifest":
        """Read the manifest of a workspace.

        Raises:
            WorkspaceError: there is none, it is damaged, or it is of another version.
        """
        path = directory / MANIFEST
        cure = "build it again with `tastemaker build`"
        try:
            found = cls.model_validate_json(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError) as error:
            raise WorkspaceError(f"{directory} is not a finished workspace; {cure}.") from error
        except ValidationError as error:
            raise WorkspaceError(f"{path} is damaged ({error.errors()[0]['msg']}); {cure}.") from error
        if found.format != FORMAT:
            raise WorkspaceError(
                f"The workspace {directory} has layout {found.format}, this version reads {FORMAT}; {cure}."
            )
        return found


def digest(*parts: str | bytes) -> str:
    """Return a short digest of texts, in which no two lists of parts run into each other."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "little") + data)
    return found.hexdigest()[:32]


def file_digest(path: Path) -> str:
    """Return the digest of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


def package_versions(names: tuple[str, ...]) -> dict[str, str]:
    """Return the installed versions of packages; `absent` for one that is not installed."""
    found = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found
