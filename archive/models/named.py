"""What people and organisations have in common: a preferred name among several, an address, and words of theirs."""

from collections import Counter
from collections.abc import Callable, Iterable
from string import ascii_uppercase

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Count, Exists, Min, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from archive.models.article import Article, may_be_seen
from archive.models.resemblance import LONGEST_NAME, KeyWords, Match, beginning_so, misspelt, ways_to_match
from archive.models.spelling import name_key
from archive.models.statistics import commonest_values

SHORTEST_TYPED = 2  # letters with which a name is completed
MOST_COMPLETED = 200  # names looked at for it, beside those of the most quoted
LOOKED_AT = 3  # names under a letter, to find one whom readers may see


class CountOfOne(Coalesce):
    """A count for the row, or for the group of rows, of one record; 0 where a subquery finds nothing to count."""

    def get_group_by_cols(self):
        # It follows from the key that rows are grouped by: counted once for a group, not for each of its rows.
        return []


MOST_WORDS = 20  # of any name; the time to plan a query grows with the cube of how many are sought


class NamedQuerySet(models.QuerySet):
    """Reads of a model whose rows have `names`, `quotes` and `mentions`."""

    def visible(self):
        """All but those whom only reports name or quote that readers may not see."""
        return self.filter(self.may_be_seen())

    def with_seen(self):
        """Adds `seen`: whether readers may see them."""
        return self.annotate(seen=self.may_be_seen())

    def may_be_seen(self, key: str = "pk") -> Q:
        """The rule for that, where `key` is the path to one of these.

        It begins with the reports that are withheld: where there are none, it costs nothing.
        """
        relations = [self.model._meta.get_field(field) for field in ("mentions", "quotes")]
        seen = Q()
        for relation in relations:
            whose = relation.field.name
            elsewhere = [
                Exists(
                    other.related_model.objects.filter(may_be_seen("article__"), **{other.field.name: OuterRef(whose)})
                )
                for other in relations
            ]
            withheld = relation.related_model.objects.filter(
                *(~each for each in elsewhere), article__in=Article.objects.withheld(), **{whose: OuterRef(key)}
            )
            seen &= ~Exists(withheld)
        return seen

    def with_counts(self):
        """Adds `quote_count` and `reported_count` (quoted words, and reported speech, that stand) and `article_count`
        (the reports that name them)."""
        mentions = self.model._meta.get_field("mentions")
        own_mentions = {mentions.field.name: models.OuterRef("pk")}
        counted_articles = (
            mentions.related_model.objects.filter(may_be_seen("article__"), **own_mentions, version__shown=True)
            .order_by()
            .values(mentions.field.name)
            .annotate(n=Count("article", distinct=True))
        )
        return self.annotate(
            quote_count=self.count_of(lambda quotes: quotes.spoken()),
            reported_count=self.count_of(lambda quotes: quotes.reported()),
            article_count=Coalesce(models.Subquery(counted_articles.values("n")), 0),
        )

    def named(self, words: str):
        """Those of whom each of the words is found in a name, whatever their case, accents and order."""
        names = self.model._meta.get_field("names")
        found = self
        sought = dict.fromkeys(names.related_model.key_of(words).split())
        if len(sought) > MOST_WORDS:
            return self.none()
        for word in sought:
            bearing = names.related_model.objects.filter(self.holding(word))
            found = found.filter(Q(pk__in=bearing.values(names.field.name)))
        return found

    def called(self, name: str):
        """Those of whom one name is this whole one, whatever the spelling's case and accents."""
        names = self.model._meta.get_field("names")
        bearing = names.related_model.objects.filter(key=names.related_model.key_of(name)).exclude(key="")
        return self.filter(pk__in=bearing.values(names.field.name))

    def holding(self, word: str) -> Q:
        """What is true of a name that has this word of a key."""
        return Q(key__contains=word)

    def bearing(self, words: str):
        """Those who bear all of the words in one of their names, whatever the words' case and accents; nobody where
        there are none."""
        names = self.model._meta.get_field("names")
        sought = names.related_model.key_of(words).split()
        if not sought:
            return self.none()
        bearing = names.related_model.objects.filter(key__words__contains=sought)
        return self.filter(pk__in=bearing.values(names.field.name))

    def completing(self, typed: str, most: int) -> list:
        """At most so many of those of whom one name bears the typed words, the last as far as it is typed; each with
        `spoken_count`, the most quoted first.

        Cheap at any size of the archive: looked at are the most quoted of all and a number of others.
        """
        names, quotes = (self.model._meta.get_field(field) for field in ("names", "quotes"))
        *whole, last = names.related_model.key_of(typed).split() or [""]
        if len(last) < SHORTEST_TYPED and not whole:
            return []
        fitting = beginning_so([last]) & (Q(key__words__contains=whole) if whole else Q())
        fitting = names.related_model.objects.filter(fitting).order_by().values_list(names.field.name, flat=True)
        most_quoted = commonest_values(quotes.related_model, quotes.field)
        keys = {*fitting.filter(**{f"{names.field.name}__in": most_quoted}), *fitting[:MOST_COMPLETED]}
        quoted = self.filter(pk__in=keys).annotate(spoken_count=self.count_of(lambda quotes: quotes.spoken()))
        return list(quoted.order_by("-spoken_count", "sort_key", "pk")[:most])

    def count_of(self, kind: Callable[[models.QuerySet], models.QuerySet], key: str = "pk"):
        """How many quotes of a kind are theirs, of those that readers see, as an expression; `key` is the field that
        says whose."""
        quotes = self.model._meta.get_field("quotes")
        own = kind(quotes.related_model.objects.standing().in_reports_seen()).filter(
            **{quotes.field.name: models.OuterRef(key)}
        )
        # Counted are rows, not keys, for which an index is enough.
        counted = own.order_by().values(quotes.field.name).annotate(n=Count("*"))
        return CountOfOne(models.Subquery(counted.values("n")), 0)

    def under_letter(self, letter: str):
        """Those whose sort key starts with this letter."""
        return self.filter(sort_key__startswith=letter.lower())

    def under_no_letter(self):
        """Those whose sort key starts with a figure, or is empty."""
        return self.filter(sort_key__lt="a")

    def first_letters(self) -> set[str]:
        """The letters, as capitals, under which there is one whom readers may see; "" for those under no letter.

        The first few of each are looked up, instead of all: the letters of 230,000 names took 60 ms."""
        under = {letter: self.under_letter(letter) for letter in ascii_uppercase} | {"": self.under_no_letter()}
        each = [
            named.order_by("sort_key", "pk").annotate(letter=Value(letter)).values_list("letter", "pk")[:LOOKED_AT]
            for letter, named in under.items()
        ]
        first = list(each[0].union(*each[1:], all=True))
        seen = set(self.visible().filter(pk__in=[key for _, key in first]).values_list("pk", flat=True))
        taken = {letter for letter, key in first if key in seen}
        full = {letter for letter, count in Counter(letter for letter, _ in first).items() if count == LOOKED_AT}
        return taken | {letter for letter in full - taken if under[letter].visible().exists()}

    def taken_slugs(self, stems: Iterable[str]) -> set[str]:
        """Those of the slugs that lead to one of them or once did, and, for each that does, those with a number behind
        it."""
        stems = set(stems)
        former = self.model._meta.get_field("former_slugs").related_model.objects
        taken: set[str] = set()
        for leading in (self, former):
            taken |= set(leading.filter(slug__in=stems).values_list("slug", flat=True))
        if taken:
            # A slug holds nothing that means something in a pattern.
            numbered = rf"^({'|'.join(sorted(taken))})-[0-9]+$"
            for leading in (self, former):
                taken |= set(leading.filter(slug__regex=numbered).values_list("slug", flat=True))
        return taken

    def named_in(self, version):
        """Those whom this version of an article names."""
        return self.filter(mentions__version=version).distinct()


