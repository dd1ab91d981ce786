"""Fixed answers to greetings, thanks and the like."""

from tastemaker.agent.plan import Talk
from tastemaker.tools.catalogue.schema import CatalogueSchema


def small_talk(talk: Talk, schema: CatalogueSchema, items: int) -> str:
    """Return what is answered when nothing is looked for.

    Args:
        talk: what the turn is about.
        schema: the catalogue's schema, for its nouns and an example.
        items: how many items the catalogue has.
    """
    example = f" For example: “{schema.examples[0]}”." if schema.examples else ""
    match talk:
        case "greeting":
            return f"Hello! Tell me what you are in the mood for; I know {items:,} {schema.plural}.{example}"
        case "thanks":
            return "You are welcome. Say what to change, or ask for something else, whenever you like."
        case "goodbye":
            return "Goodbye. This conversation is kept, so you can come back to it."
        case "help":
            facets = ", ".join(field.spoken for field in schema.fields if field.shown)
            return (
                f"I recommend {schema.plural} from a catalogue of {items:,}. Say what you want and what you do not, "
                f"name {schema.plural} that you like, or ask about one that I show. I know these facts: {facets}."
                f"{example} You can also say “undo”, “forget” something, or “start over”."
            )
        case "out_of_scope":
            return (
                f"That is beyond me: I recommend {schema.plural} from this catalogue, answer questions about them and "
                f"remember what you like.{example}"
            )
        case "other" | "beliefs":
            return f"I can only talk about {schema.plural}. Tell me what you are in the mood for.{example}"
