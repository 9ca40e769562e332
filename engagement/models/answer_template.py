"""Sentences a space answers with often, in each language."""

from django.db import models

from core.tenancy.models import TenantModel


class AnswerTemplate(TenantModel):
    """Put into an answer to begin with, never sent by itself."""

    name = models.CharField(max_length=80)
    text_en = models.TextField(max_length=2000, blank=True)
    text_it = models.TextField(max_length=2000, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "name"], name="engagement_answertemplate_name_once"),
            models.CheckConstraint(
                condition=~models.Q(text_en="", text_it=""), name="engagement_answertemplate_has_text"
            ),
        ]

    def __str__(self) -> str:
        return self.name