class Named(models.Model):
    """Somebody or a body that reports name: their preferred name and the address of their page."""

    name = models.CharField(max_length=300, help_text="the preferred one of their names")
    slug = models.SlugField(
        max_length=100, unique=True, help_text="the address of their page; an old one redirects here"
    )
    sort_key = models.CharField(max_length=300, help_text="where they stand in the list: surname first")
    wikidata_id = models.CharField("Wikidata id", max_length=20, blank=True)
    note = models.TextField(
        blank=True, help_text="who this is, and with whom not to be confused; readers see it below the name"
    )

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="%(class)s_sort_key")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="%(class)s_name_not_empty"),
            models.CheckConstraint(
                condition=Q(wikidata_id__regex=r"^(Q[1-9][0-9]*)?$"),
                name="%(class)s_wikidata_id",
                violation_error_message="A Wikidata id is Q and a number, such as Q42.",
            ),
            models.UniqueConstraint(
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                name="%(class)s_wikidata_id_once",
                violation_error_message="Another record has this Wikidata id already.",
            ),
        ]

    def __str__(self):
        return self.name


class NameQuerySet(models.QuerySet):
    """Reads of a model of names, whose `bearer` is the field that says whose they are."""

    def resembling(self, words: str, slips: bool = True):
        """Whom somebody may mean by the words: the key of each and how well they match, a `Match`, the best first.

        They bear all words in one name, or words that begin so, or, of three words and more, two that stand side by
        side, or a name that may be another spelling. Only where there is nobody of these, and with `slips`, those for
        whose names the words may be a slip. Among equals, the most quoted come first.
        """
        bearer = self.model._meta.get_field(self.model.bearer)
        ways = self._ways_to_match(words)
        if slips and not self._count_bearers(ways):
            ways = self._ways_to_slip(words)
        spoken = bearer.related_model.objects.all().count_of(lambda quotes: quotes.spoken(), bearer.attname)
        return (
            self._matching(ways)
            .order_by()
            .values(bearer.attname)
            .annotate(match=Min(Case(*(When(way, Value(match)) for match, way in ways.items()))), spoken_count=spoken)
            .order_by("match", "-spoken_count", bearer.attname)
            .values_list(bearer.attname, "match")
        )

    def with_maker(self):
        """Adds `made_in`: in what context the name was written as it is, by which its `by_editor` goes."""
        events = self.model.pgh_event_models["changed"].objects
        written = events.filter(pgh_obj=OuterRef("pk"), text=OuterRef("text")).order_by("pgh_id")
        return self.annotate(made_in=models.Subquery(written.values("pgh_context__metadata")[:1]))

    def count_resembling(self, words: str, slips: bool = True) -> int:
        """How many `resembling` finds, for less than its rows cost."""
        count = self._count_bearers(self._ways_to_match(words))
        return self._count_bearers(self._ways_to_slip(words)) if slips and not count else count

    def _ways_to_match(self, words: str) -> dict[Match, Q]:
        """How names answer to the words; no name does where these hold nothing to look for."""
        sought = self._sought(words)
        return ways_to_match(self.model, sought) if sought else {Match.WORDS: Q(pk__in=[])}

    def _ways_to_slip(self, words: str) -> dict[Match, Q]:
        """How names answer for which the words may be a slip; no name does where none comes near."""
        slip = misspelt(self.model, self._sought(words))
        return {Match.ALIKE: Q(pk__in=[]) if slip is None else slip}

    def _sought(self, words: str) -> list[str]:
        sought = self.model.key_of(words).split()
        return list(dict.fromkeys(sought)) if len(sought) > LONGEST_NAME else sought

    def _matching(self, ways: dict[Match, Q]):
        """The names that answer so, of those whom readers may see."""
        bearers = self.model._meta.get_field(self.model.bearer).related_model.objects
        return self.filter(Q(*ways.values(), _connector=Q.OR), bearers.may_be_seen(self.model.bearer))

    def _count_bearers(self, ways: dict[Match, Q]) -> int:
        # Counted also where it is asked whether there is one: the planner would read the whole table for one row.
        bearers = Count(self.model.bearer, distinct=True)
        count = self.filter(Q(*ways.values(), _connector=Q.OR)).aggregate(n=bearers)["n"]
        # To plan for what is withheld takes longer than all else here, and nearly always nobody answers or nothing is.
        if count and Article.objects.withheld().exists():
            count = self._matching(ways).aggregate(n=bearers)["n"]
        return count


class NameInPrint(models.Model):
    """One form of a name, as met in print or set by an editor."""

    bearer: str  # the field that says whose name it is
    key_of = staticmethod(name_key)  # the form in which two spellings count as the same name

    text = models.CharField(max_length=300)
    key = models.CharField(max_length=300, editable=False, help_text="without case, accents and punctuation")

    objects = NameQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["text"]
        indexes = [
            models.Index(fields=["key"], name="%(class)s_key"),
            GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="%(class)s_trigrams"),
            GinIndex(KeyWords("key"), name="%(class)s_words"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="%(class)s_not_empty")]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        self.key = self.key_of(self.text)
        super().save(*args, **kwargs)

    @property
    def by_editor(self) -> bool:
        """Whether an editor wrote it, and no reading of a report did; of one that was read `with_maker`."""
        made_in = self.made_in or {}
        return bool(made_in.get("user")) and not made_in.get("command")

    @classmethod
    def spelt_alike(cls, words: str) -> Q | None:
        """The condition under which a name may be another spelling of the words, one or more; None where no rules say
        so."""
        return None


class Place(models.Model):
    """Where an article names somebody or a body: [start, end) in the version's text."""

    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="%(class)s_span")]
