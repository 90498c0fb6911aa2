"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Fotfeste's app ``rounds``."""

    name = "fotfeste.web.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Make known what is done for rounds in the background, and which pages a round has."""
        from fotfeste.messages import msg
        from fotfeste.web.rights.roles import Action, Kind
        from fotfeste.web.rounds import work  # noqa: F401
        from fotfeste.web.rounds.tabs import Tab, add_tab

        add_tab(Tab(msg("Arbeidet"), "round_room", kind=Kind.WEIGHING, place=10))
        add_tab(Tab(msg("Anbefalingen"), "round", place=20, bundle=True))
        add_tab(Tab(msg("Alternativer"), "round_alternatives", place=22, bundle=True))
        add_tab(Tab(msg("Dokumenter"), "round_documents", action=Action.EXPORT, place=24, bundle=True))
        add_tab(Tab(msg("Kontroll"), "round_check", place=26, bundle=True))
        add_tab(Tab(msg("Vedtak"), "round_adoptions", kind=Kind.WEIGHING, place=60))
