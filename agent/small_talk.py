"""Fixed answers to greetings, thanks and the like."""

from tastemaker.agent.languages.speech import foreign, noun, say, word
from tastemaker.agent.plan import Talk
from tastemaker.agent.wording import counted, listed
from tastemaker.tools.catalogue.schema import CatalogueSchema


def small_talk(talk: Talk, schema: CatalogueSchema, count: int) -> str:
    """Return what is answered when nothing is looked for.

    Args:
        talk: what the turn is about.
        schema: the catalogue's schema, for its nouns and an example.
        count: how many items the catalogue has.
    """
    items, known, example = noun(2, schema), f"{count:,}", _example(schema)
    match talk:
        case "greeting":
            everything = counted(count, schema)
            hello = say("Hello! Tell me what you are in the mood for; I know {items}.", items=everything)
            return f"{hello}{example}"
        case "thanks":
            return say("You are welcome. Say what to change, or ask for something else, whenever you like.")
        case "goodbye":
            return say("Goodbye. This conversation is kept, so you can come back to it.")
        case "help":
            facets = listed([word(field.spoken) for field in schema.fields if field.shown])
            return say(
                "I recommend {items} from a catalogue of {count}. Say what you want and what you do not, name {items} "
                "that you like, or ask about one that I show. I know these facts: {facts}.{example} You can also say "
                "“undo”, “forget” something, or “start over”.",
                items=items,
                count=known,
                facts=facets,
                example=example,
            )
        case "out_of_scope":
            beyond = say(
                "That is beyond me: I recommend {items} from this catalogue, answer questions about them and remember "
                "what you like.",
                items=items,
            )
            return f"{beyond}{example}"
        case "other" | "beliefs":
            only = say("I can only talk about {items}. Tell me what you are in the mood for.", items=items)
            return f"{only}{example}"


def _example(schema: CatalogueSchema) -> str:
    """Return an example of a request; none where it would not be in the language spoken."""
    if not schema.examples or (foreign() and word(schema.examples[0]) == schema.examples[0]):
        return ""
    return say(" For example: “{example}”.", example=word(schema.examples[0]))
