"""A host name → the address that may be connected to, or a refusal.

The name is resolved once, every address is looked at, and the caller connects to the very address that was looked at:
a name that answers otherwise the second time gains nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from search.errors import FetchRefused

PORTS = {"http": 80, "https": 443}
Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host, as the system knows it. Raises OSError."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public net; those wrapped in IPv6 count as what they wrap."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


NAT64 = ipaddress.ip_network("64:ff9b::/96")


def checked(url: str, test_hosts: Collection[str] = (), resolver: Resolve = resolve) -> tuple[str, str, int, str]:
    """(scheme, host, port, address to connect to) of a web address that may be fetched. Raises FetchRefused.

    `test_hosts` may be fetched on any port although they are not public.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port or PORTS.get(parts.scheme, 0)
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError as error:
        raise FetchRefused(f"{url!r} is no web address ({error}); correct it") from error
    if parts.scheme not in PORTS or not host:
        raise FetchRefused(f"{url!r} is no http or https address; give one")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused(f"the address of {host} holds a user name; leave it out")
    for_tests = host in test_hosts
    if port not in PORTS.values() and not for_tests:
        raise FetchRefused(f"{host} is asked for on port {port}; only 80 and 443 are fetched from")
    try:
        addresses = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise FetchRefused(f"{host} was not found ({error}); check the name and the connection") from error
    if not addresses or not (for_tests or all(map(is_public, addresses))):
        raise FetchRefused(f"{host} leads to an address that is not public; only public hosts are fetched from")
    return parts.scheme, host, port, addresses[0]
