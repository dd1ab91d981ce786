"""What may be said: the names, numbers and phrases that the evidence of a turn holds.

One `Support` stands for one item, or for what the person said. Knows nothing of sentences; `verifier` compares.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tastemaker.agent.reply import Recommendation
from tastemaker.agent.said_numbers import SaidNumber, said_numbers
from tastemaker.tools.catalogue.constraint import Constraint, Group, Verdict
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema, FieldType, Role, shown_value
from tastemaker.tools.evidence import Evidence
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS

_ALIKE = 4
"""Letters that two words must share at their beginning to be forms of one word: `minute`, `minutes`."""


@dataclass(frozen=True)
class Support:
    """What the evidence holds."""

    phrases: tuple[str, ...] = ()
    """Comparison keys of whole texts, a space at each end."""
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Keys of the names that hold, by field."""
    refused: frozenset[str] = frozenset()
    """Keys of names that may be said only to be absent."""
    years: frozenset[int] = frozenset()
    """Calendar years that hold."""
    numbers: tuple[SaidNumber, ...] = ()
    """Numbers in the texts, with the words beside them."""
    lenient: bool = False
    """Whether a number may stand beside any words; for what the person said, which no item is measured by."""

    @classmethod
    def of(
        cls,
        evidence: Iterable[Evidence],
        texts: Sequence[str],
        schema: CatalogueSchema,
        refused: Iterable[str] = (),
        *,
        lenient: bool = False,
    ) -> "Support":
        """Gather what facts and texts hold.

        Args:
            evidence: facts.
            texts: wording that is known to be true.
            schema: the catalogue's schema, for the fields that the facts come from.
            refused: names that may be said only to be absent.
            lenient: whether a number may stand beside any words.
        """
        fields = {each.name: each for each in schema.fields}
        told = list(texts)
        values: dict[str, set[str]] = {}
        years: set[int] = set()
        for fact in evidence:
            held = fact.value if isinstance(fact.value, tuple) else (fact.value,)
            source = fields.get(fact.name)
            for each in held:
                if isinstance(each, str):
                    told.append(each)
                    values.setdefault(fact.name, set()).add(normalise(each))
                    if source is not None and source.type is FieldType.DATE and each[:4].isdigit():
                        years.add(int(each[:4]))
                elif source is None:
                    told.append(f"{shown_value(each)} {fact.name.replace('_', ' ')}")
                elif source.role is Role.YEAR:
                    years.add(int(each))
                else:
                    told += [source.say(shown_value(each)), f"{shown_value(each)} {source.unit}"]
        return cls(
            phrases=tuple(f" {normalise(text)} " for text in told if normalise(text)),
            values={name: frozenset(names) for name, names in values.items()},
            refused=frozenset(normalise(name) for name in refused),
            years=frozenset(years),
            numbers=tuple(found for text in told for found in said_numbers(text)),
            lenient=lenient,
        )

    @classmethod
    def of_recommendation(cls, recommendation: Recommendation, schema: CatalogueSchema) -> "Support":
        """Gather what one recommendation holds: its evidence, its plain wording, the exclusions that it keeps."""
        kept = [entry for entry in recommendation.certificate if entry.verdict is Verdict.MATCH and entry.condition]
        refused = [name for entry in kept if entry.condition for name in _excluded(entry.condition)]
        texts = [recommendation.explanation, recommendation.item.title]
        return cls.of(recommendation.evidence, texts, schema, refused)

    def has_phrase(self, words: str) -> bool:
        """Return whether a text holds these words, one after the other."""
        key = f" {normalise(words)} "
        return key != "  " and any(key in phrase for phrase in self.phrases)

    def has_value(self, name: str, names: Iterable[str]) -> bool:
        """Return whether one of these names holds in the field of this name."""
        held = self.values.get(name, frozenset())
        return any(normalise(each) in held for each in names)

    def is_value(self, words: str) -> bool:
        """Return whether these words are a whole name that holds in any field."""
        return any(normalise(words) in held for held in self.values.values())

    def has_number(self, said: SaidNumber) -> bool:
        """Return whether a number holds, in the sense in which it is said."""
        if said.value is None:
            return self.has_phrase(said.text) and not said.text.isnumeric()
        if said.decade:
            span = 100 if said.value < 100 else 10_000
            return any(year % span // 10 * 10 == said.value for year in self.years) or any(
                each.decade and each.value == said.value for each in self.numbers
            )
        if said.value in self.years and not _measures(said.after):
            return True
        alike = [each for each in self.numbers if each.value == said.value and each.decade == said.decade]
        return any(
            self.lenient
            or _same(each.after, said.after)
            or _same(each.before, said.before)
            or (each.before, each.after) == (said.before, said.after) != ("", "")
            for each in alike
        )


def _measures(word: str) -> bool:
    """Return whether the word after a year makes it a count: "1982 people"."""
    return word.endswith("s") and word not in FUNCTION_WORDS


def _same(one: str, other: str) -> bool:
    if not one or not other or one in FUNCTION_WORDS:
        return False
    shorter = min(len(one), len(other))
    return one == other or (shorter >= _ALIKE and one[:shorter] == other[:shorter])


def _excluded(condition: Constraint | Group) -> list[str]:
    """Return the names that a condition excludes by itself."""
    if isinstance(condition, Group):
        members = condition.members if condition.join in ("all", "none") else ()
        negated = condition.join == "none"
        return [
            str(value)
            for member in members
            if isinstance(member, Constraint) and member.excludes is not negated
            for value in member.value
        ]
    return [str(value) for value in condition.value] if condition.excludes else []
