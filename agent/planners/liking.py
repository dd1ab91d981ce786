"""What words say of the thing they are said of: "bored me to tears", "we already did it", "can watch it forever".

Reads stretches of a line's text before or after a name, in plain English; knows neither items nor names. The first word
of feeling decides, and a negation close before it turns it round.
"""

import re
from collections.abc import Sequence

from tastemaker.agent.plan import Opinion
from tastemaker.agent.planners.patterns import filled

_END = r"(?= (?:[.,?:]|and|but|too|though|for|to|with|in|as|by|when|until|from|because|overall|even|either|really|tbh" \
    r"|lol|imo|fr|so|then|ngl|yet|at)(?!\S)| *$)"  # fmt: skip
_GOOD = (
    r"great|greater|good|brilliant|amazing|awesome|fantastic|excellent|wonderful|fun|hilarious|superb|beautiful|perfect"
    r"|lovely|nice|gorgeous|cool|incredible|outstanding|stunning|funny|favou?rites?|best|better|masterpieces?|classic"
    r"|class|gold|golden|gem|wow|goat|goated|fire|banger|peak|lit|dope|ace|magic|legendary|unforgettable|a (?:blast|joy"
    r"|delight|hoot|riot|treat|laugh)|worth it|spot on|top|genius|exactly (?:it|that|right)|phenomenal|flawless|iconic"
    r"|right up my (?:street|alley)|my (?:thing|jam|kind of \w+|cup of tea|comfort \w+)|wild|touching|sweet"
)
_BAD = (
    r"bad|worse|worst|boring|bore|dull|tedious|awful|terrible|horrible|crap|crappy|rubbish|trash|garbage|meh|overrated"
    r"|snooze|snoozefest|snoozer|disappointing|disappointment|let ?down|waste(?: of \w+)?|weak|weaker|dreadful|annoying"
    r"|pretentious|unbearable|unwatchable|lame|cringe|mid|ugly|painful|a (?:drag|slog|chore|mess|bore|downer)|poor"
    r"|forgettable|overheated|hated|tripe|dire|ghastly|silly|stupid|nonsense|dated|lousy|tiresome|exhausting"
    r"|too (?:\S+ )?\S+|a bit much|way off|offensive|soppy|not it"
)
_IDIOM_LIKE = (
    r"(?:can|could|would|ill|will) (?:always |happily |still )?(?:re)?watch (?:it |that |them )?(?:forever|again|any"
    r"|every|all|over|on a loop|daily)|(?:cant|couldnt|never) (?:get enough|stop|put (?:it |that |this )?down|get tired"
    r"|gets? old|forget)|never gets old|not (?:too |half )?bad|did(?:nt| not) mind|wasnt (?:too |half )?bad"
    r"|thumbs up|hit the spot|hits the spot|hits? different|(?:blew|blows) (?:me|us|my mind|our minds|him|her)"
    r"|(?:stayed|stuck|stays|sticks) with (?:me|us)|hit (?:me|us|home|hard)|(?:made|makes) (?:my|our|his"
    r"|her) (?:day|week"
    r"|month|year|night|evening|weekend)|(?:made|makes|had|got|has) (?:me|us|him|her|them|my \w+|the \w+|everybody"
    r"|everyone) (?:so |really |all |both |actually |almost )?(?:cry|think|laugh|smile|happy|hungry|feel|want"
    r"|dance|dream"
    r"|crying|laughing|thinking|smiling|howl|howling|giggle|hooked|weep|in tears|in stitches|believe|sob"
    r"|sobbing|curious)"
    r"|(?:moved|hooked|touched|gripped|delighted|charmed|impressed|thrilled|won) (?:me|us|him|her|them)"
    r"|surprised (?:me|us)|grew on (?:me|us)|i grew up (?:on|with)|slaps|slapped|goes hard|went hard|rocks|rocked|rules"
    r"|ruled|shines|delivers|delivered|works? (?:for|every)|(?:gets|got) (?:me|us) every time|cheered (?:me|us)"
    r"|is (?:exactly )?the (?:feel|mood|vibe|register|spirit)|more of (?:that|this|it|those) please|takes me back"
    r"|gave (?:me|us) (?:goosebumps|chills|joy)"
)
_IDIOM_DISLIKE = (
    r"(?:could(?: ?nt| not)|cant|cannot|did(?:nt| not)|never) (?:even )?(?:finish|finished|get (?:through|into|past|on)"
    r"|got (?:through|into|to me|past)|sit through|stand|bear|take|watch|make it|connect|click|land|work|relate"
    r"|stay awake)|(?:not|isnt|wasnt|arent|werent) (?:really |quite |just )?(?:for (?:me|us|him|her|them|my \w+)"
    r"|my (?:thing|cup|jam|bag|style|taste|favou?rite)|our (?:thing|cup))|(?:did|does|do|done) (?:absolutely |really )?"
    r"nothing for|(?:leaves?|left) (?:me|us|him|her) (?:cold|flat|unmoved|indifferent)|(?:put|puts|sent|sends) "
    r"(?:me|us|him|her|them|everyone) (?:right |straight )?(?:to sleep|off)|(?:bored|bores|annoyed|annoys|irritated"
    r"|irritates|disappointed|disappoints|depressed|depresses|scarred|traumatised|disgusted|confused|drained"
    r"|frustrated|creeped|freaked|irks) (?:me|us|him|her|them|my \w+|the \w+)(?: (?:to (?:tears|death|sleep)"
    r"|stiff|rigid|silly))?|(?:lost|loses) (?:me|us)"
    r"|let (?:me|us|him|her) down|never again|no thank(?:s| you)|no ta|walked out|turned (?:it )?off"
    r"|switched (?:it )?off"
    r"|gave (?:it )?up|abandoned(?: it)?|bounced off|fell asleep|slept through|nodded off|dozed off|drags|dragged"
    r"|(?:gave|gives) (?:me|us|him|her|the \w+|my \w+) (?:a )?(?:migraines?|headaches?|nightmares?|the creeps|creeps"
    r"|the ick)|(?:made|makes|had|got) (?:me|us|him|her|them|my \w+|the \w+) (?:roll|sleep|angry|cringe|yawn"
    r"|sick|queasy"
    r"|uncomfortable|fall asleep|mad|furious|want to leave)|not a fan|no fan|a no from|hard pass|pass(?= [.,?]| *$)"
    r"|can stay|offended|(?:gets|got|gets) on (?:my|our|his|her) nerves|wasnt doing it|sucked|sucks|stinks"
    r"|stank|flopped"
)
_IDIOM_SEEN = (
    r"(?:i |we |ive |weve |have |has |already |both |all |he |she |they |everyone |everybody )+(?:just "
    r"|recently |even )*"
    r"(?:seen|watched|know|knows|knew|read|played|heard|own|owns|had|did|done|saw|finished|tried|got|have)"
    r"(?! (?:to|no|never))|by heart|(?:for )?the (?:\d+(?:st|nd|rd|th)|hundredth|thousandth|umpteenth|nth|tenth|second"
    r"|third|fourth|fifth|twentieth) time|a (?:second|third|fourth) time|(?:six|five|ten|four|three|seven|eight|nine|a"
    r" hundred|\d+|many|several|so many|too many|a million) times|(?:done|seen|watched|finished|already|again"
    r"|known|read"
    r"|twice|so often|too often|last (?:week|night|month|year|weekend|time)|yesterday|(?:seen|saw|watched|had"
    r"|read) (?:it"
    r"|that|this|them|that one|this one|half)|done to death|obvs?|obviously) *(?=[.,?]|and|but|though|so|because|$)"
    r"|is (?:already )?(?:familiar|known|on my shelf|old news)|(?:we|i|ive|weve) got it"
)
_LIKING = (
    r"(?:love|luv|adore|like|enjoy|cherish|treasure|dig|worship)(?:s)?(?= [.,?]| *$| it| that| them| this| too"
    r"| and| a lot"
    r"| so much| but| the most| best| most)|loved|liked|enjoyed|adored|dug|worshipped|cried|laughed|wept"
)
_DISLIKING = r"hate|hates|hated|dislike|dislikes|disliked|despised?s?|detested|loathed?s?|regret(?:ted)?"
_NOT = re.compile(
    r"(?<!\S)(?:not|never|no|didnt|dont|doesnt|wasnt|isnt|werent|arent|hardly|cant|couldnt|wont|wouldnt|nothing|less)"
    r"(?: \S+){0,2}$"
)
_COPULA = re.compile(r"(?<!\S)(?:was|is|are|were|s|its|thats|seemed|felt|feels|looked|looks|sounded|sounds"
                     r"|thought|found"
                     r"|what|such|really|pretty|so|very|just|totally|absolutely|super)(?: (?:a|an|the|my|our|his|her"
                     r"|one|of|all|both|so|very|really|pretty|quite|too|such|just|still|also|even))*$")  # fmt: skip
