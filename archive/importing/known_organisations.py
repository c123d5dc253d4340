"""What the archive already holds of the organisations that a batch of documents names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive import extraction
from archive.extraction.vocabulary import BODIES
from archive.models import Organisation, OrganisationName
from archive.models.organisation import bare_key
from archive.models.slugs import slug_of
from archive.models.spelling import name_key

# Words of the extraction's list that are nevertheless each the name of one body alone.
OWN_NAMES = {"kremlin", "pentagon"}


def is_acronym(name: str) -> bool:
    """Whether it is one word of capitals, two at least: "SOHR", "U.N."; digits may stand in it, but no common word."""
    letters = [letter for letter in name if letter.isalpha()]
    return (
        len(letters) > 1
        and all(letter.isupper() for letter in letters)
        and not any(letter.isspace() for letter in name)
        and bare_key(name) not in BODIES - OWN_NAMES
    )


def is_full(name: str) -> bool:
    """Whether it says by itself which body is meant: "Kabul police", "Reuters", but not "Observatory", "the ministry".

    One word is enough where it is a name; a run of common words in small letters never is.
    """
    words = bare_key(name).split()
    capital = any(word[:1].isupper() for word in name.split() if name_key(word) != "the")
    return capital and (len(words) > 1 or (len(words) == 1 and words[0] not in BODIES - OWN_NAMES))


def identifying_names(one: extraction.Organisation) -> list[str]:
    """The forms that say which body is meant in another report too: the fullest one first, then its acronyms.

    Of "Syrian Observatory for Human Rights", "SOHR" is one; "Syrian Observatory" and "Observatory" are none.
    """
    full = [form for form in (one.name, *one.forms) if is_full(form) and bare_key(form) == bare_key(one.name)]
    return list(dict.fromkeys([*full, *filter(is_acronym, one.forms)]))


@dataclass(eq=False, slots=True)
class Bearer:
    """An organisation that bears some names, and the words of each full name that identifies it."""

    record: Organisation
    full: list[set[str]] = field(default_factory=list)

    def may_be(self, names: Iterable[str]) -> bool:
        """Whether a report that gives these full names may mean it: one full name of the two holds all words of the
        other, or there is none to compare. "SDF" is borne by the Syrian Democratic Forces and by others."""
        given = [set(bare_key(name).split()) for name in names]
        if not given or not self.full:
            return True
        return any(mine <= theirs or theirs <= mine for mine in self.full for theirs in given)


class KnownOrganisations:
    """The organisations that some names identify, and every form of name they have.

    As with people, another transaction may add some meanwhile: whoever is refused by the database asks anew.
    """

    def __init__(self, found: Iterable[extraction.Organisation]):
        names = {name for one in found for name in identifying_names(one)}
        keys = {bare_key(name) for name in names}
        rows = OrganisationName.objects.filter(identifies=True, key__in=keys | {f"the {key}" for key in keys})
        known: dict[int, Bearer] = {}
        self.bearers: dict[str, list[Bearer]] = defaultdict(list)
        for name in rows.select_related("organisation").order_by("organisation", "pk"):
            bearer = known.setdefault(name.organisation_id, Bearer(name.organisation))
            if bearer not in self.bearers[bare_key(name.text)]:
                self.bearers[bare_key(name.text)].append(bearer)
        self.forms: set[tuple[int, str]] = set()
        if known:
            of_known = OrganisationName.objects.filter(organisation__in=known)
            for pk, text, identifies in of_known.values_list("organisation_id", "text", "identifies"):
                self.forms.add((pk, text))
                if identifies and not is_acronym(text):
                    known[pk].full.append(set(bare_key(text).split()))
        new = [name for name in names if bare_key(name) not in self.bearers]
        self.slugs = Organisation.objects.taken_slugs(slug_of(name, Organisation.slug_stem) for name in new)
