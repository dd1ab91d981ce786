"""A report as a file of JSON: written whole or not at all, and read back with a sentence about what is wrong.

Knows no figures.
"""

from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from tastemaker.tools.errors import DataError


class SavedReport(BaseModel):
    """A report that can be saved."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    otherwise: ClassVar[str] = "is not a report"
    """What is said of a file that does not hold one."""

    def save(self, path: Path) -> None:
        """Write the report; a reader sees the old file or the new one, never a part.

        The partial results that the run kept beside it are removed.
        """
        writing = path.with_name(f".{path.name}.writing")
        writing.write_text(self.model_dump_json(indent=1), encoding="utf-8")
        writing.replace(path)
        partial_path(path).unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a report.

        Raises:
            DataError: the file is missing or does not hold such a report.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise DataError(f"{path} cannot be read ({error.strerror}); check the path.") from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the file"
            raise DataError(f"{path} {cls.otherwise} ({where}: {first['msg']}); write it again.") from error


def partial_path(report: Path) -> Path:
    """Return where the results of an unfinished run are kept: beside its report."""
    return report.with_name(f"{report.name}.partial")
