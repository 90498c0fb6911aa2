"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Fotfeste's app ``dialogue``."""

    name = "fotfeste.web.dialogue"
    label = "dialogue"

    def ready(self) -> None:
        """Make known which pages a round has for its dialogue."""
        from fotfeste.messages import msg
        from fotfeste.web.rights.roles import Kind
        from fotfeste.web.rounds.tabs import Tab, add_tab

        add_tab(Tab(msg("Dialog"), "round_dialogue", Kind.INPUT, place=14))
