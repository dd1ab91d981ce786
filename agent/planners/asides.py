"""What a person says beside any wish: what is believed of them, tasks for another machine, orders against the rules.

An order to the machine changes nothing: its words are cut out, so that no rule takes them for a wish, and the rest of
the line is read as always. Knows no catalogue.
"""

import re
from collections.abc import Sequence

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.patterns import filled
from tastemaker.agent.planners.scope import REQUEST

_BELIEFS = re.compile(
    r"(?<!\S)(?:what (?:do|did|have|does|all do) you (?:know|believe|think|remember|learnt?|learned|understood"
    r"|understand|got|have|noted|gathered|stored|saved)(?: so far)? (?:about|of|on) (?:me|my \w+)|what (?:have|did) i "
    r"(?:said|say|told you|tell you|asked|ask)(?: \S+){0,3}|(?:what are|whats|what is|show me|list|tell me) my "
    r"(?:current |own )?(?:preferences?|wishes|likes|dislikes|filters?|profile|tastes?|constraints|settings)"
    r"|why (?:do|did|would|are) you (?:think|thinking|believe|assume|assuming|say|conclude)(?: that)? (?:i|im|ive|my)"
    r"|do you (?:still )?(?:remember|know) (?:me|what i|who i|my \w+)|what am i looking for|what (?:did|have) you "
    r"(?:understood|understand)(?: so far)?|how well do you know me|what(?:s| is) my taste(?: like)?)(?!\S)"
)
_ORDER = (
    r"(?<!\S)(?:(?:ignore|disregard|forget|override|bypass|overwrite|skip|drop) (?:\S+ ){0,4}?(?:instructions?|rules"
    r"|prompts?|guidelines|restrictions|programming|training|orders|filters|limits)"
    r"|(?:print|show|reveal|repeat|tell|give|output|display|leak|dump|read|write|paste|share|send|list|see)"
    r"(?: me| us| out| back)*(?: (?:your|the|all|any|what is in))+(?: \S+){0,2}? (?:prompts?|instructions|rules"
    r"|developer message|system message|api keys?|passwords?|source code|configuration|secret key)"
    r"|(?:system|developer|admin|root|sudo|assistant) :|(?:system prompt|developer mode|jailbreak|do anything now)"
    r"|you are (?:now|no longer) |from now on(?: ,)? you|pretend (?:\S+ ){0,2}?(?:you|to be|the|that|there|your)"
    r"|act as (?:a|an|my|if)|role ?play|say (?:you are|im|i am)|answer only (?:with|in)|respond only|reply only"
    r"|drop table|run (?:the|this) (?:command|code|script))"
)
_TASK = (
    r"(?<!\S)(?:(?:write|compose|draft|rewrite|proofread|code|program)(?: me| us)?(?: \S+){0,3}? (?:poem|poems|essay"
    r"|email|mail|letter|code|script|function|program|cv|resume|haiku|limerick|lyrics|song|speech|sonnet|tweet|report"
    r"|homework|story|rap|paragraph|post|text|blog)"
    r"|(?:translate|calculate|compute|convert|solve|spell|google|summarise|summarize)(?= \S)"
    r"|(?:book|reserve|order|buy|get|call|rent|hire)(?: (?:me|us))? (?:\S+ ){0,3}?(?:tickets?|table|taxi|cab|uber|pizza"
    r"|flight|flights|hotel|room|seats?|doctor|dinner|food|takeaway|restaurant|groceries)"
    r"|(?:set|start) (?:a |an |the |my )?(?:timer|alarm|reminder)|remind me|turn (?:on|off|up|down)|send (?:a|my|this)"
    r"|(?:do|help(?: me)? with|help me do) my (?:\w+ )?(?:homework|taxes|essay|maths?|assignment)"
    r"|(?:tell|give|know)(?: me| us)? (?:a |any |another )?(?:good |funny )?(?:jokes?|riddles?|fun facts?|recipe for))"
)
_TOPIC = (
    r"(?<!\S)(?:(?:what|whats|hows|how|tell|is|will|check)(?: \S+){0,5}? (?:weather|forecast|temperature|going to rain"
    r"|rain (?:today|tomorrow|tonight)|news|headlines|stock price|share price|exchange rate|bitcoin|traffic)"
    r"|(?:what time|what day|what date|whats the (?:time|date)|what is the (?:time|date))(?! (?:of|is it set))"
    r"|who (?:won|is winning|will win|scored|invented|discovered|is the (?:president|king|queen|pope|prime minister))"
    r"|what(?:s| is| are)? \d+ (?:times|plus|minus|x|divided|\+|\*|/|-)"
    r"|(?:capital|population|square root|meaning of life|height|distance)(?: of| between| from)"
    r"|my (?:laptop|computer|phone|printer|wifi|internet|car|washing machine|tv|router|head|tooth|back) "
    r"(?:wont|doesnt|isnt|is|hurts|keeps|broke|has|cant)"
    r"|(?:how do|how can|how should|how to) (?:i |we |you )?(?:fix|install|reset|repair|cook|boil|bake|get to|lose"
    r"|learn|clean|remove|delete|renew|apply|file|invest|reach|unlock|update)"
    r"|(?:directions|train|bus|flight) (?:to|times|from)|opening hours)"
)
_ENDS = re.compile(
    r" [.?](?!\S)| (?:and|then|but|also|, and|, then)(?= (?:recommend|suggest|show|find|give|also|then|i want|i need|id"
    r"|something|any|a |an ))"
)
_QUESTION = re.compile(
    r"^(?:(?:and|but|so|ok|hey|hi|hello|please|btw|also|well|um|hm|hmm|,|tell me|do you know) )*"
    r"(?:who|whos|what|whats|when|where|how|hows|why|which|is|are|can|could|does|did|do|will|should)(?!\S)"
)
_ABOUT_CHOICE = (
    r"(?<!\S)(?:recommend\S*|suggest\S*|something|anything|everything|any|some|more|else|other|others|another|next"
    r"|similar|like|good|best|better|great|top|new|watch|watching|see|read|reading|play|playing|listen|hear|try|cook"
    r"|make|eat|drink|pick|choose|choice|mood|you (?:got|have|think|know|show|offer)|have you|you do|should i|should we"
    r"|catalogue|list|left|one|ones|these|those|them|yours?|for me|for us|available|start"
    r"|{nouns})(?!\S)"
)


