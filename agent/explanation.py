"""Answers questions about items from the catalogue's facts, and says so where it has none.

Every sentence about an item rests on evidence that comes with the answer; nothing is guessed. Does not know how the
question was put in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tastemaker.agent.certificate import certify
from tastemaker.agent.claims import ClaimMaker
from tastemaker.agent.comparison import compared, ordered
from tastemaker.agent.item_facts import POPULARITY, RATING, evidence_of, fact, facts, known_facts, rating_fact
from tastemaker.agent.languages.speech import say, template, word
from tastemaker.agent.plan import Inquiry, Plan
from tastemaker.agent.state import State
from tastemaker.agent.wording import clauses, join
from tastemaker.tools.catalogue.constraint import Verdict, constraints_in, verdict
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.tools.evidence import Evidence

_MOST_ITEMS = 10
_MOST_VALUES_SAID = 6


@dataclass
class Answer:
    """An answer while it is put together."""

    lines: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The answer in words."""
        return "\n\n".join(self.lines)

    def say(self, line: str, evidence: Sequence[Evidence]) -> None:
        """Add a line and what it rests on."""
        self.lines.append(line)
        self.evidence += [each for each in evidence if each not in self.evidence]


class Explainer:
    """Answers questions about items of one catalogue. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._schema: CatalogueSchema = catalogue.schema

    def answer(self, plan: Plan, state: State) -> Answer:
        """Return the answer to an `explain` turn; without lines when it is about no item."""
        inquiry = _as_typed(plan.inquiry, state)
        ids = self._subject(plan, state)
        items = self._catalogue.items([each for each in ids if each in self._catalogue.row_of][:_MOST_ITEMS])
        answer = Answer()
        if not items:
            return answer
        if inquiry.kind == "compare" and len(items) > 1:
            self._compare(items, inquiry, answer)
        elif inquiry.kind in ("most", "least"):
            self._order(items, inquiry, answer)
        elif inquiry.kind == "reason":
            for item in items:
                self._reason(item, state, answer)
        elif inquiry.checks:
            self._check(items, inquiry, answer)
        else:
            for item in items:
                self._facts(item, inquiry, answer)
        return answer

    @staticmethod
    def _subject(plan: Plan, state: State) -> Sequence[str]:
        if plan.subject:
            return plan.subject
        if plan.inquiry.kind in ("most", "least", "compare"):
            return state.focus if len(state.focus) > 1 else state.last_shown
        return (state.it,) if state.it else ()

    def _facts(self, item: Item, inquiry: Inquiry, answer: Answer) -> None:
        asked = [self._schema.field(name) for name in inquiry.fields]
        told, missing, evidence = [], [], []
        for each in asked:
            said = fact(item, each)
            if said:
                told.append(said)
                evidence += evidence_of(item, self._schema, [each])
            else:
                missing.append(word(each.spoken))
        if inquiry.quality in (RATING, POPULARITY):
            answer.say(*rating_fact(item))
            return
        if not asked and not inquiry.quality:
            answer.say(facts(item, self._schema), evidence_of(item, self._schema, self._schema.fields))
            return
        if told:
            answer.say(say("**{title}**: {facts}.", title=item.title, facts=clauses(told)), evidence)
        if missing:
            labels = join(missing, "or")
            words = say("The catalogue does not know the {labels} of **{title}**.", labels=labels, title=item.title)
            answer.say(words, evidence_of(item, self._schema))
        if inquiry.quality:
            self._unknown_quality(item, inquiry.quality, answer)

    def _unknown_quality(self, item: Item, quality: str, answer: Answer) -> None:
        texts = [each for each in self._schema.fields if each.type is FieldType.TEXT and each != self._schema.title]
        described = [str(item.values[each.name]) for each in texts if item.values.get(each.name)]
        known = known_facts(item, self._schema)
        title = item.title
        words = say(
            "Whether “{quality}” is true of **{title}**, the catalogue does not say.", quality=quality, title=title
        )
        if described:
            words = say("What it says of **{title}** that may tell about “{quality}”:", quality=quality, title=title)
            words = " ".join([words, *described])
        elif known:
            words = f"{words} {say('What it knows: {facts}.', facts=clauses(known))}"
        answer.say(words, evidence_of(item, self._schema, self._schema.fields))

    def _check(self, items: Sequence[Item], inquiry: Inquiry, answer: Answer) -> None:
        """Say whether items meet the conditions asked about."""
        names = list(dict.fromkeys(each.field for check in inquiry.checks for each in constraints_in(check)))
        fields = [self._schema.field(name) for name in names]
        for item in items:
            verdicts = [verdict(each, item.values, self._schema) for each in inquiry.checks]
            known = [said for each in fields if (said := fact(item, each, _MOST_VALUES_SAID))]
            told = (
                say("{title}: {facts}", title=f"**{item.title}**", facts=clauses(known))
                if known
                else f"**{item.title}**"
            )
            if Verdict.VIOLATES in verdicts:
                words = say("No. {fact}.", fact=told)
            elif Verdict.UNKNOWN in verdicts:
                unknown = join([word(each.spoken) for each in fields if not fact(item, each)], "or")
                words = say("The catalogue does not know the {labels} of {fact}.", labels=unknown, fact=told)
            else:
                words = say("Yes. {fact}.", fact=told)
            answer.say(words, evidence_of(item, self._schema, fields))
        if inquiry.quality:
            for item in items:
                self._unknown_quality(item, inquiry.quality, answer)

    def _reason(self, item: Item, state: State, answer: Answer) -> None:
        """Say why an item was recommended, in the words used then, and which wishes it meets."""
        given = dict(state.reasons).get(item.id)
        certificate = certify(item, state.conditions, (), self._schema)
        claims = ClaimMaker(self._catalogue, state, (), [item]).claims(item, certificate)
        evidence = [*evidence_of(item, self._schema), *(each for claim in claims for each in claim.evidence)]
        if given is None and item.id not in {each for ids in state.shown for each in ids}:
            words = say(
                "I have not recommended **{title}**. What speaks for it: {claims}.",
                title=item.title,
                claims=clauses([claim.text for claim in claims]),
            )
        else:
            reasons = given or say("{claims}.", claims=clauses([each.text for each in claims]))
            words = say("**{title}** came up for this: {reasons}", title=item.title, reasons=reasons)
        parts = [words]
        for verdict_, lead in (
            (Verdict.MATCH, template("It keeps what you asked for: {wishes}.")),
            (Verdict.UNKNOWN, template("Not known of it: {wishes}.")),
            (Verdict.VIOLATES, template("It does not keep: {wishes}.")),
        ):
            wishes = [_with_words(each.wish, each.said) for each in certificate if each.verdict is verdict_]
            if wishes:
                parts.append(say(lead, wishes=join(wishes)))
        evidence += [Evidence(source="person", name="wish", value=each.said) for each in state.conditions if each.said]
        answer.say(" ".join(parts), evidence)

    def _compare(self, items: Sequence[Item], inquiry: Inquiry, answer: Answer) -> None:
        asked = [self._schema.field(name) for name in inquiry.fields]
        for each in asked:
            line = ordered(items, each)
            if line:
                answer.say(line, [fact_ for item in items for fact_ in evidence_of(item, self._schema, [each])])
        for line, evidence in compared(
            items,
            self._schema,
            [each for each in self._schema.fields if each not in asked and each.role is not Role.RATING],
        ):
            answer.say(line, evidence)
        if inquiry.quality and inquiry.quality not in (RATING, POPULARITY):
            answer.say(say("Of “{quality}” the catalogue says nothing.", quality=inquiry.quality), ())

    def _order(self, items: Sequence[Item], inquiry: Inquiry, answer: Answer) -> None:
        """Name the item that has most or least of a field, and the others after it."""
        upward = inquiry.kind == "least"
        if inquiry.fields:
            asked: CatalogueField = self._schema.field(inquiry.fields[0])
            line = ordered(items, asked, upward=upward)
            evidence = [each for item in items for each in evidence_of(item, self._schema, [asked])]
            label = word(asked.spoken)
            answer.say(line or say("The catalogue does not know the {label} of any of them.", label=label), evidence)
            return
        if inquiry.quality in (RATING, POPULARITY):
            rated = [item for item in items if item.interactions and item.mean_value is not None]
            by = sorted(
                rated,
                key=lambda item: item.interactions if inquiry.quality == POPULARITY else item.mean_value or 0.0,
                reverse=not upward,
            )
            lines = [rating_fact(item) for item in by] or [(say("Nobody has rated any of them."), [])]
            for line, evidence in lines:
                answer.say(line, evidence)
            return
        names = join([f"**{item.title}**" for item in items], "or")
        known = join([word(each.spoken) for each in self._schema.fields if each.shown and each != self._schema.title])
        words = say(
            "The catalogue does not say how “{quality}” {names} is. What it knows of each: {labels}.",
            quality=inquiry.quality,
            names=names,
            labels=known,
        )
        answer.say(words, [each for item in items for each in evidence_of(item, self._schema)])


def _as_typed(inquiry: Inquiry, state: State) -> Inquiry:
    """Return what is asked with the quality in the person's own words."""
    if not inquiry.quality or inquiry.quality in (RATING, POPULARITY):
        return inquiry
    return inquiry.model_copy(update={"quality": state.as_typed(inquiry.quality)})


def _with_words(wish: str, said: str) -> str:
    return say("{wish} (“{said}”)", wish=wish, said=said) if said and said.casefold() not in wish.casefold() else wish
