"""What machines read of a public page: schema.org as JSON-LD, which no browser runs."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# As json_script of Django: nothing in it can end the element or begin another.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
Linked = dict[str, Any]


def organisation(
    *,
    name: str,
    url: str,
    about: str = "",
    email: str = "",
    area: str = "",
    logo: str = "",
    members: Sequence[str] = (),
) -> Linked:
    """A space or a partnership as an Organization; what is empty is left out."""
    told: Linked = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": name,
        "url": url,
        "description": about,
        "email": email,
        "areaServed": area,
        "logo": logo,
        "member": [{"@type": "Organization", "name": member} for member in members],
    }
    return {key: value for key, value in told.items() if value}


def as_json_ld(linked: Linked) -> SafeString:
    """The text for a ``script`` element of the type ``application/ld+json``."""
    return mark_safe(json.dumps(linked, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped above
