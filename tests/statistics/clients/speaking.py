"""A server on loopback that speaks PxWebApi v2 and v1, KLASS and FHI Statistikk as they are documented, faults included.

All tables in it are made up. What it answers is worked out from the documentation and not with the clients' own code, so that an
error in how a selection is read shows. ``faults`` are met in order, each by the next request whose path it fits.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import socket
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import prod
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SENT = 1_800_000_000
"""The server's own time in every answer, so that a date in Retry-After means the same on every day."""


@dataclass
class SourceTable:
    """A made-up table: codes by variable. A cell's value is its place in the whole table plus one."""

    id: str
    axes: dict[str, list[str]]
    time: str = "Tid"
    eliminable: tuple[str, ...] = ()
    updated: str = "2026-03-16T07:00:00Z"
    codelists: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """By code list: its codes, each with the codes that it sums."""
    listed_for: dict[str, str] = field(default_factory=dict)
    status: dict[int, str] = field(default_factory=dict)

    def value(self, cell: Mapping[str, str]) -> int:
        place = 0
        for name, codes in self.axes.items():
            place = place * len(codes) + codes.index(cell[name])
        return place + 1

    def total(self, cell: Mapping[str, Sequence[str]]) -> int:
        """The sum over everything that a cell stands for: groups, and variables that are summed away."""
        every = {name: cell.get(name, self.axes[name]) for name in self.axes}
        return sum(
            self.value(dict(zip(every, one, strict=True))) for one in itertools.product(*every.values())
        )


