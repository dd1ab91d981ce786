"""Conversations in six languages, and requests whose language is hard to tell."""

DIALOGUES = {
    "es": [
        ("comedias de los ochenta, sin terror", "recommend", ["Comedy", "from 1980 to 1989", "no Horror"]),
        ("más cortas", "critique", ["runtime less than 136 minutes"]),
        ("la segunda no", "critique", ["dislike The Matrix"]),
        ("olvida lo de la comedia", "recommend", ["forget Comedy", "forget comedy"]),
        ("más como la tercera", "critique", ["anchor Titanic (1997)"]),
        ("¿por qué la primera?", "explain", ["about Blade Runner"]),
        ("deshacer", "undo", []),
        ("empecemos de nuevo", "ask", ["start over"]),
    ],
    "fr": [
        ("comédies des années 80, sans horreur", "recommend", ["Comedy", "from 1980 to 1989", "no Horror"]),
        ("plus récent", "critique", ["after 1995"]),
        ("pas le deuxième", "critique", ["dislike The Matrix"]),
        ("laisse tomber la comédie", "recommend", ["forget Comedy", "forget comedy"]),
        ("plutôt comme le troisième", "critique", ["anchor Titanic (1997)"]),
        ("combien de temps dure le dernier ?", "explain", ["about Casablanca"]),
        ("annule", "undo", []),
        ("on recommence à zéro", "ask", ["start over"]),
    ],
    "de": [
        ("Komödien aus den 80ern, kein Horror", "recommend", ["Comedy", "from 1980 to 1989", "no Horror"]),
        ("länger", "critique", ["runtime more than 136 minutes"]),
        ("den zweiten nicht", "critique", ["dislike The Matrix"]),
        ("vergiss das mit der Komödie", "recommend", ["forget Comedy", "forget comedy"]),
        ("mehr wie der dritte", "critique", ["anchor Titanic (1997)"]),
        ("warum der erste?", "explain", ["about Blade Runner"]),
        ("rückgängig", "undo", []),
        ("lass uns von vorne anfangen", "ask", ["start over"]),
    ],
    "pt": [
        ("comédias dos anos 80, sem terror", "recommend", ["Comedy", "from 1980 to 1989", "no Horror"]),
        ("mais antigos", "critique", ["before 1995"]),
        ("o segundo não", "critique", ["dislike The Matrix"]),
        ("esquece a comédia", "recommend", ["forget Comedy", "forget comedy"]),
        ("mais como o terceiro", "critique", ["anchor Titanic (1997)"]),
        ("quem dirigiu o primeiro?", "explain", ["about Blade Runner"]),
        ("desfazer", "undo", []),
        ("vamos começar de novo", "ask", ["start over"]),
    ],
    "it": [
        ("commedie degli anni ottanta, senza horror", "recommend", ["Comedy", "from 1980 to 1989", "no Horror"]),
        ("qualcos'altro", "critique", []),
        ("il secondo no", "critique", ["dislike The Matrix"]),
        ("lascia perdere la commedia", "recommend", ["forget Comedy", "forget comedy"]),
        ("più come il terzo", "critique", ["anchor Titanic (1997)"]),
        ("quanto dura l'ultimo?", "explain", ["about Casablanca"]),
        ("annulla", "undo", []),
        ("ricominciamo da capo", "ask", ["start over"]),
    ],
    "zh": [
        ("八十年代的喜剧，不要恐怖片", "recommend", ["Comedy", "from 1980 to 1989", "no Horror"]),
        ("短一点", "critique", ["runtime less than 136 minutes"]),
        ("不要第二部", "critique", ["dislike The Matrix"]),
        ("忘掉喜剧", "recommend", ["forget Comedy", "forget comedy"]),
        ("更像第三部", "critique", ["anchor Titanic (1997)"]),
        ("第一部多长时间？", "explain", ["about Blade Runner"]),
        ("撤销", "undo", []),
        ("重新开始", "ask", ["start over"]),
    ],
}
"""By language, turns with act and what is understood; before each, Blade Runner, The Matrix, Titanic, Heat and
Casablanca were shown."""

ENGLISH_OR_UNTOLD = [
    "something like Amores perros",
    "la la land",
    "Das Boot",
    "El Mariachi",
    "films like La dolce vita",
    "a film with Gael García Bernal and Penélope Cruz",
    "Y tu mamá también",
    "no horror",
    "me too, a comedy",
    "Amélie",
    "something like Der Untergang but funnier",
    "La Haine",
    "C'est la vie, give me a comedy",
    "I’d like a café scene in it",
    "ok",
    "1994",
    "El Topo and Santa sangre",
]
"""Requests that are English, or that no words tell the language of."""

MIXED = [
    ("una peli like Blade Runner", "es"),
    ("quiero ver The Usual Suspects o algo así", "es"),
    ("un film comme The Big Lebowski", "fr"),
    ("was wie The Silence of the Lambs", "de"),
    ("um filme tipo Back to the Future", "pt"),
    ("qualcosa come The Truman Show", "it"),
    ("像The Matrix那样的电影", "zh"),
]
"""Requests with English in them, and their language."""

# What people say beside any wish: what is believed of them, taking back, tasks for others.
ASIDES = {
    "es": {
        "beliefs": ["¿qué crees que me gusta?", "¿qué sabes de mí?", "¿cuáles son mis gustos?"],
        "undo": ["olvida eso", "olvídalo"],
        "out_of_scope": ["¿qué tiempo hace hoy?", "¿va a llover mañana?", "¿qué hora es?", "escríbeme un poema"],
    },
    "fr": {
        "beliefs": ["que penses-tu que j'aime ?", "que sais-tu de moi ?", "quels sont mes goûts ?"],
        "undo": ["oublie ça", "oublie cela"],
        "out_of_scope": ["quel temps fait-il ?", "il va pleuvoir demain ?", "quelle heure est-il ?", "écris un poème"],
    },
    "de": {
        "beliefs": ["was glaubst du, was ich mag?", "Was weißt du über mich?", "wie ist mein Geschmack?"],
        "undo": ["vergiss das", "vergiss es"],
        "out_of_scope": ["wie wird das Wetter heute?", "regnet es?", "wie spät ist es?", "schreib mir ein Gedicht"],
    },
    "pt": {
        "beliefs": ["o que você acha que eu gosto?", "o que você sabe sobre mim?", "quais são os meus gostos?"],
        "undo": ["esquece isso", "esqueça isso"],
        "out_of_scope": ["como está o tempo hoje?", "vai chover amanhã?", "que horas são?", "escreva um poema"],
    },
    "it": {
        "beliefs": ["cosa pensi che mi piaccia?", "cosa sai di me?", "quali sono i miei gusti?"],
        "undo": ["dimentica questo", "dimenticalo"],
        "out_of_scope": ["che tempo fa oggi?", "pioverà domani?", "che ore sono?", "scrivimi una poesia"],
    },
    "zh": {
        "beliefs": ["你觉得我喜欢什么？", "你对我了解多少？", "我的口味是什么？"],
        "undo": ["忘掉这个", "忘了它"],
        "out_of_scope": ["今天天气怎么样？", "明天会下雨吗？", "现在几点？", "写一首诗"],
    },
}
