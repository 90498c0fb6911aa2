"""Addresses of this app: ``/bosetting/2027/40/avveiing/`` and what lies below it."""

from __future__ import annotations

from django.urls import path

from fotfeste.web.rounds import urls as rounds  # the parts of a round's address are known from there
from fotfeste.web.weighing import change_views, recommend_views, version_views, views

ROUND = "<round_year:year>/<own_round:name>/avveiing/"
assert rounds.urlpatterns

urlpatterns = [
    path(ROUND, views.weighing, name="round_weighing"),
    path(f"{ROUND}begynn/", change_views.begin, name="begin_weighing"),
    path(f"{ROUND}endre/", change_views.change, name="change_weighing"),
    path(f"{ROUND}angre/", change_views.undo, name="undo_weighing"),
    path(f"{ROUND}anbefal/", recommend_views.recommend, name="recommend_weighing"),
    path(f"{ROUND}nytt/", views.news, name="weighing_news"),
    path(f"{ROUND}regel/", views.rule, name="weighing_rule"),
    path(f"{ROUND}versjoner/", version_views.versions, name="weighing_versions"),
    path(f"{ROUND}alternativer/", version_views.alternatives, name="weighing_alternatives"),
    path(f"{ROUND}kriterier.toml", version_views.criteria_file, name="weighing_criteria"),
    path(f"{ROUND}overstyringer.json", version_views.ledger_file, name="weighing_ledger"),
    path(f"{ROUND}<municipality:code>/", views.municipality, name="weighing_municipality"),
]
