"""Reports: one block model, and the documents that leave the house."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.reports.docx import render_docx as render_docx
    from fotfeste.reports.html import render_html as render_html
    from fotfeste.reports.pdf import render_pdf as render_pdf
    from fotfeste.reports.template_docx import fill_docx as fill_docx
    from fotfeste.reports.template_xlsx import fill_xlsx as fill_xlsx
    from fotfeste.reports.xlsx import render_xlsx as render_xlsx

_MODULES = {
    "fill_docx": "fotfeste.reports.template_docx",
    "fill_xlsx": "fotfeste.reports.template_xlsx",
    "render_html": "fotfeste.reports.html",
    "render_pdf": "fotfeste.reports.pdf",
    "render_docx": "fotfeste.reports.docx",
    "render_xlsx": "fotfeste.reports.xlsx",
}
__all__ = ["fill_docx", "fill_xlsx", "render_docx", "render_html", "render_pdf", "render_xlsx"]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(_MODULES[name]), name)
    raise AttributeError(name)
