"""How sign-in behaves here: who may sign up, what is encrypted, how attempts are limited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up only where the operator allows it, or through an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a stranger may make an account now."""
        return bool(settings.SIGN_UP_OPEN) or "invitation" in request.session


def _fernet() -> MultiFernet:
    import base64

    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(salted_hmac("telaio.mfa", "key", secret=key, algorithm="sha256").digest())) for key in keys]
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

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """The name a passkey is kept under: the host people use."""
        from urllib.parse import urlsplit

        return {"id": urlsplit(settings.BASE_URL).hostname, "name": "Telaio"}
