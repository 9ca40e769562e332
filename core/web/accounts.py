"""How sign-in behaves here: who may sign up, what is encrypted, how attempts are limited."""

import base64
import uuid
from typing import Any
from urllib.parse import urlsplit

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.models import Invitation
from core.operations.invitation import address_of_open_invitation
from core.tenancy.context import tenant_scope

INVITATION_KEY = "invitation"


def remember_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Let this browser sign up, with the invited address only, while the invitation is open."""
    request.session[INVITATION_KEY] = [invitation.tenant_id, str(invitation.pk)]


def invited_address(request: HttpRequest) -> str | None:
    """The address an open invitation allows this browser to sign up with."""
    kept = request.session.get(INVITATION_KEY)
    if not kept:
        return None
    tenant_id, invitation_id = kept
    with tenant_scope(tenant_id):
        return address_of_open_invitation(uuid.UUID(invitation_id))


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up only where the operator allows it, or through an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a stranger may make an account now."""
        return bool(settings.SIGN_UP_OPEN) or invited_address(request) is not None


def cache_key(key: str, key_prefix: str, version: int) -> str:
    """Cache keys as keyed hashes: allauth's hold addresses and IP numbers, and the cache is a table here."""
    return salted_hmac("telaio.cache", f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(salted_hmac("telaio.mfa", "key", secret=key, algorithm="sha256").digest()))
            for key in keys
        ]
    )


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted at rest, under a key derived from SECRET_KEY (AUT-08)."""

    def encrypt(self, text: str) -> str:
        """The secret as stored."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as used; raises ValueError when no known key fits."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise ValueError("No key fits this secret.") from error

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 - as allauth has it
        """What a new passkey is called until its owner renames it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def build_totp_svg(self, url: str) -> SafeString:
        """The address as a QR code in SVG that needs neither a style attribute nor a ``data:`` address (CSP)."""
        drawing = segno.make(url, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")
        return mark_safe(drawing)  # noqa: S308 - drawn by segno from modules, nothing of the text is in it

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """The name a passkey is kept under: the host people use."""
        return {"id": urlsplit(settings.BASE_URL).hostname, "name": "Telaio"}
