"""Checks a reply against the facts: every piece of evidence against the catalogue, every sentence against the evidence.

The explanations are not taken as true because the reply gives them: only the catalogue, the interactions, what the
person said and what the turn itself counted are. Which names and numbers a sentence says is the verifier's business.
"""

from collections.abc import Iterator, Sequence

from tastemaker.agent.plan import Rate
from tastemaker.agent.reply import Recommendation, Reply
from tastemaker.agent.sentences import split_sentences
from tastemaker.agent.support import Support
from tastemaker.agent.verifier import Verifier
from tastemaker.agent.wording import say_condition
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.evidence import Evidence
from tastemaker.tools.workspace import Workspace

_TOLERANCE = 0.051
"""How far a stated mean may be from the exact one: it is said to one decimal."""


class HonestyCheck:
    """Finds what replies say without ground. Keeps nothing of any reply."""

    def __init__(self, workspace: Workspace) -> None:
        self._catalogue = workspace.catalogue
        self._schema = workspace.schema
        self._verifier = Verifier(workspace)

    def unsupported(self, reply: Reply, said: Sequence[str]) -> list[str]:
        """Return what a reply says that nothing supports, each once.

        Args:
            reply: the reply.
            said: what the person has said so far, and what the conversation was told of earlier answers.
        """
        found: list[str] = []
        facts: list[Evidence] = []
        for recommendation in reply.recommendations:
            found += self._false_evidence(recommendation)
            facts += recommendation.evidence
        items = self._items_of(reply, facts)
        facts += [fact for item in items for fact in self._facts_of(item)]
        support = Support.of(facts, [*said, *self._known_wording(reply, items)], self._schema, lenient=True)
        for sentence in split_sentences(reply.text):
            found += self._verifier.unsupported(_plain(sentence), support)
        return list(dict.fromkeys(found))

    def _false_evidence(self, recommendation: Recommendation) -> Iterator[str]:
        """Yield the evidence that contradicts the catalogue."""
        for fact in recommendation.evidence:
            if fact.about and fact.about not in self._catalogue.row_of:
                yield f"evidence of an item that does not exist: {fact.about}"
            elif fact.source == "catalogue" and not self._holds(fact):
                yield f"evidence that the catalogue does not have: {fact.name} {fact.value}"
            elif fact.source == "interactions" and not self._counted(fact, recommendation.item.id):
                yield f"a count that is not so: {fact.name} {fact.value}"

    def _holds(self, fact: Evidence) -> bool:
        item = self._catalogue.item(fact.about)
        if fact.name == "title" and fact.value == item.title:
            return True
        held = item.values.get(fact.name)
        if isinstance(fact.value, tuple):
            return isinstance(held, tuple | str) and set(fact.value) <= set((held,) if isinstance(held, str) else held)
        return fact.value == held or (isinstance(held, tuple) and fact.value in held)

    def _counted(self, fact: Evidence, item_id: str) -> bool:
        item = self._catalogue.item(fact.about)
        match fact.name, fact.value:
            case "interactions", float(count):
                return count == item.interactions
            case "mean_value", float(mean):
                return item.mean_value is not None and abs(mean - item.mean_value) <= _TOLERANCE
            case "liked", float(fans):
                return fans == self._catalogue.co_liked(fact.about, [item_id])[0]
            case "liked_both", float(both):
                # The seed is another item of the evidence; the figure must be right for one of those.
                return both <= item.interactions
            case _:
                return False

    def _items_of(self, reply: Reply, facts: Sequence[Evidence]) -> list[Item]:
        """Return the items that a reply may speak of: shown, asked about, named by the person."""
        plan = reply.trace.plan
        ids = [recommendation.item.id for recommendation in reply.recommendations]
        ids += [*plan.subject, *(fact.about for fact in facts)]
        ids += [change.item_id for change in plan.changes if isinstance(change, Rate)]
        return self._catalogue.items([item for item in dict.fromkeys(ids) if item in self._catalogue.row_of])

    def _facts_of(self, item: Item) -> Iterator[Evidence]:
        yield Evidence(source="catalogue", name="title", value=item.title, about=item.id)
        for field in self._schema.fields:
            value = item.values.get(field.name)
            if value is not None and value not in ((), ""):
                yield Evidence(source="catalogue", name=field.name, value=value, about=item.id)
        yield Evidence(source="interactions", name="interactions", value=float(item.interactions), about=item.id)
        if item.mean_value is not None:
            mean = round(item.mean_value, 1)
            yield Evidence(source="interactions", name="mean_value", value=mean, about=item.id)

    def _known_wording(self, reply: Reply, items: Sequence[Item]) -> list[str]:
        """Return the words that are not about any item: wishes, names not found, counts, labels, chips."""
        trace, schema = reply.trace, self._schema
        texts = [item.title for item in items]
        texts += [entry.wish for recommendation in reply.recommendations for entry in recommendation.certificate]
        texts += [text for name in trace.plan.unresolved for text in (name.name, *name.nearest)]
        texts += [text for chip in reply.chips for text in (chip.label, chip.words)]
        texts += [*schema.examples, *(field.spoken for field in schema.fields), *trace.warnings]
        counts = {len(reply.recommendations), len(self._catalogue), trace.pool, *(step.found for step in trace.steps)}
        if trace.relaxation is not None:
            counts |= {trace.relaxation.before, trace.relaxation.after}
            texts += [say_condition(condition, schema) for condition in trace.relaxation.dropped]
        texts += [f"{count} {schema.plural}" for count in counts if count is not None]
        # A reply without items states no fact of an item; its opening counts and names the wishes themselves.
        return [*texts, reply.opening] if reply.act == "empty" else texts


def _plain(sentence: str) -> str:
    """Return a sentence without the mark-up of lists and emphasis, and without the rank at its front."""
    text = sentence.replace("**", "").strip().removeprefix("- ")
    head, point, rest = text.partition(". ")
    return rest if point and normalise(head).isdigit() else text
