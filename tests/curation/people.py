"""What the tests of merges share: a report, and short ways to say what is asked of people."""

from archive.models import Transfer

TEXT = (
    '"We wait", Omar Tarnov said. "They wait", Umar Tarnov said. "All wait", Omar Tarnoff said.\n\n'
    '"Who waits?", asked he.'
)
REASON = "one man, spelt in three ways"


def keys(*people):
    return [person.pk for person in people]


def standing(giver):
    return Transfer.objects.standing().get(giver=giver.pk).pk


def texts(person):
    return sorted(person.names.values_list("text", flat=True))
