"""The cards of recommended items, as HTML. Every value is escaped; what is shown of an item is decided by the schema.

Knows no domain, and nothing of sessions: the opinions that a card shows are handed in.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final, Literal
from zlib import crc32

from tastemaker.agent.reply import CertificateEntry, Recommendation, ShownItem
from tastemaker.agent.wording import counted
from tastemaker.tools.catalogue.constraint import Verdict
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role, shown_value
from tastemaker.tools.evidence import Evidence

Felt = Literal["like", "dislike", "seen"]
"""What a person may feel of an item that a card shows."""

_MOST_NAMES: Final = 3
_HIDDEN_ROLES: Final = frozenset({Role.TITLE, Role.ALIAS, Role.YEAR, Role.GENRE})
_SOURCES: Final = {
    "catalogue": "catalogue",
    "interactions": "ratings",
    "person": "you",
    "tool": "search",
}
_VERDICTS: Final = {
    Verdict.MATCH: ("match", "✓", "meets"),
    Verdict.UNKNOWN: ("unknown", "?", "not known"),
    Verdict.VIOLATES: ("violates", "✕", "breaks"),
}


def cards(
    recommendations: Sequence[Recommendation], schema: CatalogueSchema, felt: Mapping[str, Felt], key: str
) -> str:
    """Return the list of cards.

    Args:
        recommendations: the items, best first.
        schema: names, labels and roles of the fields.
        felt: what the person feels of items, by id.
        key: a word unique to this list in the page, for the ids of its elements.
    """
    made = "".join(_card(each, schema, felt.get(each.item.id), f"{key}-{each.rank}") for each in recommendations)
    label = escape(counted(len(recommendations), schema))
    return f'<ol class="tm-cards" aria-label="{label}">{made}</ol>'


def _card(recommendation: Recommendation, schema: CatalogueSchema, felt: Felt | None, key: str) -> str:
    item = recommendation.item
    heading = f"tm-title-{escape(key)}"
    year = _year(item, schema)
    state = f" is-{felt}" if felt else ""
    return (
        f'<li class="tm-card{state}" data-item="{escape(item.id)}">'
        f'<article aria-labelledby="{heading}">'
        f'<div class="tm-top">{_tile(item)}<div class="tm-head">'
        f'<h3 id="{heading}"><span class="tm-rank">{recommendation.rank}</span>{escape(item.title)}</h3>'
        f"{_chips(item, schema, year)}</div></div>"
        f'<p class="tm-why">{escape(recommendation.explanation)}</p>'
        f"{_facts(recommendation, schema)}{_certificate(recommendation.certificate)}"
        f"{_sources(recommendation.evidence, schema, key)}"
        f"{_buttons(item, felt)}</article></li>"
    )


def _tile(item: ShownItem) -> str:
    """Return a picture made of nothing but the item's name: its initials on a colour of its own."""
    words = [word for word in item.title.split() if word[:1].isalnum()]
    telling = [word for word in words if len(word) > 3 or word.isupper()] or words
    initials = "".join(word[0] for word in telling[:2]).upper() or "·"
    hue = crc32(item.id.encode() + item.title.encode()) % 360
    return f'<div class="tm-tile" style="--hue:{hue}" aria-hidden="true">{escape(initials)}</div>'


def _year(item: ShownItem, schema: CatalogueSchema) -> str:
    for field in schema.with_role(Role.YEAR):
        shown = say_value(item.values.get(field.name), field)
        # A title that is told apart by its year need not say it twice.
        if shown and field.shown and shown not in item.title:
            return shown
    return ""


def _chips(item: ShownItem, schema: CatalogueSchema, year: str) -> str:
    fields = [field for field in schema.with_role(Role.GENRE) if field.shown]
    kinds = [name for field in fields for name in _names(item.values.get(field.name))]
    chips = [f'<li class="tm-year">{escape(year)}</li>'] if year else []
    chips += ['<li class="tm-new" title="Nobody has interacted with it yet">new</li>'] if item.new else []
    chips += [f"<li>{escape(kind)}</li>" for kind in kinds[:4]]
    return f'<ul class="tm-chips">{"".join(chips)}</ul>' if chips else ""


