"""All that the catalogue knows of an item, in one paragraph."""

from tastemaker.agent.wording import join
from tastemaker.tools.catalogue.constraint import ItemValue
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueSchema, FieldType, Role, shown_value
from tastemaker.tools.evidence import Evidence


def rated(item: Item) -> str:
    """Return the words for an item's ratings: `rated 4.1 by 77 people`; empty when it has none."""
    if not item.interactions or item.mean_value is None:
        return ""
    people = "one person" if item.interactions == 1 else f"{item.interactions:,} people"
    return f"rated {round(item.mean_value, 1):g} by {people}"


def rating_evidence(item: Item) -> tuple[Evidence, Evidence]:
    """Return what `rated` rests on; only for an item that has ratings."""
    assert item.mean_value is not None
    return (
        Evidence(source="interactions", name="mean_value", value=round(item.mean_value, 1), about=item.id),
        Evidence(source="interactions", name="interactions", value=float(item.interactions), about=item.id),
    )


def facts(item: Item, schema: CatalogueSchema) -> str:
    """Return a paragraph of the item's values in the schema's words."""
    known, texts = [], []
    for field in schema.fields:
        value = item.values.get(field.name)
        if value is None or value in ((), "") or field.role in (Role.TITLE, Role.ALIAS):
            continue
        if field.type is FieldType.TEXT:
            texts.append(str(value))
        else:
            known.append(field.say(spoken(value)))
    known += [words for words in [rated(item)] if words]
    stated = f"{join(known)}." if known else "nothing more is known."
    return " ".join([f"**{item.title}**: {stated}", *texts])


def spoken(value: ItemValue) -> str:
    """Return a value as it is said in a sentence."""
    if isinstance(value, tuple):
        return join(value)
    return shown_value(value)
