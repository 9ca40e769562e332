"""Django's database cache as a table of ours, so that limits and one-time codes hold across processes."""

from django.db import models


class CacheEntry(models.Model):
    """One entry in the shape ``django.core.cache.backends.db`` reads; nothing else writes here."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "core_cache"

    def __str__(self) -> str:
        return self.cache_key