_YES = re.compile(r"^ (?:, |: |- )?(?:(?:is |was |both |all |a |an |big |huge |hell |oh |for me )*(?:yes|yay|yep"
                  r"|yeah|yup"
                  r"|thumbs up)"
                  r"(?= [.,?:]| and| but|(?: \S+){0,3}$| please| *$))")  # fmt: skip
_NO = re.compile(r"^ (?:, |: |- )?(?:(?:really |just |sadly |sure )?(?:was not|wasnt|didnt|did not|isnt|is not"
                 r"|doesnt|not (?:so|really|so much|at all))(?= [.,?]| *$)"
                 r"|(?:is |was |both |all |a |an |big |huge |hell |oh |for me )*(?:no|nope|nah|nay|noo+)"
                 r"(?= [.,?:]| and| but|(?: \S+){0,2}$| thanks| thank| ta| *$))")  # fmt: skip
_SCORE = re.compile(r"^ (?:[,:] )?(?:was |is |gets |got |i gave it |a |an )*(\d+(?:\.\d+)?) (?:/|out of) (\d+)")
_STOPS = (
    r" (?:[.?](?=(?! (?:[^.?]*(?:hated|loved|boring|abandoned|same))))|but|while|whereas|although|however|(?:so"
    r"|and) (?:what|any|something|"
    r"give|show|now|more|recommend|suggest|i want|i need|im looking)|what|which (?:of|other|one)|any|anything|something"
    r"|want|wants|need|looking|looks for|show|give|recommend|suggest|find|next|similar|other|another|more(?= (?:of|like"
    r"|{nouns}|please|[.,?])| *$|(?: \S+)? {nouns})|{nouns} (?:like|with|that|where))(?!\S)"
)
_IDIOMS: dict[str, Opinion] = {"idiom_dislike": "dislike", "idiom_like": "like", "idiom_seen": "seen"}
_SCORES: tuple[tuple[float, Opinion], ...] = ((0.6, "like"), (0.46, "seen"), (0.0, "dislike"))


