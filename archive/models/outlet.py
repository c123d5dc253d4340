"""Who published."""

from django.db import models
from django.urls import reverse

from archive.models.history import recorded
from archive.models.outbox import OutboxEntry, outbox_triggers


@recorded()
class Outlet(models.Model):
    """A newspaper, agency, ministry or monitor that publishes reports."""

    name = models.CharField(max_length=300, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    url = models.URLField("web address", blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="outlet_name_not_empty")]
        triggers = outbox_triggers(OutboxEntry.Kind.OUTLET, "id", ("update",))

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("outlet", args=[self.slug])
