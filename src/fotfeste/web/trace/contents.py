"""The bytes of documents: the same bytes once, whoever refers to them."""

from __future__ import annotations

from fotfeste.web.trace.models import Content


def keep(digest: str, pdf: bytes) -> None:
    """Keep the bytes, and hold them until the transaction ends, so that nobody deletes them as left over meanwhile."""
    while True:
        Content.objects.get_or_create(sha256=digest, defaults={"data": pdf})
        if hold(digest):
            return


def hold(digest: str) -> bool:
    """Hold the bytes until the transaction ends; return whether they are there."""
    return bool(
        Content.objects.select_for_update().filter(sha256=digest).values_list("sha256", flat=True).first()
    )
