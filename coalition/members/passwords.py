"""Passwords that Vietnamese people guess first."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from coalition import text

GUESSED = ("matkhau", "treem", "quyentreem", "vietnam", "crwg", "anhyeuem", "123456", "hanoi", "saigon")


class LocalWordsValidator:
    """Refuse a password that is little more than a word everybody here tries first."""

    def validate(self, password, user=None):  # noqa: ARG002
        rest = text.fold(password).replace(" ", "")
        for word in GUESSED:
            rest = rest.replace(word, "")
        if len(rest) < 6:
            raise ValidationError(self.get_help_text(), code="password_of_local_words")

    def get_help_text(self):
        return _("Do not build the password from words such as “matkhau”, “vietnam” or “treem”.")
