"""Writes marked requests as the learners' examples, a turn a line.

`python -m tastemaker.eval.understanding.examples OUT.jsonl --set FILE …` does it by hand; the training does it by
itself. What an example holds is made in `train.turns`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tastemaker.agent.settings import Settings
from tastemaker.eval.understanding.catalogues import Catalogues, declared_schemas, read_all
from tastemaker.eval.understanding.train import turns
from tastemaker.tools.workspace import Workspace


def write_examples(out: Path, files: Sequence[Path], workspace: str | None) -> int:
    """Write the turns of some files of marked requests as examples; return how many.

    Args:
        out: file to write, JSONL.
        files: marked requests.
        workspace: path or name of the workspace of the films; that of the settings when None.
    """
    with Workspace.open(Settings().workspace_path(workspace)) as given:
        dialogues = read_all(files, declared_schemas(given.schema))
        with Catalogues(Settings().home, given, dialogues) as catalogues:
            return turns.write(out, turns.examples(dialogues, catalogues))


def main(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="File to write, JSONL.")],
    sets: Annotated[list[Path], typer.Option("--set", metavar="FILE", help="Marked requests; several times.")],
    workspace: Annotated[str | None, typer.Option("--workspace", "-w", metavar="NAME|PATH")] = None,
) -> None:
    """Write the turns of marked requests as examples, with what the rules say of each."""
    write_examples(out, sets, workspace)


if __name__ == "__main__":
    typer.run(main)
