from django.urls import set_script_prefix

from archive.models import Article, Outlet


def test_each_record_has_an_address_of_its_own():
    assert Outlet(slug="wire").get_absolute_url() == "/outlets/wire/"
    assert Outlet(slug="gazette").get_absolute_url() == "/outlets/gazette/"
    assert Article(pk=1, slug="bridge").get_absolute_url() == "/reports/1/bridge/"
    assert Article(pk=1, slug="mill").get_absolute_url() == "/reports/1/mill/"


def test_an_address_begins_where_the_archive_is_served():
    wire = Outlet(slug="wire")
    try:
        set_script_prefix("/archive/")
        assert wire.get_absolute_url() == "/archive/outlets/wire/"
    finally:
        set_script_prefix("/")
    assert wire.get_absolute_url() == "/outlets/wire/"
