"""What goes wrong on the way: every fault is waited out within bounds or told with what, where and what to do."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from email.utils import formatdate
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.statistics.clients.conftest import Clock
from tests.statistics.clients.speaking import SENT, Agencies, Fault

from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import NARROW_SPACE
from fotfeste.statistics.clients import Http, PxWeb2, SourceFault, load_limits
from fotfeste.statistics.clients.answers import retry_after, said, stated_pace

CONFIG = "/v2/config"


def refused(call: Callable[[], object]) -> FotfesteError:
    """The fault that a call ends with; it says what, where and what to do."""
    with pytest.raises(FotfesteError) as caught:
        call()
    problem = caught.value.problem
    assert problem.what.text
    assert problem.place
    assert problem.remedy
    assert caught.value.exit_code in {3, 9}
    return caught.value


def test_a_busy_source_is_waited_for_as_long_as_it_says_in_seconds(
    http: Http, agencies: Agencies, clock: Clock
) -> None:
    agencies.faults = [Fault("status", value=(429, {"Retry-After": "17"}))]
    http.get(agencies.root + CONFIG)
    assert clock.now == pytest.approx(17)
    assert len(agencies.calls) == 2


def test_a_busy_source_is_waited_for_until_the_moment_it_says(
    http: Http, agencies: Agencies, clock: Clock
) -> None:
    moment = formatdate(SENT + 40, usegmt=True)
    agencies.faults = [Fault("status", value=(503, {"Retry-After": moment}))]
    http.get(agencies.root + CONFIG)
    assert clock.now == pytest.approx(40)


@pytest.mark.parametrize("stated", ["", "snart", "-5", "1.5", "Tue, 99 Foo 2026", "٣"])
def test_a_time_to_wait_that_cannot_be_read_gives_our_own_wait(
    http: Http, agencies: Agencies, clock: Clock, stated: str
) -> None:
    agencies.faults = [Fault("status", value=(429, {"Retry-After": stated.encode().decode("latin-1")}))]
    http.get(agencies.root + CONFIG)
    assert clock.now == pytest.approx(load_limits().patience.first_wait_seconds)


def test_a_moment_that_has_passed_is_no_wait(http: Http, agencies: Agencies, clock: Clock) -> None:
    past = formatdate(SENT - 40, usegmt=True)
    agencies.faults = [Fault("status", value=(429, {"Retry-After": past}))]
    http.get(agencies.root + CONFIG)
    assert clock.now == 0


@pytest.mark.parametrize("stated", ["3600", formatdate(SENT + 3600, usegmt=True), "9" * 40])
def test_a_longer_wait_than_ours_ends_with_when_to_come_back(
    http: Http, agencies: Agencies, clock: Clock, stated: str
) -> None:
    agencies.faults = [Fault("status", value=(429, {"Retry-After": stated}))]
    error = refused(lambda: http.get(agencies.root + CONFIG))
    assert error.code == "source.busy"
    assert clock.now == 0
    if len(stated) < 40:
        assert "Prøv igjen om 60 minutter." in str(error)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (429, "source.busy"),
        (500, "source.down"),
        (502, "source.down"),
        (503, "source.down"),
        (504, "source.down"),
    ],
)
def test_what_does_not_pass_ends_after_a_bounded_number_of_tries(
    http: Http, agencies: Agencies, clock: Clock, status: int, code: str
) -> None:
    patience = load_limits().patience
    agencies.faults = [Fault("status", value=(status, {})) for _ in range(50)]
    assert refused(lambda: http.get(agencies.root + CONFIG)).code == code
    assert len(agencies.calls) == patience.attempts
    assert clock.now == pytest.approx(sum(patience.wait(number) for number in range(1, patience.attempts)))


@pytest.mark.parametrize("kind", ["cut", "half", "chunk", "hang up"])
def test_half_an_answer_is_asked_for_again(http: Http, agencies: Agencies, kind: str) -> None:
    agencies.faults = [Fault(kind)]
    assert http.get(agencies.root + CONFIG).content.startswith(b'{"apiVersion"')
    assert len(agencies.calls) == 2


@pytest.mark.parametrize("kind", ["cut", "half", "chunk", "hang up"])
def test_half_answers_for_ever_are_told_as_such(http: Http, agencies: Agencies, kind: str) -> None:
    agencies.faults = [Fault(kind) for _ in range(50)]
    error = refused(lambda: http.get(agencies.root + CONFIG))
    assert error.code == "source.cut"
    assert "er beholdt" in str(error)


def test_a_source_that_falls_silent_is_not_waited_for_for_ever(http: Http, agencies: Agencies) -> None:
    agencies.faults = [Fault("silence")]
    assert http.get(agencies.root + CONFIG).status == 200
    assert len(agencies.calls) == 2


def test_a_source_that_never_speaks_is_told_as_slow(agencies: Agencies, clock: Clock) -> None:
    patience = replace(load_limits().patience, silence_seconds=0.05, attempts=2)
    agencies.faults = [Fault("silence") for _ in range(2)]
    with Http(clock=clock, sleep=clock.sleep, patience=patience) as http:
        assert refused(lambda: http.get(agencies.root + CONFIG)).code == "source.slow"


def test_an_answer_that_drips_is_not_waited_for_longer_than_the_whole_may_take(agencies: Agencies) -> None:
    ticks = iter(range(10_000))
    agencies.faults = [Fault("slow", value=500) for _ in range(10)]
    with Http(clock=lambda: float(next(ticks)), sleep=lambda _: None) as http:
        assert refused(lambda: http.get(agencies.root + CONFIG)).code == "source.slow"


def test_a_web_page_is_not_taken_for_figures(http: Http, agencies: Agencies) -> None:
    agencies.faults = [Fault("page")]
    error = refused(lambda: http.get(agencies.root + CONFIG))
    assert error.code == "source.wrong_kind"
    assert "text/html" in str(error)
    assert len(agencies.calls) == 1


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "text/json", "APPLICATION/JSON", "application/problem+json"]
)
def test_every_way_to_say_json_is_json(http: Http, agencies: Agencies, kind: str) -> None:
    agencies.faults = [Fault("raw", value=(kind, b" {}\n"))]
    assert http.get(agencies.root + CONFIG).content == b" {}\n"


def test_other_kinds_may_be_asked_for(http: Http, agencies: Agencies) -> None:
    agencies.faults = [Fault("raw", value=("text/csv;charset=ISO-8859-1", b"a;b\n"))]
    assert http.get(agencies.root + CONFIG, accept=("text/csv",)).content == b"a;b\n"
    assert agencies.calls[0].headers["accept"] == "text/csv"


@pytest.mark.parametrize("kind", ["raw", "bomb"])
def test_an_answer_larger_than_we_take_in_is_refused_also_when_it_is_packed(
    agencies: Agencies, clock: Clock, kind: str
) -> None:
    most = 1_000_000
    patience = replace(load_limits().patience, largest_answer_bytes=most)
    value = ("application/json", b" " * (2 * most) + b"{}") if kind == "raw" else 30 * most
    agencies.faults = [Fault(kind, value=value)]
    with Http(clock=clock, sleep=clock.sleep, patience=patience) as http:
        error = refused(lambda: http.get(agencies.root + CONFIG))
    assert error.code == "source.too_large"
    assert "1 000 000 byte" in str(error).replace(NARROW_SPACE, " ")
    assert len(agencies.calls) == 1


def test_a_redirect_within_the_host_is_followed(http: Http, agencies: Agencies) -> None:
    agencies.faults = [Fault("redirect", "/old", (301, "/v2/config"))]
    assert b"apiVersion" in http.get(f"{agencies.root}/old/config").content


@pytest.mark.parametrize("status", [307, 308])
def test_a_query_is_sent_again_where_it_was_moved(http: Http, agencies: Agencies, status: int) -> None:
    agencies.faults = [Fault("redirect", "/old", (status, "/v2/tables/99001/data"))]
    body = b'{"selection": [{"variableCode": "Tid", "valueCodes": ["2026"]}]}'
    assert http.post(f"{agencies.root}/old/data", body).status == 200
    assert [call.method for call in agencies.calls] == ["POST", "POST"]


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_query_is_never_turned_into_another_kind_of_request(
    http: Http, agencies: Agencies, status: int
) -> None:
    agencies.faults = [Fault("redirect", "/old", (status, "/v2/config"))]
    assert refused(lambda: http.post(f"{agencies.root}/old/data", b"{}")).code == "source.moved"
    assert len(agencies.calls) == 1


@pytest.mark.parametrize(
    "target",
    ["https://example.org/x", "http://127.0.0.1:1/x", "//example.org/", "", "http://[", "file:///etc"],
)
def test_a_redirect_to_elsewhere_is_told_and_not_followed(
    http: Http, agencies: Agencies, target: str
) -> None:
    agencies.faults = [Fault("redirect", value=(302, target))]
    assert refused(lambda: http.get(agencies.root + CONFIG)).code == "source.moved"
    assert len(agencies.calls) == 1


def test_a_ring_of_redirects_ends(http: Http, agencies: Agencies) -> None:
    agencies.faults = [Fault("redirect", value=(302, CONFIG)) for _ in range(50)]
    assert refused(lambda: http.get(agencies.root + CONFIG)).code == "source.moved"
    assert len(agencies.calls) == load_limits().patience.redirects + 1


def test_a_source_that_is_not_there_is_told_as_out_of_reach(clock: Clock) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Http(clock=clock, sleep=clock.sleep) as http:
        error = refused(lambda: http.get(f"http://127.0.0.1:{port}/config"))
    assert error.code == "source.unreachable"
    assert "mellomtjener" in str(error)


def test_a_proxy_is_asked_in_our_place_with_its_own_name_and_password(
    agencies: Agencies, clock: Clock
) -> None:
    proxy = f"http://bruker:p%40ss@127.0.0.1:{agencies.port}"
    with Http(clock=clock, sleep=clock.sleep, proxy=proxy) as http:
        # The address is nobody's: only the proxy can answer.
        http.get("http://127.0.0.1:9/v2/config")
    (call,) = agencies.calls
    assert call.headers["host"] == "127.0.0.1:9"
    assert call.headers["proxy-authorization"] == "Basic " + b64encode(b"bruker:p@ss").decode()


@pytest.mark.parametrize("proxy", ["proxy.example.org:8080", "socks9://x", "http://["])
def test_a_proxy_that_cannot_be_read_is_told_before_anything_is_sent(clock: Clock, proxy: str) -> None:
    error = refused(lambda: Http(clock=clock, sleep=clock.sleep, proxy=proxy))
    assert error.code == "source.proxy"


def test_a_name_that_leads_nowhere_is_told_as_such(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with Http(clock=clock, sleep=clock.sleep) as http:
        error = refused(lambda: http.get("https://data.ssb.no/api/pxwebapi/v2/config"))
    assert error.code == "source.unreachable"
    assert "Navnet i adressen finnes ikke" in str(error)


@pytest.mark.parametrize(
    "address", ["data.ssb.no", "ftp://data.ssb.no/", "https://", "https://a:b@data.ssb.no/", "http://["]
)
def test_what_is_no_address_is_refused_before_anything_is_sent(http: Http, address: str) -> None:
    assert refused(lambda: http.get(address)).code == "source.address"


def test_nothing_is_sent_in_the_open_except_within_this_machine(http: Http) -> None:
    for address in (
        "http://data.ssb.no/api",
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
    ):
        with pytest.raises(InputError) as caught:
            http.get(address)
        assert caught.value.code == "source.plain"


def test_a_source_whose_certificate_is_not_accepted_is_not_asked_again(
    agencies: Agencies, clock: Clock
) -> None:
    # A server without encryption cannot begin to prove who it is.
    with Http(clock=clock, sleep=clock.sleep) as http:
        error = refused(lambda: http.get(f"https://127.0.0.1:{agencies.port}/config"))
    assert error.code == "source.untrusted"
    assert clock.waits == []


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(clock: Clock, tmp_path: Path) -> None:
    certificate = tmp_path / "made-up.pem"
    certificate.write_bytes(made_up_certificate())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def shake_hands() -> None:
            with suppress(OSError):
                connection, _ = listening.accept()
                with connection, context.wrap_socket(connection, server_side=True):
                    pass

        thread = threading.Thread(target=shake_hands, daemon=True)
        thread.start()
        with Http(clock=clock, sleep=clock.sleep) as http:
            error = refused(lambda: http.get(f"https://127.0.0.1:{listening.getsockname()[1]}/config"))
        thread.join(5)
    assert error.code == "source.untrusted"
    assert "certificate verify failed" in str(error.__cause__)


def made_up_certificate() -> bytes:
    """A key and a certificate for 127.0.0.1 that it has signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "oppdiktet")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2090, 1, 1, tzinfo=UTC))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def test_a_pace_stated_in_an_answer_slows_down_and_never_speeds_up(
    http: Http, agencies: Agencies, clock: Clock
) -> None:
    agencies.extra_headers = {"X-RateLimit-Policy": "40;w=60s"}
    for _ in range(31):
        http.get(agencies.root + CONFIG)
    assert clock.now == pytest.approx(60)
    agencies.extra_headers = {"X-RateLimit-Policy": "2;w=60s"}
    http.get(agencies.root + CONFIG)
    began = clock.now
    for _ in range(4):
        http.get(agencies.root + CONFIG)
    assert clock.now - began > 60


