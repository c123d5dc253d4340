"""A newer extraction of the same text: what is still there keeps its id, what an editor decided stays."""

import json
from dataclasses import replace

import pghistory
import pytest
from django.apps import apps
from django.db import transaction

from archive.curation.speakers import add_person, rename
from archive.extraction import EXTRACTOR_VERSION, Extraction, Mention, QuoteKind, SpeakerKind, extract
from archive.extraction import Person as FoundPerson
from archive.extraction import Quote as FoundQuote
from archive.importing.description import Defaults
from archive.importing.documents import documents
from archive.importing.requoting import Change, What, requote
from archive.importing.run import run_import
from archive.models import Article, Name, OutboxEntry, Person, Quote, Role, Version

BODY = (
    "The harbour stayed closed.\n\n“We have no pilot left”, harbour spokeswoman Ilse Brandvold said.\n\n"
    "“Nobody is on his way”, Tomas Quill told reporters. He spoke of “a long night”."
)
PILOT, WAY, NIGHT = "“We have no pilot left”", "“Nobody is on his way”", "“a long night”"

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(tmp_path):
    """Imports a record of this body under one id, as an earlier extraction had read it."""

    def write(body=BODY, **fields):
        path = tmp_path / "wire.jsonl"
        path.write_text(json.dumps({"id": "w-1", "title": "Harbour closed", "body": body} | fields))
        told = run_import(documents([str(path)], None), command="test", defaults=Defaults(), jobs=1)
        assert [result.outcome for _, result in told] == ["imported"]
        version = Version.objects.get(article__import_id=fields.get("id", "w-1"), shown=True)
        Version.objects.filter(pk=version.pk).update(extractor_version=0)
        return version

    return write


def found(text: str, quotes: dict[str, str | None], *names: str, kind=QuoteKind.DIRECT) -> Extraction:
    """What an extraction might find: these quotes, each with its speaker, and the people of these names too."""
    names = list(dict.fromkeys([*filter(None, quotes.values()), *names]))
    people = tuple(FoundPerson(name, (name,), (), (_place(text, name),)) for name in names)
    return Extraction(
        tuple(
            FoundQuote(
                start=text.index(words),
                end=text.index(words) + len(words),
                kind=kind,
                speaker_kind=SpeakerKind.PERSON if name else SpeakerKind.UNKNOWN,
                person=names.index(name) if name else None,
                speaker_start=None,
                speaker_end=None,
                role="",
                cue_start=None,
                cue_end=None,
                rule="cue-after" if name else "none",
                confidence=0.9,
            )
            for words, name in quotes.items()
        ),
        people,
    )


def _place(text: str, name: str) -> Mention:
    return Mention(text.index(name), text.index(name) + len(name))


def again(version, quotes, *names, **options):
    """Writes the extraction as the command does, and gives the changes."""
    with pghistory.context(command="reextract"):
        return requote(version.pk, found(version.text, quotes, *names, **options))


def standing() -> dict[str, tuple[int, str | None]]:
    """The words that readers see, with the quote's key and its speaker."""
    return {
        quote.words: (quote.pk, quote.speaker and quote.speaker.name)
        for quote in Quote.objects.standing().with_words().select_related("speaker")
    }


def row(quote: Quote) -> dict:
    return Quote.objects.filter(pk=quote.pk).values().get()


def test_the_same_extraction_changes_nothing_but_the_number(report):
    version = report()
    before = list(Quote.objects.order_by("pk").values())
    events = apps.get_model("archive", "QuoteEvent").objects
    count = events.count()
    changes = requote(version.pk, extract(version.text))
    assert (changes.kept, changes.quotes, changes.new_people, changes.removed_people) == (3, [], [], [])
    assert list(Quote.objects.order_by("pk").values()) == before
    assert events.count() == count
    version.refresh_from_db()
    assert version.extractor_version == EXTRACTOR_VERSION


def test_a_new_quote_a_gone_one_and_another_speaker(report):
    version = report()
    again(version, {PILOT: "Ilse Brandvold", WAY: None})
    before = standing()
    changes = again(version, {WAY: "Tomas Quill", NIGHT: "Tomas Quill"})
    after = standing()
    assert after[WAY] == (before[WAY][0], "Tomas Quill")
    assert PILOT not in after
    gone = Quote.objects.get(pk=before[PILOT][0])
    assert "no longer finds it" in gone.gone
    assert gone.speaker.name == "Ilse Brandvold"
    assert changes.quotes == [
        Change(What.GONE, PILOT),
        Change(What.SPEAKER, WAY, "not known", "Tomas Quill"),
        Change(What.BACK, NIGHT, after="Tomas Quill"),
    ]


