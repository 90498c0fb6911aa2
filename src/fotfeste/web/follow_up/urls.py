"""Addresses of this app: ``/bosetting/etter/`` across rounds, ``/bosetting/2027/40/etter/`` a round's board, and below it one
municipality.
"""

from __future__ import annotations

from django.urls import URLPattern, path

from fotfeste.web.follow_up import board_files, council_views, county_views, municipal_views, table_views

ROUND = "<round_year:year>/<own_round:name>/etter/"
ONE = f"{ROUND}<municipality:code>/"

urlpatterns: list[URLPattern] = [
    path("etter/", county_views.everywhere, name="follow_up_everywhere"),
    path(ROUND, county_views.board, name="follow_up"),
    path(f"{ROUND}tavle.csv", board_files.table_csv, name="follow_up_csv"),
    path(f"{ROUND}tavle.xlsx", board_files.table_xlsx, name="follow_up_xlsx"),
    path(f"{ROUND}figur.svg", board_files.picture_svg, name="follow_up_svg"),
    path(f"{ROUND}figur.png", board_files.picture_png, name="follow_up_png"),
    path(f"{ROUND}varsler/", county_views.put_away, name="follow_up_put_away"),
    path(f"{ROUND}grenser/", county_views.limits, name="follow_up_limits"),
    path(f"{ROUND}anmodninger/", table_views.requests, name="follow_up_requests"),
    path(f"{ROUND}status/", table_views.status, name="follow_up_status"),
    path(ONE, municipal_views.municipality, name="follow_up_municipality"),
    path(f"{ONE}vedtak/", municipal_views.decision, name="follow_up_decision"),
    path(f"{ONE}anmodning/", municipal_views.request_by_hand, name="follow_up_request"),
    path(f"{ONE}saksframlegg/", council_views.paper, name="council_paper"),
    path(f"{ONE}saksframlegg/saksframlegg.docx", council_views.paper_docx, name="council_paper_docx"),
    path(f"{ONE}saksframlegg/saksframlegg.pdf", council_views.paper_pdf, name="council_paper_pdf"),
    path(f"{ONE}saksframlegg/satser/", council_views.write_rates, name="council_rates"),
    path(f"{ONE}saksframlegg/satser.toml", council_views.rates_file, name="council_rates_file"),
    path(f"{ONE}saksframlegg/tomme-satser.toml", council_views.blank_file, name="council_blank_rates"),
    path(f"{ONE}tall.csv", municipal_views.table_csv, name="follow_up_municipality_csv"),
    path(f"{ONE}tall.xlsx", municipal_views.table_xlsx, name="follow_up_municipality_xlsx"),
]