def test_a_pace_that_would_stop_everything_is_not_followed(
    http: Http, agencies: Agencies, clock: Clock
) -> None:
    agencies.extra_headers = {"X-RateLimit-Policy": "1;w=999999s"}
    for _ in range(3):
        http.get(agencies.root + CONFIG)
    assert clock.now == 0


def test_all_clients_of_a_host_share_its_pace(http: Http, agencies: Agencies, clock: Clock) -> None:
    from fotfeste.statistics.clients import Klass

    klass = Klass(http, f"{agencies.root}/klass")
    agencies.klass["131"] = {"codes": [], "changes": [], "corresponds": {}}
    bank = PxWeb2(http, f"{agencies.root}/v2")
    for _ in range(15):
        bank.info("99001")
        klass.changes(131, date(2020, 1, 1))
    assert clock.now == 0
    bank.info("99001")
    assert clock.now == pytest.approx(60)


def test_a_configured_pace_is_kept_beside_the_dated_one(http: Http, agencies: Agencies, clock: Clock) -> None:
    agencies.config |= {"maxCallsPerTimeWindow": 3, "timeWindow": 1}
    bank = PxWeb2(http, f"{agencies.root}/v2")
    bank.size()
    for _ in range(29):
        bank.info("99001")
    assert 9 <= clock.now < 11
    bank.info("99001")
    assert clock.now >= 60


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": " 30 "}, 30.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT", "date": "Wed, 21 Oct 2026 07:27:30 GMT"}, 30.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT", "date": "Wed, 21 Oct 2026 09:00:00 GMT"}, 0.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT", "date": "i dag"}, None),
    ],
)
def test_how_long_a_source_asks_us_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    ("stated", "pace"),
    [
        ("40;w=60s", (40, 60)),
        ("40; w=60", (40, 60)),
        ('"bank";q=100;w=10', (100, 10)),
        ("0;w=60s", None),
        ("40;w=0", None),
        ("mange", None),
        ("", None),
    ],
)
def test_how_a_pace_is_stated(stated: str, pace: tuple[int, int] | None) -> None:
    assert stated_pace({"x-ratelimit-policy": stated}) == pace


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"type":"Parameter error","title":"Non-existent value","status":400}', "Non-existent value"),
        (b'{"error":"Too many values selected"}', "Too many values selected"),
        (b'{"timestamp":1,"status":404,"message":"Classification not found"}', "Classification not found"),
        (b'"bare"', "bare"),
        (b"<html>nei</html>", ""),
        (b"", ""),
        (b"[1]", ""),
        (b'{"title": 3}', ""),
        (b"[" * 100_000, ""),
    ],
)
def test_a_source_is_quoted_in_its_own_words(body: bytes, words: str) -> None:
    assert said(body) == words


def test_the_log_tells_each_call_and_each_wait_and_nobody_configures_it(
    http: Http, agencies: Agencies, caplog: pytest.LogCaptureFixture
) -> None:
    import logging

    with caplog.at_level(logging.INFO, logger="fotfeste"):
        agencies.faults = [Fault("status", value=(503, {}))]
        http.get(agencies.root + CONFIG)
    assert [record.levelname for record in caplog.records] == ["INFO", "WARNING", "INFO"]
    assert "source.down; trying again in 2 s" in caplog.text
    assert logging.getLogger("fotfeste.statistics.clients.http").handlers == []


def test_limits_are_dated_and_say_what_they_rest_on() -> None:
    limits = load_limits()
    bank = limits["ssb_pxweb2"]
    assert (bank.cells, bank.calls, bank.seconds) == (800_000, 30, 60)
    assert all(one.confirmed or one.to_be_confirmed for one in limits.interfaces.values())
    assert all(one.base.startswith("https://") for one in limits.interfaces.values())
    assert limits.dated.year >= 2026


def test_a_fault_of_a_source_is_caught_as_one() -> None:
    assert issubclass(SourceFault, FotfesteError)
    assert SourceFault.exit_code == 9
