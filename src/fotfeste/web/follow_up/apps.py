"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """Fotfeste's app ``follow_up``."""

    name = "fotfeste.web.follow_up"
    label = "follow_up"

    def ready(self) -> None:
        """Make known which pages of a round are here."""
        from fotfeste.messages import msg
        from fotfeste.web.rights.roles import Kind
        from fotfeste.web.rounds.tabs import Tab, add_tab

        add_tab(Tab(msg("Oppfølging"), "follow_up", kind=Kind.OUTCOME, place=90))
