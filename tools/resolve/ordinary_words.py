"""Ordinary English words, which alone do not show that somebody names a thing.

`Heat` is a film and `heat` a word: a name made of ordinary words counts only where something announces it.
Knows no catalogue.
"""

from functools import lru_cache

from tastemaker.tools.catalogue.normalise import normalise

_FUNCTION_TEXT = """
    a about above across after again against ago all almost alone along already also although always am among an and
    another any anybody anyhow anyone anything anyway anywhere are around as aside at away back be because been before
    being below beside besides between beyond both but by can cannot cant could couldnt did didnt do does doesnt doing
    done dont down during each either else enough etc even ever every everybody everyone everything everywhere except
    few for from further get gets getting give go goes going gonna got had hadnt has hasnt have havent having he hed
    hell hello hence her here heres hers herself hey hi him himself his hmm how however i id if ill im in indeed inside
    instead into is isnt it itd itll its itself ive just kind kinda know less lest let lets like likely lot lots many
    may maybe me mean might mine more most much must my myself near neither never next no nobody none nor not nothing
    now nowhere of off often oh ok okay on once one ones only onto or other others otherwise our ours ourselves out
    outside over own per perhaps please possibly pretty quite rather really right same say see seem seems several shall
    she should shouldnt since so some somebody somehow someone something sometime sometimes somewhere soon sort sorry
    still such sure than thank thanks that thatd thatll thats the their theirs them themselves then there theres these
    they theyd theyll theyre theyve thing things think this those though through throughout thus to today together
    tonight too toward towards try u under unless until up upon ur us use very via wanna want wants was wasnt way we
    wed well went were werent weve what whatever whats when whenever where wheres wherever whether which whichever
    while who whoever whole whom whos whose why will with within without wont would wouldnt y yeah yep yes yet you youd
    youll your youre yours yourself youve
"""
FUNCTION_WORDS = frozenset(_FUNCTION_TEXT.split())
"""Words that carry no topic; they are left out of search queries."""

