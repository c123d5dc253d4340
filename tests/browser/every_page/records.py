"""An archive that has every kind of page and state in it, made once for all that is checked of them."""

from dataclasses import dataclass
from datetime import date

import pghistory
from django.conf import settings
from django.core.management import call_command

from archive.curation.error_reports import decline
from archive.curation.withholding import hide
from archive.models import Article, FormerSlug, Organisation, Outlet, Person, Quote, Version
from archive.search import sync
from archive.verifying.run import verify
from tests.factories import (
    FERRY,
    import_report,
    make_article,
    make_candidate,
    make_error_report,
    make_mention,
    make_organisation,
    make_outlet,
    make_person,
    make_quote,
    make_report_with_quote,
)

LONG_WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 2

SPEAKERS = [
    ("Vera Lindqvist", "Colonel"),
    ("Ilse Brandvold", "harbour spokeswoman"),
    ("Otto Marchetti", "mayor of Harrow"),
    ("Nadia Sorokina", "surgeon"),
    ("Emeka Adeyemi", "observer"),
    ("Rosa Quintanilla", "teacher"),
    ("Tomas Vrba", "driver"),
    ("Leila Haddad", "aid worker"),
    ("Jonas Pettersson", "engineer"),
]

ARABIC = (
    "قال شهود إن القصف أصاب الجسر فجر الاثنين.\n\n"
    "«أحصينا تسع قذائف قبل الفجر»، قالت ليلى حداد للصحفيين عند الميناء.\n\n"
    "ولم ترد الوزارة على أسئلة Harrow Gazette حول ما جرى."
)
CHINESE = (
    "居民说，周一凌晨炮火击中了哈罗渡口的桥梁。\n\n"
    "“我们在天亮前数到九发炮弹”，林德奎斯特上校在简报会上说。\n\n"
    "该部没有回答问题。"
)


@dataclass
class Records:
    """What the addresses of the pages are made of; `None` in an archive that has nothing in it yet."""

    seed: Article
    many_speakers: Article
    reported: Article
    nobody_quoted: Article
    one_line: Article
    no_text: Article
    undated: Article
    arabic: Article
    chinese: Article
    long_title: Article
    long_text: Article
    extracts: Article
    corrected: Article
    hidden: Article
    long_outlet: Outlet
    verified: Article
    vera: Person
    speaks_often: Person
    long_name: Person
    only_named: Person
    police: Organisation
    quote: Quote
    said_reported: Quote
    not_said: Quote
    unnamed: Quote
    undecided: Quote
    rejected: Quote
    confirmed: Quote


def make_records() -> Records:
    """Fills the archive, and leaves the index as it is where a worker has stopped: the last report is not in it yet."""
    call_command("import_articles", str(settings.BASE_DIR / "seeds"), jobs=1)
    seed = Article.objects.get()
    verified = import_report("Ferry sunk near Port Almera", FERRY.partition("\n\n")[2], name="ferry.txt")
    for _ in verify(Version.objects.filter(article=verified), jobs=1):
        pass
    police = make_organisation("Harrow police", "HPD")
    undecided = make_undecided(police)
    rejected = make_report_with_quote("A quotation that was none", published=date(2016, 2, 3))[2]
    hidden = make_report_with_quote("A witness names a neighbour", published=date(2016, 2, 4))[0]
    corrected, vera = make_corrected(police, rejected)
    confirmed = verified.quotes.spoken().order_by("pk")[0]
    Quote.objects.filter(pk=confirmed.pk).update(state="confirmed")
    make_several_outlets()
    records = Records(
        seed=seed,
        verified=verified,
        vera=vera,
        police=police,
        undecided=undecided,
        rejected=rejected,
        hidden=hidden,
        long_outlet=make_outlet(LONG_WORD),
        corrected=corrected,
        confirmed=confirmed,
        many_speakers=make_many_speakers(),
        **make_reported(police),
        **make_odd_reports(),
        **make_people(),
        quote=corrected.quotes.order_by("pk")[0],
    )
    hide(hidden.pk, "It names a witness whose house was hit afterwards.")
    FormerSlug.objects.create(slug="vera-linqvist", person=vera)
    sync.build()
    make_article("Not in the index yet", "Divers found the wheelhouse.", published=date(2019, 3, 4))
    return records


