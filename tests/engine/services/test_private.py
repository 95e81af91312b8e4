"""No service sends anybody to this machine, to its network, or to files."""

import threading

import pytest
from service import Service

from portfolio.refusal import Refusal
from portfolio.services.private import is_private, same_place
from portfolio.services.web import get


@pytest.fixture
def inner():
    """Run another server on this machine, which has something to say."""
    inner = Service()
    inner.says("/secret", b"secret")
    thread = threading.Thread(target=inner.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield inner
    inner.server.shutdown()
    inner.server.server_close()
    thread.join()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]"])
def test_a_redirection_to_this_machine_is_not_followed(service, web, inner, host):
    """Whatever the machine is called, the other server on it is not even asked."""
    address = f"http://{host}:{inner.server.server_port}/secret"
    service.says("/doi", (302, {"Location": address}, b""))
    with pytest.raises(Refusal, match="it leads into a private network"):
        get(web, f"{service.address}/doi", accept="*/*")
    assert inner.asked == []


def test_a_redirection_on_one_server_is_followed(service, web):
    """A service may move within itself, wherever it is."""
    service.says("/doi", (302, {"Location": "/elsewhere"}, b""))
    service.says("/elsewhere", b"here")
    assert get(web, f"{service.address}/doi", accept="*/*").body == b"here"


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("http://127.0.0.1/", True),
        ("http://10.1.2.3/", True),
        ("http://192.168.0.1:8080/x", True),
        ("http://169.254.169.254/latest", True),
        ("http://[::1]/", True),
        ("http://[fe80::1]/", True),
        ("http://8.8.8.8/", False),
        ("http://nobody.invalid/", False),
    ],
)
def test_what_is_private(address, private):
    """Loopback, private and link-local numbers are; a name that nobody knows is not."""
    assert is_private(address) is private


def test_one_server_is_one_scheme_host_and_port():
    """The default port is the one that is not said."""
    assert same_place("http://a.example/x", "HTTP://A.example:80/y")
    assert not same_place("http://a.example/x", "https://a.example/x")
    assert not same_place("http://a.example:1/x", "http://a.example:2/x")
