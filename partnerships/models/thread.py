"""Talking about a task, a goal, an agreement: a thread on each, and each word in it."""

from django.conf import settings
from django.db import models

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.partnership import Partnership
from stakeholders.models import Stakeholder


class Thread(TenantModel):
    """What was said about one thing. The thing is a kind and an id without a key, and who sees it sees the thread."""

    partnership = TenantForeignKey(Partnership, related_name="threads")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "subject_kind", "subject_id"], name="partnerships_thread_subject_once"
            ),
        ]

    def __str__(self) -> str:
        return self.subject_kind


class Comment(TenantModel):
    """One word in a thread, by an account or by a person with a link. Withdrawn, its text is gone and its place stays.

    At most one person is asked for an answer: somebody who speaks for a member, or an account of the coordination.
    """

    thread = TenantForeignKey(Thread, related_name="comments")
    author_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_person = TenantForeignKey(Stakeholder, null=True, blank=True)
    mentioned_person = TenantForeignKey(Stakeholder, null=True, blank=True)
    mentioned_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(mentioned_person__isnull=True) | models.Q(mentioned_user__isnull=True),
                name="partnerships_comment_asks_one",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "thread", "at"], name="comment_by_thread")]

    def __str__(self) -> str:
        return str(self.thread)
