"""How well a value is shown and how good it is, in plain words (domain 8.2)."""

from django.utils.translation import gettext_lazy as _

# The five standards by which data are judged, each with the question it asks.
STANDARDS = {
    "quality_validity": _("Does it measure what it says?"),
    "quality_integrity": _("Could nobody have bent it?"),
    "quality_precision": _("Is it exact enough?"),
    "quality_reliability": _("Is it counted the same way each time?"),
    "quality_timeliness": _("Is it fresh enough to be of use?"),
}
GRADES = ("evidence_strength", *STANDARDS)