_CONTENT_TEXT = """
    able accept account act action actor actress add adult adventure affair afraid african afternoon age agree air
    airplane alien alive allow amazing amazed american ancient angel anger angry animal animated animation answer
    apart apartment appear apple april area arm armed army arrive art artist ask asleep atmosphere atmospheric attack
    attention august aunt author autumn average avoid award awesome awful baby background bad bag bake baker ball band
    bank bar base based basic bath battle beach bear beast beat beautiful beauty become bed beer begin beginner
    beginning behind believe bell belong beloved bend best better big bike bill bird birth birthday bit bitter black
    blame blind block blood bloody blow blue board boat body bomb bond bone book boot border bore bored boring born
    boss bottle bottom bowl box boy boyfriend brain brand brave bread break breakfast breaking breath bride bridge
    brief bright bring british broken brother brown budget build building bullet bunch burn burning bus business busy
    butter button buy cake call called calm camera camp cancel candy car card care careful carry cart cartoon case cash
    cast castle cat catch catchy cause celebrate center central century certain chain chair chance change character
    charge charm charming chase cheap cheat check cheer cheerful cheese cheesy chef chest chicken chief child childhood
    children chill chocolate choice choose chosen christian christmas church circle circus citizen city claim class
    classic classical clean clear clever climb clock close closed closer clothes cloud club clue clueless coach coast
    coat code coffee cold collection college color colour comedy comfort comfortable comic coming common company
    compare competition complete complex complicated computer concert condition confused confusing connect consider
    contact contain content control cook cool cop copy corn corner corrupt cost country couple courage course court
    cousin cover cow cozy crash crazy cream create creepy crew crime criminal critic crop cross crossing crowd cruel
    cry culture cup cure curious current cut cute cuts dad daddy daily damage dance dancer dancing danger dangerous
    dare dark darkness date daughter dawn day days dead deadly deal dear death debt decade decent decide deep deeply
    degree delicious deliver demand depressing depth desert deserve design desire desk despite destroy detail
    detective devil diamond die diet difference different difficult dinner direct directed direction director dirty
    disappear disaster discover discuss disease dish distance disturbing divide divorce doctor documentary dog doll
    dollar door double doubt drag dragon drama dramatic draw dream dreams dress drink drive driven driver drop drug
    dry due dumb dust duty dvd dying eager ear early earn earth easily east eastern easy eat edge education effect
    effort egg eight eighteen eighties eighty eleven emotion emotional empire employee empty encounter end ending
    endless enemy energy engaging english enjoy enjoyable enjoyed enter entertain entertaining entertainment entire
    epic episode equal era escape especially european evening event evil exact exactly exam example excellent exchange
    excited exciting excuse exercise exist exit expect expensive experience experiment expert explain explore express
    extra extreme eye eyes face fact factory fail fair fairy faith faithful fake fall fallen falling false fame
    familiar families family famous fan fancy fantastic fantasy far farm farmer fashion fast faster fat fate father
    fault favorite favorites favour favourite favourites fear feature feed feel feeling feelings feels feet female
    festival fiction field fifteen fifth fifties fifty fight fighter fighting figure file fill film films final
    finally find fine finger finish fire first fish fit five fix flag flat flavor flavour flight flirt float floor
    flow flower fly flying focus folk follow following food fool foot football force forced foreign forest forever
    forget forgive forgotten form formal former fortune forty forward found four fourteen fourth frame frank free
    freedom french fresh friday friend friendly friends friendship frighten frightening frozen fruit fuel full fun
    funny furious future gain gal game games gang gangster garden gas gate gather gay gem general generation genius
    genre gentle gentleman german ghost giant gift girl girlfriend girls glad glass go goal god gold golden gone good
    goodbye gore gory government grab grace grade grand grandfather grandmother grass grave gravity gray great
    greatest green grey gritty ground group grow grown growing grownup guard guess guest guide guilty guitar gun guy
    guys habit hair half hall hand handle hands handsome hang happen happens happiness happy hard harder hardly harm
    hate hated haunted haunting head healing health healthy hear heard heart heartfelt hearts heat heaven heavy height
    heist help hero heroes hidden hide high highly hill hilarious history hit hold hole holiday hollywood holy home
    homes honest honestly honor honour hope horrible horror horse hospital host hot hotel hour hours house huge human
    humans humor humour hundred hundreds hungry hunt hunter hunting hurt husband ice idea ideal ideally ideas idiot
    ignore illegal illness imagination imagine immortal impact important impossible impressive improve include indian
    indie influence information inner innocence innocent insane inspire inspired inspiring intelligent intense
    interest interested interesting international interview intrigue invisible invite involve island issue issues
    italian item jail january japanese jazz jealous job join joke journalist journey joy judge juice jump jungle
    junior jury justice keen keep key kick kid kids kill killed killer killers killing kind kinds king kingdom kings
    kiss kissing kitchen knew knife knight knock knowing known knows lack lad ladies lady lake land language large
    last late lately later latest latin laugh laughs launch law lawyer lazy lead leader league learn least leather
    leave leaving left leg legal legend legends lesson letter letters level liar liberty library lie lies life lift
    light lighthearted lighting liked likes limit limitless limits line lines lion list listen listening little live
    lives living loan local lock locked logic lone lonely loner long longer longest look looking looks loose lord lose
    loser losing loss lost loud lousy love loved lovely lover lovers loves loving low lower loyal luck lucky lunch mad
    made magic magical magnificent mail main major make makes making male man manage manager manner map march mark
    market marriage married marry martial mask master mate material matter maximum meal meaning meaningful means meant
    meat medical medicine medium meet meeting member memory men mental mention mess message met metal middle midnight
    mile military milk million mind mindbending minds minimum minor minute minutes mirror misery miss missed missing
    mission mistake mix mobile mode model modern mom moment money monkey monster monsters month months mood moon moral
    morning mostly mother motion motivate mountain mouse mouth move moved movie movies moving mr mrs ms murder muscle
    museum music musical musicals mysterious mystery myth naked name named names narrow nasty nation national native
    natural nature naughty neat necessary neck need needed needs negative neighbor neighbour neon nerd nervous net
    network new newer newest news newspaper nice nicely niece night nightmare nights nine nineties ninety noir noise
    nominated normal north northern nose notable note notice notorious novel number numbers nurse object obsessed
    obsession obvious ocean odd offer office officer oil old older oldest opera operation opinion opposite option
    options orange orchestra order ordinary original orphan oscar outfit outlaw outrageous pack package page pages
    paid pain painful paint painter pair palace panic pants paper paradise parent parents paris park part partner
    parts party pass passed passion past path patient pay peace people perfect performance period person personal
    phone photo piano pick picture piece pig pilot pink pirate pirates pitch place places plain plan plane planet
    plant plate play player players playing pleasant pleased pleasure plot plus pocket poem poet point pointless
    poison police political politics pool poor pop popcorn popular population position positive possible post potato
    pour power powerful practical practice precious prefer preferably pregnant prepare present president press
    pressure pretend prevent previous price pride prince princess prison private prize probably problem problems
    produce producer production professor program programme project promise proof proper property protect proud prove
    psycho psychological public pull punch pure purple purpose push put quality queen quest question quick quickly
    quiet quirky race racing radio rain rainy raise random range rank rare rate rated rating raw reach read reader
    reading ready real realistic reality reason rebel recent recently recipe recipes recommend recommendation
    recommendations recommended record red regular relate relationship relationships relax relaxed relaxing release
    released religion religious remake remember remind reminds remote remove rent repeat replace report rescue
    research respect rest restaurant result retire return returns reveal revenge review reviews revolution rice rich
    ride riding ring rings rise rising risk river road rob robbery robot robots rock role roll romance romantic room
    root rose rough round row royal ruin rule rules run runaway runner running rush russian sacrifice sad safe safety
    said sail sailor salt sand satire saturday sauce save saved saving saw says scale scandal scare scared scarface
    scary scene scenes school science scientist score scream screen sea search season seat second secret secretary
    secrets section security seeing seek seen self sell send senior sense sentimental separate sequel series serious
    seriously serve service set setting settle seven seventies seventy sex sexual sexy shadow shadows shake shallow
    shame shape share shared sharp shed shine shining ship shirt shock shocking shoe shoes shoot shooting shop shore
    short shorter shot show shower shown shows shut shy sick side sight sign signal signs silence silent silly silver
    similar simple simply sin sing singer singing single sir sister sisters sit site situation six sixteen sixties
    sixty size skill skin sky slap slasher slave sleep sleeping slice slow slower slowly small smart smell smile smoke
    smooth snake snow social society soft soldier soldiers solid solution solve somber son song songs soul sound
    soundtrack soup source south southern space spanish speak special specific speech speed spell spend spent spice
    spicy spider spin spirit spirited spiritual split spoke spoken spooky sport sports spot spring spy square stage
    stair stand standard star starring stars start started starting state states station stay steal step stick stock
    stolen stomach stone stood stop stopped store stories storm story straight strange stranger strangers strategy
    street strength stress strict strike string strip strong struggle stuck student studio study stuff stunning stupid
    style subject subtle subtitles success successful sudden suddenly suffer sugar suggest suggested suggestion
    suggestions suit suitable summer sun sunday sunny sunrise sunset super superb superhero superheroes supernatural
    support suppose supposed surface surprise surprised surprising survival survive survivor suspect suspense
    suspenseful sweet swim swing switch sword system table taken takes taking tale talent tales talk talked talking
    tall tank tape target taste tasty taught tax tea teach teacher team tear tears teen teenage teenager teenagers
    teeth television tell telling temple ten tend tender tense tension term terms terrible terrific terrifying terror
    test text theater theatre theme themes theory thick thief thin third thirteen thirties thirty thought thoughtful
    thousand thread threat three thrill thriller thrilling throat throw thrown thursday ticket tie tight till time
    timeless times tiny tip tired title titles toe told tomorrow tone tongue took tool tooth top topic total totally
    touch touching tough tour tourist town toy toys track trade tradition traditional traffic tragedy tragic trail
    train trained trainer training transport trap trapped trash travel traveler traveling treasure treat tree trial
    trick tried trip trouble truck true truly trust truth trying tube tuesday tune turn turned turns tv twelve
    twenties twenty twice twin twins twist twisted twists two type types typical ugly ultimate unbelievable uncle
    understand underground underrated underwater unexpected unforgettable unhappy union unique unit united universe
    university unknown unlike unusual uplifting upper upset upside urban usual usually vacation valley value vampire
    vampires variety various vegan vegetarian version vibe vibes victim victory video view village villain violence
    violent virgin virtual vision visit visual visually vital voice volume vote wait waiting wake walk walking wall
    wander war warm warning warrior warriors wars wash waste watch watchable watched watching water wave waves weak
    weapon wear weather wedding wednesday week weekend weeks weight weird welcome west western wet wheel whim white
    wicked wide wife wild willing win wind window wine wing wings winner winning winter wire wise wish witch witness
    witty woke wolf woman women won wonder wonderful wood wooden word words wore work worked worker working works
    world worried worry worse worst worth wound wow wrap write writer writing written wrong year years yellow
    yesterday young younger youth zero zombie zombies zone
"""
_CONTENT = frozenset(_CONTENT_TEXT.split())
_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("er", ""),
)

