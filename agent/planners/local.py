"""Plans with a language model in this process.

The small model that comes with the package reads the request with what the rules make of it, and says how likely each
act is, and each role of each name and number; so does a learner that counts words. Where both together are sure, their
answer takes the place of the rules'; the rules read the rest, and stand when the model is busy, slow or fails. Any
other GGUF file is asked for the whole plan, as a chat model is.
"""

from collections.abc import Sequence
from pathlib import Path

from tastemaker.agent.planners.base import Closable, Planned, Planner, Replanner
from tastemaker.agent.planners.local_model import LocalModel, installed_model
from tastemaker.agent.planners.role_judge import MixedJudge, ModelJudge, RoleJudge
from tastemaker.agent.planners.role_planner import RolePlanner
from tastemaker.agent.planners.word_judge import WordJudge
from tastemaker.agent.state import State
from tastemaker.agent.trace import Attempt
from tastemaker.tools.workspace import Workspace

ADAPTER = Path(__file__).with_name("smollm2-135m-roles.gguf")
"""What the small model was taught of acts and roles."""
WORDS = Path(__file__).with_name("role-words.npz")
"""What the learner that counts words was taught of them."""
MODEL_SHARE = 0.5
"""Weight of the small model's answer beside that of the counted words; chosen on the tuning part, see decision 0005."""
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
        words: Path | None = WORDS,
        copies: Path | None = None,
    ) -> None:
        """Prepare; the small model is loaded now, others at the first turn.

        Args:
            workspace: what is recommended from.
            fallback: the rules.
            gguf: a model file; the small model that is installed with the package when None.
            threads: threads that the model may use.
            patience: seconds after which the rules plan a turn; 3 for the small model and 60 for others when None.
            adapter: the small model's adapter; the model as it is when None, to see what the adapter gives.
            words: weights of the learner that counts words; the small model alone when None.
            copies: folder for a copy of the small model that is read faster; the file as it is when None.

        Raises:
            SettingsError: a file is missing or is no GGUF file.
        """
        self._planner: Planner
        if gguf is None:
            self._model = LocalModel(
                installed_model(),
                adapter=adapter,
                copies=copies,
                threads=threads,
                context=_SMALL_CONTEXT,
                patience=patience or _SMALL_PATIENCE,
            )
            self._model.prepare()
            judge: RoleJudge = ModelJudge(self._model)
            if words is not None:
                judge = MixedJudge(WordJudge.load(words), judge, MODEL_SHARE)
            self._planner = RolePlanner(workspace, judge, fallback)
        else:
            # LangChain is loaded only by those who ask for the whole plan.
            from tastemaker.agent.planners.chat import ChatPlanner
            from tastemaker.agent.planners.local_chat_model import LocalChatModel

            self._model = LocalModel(
                gguf, threads=threads, context=_LARGE_CONTEXT, patience=patience or _LARGE_PATIENCE
            )
            chat = LocalChatModel(local=self._model)
            self._planner = ChatPlanner(workspace, chat, fallback, name=self.name, demonstrations=_DEMONSTRATIONS)

    def plan(self, words: str, state: State) -> Planned:
        """Plan one turn. Never raises: whatever the model does, there is a plan."""
        return self._planner.plan(words, state)

    def replan(self, words: str, state: State, tried: Sequence[Attempt]) -> Planned | None:
        """Return another plan than those tried, once it is seen what came of them; None when there is none."""
        return self._planner.replan(words, state, tried) if isinstance(self._planner, Replanner) else None

    def close(self) -> None:
        """Give the model's memory back, and what the planner holds beside it."""
        if isinstance(self._planner, Closable):
            self._planner.close()
        self._model.close()
