"""Claims: the pieces of an explanation, each bound to evidence of this turn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tastemaker.agent.item_facts import rated, rating_evidence
from tastemaker.agent.languages.speech import named, say, stated, word
from tastemaker.agent.reply import CertificateEntry
from tastemaker.agent.state import State
from tastemaker.agent.wording import join
from tastemaker.tools.candidates import Proposal
from tastemaker.tools.catalogue.constraint import Constraint, Group, Verdict
from tastemaker.tools.catalogue.item import Item, names_in
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, Role
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.tools.evidence import Evidence
from tastemaker.tools.suit_motive import Suits

_CLOSE = 0.4  # cosine from which on a text is said to come close to the words; a guess, from looking at answers
_MOST_NAMES = 3


@dataclass(frozen=True)
class Claim:
    """One thing said of an item."""

    text: str
    """Words that fit into a list: `from 1982`."""
    evidence: tuple[Evidence, ...]
    """What it rests on; never empty."""


class ClaimMaker:
    """Makes the claims of one turn's items."""

    def __init__(
        self, catalogue: Catalogue, state: State, proposals: Sequence[Proposal], shown: Sequence[Item]
    ) -> None:
        """Prepare.

        Args:
            catalogue: source of facts.
            state: the state after the plan's changes.
            proposals: the tools' answers of this turn.
            shown: the items that the turn shows.
        """
        self._catalogue = catalogue
        self._schema = catalogue.schema
        self._state = state
        self._closeness = {
            item: float(score)
            for proposal in proposals
            if proposal.candidates.source == "search_meaning"
            for item, score in zip(proposal.candidates.ids, proposal.candidates.scores, strict=True)
            if score >= _CLOSE
        }
        self._seeds = self._shared_likes([item.id for item in shown])

    def claims(self, item: Item, certificate: Sequence[CertificateEntry]) -> list[Claim]:
        """Return the claims of one item, the most telling first; never empty for an item with any fact."""
        wished = [self._of_condition(item, entry) for entry in certificate]
        made = [each for each in wished if each]
        said = {str(each) for claim in made for fact in claim.evidence for each in _parts(fact.value)}
        made += self._motives(item, said)
        made += self._mood(item)
        told = {fact.name for claim in made for fact in claim.evidence}
        made += [each for each in self._basic(item) if each.evidence[0].name not in told]
        made += self._likeness(item)
        made += self._meaning(item)
        made += self._statistics(item)
        return list({claim.text: claim for claim in made}.values())

    def _of_condition(self, item: Item, entry: CertificateEntry) -> Claim | None:
        if entry.verdict is not Verdict.MATCH or entry.condition is None:
            return None
        return self._of_match(item, entry.condition)

    def _of_match(self, item: Item, condition: Constraint | Group) -> Claim | None:
        if isinstance(condition, Group):
            # Of alternatives, the first that holds is said.
            if condition.join == "none":
                return None
            made = (self._of_match(item, member) for member in condition.members)
            return next((each for each in made if each), None)
        field = self._schema.field(condition.field)
        if condition.excludes:
            return None
        if field.role is Role.RATING and (rating := self._statistics(item)):
            # The same number with how many people gave it.
            return rating[0]
        if not field.named:
            return self._fact(item, field)
        wanted = {normalise(str(value)) for value in condition.value}
        held = item.values.get(field.name)
        names = [name for name in (held if isinstance(held, tuple) else (held,)) if name is not None]
        met = [str(name) for name in names if normalise(str(name)) in wanted]
        return self._names(item, field, met) if met else None

    def _basic(self, item: Item) -> list[Claim]:
        """Return the facts by which an item is known whatever was asked: its kind and its year."""
        fields = [*self._schema.with_role(Role.GENRE)[:1], *self._schema.with_role(Role.YEAR)[:1]]
        return [claim for field in fields if (claim := self._fact(item, field))]

    def _fact(self, item: Item, field: CatalogueField) -> Claim | None:
        value = item.values.get(field.name)
        if value is None or value in ((), ""):
            return None
        if isinstance(value, tuple):
            return self._names(item, field, list(value[:_MOST_NAMES]))
        said = stated(field, named(field, value))
        return Claim(said, (Evidence(source="catalogue", name=field.name, value=value, about=item.id),))

    def _names(self, item: Item, field: CatalogueField, names: list[str]) -> Claim:
        evidence = Evidence(source="catalogue", name=field.name, value=tuple(names), about=item.id)
        return Claim(stated(field, join([named(field, name) for name in names])), (evidence,))

    def _likeness(self, item: Item) -> list[Claim]:
        """Return what ties an item to those the person named or liked: shared names, shared likes."""
        claims = []
        for seed, fans, both in self._seeds:
            if seed.id == item.id:
                continue
            shared = self._shared_names(seed, item)
            if shared:
                evidence = tuple(
                    Evidence(source="catalogue", name=field.name, value=names, about=about)
                    for field, names in shared
                    for about in (item.id, seed.id)
                )
                words = join([named(field, name) for field, names in shared for name in names])
                claims.append(Claim(say("shares {names} with {title}", names=words, title=seed.title), evidence))
            count = both.get(item.id, 0)
            if count >= 2:
                evidence = (
                    Evidence(source="interactions", name="liked_both", value=float(count), about=item.id),
                    Evidence(source="interactions", name="liked", value=float(fans), about=seed.id),
                )
                words = say(
                    "liked by {count} of the {fans} people who liked {title}", count=count, fans=fans, title=seed.title
                )
                claims.append(Claim(words, evidence))
        return claims[:2]

    def _shared_names(self, seed: Item, item: Item) -> list[tuple[CatalogueField, tuple[str, ...]]]:
        found: list[tuple[CatalogueField, tuple[str, ...]]] = []
        for field in self._schema.facets():
            if field.role not in (Role.PERSON, Role.GENRE):
                continue
            theirs = seed.values.get(field.name) or ()
            ours = item.values.get(field.name) or ()
            first = theirs if isinstance(theirs, tuple) else (str(theirs),)
            second = set(ours if isinstance(ours, tuple) else (str(ours),))
            common = tuple(name for name in first if name in second)[:2]
            if common and not any(set(common) <= set(names) for _, names in found):
                found.append((field, common))
        # People say more than kinds do; both together say too much.
        return sorted(found, key=lambda each: each[0].role is not Role.PERSON)[:1]

    def _shared_likes(self, shown: list[str]) -> list[tuple[Item, int, Mapping[str, int]]]:
        seeds = (self._state.opinions("anchor") or self._state.opinions("like") or list(self._state.known[-5:]))[:3]
        items = self._catalogue.items(seeds)
        return [(seed, *self._catalogue.co_liked(seed.id, shown)) for seed in items]

    def _motives(self, item: Item, told: Collection[str]) -> list[Claim]:
        """Return what makes us guess that an item suits what it is wanted for; says no name twice that was told."""
        claims = []
        for said in self._state.motives:
            motive = self._schema.motive(said.name)
            suits = Suits.of(motive, item.values) if motive else None
            if suits is None or not suits.facts or suits.against:
                continue
            names = [name for each in suits.names.values() for name in each if name not in told][:_MOST_NAMES]
            evidence = (
                *(Evidence(source="catalogue", name=name, value=value, about=item.id) for name, value in suits.facts),
                Evidence(source="person", name="motive", value=(said.name, said.said)),
            )
            words = say("suits {motive} (our guess)", motive=word(said.name))
            if names:
                words = say("{claim}: {names}", claim=words, names=join([word(name) for name in names]))
            claims.append(Claim(words, evidence))
        return claims

    def _mood(self, item: Item) -> list[Claim]:
        """Return that an item carries a name which the mood was taken for."""
        mood = self._state.mood
        if mood is None:
            return []
        held = set(map(normalise, names_in(item.values, mood.field)))
        names = tuple(name for name in mood.names if normalise(name) in held)
        if not names:
            return []
        evidence = (
            Evidence(source="catalogue", name=mood.field, value=names, about=item.id),
            Evidence(source="person", name="mood", value=mood.said),
        )
        words = say("suits {motive} (our guess)", motive=say("“{name}”", name=self._state.as_typed(mood.said)))
        return [Claim(say("{claim}: {names}", claim=words, names=join([word(name) for name in names])), evidence)]

    def _meaning(self, item: Item) -> list[Claim]:
        cosine = self._closeness.get(item.id)
        if cosine is None or not self._state.query:
            return []
        evidence = (
            Evidence(source="person", name="query", value=self._state.query),
            Evidence(source="tool", name="search_meaning", value=cosine, about=item.id),
        )
        return [Claim(say("close in meaning to “{words}”", words=self._state.as_typed(self._state.query)), evidence)]

    def _statistics(self, item: Item) -> list[Claim]:
        words = rated(item) if self._schema.like_at_least is not None else ""
        return [Claim(words, rating_evidence(item))] if words else []


def _parts(value: str | float | tuple[str, ...]) -> tuple[str | float, ...]:
    return value if isinstance(value, tuple) else (value,)
