"""The five levels of who may see a record (domain 0.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.IntegerChoices):
    """Ordered: a higher level includes everyone of the lower ones. A record is never more visible than its parent."""

    SEALED = 0, _("Named people only")
    COORDINATION = 1, _("Coordination")
    PARTNERS = 2, _("Partners")
    FUNDERS = 3, _("Funders")
    PUBLIC = 4, _("Everyone")


MORE_WOULD_SEE = _("More people would see it than now. Tick the box if that is meant.")


def capped(wanted: Visibility, *, cap: Visibility) -> Visibility:
    """The level a record gets when its parent allows at most ``cap``."""
    return min(wanted, cap)
