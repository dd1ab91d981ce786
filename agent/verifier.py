"""Checks a sentence against evidence: every name, number and catalogue value that it says must be supported.

Knows where names may hide (capitals, quotation marks, the catalogue's own names in any case, words after "directed
by"), and nothing of style or of whether the sentence is any good. It is strict on purpose: a true sentence that it
cannot follow is given up for the plain wording, and a false one must not pass. Made for English; letters of scripts
without capitals must stand in the evidence as they are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tastemaker.agent.ordinary_words import NAMING_WORDS, is_function_word, looks_ordinary, negates
from tastemaker.agent.said_numbers import said_numbers
from tastemaker.agent.support import Support
from tastemaker.tools.catalogue.normalise import normalise, normalise_title
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.evidence import Evidence
from tastemaker.tools.resolve.ordinary_words import is_ordinary
from tastemaker.tools.resolve.resolver import Mention
from tastemaker.tools.workspace import Workspace

_LONGEST = 700
_WORD = re.compile(r"[^\W\d_]+(?:['’\-‐‑.](?=[^\W\d_])[^\W\d_]+)*")
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]*)[\"“”»]")
_MARKUP = re.compile(r"[<>{}\[\]|\\`=*_#^~@]|https?:|www\.|\bdot com\b", re.IGNORECASE)
_JOINS = re.compile(r"^[\s.\-'’&]*$")
_STARTS = re.compile(r"(?:^|[:;—–(“\"«]\s*|\s-\s+)[\s\"“'‘(¤,]*$")
_NEAR = 4
"""Words between a role, such as "directed", and the name that it is said of."""
_DENIAL = 3
"""Words between a denial and what it denies."""


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        return any(letter.isupper() or letter.istitle() for letter in self.text)

    @property
    def plain(self) -> str:
        """The word without a possessive ending."""
        return re.sub(r"['’]s?$", "", self.text)


class Verifier:
    """Checks sentences over one workspace. Safe to share between threads; keeps nothing of any turn."""

    def __init__(self, workspace: Workspace) -> None:
        self.schema = workspace.schema
        """Fields that the names come from."""
        self._resolver = workspace.resolver
        catalogue = workspace.catalogue
        people = [name for field in self.schema.with_role(Role.PERSON) for name in catalogue.value_counts(field.name)]
        self._sole_names = frozenset(
            key
            for name in [*(title or "" for title in catalogue.texts("_title")), *people]
            if " " not in (key := normalise_title(name))
        )
        self._parts_of_names = frozenset(part for name in people for part in normalise(name).split())
        self._roles = [
            (field.name, tuple(normalise(cue) for cue in (*field.cues, field.spoken)))
            for field in self.schema.with_role(Role.PERSON)
        ]

    def check(self, sentence: str, evidence: Iterable[Evidence], texts: Sequence[str] = ()) -> list[str]:
        """Return what a sentence says that nothing supports; empty when it holds.

        Args:
            sentence: one sentence.
            evidence: facts that it may use.
            texts: wording known to be true, whose phrases and numbers it may use.
        """
        return self.unsupported(sentence, Support.of(evidence, texts, self.schema))

    def said_by_person(self, words: str, count: int) -> Support:
        """Return what a person's words let one say back to them: catalogue names and numbers, and a list's length."""
        spoken = [_Word(each.start(), each.end(), each.group()) for each in _WORD.finditer(words)]
        phrases: list[str] = []
        values: dict[str, set[str]] = {}
        refused: set[str] = set()
        for mention in self._resolver.mentions(words):
            names = (
                {normalise(name) for name in [mention.text, *mention.matches[0].values]} if mention.matches else set()
            )
            if any(negates(word.text) for word in _before(spoken, mention.start, _DENIAL)):
                refused |= names
            else:
                phrases += [f" {name} " for name in names]
                for match in mention.matches[:1]:
                    values.setdefault(match.field, set()).update(names)
        return Support(
            phrases=tuple(sorted(phrases)),
            values={name: frozenset(held) for name, held in values.items()},
            refused=frozenset(refused),
            numbers=(*said_numbers(words), *said_numbers(str(count))),
            lenient=True,
        )

    def unsupported(self, sentence: str, support: Support) -> list[str]:
        """Return what a sentence says that the support does not hold, in the order of the checks, each once."""
        if len(sentence) > _LONGEST:
            return [f"{sentence[:40]}…"]
        text = unicodedata.normalize("NFC", sentence)
        words = [_Word(each.start(), each.end(), each.group()) for each in _WORD.finditer(text)]
        mentions = self._resolver.mentions(text)
        found = [
            *_MARKUP.findall(text),
            *(sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn") and sign not in "\n\t"),
            *(quoted for quoted in _QUOTED.findall(text) if quoted.strip() and not support.has_phrase(quoted)),
            *(said.text for said in said_numbers(text) if not support.has_number(said)),
            *self._unknown_names(text, words, support),
            *self._unknown_mentions(mentions, words, support),
            *self._wrong_roles(text, words, mentions, support),
        ]
        return list(dict.fromkeys(found))

    def _unknown_names(self, text: str, words: Sequence[_Word], support: Support) -> Iterator[str]:
        """Yield runs of capitalised words, and words in scripts without capitals, that nothing supports."""
        for word in words:
            if any(unicodedata.category(letter) == "Lo" for letter in word.text) and not support.has_phrase(word.text):
                yield word.text
        for run in _runs(text, words):
            starts = _STARTS.search(text[: run[0].start]) is not None
            yield from self._unknown_in_run(run, support, starts=starts)

    def _unknown_in_run(self, run: Sequence[_Word], support: Support, *, starts: bool) -> Iterator[str]:
        said = " ".join(word.plain for word in run)
        if support.has_phrase(said):
            return
        if starts and self._may_open(run[0]):
            yield from self._unknown_in_run(run[1:], support, starts=False) if len(run) > 1 else ()
            return
        parts: list[list[_Word]] = [[]]
        for word in run:
            if is_function_word(word.text):
                parts.append([])
            else:
                parts[-1].append(word)
        for part in filter(None, parts):
            name = " ".join(word.plain for word in part)
            if not support.has_phrase(name) and not _joined_of_values([word.plain for word in part], support):
                yield name

    def _may_open(self, word: _Word) -> bool:
        if is_function_word(word.text):
            return True
        key = normalise(word.plain)
        shouted = len(word.plain) > 1 and word.plain.isupper()
        if shouted or key in self._sole_names or not looks_ordinary(word.plain):
            return False
        return is_ordinary(key) or key not in self._parts_of_names

    def _unknown_mentions(self, mentions: Sequence[Mention], words: Sequence[_Word], support: Support) -> Iterator[str]:
        """Yield the catalogue's own names, in any case, that are not in the evidence, or are denied against it."""
        for mention in mentions:
            if not any(letter.isalpha() for letter in mention.text) or self._is_ordinary(mention, words):
                continue
            denied = any(negates(word.text) for word in _before(words, mention.start, _DENIAL))
            fields = {match.field for match in mention.matches}
            values = [value for match in mention.matches for value in match.values]
            refused = any(normalise(value) in support.refused for value in [*values, mention.text])
            held = support.has_phrase(mention.text) or any(support.has_value(field, values) for field in fields)
            # What is refused may be said to be absent and nothing else; what holds may not be denied.
            if (refused and not denied) or (denied and not refused) or not (held or refused):
                yield mention.text

    def _is_ordinary(self, mention: Mention, words: Sequence[_Word]) -> bool:
        """Return whether what looks like a name of the catalogue is just a word or two of the sentence."""
        facets = {field.name for field in self.schema.facets() if field.role is not Role.PERSON}
        own = [word for word in words if mention.start <= word.start < mention.end]
        named_here = any(word.capital for word in own)
        if any(match.field in facets and match.how in ("exact", "alias", "normalised") for match in mention.matches):
            # Facets are written in lower case too, and are said all the same.
            return False
        telling = [word for word in own if not is_function_word(word.text)]
        if not telling:
            return True
        if named_here and any(word.capital for word in telling):
            return False
        announced = any(word.text.casefold() in NAMING_WORDS for word in _before(words, mention.start, 1))
        return len(telling) < 2 and not announced

    def _wrong_roles(
        self, text: str, words: Sequence[_Word], mentions: Sequence[Mention], support: Support
    ) -> Iterator[str]:
        """Yield names said in a role that the evidence does not give them: "directed by" an actor."""
        keys = [normalise(word.plain) for word in words]
        for place, word in enumerate(words):
            field, length = self._role_at(keys, place)
            if not length or is_function_word(word.text):
                continue
            after = [each for each in words[place + length : place + length + _NEAR]]
            if length > 1 and after and text[words[place + length - 1].end : after[0].start].isspace():
                # What follows "directed by" is a name, even in lower case.
                rest = " ".join(each.plain for each in after)
                if not _begins_with_value(rest, field, support) and not support.has_phrase(f"{word.text} {rest}"):
                    yield f"{' '.join(each.text for each in words[place : place + length])} {after[0].text}"
            for mention in mentions:
                values = [value for match in mention.matches for value in match.values]
                person = any(match.field in dict(self._roles) for match in mention.matches)
                near = after + list(_before(words, word.start, 2))
                if person and any(mention.start <= each.start < mention.end for each in near):
                    elsewhere = support.has_phrase(f"{' '.join(keys[place : place + length])} {mention.text}")
                    if not support.has_value(field, [*values, mention.text]) and not elsewhere:
                        yield mention.text

    def _role_at(self, keys: Sequence[str], place: int) -> tuple[str, int]:
        """Return the field whose cue or label stands at a word, and how many words it has; 0 for none."""
        best = ("", 0)
        for field, cues in self._roles:
            for cue in cues:
                parts = cue.split()
                said = list(keys[place : place + len(parts)])
                same = said == parts or (len(parts) == 1 and len(said) == 1 and _form_of(said[0], parts[0]))
                if same and len(parts) > best[1] and not all(is_function_word(part) for part in parts):
                    best = (field, len(parts))
        return best


