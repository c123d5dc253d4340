"""Where a request comes from, as far as its address and the proxies in front tell."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

IPV6_CUSTOMER = 64  # bits of an IPv6 address that a subscriber does not choose


def network_of(address: str) -> str:
    """The address, or the network that one subscriber has all addresses of.

    >>> network_of("2001:db8:1:2:3:4:5:6")
    '2001:db8:1:2::/64'
    >>> network_of("192.0.2.7")
    '192.0.2.7'
    """
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped  # as a socket for both kinds writes it
    if isinstance(found, IPv6Address):
        return str(ip_network((int(found), IPV6_CUSTOMER), strict=False))
    return str(found)


def asked_from(request: HttpRequest) -> str:
    """The network that asks; of the addresses in X-Forwarded-For the one that the outermost of our own proxies wrote,
    and none where there is no proxy (NINJA_NUM_PROXIES)."""
    return network_of(BaseThrottle().get_ident(request) or "")


def login_address(request: HttpRequest) -> str | None:
    """The same as an address that the database can keep; None where it is not known."""
    network = asked_from(request).partition("/")[0]
    return None if network == "unknown" else network
