"""The date a report states as its own."""

import pytest

from archive.reading.published import is_date_line, published

TITLE = "Army leaves northern town - World - The Daily"


def day(text: str, header: str = "") -> str | None:
    found, _ = published(TITLE, header, text)
    return str(found.earliest) if found else None


@pytest.mark.parametrize(
    "text",
    [
        "Published: 30 May 2016\n\nThe army left.",
        "Published: 2016-05-30T10:00:00Z\n\nThe army left.",
        "Date: May 30, 2016\nThe army left.",
        "By Jane Roe\nPosted on May 30, 2016 by Jane Roe\n\nThe army left.",
        "Published May 30 2016 The army left the town.",
        "Date of publication 30 May 2016 The army left the town.",
        "Monday, May 30, 2016\xa0\n\nThe army left.",
        "30 May 2016 14:05 GMT\n\nThe army left.",
        "Monday 30 May 2016 The army left the town.",
        "Monday 30 May 2016 22:33 The army left the town.",
        "Mon May 30 2016 at 2354 Regional - The army left.",
        "Army leaves northern town AFP Monday 30 May 2016 The army left.",
        "Army leaves northern town 30 May 2016 The army left.",
        "30-05-2016 Army leaves northern town. The army left.",
    ],
)
def test_a_stated_date_is_found(text: str) -> None:
    assert day(text) == "2016-05-30"


def test_a_date_before_the_title_is_found() -> None:
    assert day("The army left.", header="30 May 2016\n") == "2016-05-30"


def test_a_stated_month_keeps_its_width() -> None:
    found, _ = published(TITLE, "", "Date: May 2016\n\nThe army left.")
    assert found is not None
    assert (str(found.earliest), str(found.latest)) == ("2016-05-01", "2016-05-31")


@pytest.mark.parametrize(
    "text",
    [
        "On Monday 30 May 2016 the army left the town.",
        "Monday 30 May 2016 was the worst day of the war.",
        "Monday, 30 May 2016, saw the army leave.",
        "30 May 2016 brought no peace.",
        "Published on 30 May 2016, the report of the commission says that nobody was spared.",
        "Published 30 May 2016 by the commission, the report says so.",
        "Updated: 30 May 2016\n\nThe army left.",
        "Last updated at 30 May 2016 The army left.",
        "2016\n\nThe army left.",
        "The army left on Sunday.\n\nIt came back on 30 May 2016.",
        "KABUL, May 30 (Agency) — The army left.",
        "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\n30 May 2016",
        "",
    ],
)
def test_the_date_of_an_event_or_an_update_is_not(text: str) -> None:
    assert published(TITLE, "", text) == (None, ())


def test_an_ambiguous_date_is_left_out_with_a_remark() -> None:
    assert published(TITLE, "", "Published: 6/7/2016\n\nThe army left.") == (
        None,
        ("the date 6/7/2016 can be read two ways and was left out; write it as 2016-06-07 or 2016-07-06",),
    )


def test_a_weekday_that_contradicts_its_date_is_left_out_with_a_remark() -> None:
    assert published(TITLE, "", "Friday 30 May 2016 The army left.") == (
        None,
        ("the date Friday 30 May 2016 contradicts itself and was left out; 2016-05-30 was a Monday",),
    )


def test_a_usable_date_makes_remarks_on_others_needless() -> None:
    found, remarks = published(TITLE, "", "Published: 6/7/2016\n7 June 2016\n\nThe army left.")
    assert found is not None
    assert remarks == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("30 May 2016", True),
        ("6/7/2016", True),
        ("Published: 30 May 2016", True),
        ("Published May 30 2016 The army left", False),
        ("2016", False),
        ("Army leaves town", False),
    ],
)
def test_lines_that_are_only_dates(line: str, expected: bool) -> None:
    assert is_date_line(line) is expected
