"""Composes the reply of a turn in plain words, without any language model.

Every sentence about an item is made of claims, and every claim is bound to evidence; nothing else is said of items.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tastemaker.agent.beliefs import beliefs
from tastemaker.agent.certificate import certify
from tastemaker.agent.claims import ClaimMaker
from tastemaker.agent.executor import Execution, excluded_rows
from tastemaker.agent.explanation import Explainer
from tastemaker.agent.languages.speech import noun, say, word
from tastemaker.agent.nearest import nearest
from tastemaker.agent.opening import not_found, notes, opening
from tastemaker.agent.plan import Act, Forget, Plan, Rate
from tastemaker.agent.question import WORTH_A_TURN, Questioner
from tastemaker.agent.relaxation import blocking
from tastemaker.agent.reply import CertificateEntry, Chip, Recommendation, ReplyAct, ShownItem
from tastemaker.agent.small_talk import small_talk
from tastemaker.agent.state import State
from tastemaker.agent.wording import clauses, counted, forgetting, join, say_condition
from tastemaker.tools.candidates import Candidates
from tastemaker.tools.catalogue.constraint import Constraint, Group, Verdict, keeps
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.evidence import Evidence
from tastemaker.tools.workspace import Workspace

_MOST_CLAIMS = 5


@dataclass(frozen=True)
class Composition:
    """A reply before it is written down."""

    act: ReplyAct
    opening: str
    recommendations: tuple[Recommendation, ...] = ()
    closing: str = ""
    chips: tuple[Chip, ...] = ()
    asked: str = ""
    """The field that the question at the end is about; empty when none is put."""
    ranked: tuple[str, ...] = ()
    """Ids of the whole ranked list, shown items first."""
    evidence: tuple[Evidence, ...] = ()
    """What an answer about items rests on."""

    @property
    def item_lines(self) -> list[str]:
        """One line an item, as plain text shows the list."""
        return [f"{each.rank}. **{each.item.title}**: {each.explanation}" for each in self.recommendations]

    @property
    def text(self) -> str:
        """All that is said."""
        return "\n\n".join(part for part in (self.opening, "\n".join(self.item_lines), self.closing) if part)


class Composer:
    """Composes replies over one workspace. Safe to share between threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._catalogue = workspace.catalogue
        self._rated = workspace.manifest.interactions > 0
        self._schema: CatalogueSchema = workspace.schema
        self._questioner = Questioner(workspace.catalogue)
        self._explainer = Explainer(workspace.catalogue)

    def talk(self, plan: Plan, state: State, warnings: Sequence[str] = ()) -> Composition:
        """Compose the reply of a turn that looks for nothing; see `recommendation` for the arguments."""
        noted = [_noted(change, state) for change in plan.changes if isinstance(change, Rate | Forget)]
        if plan.talk == "beliefs":
            known = [item.title for item in self._catalogue.items(state.known)]
            noted.append(beliefs(state, self._schema, known))
        words = " ".join(noted) or small_talk(plan.talk, self._schema, len(self._catalogue))
        return Composition("chat", " ".join(part for part in (words, not_found(plan), *notes(warnings)) if part))

    def explanation(self, plan: Plan, state: State, warnings: Sequence[str] = ()) -> Composition:
        """Compose what is known of the items a turn asks about; see `recommendation` for the arguments."""
        answer = self._explainer.answer(plan, state)
        lines = answer.lines
        if not lines and not plan.unresolved:
            lines = [say("Tell me which {item} you mean, by its title.", item=noun(1, self._schema))]
        parts = [*lines, not_found(plan), *notes(warnings)]
        return Composition("explain", "\n\n".join(filter(None, parts)), evidence=tuple(answer.evidence))

    def recommendation(
        self, plan: Plan, state: State, execution: Execution, wanted: int, warnings: Sequence[str] = ()
    ) -> Composition:
        """Compose a list with its reasons, or say why there is none.

        Args:
            plan: the turn's plan.
            state: the state after the plan's changes.
            execution: what the tools found.
            wanted: how many items are wanted.
            warnings: what degraded before the tools ran.
        """
        dropped = execution.relaxation.dropped if execution.relaxation else ()
        in_force = [each for each in state.conditions if each not in dropped]
        shown, ranked = self._guarded(execution.ranked, in_force, wanted)
        if not shown:
            return self._empty(plan, state, [*warnings, *execution.warnings])
        maker = ClaimMaker(self._catalogue, state, execution.proposals, shown)
        scores = dict(zip(execution.ranked.ids, execution.ranked.scores.tolist(), strict=True))
        recommendations = tuple(
            self._recommended(
                rank, item, scores[item.id], certify(item, state.conditions, dropped, self._schema), maker
            )
            for rank, item in enumerate(shown, 1)
        )
        question = self._questioner.best(execution.live, state, wanted)
        worth = question is not None and question.gain >= WORTH_A_TURN
        asking = plan.act is Act.ASK and worth
        return Composition(
            act="ask" if asking else "recommend",
            opening=opening(plan, state, execution, len(shown), wanted, warnings, self._schema),
            recommendations=recommendations,
            closing=question.words if question and asking else "",
            chips=question.chips if question and worth else (),
            asked=question.field if question and asking else "",
            ranked=tuple(ranked),
        )

    def _recommended(
        self, rank: int, item: Item, score: float, certificate: tuple[CertificateEntry, ...], maker: ClaimMaker
    ) -> Recommendation:
        claims = maker.claims(item, certificate)[:_MOST_CLAIMS]
        words = clauses([claim.text for claim in claims])
        words = words or say("one of the {items} of the catalogue", items=noun(2, self._schema))
        unknown = [entry.wish for entry in certificate if entry.verdict is Verdict.UNKNOWN]
        doubt = f" {say('Not known of it: {wishes}.', wishes=join(unknown))}" if unknown else ""
        told = [Evidence(source="catalogue", name=self._schema.title.name, value=item.title, about=item.id)]
        told += [fact for claim in claims for fact in claim.evidence]
        return Recommendation(
            rank=rank,
            item=shown_item(item, rated=self._rated),
            score=round(score, 6),
            explanation=say("{claims}.", claims=f"{words[:1].upper()}{words[1:]}") + doubt,
            evidence=tuple(dict.fromkeys(told)),
            certificate=certificate,
        )

    def _guarded(
        self, ranked: Candidates, in_force: Sequence[Constraint | Group], wanted: int
    ) -> tuple[list[Item], list[str]]:
        """Return the items to show and the whole ranking, less every item that breaks a condition in force.

        The filter has done this already; the check stands between a defect, or a filter that is switched off,
        and the person.
        """
        ids = ranked.ids
        shown: list[Item] = []
        broken: set[str] = set()
        for start in range(0, len(ids), wanted):
            for item in self._catalogue.items(ids[start : start + wanted]):
                if len(shown) == wanted:
                    break
                if all(keeps(each, item.values, self._schema) for each in in_force):
                    shown.append(item)
                else:
                    broken.add(item.id)
            if len(shown) == wanted:
                break
        ordered = dict.fromkeys([*(item.id for item in shown), *ids])
        return shown, [each for each in ordered if each not in broken]

    def _empty(self, plan: Plan, state: State, warnings: Sequence[str]) -> Composition:
        if not state.conditions:
            item = noun(1, self._schema)
            words = say("There is no other {item} left to show; say “start over” to begin anew.", item=item)
            again = Chip(label=say("Start over"), words=say("start over"))
            return _nothing([not_found(plan), words, *notes(warnings)], again)
        wishes = join([say_condition(each, self._schema) for each in state.conditions])
        item = noun(1, self._schema)
        first = say("No {item} that I have not shown yet meets all of this: {wishes}.", item=item, wishes=wishes)
        excluded = excluded_rows(state, self._catalogue)
        near = nearest(self._catalogue, state.conditions, excluded)
        facts = near.evidence(self._catalogue) if near else ()
        alternative = near.said(self._catalogue) if near else ""
        found = blocking(self._catalogue, state.conditions, excluded)
        if found is None:
            return _nothing([not_found(plan), first, alternative, *notes(warnings)], evidence=facts)
        condition, count = state.conditions[found[0]], found[1]
        name = say_condition(condition, self._schema)
        items = counted(count, self._schema)
        offer = say("Without “{wish}” there would be {items}; shall I leave it out?", wish=name, items=items)
        chip = Chip(label=say("Leave out {wish}", wish=name), words=forgetting(condition, self._schema))
        return _nothing([not_found(plan), first, alternative, offer, *notes(warnings)], chip, evidence=facts)