def test_what_comes_back_has_its_old_id_and_what_has_gone_answers_410(report, client):
    version = report()
    key = standing()[PILOT][0]
    again(version, {})
    assert client.get(f"/quotes/{key}/").status_code == 410
    again(version, {PILOT: "Ilse Brandvold"})
    assert standing() == {PILOT: (key, "Ilse Brandvold")}


@pytest.mark.parametrize("words", ["We have no pilot left", "“We have no pilot left”,", "have no pilot left”"])
def test_a_span_that_grew_or_shrank_a_little_is_the_same_quote(report, words):
    version = report()
    key = standing()[PILOT][0]
    changes = again(version, {words: "Ilse Brandvold", WAY: "Tomas Quill"})
    assert standing()[words][0] == key
    assert Change(What.SPAN, words, PILOT, words) in changes.quotes


def test_a_span_of_other_words_is_another_quote(report):
    version = report()
    key = standing()[PILOT][0]
    again(version, {"pilot left”, harbour spokeswoman Ilse Brandvold said": None})
    assert key not in [pk for pk, _ in standing().values()]


def test_the_same_words_elsewhere_are_the_same_quote(report):
    version = report("“No”, Ilse Brandvold said. Later she said it once more: “No”, and left.")
    Quote.objects.all().delete()
    again(version, {"“No”": "Ilse Brandvold"})
    [(key, _)] = standing().values()
    second = version.text.rindex("“No”")
    moved = found(version.text, {"“No”": None})
    [quote] = moved.quotes
    requote(version.pk, Extraction((replace(quote, start=second, end=second + 4),), moved.people))
    assert Quote.objects.standing().get().pk == key
    assert Quote.objects.standing().get().start == second


@pytest.mark.parametrize("state", ["confirmed", "corrected", "rejected", "added"])
@pytest.mark.parametrize("quotes", [{}, {PILOT: "Tomas Quill"}, {"no pilot left": "Tomas Quill"}])
def test_what_an_editor_decided_stays_exactly_and_nothing_is_laid_over_it(report, state, quotes):
    version = report()
    decided = Quote.objects.with_words().get(words=PILOT)
    decided.state, decided.role, decided.kind = state, "pilot", "mixed"
    decided.save()
    before = row(decided)
    again(version, quotes)
    assert row(decided) == before
    assert Quote.objects.filter(version=version, gone="").count() == 1


def test_an_editors_quote_does_not_take_the_same_words_elsewhere_for_itself(report):
    body = "“No”, Ilse Brandvold said. Much later she said it once more: “No”, and left."
    version = report(body)
    first = Quote.objects.order_by("start").first()
    Quote.objects.filter(pk=first.pk).update(state="confirmed")
    before = row(first)
    requote(version.pk, extract(version.text))
    assert row(first) == before
    assert Quote.objects.standing().count() == 2


def test_people_who_stay_keep_their_ids_and_mentions_and_roles_are_written_anew(report):
    version = report()
    person = Person.objects.get(name="Ilse Brandvold")
    assert person.roles.exists()
    changes = again(version, {WAY: "Tomas Quill"}, "Ilse Brandvold")
    assert Person.objects.get(name="Ilse Brandvold") == person
    assert [mention.version for mention in person.mentions.all()] == [version]
    assert not Role.objects.exists()
    assert (changes.new_people, changes.removed_people) == ([], [])


def test_a_fuller_name_is_found_to_be_the_same_person(report):
    version = report("“It is over”, Ilse Brandvold said. It was signed Ilse M. Brandvold.")
    [person] = Person.objects.all()
    fuller = found(version.text, {"“It is over”": "Ilse M. Brandvold"})
    forms = ("Ilse M. Brandvold", "Ilse Brandvold")
    requote(version.pk, Extraction(fuller.quotes, (FoundPerson(forms[0], forms, (), fuller.people[0].mentions),)))
    assert Quote.objects.standing().get().speaker == person == Person.objects.get()
    assert set(forms) <= set(person.names.values_list("text", flat=True))


