"""The kits there are."""

from partnerships.kits.kit import Kit

KITS: dict[str, Kit] = {}


def role_names(code: str) -> list[str]:
    """The roles a kit suggests, in the page's language; none for an unknown kit."""
    kit = KITS.get(code)
    return [role.name for role in kit.roles] if kit else []