def shown_item(item: Item, *, rated: bool) -> ShownItem:
    """Return an item as replies carry it.

    Args:
        item: the item.
        rated: whether the catalogue has interactions, so that an item without any is new.
    """
    return ShownItem(
        id=item.id,
        title=item.title,
        values=dict(item.values),
        interactions=item.interactions,
        mean_value=item.mean_value,
        new=rated and not item.interactions,
    )


def _nothing(sentences: Sequence[str], *chips: Chip, evidence: tuple[Evidence, ...] = ()) -> Composition:
    return Composition("empty", " ".join(part for part in sentences if part), chips=chips, evidence=evidence)


def _noted(change: Rate | Forget, state: State) -> str:
    if isinstance(change, Forget):
        return say("Noted: “{what}” is forgotten.", what=word(state.as_typed(change.what)))
    title = f"{change.title} ({change.because})" if change.because else change.title
    match change.opinion:
        case "like":
            return say("Noted: you like {title}.", title=title)
        case "anchor":
            return say("Noted: something like {title}.", title=change.title)
        case "dislike" if change.because:
            return say(
                "Noted: {title} is not for you ({reason}); it will not come up again.",
                title=change.title,
                reason=change.because,
            )
        case "dislike":
            return say("Noted: {title} is not for you; it will not come up again.", title=change.title)
        case "seen":
            return say("Noted: you know {title} already.", title=change.title)
