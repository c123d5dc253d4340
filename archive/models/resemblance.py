"""Says which names answer to words that somebody looks for, and how well: as conditions that an index serves."""

from itertools import pairwise

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from django.db.models import Q
from rapidfuzz.distance import OSA

MOST_WORDS = 24  # words of a search in which people are looked for
LONGEST_NAME = 5  # words of a search that may be one name: only these are looked for by their beginnings and spelling
SHORTEST_BEGINNING = 3  # letters: shorter ones begin too many names to say anything
SHORTEST_ALIKE = 4  # letters: of fewer, too few are left where one is wrong
SHORT = 5  # letters of a word in which one slip is likely, and two make another word
COMMON = 100  # names that have a word for it to be no slip
MOST_NEAR = 50  # words with the most letters in common, among which the nearest are looked for

NEAR = """
    SELECT word FROM {table} CROSS JOIN LATERAL unnest(string_to_array(key, ' ')) AS word
    WHERE key %%> %(word)s AND similarity(word, %(word)s) >= 0.2
    GROUP BY word ORDER BY similarity(word, %(word)s) DESC, word LIMIT %(most)s
"""


class Match(models.IntegerChoices):
    """How a name answers to the words looked for, the best first."""

    WORDS = 1, "bears these words"
    BEGINNINGS = 2, "bears words that begin so"
    SOME_WORDS = 3, "bears some of these words"
    ALIKE = 4, "spelt alike"


@models.CharField.register_lookup
class KeyWords(models.Transform):
    """The words of a key as an array: `key__words__contains=["vera", "lindqvist"]`."""

    lookup_name = "words"
    function = "string_to_array"
    template = "%(function)s(%(expressions)s, ' ')"
    output_field = ArrayField(models.TextField())


def beginning_so(words: list[str]) -> Q:
    """That a key has, for each of the words, a word that begins so."""
    found = Q()
    for word in words:
        found &= Q(key__startswith=word) | Q(key__contains=f" {word}")
    return found


def ways_to_match(names: type[models.Model], words: list[str]) -> dict[Match, Q]:
    """The conditions under which one of these names answers to the words of a key, by how well.

    There is always one for `Match.WORDS`.
    """
    words = words[:MOST_WORDS]
    ways = {Match.WORDS: Q(key__words__contains=words)}
    if len(words) <= LONGEST_NAME:
        if all(len(word) >= SHORTEST_BEGINNING for word in words):
            ways[Match.BEGINNINGS] = beginning_so(words)
        if alike := names.spelt_alike(" ".join(words)):
            ways[Match.ALIKE] = alike
    # Of a sentence, the words of a name stand side by side: a condition for each pair, not for all that could be.
    pairs = {(one, other) for one, other in pairwise(words) if one != other} if len(words) > 2 else ()
    if pairs:
        ways[Match.SOME_WORDS] = Q(*(Q(key__words__contains=list(pair)) for pair in sorted(pairs)), _connector=Q.OR)
    return dict(sorted(ways.items()))


def misspelt(names: type[models.Model], words: list[str]) -> Q | None:
    """The condition under which a name bears, for each of the words, that word, another spelling of it, or one that it
    may be a slip for.

    None where the words are too many to be a name, or no slip comes near a word of these names.
    """
    if len(words) > LONGEST_NAME:
        return None
    near = {word: words_near(names, word) for word in words if len(word) >= SHORTEST_ALIKE and is_rare(names, word)}
    if not any(near.values()):
        return None
    meant = Q()
    for word in words:
        bearing = Q(key__words__overlap=[word, *near.get(word, [])])
        alike = names.spelt_alike(word)
        meant &= bearing | alike if alike else bearing
    return meant


def is_rare(names: type[models.Model], word: str) -> bool:
    """Whether so few of the names have the word that it may be a slip."""
    return names.objects.filter(key__words__contains=[word]).count() < COMMON


def words_near(names: type[models.Model], word: str) -> list[str]:
    """The words of the names' keys from which `word` is the least number of slips away: one, or two where it is long.

    Letters that are left out, added, swapped or taken for others are slips.
    """
    slips = 1 if len(word) <= SHORT else 2
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = 0.4")  # what one slip in five letters leaves
        cursor.execute(NEAR.format(table=names._meta.db_table), {"word": word, "most": MOST_NEAR})
        distances = {near: OSA.distance(word, near) for (near,) in cursor.fetchall()}
    least = min((distance for distance in distances.values() if distance), default=slips + 1)
    return sorted(near for near, distance in distances.items() if distance == least <= slips)
