"""What is page furniture, and above all what is not."""

import pytest

from archive.reading.furniture import HEAD_RULES, LINE_RULES, TAIL_RULES, furniture, rule_for

LINES = {
    "teaser's heading": ["RELATED STORIES", "Read Also", "Read more »", "You may also like", "Most read:", "More News"],
    "teaser with a label": [
        "More news: Striker stays at the old club",
        "Read also: Governor to resign",
        "Also read: Governor to resign",
        "Related: Governor to resign in spring",
        "RELATED ARTICLE: Governor to resign",
        "See also » Governor to resign",
        "READ: Governor to resign",
        "More from The Daily: Governor to resign",
    ],
    "read more": ["Read more at: http://example.org/x?id=1&utm_source=rss", "Read more about the war here"],
    "share line": [
        "Share this article on Facebook Twitter",
        "Share",
        "Print Tweet Views 1430",
        "Facebook | Twitter | WhatsApp | E-mail",
        "Share on Facebook, Twitter and Telegram",
    ],
    "follow us": ["Follow us on Telegram", "Follow The Daily on Twitter", "Like us on Facebook!", "Follow @daily"],
    "call to subscribe": ["Subscribe to our newsletter", "Sign up for our morning briefing", "Subscribe now!"],
    "newsletter": ["Newsletter", "Our free daily newsletter"],
    "call to click": ["Click here to see the pictures", "Click on the map to enlarge it"],
    "call for the latest news": ["Get the latest from the front in your inbox", "Get our best stories every day"],
    "call for an app": ["Download our free news app"],
    "call for support": ["Support our journalism from one euro a month"],
    "advertisement": ["Advertisement", "ADVERTISEMENT", "— Sponsored content —", "Story continues below advertisement"],
    "copyright": [
        "Copyright © 2018 The Daily",
        "© The Daily",
        "(c) 2018 The Daily",
        "Copyright 2018 The Daily. All rights reserved.",
        "The Daily. All Rights Reserved",
        "This material may not be published, broadcast, rewritten or redistributed.",
    ],
    "agency's credit": ["(Reporting by Jane Roe; Editing by John Doe)", "Editing by John Doe"],
    "picture's credit": ["Image: Jane Roe.", "Photo by Jane Roe/Agency", "File photo: Jane Roe"],
    "tags": ["Tags: war, Kunduz, army"],
    "navigation": [
        "Home > News > Asia",
        "Back to top",
        "Skip to main content",
        "Next article",
        "Leave a comment",
        "Comments (12)",
        "Terms of Use | Privacy Policy | Contact us",
    ],
    "notice of cookies": ["We use cookies to give you the best experience."],
}

TAILS = {
    "related reports and footer": ("The war goes on.", "Related News Governor resigns | Rain Follow us Cookie Policy"),
    "footer with copyright": ("The war goes on. Like Follow", "Copyright © 2018 The Daily Contact Us Careers"),
    "rights": ("The war goes on.", "All rights reserved."),
    "counters and related reports": ("The war goes on. ...", "15 Related Governor Resigns Tags war Kunduz"),
    "comment box": ("The war goes on.", "Discussion Comment via Facebook"),
    "share buttons": ("The war goes on. (Source: The Daily)", "Twitter"),
    "teaser's heading": ("The war goes on.", "Read Also"),
    "time of the update": ("The war goes on.", "Last Update: Tuesday 12 July 2016 08:45 - GMT 05:45 2902"),
    "agency's standards": ("The war goes on.", "Our Standards: The Agency Principles."),
    "agency's credit": ("The war goes on.", "Reporting by Jane Roe in Kabul; Editing by John Doe"),
    "picture's credit": ("Children at play.", "Image: Jane Roe."),
}

