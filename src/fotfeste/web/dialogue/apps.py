"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Fotfeste's app ``dialogue``."""

    name = "fotfeste.web.dialogue"
    label = "dialogue"

    def ready(self) -> None:
        """Make known which pages a round has for its dialogue, and what is done for it in the background."""
        from fotfeste.messages import msg
        from fotfeste.web.dialogue import kit  # noqa: F401
        from fotfeste.web.rights.roles import Kind
        from fotfeste.web.rounds.tabs import Tab, add_tab

        add_tab(Tab(msg("Dialog"), "round_dialogue", Kind.INPUT, place=11))
        add_tab(Tab(msg("Møter"), "all_meetings", Kind.MEETING, place=12))
        add_tab(Tab(msg("Behov"), "needs", Kind.NEED, place=13))
        add_tab(Tab(msg("Innspill"), "partner_inputs", Kind.INPUT, place=14, shared=True))
