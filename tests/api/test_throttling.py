import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, settings):
    """The status of a request from an address, with what a proxy in front says of it."""
    settings.API_RATE = (2, 86_400)

    def status(address, forwarded_for=None):
        headers = {"X-Forwarded-For": forwarded_for} if forwarded_for else {}
        return client.get("/api/v1/outlets", REMOTE_ADDR=address, headers=headers)

    return status


def test_too_many_requests_are_told_to_wait(ask):
    assert [ask("192.0.2.1").status_code for _ in range(2)] == [200, 200]
    refused = ask("192.0.2.1")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 86_400
    assert refused.json()["detail"].startswith("At most 2 requests are answered in 86400 seconds.")
    assert refused["Access-Control-Allow-Origin"] == "*"


def test_others_are_not_held_to_it(ask):
    assert [ask("192.0.2.1").status_code for _ in range(3)][-1] == 429
    assert ask("192.0.2.2").status_code == 200


def test_a_subscriber_has_one_count_for_all_ipv6_addresses(ask):
    assert [ask(f"2001:db8::{last}").status_code for last in range(1, 4)] == [200, 200, 429]
    assert ask("2001:db8:0:1::1").status_code == 200


def test_without_a_proxy_nobody_gets_another_address_by_saying_so(ask):
    assert [ask("192.0.2.1", f"198.51.100.{last}").status_code for last in range(3)] == [200, 200, 429]


def test_behind_a_proxy_the_address_it_speaks_with_counts(ask, settings):
    settings.NINJA_NUM_PROXIES = 1
    made_up = [ask("127.0.0.1", f"203.0.113.{last}, 198.51.100.7").status_code for last in range(3)]
    assert made_up == [200, 200, 429]
    assert ask("127.0.0.1", "203.0.113.1, 198.51.100.8").status_code == 200


def test_it_can_be_off(ask, settings):
    settings.API_RATE = None
    assert {ask("192.0.2.1").status_code for _ in range(4)} == {200}
