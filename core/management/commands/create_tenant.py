"""``manage.py create_tenant``: a new space with its first administrator."""

import secrets
from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from core.models import Tenant, User
from core.operations.tenant import SlugTakenError, create_tenant
from core.web.space import absolute

PASSWORD_BYTES = 12


class Command(BaseCommand):
    """Creates a space. An administrator who has no account yet gets one, with the password given or a new one."""

    help = "Create a space with its first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--slug", required=True, help="its address: small letters, digits, hyphens")
        parser.add_argument("--name", required=True, help="the name people read")
        parser.add_argument("--admin-email", required=True, help="the first administrator")
        parser.add_argument("--language", choices=["en", "it"], default="en", help="the language new people see")
        parser.add_argument("--password", help="for a new account; without it one is made and printed once")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                admin, password = self.administrator(options)
                tenant = create_tenant(
                    name=options["name"],
                    slug=options["slug"],
                    default_language=options["language"],
                    by=None,
                    admin=admin,
                )
        except SlugTakenError:
            raise CommandError(f"A space with the address {options['slug']} exists already.") from None
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        self.report(tenant, admin, password)

    def administrator(self, options: dict[str, Any]) -> tuple[User, str]:
        """The account of the address and, when it is new and no password was given, its password.

        Whoever runs commands vouches for the address: it counts as verified.
        """
        email = options["admin_email"].strip().lower()
        if found := User.objects.filter(email=email).first():
            return found, ""
        validate_email(email)
        made = "" if options["password"] else secrets.token_urlsafe(PASSWORD_BYTES)
        user = User(email=email, language=options["language"])
        validate_password(options["password"] or made, user)
        user = User.objects.create_user(email, options["password"] or made, language=options["language"])
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user, made

    def report(self, tenant: Tenant, admin: User, password: str) -> None:
        """Print where the space is and how its administrator comes in."""
        self.stdout.write(f"Created {tenant.name}: {absolute(f'/s/{tenant.slug}/')}")
        self.stdout.write(f"Administrator: {admin.email}" + (f", password: {password}" if password else ""))