@dataclass
class Call:
    """One request that the server has had."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    headers: dict[str, str]


@dataclass
class Fault:
    """Something that goes wrong with one request whose path contains ``where``."""

    kind: str
    where: str = ""
    value: Any = None


class Stop(Exception):
    """An answer that is not the usual one."""

    def __init__(
        self, status: int, body: Any, kind: str = "application/json", headers: Mapping[str, str] | None = None
    ) -> None:
        self.status = status
        self.body = body
        self.kind = kind
        self.headers = dict(headers or {})


def px_error(status: int, title: str) -> Stop:
    """An error as PxWebApi v2 words it."""
    return Stop(status, {"type": "Parameter error", "title": title, "status": status})


class Agencies:
    """The state of all agencies: tables, limits, faults to come, requests had."""

    def __init__(self) -> None:
        self.tables: dict[str, SourceTable] = {}
        self.config: dict[str, Any] = {
            "apiVersion": "2.3.2",
            "maxDataCells": 800_000,
            "maxCallsPerTimeWindow": 0,
            "timeWindow": 0,
        }
        self.config_v1: dict[str, Any] | None = {
            "maxValues": 50_000,
            "maxCells": 800_000,
            "maxCalls": 300,
            "timeWindow": 60,
            "CORS": True,
        }
        self.most_cells: int | None = None
        """The limit that really holds; the stated one where this is ``None``."""
        self.klass: dict[str, Any] = {}
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.extra_headers: dict[str, str] = {}
        self.release = threading.Event()
        self.port = 0

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def called(self, where: str) -> list[Call]:
        return [call for call in self.calls if where in call.path]

    def fault_for(self, call: Call) -> Fault | None:
        for place, fault in enumerate(self.faults):
            if fault.where in call.path:
                return self.faults.pop(place)
        return None

    def answer(self, call: Call) -> Any:
        """The body of the usual answer; raises :class:`Stop` for any other."""
        steps = [unquote(step) for step in call.path.strip("/").split("/")]
        match steps:
            case ["v2", "config"]:
                return self.config
            case ["v2", "tables"]:
                return self._list(call)
            case ["v2", "tables", table]:
                return self._info(self._table_v2(table))
            case ["v2", "tables", table, "metadata"]:
                return self._metadata_v2(self._table_v2(table), call)
            case ["v2", "tables", table, "data"]:
                return self._data_v2(self._table_v2(table), call)
            case ["v1", _] if "config" in call.query:
                if self.config_v1 is None:
                    raise Stop(400, "Bad Request", "text/plain")
                return self.config_v1
            case ["v1", _, "table", table]:
                if table not in self.tables:
                    raise Stop(404, "<html><title>404</title></html>", "text/html")
                one = self.tables[table]
                return self._metadata_v1(one) if call.method == "GET" else self._data_v1(one, call)
            case ["klass", "classifications", number, what]:
                return self._klass(number, what, call)
            case ["fhi", *rest]:
                return self._fhi([step.lower() for step in rest], call)
        raise Stop(404, "<html><title>404</title></html>", "text/html")

    # PxWebApi v2

    def _table_v2(self, table: str) -> SourceTable:
        if table not in self.tables:
            # SSB's own answer: the status of the body is not that of the message.
            raise Stop(400, {"type": "Parameter error", "title": "Non-existent table", "status": 404})
        return self.tables[table]

    def _info(self, table: SourceTable) -> dict[str, Any]:
        return {
            "id": table.id,
            "label": f"{table.id}: Oppdiktet tabell",
            "updated": table.updated,
            "firstPeriod": table.axes[table.time][0],
            "lastPeriod": table.axes[table.time][-1],
            "discontinued": None,
            "timeUnit": "Annual",
        }

    def _list(self, call: Call) -> dict[str, Any]:
        size, number = int(call.query.get("pageSize", "20")), int(call.query.get("pageNumber", "1"))
        found = [one for one in self.tables.values() if call.query.get("query", "") in one.id]
        return {
            "tables": [self._info(one) for one in found[(number - 1) * size : number * size]],
            "page": {"pageNumber": number, "pageSize": size, "totalPages": -(-len(found) // size)},
        }

    def _codes(self, table: SourceTable, name: str, codelist: str | None) -> dict[str, list[str]]:
        if codelist is None:
            return {code: [code] for code in table.axes[name]}
        if table.listed_for.get(codelist) != name:
            raise px_error(400, "Non-existent codelist")
        return table.codelists[codelist]

    def _metadata_v2(self, table: SourceTable, call: Call) -> dict[str, Any]:
        axes = {
            name: list(self._codes(table, name, call.query.get(f"codelist[{name}]"))) for name in table.axes
        }
        told = dataset(table, axes, [])
        told["note"] = ["En merknad.", "En merknad som må følge med."]
        told["extension"] = {"noteMandatory": {"1": True}}
        for name, dimension in told["dimension"].items():
            offered = [one for one, variable in table.listed_for.items() if variable == name]
            dimension["extension"] = {
                "elimination": name in table.eliminable,
                "codelists": [{"id": one, "label": f"Liste {one}", "type": "Aggregation"} for one in offered],
            }
        return told

    def _data_v2(self, table: SourceTable, call: Call) -> dict[str, Any]:
        if call.method == "GET":
            raise Stop(404, "<html><title>404</title></html>", "text/html")
        chosen: dict[str, dict[str, list[str]]] = {}
        for one in call.body["selection"]:
            name = one["variableCode"]
            if name not in table.axes:
                raise px_error(400, "Non-existent variable")
            known = self._codes(table, name, one.get("codelist"))
            codes = [
                code
                for wanted in one["valueCodes"]
                for code in expression_v2(wanted, list(known), time=name == table.time)
            ]
            chosen[name] = {code: known[code] for code in known if code in codes}
        if any(name not in chosen and name not in table.eliminable for name in table.axes):
            raise px_error(400, "Missing selection for mandantory variable")
        most = self.most_cells or self.config["maxDataCells"]
        if prod(len(codes) for codes in chosen.values()) > most:
            raise px_error(400, "Too many cells selected")
        return filled(table, {name: chosen[name] for name in table.axes if name in chosen})

    # PxWebApi v1

    def _metadata_v1(self, table: SourceTable) -> dict[str, Any]:
        variables = []
        for name, codes in table.axes.items():
            variable: dict[str, Any] = {
                "code": name,
                "text": name.lower(),
                "values": codes,
                "valueTexts": [f"Navn på {code}" for code in codes],
            }
            if name in table.eliminable:
                variable["elimination"] = True
            if name == table.time:
                variable["time"] = True
            variables.append(variable)
        return {"title": f"{table.id}: Oppdiktet tabell", "variables": variables}

    def _data_v1(self, table: SourceTable, call: Call) -> dict[str, Any]:
        if call.body["response"]["format"] != "json-stat2":
            raise Stop(400, {"error": "Parameter error"})
        chosen: dict[str, dict[str, list[str]]] = {}
        for one in call.body["query"]:
            name, kind, values = one["code"], one["selection"]["filter"], one["selection"]["values"]
            if name not in table.axes:
                raise Stop(400, {"error": "Parameter error"})
            wrong = Stop(
                400, {"error": f"The request for variable '{name}' has an error. Please check your query."}
            )
            known = {code: [code] for code in table.axes[name]}
            if kind.startswith(("agg:", "vs:")):
                listed = kind.replace(":", "_")
                if table.listed_for.get(listed) != name or "*" in values:
                    raise wrong
                known = table.codelists[listed]
            elif kind == "top":
                number = int(values[0])
                values = table.axes[name][-number:] if name == table.time else table.axes[name][:number]
            elif kind == "all":
                patterns = [re.compile(".*".join(map(re.escape, value.split("*")))) for value in values]
                values = [code for code in known if any(one.fullmatch(code) for one in patterns)]
            if not values or any(value not in known for value in values):
                raise wrong
            chosen[name] = {code: known[code] for code in known if code in values}
        for name, codes in table.axes.items():
            if name not in chosen and name not in table.eliminable:
                chosen[name] = {code: [code] for code in codes}
        stated = self.config_v1 or {"maxCells": 800_000, "maxValues": 50_000}
        most = self.most_cells or stated["maxCells"]
        too_wide = sum(len(codes) for codes in chosen.values()) > stated.get("maxValues", 50_000)
        if too_wide or prod(len(codes) for codes in chosen.values()) > most:
            raise Stop(403, {"error": "Too many values selected"})
        return filled(table, {name: chosen[name] for name in table.axes if name in chosen})

    # KLASS

    def _klass(self, number: str, what: str, call: Call) -> Any:
        if "json" not in call.headers.get("accept", ""):
            raise Stop(200, "<codeList/>", "application/xml;charset=UTF-8")
        if number not in self.klass:
            told = {"status": 404, "message": f"Classification not found with id = {number}"}
            raise Stop(404, told)
        known = self.klass[number]
        if what in {"codes", "codesAt"}:
            first, end = _days(call)
            rows = [row for row in known["codes"] if row["from"] < end and (row["to"] or "9999") > first]
            asked = what == "codes"
            return {
                "codes": [
                    {
                        "code": row["code"],
                        "parentCode": None,
                        "level": "1",
                        "name": row["name"],
                        "shortName": "",
                        "presentationName": "",
                        "validFrom": None,
                        "validTo": None,
                        "notes": "",
                    }
                    | (
                        {
                            "validFromInRequestedRange": max(row["from"], first),
                            "validToInRequestedRange": min(row["to"] or end, end),
                        }
                        if asked and end != "9999"
                        else {}
                    )
                    for row in rows
                ]
            }
        if what == "changes":
            first, end = call.query["from"], call.query.get("to", "9999")
            return {"codeChanges": [row for row in known["changes"] if first <= row["changeOccurred"] < end]}
        pairs = known["corresponds"].get(call.query["targetClassificationId"])
        if pairs is None:
            raise Stop(404, {"message": f"Classification {number} has no correspondence table"})
        return {"correspondenceItems": pairs}

    # FHI Statistikk

    def _fhi(self, steps: Sequence[str], call: Call) -> Any:
        match steps:
            case ["common", "source"]:
                return [{"id": "nokkel", "title": "Folkehelsestatistikk", "description": "", "aboutUrl": ""}]
            case ["nokkel", "table"]:
                after = call.query.get("modifiedAfter", "")
                return [self._fhi_table(one) for one in self.tables.values() if one.updated[:10] >= after]
            case ["nokkel", "table", table, *rest]:
                if table not in self.tables:
                    raise Stop(404, {"status": "Table not found"})
                one = self.tables[table]
                return self._fhi_part(one, rest, call)
        raise Stop(404, {"status": "Not found"})

    def _fhi_table(self, table: SourceTable) -> dict[str, Any]:
        return {
            "tableId": int(table.id),
            "title": "Oppdiktet tabell",
            "publishedAt": "2023-06-20T08:00:00",
            "modifiedAt": table.updated,
        }

    def _fhi_part(self, table: SourceTable, rest: Sequence[str], call: Call) -> Any:
        if not rest:
            return self._fhi_table(table)
        if rest == ["query"]:
            dimensions = [
                {"code": name, "filter": "item", "values": codes} for name, codes in table.axes.items()
            ]
            return {"dimensions": dimensions, "response": {"format": "json-stat2", "maxRowCount": 50_000}}
        if rest == ["dimension"]:
            return {
                "dimensions": [
                    {"code": name, "label": f"Navn på {name}", "categories": nested(codes)}
                    for name, codes in table.axes.items()
                ]
            }
        if rest == ["flag"]:
            return [{"title": ":", "text": "Anonymisert"}, {"title": "..", "text": "Mangler data"}]
        chosen: dict[str, dict[str, list[str]]] = {}
        for one in call.body["dimensions"]:
            known, kind, values = table.axes.get(one["code"]), one["filter"], one["values"]
            if known is None:
                raise Stop(400, {"status": "Invalid dimension"})
            if kind == "top":
                values = known[: int(values[0])]
            elif kind == "all":
                patterns = [re.compile(".*".join(map(re.escape, value.split("*")))) for value in values]
                values = [code for code in known if any(one.fullmatch(code) for one in patterns)]
            if any(value not in known for value in values):
                raise Stop(400, {"status": "Invalid category"})
            chosen[one["code"]] = {code: [code] for code in known if code in values}
        if set(chosen) != set(table.axes):
            raise Stop(400, {"status": "All dimensions must be specified"})
        most = min(call.body["response"].get("maxRowCount", 10**9), self.most_cells or 10**9)
        if prod(len(codes) for codes in chosen.values()) > most:
            raise Stop(400, {"status": "Number of rows exceeds maxRowCount"})
        told = filled(table, {name: chosen[name] for name in table.axes})
        # FHI's way: a list for the index, no roles, and a time that is that of the answer.
        for dimension in told["dimension"].values():
            dimension["category"]["index"] = list(dimension["category"]["index"])
        told |= {
            "role": None,
            "source": None,
            "href": None,
            "updated": f"2026-11-21T10:00:{len(self.calls):02d}+00:00",
        }
        return told


def nested(codes: Sequence[str]) -> list[dict[str, Any]]:
    """Codes as a tree: counties above the municipalities whose numbers begin alike."""
    above = [code for code in codes if not any(code != one and code.startswith(one) for one in codes)]
    return [
        {
            "value": code,
            "label": f"Navn på {code}",
            "children": [
                {"value": below, "label": f"Navn på {below}", "children": None}
                for below in codes
                if below != code and below.startswith(code)
            ],
        }
        for code in above
    ]


def _days(call: Call) -> tuple[str, str]:
    if "date" in call.query:
        return call.query["date"], call.query["date"] + "T"
    return call.query["from"], call.query.get("to", "9999")


def expression_v2(expression: str, codes: list[str], *, time: bool) -> list[str]:
    """The codes that an expression chooses, as PxWebApi v2's program does it."""
    if expression in codes:
        return [expression]
    if match := re.fullmatch(r"(?i)(top|bottom)\((\d+)(?:,(\d+))?\)", expression):
        number, skip = int(match[2]), int(match[3] or 0)
        newest_first = (match[1].lower() == "top") is time
        ordered = codes[::-1] if newest_first else codes
        return ordered[skip : skip + number]
    if match := re.fullmatch(r"(?i)from\((.+)\)", expression):
        return codes[codes.index(match[1]) :]
    if match := re.fullmatch(r"(?i)to\((.+)\)", expression):
        return codes[: codes.index(match[1]) + 1]
    if "*" in expression or "?" in expression:
        pattern = re.escape(expression).replace(r"\*", ".*").replace(r"\?", ".")
        return [code for code in codes if re.fullmatch(pattern, code)]
    raise px_error(400, "Non-existent value")


