"""Write the public names into `docs/api.md`: what programs may build on, with their signatures.

Usage: `python tools/public_names.py`. Between the words of the page, each block marked `text` under a heading that
names a module is made anew from the module's `__all__`. A test compares, so that no public name changes unseen.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import ModuleType

PAGE = Path(__file__).resolve().parents[1] / "docs" / "api.md"
BLOCK = re.compile(r"^(## `([\w.]+)`\n.*?^```text\n)(.*?)(^```$)", flags=re.MULTILINE | re.DOTALL)


def public(module: ModuleType) -> list[str]:
    """Return the names a module offers: its `__all__`, or else what it defines itself without a leading underscore."""
    if hasattr(module, "__all__"):
        return sorted(module.__all__)
    own = [
        name for name, value in vars(module).items() if getattr(value, "__module__", None) == module.__name__
    ]
    return sorted(name for name in own if not name.startswith("_"))


def described(name: str, value: object) -> Iterator[str]:
    """Return one line for a function or value, and for a class one line for itself and for each public method."""
    if isinstance(value, type):
        yield f"class {name}{_fields(value)}"
        for member, found in sorted(vars(value).items()):
            function = found.__func__ if isinstance(found, classmethod | staticmethod) else found
            if not member.startswith("_") and inspect.isfunction(function):
                yield f"{name}.{member}{_signature(function)}"
            elif not member.startswith("_") and isinstance(found, property):
                yield f"{name}.{member}"
    elif callable(value):
        function = inspect.unwrap(value)
        yield f"{name}{_signature(function)}"
    else:
        yield name


def _signature(function: Callable[..., object]) -> str:
    """Return the parameters without the quotes that postponed annotations carry."""
    return re.sub(r"(: |-> )(['\"])(.*?)\2", r"\1\3", str(inspect.signature(function)))


def _fields(kind: type) -> str:
    if issubclass(kind, Enum):
        return f" = {' | '.join(repr(member.value) for member in kind)}"
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind) if not field.name.startswith("_")]
        return f"({', '.join(names)})"
    return ""


def listing(module_name: str) -> str:
    """Return the block of one module."""
    module = import_module(module_name)
    lines = [line for name in public(module) for line in described(name, getattr(module, name))]
    return "".join(f"{line}\n" for line in lines)


def renewed(page: str) -> str:
    """Return ``page`` with every block as the code is now."""
    return BLOCK.sub(lambda found: found[1] + listing(found[2]) + found[4], page)


def main() -> None:
    """Renew the page."""
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
