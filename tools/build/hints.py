"""What the names of columns give away, for catalogues of many kinds, and the words in which people speak of them.

A table of words and nothing else; `inference` weighs it against the values. Whatever is guessed here is written to
`catalogue.toml`, where the owner may correct it.
"""

from dataclasses import dataclass

from tastemaker.tools.catalogue.schema import Role

IDS = ("id", "item_id", "uid", "uuid", "key", "asin", "isbn", "isbn13", "sku", "gtin", "ean", "uri", "code", "slug")
USERS = (
    "user",
    "user_id",
    "userid",
    "customer",
    "visitor",
    "member",
    "account",
    "listener",
    "reader",
    "player",
    "session",
)
VALUES = (
    "rating",
    "stars",
    "score",
    "value",
    "weight",
    "count",
    "plays",
    "play_count",
    "quantity",
    "amount",
    "preference",
)
TIMES = ("timestamp", "time", "datetime", "date", "created", "created_at", "when", "at", "rated_at", "played_at")
RATINGS = ("rating", "stars", "score", "grade", "value", "preference")
TITLES = ("title", "name", "product_name", "item_name", "headline", "song", "track", "label")
LONG_TEXTS = (
    "description",
    "summary",
    "overview",
    "plot",
    "synopsis",
    "abstract",
    "text",
    "body",
    "review",
    "notes",
    "blurb",
)
SEVERAL = (
    "genres", "tags", "categories", "kinds", "types", "styles", "topics", "themes", "moods", "keywords", "subjects",
    "cast", "actors", "stars", "directors", "writers", "authors", "artists", "designers", "composers", "creators",
    "languages", "countries", "ingredients", "mechanics", "features", "materials", "colours", "colors", "platforms",
    "allergens", "diets", "cuisines", "instruments", "performers", "producers", "narrators", "illustrators",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """How people speak of a field."""

    role: Role = Role.PLAIN
    unit: str = ""
    phrase: str = ""
    cues: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    weight: float = 1.0


def _person(verb: str, *more_cues: str, weight: float = 1.0) -> Words:
    return Words(Role.PERSON, phrase=f"{verb} {{value}}", cues=(verb, *more_cues), weight=weight)


_ALIAS = Words(Role.ALIAS, weight=2.0)
_YEAR = Words(
    Role.YEAR, phrase="from {value}", cues=("from", "in", "released in"), more=("newer", "more recent", "later"),
    less=("older", "earlier"), weight=0.0,
)  # fmt: skip
_GENRE = Words(Role.GENRE, phrase="{value}", weight=1.5)
_LANGUAGE = Words(Role.LANGUAGE, phrase="in {value}", cues=("in", "in the language"))
_COUNTRY = Words(phrase="from {value}", cues=("from", "made in"))
_MINUTES = Words(
    unit="minutes",
    phrase="{value} {unit}",
    more=("longer", "slower"),
    less=("shorter", "quicker", "faster"),
    weight=0.0,
)
_HOURS = Words(unit="hours", phrase="{value} {unit}", more=("longer",), less=("shorter",), weight=0.0)
_SECONDS = Words(unit="seconds", phrase="{value} {unit}", more=("longer",), less=("shorter",), weight=0.0)
_PAGES = Words(
    unit="pages", phrase="{value} {unit}", more=("longer", "thicker"), less=("shorter", "thinner"), weight=0.0
)
_PRICE = Words(
    phrase="{value} {unit}", cues=("costs", "priced at"), more=("more expensive", "pricier", "dearer"),
    less=("cheaper", "less expensive", "more affordable"), weight=0.0,
)  # fmt: skip
_WEIGHT = Words(phrase="weighs {value} {unit}", more=("heavier",), less=("lighter",), weight=0.0)
_SIZE = Words(more=("bigger", "larger"), less=("smaller",), weight=0.0)
_ENERGY = Words(
    unit="kcal", phrase="{value} {unit}", more=("richer", "heavier"), less=("lighter", "leaner"), weight=0.0
)
_HARD = Words(
    more=("harder", "more difficult", "more complex", "heavier"), less=("easier", "simpler", "lighter"), weight=0.0
)
_RATED = Words(more=("better rated", "higher rated"), less=("lower rated",), weight=0.0)

BY_NAME: dict[str, Words] = {
    **dict.fromkeys(("also_known_as", "aka", "alias", "aliases", "alt_title", "alt_titles", "alternative_title",
                     "alternative_titles", "original_title", "other_names", "synonyms"), _ALIAS),
    **dict.fromkeys(("year", "release_year", "year_released", "published_year", "publication_year", "year_published",
                     "first_published", "vintage", "original_publication_year"), _YEAR),
    **dict.fromkeys(("genre", "genres"), _GENRE),
    **dict.fromkeys(("category", "categories", "kind", "kinds", "type", "types", "style", "styles", "cuisine",
                     "cuisines", "course", "topic", "topics"), _GENRE),
    **dict.fromkeys(("language", "languages", "lang"), _LANGUAGE),
    **dict.fromkeys(("country", "countries", "origin", "region"), _COUNTRY),
    **dict.fromkeys(("runtime", "minutes", "duration", "playing_time", "play_time", "cook_time", "cooking_time",
                     "prep_time", "preparation_time", "total_time", "length"), _MINUTES),
    **dict.fromkeys(("hours",), _HOURS),
    **dict.fromkeys(("seconds",), _SECONDS),
    **dict.fromkeys(("pages", "num_pages", "page_count", "number_of_pages"), _PAGES),
    **dict.fromkeys(("price", "cost", "price_usd", "price_eur"), _PRICE),
    **dict.fromkeys(("weight", "mass"), _WEIGHT),
    **dict.fromkeys(("size", "height", "width", "area", "volume"), _SIZE),
    **dict.fromkeys(("calories", "kcal", "energy"), _ENERGY),
    **dict.fromkeys(("difficulty", "complexity", "level"), _HARD),
    **dict.fromkeys(("rating", "average_rating", "avg_rating", "mean_rating", "score"), _RATED),
    **dict.fromkeys(("author", "authors", "writer", "writers", "screenwriter"), _person("written by", "by")),
    **dict.fromkeys(("director", "directors"), _person("directed by", "by")),
    **dict.fromkeys(("artist", "artists", "band", "performer", "performers", "singer"),
                    _person("performed by", "by", weight=1.5)),
    **dict.fromkeys(("cast", "actor", "actors", "starring"), _person("with", "starring", "featuring")),
    **dict.fromkeys(("designer", "designers"), _person("designed by", "by")),
    **dict.fromkeys(("composer", "composers"), _person("composed by", "by")),
    **dict.fromkeys(("creator", "creators", "maker", "makers"), _person("made by", "by")),
    **dict.fromkeys(("chef", "cook"), _person("cooked by", "by")),
    **dict.fromkeys(("narrator", "narrators"), _person("read by", "narrated by")),
    **dict.fromkeys(("illustrator", "illustrators"), _person("illustrated by")),
    **dict.fromkeys(("producer", "producers"), _person("produced by")),
    **dict.fromkeys(("publisher", "publishers"), Words(phrase="published by {value}", cues=("published by", "from"))),
    **dict.fromkeys(("brand", "manufacturer"), Words(phrase="by {value}", cues=("by", "from", "made by"))),
    **dict.fromkeys(("tag", "tags", "keywords", "themes", "mood", "moods"), Words(phrase="{value}", cues=("about",))),
    **dict.fromkeys(("ingredients",), Words(phrase="with {value}", cues=("with", "containing", "made with"))),
    **dict.fromkeys(("platform", "platforms"), Words(phrase="on {value}", cues=("on", "for"))),
    **dict.fromkeys(("max_players", "maxplayers"), Words(
        unit="players", phrase="up to {value} {unit}", more=("for more players",), less=("for fewer players",),
        weight=0.0)),
    **dict.fromkeys(("min_players", "minplayers"), Words(unit="players", phrase="from {value} {unit}", weight=0.0)),
    **dict.fromkeys(("servings", "serves"), Words(unit="servings", phrase="{value} {unit}", weight=0.0)),
}  # fmt: skip
"""Words by field name."""

UNIT_SUFFIXES: dict[str, Words] = {
    **dict.fromkeys(("minutes", "mins", "min"), _MINUTES),
    **dict.fromkeys(("hours", "hrs"), _HOURS),
    **dict.fromkeys(("seconds", "secs", "sec"), _SECONDS),
    "ms": Words(unit="ms", more=("longer",), less=("shorter",), weight=0.0),
    **dict.fromkeys(("pages",), _PAGES),
    "kg": Words(unit="kg", more=("heavier",), less=("lighter",), weight=0.0),
    "cm": Words(unit="cm", more=("bigger", "larger"), less=("smaller",), weight=0.0),
    "km": Words(unit="km", more=("longer", "farther"), less=("shorter", "nearer"), weight=0.0),
    "eur": _PRICE,
    "usd": _PRICE,
    "gbp": _PRICE,
}
"""Words by the last word of a field name that has several."""
