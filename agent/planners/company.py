"""What is told of other people: who watches along, how old they are, and whose opinions do not count.

A wish of somebody who comes along holds like one's own. What somebody merely says of things ("my brother says they are
the best, I disagree") and what absent people like ("my ex loved it") is neither wished nor refused. Knows people by the
words for them, and no items.
"""

import re
from collections.abc import Iterator, Sequence

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.numerals import NUMBER

_ONE = (
    r"wife|husband|partner|girlfriend|boyfriend|fiancee?|spouse|mum|mom|mother|dad|father|brother|sister|son|daughter"
    r"|grandma|grandpa|grandmother|grandfather|gran|nan|granny|grandad|granddad|uncle|aunt|auntie|cousin|nephew|niece"
    r"|friend|mate|buddy|pal|bestie|flatmate|roommate|housemate|boss|colleague|coworker|neighbou?r|teacher|date|crush"
    r"|kid|child|toddler|teen|teenager|teenage \w+|stepson|stepdaughter|mother in law|father in law|other half|hubby"
)
_SEVERAL = (
    r"kids|children|parents|friends|mates|sons|daughters|brothers|sisters|grandparents|grandkids|grandchildren"
    r"|in laws"
    r"|folks|guests|colleagues|flatmates|roommates|housemates|nephews|nieces|teens|teenagers|toddlers|twins"
    r"|boys|girls"
)
_WHOSE = r"(?:my|our|his|her|their|the|a|both my|both our)"
_WHO = (
    rf"(?:{_WHOSE} (?:\S+ )?(?:{_ONE}|{_SEVERAL})|(?:he|she|they)(?= (?:only|just|always|hates?|loves?|likes?"
    rf"|cant|wont|doesnt|dont)))"
)
_VERB = (
    r"(?:(?:only|just|mostly|always|really|absolutely|also|both|usually|never) )*(?:watch(?:es)?|reads?|plays?"
    r"|listens? to|wants?"
    r"|hates?|loves?|likes?|enjoys?|prefers?|adores?|refuses?|says?|said|thinks?|reckons?|insists? on|insists?"
    r"|asked for|asks for"
    r"|cant stand|cannot stand|wont watch|doesnt (?:like|want|watch|do)|dont (?:like|want|watch|do)|is into|are into"
    r"|is a (?:big |huge )?fan of|are (?:big |huge )?fans of|will(?: only)? watch|is (?:more )?of a|is watching"
    r"|are watching"
    r"|is joining|are joining|is coming|are coming|comes along|is here|are here|is visiting|are visiting)"
)
_TOLD = re.compile(rf"(?<!\S){_WHO}(?= {_VERB}(?!\S))(?P<verb> {_VERB})")
_AGED = re.compile(
    rf"(?<!\S)(?:(?:{_WHOSE} )?(?:{_ONE}|{_SEVERAL}|he|she|they) (?:is|are|(?:is |are )?aged?|just turned|turns"
    rf"|who (?:is|are))"
    rf"|{_WHOSE} (?:{_ONE}|{_SEVERAL}) ,"
    rf"|aged?|ages?) (?:only |just |about |nearly )*(?P<age>{NUMBER})(?: ?(?:,|and|or|&|to"
    rf"|, and) (?:only )?{NUMBER})*"
    r"(?: (?:years? old|years?))?(?= [.,?]|$| and| but| so| respectively)"
)
_YEAR_OLD = re.compile(
    r"(?<!\S)(?<!less than )(?<!more than )(?<!at least )(?<!at most )(?<!under )(?<!over )"
    rf"(?P<age>{NUMBER})(?: (?:and|or|to|,|-) {NUMBER})*(?: ?-)? ?(?:years?|yr"
    rf"|yrs?)(?: ?-)? ?olds?(?= [.,?]|$| (?:son|daughter|kid|child|boy|girl|and|who|to|for|niece|nephew|loves?"
    rf"|likes?|hates?|wants?|birthday)(?!\S))"
)
_SAYING = re.compile(
    rf"(?<!\S)(?:{_WHO}|everyone|everybody|people|critics|they|he|she|some|the internet) (?:says?|said|thinks?"
    rf"|thought|reckons?"
    r"|claims?|swears?|keeps? saying|tells? me|told me|insists?)(?: that)? (?P<what>[^.,?;]*?(?: is"
    r"| are)(?: [^.,?;]*?)?)"
    r"(?=(?: ,)?(?: (?:and|but|though))? (?:i|we) (?:disagree|dont|do not|hate|cant|think otherwise"
    r"|beg to differ|am not|m not)(?!\S))"
)
_DISAGREES = re.compile(
    r"(?<!\S)(?:but )?(?:i|we) (?:disagree|think otherwise|beg to differ|dont agree|do not agree"
    r"|am not so sure)(?!\S)"
)
_ABSENT = re.compile(
    rf"(?<!\S)(?:{_WHO}|my ex)(?: ,)? (?:who )?(?P<away>(?:is|s|are) (?:not|away|out|asleep|gone|elsewhere|abroad)"
    r"|isnt|arent|wont (?:be|join|come|watch)|will not|cant (?:come|make|join))(?: [^.?]*?)?(?= [.?]|$| so | but )"
)
_EX = re.compile(
    r"(?<!\S)my (?:ex|ex \S+|late \S+) (?:always |really |only )*(?:loved|liked|hated|adored|watched|wanted"
    r"|loves|hates|likes|watches)[^.?,]*"
)


class Company:
    """What a line tells of others."""

    def __init__(self, line: Line, named: Sequence[bool]) -> None:
        """Read it, claiming the words that only say of whom is spoken.

        Args:
            line: the utterance.
            named: which words belong to names, which are left alone.
        """
        self._line, self._named = line, named
        self.without: list[tuple[int, int]] = [*self._opinions()]
        """Stretches whose wishes are those of people who do not count here."""
        for pattern in (_AGED, _YEAR_OLD):
            for match in list(line.find(pattern)):
                self._claim(*match.span())
        for match in list(_TOLD.finditer(line.text)):
            self._claim(*match.span())
        for match in list(line.find(_DISAGREES)):
            self._claim(*match.span())

    def _opinions(self) -> Iterator[tuple[int, int]]:
        text = self._line.text
        for match in _SAYING.finditer(text):
            self._claim(*match.span())
            yield match.span("what")
        for match in _EX.finditer(text):
            self._claim(match.start(), match.start() + len("my ex"))
            yield match.span()
        for match in _ABSENT.finditer(text):
            yield match.span()

    def _claim(self, start: int, end: int) -> None:
        for k in self._line.inside(start, end):
            self._line.claimed[k] = self._line.claimed[k] or not self._named[k]
