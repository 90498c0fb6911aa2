"""The round: one county's recommendation for one year, from the request to what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fotfeste.work.requirements import Publication, Stage

STATES = [(one.value, one.value) for one in Stage]
PUBLICATIONS = [(one.value, one.value) for one in Publication]


class Round(models.Model):
    """One round. The recommendation is the library's bundle: the exact bytes of its file, with the checksum in it.

    ``total`` (none until it is known) and ``minors`` (part of it) are what is to be shared out, ``changed_at`` when they
    last were changed; ``criteria`` is the id of shipped criteria, or empty for the default of the year. What the
    recommendation was made from stands beside it: the request (``made_total``, ``made_minors``), the number of the version
    of the weighing (``weighed``) and the checksum of the replies (``replied``), as they were read at ``calculated_at``.
    ``shared_with`` names organisations, counties and municipalities that see the recommendation, ``input_from``
    organisations that may add input without seeing it. ``check`` is what recomputing the bundle last gave
    (:func:`fotfeste.web.rounds.work.check`). ``publication`` is what the county has chosen, ``published_at`` when it
    made the round open to all; ``sent_on`` is the day the recommendation was sent. ``lessons`` are what the county
    learned, by question. Without a ``title`` the round is called by its county and year. An example is open to all and
    never adopted.
    """

    county = models.CharField(max_length=2)
    county_name = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=STATES, default=Stage.PREPARED.value)
    is_example = models.BooleanField(default=False)
    total = models.PositiveIntegerField(null=True)
    minors = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    criteria = models.CharField(max_length=60, blank=True)
    bundle = models.BinaryField(null=True)
    bundle_checksum = models.CharField(max_length=64, blank=True)
    weighed = models.PositiveIntegerField(default=0)
    replied = models.CharField(max_length=64, blank=True)
    made_total = models.PositiveIntegerField(null=True)
    made_minors = models.PositiveIntegerField(default=0)
    calculated_at = models.DateTimeField(null=True)
    check_result = models.JSONField(null=True)
    checked_at = models.DateTimeField(null=True)
    shared_with = models.JSONField(default=list, blank=True)
    input_from = models.JSONField(default=list, blank=True)
    publication = models.CharField(max_length=12, choices=PUBLICATIONS, default=Publication.UNDECIDED.value)
    published_at = models.DateTimeField(null=True)
    sent_on = models.DateField(null=True)
    lessons = models.JSONField(default=dict, blank=True)
    lessons_version = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """What must hold, and the order."""

        ordering: ClassVar = ["-year", "county", "is_example", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "year", "is_example"], name="one_round_per_county_and_year"
            ),
            models.CheckConstraint(
                name="round_state_is_known", condition=Q(state__in=[one.value for one in Stage])
            ),
            models.CheckConstraint(
                name="minors_are_part_of_the_total", condition=Q(minors__lte=models.F("total"))
            ),
            models.CheckConstraint(
                name="bundle_has_its_checksum",
                condition=Q(bundle__isnull=True, bundle_checksum="")
                | Q(bundle__isnull=False) & ~Q(bundle_checksum=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.year}"

    @property
    def name(self) -> str:
        """The part of the address that names the round within its year: ``40``, or ``eksempel-40``."""
        return f"eksempel-{self.county}" if self.is_example else self.county

    @property
    def partners(self) -> frozenset[str]:
        """Who may add input: those asked for it, and those who see the recommendation."""
        return frozenset(map(str, (*self.shared_with, *self.input_from)))

    @property
    def ready(self) -> bool:
        """Whether there is a recommendation to show."""
        return bool(self.bundle_checksum)


class Step(models.Model):
    """One step of a round from stage to stage, with the reason where one was asked for."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Numbered from one: of two who step at once, one is told."""

        ordering: ClassVar = ["round", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "number"], name="step_number_once")]

    def __str__(self) -> str:
        return f"{self.round} {self.before} {self.after}"


