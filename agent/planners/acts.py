"""What an utterance is for, by its wording: small talk, taking back, asking for others, counts."""

import re
from collections.abc import Sequence
from itertools import chain

from tastemaker.agent.plan import Talk
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.numerals import NUMBER, number_of
from tastemaker.agent.planners.patterns import filled
from tastemaker.agent.planners.remainder import REQUESTING
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS

_TALK: tuple[tuple[Talk, str], ...] = (
    (
        "goodbye",
        r"(?:good ?)?bye(?: ?bye| now)?|see (?:you|ya|u)"
        r"(?: later| soon| around| then| tomorrow| next time)?|farewell|cya|good ?night|ciao"
        r"|take care|have (?:a|an) "
        r"(?:\w+ )?(?:day|night|evening|weekend|one|time|afternoon)(?: too| as well)?|(?:talk"
        r"|ttyl)(?: to you)? later|enjoy your \w+|later",
    ),
    (
        "thanks",
        r"thanks?(?: you)?(?: (?:so|very) much| a lot| a million| a bunch| again| for (?:the|your"
        r"|all)(?: \w+){1,3}| for \w+ing(?: me)?| for that| anyway)?"
        r"|thx|ty|tysm|cheers|much appreciated|(?:i )?appreciate (?:it|that|your help|the help)|(?:thats|that is"
        r"|sounds|looks|its|that sounds) (?:all|it|great|good|perfect|awesome"
        r"|fine|amazing|fantastic|wonderful|interesting|cool|fun|nice|like fun)|perfect|great|awesome|cool|nice"
        r"|excellent|wonderful|lovely|(?<!whats )(?<!what is )good(?! (?:morning|afternoon|evening|day|night))"
        r"|ta(?: very much| muchly)?|brill|brilliant|fab|fabulous|sorted|sold|ace|sweet|wicked|champion|splendid"
        r"|superb|gorgeous|delightful|done|deal|settled|bingo|yay|ya+y|woo+|woohoo|wahey|hurrah|hooray|bravo"
        r"|thanx|thnx"
        r"|merci|(?:that|it)(?:ll| will) do|that works|works for me|good (?:call|shout|one|choice|idea|pick|thinking)"
        r"|nice one|spot on|fair (?:enough|play|do)|got it|noted|understood|worth a (?:try|shot|go|watch|look)"
        r"|well done|job done"
        r"|(?:youre|you are|ur) (?:a |an |the )?(?:\w+ )?(?:star|legend|best|lifesaver|gem|angel|genius|hero"
        r"|diamond)|you(?:ve)? (?:get me|never fail|nailed it|got me)|thats (?:it|the one|us sorted|me sorted|sorted)"
        r"|much obliged|(?:that|this) (?:was|is) (?:very |so |really |super )*(?:helpful|useful|kind|quick|fast)"
        r"|very helpful|you(?:ve| have)? (?:been|were|are) (?:very |so |really |a great |a big )?(?:helpful"
        r"|great|help|awesome|kind)|"
        r"(?:ill|i will|will|well|gonna|im going to|i have to|i need to|ill have to) (?:definitely |have to "
        r"|need to |sure |be sure to )?(?:check|watch|try|give|look|see|add) "
        r"(?:it|that|them|those|this|these|that one|both)(?: (?:one|a (?:try|watch|shot|go|look)|out|up|into it"
        r"|soon|tonight|to my list|both|of them))*",
    ),
    (
        "help",
        r"help(?: me)?|what can you do(?: for me)?|how does (?:this|it) work|how do i use (?:this|it|you)"
        r"|what (?:are you|is this)|who are you"
        r"|what do you do|how can you help(?: me)?|instructions|commands|what should i (?:say|type|ask)"
        r"|what can i (?:ask|say|do)",
    ),
    (
        "greeting",
        r"h+i+|hello+|hey+|hiya|howdy|yo|greetings|hola|bonjour|hallo|hell hello|helo|good (?:morning|afternoon"
        r"|evening|day)|morning|evening"
        r"|hi there|hey there|hello there|whats up|wassup|sup|happy (?:\w+ )?(?:morning|new year|day|friday"
        r"|monday|holidays)",
    ),
    (
        "other",
        r"how(?:s| is| are| re) (?:you|it|u|everything|your \w+|things|life|ya)(?: doing| going| today| tonight"
        r"| this \w+| feeling)*"
        r"|how do you do|(?:i ?a?m|im|doing|i am doing|im doing) (?:great|good|well|fine|ok|okay|awesome|alright"
        r"|doing \w+)(?: too| as well| today| and you)?"
        r"|and you(?:rself)?|what(?:s| is) your (?:name|\w+ \w+)|are you (?:a |an )?(?:bot|human|robot|real"
        r"|person|ai|there|ready)(?: person| human)?"
        r"|you too|same to you|you as well|lol|haha+|hehe+|lmao|nice to meet you|tell me a joke|i am|yes i am"
        r"|no problem|youre welcome|my pleasure|ok|okay|(?:youre|you are) (?:so |very |quite |really )?(?:funny"
        r"|hilarious|useless|rude|weird|annoying|stupid|silly|cute|clever|smart)|useless|spoilsport|boo|rubbish bot"
        r"|oof|ouch|wow"
        r"|phew|huh|meh|eh|whatever(?= ,)|give up|i give up|anyway|never ?mind then|you know what|omg|lmfao"
        r"|rofl|bless",
    ),
)
_TALKS = [(talk, re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")) for talk, pattern in _TALK]
_VOCATIVE_TEXT = (
    "there again everyone everybody friend buddy bot mate dude man sir guys all so very much then now well too "
    "yes yeah no yep sure right oh ah wow ok okay hope and but for you i today tonight haha lol ooh aw nah hm hmm um "
    "er well cool great nice love perfect brilliant fam bro m8 luv darling honey nurse anyway obviously definitely then"
)
_VOCATIVE = frozenset(_VOCATIVE_TEXT.split())
_UNDO = re.compile(
    r"^(?:(?:oh|oops|whoops|wait|no|nope|nah|sorry|please|can you|ok|actually|hm+|ah|uh|um|ugh|eh)"
    r"(?: [.,])? )*(?:undo(?: (?:that|it|this|the last (?:one"
    r"|step|change|turn)))?|go back(?: one(?: step)?| a step)?"
    r"|take (?:that|it) back|scratch that|forget (?:that|it|i said that|what i just said)|revert(?: that)?"
    r"|(?:cancel|ignore) (?:that|it|the last (?:one|bit|thing))|put (?:it|that|them) back"
    r"(?: (?:how|as|the way) (?:it|they) (?:was|were))?"
    r"|previous (?:list|one|ones)|never ?mind(?: that)?|back)"
    r"(?: please)?(?: [.,?])*$"
)
_START_OVER = re.compile(
    r"(?<!\S)(?:start(?:ing)? (?:over|again|afresh|anew|from scratch|fresh)|from scratch|reset(?: everything"
    r"| all| it)?|begin again|new (?:search|session|conversation)"
    r"|clear (?:everything|all|it|my (?:wishes|preferences|search))|forget (?:everything|all(?: of (?:that"
    r"|it))?)(?: i (?:said|told you))?|restart|a fresh start|wipe everything)(?!\S)"
)
_ELSE = (
    r"(?<!\S)(?:(?:something|anything|someone|what|who|anyone|show me something|give me something) (?:else"
    r"|different|new)|(?:any|some|show me|give me|what|the)? ?others?(?: (?:ones?|options?|suggestions?|ideas?"
    r"|recommendations?|{nouns}))?"
    r"|(?:some |show me |give me |a few |any )?more(?: (?:please|options?|suggestions?|recommendations?|ideas?"
    r"|choices|results|like (?:this|that|these|those|them|it)|of (?:these|those|them|the same)))?(?= [.,?]|$)"
    r"|more (?:options?|suggestions?|recommendations?|ideas?|choices|results|{nouns})|another(?: (?:one|{nouns}"
    r"|suggestion|option|idea|recommendation))?|next(?: one| ones| please)?(?= [.,?]|$)|different (?:ones?"
    r"|{nouns}|options?)"
    r"|keep going|none of (?:these|those|them)|not (?:these|those|that one|this one|that|this|it)(?= [.,?]|$)"
    r"|try again|new (?:ones?|list|suggestions?)|next page|show more|what else|no to (?:all|any"
    r"|every one) of (?:these"
    r"|those|them))(?!\S)"
)
_ANYTHING = re.compile(
    r"(?<!\S)(?:surprise me|anything(?: (?:goes|really|is fine|works|will do|good))?|whatever|you (?:choose|pick"
    r"|decide)|your (?:choice|pick|favou?rites?)|something random|random|i dont (?:care|mind)|no preferences?"
    r"|dont (?:care|mind)|up to you|play it safe|whats (?:good|popular|hot|trending)|most popular|top rated"
    r"|best ones?)(?!\S)"
)
_NUMBERS = NUMBER
_COUPLE = "a couple of"
_COUPLE_MORE = "a couple"


class Acts:
    """Reads what an utterance is for."""

    def __init__(self, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            nouns: comparison keys of the words for items.
        """
        noun = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True)) or "item"
        things = (
            rf"(?:{noun}|ones?|suggestions?|recommendations?|options?|titles?|picks?|choices|ideas|results|more"
            rf"|others?|things)"
        )
        self._else = filled(_ELSE, nouns)
        self._count = re.compile(
            rf"(?<![\w.])(?:(?:(?:give|show|recommend|suggest|find|get|list|tell|need|want) (?:me |us )?(?:just "
            rf"|only |about |exactly |at least |maybe |like )?|top |best |just |only )"
            rf"(?P<asked>\d{{1,3}}|{_NUMBERS})(?! (?:hours?|minutes?|hundred|of)\b)"
            rf"|(?<!those )(?<!these )(?<!the )(?<!my )(?<!first )(?P<of>\d{{1,3}}"
            rf"|(?!one\b)(?:{_NUMBERS})) (?:(?:good|great|more|other|different|new|nice|random|best|really|short"
            rf"|long|old|recent) )*{things}"
            rf"|(?P<single>(?:just|only) (?:a|an|the) (?:single )?{things}|a single {things})"
            rf"|(?<!those )(?<!these )(?<!the )(?P<more>{_COUPLE_MORE}|\d{{1,2}}|{_NUMBERS}) more(?= [.,?]|$"
            rf"| please| like| of| {things})"
            rf"|(?:make (?:it|that|them)|(?:^|[.,?] )(?:just|only)) (?P<made>\d{{1,2}}|{_NUMBERS})"
            rf"(?= [.,?]|$| please| then| instead| {things}))(?![\w-])(?! -)"
        )
        self._count_described = re.compile(
            rf"(?<![\w.])(?<!those )(?<!these )(?<!the )(?<!my )(?<!first )(?P<of>(?!one\b)(?:{_NUMBERS})|\d{{1,2}}) "
            rf"(?P<described>(?:[^\s.]+ ){{1,5}}?){things}(?![\w-])"
        )
        self._count_named = re.compile(
            rf"(?<![\w.])(?<!those )(?<!these )(?<!the )(?<!my )(?<!first )(?P<of>{_COUPLE}|(?!one\b)(?:{_NUMBERS})) "
            r"(?P<described>(?:[^\s.,]+ ){0,3}?(?!kids|adults|friends|girls|boys|teens)[^\s.,]+s)"
            r"(?= [.,?]|$| (?:and|or|with|from|by|in|of|like|that|please|for)\b)"
        )

    @staticmethod
    def only_speaks(line: Line) -> bool:
        """Return whether the words that no rule has understood carry nothing: "ok", "oh yes"."""
        rest = [word.key for word, claimed in zip(line.words, line.claimed, strict=True) if not claimed]
        return all(key in _VOCATIVE or key in FUNCTION_WORDS for key in rest)

    @staticmethod
    def talk(line: Line) -> tuple[Talk | None, bool]:
        """Return what small talk an utterance holds, and whether it holds nothing else; claims small talk."""
        found: list[Talk] = []
        for talk, pattern in _TALKS:
            for match in list(line.find(pattern)):
                found.append(talk)
                line.claim(match.start(), match.end())
        rest = [word.key for word, claimed in zip(line.words, line.claimed, strict=True) if not claimed]
        first = next((talk for talk, _ in _TALKS if talk in found), None)
        if found and all(key in _VOCATIVE for key in rest):
            return first, True
        # In a longer utterance only a greeting or a farewell is certain to be no part of the wish.
        for k, word in enumerate(line.words):
            if line.claimed[k] and word.key not in _CERTAIN and word.key not in FUNCTION_WORDS:
                line.claimed[k] = False
        return first, False

    @staticmethod
    def undoes(line: Line) -> bool:
        """Return whether the last turn is to be taken back."""
        return bool(_UNDO.match(line.text))

    @staticmethod
    def starts_over(line: Line) -> bool:
        """Return whether all wishes are to be taken back; claims the words."""
        return _claim_all(line, _START_OVER)

    def others(self, line: Line) -> bool:
        """Return whether another list is asked for; claims the words."""
        return _claim_all(line, self._else)

    @staticmethod
    def wants_anything(line: Line) -> bool:
        """Return whether the choice is left to us; claims the words."""
        return _claim_all(line, _ANYTHING)

    def count(self, line: Line) -> int | None:
        """Return how many items are asked for, from 1 to 50; claims the words."""
        for match in self._count.finditer(line.text):
            told = next(name for name in ("asked", "of", "more", "made", "single") if match[name])
            # What follows the number may be understood already: "two more".
            if any(line.claimed[k] for k in line.inside(*match.span(told))):
                continue
            line.claim(match.start(), match.end())
            return 1 if told == "single" or match[told] == "one" else _bounded(match[told])
        for match in chain(self._count_described.finditer(line.text), self._count_named.finditer(line.text)):
            number, described = line.inside(*match.span("of")), line.inside(*match.span("described"))
            # "two scary films": a number before words that are understood as a description of the items.
            understood = [line.claimed[k] or line.words[k].key in REQUESTING for k in described]
            if any(line.claimed[k] for k in described) and all(understood) and not any(line.claimed[k] for k in number):
                line.claim(*match.span("of"))
                return _bounded(match["of"])
        return None


_CERTAIN_TEXT = (
    "hi hello hey hiya howdy thanks thank thx ty bye goodbye goodnight morning afternoon evening cheers greetings lol "
    "haha helo"
)
_CERTAIN = frozenset(_CERTAIN_TEXT.split())


def _bounded(said: str) -> int:
    return 2 if said in (_COUPLE, _COUPLE_MORE) else max(1, min(50, int(number_of(said))))


def _claim_all(line: Line, pattern: "re.Pattern[str]") -> bool:
    found = list(line.find(pattern))
    for match in found:
        line.claim(match.start(), match.end())
    return bool(found)