def test_of_two_who_bear_the_name_it_is_the_one_the_report_named_before(report):
    version = report()
    person = Person.objects.get(name="Ilse Brandvold")
    add_person("Ilse Brandvold")
    again(version, {PILOT: "Ilse Brandvold"})
    assert Quote.objects.standing().get().speaker == person


@pytest.fixture
def named_only(report):
    """A version that names somebody who is nobody, whom the machine alone has made."""
    version = report()
    changes = again(version, {PILOT: "Ilse Brandvold"}, "Tomas Quill", "The harbour")
    assert changes.new_people == ["The harbour"]
    return version


def test_whom_nothing_names_any_more_is_removed(named_only):
    changes = again(named_only, {PILOT: "Ilse Brandvold"}, "Tomas Quill")
    assert changes.removed_people == ["The harbour"]
    assert not Person.objects.filter(name="The harbour").exists()
    assert not Name.objects.filter(text="The harbour").exists()
    again(named_only, {PILOT: "Ilse Brandvold"}, "The harbour")
    assert Person.objects.get(name="The harbour").slug == "the-harbour"


def _note(person):
    Person.objects.filter(pk=person.pk).update(note="not a person")


def _take_note_back(person):
    _note(person)
    Person.objects.filter(pk=person.pk).update(note="")


def _another_name(person):
    Name.objects.create(person=person, text="Harbour")


def _another_report(person):
    other = Article.objects.create(title="Other", identity="id:other")
    Role.objects.create(person=person, article=other, text="quay")


@pytest.mark.parametrize(
    "touch", [_note, _take_note_back, _another_name, _another_report, lambda person: rename(person, "Old Harbour")]
)
def test_whom_an_editor_or_another_report_knows_stays(named_only, touch):
    person = Person.objects.get(name="The harbour")
    with pghistory.context(url="/admin/"):
        touch(person)
    changes = again(named_only, {PILOT: "Ilse Brandvold"}, "Tomas Quill")
    assert changes.removed_people == []
    assert Person.objects.filter(pk=person.pk).exists()


def test_whose_quote_has_gone_stays(report):
    version = report()
    again(version, {})
    assert set(Person.objects.values_list("name", flat=True)) == {"Ilse Brandvold", "Tomas Quill"}
    assert set(Quote.objects.values_list("speaker__name", flat=True)) == {"Ilse Brandvold", "Tomas Quill"}


def test_a_version_that_is_not_shown_is_left_alone(report):
    old = report()
    report(BODY + " It snowed.")
    before = list(Quote.objects.order_by("pk").values())
    assert again(old, {}) is None
    assert list(Quote.objects.order_by("pk").values()) == before


def test_a_quote_that_an_older_version_lost_comes_back_by_its_words(report):
    first = report()
    key = standing()[NIGHT][0]
    second = report(BODY.replace(NIGHT, "nights"))
    assert Quote.objects.get(pk=key).gone
    third = report(BODY.replace(NIGHT, "a long night"))
    again(third, {"a long night": "Tomas Quill"})
    assert standing()["a long night"] == (key, "Tomas Quill")
    assert first.pk < second.pk < third.pk


def test_a_dry_run_tells_the_same_and_writes_nothing(report):
    version = report()
    before = [list(model.objects.order_by("pk").values()) for model in (Quote, Person, Name, Version, OutboxEntry)]
    new = found(version.text, {WAY: "Ilse Brandvold"}, "The harbour")
    dry = requote(version.pk, new, dry_run=True)
    assert [list(m.objects.order_by("pk").values()) for m in (Quote, Person, Name, Version, OutboxEntry)] == before
    written = requote(version.pk, new)
    assert (dry.kept, dry.quotes, dry.new_people, dry.removed_people) == (
        written.kept,
        written.quotes,
        written.new_people,
        written.removed_people,
    )
    assert written.quotes


def test_it_is_whole_or_not_at_all(report, monkeypatch):
    version = report()
    before = list(Quote.objects.order_by("pk").values())
    monkeypatch.setattr("archive.importing.requoting.remove_unnamed", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        again(version, {})
    assert list(Quote.objects.order_by("pk").values()) == before


def test_it_asks_the_database_as_often_for_many_quotes_as_for_one(report, django_assert_max_num_queries):
    body = "\n\n".join(f"“Number {number} has sunk”, Ilse Brandvold said." for number in range(40))
    version = report(body)
    with django_assert_max_num_queries(40):
        again(version, {f"Number {number} has": None for number in range(30)})
