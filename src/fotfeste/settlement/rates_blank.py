"""The file of a municipality's own rates before it is filled in: what may be counted, no amounts, explained to whoever reads it."""

from __future__ import annotations

import re
from importlib import resources
from textwrap import wrap

from fotfeste.messages import Language, Message, msg

FILE = "rates_blank.toml"
WIDTH = 110
"""Characters in a line of a comment."""
COMMENT = "#: "
"""What a line begins with in the file of ours, where a comment goes in."""
KEPT_SPACE = "\N{NO-BREAK SPACE}"


def _as_written(code: str) -> str:
    """Return what is to be written in the file, so that it stands on one line."""
    return code.replace(" ", KEPT_SPACE)


COMMENTS = {
    "opening": msg(
        "Kommunens egne satser til økonomidelen i et saksframlegg om bosetting. Fotfeste har ingen satser. Alt i "
        "hakeparenteser må kommunen selv fylle ut og bekrefte: bytt ut {hole} med et tall. Skriv 0 der det ikke koster noe, "
        "og slett hele delen når den ikke gjelder. Ingenting regnes ut før alt er fylt ut.",
        hole='"[kr]"',
    ),
    "kroner": msg(
        "{kroner} har fem hele tall: år 1 til 5 etter bosettingen. Beløpene gjelder for én person, eller for hele kommunen "
        "uansett antall når det står {per}.",
        kroner='"kroner"',
        per=_as_written('per = "municipality"'),
    ),
    "group": msg(
        "Skriv {minors} når en sats bare gjelder enslige mindreårige, og {others} når den gjelder alle andre.",
        minors=_as_written('group = "minors"'),
        others=_as_written('group = "others"'),
    ),
    "more": msg(
        "Trenger du flere deler, kopierer du en av dem, gir den en ny {id} og skriver et eget navn: {name}.",
        id='"id"',
        name=_as_written('name = "Mobilt helseteam"'),
    ),
    "staying": msg(
        "Valgfritt: hvor stor del av de bosatte kommunen venter bor der i hvert av de fem årene, fra 0 til 1. Fjern tegnet "
        "{sign} foran de tre linjene, og fyll ut.",
        sign="#",
    ),
}
HOLES = {
    "dated": msg("dato, slik: 2027-01-15"),
    "owner": msg("hvem i kommunen som går god for satsene"),
    "source": msg("hvor satsene er hentet fra, med dato"),
    "grant_source": msg("satsene for året, med kilde"),
    "share": msg("andel"),
    "staying_source": msg("kommunens egne gruppetall, med dato"),
}


def blank_rates(words: Language, municipality: str = "") -> str:
    """Return the file to be filled in, for the municipality with that number where it is given."""
    text = (resources.files(__package__) / FILE).read_text("utf-8")
    lines = [
        _comment(COMMENTS[line.removeprefix(COMMENT)], words) if line.startswith(COMMENT) else line
        for line in text.splitlines()
    ]
    whole = "\n".join(lines) + "\n"
    whole = whole.replace("[municipality]", municipality or _hole(msg("kommunenummer"), words))
    return re.sub(
        r"\[(\w+)\]", lambda hole: _hole(HOLES[hole[1]], words) if hole[1] in HOLES else hole[0], whole
    )


def _comment(message: Message, words: Language) -> str:
    lines = wrap(words.text(message), WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"# {line}" for line in lines).replace(KEPT_SPACE, " ")


def _hole(message: Message, words: Language) -> str:
    """Return what is to be filled in, in brackets; within a text of the file, so that it may have none of its quotes."""
    plain = words.text(message).replace('"', "'").replace("\\", "/")
    return f"[{plain}]"
