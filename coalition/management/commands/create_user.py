from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from coalition.members import actions, roles
from coalition.members.models import Organisation, User


class Command(BaseCommand):
    help = "Open an account with a role; repeating it changes the password and adds a missing role."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--role", required=True, choices=roles.ORDER)
        parser.add_argument("--organisation", required=True, help="the organisation's code")
        parser.add_argument("--organisation-name", help="make the organisation if its code is new")
        parser.add_argument("--password", required=True)
        parser.add_argument("--name", default="", help="the person's full name")

    @transaction.atomic
    def handle(self, *, email, role, organisation, organisation_name, password, name, **options):
        try:
            validate_email(email)
            validate_password(password, User(email=email, full_name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user = actions.open_account(email=email, password=password, full_name=name)
        actions.give_role(
            user=user,
            organisation=self._organisation(organisation, organisation_name, role),
            role=role,
            starts_on=timezone.localdate(),
        )
        self.stdout.write(f"{user.email}: {role}, {organisation}")

    def _organisation(self, code, name, role):
        found = Organisation.objects.filter(code=code).first()
        if found:
            return found
        if not name:
            raise CommandError(f'There is no organisation {code}. Make it with --organisation-name "…".')
        return Organisation.objects.create(
            code=code, name_vi=name, short_name=code, is_secretariat=role in roles.SECRETARIAT
        )
