"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WeighingConfig(AppConfig):
    """Fotfeste's app ``weighing``."""

    name = "fotfeste.web.weighing"
    label = "weighing"

    def ready(self) -> None:
        """Make known which pages a round has here."""
        from fotfeste.messages import msg
        from fotfeste.web.rights.roles import Kind
        from fotfeste.web.rounds.tabs import Tab, add_tab

        add_tab(Tab(msg("Avveiing"), "round_weighing", Kind.WEIGHING, place=15))
