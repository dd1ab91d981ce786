"""Checks a reply against the facts, in three steps.

Every piece of evidence is looked up in the catalogue and the interactions. Every explanation may say no more than its
evidence and the wishes it answers. Every sentence of the text is one of the plain ones, or one that the verifier lets
pass on the evidence of the items it names. Does not know how the reply was made.
"""

import re
from collections.abc import Iterator, Sequence

from tastemaker.agent.languages.speech import fixed_words, named, noun, speaking
from tastemaker.agent.reply import Recommendation, Reply
from tastemaker.agent.sentences import split_sentences
from tastemaker.agent.state import State
from tastemaker.agent.support import Support
from tastemaker.agent.verifier import Verifier
from tastemaker.agent.wording import counted, say_condition
from tastemaker.eval.grounds import Grounds
from tastemaker.eval.metrics import named_in
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.evidence import Evidence
from tastemaker.tools.workspace import Workspace

_ROUNDED = 0.051
"""How far a stated mean may be from the exact one: it is said to one decimal."""
_RANK = re.compile(r"^\s*\d{1,2}\.\s+(?=\S)")


class HonestyCheck:
    """Finds what replies say without ground. Keeps nothing of any reply."""

    def __init__(self, workspace: Workspace) -> None:
        self._catalogue = workspace.catalogue
        self._schema = workspace.schema
        self._verifier = Verifier(workspace)

    def unsupported(self, reply: Reply, said: Sequence[str], state: State) -> list[str]:
        """Return what a reply says that nothing supports, each once.

        Args:
            reply: the reply.
            said: all that was said in the conversation so far, by both sides, the reply left out.
            state: the state of the conversation after the turn, which tells the language spoken.
        """
        with speaking(state.language, self._schema):
            return self._unsupported(reply, said, state)

    def _unsupported(self, reply: Reply, said: Sequence[str], state: State) -> list[str]:
        common = self._common_wording(reply, said, state)
        found: list[str] = []
        found += self._false_evidence(reply.evidence)
        for recommendation in reply.recommendations:
            found += self._false_evidence(recommendation.evidence)
            found += self._grounds(recommendation, state).lacking(recommendation.explanation)
        named = dict.fromkeys([*reply.trace.plan.subject, *(fact.about for fact in reply.evidence if fact.about)])
        about = self._catalogue.items([item for item in named if item in self._catalogue.row_of])
        facts = [*reply.evidence, *(fact for item in about for fact in self._facts_of(item))]
        kinds = (noun(1, self._schema), noun(2, self._schema), counted(1, self._schema), counted(2, self._schema))
        numbers = [*_numbers(facts), float(len(self._catalogue))]
        frame = Grounds.of([*common, *self._texts(facts)], numbers, kinds)
        found += frame.lacking(reply.opening)
        found += frame.lacking(reply.closing)
        found += self._unsupported_text(reply)
        return list(dict.fromkeys(found))

    def _false_evidence(self, evidence: Sequence[Evidence]) -> Iterator[str]:
        """Yield the evidence that contradicts the catalogue."""
        for fact in evidence:
            if fact.about and fact.about not in self._catalogue.row_of:
                yield f"evidence of an item that does not exist: {fact.about}"
            elif fact.source == "catalogue" and not self._holds(fact):
                yield f"evidence that the catalogue does not have: {fact.name} {fact.value}"
            elif fact.source == "interactions" and not self._counted(fact, evidence):
                yield f"a count that is not so: {fact.name} {fact.value}"

    def _holds(self, fact: Evidence) -> bool:
        item = self._catalogue.item(fact.about)
        if fact.name == self._schema.title.name and fact.value == item.title:
            return True
        held = item.values.get(fact.name)
        if isinstance(fact.value, tuple):
            return set(fact.value) <= set(held if isinstance(held, tuple) else (held,))
        return fact.value == held or (isinstance(held, tuple) and fact.value in held)

    def _counted(self, fact: Evidence, evidence: Sequence[Evidence]) -> bool:
        """Return whether a statistic is what the interactions say."""
        item = self._catalogue.item(fact.about)
        match fact.name:
            case "interactions":
                return fact.value == item.interactions
            case "mean_value":
                mean = item.mean_value
                return mean is not None and isinstance(fact.value, float) and abs(fact.value - mean) <= _ROUNDED
            case "liked":
                return fact.value == self._catalogue.co_liked(fact.about, [fact.about])[0]
            case "liked_both":
                seeds = [each.about for each in evidence if each.name == "liked"]
                shared = [self._catalogue.co_liked(seed, [fact.about])[1].get(fact.about, 0) for seed in seeds]
                return fact.value in shared
            case _:
                return False

    def _grounds(self, recommendation: Recommendation, state: State) -> Grounds:
        """Return what the explanation of a recommendation may say."""
        evidence = recommendation.evidence
        about = [item for item in dict.fromkeys(fact.about for fact in evidence) if item in self._catalogue.row_of]
        texts = [item.title for item in self._catalogue.items(about)]
        texts += [entry.wish for entry in recommendation.certificate]
        texts += [*fixed_words(), *(field.say("") for field in self._schema.fields)]
        return Grounds.of([*texts, *self._texts(evidence), state.query], _numbers(evidence))

    def _facts_of(self, item: Item) -> Iterator[Evidence]:
        yield Evidence(source="catalogue", name=self._schema.title.name, value=item.title, about=item.id)
        for field in self._schema.fields:
            value = item.values.get(field.name)
            if value is not None and value not in ((), ""):
                yield Evidence(source="catalogue", name=field.name, value=value, about=item.id)
        yield Evidence(source="interactions", name="interactions", value=float(item.interactions), about=item.id)
        if item.mean_value is not None:
            yield Evidence(source="interactions", name="mean_value", value=round(item.mean_value, 1), about=item.id)

    def _common_wording(self, reply: Reply, said: Sequence[str], state: State) -> list[str]:
        """Return the texts that speak of no shown item: what was said, wishes, names looked for, labels, warnings."""
        trace, schema = reply.trace, self._schema
        dropped = trace.relaxation.dropped if trace.relaxation else ()
        texts = [say_condition(condition, schema) for condition in (*state.conditions, *dropped)]
        texts += [text for name in trace.plan.unresolved for text in (name.name, *name.nearest)]
        texts += [text for chip in reply.chips for text in (chip.label, chip.words)]
        texts += [rating.title for rating in state.ratings]
        texts += [motive.name for motive in state.motives]
        texts += state.mood.names if state.mood else ()
        texts += [*schema.examples, *(field.say(field.spoken) for field in schema.fields)]
        return [*said, *texts, *fixed_words(), *trace.warnings, state.query]

    def _texts(self, facts: Sequence[Evidence]) -> list[str]:
        """Return the names that facts hold, and those of the catalogue as they are said in the language spoken."""
        kinds = {field.name: field for field in self._schema.fields}
        found = []
        for fact in facts:
            names = fact.value if isinstance(fact.value, tuple) else (fact.value,)
            texts = [name for name in names if isinstance(name, str)]
            field = kinds.get(fact.name)
            found += [*texts, *(named(field, text) for text in texts if field)]
        return found

    def _unsupported_text(self, reply: Reply) -> Iterator[str]:
        """Yield what the text says beyond the plain wording, as the verifier finds it."""
        plain = [reply.opening, reply.closing]
        supports = {each.item.id: Support.of_recommendation(each, self._schema) for each in reply.recommendations}
        titles = {each.item.id: each.item.title for each in reply.recommendations}
        lines = {f"{each.item.title}: {each.explanation}" for each in reply.recommendations}
        rest = reply.text
        for part in filter(None, plain):
            rest = rest.replace(part, "\n")
        for line in rest.split("\n"):
            words = _RANK.sub("", line.replace("**", "")).strip()
            if not words or words in lines:
                continue
            for sentence in split_sentences(words):
                named = named_in(sentence, titles)
                support = supports[next(iter(named))] if len(named) == 1 else self._of_all(reply)
                yield from self._verifier.unsupported(sentence, support)

    def _of_all(self, reply: Reply) -> Support:
        evidence = [fact for each in reply.recommendations for fact in each.evidence]
        texts = [each.explanation for each in reply.recommendations]
        texts += [each.item.title for each in reply.recommendations]
        return Support.of(evidence, [*texts, reply.opening, reply.closing], self._schema)


def _numbers(facts: Sequence[Evidence]) -> list[float]:
    return [fact.value for fact in facts if isinstance(fact.value, float)]
