"""The reply form as data: what is asked, in which words and within which limits.

The fields stand in ``reply_fields.toml``, dated and numbered; the workbook, its reader and a web form are made
from the same description.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from fotfeste.messages import Locale
from fotfeste.settlement.replies import Reply, Service

FieldKind = Literal["persons", "text", "role", "date"]
Words = Mapping[Locale, str]
FormValue = int | str | date
NO_LIMIT = "no_limit"
"""The value of a field of persons where the answer is that the service sets no limit."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question: its stable id, group, kind of answer, words in three languages and limits.

    Numbers are whole persons from 0 to ``most``; from 1 up to ``hide_below`` less one they are refused, since so
    few could be recognised (0: no such limit). Where ``no_limit``, the answer may also be :data:`NO_LIMIT`.
    """

    id: str
    group: str
    kind: FieldKind
    label: Words
    question: Words
    help: Words
    most: int = 0
    hide_below: int = 0
    no_limit: bool = False


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Questions that belong together, in the form's order."""

    id: str
    title: Words
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """The whole form. ``schema`` numbers its layout, ``dated`` says when the questions were last changed.

    ``no_limit`` are the words that :data:`NO_LIMIT` is written with.
    """

    schema: int
    dated: date
    source: str
    title: Words
    intro: Words
    groups: tuple[FormGroup, ...]
    no_limit: Words

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields in the form's order."""
        return tuple(one for group in self.groups for one in group.fields)


@cache
def load_reply_form() -> ReplyForm:
    """Return the form that is shipped."""
    text = (resources.files("fotfeste.settlement") / "reply_fields.toml").read_text("utf-8")
    content = tomllib.loads(text)
    fields = [_field(one) for one in content["field"]]
    return ReplyForm(
        content["schema"],
        content["dated"],
        content["source"],
        content["title"],
        content["intro"],
        tuple(
            FormGroup(
                group["id"],
                {name: text for name, text in group.items() if name in get_args(Locale)},
                tuple(one for one in fields if one.group == group["id"]),
            )
            for group in content["group"]
        ),
        content["no_limit"],
    )


def _field(content: Mapping[str, Any]) -> FormField:
    return FormField(
        content["id"],
        content["group"],
        content["kind"],
        content["label"],
        content["question"],
        content["help"],
        content.get("most", 0),
        content.get("hide_below", 0),
        content.get("no_limit", False),
    )


def reply_from(code: str, values: Mapping[str, FormValue]) -> Reply:
    """Return the reply that ``values`` (field id to checked value; absent means not answered) amount to."""
    services = {service.value for service in Service}
    fields = {one.id: one for one in load_reply_form().fields}
    numbers = {name: value for name, value in values.items() if isinstance(value, int)}
    days = {name: value for name, value in values.items() if isinstance(value, date)}
    return Reply(
        code,
        capacity={Service(name): value for name, value in numbers.items() if name in services},
        unlimited=tuple(one for one in Service if values.get(one.value) == NO_LIMIT),
        own_wish=numbers.get("own_wish"),
        minimum_stock=numbers.get("minimum_stock"),
        minors=numbers.get("minors"),
        extra=numbers.get("extra"),
        texts={name: str(value) for name, value in values.items() if fields[name].kind == "text"},
        approved_by=str(values.get("approved_by", "")),
        outcomes={name: value for name, value in numbers.items() if fields[name].group == "outcomes"},
        approved_on=days.get("approved_on"),
        council_on=days.get("council_on"),
    )


def values_of(reply: Reply) -> dict[str, FormValue]:
    """Return what a reply says by field id: the inverse of :func:`reply_from`."""
    alone = {
        "own_wish": reply.own_wish,
        "extra": reply.extra,
        "minors": reply.minors,
        "minimum_stock": reply.minimum_stock,
        "council_on": reply.council_on,
        "approved_by": reply.approved_by or None,
        "approved_on": reply.approved_on,
    }
    stated: dict[str, FormValue] = {service.value: number for service, number in reply.capacity.items()}
    return {
        **stated,
        **{service.value: NO_LIMIT for service in reply.unlimited},
        **reply.outcomes,
        **reply.texts,
        **{name: value for name, value in alone.items() if value is not None},
    }
