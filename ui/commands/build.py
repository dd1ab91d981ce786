"""`tastemaker build`: makes a workspace, the demo's or one from files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tastemaker.tools.errors import UserError
from tastemaker.ui.commands.common import JsonOption, only_json, print_json, progress_bars, settings_with, terminal

if TYPE_CHECKING:
    from rich.console import Console

    from tastemaker.tools.build.manifest import Manifest
    from tastemaker.tools.catalogue.schema import CatalogueSchema

DEMO = "demo"
UP_TO_DATE = "up to date"
"""The step that a build reports when there is nothing to do."""
ROWS_SHOWN = 10
"""Bad rows that are printed; all of them are in the workspace's `rejected.jsonl`."""


def build(
    demo: Annotated[
        str | None, typer.Argument(metavar="demo", help="The word 'demo' builds the catalogue of films.")
    ] = None,
    items: Annotated[
        str | None,
        typer.Option("--items", metavar="FILE|URL", help="Items: CSV, JSONL, Parquet, or a database URL with #table."),
    ] = None,
    interactions: Annotated[
        str | None,
        typer.Option("--interactions", metavar="FILE|URL", help="Interactions of users with items; same formats."),
    ] = None,
    schema: Annotated[
        Path | None,
        typer.Option("--schema", metavar="FILE", help="A catalogue.toml to use instead of inferring the schema."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Build under this name in the user data directory.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIRECTORY", help="Build in this directory.")] = None,
    json: JsonOption = False,
) -> None:
    """Build a workspace from files, or the demo.

    What is up to date is kept, and an interrupted build goes on where it was.
    """
    _check(demo, items, name, out)
    path = out or settings_with().home / (name or DEMO)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{path.parent} cannot be made ({error.strerror}); choose another place.") from error
    with only_json(json):
        manifest, built = _build(path, items, interactions, schema)
    if json:
        print_json({"workspace": str(path), "up_to_date": not built, **manifest.model_dump(mode="json")})
        return
    from tastemaker.tools.catalogue.schema import CatalogueSchema

    console = terminal()
    found = CatalogueSchema.load(path / "catalogue.toml")
    if built:
        _print_schema(console, found)
        _print_rejected(console, path / "rejected.jsonl", manifest.rejected)
        seconds = sum(manifest.seconds.values())
        console.print(
            f"Built in {seconds:.0f} s; the schema can be edited in {path / 'catalogue.toml'}.",
            style="dim",
            soft_wrap=True,
        )
    else:
        console.print(
            "The workspace is up to date; nothing had to be built.", style="dim", markup=False, soft_wrap=True
        )
    log = f"{manifest.interactions} interactions of {manifest.users} users"
    console.print(f"{manifest.items} {found.plural}, {log}: {path}", markup=False, soft_wrap=True)


def _check(demo: str | None, items: str | None, name: str | None, out: Path | None) -> None:
    if demo not in (None, DEMO):
        raise UserError(f"There is no '{demo}' to build; say 'demo', or give your files with --items.")
    if demo is None and items is None:
        raise UserError("There is nothing to build from; give a file with --items, or say 'tastemaker build demo'.")
    if demo is not None and items is not None:
        raise UserError("The demo has its own items; leave out 'demo' or --items.")
    if name is not None and out is not None:
        raise UserError("A workspace has one place; give --name or --out.")
    if items is not None and name is None and out is None:
        raise UserError("The workspace needs a place; give it a --name, or a directory with --out.")
    if name is not None and ("/" in name or "\\" in name or name.startswith(".")):
        raise UserError(f"'{name}' is no name but a path; give it with --out.")


def _build(path: Path, items: str | None, interactions: str | None, schema: Path | None) -> tuple["Manifest", bool]:
    """Return the manifest, and whether anything had to be built."""
    steps: set[str] = set()
    with progress_bars() as bars:

        def progress(step: str, done: int, total: int) -> None:
            steps.add(step)
            bars(step, done, total)

        if items is None:
            from tastemaker.demo.films import build_demo

            manifest = build_demo(path, progress)
        else:
            from tastemaker.tools.build.builder import build_workspace
            from tastemaker.tools.catalogue.schema import CatalogueSchema

            declared = CatalogueSchema.load(schema) if schema else None
            manifest = build_workspace(path, items, interactions, declared, progress=progress)
    return manifest, bool(steps - {UP_TO_DATE})


def _print_schema(console: "Console", schema: "CatalogueSchema") -> None:
    from rich.table import Table

    table = Table(title=f"The schema of {schema.name}: one {schema.noun}, several {schema.plural}")
    for column in ("field", "type", "role", "unit", "said as"):
        table.add_column(column)
    for field in schema.fields:
        table.add_row(field.name, field.type.value, field.role.value, field.unit, ", ".join(field.cues[:3]))
    console.print(table)
    if schema.like_at_least is not None:
        console.print(
            f"An interaction of at least {schema.like_at_least:g} counts as liking.",
            style="dim",
            markup=False,
            soft_wrap=True,
        )


def _print_rejected(console: "Console", path: Path, count: int) -> None:
    if not count:
        return
    import json

    console.print(
        f"{count} rows or values could not be used and are kept aside in {path}:", markup=False, soft_wrap=True
    )
    with path.open(encoding="utf-8") as file:
        for line, _ in zip(file, range(ROWS_SHOWN), strict=False):
            row = json.loads(line)
            part = " (only this value)" if row["kept"] else ""
            console.print(f"  {row['source']}, line {row['line']}: {row['reason']}{part}", markup=False, soft_wrap=True)
    if count > ROWS_SHOWN:
        console.print(f"  and {count - ROWS_SHOWN} more")
