"""People who log in, the roles they hold in organisations, and invitations."""

import hashlib
from functools import lru_cache

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from coalition import text
from coalition.addresses import address_of
from coalition.members import asking, roles
from coalition.members.models.organisation import Organisation
from coalition.records import new_public_id

_KNOWN = (
    "public_id",
    "code",
    "name_vi",
    "name_en",
    "short_name",
    "kind",
    "is_secretariat",
)  # of one's organisations
ROLE = ("role", "is_head", "starts_on", "ends_on", *(f"organisation__{name}" for name in _KNOWN))


class UserQuerySet(models.QuerySet):
    def search(self, query):
        """People in whose name or address every word of `query` occurs, whatever its case and accents."""
        found = self
        for word in text.search_words(query):
            found = found.filter(search__contains=word)
        return found


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who works in the coalition. What they may do follows from their memberships."""

    class Address(models.TextChoices):
        ANH = "anh", _("anh (Mr, informal)")
        CHI = "chị", _("chị (Ms, informal)")
        ONG = "ông", _("ông (Mr, formal)")
        BA = "bà", _("bà (Ms, formal)")
        BAN = "bạn", _("bạn (neutral)")
        NONE = "anh/chị", _("anh/chị (not known)")

    class Language(models.TextChoices):
        VI = "vi", _("Vietnamese")
        EN = "en", _("English")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    form_of_address = models.CharField(
        _("form of address"), max_length=10, choices=Address.choices, default=Address.NONE
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.VI)
    is_staff = models.BooleanField(_("may open the back office"), default=False)
    is_active = models.BooleanField(_("may log in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    search = models.TextField(default="", editable=False)
    sort_key = models.CharField(max_length=400, default="", editable=False)
    organisations = models.ManyToManyField(Organisation, through="Membership", related_name="people")

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    def __str__(self):
        return self.full_name or self.email

    def save(self, *args, **kwargs):
        self.email = self.email.lower()
        self.full_name = text.clean(self.full_name).strip()
        self.search = text.search_text(self.full_name, self.email)
        self.sort_key = text.person_sort_key(self.full_name or self.email)[:400]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search", "sort_key"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return address_of("members:person_page", self.public_id)

    def get_full_name(self):
        return str(self)

    @property
    def given_name(self):
        return text.given_name(self.full_name)

    @property
    def greeting(self):
        """How a letter addresses this person: form of address and given name ("chị Lan")."""
        return f"{self.form_of_address} {self.given_name}".strip()

    @cached_property
    def current_memberships(self):
        """The memberships in force today, their organisations loaded, the most powerful role first."""
        return held_today(self.pk)

    @cached_property
    def roles(self):
        return {membership.role for membership in self.current_memberships}

    @property
    def is_secretariat(self):
        return bool(self.roles & roles.SECRETARIAT)

    @property
    def organisation(self):
        """The organisation this person mostly acts for, or None."""
        return self.current_memberships[0].organisation if self.current_memberships else None

    @property
    def organisation_ids(self):
        """Organisations this person belongs to today, donors' readers left out."""
        return [m.organisation_id for m in self.current_memberships if m.role != roles.DONOR]

    @property
    def writing_organisation_ids(self):
        return [m.organisation_id for m in self.current_memberships if m.role in roles.WRITERS]

    @property
    def filing_organisation_ids(self):
        """Organisations for which this person submits forms and answers for duties."""
        return [m.organisation_id for m in self.current_memberships if m.role in roles.FILERS]

    @property
    def donor_organisation_ids(self):
        return [m.organisation_id for m in self.current_memberships if m.role == roles.DONOR]

    def has_right(self, right):
        """Return whether one of today's roles carries `right` (coalition/members/roles.py)."""
        return self.is_active and bool(self.roles & roles.RIGHTS[right])


class MembershipQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Membership(models.Model):
    """A role that a person holds in an organisation for a time."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=roles.CHOICES)
    is_head = models.BooleanField(_("head of the organisation"), default=False)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "starts_on"], name="membership_once"
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A role cannot end before it starts."),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="membership_role")]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"


def held_today(user_pk, with_person=False):
    """Return a person's memberships in force today, the most powerful role first, and what is asked along.

    with_person: read the person by the same statement; all rows then share one `user`.
    """
    found = _held_on(timezone.localdate(), with_person).filter(user=user_pk)
    held = sorted(found, key=lambda membership: (roles.ORDER.index(membership.role), membership.pk))
    if with_person:
        for membership in held[1:]:
            membership.user = held[0].user
    return held


@lru_cache(maxsize=4)
def _held_on(day, with_person):
    """Every request asks this: it is put together once a day, and never evaluated itself."""
    person = [f"user__{field.name}" for field in User._meta.concrete_fields] if with_person else ["user"]
    found = Membership.objects.in_force(day).select_related("organisation", *["user"] * with_person)
    return found.only(*ROLE, *person).annotate(**asking.expressions())


class InvitationQuerySet(models.QuerySet):
    def usable(self, now):
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)

    def with_token(self, token):
        return self.filter(token_hash=hash_token(token))


class Invitation(models.Model):
    """An open door for one e-mail address into one role; the only way to get an account."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(_("e-mail"))
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=roles.CHOICES)
    language = models.CharField(max_length=2, choices=User.Language.choices, default=User.Language.VI)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="sent_invitations")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self):
        return self.full_name or self.email

    @property
    def given_name(self):
        return text.given_name(self.full_name)

    @property
    def greeting(self):
        """How the letter addresses the person, of whom only a name may be known ("anh/chị Lan")."""
        return f"{User.Address.NONE.value} {self.given_name}".strip()


def hash_token(token):
    """Return the SHA-256 of a secret token: only this is stored, so a stolen table opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
