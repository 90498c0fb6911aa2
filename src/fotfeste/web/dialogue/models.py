"""What municipalities, the county and partners tell each other in a round."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fotfeste.web.rounds.models import Round

NEED_STATES = ("open", "begun", "done", "dropped")
SIDES = ("county", "municipality", "partner")


class Reply(models.Model):
    """The reply of one municipality in one round: the draft as it stands; what is delivered stands in :class:`Delivery`.

    ``values`` are the form's fields by id, as JSON (dates in ISO form). ``version`` counts every time the draft is saved,
    so that two who write at once are told. A field that cannot be read yet stands as it was typed. That draft is the
    municipality's own until it is delivered: what the county enters on its behalf stands apart, in ``entered``, with
    ``entered_version`` and ``entered_at``. ``asked_at`` is when the municipality was asked; ``reopened_at`` and
    ``reopened_reason`` stand while the county has opened a delivered reply for changes, and until it is delivered anew.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="replies")
    municipality = models.CharField(max_length=4)
    values = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    entered = models.JSONField(default=dict)
    entered_version = models.PositiveIntegerField(default=0)
    entered_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_reason = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        """Once for each municipality in a round."""

        ordering: ClassVar = ["municipality"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "municipality"], name="one_reply_per_municipality")
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.municipality}"


class Delivery(models.Model):
    """A reply as it was delivered; never changed, only followed by another.

    ``on_behalf`` tells that the county entered it for the municipality (from a sheet, a letter or a meeting), ``origin``
    from what; ``late`` that the deadline had passed when the reply first came. ``reason`` is why the county had opened the
    one before.
    """

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="deliveries")
    number = models.PositiveSmallIntegerField()
    values = models.JSONField()
    checksum = models.CharField(max_length=64)
    on_behalf = models.BooleanField(default=False)
    origin = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    late = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Numbered from one within a reply."""

        ordering: ClassVar = ["reply", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "number"], name="delivery_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.reply} {self.number}"


class Attachment(models.Model):
    """A file that belongs to a reply, a meeting or a partner's input; its kind is what its content is."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="attachments")
    municipality = models.CharField(max_length=4, blank=True)
    partner_input = models.ForeignKey(
        "PartnerInput", on_delete=models.PROTECT, null=True, related_name="attachments"
    )
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    withdrawn_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """A question or an answer between the county and one municipality; ``follows`` is what it answers."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="questions")
    municipality = models.CharField(max_length=4)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    side = models.CharField(max_length=12, choices=[(one, one) for one in SIDES])
    text = models.TextField(max_length=4000)
    field = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="question_side_is_known", condition=Q(side__in=SIDES))
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.pk}"


class Meeting(models.Model):
    """A meeting between the county and a municipality: when and where, and the minutes as they are written.

    ``number`` counts from one within a municipality. ``asked`` are the questions as they are put, id and text, kept
    from when the minutes are first written. ``minutes`` are texts by field of the meeting form, and answers by
    ``answer_`` and the question's id; ``version`` counts every save of them. ``shared_at`` is when the county let the
    municipality read the minutes, ``cancelled_at`` when the meeting was called off.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="meetings")
    municipality = models.CharField(max_length=4)
    number = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField()
    minutes_long = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=200, blank=True)
    asked = models.JSONField(default=list)
    minutes = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    held = models.BooleanField(default=False)
    shared_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "municipality", "number"], name="meeting_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.starts_at:%Y-%m-%d}"


class Need(models.Model):
    """A need heard in the dialogue: a task with an owner. States are those of :mod:`fotfeste.work.tasks`.

    ``number`` counts from one within a round, and is what people call it.
    ``theme`` is the id of a theme of the dialogue, ``follow_up`` the role that does what is to be done; ``owner`` is the
    adviser who sees to it. ``changed_on`` is the day it came to its state. ``shared`` lets the municipality see its text
    and state.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="needs")
    number = models.PositiveIntegerField()
    municipality = models.CharField(max_length=4, blank=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, related_name="needs")
    theme = models.CharField(max_length=40, blank=True)
    text = models.TextField(max_length=2000)
    follow_up = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, default="open")
    reason = models.CharField(max_length=500, blank=True)
    changed_on = models.DateField(default=timezone.localdate)
    shared = models.BooleanField(default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="needs"
    )
    due = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Those due first stand first."""

        ordering: ClassVar = ["due", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="need_number_once"),
            models.CheckConstraint(name="need_state_is_known", condition=Q(state__in=NEED_STATES)),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.pk}"


class NeedStep(models.Model):
    """A step of a need from state to state, with the reason where one was given; never changed."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=8)
    after = models.CharField(max_length=8)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.need} {self.before} {self.after}"


class PartnerInput(models.Model):
    """What a partner adds to a round, about one municipality or the whole county (a capacity survey, for example).

    ``values`` are fields of the reply form that the partner has asked the municipalities for already, by municipality
    and field, so that nobody is asked twice. ``on_behalf`` tells that the county entered it for the partner.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="partner_inputs")
    organisation = models.CharField(max_length=60)
    municipality = models.CharField(max_length=4, blank=True)
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=8000, blank=True)
    values = models.JSONField(default=dict)
    dated = models.DateField(null=True)
    on_behalf = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title