NOT_FURNITURE = [
    "Related to the attack, police said three men were held.",
    "More news of the bombing reached the capital on Monday.",
    "More news from the north was expected, he said.",
    "Read more widely, the report says that nobody was spared.",
    "Share prices fell after the attack.",
    "Print shops in the city stayed closed.",
    "Twitter said it had closed the account.",
    "Facebook removed the page after police asked.",
    "Follow-up attacks killed two.",
    "Follow the money, he told reporters.",
    "Subscribers of the channel saw the film first.",
    "Sign-up centres for volunteers were hit.",
    "Click farms in the town had been closed.",
    "Get out of the city, the army told people.",
    "Advertisements for fighters were found in the house.",
    "Copyright law was among the subjects.",
    "Image of the dead man were shown on television.",
    "Photo: the army said the man in it was dead.",
    "Home to three million people, the city fell on Monday.",
    "Reporting by state television said the town had fallen.",
    "Watch towers were built along the border.",
    "Tags were found on the bodies.",
    "Download speeds fell after the cable was cut.",
    "Support for the government is weak in the province.",
    "Comments by the minister were not welcome.",
    "Next week the army will leave, the minister said.",
    "He said: “Read more books.”",
    "The soldiers' names were read. Share of the blame fell on Twitter",
    "A dispute about copyright 2018 led nowhere and the parties went home, police said.",
]


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, lines in LINES.items() for line in lines])
def test_each_rule_finds_its_lines(name: str, line: str) -> None:
    rule = rule_for(line)
    assert rule is not None
    assert rule.name == name
    text = f"Three soldiers died.\n\n{line}\n\nThe war goes on."
    assert [text[span.start : span.end] for span in furniture(text)] == [line]


@pytest.mark.parametrize("line", NOT_FURNITURE)
def test_sentences_of_a_report_are_not_furniture(line: str) -> None:
    assert furniture(f"Three soldiers died.\n\n{line}\n\nThe war goes on.") == ()


@pytest.mark.parametrize(("before", "tail"), list(TAILS.values()), ids=list(TAILS))
def test_a_collapsed_page_ends_in_furniture(before: str, tail: str) -> None:
    text = f"Three soldiers died. {before} {tail}"
    assert [text[span.start : span.end] for span in furniture(text)] == [tail]


def test_several_kinds_may_end_a_collapsed_page() -> None:
    text = "The war goes on. Reporting by Jane Roe; Editing by John Doe Our Standards: The Agency Principles."
    assert [text[span.start : span.end] for span in furniture(text)] == [
        "Reporting by Jane Roe; Editing by John Doe",
        "Our Standards: The Agency Principles.",
    ]


def test_a_caption_keeps_its_words_and_loses_its_credit() -> None:
    text = "Children at play in the camp (Image: Jane Roe)"
    assert [text[span.start : span.end] for span in furniture(text)] == ["(Image: Jane Roe)"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("18.05.2017Get short URL 0 15 The army has left the city.", "Get short URL 0 15"),
        ("18.05.2017 Get short URL 0 85 12 soldiers have died.", "Get short URL 0 85"),
        ("Army leaves city Print Tweet Views 14 The army has left.", "Print Tweet Views 14"),
        ("Army leaves city Twitter font size The army has left.", "Twitter font size"),
    ],
)
def test_a_collapsed_page_begins_with_furniture(text: str, found: str) -> None:
    assert [text[span.start : span.end] for span in furniture(text)] == [found]


def test_the_list_under_a_heading_is_furniture_too() -> None:
    text = "The war goes on.\n\nRead more:\n- Governor resigns\n- Rain in the north\nThe army left."
    assert [text[span.start : span.end] for span in furniture(text)] == [
        "Read more:",
        "- Governor resigns",
        "- Rain in the north",
    ]


def test_a_list_after_other_furniture_is_the_reports() -> None:
    text = "The war goes on.\n\nAdvertisement\n- Three soldiers died\n- The army left"
    assert [text[span.start : span.end] for span in furniture(text)] == ["Advertisement"]


def test_a_wrapped_teaser_is_one_span() -> None:
    text = "The war goes on.\n\nMore news: The striker of the old club says that he\nstays until the summer\n\nMore."
    assert [text[span.start : span.end] for span in furniture(text)] == [
        "More news: The striker of the old club says that he\nstays until the summer"
    ]


def test_every_rule_has_an_example_here() -> None:
    assert {rule.name for rule in LINE_RULES} == set(LINES)
    assert {rule.name for rule in TAIL_RULES} == set(TAILS)
    assert len(HEAD_RULES) == 3
