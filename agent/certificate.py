"""The certificate of an item: what its facts say of every condition in force."""

from collections.abc import Sequence

from tastemaker.agent.reply import CertificateEntry
from tastemaker.agent.wording import say_condition
from tastemaker.tools.catalogue.constraint import Constraint, Group, verdict
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueSchema


def certify(
    item: Item, conditions: Sequence[Constraint | Group], relaxed: Sequence[Constraint | Group], schema: CatalogueSchema
) -> tuple[CertificateEntry, ...]:
    """Return one entry for every condition, in their order.

    Args:
        item: the item judged.
        conditions: all conditions in force.
        relaxed: those among them that were dropped for this list.
        schema: the catalogue's schema.
    """
    return tuple(
        CertificateEntry(
            wish=say_condition(condition, schema),
            strength=condition.strength,
            verdict=verdict(condition, item.values, schema),
            relaxed=condition in relaxed,
            said=condition.said,
            condition=condition,
        )
        for condition in conditions
    )
