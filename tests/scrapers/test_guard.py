"""Only public hosts are connected to, by the very address that was looked at."""

import pytest

from scrapers.guard import checked, is_public
from search.errors import FetchRefused


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "198.51.100.1",
    ],
)
def test_all_other_addresses_are_not(address: str) -> None:
    assert not is_public(address)


def test_the_address_that_was_looked_at_is_returned() -> None:
    assert checked("https://Ombra.example/a", resolver=lambda _host, _port: ["8.8.8.8"]) == (
        "https",
        "ombra.example",
        443,
        "8.8.8.8",
    )
    assert (
        checked(
            "http://brücke.example", resolver=lambda host, _port: ["8.8.8.8"] if host == "xn--brcke-lva.example" else []
        )[2]
        == 80
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://ombra.example:22/",
        "ftp://ombra.example/",
        "file:///etc/passwd",
        "http://",
        "//ombra.example",
        "javascript:0",
        "http://[",
        "http://user:secret@ombra.example/",
        "http://ombra.example:99999/",
        "gopher://ombra.example:80/",
        "",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused):
        checked(url, resolver=lambda _host, _port: ["8.8.8.8"])


def test_one_address_that_is_not_public_is_enough() -> None:
    with pytest.raises(FetchRefused, match="not public"):
        checked("http://ombra.example/", resolver=lambda _host, _port: ["8.8.8.8", "10.0.0.1"])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
    ],
)
def test_this_machine_is_refused_however_it_is_written(url: str) -> None:
    with pytest.raises(FetchRefused):
        checked(url)


def test_a_host_for_tests_may_be_fetched() -> None:
    assert checked("http://127.0.0.1:8123/", {"127.0.0.1"}) == ("http", "127.0.0.1", 8123, "127.0.0.1")


def test_a_host_that_is_not_found_is_refused() -> None:
    def fail(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(FetchRefused, match="not found"):
        checked("http://ombra.example/", resolver=fail)