class Liking:
    """Reads what is felt of a thing in the words that follow it."""

    def __init__(self, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            nouns: comparison keys of the words for items.
        """
        self._stops = filled(_STOPS, nouns)
        noun = filled("{nouns}", nouns).pattern
        kinds = (
            ("idiom_dislike", _IDIOM_DISLIKE), ("idiom_like", _IDIOM_LIKE), ("idiom_seen", _IDIOM_SEEN),
            ("dislike", _DISLIKING), ("like", _LIKING),
            ("bad", rf"(?:{_BAD})(?:{_END}| {noun}| ones?| stuff| me| us)"),
            ("good", rf"(?:{_GOOD})(?:{_END}| {noun})"),
        )  # fmt: skip
        self._words = re.compile("|".join(rf"(?P<{kind}>(?<!\S)(?:{words}))" for kind, words in kinds))

    def after(self, text: str, *, named: bool = False) -> tuple[Opinion, int, int] | None:
        """Return what the words after a name say of it and where they stand, up to where something new is asked for.

        Args:
            text: from the end of the name to the next name or the end.
            named: whether another name follows, of which the last word may be said: "Heat, loved Alien".
        """
        if score := _SCORE.match(text):
            share = float(score[1]) / max(float(score[2]), 1.0)
            return next(opinion for least, opinion in _SCORES if share >= least), 0, score.end()
        if yes := _YES.match(text):
            return "like", 0, yes.end()
        if no := _NO.match(text):
            return "dislike", 0, no.end()
        stop = self._stops.search(text)
        ended = stop is not None and stop.group()[1:2] in (".", "?")
        text = text[: stop.start() + 1] if stop else text
        for match in self._words.finditer(text):
            kind = str(match.lastgroup)
            before = text[: match.start()].rstrip()
            last = match.end() >= len(text.rstrip()) and not ended
            if named and last and kind not in _IDIOMS and (kind in ("like", "dislike") or not before):
                break
            if idiom := _IDIOMS.get(kind):
                return idiom, *match.span()
            opens = not before.strip(" ,:")
            if kind in ("good", "bad") and not (opens or _COPULA.search(before)):
                continue
            liked = kind in ("like", "good")
            if _NOT.search(before):
                liked = not liked
            return ("like" if liked else "dislike"), *match.span()
        return None