def make_undecided(police: Organisation) -> Quote:
    """Words of which the report does not say who spoke them."""
    article = make_article(
        "Who gave the order at the ferry?",
        "Colonel Vera Lindqvist met Otto Marchetti and the Harrow police on the quay.\n\n"
        '"Nobody is to cross before morning", one of them said.\n\nThe boats stayed where they were.',
        published=(date(2018, 5, 1), date(2018, 5, 31)),
        outlet=make_outlet(),
    )
    quote = make_quote(article, '"Nobody is to cross before morning"')
    for name, record in [("Vera Lindqvist", None), ("Otto Marchetti", None), ("Harrow police", police)]:
        make_candidate(quote, name, record)
    return quote


def make_corrected(police: Organisation, rejected: Quote) -> tuple[Article, Person]:
    """A report whose record editors have changed, with reasons as long as readers may meet them."""
    article, vera, quote = make_report_with_quote(
        outlet=make_outlet(),
        published=date(2018, 5, 1),
        url="https://gazette.example/2018/05/01/bridge-shelled-at-harrow-ford",
        author="Marta Quill",
    )
    make_quote(article, "residents said", police, kind="reported", negated=True)
    make_mention(article, make_organisation("Harrow ministry"), "ministry")
    with pghistory.context(user=1, reason=f"The report says so, and https://archive.example/{'long' * 40} too."):
        Article.objects.filter(pk=article.pk).update(title="Bridge shelled at Harrow Ford", edited=["title"])
        Quote.objects.filter(pk=quote.pk).update(state="corrected", role="Colonel of the engineers")
    with pghistory.context(user=1, reason="These are the title's words."):
        Quote.objects.filter(pk=rejected.pk).update(state="rejected")
    with pghistory.context(user=1):
        decline(make_error_report(article, "It was Tuesday.").pk, "The report has Monday.")
    return article, vera


def make_several_outlets() -> None:
    """Enough of them, and of months and years, that facets fold and lists go over several pages."""
    for number in range(34):
        make_report_with_quote(
            f"Shelling reported on day {number + 1}",
            outlet=make_outlet(f"Outlet {number % 11}"),
            published=date(2015 + number % 4, 1 + number % 12, 1 + number % 28),
        )
    make_article("Signs " + LONG_WORD, "Shells fell.", published=date(2014, 1, 3), outlet=make_outlet(LONG_WORD))


def make_many_speakers() -> Article:
    """More speakers than there are hues; of each a quotation and words in a sentence."""
    paragraphs = ["Shells hit the harbour of Almera on Sunday."]
    for number, (name, role) in enumerate(SPEAKERS):
        paragraphs.append(f'"The harbour burned for {number + 2} hours", {name}, {role}, said on the quay.')
        paragraphs.append(
            f'It was "the worst night in {number + 20} years", according to {name}. The wind turned west.'
        )
    paragraphs.append("Share this article. Read more: ten pictures of the fire.")
    text = "\n\n".join(paragraphs)
    start = text.index("Share this")
    article = make_article(
        "Harbour of Almera burns",
        text,
        published=date(2018, 6, 3),
        outlet=make_outlet(),
        furniture=[(start, len(text))],
    )
    for number, (name, role) in enumerate(SPEAKERS):
        person = Person.objects.filter(name=name).first() or make_person(name)
        make_mention(article, person, name, role=role)
        speaker = text.index(name)
        place = {"speaker_start": speaker, "speaker_end": speaker + len(name)}
        make_quote(article, f'"The harbour burned for {number + 2} hours"', person, role=role, **place)
        words = f'"the worst night in {number + 20} years"'
        make_quote(article, words, person, kind="mixed", confidence=0.6)
    return article


def make_reported(police: Organisation) -> dict:
    """Quotations, reported speech, what was not said, and words of somebody whom the report does not name."""
    article = make_article(
        "Two accounts of a night at the ford",
        "A security official said that the guards had slept.\n\n"
        "The Harrow police did not confirm that anybody was hurt.\n\n"
        '"We heard the boats long before we saw them", a fisherman said.\n\n'
        "The ministry in Almera was silent.",
        published=(date(2017, 1, 1), date(2017, 12, 31)),
        outlet=make_outlet("Almera Wire"),
    )
    said = make_quote(
        article, "the guards had slept", kind="reported", speaker_kind="unnamed", speaker_start=0, speaker_end=19
    )
    not_said = make_quote(article, "anybody was hurt", police, kind="reported", negated=True)
    start = article.shown_version.text.index("a fisherman")
    unnamed = make_quote(
        article,
        '"We heard the boats long before we saw them"',
        speaker_kind="unnamed",
        speaker_start=start,
        speaker_end=start + len("a fisherman"),
        cue_start=start + len("a fisherman "),
        cue_end=start + len("a fisherman said"),
        rule="cue-after",
        confidence=0.9,
    )
    return {"reported": article, "said_reported": said, "not_said": not_said, "unnamed": unnamed}


