"""What each SMART check is about, in a few words, for whoever reads its code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "P1": _("Figures of one's own"),
    "S1": _("Words anybody can observe"),
    "S2": _("One change only"),
    "S3": _("For whom and where"),
    "S4": _("Who looks after it"),
    "M1": _("What is measured"),
    "M2": _("Starting value"),
    "M3": _("Value to be reached"),
    "M4": _("How often it is measured"),
    "A1": _("Money and other means"),
    "A2": _("Why it can be reached"),
    "A3": _("Who does what"),
    "A4": _("What could go wrong"),
    "R1": _("A need behind it"),
    "R2": _("The change it leads to"),
    "R3": _("People it is about"),
    "R4": _("Who could be left out"),
    "T1": _("By when"),
    "T2": _("Milestones"),
    "T3": _("Next common review"),
}
