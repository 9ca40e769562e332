"""The name of a mapping profile."""

from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField


class ProfileForm(KitForm):
    """What a profile is called."""

    name = TextField(label=_("Name"), max_length=60)
