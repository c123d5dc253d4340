"""Where a request comes from."""

import pytest

from archive.networks import asked_from, login_address, network_of


def test_an_address_that_is_none_has_a_name_too():
    assert network_of("not an address") == network_of("") == "unknown"


@pytest.mark.parametrize(
    ("address", "network", "kept"),
    [
        ("192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("", "unknown", None),
    ],
)
def test_a_subscriber_is_one_network(rf, address, network, kept):
    request = rf.get("/", REMOTE_ADDR=address)
    assert (asked_from(request), login_address(request)) == (network, kept)


@pytest.mark.parametrize(("proxies", "found"), [(0, "127.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.1")])
def test_of_what_is_forwarded_only_our_own_proxies_are_believed(rf, settings, proxies, found):
    settings.NINJA_NUM_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "6.6.6.6, 203.0.113.1, 198.51.100.7"})
    assert asked_from(request) == found
