"""Who published."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Subquery

from archive.models.addresses import address_of
from archive.models.history import recorded
from archive.models.slugs import slug_of


class OutletQuerySet(models.QuerySet):
    def visible(self):
        """All but those that published only reports that readers may not see."""
        articles = self.model._meta.get_field("articles").related_model.objects
        own = {"outlet": OuterRef("pk")}
        return self.filter(~Exists(articles.withheld().filter(**own)) | Exists(articles.visible().filter(**own)))

    def with_days(self):
        """Adds `first_day` and `last_day`: the first possible days of their oldest and newest report with a date, of
        those that readers may see; None where there is none."""
        articles = self.model._meta.get_field("articles").related_model.objects
        dated = articles.visible().filter(outlet=OuterRef("pk"), published_earliest__isnull=False)
        day = "published_earliest"
        return self.annotate(
            first_day=Subquery(dated.order_by(F(day).asc(nulls_first=True), "id").values(day)[:1]),
            last_day=Subquery(dated.newest_first().values(day)[:1]),
        )

    def named(self, name: str) -> "Outlet":
        """The outlet of that name, made where it is new."""
        return self.filter(name=name).first() or self.create(name=name, slug=self.free_slug(name))

    def completing(self, typed: str):
        """Those of whose names a word begins with what is typed, those that begin with it themselves first."""
        typed = typed.strip()
        begins = models.Q(name__istartswith=typed)
        return self.filter(begins | models.Q(name__icontains=f" {typed}")).order_by(
            models.Case(models.When(begins, 0), default=1), "name"
        )

    def free_slug(self, name: str) -> str:
        """The slug of the name, or with the first number behind it that no outlet has."""
        stem = slug = slug_of(name, "outlet")
        number = 1
        while self.filter(slug=slug).exists():
            number += 1
            slug = f"{stem}-{number}"
        return slug


@recorded()
class Outlet(models.Model):
    """A newspaper, agency, ministry or monitor that publishes reports."""

    name = models.CharField(max_length=300, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    url = models.URLField("web address", blank=True)
    extracts_only = models.BooleanField(
        "extracts only",
        default=False,
        db_default=False,
        help_text="of its reports readers see title, source and quotations, because the full text may not be shown",
    )

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="outlet_name_not_empty")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("outlet", self.slug)
