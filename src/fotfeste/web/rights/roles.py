"""Roles, actions and kinds of objects: the words that rights are declared in."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is in this installation; one person may be several things."""

    ADMINISTRATOR = "administrator"
    COUNTY_ADVISER = "county_adviser"
    COUNTY_READER = "county_reader"
    MUNICIPALITY_CONTACT = "municipality_contact"
    PARTNER = "partner"


class Action(StrEnum):
    """What is done with an object."""

    VIEW = "view"
    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    EXPORT = "export"


class Kind(StrEnum):
    """What an object is."""

    PLACE = "place"
    ACCOUNT = "account"
    PERSON = "person"
    MEMBERSHIP = "membership"
    INVITATION = "invitation"
    ROUND = "round"
    WEIGHING = "weighing"
    INPUT = "input"
    QUESTION = "question"
    MEETING = "meeting"
    NEED = "need"
    OUTCOME = "outcome"
    RATES = "rates"
    FIGURES = "figures"
    PLAN = "plan"
    PLAN_DRAFT = "plan_draft"
    CODING = "coding"
    STATEMENT = "statement"
    JOURNAL = "journal"
    TRACE = "trace"
    JOB = "job"
    INSTALLATION = "installation"


class Scope(StrEnum):
    """Which objects of a kind: all, those of the own county, of the own municipality, one's own, those shared."""

    ALL = "all"
    COUNTY = "county"
    MUNICIPALITY = "municipality"
    OWN = "own"
    SHARED = "shared"
