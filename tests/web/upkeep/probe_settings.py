"""The real settings with one page more, which saves what it is sent: for tests that kill a server while it saves."""

from __future__ import annotations

from fotfeste.web.project.settings import *  # noqa: F403

ROOT_URLCONF = "tests.web.upkeep.probe_urls"
