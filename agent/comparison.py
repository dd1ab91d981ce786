"""Compares items fact by fact: what they share and where they differ. Judges nothing."""

from collections.abc import Iterator, Sequence

from tastemaker.agent.item_facts import evidence_of, rated, rating_evidence
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
    told = "; then ".join(f"**{item.title}**, {_measured(value, field)}" for item, value in known)
    unknown = [f"**{item.title}**" for item in items if item.values.get(field.name) is None]
    rest = f" Not known of {join(unknown)}." if unknown else ""
    lead = _lead(field, upward=upward)
    return f"{lead}: {told}.{rest}"


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
        told = "; ".join(f"**{item.title}** {rated(item)}" for item in marked)
        yield f"- {told}", [each for item in marked for each in rating_evidence(item)]


def _values_line(items: Sequence[Item], field: CatalogueField) -> str:
    known = [(item, value) for item in items if (value := item.values.get(field.name)) is not None]
    if not known:
        return ""
    if len(known) == len(items) and len({str(value) for _, value in known}) == 1:
        return f"- {field.spoken}: {_all(len(items))} {_measured(known[0][1], field)}"
    told = "; ".join(f"**{item.title}** {_measured(value, field)}" for item, value in known)
    unknown = [item.title for item in items if item.values.get(field.name) is None]
    return f"- {field.spoken}: {told}{f'; not known of {join(unknown)}' if unknown else ''}"


def _names_line(items: Sequence[Item], field: CatalogueField) -> str:
    names = {item.id: _names(item, field) for item in items}
    if not any(names.values()):
        return ""
    shared = [name for name in names[items[0].id] if all(name in each for each in names.values())]
    parts = [f"{_all(len(items))} {join(shared[:_MOST_NAMES])}"] if shared else []
    for item in items:
        own = [name for name in names[item.id] if name not in shared][:_MOST_NAMES]
        if own:
            parts.append(f"{'only ' if shared else ''}**{item.title}** {join(own)}")
    unknown = [item.title for item in items if not names[item.id]]
    if unknown:
        parts.append(f"not known of {join(unknown)}")
    return f"- {field.spoken}: {'; '.join(parts)}"


def _names(item: Item, field: CatalogueField) -> tuple[str, ...]:
    value = item.values.get(field.name)
    if isinstance(value, tuple):
        return value
    return (str(value),) if value else ()


def _all(count: int) -> str:
    return "both" if count == 2 else "all"


def _measured(value: object, field: CatalogueField) -> str:
    said = shown_value(value)
    return f"{said} {field.unit}" if field.unit else said


def _lead(field: CatalogueField, *, upward: bool) -> str:
    words = field.less if upward else field.more
    if words:
        return f"{words[0][:1].upper()}{words[0][1:]} first"
    return f"By {field.spoken}, {'smallest' if upward else 'largest'} first"
