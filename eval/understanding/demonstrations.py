"""Turns marked requests into demonstrations for a model that plans, whatever the catalogue.

`python -m tastemaker.eval.understanding.demonstrations prompts/planner-bank.md` writes them. Names and numbers become
slots, which the planner fills with values of the catalogue at hand. `demonstrations.toml` tells which turns are taken,
and what no mark tells of them: the soft words, or what small talk is about. What cannot be said in slots is an error.
Knows no planner and no catalogue.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer

from tastemaker.eval.json_lines import json_lines, text_of
from tastemaker.eval.understanding.catalogues import FOLDER
from tastemaker.eval.understanding.demonstration_slots import NUMBER, TITLE, YEAR, CannotSayError, Slots, number_wish
from tastemaker.eval.understanding.request_file import ITEM, Mark, plain
from tastemaker.eval.understanding.vocabulary import alternatives

PROMPT = "planner-bank"
"""Id of the prompt that holds them."""
CHOSEN = FOLDER / "demonstrations.toml"
"""Turns that are taken."""
HAND = tuple(sorted((FOLDER / "hand").glob("*.jsonl")))
"""Files that they are in."""
_OPINIONS = {"like-this": "anchor", "liked": "like", "disliked": "dislike", "seen": "seen"}
_FEW = 2
"""Titles of a list that are told at least."""
_BEFORE = re.compile(
    r"(?:(?<=\s)|^)(?:(?:nothing|anything|something|not|no|without|never|hated?|loved?|liked?|by|with|in|from|like|"
    r"seen|already|prefer|preferably|ideally|maybe)\s+){1,2}$",
    re.IGNORECASE,
)
"""Words before a name that show what is wanted of it; a plan repeats them."""
_OR = re.compile(r"\W*\bor\b\W*(?:an? |some |maybe |perhaps |even |else )*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:(?:and|\+|&|with)\s*)?", re.IGNORECASE)
_LISTED = re.compile(r"\W*(?:(?:and|or|nor)\b)?\W*(?:(?:no|not|any|nothing with|nothing by)\b)?\W*", re.IGNORECASE)
_HEAD = '---\nid: {id}\nversion: "{version}"\nvariables: []\n---\n'


@dataclass(frozen=True)
class Chosen:
    """What is told of the turns that are taken."""

    kinds: Mapping[str, Mapping[str, str]]
    """By domain, the kind of slot that stands for each field."""
    nouns: Mapping[str, tuple[str, ...]]
    """By domain, words for one item, then words for several."""
    turns: Mapping[str, str]
    """By `id` or `id/number of the turn`, its soft words, or what small talk is about."""

    @classmethod
    def load(cls, path: Path = CHOSEN) -> "Chosen":
        """Read the file of what is chosen."""
        return cls(**tomllib.loads(path.read_text(encoding="utf-8")))


def demonstration(dialogue: Mapping[str, Any], number: int, note: str, chosen: Chosen) -> dict[str, Any]:
    """Return one turn as a demonstration.

    Args:
        dialogue: as it is written in its file.
        number: of the turn, from 1.
        note: its soft words, or what small talk is about.
        chosen: the slots of its domain.

    Raises:
        CannotSayError: it cannot be said in slots.
    """
    slots = Slots(chosen.kinds[dialogue["domain"]])
    one, several = chosen.nouns[dialogue["domain"]]
    before: list[list[Any]] = []
    listed: list[str] = []
    for place, turn in enumerate(dialogue["turns"][:number], start=1):
        listed = turn.get("shown", listed)
        told = _Telling(turn["user"], _titles(listed, turn, slots), slots, (one, several), before)
        if place == number:
            return _written(told, turn["act"], note, before, _titles(listed, turn, slots))
        if turn["act"] == "undo":
            raise CannotSayError("what was before has been taken back")
        before = _after(before, told)
    raise CannotSayError(f"there is no turn {number}")


class _Telling:
    """What one turn says, in slots."""

    def __init__(
        self, marked: str, shown: Sequence[str], slots: Slots, nouns: tuple[str, str], before: Sequence[Sequence[Any]]
    ) -> None:
        self.wishes: list[list[Any]] = []
        self.opinions: list[list[str]] = []
        self.forget: list[str] = []
        self.subject: list[str] = []
        self.say = ""
        self._shown, self._slots, self._before = shown, slots, before
        words, marks = plain(marked)
        end, last, start_said = 0, None, 0
        for mark in marks:
            self.say += _with_nouns(words[end : mark.start], nouns)
            lead = _BEFORE.search(self.say)
            start = lead.start() if lead else len(self.say)
            told = self._told(mark)
            self.say += told[0]
            joined = self._joined(last, mark, words[end : mark.start])
            start_said = start_said if joined else start
            self._take(mark, told, self.say[start_said:], joined)
            end, last = mark.end, mark
        self.say += _with_nouns(words[end:], nouns)
        _not_ambiguous(marks, words)

    def _told(self, mark: Mark) -> tuple[str, str, list[str]]:
        """Return the words of a mark in slots, its operator and values."""
        kind = self._slots.kind(mark)
        if kind in (YEAR, NUMBER):
            if mark.role in ("forgotten", "ignored", "refused"):
                raise CannotSayError(f"a number that is {mark.role}")
            return number_wish(kind, mark)
        if mark.place is not None:
            if mark.place >= len(self._shown):
                raise CannotSayError("a place beyond what is listed")
            return mark.text, "", [self._shown[mark.place]]
        meant = alternatives(mark)
        if len(meant) > 1:
            raise CannotSayError(f"'{mark.text}' means several")
        slot = self._slots.of(kind, meant[0])
        return slot, "contains_none" if mark.role == "refused" else "contains_any", [slot]

    def _joined(self, last: Mark | None, mark: Mark, between: str) -> bool:
        """Return whether a mark goes into the wish of the one before."""
        if last is None or (last.field, last.role) != (mark.field, mark.role) or mark.field == ITEM:
            return False
        if mark.role == "refused":
            return bool(_LISTED.fullmatch(between))
        if mark.role not in ("wanted", "preferred") or not _OR.fullmatch(between):
            return False
        if self._slots.kind(mark) in (YEAR, NUMBER):
            raise CannotSayError("one of two numbers")
        return True

    def _take(self, mark: Mark, told: tuple[str, str, list[str]], said: str, joined: bool) -> None:
        _, op, values = told
        if mark.role == "ignored":
            return
        if mark.role == "asked":
            self.subject += values
        elif mark.field == ITEM:
            self.opinions.append([_OPINIONS[mark.role], values[0], said])
        elif mark.role == "forgotten":
            if not any(values[0] in wish[2] for wish in self._before):
                raise CannotSayError("what is taken back was not said before")
            self.forget += values
        elif joined:
            self.wishes[-1][2] += values
            self.wishes[-1][4] = said
        else:
            strength = "prefer" if mark.role == "preferred" else "must"
            self.wishes.append([self._slots.kind(mark), op, values, strength, said])


def _with_nouns(words: str, nouns: tuple[str, str]) -> str:
    for slot, listed in zip(("{noun}", "{plural}"), nouns, strict=True):
        spoken = listed.replace(" ", "|").replace("_", " ")
        words = re.sub(rf"(?<![\w-])(?:{spoken})(?![\w-])", slot, words, flags=re.IGNORECASE)
    return words


def _not_ambiguous(marks: Sequence[Mark], words: str) -> None:
    """Raise where nothing plain tells whether one of two wanted names is enough, or both are meant."""
    for last, mark in pairwise(each for each in marks if each.role in ("wanted", "preferred")):
        between = words[last.end : mark.start]
        if last.field == mark.field and last.role == mark.role:
            plainly = bool(_OR.fullmatch(between) or _AND.fullmatch(between))
        else:
            plainly = not re.search(r"\bor\b|\bfailing\b", between)
        if not plainly:
            raise CannotSayError("wanted names that may be one or the other")


def _titles(listed: Sequence[str], turn: Mapping[str, Any], slots: Slots) -> list[str]:
    _, marks = plain(turn["user"])
    last = max([mark.place + 1 for mark in marks if mark.place is not None], default=0)
    named = [alternatives(mark)[0].casefold() for mark in marks if mark.field == ITEM and mark.place is None]
    last = max([last, *(place for place, title in enumerate(listed, start=1) if title.casefold() in named)])
    return [slots.of(TITLE, title) for title in listed[: max(last, _FEW)]]


def _after(before: Sequence[list[Any]], told: _Telling) -> list[list[Any]]:
    """Return the wishes in force after a turn; a number takes the place of an earlier one."""
    numbers = {wish[0] for wish in told.wishes if wish[0] in (YEAR, NUMBER)}
    kept = [wish for wish in before if wish[0] not in numbers and not set(wish[2]) & set(told.forget)]
    return [*kept, *told.wishes]


def _written(told: _Telling, act: str, note: str, before: Sequence[list[Any]], shown: Sequence[str]) -> dict[str, Any]:
    if (act != "recommend" and (told.wishes or told.opinions or told.forget)) or (act != "explain" and told.subject):
        raise CannotSayError(f"more than a turn that is {act} can hold")
    plan = {
        "say": told.say,
        "act": "critique" if act == "recommend" and shown else act,
        "before": {key: value for key, value in (("wishes", before), ("shown", shown)) if value},
        "wishes": told.wishes,
        "opinions": told.opinions,
        "forget": told.forget,
        "subject": told.subject,
        "talk" if act == "chat" else "query": note,
    }
    return {key: value for key, value in plan.items() if value}


def bank(chosen: Chosen, files: Iterable[Path]) -> str:
    """Return the prompt that holds all demonstrations, one a line.

    Raises:
        CannotSayError: a turn that is chosen cannot be said in slots, or is in no file.
    """
    dialogues = {value["id"]: value for path in files for _, value in json_lines(path, text_of(path))}
    lines = []
    for key, note in chosen.turns.items():
        name, _, number = key.partition("/")
        if name not in dialogues:
            raise CannotSayError(f"no file has the dialogue '{name}'")
        lines.append(json.dumps(demonstration(dialogues[name], int(number or 1), note, chosen), ensure_ascii=False))
    body = "\n".join(dict.fromkeys(lines)) + "\n"
    return _HEAD.format(id=PROMPT, version=f"hand-{sha256(body.encode()).hexdigest()[:8]}") + body


def main(out: Annotated[Path, typer.Argument(help="File to write: `prompts/planner-bank.md`.")]) -> None:
    """Write the bank of demonstrations."""
    out.write_text(bank(Chosen.load(), HAND), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
