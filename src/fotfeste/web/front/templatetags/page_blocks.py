"""The library's blocks in templates: ``{{ table|as_html }}`` and ``{% blocks table row_links=… downloads=… %}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.safestring import SafeString

from fotfeste.reports.blocks import Block
from fotfeste.web.front.blocks import OnPage, block_as_html, blocks_as_html
from fotfeste.web.front.words import reader

register = template.Library()


@register.filter
def as_html(block: Block | tuple[Block, ...] | list[Block]) -> SafeString:
    """Return a block from the library, or several after one another, as they stand on a page."""
    if isinstance(block, tuple | list):
        return blocks_as_html(block, reader())
    return block_as_html(block, reader())


@register.simple_tag
def blocks(
    one_or_more: Block | Sequence[Block],
    /,
    *,
    level: int = 2,
    row_links: Mapping[int, str] | None = None,
    downloads: Sequence[tuple[str, str]] | str = (),
    places: Mapping[str, str] | None = None,
) -> SafeString:
    """Return blocks with more said about how they stand: heading level, links on a table's rows and a map's places, files to download.

    ``{% blocks table row_links=addresses downloads=files %}``; see :class:`fotfeste.web.front.blocks.OnPage`.
    """
    # What a view has left out reaches a tag as an empty text.
    files = () if isinstance(downloads, str) else downloads
    how = OnPage(level, row_links or {}, files, places=places or {})
    if isinstance(one_or_more, Sequence):
        return blocks_as_html(one_or_more, reader(), how)
    return block_as_html(one_or_more, reader(), how)