class RequestChange(models.Model):
    """That the county changed its total or its minors: what they were, what they became, and why, as it was written."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="request_changes")
    number = models.PositiveSmallIntegerField()
    total_before = models.PositiveIntegerField(null=True)
    minors_before = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    minors = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Numbered from one within a round."""

        ordering: ClassVar = ["round", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="request_change_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class OwnDeadline(models.Model):
    """A deadline that the county has set for a round, in place of the default."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=40)
    on = models.DateField()

    class Meta:
        """Each kind once in a round."""

        ordering: ClassVar = ["on", "kind"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "kind"], name="deadline_once")]

    def __str__(self) -> str:
        return f"{self.round} {self.kind}"


class CaseFacts(models.Model):
    """What the county knows about the case and the program does not: one row a round, kept and changed also for a revision.

    What is empty stands as a blank in the documents. ``handler`` is a role, never a name; ``address`` has a line for each
    of its own. ``saved_after`` is the number of the round's newest adoption when this was saved: the day of that decision
    is not the day of the next. See :mod:`fotfeste.web.rounds.case_facts`.
    """

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="case_facts")
    office = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    handler = models.CharField(max_length=120, blank=True)
    recipient = models.CharField(max_length=120, blank=True)
    access_basis = models.CharField(max_length=120, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=12, blank=True)
    deciding_body = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True)
    sent_on = models.DateField(null=True)
    request_on = models.CharField(max_length=60, blank=True)
    council_by = models.DateField(null=True)
    comments_by = models.DateField(null=True)
    comments_to = models.CharField(max_length=160, blank=True)
    saved_after = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.round)


class Sent(models.Model):
    """A letter by e-mail, marked before it is sent; ``key`` says which, so that each is sent once. No address is kept.

    ``done_at`` is when the mail server took it; until then it is tried again, on another day. ``fault`` is what kind of
    fault the last try met. See :mod:`fotfeste.web.rounds.letters`.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sent")
    key = models.CharField(max_length=160)
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=80, blank=True)

    class Meta:
        """Each once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "key", "receiver"], name="sent_once")
        ]

    def __str__(self) -> str:
        return self.key


class Adoption(models.Model):
    """A recommendation as it was adopted: frozen bytes, the files that were made from them, who decided and where.

    ``number`` counts from one; a later one is a revision and takes the place of the one before, which stays. ``weighed``
    is the number of the version of the weighing that was adopted. Two who adopt at once get one number between them.
    ``annulled_at`` is when the round went back to the weighing; the row stays. ``check_result`` is what recomputing gave.
    ``case_facts`` are the facts of the case that the documents were made with. ``open_fields`` are those that the
    documents were adopted without, and ``open_reason`` is why.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="adoptions")
    number = models.PositiveSmallIntegerField()
    decided_by = models.CharField(max_length=12, choices=[("body", "body"), ("delegation", "delegation")])
    body = models.CharField(max_length=120)
    case_number = models.CharField(max_length=40)
    decided_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    case_facts = models.JSONField(default=dict, blank=True)
    open_fields = models.JSONField(default=list, blank=True)
    open_reason = models.CharField(max_length=500, blank=True)
    weighed = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    bundle = models.BinaryField()
    bundle_checksum = models.CharField(max_length=64)
    annulled_at = models.DateTimeField(null=True)
    check_result = models.JSONField(null=True)
    checked_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Numbered from one within a round."""

        ordering: ClassVar = ["round", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="adoption_number_once"),
            models.CheckConstraint(
                name="adoption_by_whom", condition=Q(decided_by__in=["body", "delegation"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class AdoptedFile(models.Model):
    """A file that was adopted, byte for byte, with its checksum; ``document`` is its case document in the journal."""

    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    data = models.BinaryField()
    document = models.UUIDField(null=True)

    class Meta:
        """Each name once."""

        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adoption", "name"], name="adopted_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class KeptForm(models.Model):
    """What somebody had typed when their session had ended: encrypted, with a key that only their browser holds.

    ``whose`` tells whose it is without saying who, so that nobody fills the table. See :mod:`fotfeste.web.rounds.kept`.
    """

    name_hash = models.CharField(max_length=64, unique=True)
    whose = models.CharField(max_length=64)
    data = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
