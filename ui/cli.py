"""The command line: `tastemaker COMMAND`.

Puts the commands together and turns a user's mistake into one sentence on stderr and exit code 2. Imports nothing
heavy: each command imports what it needs when it runs, so that `--help` answers at once.
"""

import importlib.metadata
import logging
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from tastemaker.tools.errors import UserError
from tastemaker.ui.commands.ask import ask
from tastemaker.ui.commands.bench import bench
from tastemaker.ui.commands.build import build
from tastemaker.ui.commands.chat import chat
from tastemaker.ui.commands.doctor import doctor
from tastemaker.ui.commands.evaluate import evaluate
from tastemaker.ui.commands.teach import teach
from tastemaker.ui.commands.web import web

USER_MISTAKE = 2
INTERRUPTED = 130

QUIET = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
}
"""Set before any library is imported, unless the environment says otherwise: all models are on disk, so nothing asks
a network, reports home or draws bars of its own."""

app = typer.Typer(
    name="tastemaker",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tastemaker {importlib.metadata.version('tastemaker')}")
        raise typer.Exit


@app.callback()
def tastemaker(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """A conversational recommender over your own catalogue.

    Settings come from options, then from TASTEMAKER_... variables, then from tastemaker.toml in this directory.
    """


app.command()(build)
app.command()(ask)
app.command()(chat)
app.command("ui")(web)
app.command("eval")(evaluate)
app.command()(teach)
app.command()(bench)
app.command()(doctor)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process.

    Args:
        arguments: the words after `tastemaker`; those of the process when None.

    Raises:
        SystemExit: always; 0 done, 1 a check failed, 2 the user's mistake, 130 interrupted.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        app(args=None if arguments is None else list(arguments), prog_name="tastemaker")
    except UserError as error:
        print(f"tastemaker: {error}", file=sys.stderr)
        sys.exit(USER_MISTAKE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
