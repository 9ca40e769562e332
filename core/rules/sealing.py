"""Sealing words that even who reads the database must not read: encrypted under a key derived from SECRET_KEY."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class SealBrokenError(Exception):
    """No known key opens these words."""


def sealed(text: str, *, purpose: str) -> bytes:
    """The words as stored; the purpose salts the key, so what is sealed for one kind of record opens in no other."""
    return _box(purpose).encrypt(text.encode())


def unsealed(content: bytes | memoryview, *, purpose: str) -> str:
    """The words of what was sealed; empty for nothing. Raises SealBrokenError."""
    if not content:
        return ""
    try:
        return _box(purpose).decrypt(bytes(content)).decode()
    except InvalidToken as error:
        raise SealBrokenError from error


def _box(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in secrets])


def _key(secret: str, purpose: str) -> bytes:
    digest = salted_hmac(f"telaio.sealing.{purpose}", "key", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
