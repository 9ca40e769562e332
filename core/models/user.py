"""A person who signs in, known by one e-mail address across all tenants."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.keys import new_id


class UserManager(BaseUserManager["User"]):
    """Creates users whose address is compared in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new user; with no password they sign in by e-mailed code."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by address, in any letter case."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Name, address, language and nothing else: what they may do stands in grants."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=120, blank=True)
    language = models.CharField(_("Language"), max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # In any space; sessions older than this get another key.
    roles_changed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """The word they are greeted with."""
        return (self.name.split() or [self.email.partition("@")[0]])[0]