def _runs(text: str, words: Sequence[_Word]) -> Iterator[list[_Word]]:
    """Yield runs of capitalised words with nothing but blanks, points, hyphens or "&" between them."""
    run: list[_Word] = []
    for word in words:
        if run and not (
            word.capital and _JOINS.match(text[run[-1].end : word.start]) and run[-1].plain == run[-1].text
        ):
            yield run
            run = []
        if word.capital:
            run.append(word)
    if run:
        yield run


def _joined_of_values(words: Sequence[str], support: Support) -> bool:
    """Return whether words are whole supported names, one after the other: "English" "Drama"."""
    if not words:
        return True
    return any(
        support.is_value(" ".join(words[:length])) and _joined_of_values(words[length:], support)
        for length in range(1, len(words) + 1)
    )


def _before(words: Sequence[_Word], start: int, count: int) -> Sequence[_Word]:
    """Return the last words before a place."""
    earlier = [word for word in words if word.end <= start]
    return earlier[-count:]


def _begins_with_value(rest: str, field: str, support: Support) -> bool:
    parts = rest.split()
    return any(support.has_value(field, [" ".join(parts[:length])]) for length in range(1, len(parts) + 1))


def _form_of(word: str, cue: str) -> bool:
    """Return whether two words are forms of one: `directs`, `director`."""
    shared = next((k for k, (a, b) in enumerate(zip(word, cue, strict=False)) if a != b), min(len(word), len(cue)))
    return shared >= 4 and shared * 10 >= 6 * max(len(word), len(cue))
