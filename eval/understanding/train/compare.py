"""Shows what each learner gives, side by side: rules, logistic regression, the small model untrained and trained.

`python -m tastemaker.eval.understanding.train.compare FILE --out DIR` runs them over a file of marked requests, each
correcting the same rules; DIR is that of the training, for its examples, without which the weights that come with the
package count. Judges as `tastemaker eval` does.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from tastemaker.agent.planners.base import Planner
from tastemaker.agent.planners.deciding import ACT_FROM, ROLE_FROM
from tastemaker.agent.planners.local import ADAPTER, MODEL_SHARE, WORDS
from tastemaker.agent.planners.local_model import LocalModel, installed_model
from tastemaker.agent.planners.role_judge import MixedJudge, ModelJudge, RoleJudge
from tastemaker.agent.planners.role_planner import RolePlanner
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.planners.word_judge import WordJudge
from tastemaker.agent.settings import Settings
from tastemaker.agent.state import State
from tastemaker.eval.understanding.catalogues import Catalogues, declared_schemas, read_all
from tastemaker.eval.understanding.playing import play
from tastemaker.eval.understanding.report import DialogueVerdicts, PlannerReport
from tastemaker.eval.understanding.request_file import Dialogue
from tastemaker.eval.understanding.scoring import judge
from tastemaker.eval.understanding.summing import compared, summed
from tastemaker.eval.understanding.train import logistic, turns
from tastemaker.eval.understanding.train.adapter import Recipe
from tastemaker.eval.understanding.train.doubt import doubted
from tastemaker.tools.workspace import Workspace

_CONTEXT, _PATIENCE, _SEED = 1024, 120.0, 7
_METRICS = ("whole_turn", "act", "slot_f1")
MakePlanner = Callable[[Workspace, Planner], Planner]


def main(
    file: Annotated[Path, typer.Argument(help="Marked requests.")],
    out: Annotated[Path, typer.Option("--out", help="Directory of the training, with the examples that it made.")],
    workspace: Annotated[str | None, typer.Option("--workspace", "-w", metavar="NAME|PATH")] = None,
    adapter: Annotated[Path, typer.Option(help="The adapter's file.")] = ADAPTER,
    untrained: Annotated[bool, typer.Option(help="Also run the model without its adapter.")] = True,
) -> None:
    """Compare the learners on a file of marked requests."""
    with Workspace.open(Settings().workspace_path(workspace)) as given:
        dialogues = read_all([file], declared_schemas(given.schema))
        with Catalogues(Settings().home, given, dialogues) as catalogues:
            first: PlannerReport | None = None
            for name, planner in _systems(out, adapter if adapter.is_file() else None, untrained=untrained):
                with planner as make:
                    report = summed(_verdicts(dialogues, catalogues, make), _SEED)
                told = ", ".join(
                    f"{each} {report.metrics[each].mean:.3f}" for each in _METRICS if each in report.metrics
                )
                typer.echo(f"{name}: {told}; {report.latency_ms.p50:.0f} / {report.latency_ms.p95:.0f} ms")
                if first is None:
                    first = report
                else:
                    typer.echo(f"  against rules: {compared(report, first, 'rules').model_dump_json()}")


def _systems(
    out: Path, adapter: Path | None, *, untrained: bool
) -> Iterator[tuple[str, AbstractContextManager[MakePlanner]]]:
    yield "rules", _given(lambda workspace, rules: rules)
    examples, words = out / "examples.jsonl", WordJudge.load(WORDS)
    if examples.is_file():
        words = logistic.fit(doubted(turns.read(examples), Recipe.doubt))
    yield "logistic regression", _given(_corrected(words, 0.0, 0.0))
    yield "rules, logistic regression where sure", _given(_corrected(words, ACT_FROM, ROLE_FROM))
    if untrained:
        yield "model untrained", _model(None, 0.0, 0.0)
        yield "rules, model untrained where sure", _model(None, ACT_FROM, ROLE_FROM)
    yield "model trained", _model(adapter, 0.0, 0.0)
    yield "rules, model trained where sure", _model(adapter, ACT_FROM, ROLE_FROM)
    yield "rules, both where sure", _model(adapter, ACT_FROM, ROLE_FROM, words)


def _corrected(judge: RoleJudge, act_from: float, role_from: float) -> MakePlanner:
    return lambda workspace, rules: RolePlanner(workspace, judge, rules, act_from=act_from, role_from=role_from)


@contextmanager
def _given(make: MakePlanner) -> Iterator[MakePlanner]:
    yield make


@contextmanager
def _model(
    adapter: Path | None, act_from: float, role_from: float, words: WordJudge | None = None
) -> Iterator[MakePlanner]:
    model = LocalModel(installed_model(), adapter=adapter, context=_CONTEXT, patience=_PATIENCE)
    judge: RoleJudge = ModelJudge(model)
    if words is not None:
        judge = MixedJudge(words, judge, MODEL_SHARE)
    try:
        yield _corrected(judge, act_from, role_from)
    finally:
        model.close()


def _verdicts(dialogues: Sequence[Dialogue], catalogues: Catalogues, make: MakePlanner) -> list[DialogueVerdicts]:
    planners: dict[str, Planner] = {}
    found = []
    for dialogue in dialogues:
        workspace = catalogues.workspace(dialogue.domain)
        if dialogue.domain not in planners:
            planners[dialogue.domain] = make(workspace, RulesPlanner(workspace))
            planners[dialogue.domain].plan("hello", State())
        played = play(dialogue, planners[dialogue.domain], workspace)
        found.append(DialogueVerdicts(id=dialogue.id, turns=tuple(judge(dialogue, each, workspace) for each in played)))
    return found


if __name__ == "__main__":
    typer.run(main)
