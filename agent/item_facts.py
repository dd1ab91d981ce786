"""What the catalogue knows of an item, in words, and the evidence for it."""

from collections.abc import Iterable

from tastemaker.agent.languages.speech import named, say, stated
from tastemaker.agent.wording import clauses, join
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.evidence import Evidence

RATING, POPULARITY = "rating", "popularity"
"""Qualities that the interactions tell: how well an item is liked, and by how many it is known."""


def rated(item: Item) -> str:
    """Return the words for an item's ratings: `rated 4.1 by 77 people`; empty when it has none."""
    if not item.interactions or item.mean_value is None:
        return ""
    mean = f"{round(item.mean_value, 1):g}"
    if item.interactions == 1:
        return say("rated {mean} by one person", mean=mean)
    return say("rated {mean} by {count} people", mean=mean, count=f"{item.interactions:,}")


def rating_evidence(item: Item) -> tuple[Evidence, Evidence]:
    """Return what `rated` rests on; only for an item that has ratings."""
    assert item.mean_value is not None
    return (
        Evidence(source="interactions", name="mean_value", value=round(item.mean_value, 1), about=item.id),
        Evidence(source="interactions", name="interactions", value=float(item.interactions), about=item.id),
    )


def rating_fact(item: Item) -> tuple[str, list[Evidence]]:
    """Return a sentence on an item's ratings and what it rests on."""
    if not rated(item):
        return say("Nobody has rated **{title}** yet.", title=item.title), []
    return say("**{title}**: {facts}.", title=item.title, facts=rated(item)), list(rating_evidence(item))


def fact(item: Item, field: CatalogueField, most: int = 12) -> str:
    """Return the words that state one field of an item; empty when it is not known.

    Args:
        item: the item.
        field: the field.
        most: how many values of the field are said at most.
    """
    value = item.values.get(field.name)
    if value is None or value in ((), ""):
        return ""
    if isinstance(value, tuple):
        return stated(field, join([named(field, name) for name in value[:most]]))
    return stated(field, named(field, value))


def known_facts(item: Item, schema: CatalogueSchema) -> list[str]:
    """Return what is known of an item, texts and other names aside, one statement a field."""
    told = [
        fact(item, field)
        for field in schema.fields
        if field.type is not FieldType.TEXT and field.role not in (Role.TITLE, Role.ALIAS, Role.RATING)
    ]
    return [words for words in [*told, rated(item)] if words]


def evidence_of(item: Item, schema: CatalogueSchema, fields: Iterable[CatalogueField] = ()) -> list[Evidence]:
    """Return the evidence of an item's title and some fields, as far as they are known, and of its ratings."""
    found = [Evidence(source="catalogue", name=schema.title.name, value=item.title, about=item.id)]
    for field in fields:
        value = item.values.get(field.name)
        if field.role is not Role.TITLE and value is not None and value not in ((), ""):
            found.append(Evidence(source="catalogue", name=field.name, value=value, about=item.id))
    return [*found, *(rating_evidence(item) if rated(item) else ())]


def facts(item: Item, schema: CatalogueSchema) -> str:
    """Return a paragraph of the item's values in the schema's words."""
    known = known_facts(item, schema)
    texts = [
        str(item.values[field.name])
        for field in schema.fields
        if field.type is FieldType.TEXT and field.role not in (Role.TITLE, Role.ALIAS) and item.values.get(field.name)
    ]
    if known:
        told = say("**{title}**: {facts}.", title=item.title, facts=clauses(known))
    else:
        told = say("**{title}**: nothing more is known.", title=item.title)
    return " ".join([told, *texts])