def dataset(table: SourceTable, axes: Mapping[str, Sequence[str]], value: list[int | None]) -> dict[str, Any]:
    """JSON-stat 2 with these codes and values."""
    return {
        "version": "2.0",
        "class": "dataset",
        "label": f"{table.id}: Oppdiktet tabell",
        "source": "Statistisk sentralbyrå (oppdiktet)",
        "updated": table.updated,
        "role": {"time": [table.time]} if table.time in axes else {},
        "id": list(axes),
        "size": [len(codes) for codes in axes.values()],
        "dimension": {
            name: {
                "label": name.lower(),
                "category": {
                    "index": {code: place for place, code in enumerate(codes)},
                    "label": {code: f"Navn på {code}" for code in codes},
                },
            }
            for name, codes in axes.items()
        },
        "value": value,
    }


def filled(table: SourceTable, chosen: Mapping[str, Mapping[str, list[str]]]) -> dict[str, Any]:
    """JSON-stat 2 with the cells that were chosen; hidden ones have a mark and no value."""
    value: list[int | None] = []
    status: dict[str, str] = {}
    for place, cell in enumerate(itertools.product(*chosen.values())):
        stands_for = {name: chosen[name][code] for name, code in zip(chosen, cell, strict=True)}
        number = table.total(stands_for)
        mark = table.status.get(number)
        value.append(None if mark else number)
        if mark:
            status[str(place)] = mark
    told = dataset(table, {name: list(codes) for name, codes in chosen.items()}, value)
    if status:
        told["status"] = status
    return told


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    agencies: Agencies

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Say the server's own time."""
        del timestamp
        return formatdate(SENT, usegmt=True)

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def _serve(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(method, parts.path, query, body, headers)
        self.agencies.calls.append(call)
        fault = self.agencies.fault_for(call)
        try:
            if fault:
                self._fail(fault, call)
            else:
                self._send(200, self.agencies.answer(call))
        except Stop as stop:
            self._send(stop.status, stop.body, stop.kind, stop.headers)

    def _fail(self, fault: Fault, call: Call) -> None:
        match fault.kind:
            case "status":
                status, headers = fault.value
                raise Stop(status, "Prøv igjen", "text/plain", headers)
            case "refuse":
                status, said = fault.value
                raise Stop(status, said)
            case "page":
                raise Stop(200, "<html><title>Vedlikehold</title></html>", "text/html; charset=utf-8")
            case "redirect":
                status, target = fault.value
                raise Stop(status, "", "text/plain", {"Location": target})
            case "cut":
                content = json.dumps(self.agencies.answer(call)).encode()
                self._head(200, {"Content-Length": str(len(content)), "Content-Type": "application/json"})
                self.wfile.write(content[: len(content) // 2])
                self._hang_up()
            case "half":
                # Half of it, and an end that looks like one: no length, and the connection is closed.
                content = json.dumps(self.agencies.answer(call)).encode()
                self._head(200, {"Connection": "close", "Content-Type": "application/json"})
                self.wfile.write(content[: len(content) // 2])
                self._hang_up()
            case "chunk":
                self._head(200, {"Transfer-Encoding": "chunked", "Content-Type": "application/json"})
                self.wfile.write(b'400\r\n{"halv":')
                self._hang_up()
            case "hang up":
                self._hang_up()
            case "silence":
                self.agencies.release.wait(10)
                self._hang_up()
            case "slow":
                self._head(200, {"Transfer-Encoding": "chunked", "Content-Type": "application/json"})
                for _ in range(fault.value):
                    self.wfile.write(b"1\r\n \r\n")
                self.wfile.write(b"2\r\n{}\r\n0\r\n\r\n")
            case "raw":
                kind, content = fault.value
                self._head(200, {"Content-Type": kind, "Content-Length": str(len(content))})
                self.wfile.write(content)
            case "bomb":
                content = gzip.compress(b" " * fault.value + b"{}")
                self._head(
                    200,
                    {
                        "Content-Type": "application/json",
                        "Content-Encoding": "gzip",
                        "Content-Length": str(len(content)),
                    },
                )
                self.wfile.write(content)
            case "do":
                fault.value()
                self._send(200, self.agencies.answer(call))
            case _:
                raise AssertionError(fault.kind)

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**self.agencies.extra_headers, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def _send(
        self,
        status: int,
        body: Any,
        kind: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        content = body.encode() if isinstance(body, str) else json.dumps(body, ensure_ascii=False).encode()
        packed = "gzip" in self.headers.get("Accept-Encoding", "") and len(content) > 1000
        told = {"Content-Type": kind, **(headers or {})}
        if packed:
            content = gzip.compress(content, 1)
            told["Content-Encoding"] = "gzip"
        self._head(status, {**told, "Content-Length": str(len(content))})
        self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = True

    broken: list[BaseException]

    def handle_error(self, *_: Any) -> None:
        """Keep what went wrong in here; clients that leave are part of the tests."""
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError):
            self.broken.append(error)


@contextmanager
def speaking() -> Iterator[Agencies]:
    """Run the server for as long as the block lasts."""
    agencies = Agencies()
    handler = type("Handler", (_Handler,), {"agencies": agencies})
    server = _Server(("127.0.0.1", 0), handler)
    server.broken = []
    agencies.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield agencies
    finally:
        agencies.release.set()
        server.shutdown()
        thread.join()
        server.socket.close()
    assert server.broken == []
