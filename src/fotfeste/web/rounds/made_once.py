"""What takes seconds to make is made once in a process, also when two ask for it at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


class MadeOnce(Generic[Asked, Made]):
    """A function whose newest ``room`` answers are kept; who asks while one is made, waits for that one.

    Other answers are made meanwhile. An error reaches everyone who waited, and is not kept.
    """

    def __init__(self, make: Callable[Asked, Made], room: int) -> None:
        self._make = make
        self._room = room
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self._under_way: dict[Hashable, Future[Made]] = {}

    def __call__(self, *args: Asked.args, **named: Asked.kwargs) -> Made:
        """Return the answer, made now or before."""
        key = (args, tuple(sorted(named.items())))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            waited_for = self._under_way.get(key)
            if waited_for is None:
                mine: Future[Made] = Future()
                self._under_way[key] = mine
        if waited_for is not None:
            return waited_for.result()
        try:
            made = self._make(*args, **named)
        except BaseException as error:
            with self._lock:
                del self._under_way[key]
            mine.set_exception(error)
            raise
        with self._lock:
            del self._under_way[key]
            self._kept[key] = made
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
        mine.set_result(made)
        return made

    def forget(self) -> None:
        """Keep nothing of what is made."""
        with self._lock:
            self._kept.clear()


def made_once(room: int) -> Callable[[Callable[Asked, Made]], MadeOnce[Asked, Made]]:
    """Make a function keep its newest ``room`` answers, each made once. What it is asked with must be hashable."""
    return lambda make: MadeOnce(make, room)
