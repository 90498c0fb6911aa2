"""Addresses of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter
from django.views.generic.base import RedirectView

from fotfeste.web.places import compare, files, indicators, over_time, searching, themes, views
from fotfeste.web.rights.guard import open_to_all


class TableEnding(StringConverter):
    """The format of a table as a file."""

    regex = "csv|xlsx|json"


class PictureEnding(StringConverter):
    """The format of a picture as a file."""

    regex = "svg|png"


class AnyEnding(StringConverter):
    """The format of a table or a picture as a file."""

    regex = "csv|xlsx|json|svg|png"


class ByYear(StringConverter):
    """What is told year by year."""

    regex = "bosetting|folketall"


class PictureName(StringConverter):
    """The pictures of one indicator."""

    regex = "kart|figur"


for _name, _one in (
    ("table", TableEnding),
    ("picture", PictureEnding),
    ("file", AnyEnding),
    ("by_year", ByYear),
    ("drawing", PictureName),
):
    register_converter(_one, _name)


def _about_place(under: str, name: str) -> list[URLPattern]:
    return [
        path(f"{under}tabell.<table:ending>", files.place_table, name=f"{name}_table"),
        path(f"{under}<by_year:name>.<file:ending>", files.place_by_year, name=f"{name}_by_year"),
    ]


def _over_time(under: str, name: str) -> list[URLPattern]:
    of = f"{under}<str:indicator>/"
    found = [
        path(f"{of}serie.<file:ending>", over_time.series_file, name=f"{name}_series"),
        path(f"{of}tid/", over_time.year_map_page, name=f"{name}_over_time"),
        path(f"{of}tid/kart.<picture:ending>", over_time.year_map_file, name=f"{name}_year_map"),
        path(f"{of}tid/tabell.<table:ending>", over_time.year_map_file, name=f"{name}_years"),
    ]
    if name == "country":
        return found
    return [
        *found,
        path(f"{of}kommuner/", over_time.multiples_page, name=f"{name}_multiples"),
        path(
            f"{of}kommuner/figur.<picture:ending>", over_time.multiples_file, name=f"{name}_multiples_picture"
        ),
        path(f"{of}kommuner/tabell.<table:ending>", over_time.multiples_file, name=f"{name}_multiples_table"),
    ]


def _ages(under: str, name: str) -> list[URLPattern]:
    return [
        path(f"{under}alder/", over_time.ages_page, name=f"{name}_ages"),
        path(f"{under}alder/figur.<picture:ending>", over_time.ages_file, name=f"{name}_ages_picture"),
        path(f"{under}alder/tabell.<table:ending>", over_time.ages_file, name=f"{name}_ages_table"),
    ]


def _about_theme(under: str, name: str) -> list[URLPattern]:
    return [
        path(f"{under}tema/", themes.themes, name=f"{name}_themes"),
        path(f"{under}tema/<str:theme>/", themes.theme, name=f"{name}_theme"),
        path(
            f"{under}tema/<str:theme>/tabell.<table:ending>", themes.theme_table, name=f"{name}_theme_table"
        ),
        path(
            f"{under}tema/<str:theme>/<drawing:picture>.<picture:ending>",
            themes.theme_picture,
            name=f"{name}_theme_picture",
        ),
    ]


def _about_indicator(under: str, name: str) -> list[URLPattern]:
    return [
        path(f"{under}<str:indicator>/", indicators.indicator_page, name=f"{name}_indicator"),
        path(
            f"{under}<str:indicator>/tabell.<table:ending>",
            files.indicator_table,
            name=f"{name}_indicator_table",
        ),
        path(
            f"{under}<str:indicator>/<drawing:picture>.<picture:ending>",
            files.indicator_picture,
            name=f"{name}_indicator_picture",
        ),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.place_page, {"code": "0"}, name="country"),
    *_about_place("", "country"),
    *_about_theme("", "country"),
    *_ages("", "country"),
    path("fylke/", open_to_all(RedirectView.as_view(url="/#fylker")), name="counties"),
    path("fylke/<str:code>/", views.place_page, name="county"),
    *_about_place("fylke/<str:code>/", "county"),
    *_about_theme("fylke/<str:code>/", "county"),
    *_ages("fylke/<str:code>/", "county"),
    *_over_time("fylke/<str:code>/", "county"),
    *_about_indicator("fylke/<str:code>/", "county"),
    path("kommune/", views.municipalities_page, name="municipalities"),
    path("kommune/<str:code>/", views.place_page, name="municipality"),
    *_about_place("kommune/<str:code>/", "municipality"),
    *_about_theme("kommune/<str:code>/", "municipality"),
    *_ages("kommune/<str:code>/", "municipality"),
    *_over_time("kommune/<str:code>/", "municipality"),
    *_about_indicator("kommune/<str:code>/", "municipality"),
    path("indikator/", indicators.catalogue, name="indicators"),
    path("indikator/<str:indicator>/kart/", indicators.map_part, name="country_map"),
    *_over_time("indikator/", "country"),
    *_about_indicator("indikator/", "country"),
    path("sammenlign/", compare.compare_page, name="compare"),
    path("sammenlign/tabell.<table:ending>", compare.compare_table, name="compare_table"),
    path(
        "sammenlign/<str:indicator>/figur.<picture:ending>", compare.compare_picture, name="compare_picture"
    ),
    path("sok/", searching.search_page, name="search"),
    path("sok/forslag/", searching.suggestions, name="suggestions"),
]
