"""Runs an evaluation: files of dialogues, systems by name, one report.

What is played and how it is scored are `tastemaker.eval.playback` and `tastemaker.eval.metrics`; this module puts
the pieces together and writes down what the figures depend on.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tastemaker.agent.settings import Settings
from tastemaker.eval.ablation import check_tools, differences
from tastemaker.eval.dialogue import Dialogue, item_ids
from tastemaker.eval.dialogue_file import DialogueFile, read_dialogues
from tastemaker.eval.expectation import check_expectations
from tastemaker.eval.names import without_name
from tastemaker.eval.partial import PartialResults
from tastemaker.eval.playback import Progress, run_system
from tastemaker.eval.provenance import catalogue_of, digest, fingerprint, telling, versions
from tastemaker.eval.report import DialogueRecord, Manifest, Report, SystemReport
from tastemaker.eval.summary import prompts_used
from tastemaker.eval.system_names import check_systems, open_system
from tastemaker.tools.registry import SWITCHES
from tastemaker.tools.workspace import Workspace

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def run_evaluation(
    dialogues: Sequence[Path],
    workspace: Workspace,
    systems: Sequence[str],
    seed: int,
    settings: Settings,
    without: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    partial: Path | None = None,
    model: "BaseChatModel | None" = None,
) -> Report:
    """Run scripted dialogues through systems.

    Args:
        dialogues: files in the format of `tastemaker.eval.dialogue`, JSONL or YAML.
        workspace: what is recommended from.
        systems: names of systems: `agent:rules`, `agent:local`, `agent:chat`, or a baseline.
        seed: seed of the bootstrap.
        settings: as of the agent; its planner is set by the system's name.
        without: tools to leave out, one at a time: each agent runs again without each, and the report tells the
            difference.
        progress: told after every dialogue.
        partial: file to keep results in while the run lasts, from which an interrupted run goes on.
        model: chat model of `agent:chat`; made from the settings when None.

    Raises:
        DialogueError: a file is not in the format, or expects what the catalogue cannot be asked.
        SettingsError: a system or tool of that name does not exist, or the settings lack what it needs.
    """
    started, clock = datetime.now(UTC), perf_counter()
    systems = list(dict.fromkeys(systems))
    without = list(dict.fromkeys(without))
    check_systems(systems)
    check_tools(without, systems, list(SWITCHES))
    read = read_dialogues(dialogues)
    check_expectations(read.dialogues, workspace.schema)
    kept = PartialResults(partial, fingerprint(_content(read.dialogues), workspace, settings), DialogueRecord)
    reports: dict[str, SystemReport] = {}
    ablation = {}

    def run(name: str, left_out: str | None = None) -> SystemReport:
        # The encoder is loaded before the first turn, and nothing that another system has had encoded is remembered.
        workspace.encoder.encode_query("")
        workspace.encoder.forget()
        with open_system(name, workspace, settings, left_out=left_out, model=model) as system:
            return run_system(system, read.dialogues, workspace.catalogue, seed, kept, progress)

    for name in systems:
        reports[name] = run(name)
        if without and name.startswith("agent:"):
            less = {tool: run(name, tool) for tool in without}
            ablation[name] = differences(reports[name], less, seed)
            reports |= {without_name(name, tool): report for tool, report in less.items()}
    manifest = Manifest(
        versions=versions(),
        workspace=str(workspace.path),
        seed=seed,
        prompts=prompts_used(reports),
        catalogue=catalogue_of(workspace),
        settings=telling(settings),
        dialogues=_described(dialogues, read.dialogues),
        warnings=tuple(_warnings(read, workspace)),
        started=started.isoformat(timespec="seconds"),
        seconds=round(perf_counter() - clock, 1),
    )
    return Report(manifest=manifest, systems=reports, ablation=ablation)


def _described(paths: Sequence[Path], dialogues: Sequence[Dialogue]) -> dict[str, Any]:
    return {
        "files": [str(path) for path in paths],
        "fingerprint": digest(_content(dialogues)),
        "dialogues": len(dialogues),
        "turns": sum(len(dialogue.turns) for dialogue in dialogues),
    }


def _warnings(read: DialogueFile, workspace: Workspace) -> list[str]:
    warnings = []
    if read.ignored:
        warnings.append(f"keys that the format does not know were left out: {', '.join(read.ignored)}")
    strangers = sorted(item_ids(read.dialogues) - workspace.catalogue.row_of.keys())
    if strangers:
        some = ", ".join(strangers[:5])
        warnings.append(
            f"{len(strangers)} ids of the dialogues are not in the catalogue ({some}{', …' if strangers[5:] else ''}): "
            "as relevant items they count as missed, in histories they are left out"
        )
    return warnings


def _content(dialogues: Sequence[Dialogue]) -> bytes:
    return "\n".join(dialogue.model_dump_json() for dialogue in dialogues).encode()