_SAME_KIND = (
    ("film", "movie", "flick", "picture", "feature"),
    ("book", "novel", "read", "title"),
    ("song", "track", "tune"),
    ("album", "record"),
    ("recipe", "dish", "meal"),
    ("game", "title"),
    ("series", "show"),
    ("product", "article"),
    ("podcast", "show"),
    ("wine", "bottle"),
    ("place", "spot"),
)


def item_words(noun: str, plural: str) -> frozenset[str]:
    """Return the comparison keys of the words for an item: its noun, its plural, and what else people say for it."""
    singular, several = normalise(noun), normalise(plural)
    short = singular.split(" ")[-1]  # a board game is a game
    others = {word for kind in _SAME_KIND if short in kind for word in kind} - {singular}
    return frozenset({singular, several, *several.split(" ")[-1:], *others, *(f"{word}s" for word in others)}) - {""}


@lru_cache(maxsize=16384)
def is_ordinary(key: str) -> bool:
    """Return whether a word's comparison key is an ordinary word, or an inflection of one."""
    if key in FUNCTION_WORDS or key in _CONTENT or key.isdigit() or len(key) == 1:
        return True
    return any(
        key.endswith(ending)
        and len(key) - len(ending) > (3 if ending == "er" else 2)
        and (
            key[: len(key) - len(ending)] + instead in _CONTENT
            or key[: len(key) - len(ending)] + instead in FUNCTION_WORDS
        )
        for ending, instead in _ENDINGS
    )
