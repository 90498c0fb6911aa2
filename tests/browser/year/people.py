"""Make the people of one county's settlement year in a running installation; print their session keys as JSON.

Run as a program with the installation's own environment, with the county and its two municipalities. Nobody here exists.
"""

from __future__ import annotations

import json
import os
import sys

PARTNER = "Statsforvalteren"


def main(county: str, first: str, second: str) -> None:
    """Make two advisers, the contacts of two municipalities and a partner, and print the key of a session of each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fotfeste.web.project.settings")
    import django

    django.setup()
    from django.db import transaction

    from tests.browser.people import signed_in

    cast = {
        "adviser": ("county_adviser", "Ragna Rådgiver", {"county": county}),
        "colleague": ("county_adviser", "Kolbein Kollega", {"county": county}),
        "first": ("municipality_contact", "Frida Kontakt", {"municipality": first}),
        "second": ("municipality_contact", "Sander Kontakt", {"municipality": second}),
        "partner": ("partner", "Stine Partner", {"organisation": PARTNER}),
    }
    with transaction.atomic():
        keys = {
            who: signed_in(role, name, place, f"{who}.{county}") for who, (role, name, place) in cast.items()
        }
    json.dump(keys, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