def make_odd_reports() -> dict:
    """Reports that have little, or something else than most."""
    extracts = make_outlet("Closed Gazette")
    Outlet.objects.filter(pk=extracts.pk).update(extracts_only=True)
    arabic = make_article("قصف جسر هارو", ARABIC, published=date(2018, 5, 2), language="ar")
    leila = Person.objects.filter(name="Leila Haddad").first() or make_person("Leila Haddad", "ليلى حداد")
    make_quote(arabic, "«أحصينا تسع قذائف قبل الفجر»", leila)
    chinese = make_article("哈罗渡口大桥遭炮击", CHINESE, published=date(2018, 5, 2), language="zh")
    make_quote(chinese, "“我们在天亮前数到九发炮弹”", make_person("林德奎斯特"))
    return {
        "arabic": arabic,
        "chinese": chinese,
        "nobody_quoted": make_article(
            "Weather over the ford", "Rain fell all day.\n\nThe river rose by a metre.", published=date(2018, 5, 3)
        ),
        "one_line": make_article("Ceasefire", "It holds.", published=date(2018, 5, 4), title_is_ours=True),
        "no_text": make_article("A title and nothing else", "", published=date(2018, 5, 5)),
        "undated": make_report_with_quote("A report without a day")[0],
        "long_title": make_article(
            "Of everything that was said and done at the ford " * 9 + LONG_WORD, "Much.", published=date(2018, 5, 6)
        ),
        "long_text": make_long_text(),
        "extracts": make_report_with_quote(
            "Read elsewhere in full", outlet=extracts, published=date(2018, 5, 7), url="https://closed.example/1"
        )[0],
    }


def make_long_text() -> Article:
    """Twenty thousand words, three hundred of them quotations of eight people."""
    sentence = "The patrol went along the river and counted what was left of the houses on the other bank. "
    paragraphs = []
    for number in range(300):
        name, _ = SPEAKERS[1 + number % 8]
        paragraphs.append(f'{sentence * 3}"House {number} had no roof any more", said {name}.')
    article = make_article(
        "The river from its source", "\n\n".join(paragraphs), published=date(2016, 9, 9), outlet=make_outlet()
    )
    text, version = article.shown_version.text, article.shown_version
    people = {name: Person.objects.filter(name=name).first() or make_person(name) for name, _ in SPEAKERS[1:]}
    Quote.objects.bulk_create(
        quote_of(
            article, version, text.index(f'"House {number} '), len(f'"House {number} had no roof any more"'), person
        )
        for number, person in ((number, people[SPEAKERS[1 + number % 8][0]]) for number in range(300))
    )
    return article


def quote_of(article: Article, version: Version, start: int, length: int, person: Person) -> Quote:
    return Quote(
        article=article,
        version=version,
        start=start,
        end=start + length,
        speaker=person,
        speaker_kind="person",
        rule="cue-after",
        confidence=0.9,
    )


def make_people() -> dict:
    """Somebody with two thousand quotations, somebody with a name that fits no line, somebody only named."""
    often = make_person("Abel Tarn", "Minister Tarn", "Abel M. Tarn")
    Person.objects.filter(pk=often.pk).update(wikidata_id="Q42", note="Minister of transport; not the painter.")
    for report in range(40):
        lines = [f'"Answer {report * 50 + line} is the same", Tarn said.' for line in range(50)]
        article = make_article(
            f"Question hour {report + 1}",
            "Abel Tarn took questions.\n\n" + "\n\n".join(lines),
            published=date(2010 + report // 4, 1 + report % 12, 5),
            outlet=make_outlet("Almera Wire"),
        )
        make_mention(article, often, "Abel Tarn", role="minister of transport" if report < 20 else "prime minister")
        text, version = article.shown_version.text, article.shown_version
        Quote.objects.bulk_create(
            quote_of(article, version, text.index(line), line.index(", Tarn"), often) for line in lines
        )
    name = "Maria del Carmen Fitz-James Stuart " * 7 + "y Silva " + LONG_WORD[:40]
    long_name = make_person(name[:290])
    said = make_article(
        "A long name signs",
        f'{name[:290]} signed.\n\n"Here", she said.',
        published=date(2018, 5, 8),
        outlet=make_outlet(),
    )
    make_quote(said, '"Here"', long_name)
    make_mention(said, long_name, name[:290], role="head of " + LONG_WORD)
    only_named = make_person("Silent Witness")
    make_mention(make_article("Seen at the ford", "Silent Witness stood there."), only_named, "Silent Witness")
    return {"speaks_often": often, "long_name": long_name, "only_named": only_named}
