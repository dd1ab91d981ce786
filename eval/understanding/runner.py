"""Runs planners over files of marked requests and reports how well they understand, side by side.

What is played and how it is judged are `playing` and `scoring`; this module puts the pieces together.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from tastemaker.agent.planner_choice import choose_planner
from tastemaker.agent.planners.base import Closable, Planner
from tastemaker.agent.settings import Settings
from tastemaker.agent.state import State
from tastemaker.eval.errors import DialogueError
from tastemaker.eval.partial import PartialResults
from tastemaker.eval.playback import Progress
from tastemaker.eval.provenance import catalogue_of, digest, fingerprint, telling, versions
from tastemaker.eval.report import Manifest
from tastemaker.eval.understanding.catalogues import Catalogues, declared_schemas, read_all
from tastemaker.eval.understanding.playing import play
from tastemaker.eval.understanding.report import DialogueVerdicts, PlannerReport, UnderstandingReport
from tastemaker.eval.understanding.request_file import Dialogue
from tastemaker.eval.understanding.scoring import judge
from tastemaker.eval.understanding.summing import compared, summed
from tastemaker.tools.workspace import Workspace

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_WARMING = "hello"
_MOST_NAMED = 12
_WITH_MODEL = ("chat", "react")
"""Planners that ask a chat model."""


def run_understanding(
    files: Sequence[Path],
    given: Workspace,
    planners: Sequence[str],
    seed: int,
    settings: Settings,
    *,
    progress: Progress = lambda step, done, total: None,
    partial: Path | None = None,
    model: "BaseChatModel | None" = None,
    packaged: bool = True,
    limit: int | None = None,
) -> UnderstandingReport:
    """Run marked requests through planners.

    Args:
        files: marked requests.
        given: workspace of its schema's domain; those of other domains are built from what the requests speak of.
        planners: names of planners, as in the settings; the others are compared with the first.
        seed: seed of the bootstrap, and of what is drawn.
        settings: as of the agent; the planner is set by its name.
        progress: told after every dialogue, and of every step of a build.
        partial: file to keep results in while the run lasts, from which an interrupted run goes on.
        model: chat model of the planners that need one; made from the settings when None.
        packaged: whether the catalogues that are built have the names of all requests that come with the package.
        limit: draw whole dialogues until they have so many turns; all dialogues when None.

    Raises:
        DialogueError: a file is not in the format, or two dialogues have the same id.
        SettingsError: there is no such planner, or the settings lack what it needs.
    """
    started, clock = datetime.now(UTC), perf_counter()
    dialogues = drawn(_distinct(read_all(files, declared_schemas(given.schema))), limit, seed)
    content = "\n".join(dialogue.model_dump_json() for dialogue in dialogues).encode()
    kept = PartialResults(partial, fingerprint(content, given, settings), DialogueVerdicts)
    reports: dict[str, PlannerReport] = {}
    with Catalogues(settings.home, given, dialogues, packaged=packaged, progress=progress) as catalogues:
        for name in dict.fromkeys(planners):
            chosen = settings.changed(planner=name)
            if name in _WITH_MODEL and model is None:
                # LangChain is loaded only by those who use a chat model.
                from tastemaker.agent.chat_model import chat_model

                model = chat_model(chosen)
            verdicts = _Run(chosen, catalogues, model, kept, progress).verdicts(dialogues)
            reports[name] = summed(verdicts, seed)
    first = next(iter(reports))
    return UnderstandingReport(
        manifest=Manifest(
            versions=versions(),
            workspace=str(given.path),
            seed=seed,
            prompts=_prompts(reports.values()),
            catalogue=catalogue_of(given),
            settings=telling(settings),
            dialogues={
                "files": [str(path) for path in files],
                "fingerprint": digest(content),
                "dialogues": len(dialogues),
                "turns": sum(len(dialogue.turns) for dialogue in dialogues),
            },
            warnings=tuple(_warnings(reports[first])),
            started=started.isoformat(timespec="seconds"),
            seconds=round(perf_counter() - clock, 1),
        ),
        planners=reports,
        paired={name: compared(each, reports[first], first) for name, each in reports.items() if name != first},
    )


@dataclass(frozen=True)
class _Run:
    """One planner over all dialogues."""

    settings: Settings
    """Whose planner is run."""
    catalogues: Catalogues
    model: "BaseChatModel | None"
    kept: PartialResults[DialogueVerdicts]
    progress: Progress

    def verdicts(self, dialogues: Sequence[Dialogue]) -> list[DialogueVerdicts]:
        """Return the verdicts on dialogues, in their order.

        One domain follows the other, so that no more than one planner, which may hold a model, is open at a time.
        """
        found: dict[str, DialogueVerdicts] = {}
        for domain in dict.fromkeys(dialogue.domain for dialogue in dialogues):
            with ExitStack() as planners:
                planner: Planner | None = None
                for dialogue in (each for each in dialogues if each.domain == domain):
                    done = self.kept.get(self.settings.planner, dialogue.id)
                    if done is None:
                        planner = planner or planners.enter_context(self._planner(domain))
                        done = self._judged(dialogue, planner)
                        self.kept.add(self.settings.planner, done)
                    found[dialogue.id] = done
                    self.progress(self.settings.planner, len(found), len(dialogues))
        return [found[dialogue.id] for dialogue in dialogues]

    @contextmanager
    def _planner(self, domain: str) -> Iterator[Planner]:
        planner = choose_planner(self.settings, self.catalogues.workspace(domain), self.model)
        try:
            # What the first turn would load must not count as its duration.
            planner.plan(_WARMING, State())
            yield planner
        finally:
            if isinstance(planner, Closable):
                planner.close()

    def _judged(self, dialogue: Dialogue, planner: Planner) -> DialogueVerdicts:
        workspace = self.catalogues.workspace(dialogue.domain)
        turns = tuple(judge(dialogue, played, workspace) for played in play(dialogue, planner, workspace))
        return DialogueVerdicts(id=dialogue.id, turns=turns)


def drawn(dialogues: Sequence[Dialogue], limit: int | None, seed: int) -> list[Dialogue]:
    """Return dialogues drawn at random until they have so many turns, in their order; all of them without a limit.

    The same seed draws the same dialogues whatever the planner, and a smaller limit draws some of those of a greater.
    """
    if limit is None:
        return list(dialogues)
    order = list(range(len(dialogues)))
    Random(seed).shuffle(order)
    turns, chosen = 0, []
    for place in order:
        if turns >= limit:
            break
        chosen.append(place)
        turns += len(dialogues[place].turns)
    return [dialogues[place] for place in sorted(chosen)]


def _distinct(dialogues: Sequence[Dialogue]) -> list[Dialogue]:
    for name, count in Counter(dialogue.id for dialogue in dialogues).items():
        if count > 1:
            raise DialogueError(f"Two files have a dialogue '{name}'; give each dialogue its own id.")
    return list(dialogues)


def _prompts(reports: Iterable[PlannerReport]) -> dict[str, str]:
    """Return the versions of all prompts that were used, by id."""
    turns = (turn for report in reports for each in report.dialogues for turn in each.turns)
    return {prompt: version for turn in turns for prompt, version in turn.prompts.items()}


def _warnings(report: PlannerReport) -> list[str]:
    missing = Counter(name for each in report.dialogues for turn in each.turns for name in turn.missing)
    if not missing:
        return []
    some = ", ".join(name for name, _ in missing.most_common(_MOST_NAMED)) + (
        ", …" if len(missing) > _MOST_NAMED else ""
    )
    told = (
        "1 name is not in the catalogue and was"
        if len(missing) == 1
        else (f"{len(missing)} names are not in the catalogue and were")
    )
    return [f"{told} not judged ({some})"]
