"""How to search: the query language in examples, each with what it finds in this archive at this moment."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.search import Asked, find
from archive.views.asked import KINDS


@dataclass(frozen=True, slots=True)
class Example:
    """A query to learn from: what it `finds`, in words, among the reports or another `kind` of what is searched."""

    topic: str
    query: str
    finds: str
    kind: str = "reports"

    @property
    def address(self) -> str:
        kind = {} if self.kind == "reports" else {"kind": self.kind}
        return f"{reverse('search')}?{urlencode({'q': self.query, **kind})}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an example finds now: how many, and what the search has to say about the query."""

    example: Example
    total: int
    hints: tuple[str, ...]


WORDS, CHOICES = "Words and phrases", "Leaving out, choosing, grouping"
PLACES, SPEAKERS = "Titles, outlets and dates", "Who speaks, who is spoken of"

# The tests hold each of them to what it says. They are chosen so that most find something in the first document.
EXAMPLES = (
    Example(
        WORDS,
        "rocket strike",
        "Any of the words, in any of their forms, such as “strikes”. The best come first, and each says what it lacks.",
    ),
    Example(
        WORDS,
        '"peace proposal"',
        "Exactly these words, side by side: not “peace proposals”. In a phrase small words such as “the” count too. "
        "Capitals, accents and the kind of quotation mark make no difference.",
    ),
    Example(
        WORDS,
        '"peace Ghani"~5',
        "Both words, in either order, with five others between them at most. Another number makes it nearer or wider.",
    ),
    Example(WORDS, "vict*", "Words that begin so: victim, victims, victory. At least three letters before the star."),
    Example(
        WORDS,
        "S-300",
        "A weapon, aircraft or paper by its letters and number, however it is written: S-300, S300 or S 300; F-16, "
        "UN-2231.",
    ),
    Example(
        CHOICES,
        'Taliban -drone -"car bomb"',
        "What has the first word and neither the word nor the phrase that stands after a minus.",
    ),
    Example(CHOICES, "opium OR poppy", "One or the other, or both. OR is written in capitals."),
    Example(
        CHOICES,
        "(opium OR poppy) Helmand",
        "One of the two in brackets, and Helmand as well. Brackets may stand in brackets.",
    ),
    Example(
        PLACES, "title:rocket", 'The word in the title of the report. title:"peace talks" looks for a phrase there.'
    ),
    Example(PLACES, 'outlet:"TOLOnews"', "Reports of this outlet."),
    Example(
        PLACES,
        "Taliban after:2017-06 before:2018",
        "Published from June 2017 on and before 2018. A date is a year, a month or a day, such as 2017-06-30.",
    ),
    Example(
        PLACES,
        "Taliban year:2018",
        "Published in this year, or perhaps in it, where the date is known only roughly. A report without any date is "
        "not among them.",
    ),
    Example(
        SPEAKERS,
        "by:Nicholson",
        "What somebody of this name says, also where the report writes another of their names.",
        kind="quotes",
    ),
    Example(
        SPEAKERS,
        'by:"John Nicholson" Taliban',
        "What they say with a word in it; so it is with every field.",
        kind="quotes",
    ),
    Example(
        SPEAKERS,
        "role:spokesman",
        "What is said, in quotations or reported speech, by somebody whom the report introduces so.",
        kind="quotes",
    ),
    Example(SPEAKERS, "about:Ghani", "Reports in which somebody of this name is mentioned, speaking or not."),
)


@require_safe
def search_help(request):
    """The examples are asked like any query, for their number alone."""
    found = [(example, find(Asked(example.query, KINDS[example.kind]), limit=0)) for example in EXAMPLES]
    context = {
        "answers": [Answer(example, results.total, results.hints) for example, results in found],
        "preparing": not all(results.ready for _, results in found),
    }
    return render(request, "search_help.html", context)