def _facts(recommendation: Recommendation, schema: CatalogueSchema) -> str:
    """Return the other fields: those that explain themselves in one line, the rest with their labels."""
    told = {name for fact in recommendation.evidence for name in _names(fact.value)}
    brief, rows = [], []
    for field in schema.fields:
        value = recommendation.item.values.get(field.name)
        if isinstance(value, tuple):
            # Of a long list, the names that the reason speaks of must not be among those that are cut off.
            value = tuple(sorted(value, key=lambda name: name not in told))
        shown = say_value(value, field)
        if not shown or not field.shown or field.role in _HIDDEN_ROLES:
            continue
        label, title = escape(field.spoken), escape(", ".join(_names(value)))
        if (field.named and field.role is not Role.PERSON) or field.unit:
            brief.append(f'<li title="{label}"><span class="tm-hidden">{label}: </span>{escape(shown)}</li>')
        else:
            wide = ' class="tm-wide"' if field.type is FieldType.TEXT else ""
            rows.append(f'<div><dt>{label}</dt><dd{wide} title="{title}">{escape(shown)}</dd></div>')
    line = f'<ul class="tm-brief">{"".join(brief)}</ul>' if brief else ""
    return line + (f'<dl class="tm-facts">{"".join(rows)}</dl>' if rows else "")


def say_value(value: object, field: CatalogueField) -> str:
    """Return a value as a card shows it: at most three names, numbers with their unit; empty when missing."""
    names = _names(value)
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:_MOST_NAMES])} +{len(names) - _MOST_NAMES}"
    shown = ", ".join(names)
    return f"{shown} {field.unit}" if shown and field.unit else shown


def _names(value: object) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, tuple | list):
        return [str(each) for each in value]
    return [shown_value(value)]


def _certificate(entries: Sequence[CertificateEntry]) -> str:
    if not entries:
        return ""
    marks = []
    for entry in entries:
        name, sign, words = _VERDICTS[entry.verdict]
        if entry.relaxed:
            words = f"{words}; given up for this list, because too few kept it"
        repeats = normalise(entry.said) in normalise(entry.wish)
        said = "" if repeats else f'<q class="tm-said">{escape(entry.said)}</q>'
        relaxed = '<span class="tm-relaxed">given up</span>' if entry.relaxed else ""
        state = " is-relaxed" if entry.relaxed else ""
        marks.append(
            f'<li class="is-{name}{state}" title="{escape(words)}">'
            f'<span class="tm-sign" role="img" aria-label="{escape(words)}:">{sign}</span>'
            f"<span>{escape(entry.wish)}{relaxed}{said}</span></li>"
        )
    return f'<ul class="tm-marks" aria-label="Your wishes">{"".join(marks)}</ul>'


def _sources(evidence: Sequence[Evidence], schema: CatalogueSchema, key: str) -> str:
    if not evidence:
        return ""
    labels = {field.name: field.spoken for field in schema.fields}
    facts = dict.fromkeys(
        (_SOURCES[each.source], labels.get(each.name, each.name.replace("_", " ")), ", ".join(_names(each.value)))
        for each in evidence
    )
    rows = "".join(
        f'<li><span class="tm-source tm-source-{source}">{source}</span> {escape(label)}: {escape(value)}</li>'
        for source, label, value in facts
    )
    return (
        f'<details class="tm-evidence" data-key="{escape(key)}"><summary>Where this comes from</summary>'
        f"<ul>{rows}</ul></details>"
    )


def _buttons(item: ShownItem, felt: Felt | None) -> str:
    liked, disliked = felt == "like", felt == "dislike"
    return (
        '<div class="tm-actions">'
        f"{_button(item, 'like', 'Liked' if liked else 'Like', '♥', pressed=liked)}"
        f"{_button(item, 'dislike', 'Not for me', '✕', pressed=disliked)}"
        f"{_button(item, 'more', 'More like this', '↻', pressed=None)}</div>"
    )


def _button(item: ShownItem, kind: str, label: str, sign: str, *, pressed: bool | None) -> str:
    """Return a button that asks for its kind, or that takes it back when it is pressed already."""
    action, value = ("forget", item.title) if pressed else (kind, item.id)
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    return (
        f'<button type="button" class="tm-button tm-{kind}" data-tm-action="{action}" data-tm-value="{escape(value)}" '
        f'data-key="{kind} {escape(item.id)}" aria-label="{label}: {escape(item.title)}"{state}>'
        f'<span aria-hidden="true">{sign}</span> {label}</button>'
    )
