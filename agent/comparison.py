"""Compares items fact by fact: what they share and where they differ. Judges nothing."""

from collections.abc import Iterator, Sequence

from tastemaker.agent.item_facts import evidence_of, rated, rating_evidence
from tastemaker.agent.languages.speech import foreign, named, say, word
from tastemaker.agent.wording import join
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, Role, shown_value
from tastemaker.tools.evidence import Evidence

_MOST_NAMES = 4


def ordered(items: Sequence[Item], field: CatalogueField, *, upward: bool = True) -> str:
    """Return a line that puts items in the order of a field; empty when the field is not known of any.

    Args:
        items: at least one.
        field: what they are ordered by; names are listed without an order.
        upward: whether the smallest comes first.
    """
    if not field.ordered:
        return _names_line(items, field)
    known = [(item, value) for item in items if (value := item.values.get(field.name)) is not None]
    known = sorted(known, key=lambda pair: pair[1], reverse=not upward)
    if not known:
        return ""
    told = say("; then ").join(f"**{item.title}**{say(', ')}{_measured(value, field)}" for item, value in known)
    unknown = [f"**{item.title}**" for item in items if item.values.get(field.name) is None]
    line = say("{lead}: {told}.", lead=_lead(field, upward=upward), told=told)
    return f"{line} {say('Not known of {titles}.', titles=join(unknown))}" if unknown else line


def compared(
    items: Sequence[Item], schema: CatalogueSchema, fields: Sequence[CatalogueField]
) -> Iterator[tuple[str, list[Evidence]]]:
    """Yield one line a field with its evidence, then one of the ratings; fields that nobody knows are left out."""
    for field in fields:
        if not field.shown or field.role in (Role.TITLE, Role.ALIAS) or not (field.ordered or field.named):
            continue
        line = _values_line(items, field) if field.ordered else _names_line(items, field)
        if line:
            yield line, [each for item in items for each in evidence_of(item, schema, [field])]
    marked = [item for item in items if rated(item)]
    if marked:
        told = say("; ").join(f"**{item.title}** {rated(item)}" for item in marked)
        yield f"- {told}", [each for item in marked for each in rating_evidence(item)]


def _values_line(items: Sequence[Item], field: CatalogueField) -> str:
    known = [(item, value) for item in items if (value := item.values.get(field.name)) is not None]
    if not known:
        return ""
    if len(known) == len(items) and len({str(value) for _, value in known}) == 1:
        return _line(field, [_shared(len(items), _measured(known[0][1], field))])
    parts = [f"**{item.title}** {_measured(value, field)}" for item, value in known]
    unknown = [item.title for item in items if item.values.get(field.name) is None]
    return _line(field, parts, unknown)


def _names_line(items: Sequence[Item], field: CatalogueField) -> str:
    names = {item.id: _names(item, field) for item in items}
    if not any(names.values()):
        return ""
    shared = [name for name in names[items[0].id] if all(name in each for each in names.values())]
    parts = [_shared(len(items), _said(shared, field))] if shared else []
    for item in items:
        own = [name for name in names[item.id] if name not in shared]
        if own:
            told = f"**{item.title}** {_said(own, field)}"
            parts.append(say("only {fact}", fact=told) if shared else told)
    return _line(field, parts, [item.title for item in items if not names[item.id]])


def _line(field: CatalogueField, parts: Sequence[str], unknown: Sequence[str] = ()) -> str:
    missing = [say("not known of {titles}", titles=join(unknown))] if unknown else []
    return say("- {label}: {facts}", label=word(field.spoken), facts=say("; ").join([*parts, *missing]))


def _said(names: Sequence[str], field: CatalogueField) -> str:
    return join([named(field, name) for name in names[:_MOST_NAMES]])


def _names(item: Item, field: CatalogueField) -> tuple[str, ...]:
    value = item.values.get(field.name)
    if isinstance(value, tuple):
        return value
    return (str(value),) if value else ()


def _shared(count: int, fact: str) -> str:
    return say("both {fact}", fact=fact) if count == 2 else say("all {fact}", fact=fact)


def _measured(value: object, field: CatalogueField) -> str:
    said = shown_value(value)
    return f"{said} {word(field.unit)}" if field.unit else said


def _lead(field: CatalogueField, *, upward: bool) -> str:
    words = field.less if upward else field.more
    if words and not foreign():
        return f"{words[0][:1].upper()}{words[0][1:]} first"
    if upward:
        return say("By {label}, smallest first", label=word(field.spoken))
    return say("By {label}, largest first", label=word(field.spoken))
