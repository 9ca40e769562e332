"""Reading the annexes of a version; who may read the version may read them."""

from partnerships.models import AgreementAnnex, AgreementVersion


def annexes_of(version: AgreementVersion) -> list[AgreementAnnex]:
    """The annexes of a version in the order in which its text names them, each with its file."""
    return list(AgreementAnnex.objects.filter(version=version).select_related("file").order_by("position", "id"))
