"""What the alternative is, and what it is not, in words for documents and pages."""

from __future__ import annotations

from fotfeste.messages import Message, msg


def what_it_is() -> tuple[Message, ...]:
    """Return the text that goes with the alternative wherever it is shown."""
    return (
        msg(
            "Alternativet viser hva som ville følge om staten fortsatte som før. "
            "Det er laget av anmodninger og folketall fra årene før det året det gjelder."
        ),
        msg(
            "Hver kommunes andel er størrelsen ganger hvor mye mer eller mindre enn størrelsen tilsier den har vært bedt om før. "
            "Størrelsen er folketallet, dempet slik tidligere anmodninger viser. "
            "De nyeste årene teller mest, og en kommune som sjelden er bedt, trekkes mot gjennomsnittet."
        ),
        msg(
            "Anmodningene rommer allerede det fylkeskommunene anbefalte. "
            "Samsvar med dem beskriver tidligere praksis og sier ikke om fordelingen var god."
        ),
        msg("Alternativet er ikke en prognose og ikke en målestokk for de andre alternativene."),
    )
