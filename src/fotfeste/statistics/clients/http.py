"""Requests over HTTP: at the pace of the host, with bounded waiting, whole answers or a fault that says why not.

The library underneath is urllib3 (MIT, kept by its own maintainers, typed, with no further packages). It checks certificates
against the machine's own store, which is where a county's own proxy has its certificate.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import unquote, urlencode, urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ProxySchemeUnknown,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import parse_url

from fotfeste import __version__
from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.clients.addresses import checked_address, next_address, no_address
from fotfeste.statistics.clients.answers import (
    JSON,
    Answer,
    checked_kind,
    ended,
    is_json,
    retry_after,
    said,
    stated_pace,
    too_large,
)
from fotfeste.statistics.clients.faults import (
    BUSY,
    Refusal,
    SourceFault,
    asked_to_wait,
    cut,
    moved,
    not_now,
    slow,
    unreachable,
    untrusted,
)
from fotfeste.statistics.clients.limits import Limits, Patience, load_limits
from fotfeste.statistics.clients.pace import Clock, Paces, Sleep

log = logging.getLogger(__name__)

PASSING = {BUSY, 500, 502, 503, 504}
REDIRECTS = {301, 302, 303, 307, 308}
_PIECE = 1 << 16
_LARGEST_WORD = 1 << 16


class _Passing(Exception):
    """Something that may pass: ``fault`` is what to say when it does not, ``wait`` what the source asks for."""

    def __init__(self, fault: SourceFault, wait: float | None = None) -> None:
        self.fault = fault
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Request:
    """One request: a POST when there is a ``body`` (JSON), otherwise a GET. ``accept`` are the kinds of answer wanted."""

    url: str
    query: Sequence[tuple[str, str]] = ()
    body: bytes | None = field(default=None, repr=False)
    accept: tuple[str, ...] = (JSON,)

    @property
    def method(self) -> str:
        """GET or POST."""
        return "GET" if self.body is None else "POST"

    @property
    def address(self) -> str:
        """The address with its query."""
        return f"{self.url}?{urlencode(self.query)}" if self.query else self.url


class Http:
    """Sends requests for all clients, one at a time to each host's pace.

    ``clock`` gives seconds that never go back and ``sleep`` waits; ``proxy`` is the address of a proxy, if there is one. All
    three come from the edge: nothing here reads the environment. Raises :class:`SourceFault` for whatever goes wrong.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        sleep: Sleep,
        patience: Patience | None = None,
        user_agent: str = f"fotfeste/{__version__}",
        proxy: str = "",
    ) -> None:
        limits = load_limits()
        self._clock = clock
        self._sleep = sleep
        self._patience = patience or limits.patience
        # A host that no client has stated limits for gets the strictest pace that any interface has.
        slowest = min(limits.interfaces.values(), key=lambda one: one.calls / one.seconds)
        self._paces = Paces(slowest.calls, slowest.seconds, clock=clock, sleep=sleep)
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip"}
        timeout = urllib3.Timeout(connect=self._patience.connect_seconds, read=self._patience.silence_seconds)
        self._pool = _opened(proxy, timeout)

    def __enter__(self) -> Http:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._pool.clear()

    def obey(self, base: str, limits: Limits) -> None:
        """Keep to the pace of an interface at ``base``, beside what its host is held to already."""
        self.obey_pace(base, limits.calls, limits.seconds)

    def obey_pace(self, base: str, calls: int, per_seconds: float) -> None:
        """Keep to at most ``calls`` in ``per_seconds`` seconds at the host of ``base``, beside what holds already.

        A pace so slow that a single wait would be longer than we ever wait is no pace: it is left aside, and told in the log.
        """
        if per_seconds / calls > self._patience.longest_wait_seconds:
            log.warning(
                "%s states a limit of %d calls in %.0f s, which is not followed", base, calls, per_seconds
            )
            return
        self._paces.of(urlsplit(base).netloc).obey(calls, per_seconds)

    def get(
        self, url: str, query: Sequence[tuple[str, str]] = (), accept: tuple[str, ...] = (JSON,)
    ) -> Answer:
        """Return the answer to a GET."""
        return self.send(Request(url, tuple(query), None, accept))

    def post(
        self, url: str, body: bytes, query: Sequence[tuple[str, str]] = (), accept: tuple[str, ...] = (JSON,)
    ) -> Answer:
        """Return the answer to a POST of JSON. Here a POST only asks, so it may be sent again."""
        return self.send(Request(url, tuple(query), body, accept))

    def send(self, request: Request) -> Answer:
        """Return the whole answer to a request; what may pass is tried again, up to a number of times and a bounded wait."""
        checked_address(request.url)
        for attempt in range(1, self._patience.attempts + 1):
            try:
                return checked_kind(self._followed(request), request.accept)
            except _Passing as passing:
                wait = self._patience.wait(attempt) if passing.wait is None else passing.wait
                if wait > self._patience.longest_wait_seconds:
                    raise asked_to_wait(wait, request.url) from passing.fault
                if attempt == self._patience.attempts:
                    raise passing.fault from passing.__cause__
                log.warning(
                    "%s %s: %s; trying again in %.0f s", request.method, request.url, passing.fault.code, wait
                )
                self._paces.of(urlsplit(request.url).netloc).hold(wait)
        raise AssertionError("patience allows at least one attempt")

    def _followed(self, request: Request) -> Answer:
        """Return the answer, following redirects within the same host."""
        address = request.address
        for _ in range(self._patience.redirects + 1):
            answer = self._once(request, address)
            if answer.status not in REDIRECTS:
                return answer
            address = next_address(address, answer, posted=request.body is not None)
        raise moved(msg("Kilden sender oss rundt i ring."), request.url)

    def _once(self, request: Request, address: str) -> Answer:
        """Send once, at the host's pace, and read the whole answer."""
        host = urlsplit(address).netloc
        headers = {**self._headers, "Accept": ", ".join(request.accept)}
        if request.body is not None:
            headers["Content-Type"] = JSON
        pace = self._paces.of(host)
        with pace.turn() as waited:
            began = self._clock()
            answer = self._exchange(request, address, headers)
            took = self._clock() - began
        log.info(
            "%s %s: %d, %d bytes in %.1f s after %.1f s of waiting",
            request.method,
            request.url,
            answer.status,
            len(answer.content),
            took,
            waited,
        )
        if stated := stated_pace(answer.headers):
            self.obey_pace(address, *stated)
        return self._judged(request, answer)

    def _exchange(self, request: Request, address: str, headers: Mapping[str, str]) -> Answer:
        place = request.url
        try:
            response = self._pool.request(
                request.method,
                address,
                body=request.body,
                headers=dict(headers),
                preload_content=False,
                redirect=False,
                retries=False,
            )
            try:
                content = self._content(response, place)
            except BaseException:
                response.close()
                raise
            response.release_conn()
        except SSLError as error:
            raise untrusted(place) from error
        except NewConnectionError as error:
            unknown = isinstance(error, NameResolutionError)
            raise _Passing(unreachable(place, unknown=unknown)) from error
        except (ConnectTimeoutError, ReadTimeoutError) as error:
            raise _Passing(slow(place)) from error
        except (ProtocolError, DecodeError) as error:
            raise _Passing(cut(place)) from error
        except LocationParseError as error:
            raise no_address(address) from error
        except HTTPError as error:
            raise _Passing(unreachable(place, unknown=False)) from error
        return Answer(place, response.status, _headers(response), content)

    def _content(self, response: urllib3.BaseHTTPResponse, place: str) -> bytes:
        """Read an answer to its end, but no more than is taken in and no longer than is waited for."""
        most = self._patience.largest_answer_bytes if response.status < 300 else _LARGEST_WORD
        until = self._clock() + self._patience.whole_answer_seconds
        pieces: list[bytes] = []
        size = 0
        for piece in response.stream(_PIECE, decode_content=True):
            size += len(piece)
            if size > most:
                if response.status >= 300:
                    response.close()
                    break
                raise too_large(most, place)
            if self._clock() > until:
                raise _Passing(slow(place))
            pieces.append(piece)
        return b"".join(pieces)

    def _judged(self, request: Request, answer: Answer) -> Answer:
        """Return an answer that is whole or leads elsewhere; raises what the others mean."""
        if answer.status in PASSING:
            raise _Passing(not_now(answer.status, answer.url), retry_after(answer.headers))
        if answer.status in REDIRECTS:
            return answer
        if answer.status != 200:
            raise Refusal(answer.status, said(answer.content), request.url)
        if JSON in request.accept and is_json(answer.kind) and not ended(answer.content):
            raise _Passing(cut(request.url))
        return answer


def _headers(response: urllib3.BaseHTTPResponse) -> Mapping[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _opened(proxy: str, timeout: urllib3.Timeout) -> urllib3.PoolManager:
    """Return connections that are kept open, through a proxy where there is one; its name and password stand in its address."""
    if not proxy:
        return urllib3.PoolManager(timeout=timeout, retries=False)
    try:
        parts = parse_url(proxy)
        headers = urllib3.make_headers(proxy_basic_auth=unquote(parts.auth)) if parts.auth else None
        address = parts._replace(auth=None).url
        return urllib3.ProxyManager(address, proxy_headers=headers, timeout=timeout, retries=False)
    except (LocationParseError, ProxySchemeUnknown) as error:
        raise InputError(
            "source.proxy",
            msg("Adressen til mellomtjeneren (proxy) kan ikke leses."),
            place="HTTPS_PROXY",
            remedy=msg("Skriv den som «http://navn:port»."),
        ) from error
