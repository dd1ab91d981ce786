"""Checks a sentence against evidence: every name, number and catalogue value that it says must be supported.

Knows where names may hide (capitals, quotation marks, the catalogue's own names in any case, words after "directed
by"), and nothing of style or of whether the sentence is any good. It is strict on purpose: a true sentence that it
cannot follow is given up for the plain wording, and a false one must not pass. Made for English; letters of scripts
without capitals must stand in the evidence as they are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from tastemaker.agent.name_scan import FoundName, NameScanner, Word, words_of
from tastemaker.agent.ordinary_words import LISTING_WORDS, NAMING_WORDS, is_function_word, looks_ordinary, negates
from tastemaker.agent.said_numbers import said_numbers
from tastemaker.agent.support import Support
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.evidence import Evidence
from tastemaker.tools.resolve.gazetteer import Form
from tastemaker.tools.resolve.ordinary_words import is_ordinary
from tastemaker.tools.workspace import Workspace

_LONGEST = 700
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]*)[\"“”»]")
_MARKUP = re.compile(r"[<>{}\[\]|\\`=*_#^~@]|https?:|www\.|\bdot com\b", re.IGNORECASE)
_JOINS = re.compile(r"^[\s.\-'’&]*$")
_STARTS = re.compile(r"(?:^|[:;—–(“\"«]\s*|\s-\s+)[\s\"“'‘(¤,]*$")
_NEAR = 4
"""Words between a role, such as "directed", and the name that it is said of."""
_DENIAL = 3
"""Words between a denial and what it denies."""


class Verifier:
    """Checks sentences over one workspace. Safe to share between threads; keeps nothing of any turn."""

    def __init__(self, workspace: Workspace) -> None:
        self.schema = workspace.schema
        """Fields that the names come from."""
        self._resolver = workspace.resolver
        self._scanner = NameScanner(workspace.resolver.gazetteer, workspace.schema)
        known = workspace.resolver.gazetteer.names
        people = {field.name for field in self.schema.with_role(Role.PERSON)}
        whole = (Form.WHOLE, Form.ALIAS)
        self._sole_names = frozenset(
            key
            for key, names in known.items()
            if " " not in key and any(each.form in whole and (each.item_id or each.field in people) for each in names)
        )
        self._parts_of_names = frozenset(
            part for key, names in known.items() if any(each.field in people for each in names) for part in key.split()
        )
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
        spoken = words_of(words)
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
        words = words_of(text)
        names = list(self._scanner.scan(words))
        letters = [word for word in words if not word.text.isdigit()]
        found = [
            *_MARKUP.findall(text),
            *(sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn") and sign not in "\n\t"),
            *(quoted for quoted in _QUOTED.findall(text) if quoted.strip() and not support.has_phrase(quoted)),
            *(said.text for said in said_numbers(text) if not support.has_number(said)),
            *self._unknown_capitals(text, letters, support),
            *self._unknown_names(names, words, support),
            *self._wrong_roles(text, letters, names, support),
        ]
        return list(dict.fromkeys(found))

    def _unknown_capitals(self, text: str, words: Sequence[Word], support: Support) -> Iterator[str]:
        """Yield runs of capitalised words, and words in scripts without capitals, that nothing supports."""
        for word in words:
            if any(unicodedata.category(letter) == "Lo" for letter in word.text) and not support.has_phrase(word.text):
                yield word.text
        for run in _runs(text, words):
            starts = _STARTS.search(text[: run[0].start]) is not None
            yield from self._unknown_in_run(run, support, starts=starts)

    def _unknown_in_run(self, run: Sequence[Word], support: Support, *, starts: bool) -> Iterator[str]:
        said = " ".join(word.plain for word in run)
        if support.has_phrase(said):
            return
        if starts and self._may_open(run[0]):
            yield from self._unknown_in_run(run[1:], support, starts=False) if len(run) > 1 else ()
            return
        parts: list[list[Word]] = [[]]
        for word in run:
            if is_function_word(word.text):
                parts.append([])
            else:
                parts[-1].append(word)
        for part in filter(None, parts):
            name = " ".join(word.plain for word in part)
            if not support.has_phrase(name) and not _joined_of_values([word.plain for word in part], support):
                yield name

    def _may_open(self, word: Word) -> bool:
        if is_function_word(word.text):
            return True
        key = normalise(word.plain)
        shouted = len(word.plain) > 1 and word.plain.isupper()
        if shouted or key in self._sole_names or not looks_ordinary(word.plain):
            return False
        return is_ordinary(key) or key not in self._parts_of_names

    def _unknown_names(self, names: Sequence[FoundName], words: Sequence[Word], support: Support) -> Iterator[str]:
        """Yield the catalogue's own names, in any case, that are not in the evidence, or are denied against it."""
        for name in names:
            held = support.has_phrase(name.text) or any(support.has_value(field, [each]) for field, each in name.values)
            refused = support.refused & {normalise(name.text), *(normalise(value) for _, value in name.values)}
            if not held and not refused and self._is_ordinary(name, words):
                continue
            denied = any(negates(word.text) for word in _before(words, name.start, _DENIAL))
            # What is refused may be said to be absent and nothing else; what holds may not be denied.
            if (refused and not denied) or (denied and not refused and name.facet) or not (held or refused):
                yield name.text

    def _is_ordinary(self, name: FoundName, words: Sequence[Word]) -> bool:
        """Return whether what is also a name of the catalogue is here just a word or two of the sentence."""
        telling = name.telling
        if not telling:
            return not (len(name.words) > 1 and all(word.capital for word in name.words))
        if name.facet or any(word.capital for word in telling[1:]):
            return False
        if telling[0].capital:
            # A capital that only begins the sentence says nothing; see `_unknown_capitals`.
            return len(telling) == 1 and looks_ordinary(telling[0].plain) and not _before(words, telling[0].start, 1)
        before = {word.text.casefold() for word in _before(words, name.start, 1)}
        listed = before & LISTING_WORDS and not is_ordinary(normalise(telling[0].plain))
        return len(telling) < 2 and not (before & NAMING_WORDS or listed)

    def _wrong_roles(
        self, text: str, words: Sequence[Word], names: Sequence[FoundName], support: Support
    ) -> Iterator[str]:
        """Yield names said in a role that the evidence does not give them: "directed by" an actor."""
        roles = {field for field, _ in self._roles}
        people = [name for name in names if any(field in roles for field, _ in name.values)]
        keys = [normalise(word.plain) for word in words]
        for place, word in enumerate(words):
            field, length = self._role_at(keys, place)
            if not length:
                continue
            role = " ".join(keys[place : place + length])
            after = words[place + length : place + length + _NEAR]
            rest = [each.plain for each in after]
            if length > 1 and rest and rest[0].islower() and not is_function_word(rest[0]):
                # What follows "directed by" is a name, even in lower case.
                starts = [" ".join(rest[:count]) for count in range(1, len(rest) + 1)]
                if not support.has_value(field, starts):
                    yield f"{role} {rest[0]}"
            before = [each for each in _before(words, word.start, 2) if "," not in text[each.end : word.start]]
            near = {each.start for each in (*before, *after)}
            for name in people:
                if near & {each.start for each in name.words}:
                    values = [name.text, *(value for _, value in name.values)]
                    if not support.has_value(field, values) and not support.has_phrase(f"{role} {name.text}"):
                        yield name.text

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


def _runs(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield runs of capitalised words with nothing but blanks, points, hyphens or "&" between them."""
    run: list[Word] = []
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


def _before(words: Sequence[Word], start: int, count: int) -> Sequence[Word]:
    """Return the last words before a place."""
    earlier = [word for word in words if word.end <= start]
    return earlier[-count:]


def _form_of(word: str, cue: str) -> bool:
    """Return whether two words are forms of one: `directs`, `director`."""
    shared = next((k for k, (a, b) in enumerate(zip(word, cue, strict=False)) if a != b), min(len(word), len(cue)))
    return shared >= 4 and shared * 10 >= 6 * max(len(word), len(cue))
