"""Processes that end together: nothing is left running when what started it is gone."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Ask the kernel (Linux) to end this process when ``parent``, which started it, ends in whatever way.

    Does nothing when this process *is* ``parent``: it took its place and was not started by it.
    """
    if os.getpid() == parent:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
