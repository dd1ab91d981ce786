"""Which fields a question asks about, by the schema's words: labels, cues, units and comparatives.

"who directed it" asks for the field whose cue is "directed by", "how long" for the one that can be "longer".
"""

import re

from tastemaker.agent.planners.comparatives import bases
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role

_PAST = {
    "wrote": "written",
    "writes": "written",
    "sang": "sung",
    "sings": "sung",
    "drew": "drawn",
    "shot": "shot",
    "made": "made",
    "makes": "made",
}
"""Forms of verbs whose participle begins otherwise."""
_WHO = re.compile(r"(?<!\S)(?:who|whos|whose|whom)(?!\S)")
_WHO_IN = re.compile(r"(?<!\S)(?:who|whos)(?: is| was| are| were| else)*(?: \S+){0,2}? in(?!\S)")
_WHEN = re.compile(r"(?<!\S)(?:when|what year|which year|year|how old|how recent|how new)(?!\S)")
_FROM = re.compile(r"(?<!\S)where(?: \S+){1,5}? (?:from|made)(?!\S)")
_HOW = re.compile(r"(?<!\S)how (\S+)")
_IN_CAST = frozenset({"with", "starring", "featuring", "feat", "performed by", "played by"})
_STEM = 4
_LENGTHS = frozenset({"minutes", "hours", "pages"})


class AskedFields:
    """Finds the fields asked about."""

    def __init__(self, schema: CatalogueSchema) -> None:
        fields = [field for field in schema.fields if field.role not in (Role.TITLE, Role.ALIAS, Role.RATING)]
        self.texts = tuple(field.name for field in fields if field.type is FieldType.TEXT)
        """Fields of free text, which may tell what an item is about."""
        self._labels: dict[str, str] = {}
        self._verbs: dict[str, str] = {}
        self._degrees: dict[str, tuple[str, bool]] = {}
        for field in reversed(fields):
            for label in (field.spoken, field.name, *(cue for cue in field.cues if field.role is Role.PERSON)):
                key = normalise(label)
                if key and " by" not in f" {key}" and not key.startswith(("with", "from", "in ")):
                    self._labels |= {key: field.name, f"{key}s": field.name}
            for cue in field.cues:
                verb = normalise(cue).split(" ")[0]
                if field.role is Role.PERSON and len(verb) >= _STEM:
                    self._verbs[verb[:_STEM]] = field.name
            if field.unit in _LENGTHS:
                self._labels |= dict.fromkeys(("length", "lengths", "duration"), field.name)
            self._read_degrees(field)
        self._people = tuple(field.name for field in fields if field.role is Role.PERSON)
        self._cast = tuple(
            field.name for field in fields if field.role is Role.PERSON and _IN_CAST & set(map(normalise, field.cues))
        )
        self._years = tuple(field.name for field in fields if field.role is Role.YEAR)
        self._origins = tuple(field.name for field in fields if field.named and "from" in map(normalise, field.cues))
        self.labels = f"(?:{'|'.join(sorted(map(re.escape, self._labels), key=len, reverse=True)) or 'NOTHING'})"
        """Pattern of the words for the fields."""
        self._label = re.compile(rf"(?<!\S){self.labels}(?!\S)")

    def named(self, text: str) -> tuple[str, ...]:
        """Return the fields that a question asks about, in the order of its words; empty when it names none."""
        found = [self._labels[match.group()] for match in self._label.finditer(text)]
        if _WHO.search(text):
            verbs = [_PAST.get(word, word)[:_STEM] for word in text.split()]
            found += [self._verbs[verb] for verb in verbs if verb in self._verbs]
            if not found:
                found += self._cast if _WHO_IN.search(text) and self._cast else self._people
        if _WHEN.search(text):
            found += self._years
        if _FROM.search(text):
            found += self._origins
        for match in _HOW.finditer(text):
            found += [self._degrees[match[1]][0]] if match[1] in self._degrees else []
        return tuple(dict.fromkeys(found))

    def degree(self, text: str) -> tuple[str, bool] | None:
        """Return the field by which items are to be ordered and whether the largest is meant; None without one."""
        for word in re.findall(r"(?<!\S)(?:(?:most|more|least|less) )?\S+", text):
            if word in self._degrees and (word.endswith(("est", "er")) or " " in word):
                return self._degrees[word]
        return None

    def _read_degrees(self, field: CatalogueField) -> None:
        for upward, words in ((True, field.more), (False, field.less)):
            for comparative in map(normalise, words):
                degree = (field.name, upward)
                self._degrees.setdefault(comparative, degree)
                for base in bases(comparative):
                    self._degrees.setdefault(base, degree)
                if comparative.endswith("er"):
                    self._degrees.setdefault(f"{comparative[:-1]}st", degree)
                elif comparative.startswith("more "):
                    self._degrees.setdefault(f"most {comparative[5:]}", degree)
