"""Which entry of the register is the person who signed in."""

from django.db.models import Q, Value
from django.db.models.functions import Lower

from core.models import User


def is_own(user: User, at: str = "") -> Q:
    """The condition that a person of the register, reached by ``at``, is the one signed in.

    By account, or by address while no account is linked: an address is verified by signing in.
    """
    return Q(**{f"{at}user": user}) | Q(**{f"{at}user": None, f"{at}email": Lower(Value(user.email))})
