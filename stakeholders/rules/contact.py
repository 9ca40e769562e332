"""What an address of each kind looks like."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stakeholders.models import ContactPoint

FEWEST_DIGITS = 4


def contact_value(kind: str, text: str) -> str:
    """An address as it is stored: e-mail in lower case, a site with its scheme. Raises ValidationError."""
    value = text.strip()
    if not value:
        raise ValidationError({"value": _("Write the address or the number.")})
    if kind == ContactPoint.Kind.EMAIL:
        return value.lower()
    if kind == ContactPoint.Kind.WEB:
        return _web_address(value)
    if kind == ContactPoint.Kind.PHONE and sum(sign.isdigit() for sign in value) < FEWEST_DIGITS:
        raise ValidationError({"value": _("A phone number has more digits.")})
    return value


def contact_link(kind: str, value: str) -> str:
    """Where a click on an address leads; empty for one that leads nowhere."""
    if kind == ContactPoint.Kind.EMAIL:
        return f"mailto:{value}"
    if kind == ContactPoint.Kind.PHONE:
        return "tel:" + "".join(sign for sign in value if sign.isdigit() or sign == "+")
    return value if value.startswith(("https://", "http://")) else ""


def _web_address(value: str) -> str:
    address = value if "://" in value else f"https://{value}"
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    except ValueError:
        is_good = False
    if not is_good:
        raise ValidationError({"value": _("Write the address of a website, for example https://example.org.")})
    return address
