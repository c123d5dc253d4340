import pytest

from archive.extraction import extract

THEN = "said the road was closed."
ALSO = "said that forty people had died."


@pytest.mark.parametrize(
    ("text", "name", "forms"),
    [
        (
            f"The Northern Observatory for Human Rights (NOHR) {THEN} The Observatory {ALSO} NOHR {ALSO}",
            "Northern Observatory for Human Rights",
            ("NOHR", "Observatory"),
        ),
        (f"The Northern Valley Council {THEN} NVC {ALSO}", "Northern Valley Council", ("NVC",)),
        (f"The Ministry of Defence {THEN} The MOD {ALSO}", "Ministry of Defence", ("MOD",)),
        (f"Human Rights Watch (HRW) {THEN} HRW {ALSO}", "Human Rights Watch", ("HRW",)),
        (f"The Danish defence ministry {THEN} The ministry {ALSO}", "Danish defence ministry", ("ministry",)),
        (f"Kabul police {THEN} The police {ALSO}", "Kabul police", ("police",)),
        (f"The Kurdish-led Valley Forces (KVF) {THEN} The KVF {ALSO}", "Valley Forces", ("KVF",)),
        (f"The Northern Observatory {THEN} The group {ALSO}", "Northern Observatory", ()),
        (f"Interfax {THEN} The agency {ALSO}", "Interfax", ()),
        (f'The Danish army {THEN} "We wait," it said.', "Danish army", ()),
        (f"Rosa Lind joined the Valley Council. The council {THEN}", "Valley Council", ("council",)),
        (f"The Northern Observatory, a monitor based in London, {THEN}", "Northern Observatory", ()),
        (f"The Valley Council, a rebel group, {THEN}", "Valley Council", ()),
        (f"State news agency SANA {THEN}", "SANA", ()),
        (f"The Office for the Coordination of Aid {THEN}", "Office for the Coordination of Aid", ()),
        *((f"{name} {THEN}", name, ()) for name in ("Reuters", "AP", "NATO", "Nato", "Isis", "Al-Shabaab", "Moscow")),
        (f"The anti-Assad Northern Observatory {THEN}", "Northern Observatory", ()),
        (f"The UK-opposition Northern Observatory {THEN}", "Northern Observatory", ()),
        (f"A Human Rights Watch report {THEN}", "Human Rights Watch", ()),
        (f"Human Rights Watch (HRW) {THEN} An HRW statement {ALSO}", "Human Rights Watch", ("HRW",)),
        (f"Aleppo Syrian Observatory for Human Rights {THEN}", "Syrian Observatory for Human Rights", ()),
        (f"The Islamic State of Iraq and Syria (ISIS) {THEN}", "Islamic State of Iraq and Syria", ("ISIS",)),
        (f"The Islamic State of Iraq and the Levant {THEN}", "Islamic State of Iraq and the Levant", ()),
    ],
)
def test_a_name_its_acronym_and_what_goes_back_to_it_are_one(text, name, forms, organisations):
    assert organisations(text) == {name: forms}
    assert {quote.organisation for quote in extract(text).quotes} == {0}


@pytest.mark.parametrize(
    "source",
    [
        "Police",
        "The police",
        "The army",
        "The ministry",
        "The Government",
        "The group",
        "A U.S. government agency",
        "Another group",
        "A monitoring group",
        "Local media",
        "Kurdish media",
    ],
)
def test_a_body_that_the_report_does_not_name_is_no_organisation(source):
    found = extract(f"{source} {THEN}")
    assert found.organisations == ()
    assert [(quote.speaker_kind, quote.organisation) for quote in found.quotes] == [("organisation", None)]
    assert found.quotes[0].speaker_name == source.removeprefix("The ").removeprefix("A ")


@pytest.mark.parametrize(
    "text",
    [
        f"Rosa Lind {THEN}",
        f"Mr. Lind {THEN}",
        f"Rosa Lind, head of the Northern Observatory, {THEN}",
        f"ILSE VANDERMEULEN (Belgium) {THEN}",
        f"Rosa Lind Jr. {THEN}",
        f"Police commander Rosa Lind {THEN}",
    ],
)
def test_a_person_is_no_organisation(text, organisations):
    assert organisations(text) == {}
    assert extract(text).quotes[0].speaker_kind == "person"


def test_a_body_named_after_a_person_is_not_that_person(organisations, reported):
    text = f"Rosa Lind {THEN} The Lind Foundation {ALSO} Lind said the bridge was gone."
    assert [speaker for _, speaker in reported(text)] == ["Rosa Lind", "Lind Foundation", "Rosa Lind"]
    assert organisations(text) == {"Lind Foundation": ()}


@pytest.mark.parametrize(
    "name", ["Denmark", "Saudi Arabia", "South Sudan", "North Korea", "United States", "Kuwait City"]
)
def test_a_country_or_its_capital_speaks_for_its_government(name, organisations):
    assert organisations(f"{name} {THEN}") == {name: ()}


def test_a_statement_that_nobody_is_said_to_have_made_is_an_unnamed_source():
    (quote,) = extract(f"The statement {THEN}").quotes
    assert (quote.speaker_kind, quote.speaker_name, quote.organisation) == ("unnamed", "statement", None)


@pytest.mark.parametrize("source", ["A U.S. report", "A Danish report", "A police report"])
def test_whose_report_it_is_stays_open_where_many_may_have_made_it(source):
    (quote,) = extract(f"{source} {THEN}").quotes
    assert (quote.speaker_kind, quote.organisation) == ("unnamed", None)


def test_a_war_is_no_organisation(organisations):
    assert organisations(f"The War on Drugs {THEN}") == {}


def test_what_a_lost_line_break_has_put_before_a_body_is_no_part_of_its_name(organisations):
    text = f"Aid reached the regime Syrian Observatory for Human Rights {THEN}"
    assert organisations(text) == {"Syrian Observatory for Human Rights": ()}


@pytest.mark.parametrize("town", ["Aleppo", "Raqqa", "Idlib"])
def test_a_town_that_is_no_capital_speaks_for_nobody(town, organisations):
    assert organisations(f"{town} {THEN}") == {}


def test_of_two_bodies_of_a_kind_the_last_is_meant(reported):
    text = f"Kabul police {THEN} Herat police {ALSO} The police said the bridge was gone."
    assert [speaker for _, speaker in reported(text)] == ["Kabul police", "Herat police", "Herat police"]


def test_a_place_before_the_name_where_the_comma_is_lost_makes_no_fuller_name(organisations):
    text = f"The Valley Council {THEN} After two attacks in Hama Valley Council members {ALSO} The council {ALSO}"
    assert list(organisations(text)) == ["Valley Council"]


def test_somebody_elses_ministry_is_another(reported, organisations):
    text = f"The Danish ministry {THEN} Norway's ministry {ALSO}"
    assert [speaker for _, speaker in reported(text)] == ["Danish ministry", "Norway's ministry"]
    assert organisations(text) == {"Danish ministry": ()}


def test_who_is_only_spoken_of_is_no_organisation(organisations):
    assert organisations(f"The Valley Council met in Kabul. Reuters {THEN}") == {"Reuters": ()}


def test_mentions_stand_where_the_forms_are_printed():
    text = f"The Northern Observatory (NOS) {THEN} The Observatory {ALSO}"
    (body,) = extract(text).organisations
    assert [text[place.start : place.end] for place in body.mentions] == ["Northern Observatory", "NOS", "Observatory"]


def test_a_press_releases_body_is_not_its_press():
    (body,) = extract('"We are sad," reads an NVC press release of the league.').organisations
    assert body.name == "NVC"
