"""What the frame of every page shows has names of its own: no view gives them to something else.

A view's names go before those of the frame (:mod:`fotfeste.web.front.context`): a page whose view called its filters
``languages`` once lost the choice of language.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from fotfeste import web
from fotfeste.web.front.context import every_page

SOURCES = Path(web.__file__).parent
OWN_ACCOUNT = frozenset({"person"})
"""The same as ``signed_in_as``, which the frame uses; pages about people may have another there."""


def frame() -> frozenset[str]:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return frozenset(every_page(request)) - OWN_ACCOUNT


def given(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The names that the views of a module give their templates: what is rendered with, and the dicts that it is made of."""
    for function in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.Lambda)):
        here = [one for one in ast.walk(function) if isinstance(one, ast.Call) and called(one) in RENDERS]
        contexts = [context for one in here if (context := handed(one)) is not None]
        named = {one.id for context in contexts for one in ast.walk(context) if isinstance(one, ast.Name)}
        for context in contexts:
            yield from keys(context)
        for one in ast.walk(function):
            if isinstance(one, ast.Assign | ast.AnnAssign | ast.AugAssign) and one.value is not None:
                targets = one.targets if isinstance(one, ast.Assign) else [one.target]
                for target in targets:
                    if isinstance(target, ast.Name) and target.id in named:
                        yield from keys(one.value)
                    elif isinstance(target, ast.Subscript) and ast.unparse(target.value) in named:
                        yield target.lineno, ast.unparse(target.slice).strip("'")


RENDERS = {"render": 2, "TemplateResponse": 2}


def called(one: ast.Call) -> str:
    return one.func.id if isinstance(one.func, ast.Name) else ""


def handed(one: ast.Call) -> ast.expr | None:
    by_name = next((each.value for each in one.keywords if each.arg == "context"), None)
    place = RENDERS[called(one)]
    return by_name or (one.args[place] if len(one.args) > place else None)


def keys(value: ast.expr) -> Iterator[tuple[int, str]]:
    """The names in a dict as it is written, also one joined of several; not those of dicts within it."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr):
        yield from keys(value.left)
        yield from keys(value.right)
    elif isinstance(value, ast.Dict):
        for key, inner in zip(value.keys, value.values, strict=True):
            if key is None:
                yield from keys(inner)
            elif isinstance(key, ast.Constant):
                yield key.lineno, str(key.value)
    elif isinstance(value, ast.Call) and called(value) == "dict":
        yield from ((value.lineno, each.arg) for each in value.keywords if each.arg)


def taken(source: str) -> list[tuple[int, str]]:
    return sorted({one for one in given(ast.parse(source)) if one[1] in frame()})


def test_no_view_gives_a_name_of_the_frame_to_something_of_its_own() -> None:
    found = {
        path.relative_to(SOURCES).as_posix(): some
        for path in sorted(SOURCES.rglob("*.py"))
        if (some := taken(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "lines",
    [
        'return render(request, "a.html", {"languages": []})',
        'shown = {"q": "", "languages": []}\n    return render(request, "a.html", shown)',
        'shown: dict = {}\n    shown |= {"languages": []}\n    return render(request, "a.html", shown)',
        'shown = {}\n    shown["languages"] = []\n    return render(request, "a.html", shown | {"b": 1})',
        'more = {"languages": []}\n    return render(request, "a.html", {**more, "b": 1})',
        'return TemplateResponse(request, "a.html", context={**{"languages": []}})',
        'return render(request, "a.html", dict(languages=[]))',
    ],
)
def test_a_name_of_the_frame_is_found_however_a_view_gives_it(lines: str) -> None:
    assert [name for _, name in taken(f"def view(request):\n    {lines}\n")] == ["languages"]


def test_what_stands_within_something_of_a_views_own_takes_no_name_from_the_frame() -> None:
    source = (
        'def view(request):\n    return render(request, "a.html", {"rows": [{"languages": 1, "owner": 2}]})\n'
    )
    assert taken(source) == []
