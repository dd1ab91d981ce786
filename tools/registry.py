"""The declared tools by name, in the order in which a turn uses them.

Holds nothing else: which of them a turn calls is the plan's decision.
"""

from collections.abc import Mapping
from typing import Any

from tastemaker.tools.complements import complements
from tastemaker.tools.describe_items import describe_items
from tastemaker.tools.filter_items import filter_items
from tastemaker.tools.next_items import next_items
from tastemaker.tools.popular_items import popular_items
from tastemaker.tools.score_taste import score_taste
from tastemaker.tools.search_meaning import search_meaning
from tastemaker.tools.search_text import search_text
from tastemaker.tools.similar_items import similar_items
from tastemaker.tools.steer import steer
from tastemaker.tools.suit_mood import suit_mood
from tastemaker.tools.suit_motive import suit_motive
from tastemaker.tools.tool import Tool
from tastemaker.tools.walk_graph import walk_graph

_ALL: tuple[Tool[Any, Any], ...] = (
    filter_items,
    search_text,
    search_meaning,
    similar_items,
    score_taste,
    next_items,
    walk_graph,
    complements,
    steer,
    suit_motive,
    suit_mood,
    popular_items,
    describe_items,
)

TOOLS: Mapping[str, Tool[Any, Any]] = {each.name: each for each in _ALL}
"""Every tool by name; filters first, readers last."""
RANKER = "ranker"
"""Name of the learned ranker among what a turn can do without."""
SWITCHES: tuple[str, ...] = (*TOOLS, RANKER)
"""Names of everything that a turn can do without."""
