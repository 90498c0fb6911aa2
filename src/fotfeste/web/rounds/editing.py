"""Forms that two may change at once: each carries what it was made from, and says what others have changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict

from fotfeste.errors import FotfesteError
from fotfeste.messages import msg
from fotfeste.web.front.words import reader, said
from fotfeste.work.drafts import Merged

_SALT = "fotfeste.rounds.editing"


def seal(values: Mapping[str, object], about: str = "") -> str:
    """Return what a form was made from, as it stands in the form itself; nobody can change it, or use it elsewhere.

    ``about`` names what the form is about, where there are several alike: the object, and the field.
    """
    return signing.dumps(dict(values), salt=_salt(about), compress=True)


def unseal(text: str, about: str = "") -> dict[str, object] | None:
    """Return what a form about ``about`` was made from; nothing when it does not come from here, or is about another."""
    try:
        found = signing.loads(text, salt=_salt(about))
    except signing.BadSignature:
        return None
    return dict(found) if isinstance(found, dict) else None


def _salt(about: str) -> str:
    return f"{_SALT}:{about}" if about else _SALT


class Edit(forms.Form):
    """A form that carries the values it was made from (``seen``), sealed for what it is about."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, stored: Mapping[str, object], about: str = "", **values: Any) -> None:
        super().__init__(*args, **values)
        self.stored, self.about = stored, about
        self.fields["seen"].initial = seal(stored, about)
        for name, value in stored.items():
            if name in self.fields:
                self.fields[name].initial = value

    def clean_seen(self) -> dict[str, object]:
        """Return the values that the form was made from."""
        found = unseal(self.cleaned_data["seen"], self.about)
        if found is None:
            raise forms.ValidationError(said(msg("Siden er for gammel. Last den på nytt.")))
        return found

    @property
    def base(self) -> dict[str, object]:
        """What the form was made from."""
        found: dict[str, object] = self.cleaned_data["seen"]
        return found

    def seen_now(self, theirs: Mapping[str, object]) -> None:
        """Let what is stored now be what the form was made from, so that sending it again is a choice."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = seal(theirs, self.about)
        self.data = data


def add_faults(form: forms.Form, error: FotfesteError) -> None:
    """Say in the form what was refused: at the field where it is about one, with the way out."""
    words = reader()
    at_fields = bool(error.problems) and all(str(one.place) in form.fields for one in error.problems)
    head = () if at_fields else (error.problem,)
    for problem in (*head, *error.problems):
        name = str(problem.place) if isinstance(problem.place, str) and problem.place in form.fields else None
        way = f" {words.text(problem.remedy)}" if problem.remedy else ""
        form.add_error(name, words.text(problem.what) + way)


def clashes(form: forms.Form, together: Merged) -> list[tuple[str, str, str]]:
    """Return what both have changed: the field's name, what is stored now, and what was typed."""
    found = []
    for one in together.conflicts:
        label = form.fields[one.field].label if one.field in form.fields else one.field
        found.append((str(label), _shown(one.theirs), _shown(one.mine)))
    return found


def _shown(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
