import pytest

from archive.models import Organisation, Outlet, Person
from archive.models.called import called
from tests.factories import make_organisation, make_outlet, make_person

pytestmark = pytest.mark.django_db


def test_all_that_a_page_names_is_read_at_once(django_assert_num_queries):
    wire, vera, police = make_outlet("Wire"), make_person(), make_organisation()
    make_outlet("Gazette")
    gone = vera.pk + 1000
    with django_assert_num_queries(1):
        found = called({Outlet: [wire.pk], Person: [vera.pk, gone], Organisation: [police.pk]})
    assert found == {
        (Outlet, wire.pk): ("wire", "Wire"),
        (Person, vera.pk): ("vera-lindqvist", "Vera Lindqvist"),
        (Organisation, police.pk): ("kabul-police", "Kabul police"),
    }


def test_of_some_kinds_there_may_be_none(django_assert_num_queries):
    wire = make_outlet("Wire")
    assert called({Outlet: [wire.pk]}) == {(Outlet, wire.pk): ("wire", "Wire")}
    with django_assert_num_queries(0):
        assert called({Outlet: [], Person: []}) == {}
