"""Pages of a round's documents: whether they are made, and each of them, and all as one archive."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fotfeste.errors import OutputError
from fotfeste.messages import language, msg
from fotfeste.settings import LOCALES
from fotfeste.web.front.context import LANGUAGE_NAMES
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import archives, papers, showing
from fotfeste.web.rounds.damaged import damaged
from fotfeste.web.rounds.followed import followed, polled
from fotfeste.web.rounds.page import about, named, thing


@never_cache
@require_safe
def documents(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show whether the documents are made, and offer each of them, and all as one archive.

    Until they are made in the reader's language, those in another are offered.
    """
    round_ = named(year, name)
    if not round_.ready:
        return redirect("round", year=year, name=name)
    locale = words_of(request).locale
    job = archives.documents_under_way(round_, locale)
    in_order = [locale, *(one for one in LOCALES if one != locale)]
    sizes = {
        one: path.stat().st_size
        for one in in_order
        if (path := archives.documents_path(round_, one)).is_file()
    }
    shown = next(iter(sizes), None)
    try:
        listed = papers.papers_in(archives.documents_path(round_, shown), year) if shown else None
        wrong = None
    except OutputError as error:
        listed, wrong = papers.Papers(), error
    context = {
        "made": locale in sizes and wrong is None,
        "wrong": wrong,
        "shown_in": shown,
        "shown_language": LANGUAGE_NAMES[shown] if shown else "",
        "size": sizes[shown] if shown else 0,
        "papers": listed,
        "sender": language(shown).text(showing.EXAMPLE_SENDER) if shown and round_.is_example else "",
        "others": [(one, LANGUAGE_NAMES[one], size) for one, size in sizes.items() if one != shown],
        **about(request, round_, msg("Dokumenter")),
        **followed(request, job),
    }
    return polled(request, "rounds/documents.html", "rounds/documents_part.html", context, job)


@require_POST
@needs(Action.EXPORT, Kind.ROUND, thing)
def order_documents(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Make the documents in the reader's language in the background."""
    round_ = named(year, name)
    if round_.ready:
        archives.order_documents(round_, words_of(request).locale, actor_of(request))
    return redirect("round_documents", year=year, name=name)


@require_safe
def documents_file(request: HttpRequest, year: int, name: str, locale: str) -> FileResponse:
    """Give the documents in one language as one archive, as they were made."""
    del request
    round_ = named(year, name)
    path = archives.documents_path(round_, locale)
    if not round_.ready or not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=f"bosetting-{round_.year}-{round_.name}-{locale}.zip"
    )


@require_safe
def one_document(request: HttpRequest, year: int, name: str, locale: str, document: str) -> HttpResponse:
    """Give one document out of the archive: a PDF to be read in the browser, everything else to be saved."""
    round_ = named(year, name)
    if not round_.ready:
        raise Http404
    try:
        content = papers.content_of(archives.documents_path(round_, locale), document)
    except OutputError as error:
        return damaged(request, round_, error)
    if content is None:
        raise Http404
    saved_as = f"bosetting-{round_.year}-{round_.name}-{document.replace('/', '-')}"
    return file_answer(content, papers.media_type(document), saved_as, shown=document.endswith(".pdf"))
