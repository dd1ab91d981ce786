"""Requests with numbers in them, and what must be understood of each, in the words of `said.understood`."""

BOUNDS = [
    (
        "a thriller of no less than 95 minutes and no more than 120",
        ["runtime at least 95 minutes", "runtime at most 120 minutes"],
    ),
    ("something between an hour forty and two hours ten", ["runtime from 100 to 130 minutes"]),
    ("at least an hour and at most two and a half", ["runtime at least 60 minutes", "runtime at most 150 minutes"]),
    ("not below 85, not above 105 minutes", ["runtime at least 85 minutes", "runtime at most 105 minutes"]),
    ("2h15 or less", ["runtime at most 135 minutes"]),
    ("three hours plus", ["runtime at least 180 minutes"]),
    ("two hours twenty tops", ["runtime at most 140 minutes"]),
    ("a hundred and five minutes max", ["runtime at most 105 minutes"]),
    ("an hour forty-five or under", ["runtime at most 105 minutes"]),
    ("a drama under 110", ["runtime less than 110 minutes"]),
    ("a drama, 90-100", ["runtime from 90 to 100 minutes"]),
    ("I've got two hours before the train", ["runtime at most 120 minutes"]),
    ("if it's over two hours we fall asleep", ["runtime at most 120 minutes"]),
    ("it mustn't run past 110 minutes", ["runtime at most 110 minutes"]),
    ("not three hours long please", ["runtime less than 180 minutes"]),
    ("anything over three hours is out", ["runtime at most 180 minutes"]),
    ("an hour and a half is the limit", ["runtime at most 90 minutes"]),
]
"""Request, wishes about running time; both bounds, bounds that lean on another number, bounds without a unit."""

YEARS = [
    ("a western, older than 1972 but younger than 1950", ["after 1950", "before 1972"]),
    ("1961 earliest, 1969 latest", ["from 1961 on", "up to 1969"]),
    ("nineteen eighty-two or older", ["up to 1982"]),
    ("two thousand and four or later", ["from 2004 on"]),
    ("mid-nineties thrillers", ["from 1994 to 1996"]),
    ("early to mid eighties", ["from 1980 to 1986"]),
    ("late 70s/early 80s horror", ["from 1977 to 1983"]),
    ("a pre-war comedy", ["up to 1938"]),
    ("a romance from the turn of the century", ["from 1895 to 1905"]),
    ("something from the year I was born, 1979", ["year 1979"]),
    ("the last six years", ["from 2010 on"]),
    ("less than twenty years old", ["from 1996 on"]),
    ("from 1990 to now", ["from 1990 on"]),
    ("70s onwards", ["from 1970 on"]),
    ("before '75", ["before 1975"]),
    ("not the 80s please", ["not from 1980 to 1989"]),
    ("60s or 70s, not the 80s", ["from 1960 to 1979", "not from 1980 to 1989"]),
    ("from the ninties", ["from 1990 to 1999"]),
    ("something newer", ["~from 2006 on"]),
    ("newer ones, nothing before 1995", ["from 1995 on"]),
]
"""Request, wishes about years."""

NO_WISHES = [
    "it's nine and we must be in bed by eleven",
    "my 11 year old picked the last one, a comedy please",
    "I haven't seen anything recent in months, a comedy maybe",
    "old friends meet again after a long day",
    "my old man likes westerns",
    "my dad is over 70 and likes westerns",
    "In 1974 my parents met at the cinema, find me something romantic",
    "the 1998 one was awful, something with lizards",
    "a film like Solaris (1972)",
    "20 minutes into the film I fell asleep",
    "a quiet drama set in the 1920s",
    "the trailer had four minutes of silence, a drama please",
]
"""Requests whose numbers and words of degree are of something else."""

COUNTS = [
    ("three comedies", 3),
    ("a couple of comedies", 2),
    ("half a dozen westerns", 6),
    ("five French comedies", 5),
    ("give me ten", 10),
    ("twelve angry men", None),
    ("something for 2 kids", None),
]
"""Request, how many items it asks for."""
