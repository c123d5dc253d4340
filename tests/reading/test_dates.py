"""Dates as people write them."""

import pytest

from archive.reading import UnusableDate, parse_date


@pytest.mark.parametrize(
    "text",
    [
        "2018-05-30",
        "2018/5/30",
        "20180530",
        "2018-05-30T23:59:59Z",
        "2018-05-30T10:11:12.123+02:00",
        "2018-05-30 10:00",
        "2018-05-30 10:00:00+00:00",
        "30 May 2018",
        "30th of May, 2018",
        "30-May-2018",
        "May 30, 2018",
        "May 30th 2018",
        " May  30 2018 10:35 ",
        "Wednesday, 30 May 2018",
        "Wed, 30 May 2018 10:00:00 GMT",
        "WEDNESDAY MAY 30 2018",
        "May 30, 2018 at 3:15 p.m.",
        "30 May 2018, 14:05 EST",
        "30 May 2018 at 2354",
        "5/30/2018",
        "30/5/2018",
        "30.05.2018",
        "30-05-2018",
    ],
)
def test_one_day_in_many_forms(text: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert (str(found.earliest), str(found.latest)) == ("2018-05-30", "2018-05-30")


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2018-05", "2018-05-01", "2018-05-31"),
        ("May 2018", "2018-05-01", "2018-05-31"),
        ("Feb. 2016", "2016-02-01", "2016-02-29"),
        ("Sept 2018", "2018-09-01", "2018-09-30"),
        ("2018", "2018-01-01", "2018-12-31"),
    ],
)
def test_months_and_years_are_dates_too(text: str, earliest: str, latest: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert (str(found.earliest), str(found.latest)) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "day"), [("5/5/2016", "2016-05-05"), ("Tuesday 6/7/2016", "2016-06-07"), ("Wed 6/7/2016", "2016-07-06")]
)
def test_numbers_that_can_be_read_one_way_only(text: str, day: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert str(found.earliest) == str(found.latest) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("6/7/2016", "the date 6/7/2016 can be read two ways; write it as 2016-06-07 or 2016-07-06"),
        ("Friday 6/7/2016", "the date Friday 6/7/2016 can be read two ways; write it as 2016-06-07 or 2016-07-06"),
        ("06.07.2016", "the date 06.07.2016 can be read two ways; write it as 2016-06-07 or 2016-07-06"),
        ("6/7/16", "the date 6/7/16 has a year of two digits; write it like 2018-05-30"),
        ("2018-02-30", "the date 2018-02-30 does not exist; write it like 2018-05-30"),
        ("31 June 2018", "the date 31 June 2018 does not exist; write it like 2018-05-30"),
        ("13/13/2016", "the date 13/13/2016 does not exist; write it like 2018-05-30"),
        ("2018-13", "the date 2018-13 does not exist; write it like 2018-05"),
        ("0000-01-01", "the date 0000-01-01 has an impossible year; years from 1600 to 2100 can be used"),
        ("May 3018", "the date May 3018 has an impossible year; years from 1600 to 2100 can be used"),
        ("Friday 30 May 2018", "the date Friday 30 May 2018 contradicts itself; 2018-05-30 was a Wednesday"),
    ],
)
def test_dates_that_cannot_be_used_say_why(text: str, message: str) -> None:
    with pytest.raises(UnusableDate) as raised:
        parse_date(text)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    "text", ["", "yesterday", "3 May", "1 2 3", "on 30 May 2018", "30 May 2018 saw rain", "x" * 1000, "12345678901"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None
