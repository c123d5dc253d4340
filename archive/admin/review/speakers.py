"""Who may have spoken, for an editor to choose from: whom the report names, who bears a name, who answers to words."""

from collections.abc import Iterable

from archive import search
from archive.admin.review.kinds import Choice
from archive.models import Mention, Organisation, OrganisationMention, Person, Quote, QuoteCandidate, Role
from archive.models.named import Named
from archive.templatetags.evidence import named_in_print
from archive.views.people_found import SAID_OF, name_words, names_of

MOST_OFFERED = 9  # as there are keys
MOST_BEARERS = 4
MOST_LOOKED_AT = 200  # of who bear a name, for those among them whom the report names
MOST_BODIES = 2  # organisations of those that the report names
MOST_FOUND = 6
MODELS = {"person": Person, "organisation": Organisation}


def speakers_offered(quote: Quote, candidates: Iterable[QuoteCandidate]) -> list[Choice]:
    """The machine's candidates, then who bears the printed name, then whom the report names nearest to the quote; not
    who is taken for the speaker. `quote` is one whose words are cut out."""
    offered: dict[tuple[type[Named], int], str] = {}
    for candidate in candidates:
        if candidate.record:
            offered.setdefault(_identity(candidate.record), f"may have spoken: “{candidate.name}”")
    people = _named_nearest(quote, Mention.objects, "person")
    bodies = _named_nearest(quote, OrganisationMention.objects, "organisation")
    printed = named_in_print(quote)
    if printed and quote.speaker_kind in (Quote.SpeakerKind.PERSON, Quote.SpeakerKind.UNKNOWN):
        bearers = Person.objects.bearing(printed).order_by("pk").values_list("pk", flat=True)[:MOST_LOOKED_AT]
        for key in sorted(bearers, key=lambda key: key not in people)[:MOST_BEARERS]:
            offered.setdefault((Person, key), f"bears the name “{printed}”")
    for each in (*((Person, key) for key in people), *((Organisation, key) for key in bodies[:MOST_BODIES])):
        offered.setdefault(each, "named in this report")
    if quote.said_by:
        offered.pop(_identity(quote.said_by), None)
    return _choices(dict(list(offered.items())[:MOST_OFFERED]), quote.article_id, numbered=True)


def speakers_found(words: str) -> list[Choice]:
    """Whom the words may mean, people first."""
    found: dict[tuple[type[Named], int], str] = {}
    for model in MODELS.values():
        if sought := name_words(words, model):
            names = names_of(model).objects.resembling(sought, search.has_rare_words(sought))
            found |= {(model, key): SAID_OF.get(match, "") for key, match in names[:MOST_FOUND]}
    return _choices(found)


def speaker_of(value: str) -> tuple[type[Person | Organisation], int] | None:
    """Whom the value of a choice means: "person-12"."""
    kind, _, key = value.partition("-")
    return (MODELS[kind], int(key)) if kind in MODELS and key.isdecimal() and len(key) < 19 else None


def _identity(record: Named) -> tuple[type[Named], int]:
    return type(record), record.pk


def _named_nearest(quote: Quote, mentions, bearer: str) -> list[int]:
    """The keys of those whom the text names, by how near to the quote it does."""
    places = mentions.filter(version=quote.version_id).values_list(f"{bearer}_id", "start")
    nearest: dict[int, int] = {}
    for key, start in places:
        distance = abs(start - quote.start)
        nearest[key] = min(distance, nearest.get(key, distance))
    return sorted(nearest, key=lambda key: (nearest[key], key))


def _choices(offered: dict[tuple[type[Named], int], str], article: int | None = None, numbered=False) -> list[Choice]:
    people = Person.objects.filter(pk__in=[key for model, key in offered if model is Person])
    records = {(Person, person.pk): person for person in people.with_latest_role()}
    bodies = Organisation.objects.filter(pk__in=[key for model, key in offered if model is Organisation])
    records |= {(Organisation, body.pk): body for body in bodies}
    here = dict(Role.objects.filter(article=article, person__in=people).values_list("person_id", "text"))
    choices = []
    for number, (model, key) in enumerate((each for each in offered if each in records), 1):
        record = records[model, key]
        role = "an organisation" if model is Organisation else here.get(key) or record.latest_role or ""
        choices.append(
            Choice(
                f"{model._meta.model_name}-{key}",
                str(number) if numbered else "",
                record.name,
                about=", ".join(filter(None, (role, offered[model, key]))),
            )
        )
    return choices
