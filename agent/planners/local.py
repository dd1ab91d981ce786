"""Plans with a language model in this process.

The small model that comes with the package reads the request with what the rules make of it, and says how likely each
act is, and each role of each name and number. Where it is sure, its answer takes the place of the rules'; the rules
read the rest, and stand when the model is busy, slow or fails. Any other GGUF file is asked for the whole plan, as a
chat model is.
"""

from dataclasses import dataclass
from pathlib import Path

from tastemaker.agent.planners.base import Planned, Planner
from tastemaker.agent.planners.chat import ChatPlanner
from tastemaker.agent.planners.deciding import act_of, decided
from tastemaker.agent.planners.local_chat_model import LocalChatModel
from tastemaker.agent.planners.local_model import LocalModel, LocalModelError, installed_model
from tastemaker.agent.planners.marks import marks, role_in
from tastemaker.agent.planners.role_question import PROMPT, AskedMark, AskedTurn, questions
from tastemaker.agent.state import State
from tastemaker.agent.trace import Tokens
from tastemaker.prompts.library import load
from tastemaker.tools.workspace import Workspace

ADAPTER = Path(__file__).with_name("smollm2-135m-roles.gguf")
"""What the small model was taught of acts and roles."""
_SMALL_CONTEXT, _LARGE_CONTEXT = 1024, 6144
_SMALL_PATIENCE, _LARGE_PATIENCE = 3.0, 60.0
_DEMONSTRATIONS = 2


class LocalPlanner:
    """Plans with a model in this process. Safe to share between threads, which queue for the model."""

    name = "local"

    def __init__(
        self,
        workspace: Workspace,
        fallback: Planner,
        gguf: Path | None = None,
        threads: int = 1,
        *,
        patience: float | None = None,
        adapter: Path | None = ADAPTER,
    ) -> None:
        """Prepare; the model is loaded at the first turn.

        Args:
            workspace: what is recommended from.
            fallback: the rules.
            gguf: a model file; the small model that is installed with the package when None.
            threads: threads that the model may use.
            patience: seconds after which the rules plan a turn; 3 for the small model and 60 for others when None.
            adapter: the small model's adapter; the model as it is when None, to see what the adapter gives.

        Raises:
            SettingsError: a file is missing or is no GGUF file.
        """
        self._planner: Planner
        if gguf is None:
            self._model = LocalModel(
                installed_model(),
                adapter=adapter,
                threads=threads,
                context=_SMALL_CONTEXT,
                patience=patience or _SMALL_PATIENCE,
            )
            self._planner = _RolePlanner(workspace, self._model, fallback)
        else:
            self._model = LocalModel(
                gguf, threads=threads, context=_LARGE_CONTEXT, patience=patience or _LARGE_PATIENCE
            )
            chat = LocalChatModel(local=self._model)
            self._planner = ChatPlanner(workspace, chat, fallback, name=self.name, demonstrations=_DEMONSTRATIONS)

    def plan(self, words: str, state: State) -> Planned:
        """Plan one turn. Never raises: whatever the model does, there is a plan."""
        return self._planner.plan(words, state)

    def close(self) -> None:
        """Give the model's memory back."""
        self._model.close()


@dataclass(frozen=True)
class _RolePlanner:
    """Asks the small model for the act and the roles of the marks."""

    workspace: Workspace
    model: LocalModel
    rules: Planner
    name: str = "local"

    def plan(self, words: str, state: State) -> Planned:
        """Plan one turn."""
        planned = self.rules.plan(words, state)
        if not words.strip() or planned.warnings:
            return planned
        found = marks(words, planned.plan, state, self.workspace)
        asked = questions(
            AskedTurn(
                words,
                bool(state.last_shown),
                act_of(planned.plan),
                tuple(
                    AskedMark(each.start, each.end, each.kind, each.label, role_in(planned.plan, each))
                    for each in found
                ),
            )
        )
        prompt = load(PROMPT)
        prompts = ((prompt.id, prompt.version), *planned.prompts)
        try:
            choices = self.model.choose([(each.text, each.words) for each in asked])
        except LocalModelError as error:
            warnings = (f"{error} The rules planned this turn.", *planned.warnings)
            return Planned(planned.plan, planned.decided_by, planned.repairs, warnings, prompts, Tokens())
        likely = [
            dict(zip(each.answers, shares, strict=True))
            for each, shares in zip(asked, choices.probabilities, strict=True)
        ]
        plan = decided(words, planned.plan, found, likely, state, self.workspace)
        return Planned(plan, self.name, planned.repairs, planned.warnings, prompts, choices.tokens)
