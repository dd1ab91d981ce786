"""Plans with a language model in this process.

The small model that comes with the package is asked one short thing: the act of the turn, and the role of each name
that the resolver found in it, under a grammar that allows nothing else. The rules read the rest (numbers, counts, soft
words) and check the answer: what the person plainly refused never becomes a wish. Any other GGUF file is asked for
the whole plan, as a chat model is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tastemaker.agent.errors import PlanError
from tastemaker.agent.fencing import fenced
from tastemaker.agent.plan import Act, Plan, Rate, Require, StateChange
from tastemaker.agent.planners.base import Planned, Planner
from tastemaker.agent.planners.chat import ChatPlanner
from tastemaker.agent.planners.local_model import (
    LocalChatModel,
    LocalModel,
    LocalModelError,
    Message,
    installed_model,
)
from tastemaker.agent.planners.mention_roles import FACET_ROLES, ITEM_ROLES, Named, named, role_in, with_roles
from tastemaker.agent.state import State
from tastemaker.agent.trace import Repair, Tokens
from tastemaker.prompts.library import load
from tastemaker.tools.workspace import Workspace

_MOST_NAMES = 9
_SMALL_CONTEXT, _LARGE_CONTEXT = 2048, 6144
_SMALL_PATIENCE, _LARGE_PATIENCE = 10.0, 60.0
_LONGEST_WORDS = 1000
_DEMONSTRATIONS = 2
_ANSWER = re.compile(r"^(\w+)((?: \d=[a-z-]+)*)$")


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
    ) -> None:
        """Prepare; the model is loaded at the first turn.

        Args:
            workspace: what is recommended from.
            fallback: the rules.
            gguf: a model file; the small model that is installed with the package when None.
            threads: threads that the model may use.
            patience: seconds after which the rules plan a turn; 10 for the small model and 60 for others when None.

        Raises:
            SettingsError: the model's file is missing or is no GGUF file.
        """
        small = installed_model() if gguf is None else None
        self._model = LocalModel(
            small or gguf or installed_model(),
            threads=threads,
            context=_SMALL_CONTEXT if small else _LARGE_CONTEXT,
            patience=patience or (_SMALL_PATIENCE if small else _LARGE_PATIENCE),
        )
        self._planner: Planner
        if small:
            self._planner = _RolePlanner(workspace, self._model, fallback)
        else:
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
    """Asks the small model for the act and the roles of the names."""

    workspace: Workspace
    model: LocalModel
    rules: Planner
    name: str = "local"

    def plan(self, words: str, state: State) -> Planned:
        """Plan one turn."""
        planned = self.rules.plan(words, state)
        names = named(words[:_LONGEST_WORDS], self.workspace)[:_MOST_NAMES]
        acts = _acts(state, names)
        prompt = load("local-planner")
        asked = prompt.render(plural=self.workspace.schema.plural, words=_marked(words[:_LONGEST_WORDS], names))
        prompts = ((prompt.id, prompt.version),)
        tokens = Tokens()
        try:
            answer = self.model.ask([Message("user", asked)], longest=8 + 8 * len(names), grammar=_grammar(acts, names))
            tokens = answer.tokens
            plan = _checked(answer.text, names, planned.plan)
        except LocalModelError as error:
            warning = f"{error} The rules planned this turn."
            return _by_rules(planned, (), (warning,), prompts, tokens)
        except PlanError as error:
            repair = Repair(planner=self.name, error=str(error), remedy="rules planned instead")
            return _by_rules(planned, (repair,), (), prompts, tokens)
        return Planned(plan, self.name, planned.repairs, planned.warnings, (*prompts, *planned.prompts), tokens)


def _by_rules(
    planned: Planned,
    repairs: tuple[Repair, ...],
    warnings: tuple[str, ...],
    prompts: tuple[tuple[str, str], ...],
    tokens: Tokens,
) -> Planned:
    return Planned(
        planned.plan,
        planned.decided_by,
        (*repairs, *planned.repairs),
        (*warnings, *planned.warnings),
        (*prompts, *planned.prompts),
        tokens,
    )


def _acts(state: State, names: Sequence[Named]) -> list[Act]:
    """Return the acts that make sense now."""
    acts = [Act.RECOMMEND, Act.CHAT, Act.ASK]
    if state.last_shown:
        acts.append(Act.CRITIQUE)
    if state.exchanges:
        acts.append(Act.UNDO)
    if state.last_shown or any(each.item_id for each in names):
        acts.append(Act.EXPLAIN)
    return acts


def _marked(words: str, names: Sequence[Named]) -> str:
    parts, end = [], 0
    for number, each in enumerate(names, 1):
        parts += [words[end : each.start], f"[{number} {words[each.start : each.end]}|{each.label}]"]
        end = each.end
    return fenced("".join([*parts, words[end:]]))


def _grammar(acts: Sequence[Act], names: Sequence[Named]) -> str:
    """Return the GBNF grammar of the answers: `recommend 1=wanted 2=refused`."""
    roles = "".join(f' " {number}=" {"item" if each.item_id else "facet"}' for number, each in enumerate(names, 1))
    choices = {"act": acts, "item": ITEM_ROLES, "facet": FACET_ROLES}
    rules = [
        f"{name} ::= {' | '.join(f'{chr(34)}{word}{chr(34)}' for word in words)}" for name, words in choices.items()
    ]
    return "\n".join([f"root ::= act{roles}", *rules])


def _checked(text: str, names: Sequence[Named], rules: Plan) -> Plan:
    """Return the plan of an answer.

    Raises:
        PlanError: the answer is not whole, or goes against what the person plainly said.
    """
    answer = _ANSWER.match(text.strip())
    roles = [part.split("=")[1] for part in answer[2].split()] if answer else []
    if answer is None or answer[1] not in list(Act) or len(roles) != len(names):
        raise PlanError(f"The answer “{text[:80]}” is not whole.")
    act = Act(answer[1])
    if rules.changes and act in (Act.CHAT, Act.ASK, Act.UNDO):
        raise PlanError(f"The request states wishes, and “{act}” would pass over them.")
    for each, role in zip(names, roles, strict=True):
        before = role_in(rules, each)
        if before in ("refused", "disliked", "seen") and role != before:
            raise PlanError(f"“{each.text}” is plainly {before}, and the model takes it as {role}.")
    changes: Sequence[StateChange] = with_roles(rules, list(zip(names, roles, strict=True)))
    subject = tuple(each.item_id for each, role in zip(names, roles, strict=True) if role == "asked" and each.item_id)
    if act is Act.RECOMMEND and subject and not any(isinstance(change, Require | Rate) for change in changes):
        act = Act.EXPLAIN
    return rules.model_copy(update={"act": act, "changes": tuple(changes), "subject": subject or rules.subject})