class Asides:
    """Finds what is beside any wish."""

    def __init__(self, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            nouns: comparison keys of the words for items.
        """
        self._about_choice = filled(_ABOUT_CHOICE, nouns)
        self._nouns = filled(r"(?<!\S){nouns}(?!\S)", nouns)
        self._orders = [re.compile(pattern) for pattern in (_ORDER, _TASK, _TOPIC)]

    @staticmethod
    def asks_beliefs(line: Line) -> bool:
        """Return whether it is asked what is believed of the person."""
        return bool(_BELIEFS.search(line.text))

    def remaining(self, line: Line) -> str | None:
        """Return what is left of a line without what is no business of a recommender; None when nothing is."""
        cut: list[tuple[int, int]] = []
        for pattern in self._orders:
            for match in line.find(pattern):
                end = _ENDS.search(line.text, match.end())
                stop = end.start() if end else len(line.text)
                spoken = line.text[match.start() : stop]
                if pattern is self._orders[0] or not (self._nouns.search(spoken) or _recommends(spoken)):
                    cut.append((match.start(), stop))  # "write me a list of good ones" is no task for others
        if not cut:
            return None
        gone = {k for start, stop in cut for k in line.inside(start, stop)}
        return "".join(
            line.said[word.start : line.words[k + 1].start if k + 1 < len(line) else len(line.said)]
            for k, word in enumerate(line.words)
            if k not in gone
        ).strip()

    def foreign_question(self, line: Line) -> bool:
        """Return whether a line is a question that is neither about items nor asks for any.

        Only for a line in which no rule found a name, a number or a reference.
        """
        return bool(_QUESTION.match(line.text)) and not (
            self._about_choice.search(line.text) or REQUEST.search(line.text)
        )


def _recommends(text: str) -> bool:
    return bool(re.search(r"(?<!\S)(?:recommend\S*|suggest\S*|something|anything)(?!\S)", text))
