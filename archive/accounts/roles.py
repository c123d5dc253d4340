"""The roles and what each may do; `keep_roles` brings the groups in the database to what is written here."""

from django.contrib.auth.models import AbstractUser, Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet

CONTRIBUTOR = "contributor"
EDITOR = "editor"
ADMINISTRATOR = "administrator"
ROLES = (CONTRIBUTOR, EDITOR, ADMINISTRATOR)

# What a contributor needs to see in order to propose, and the proposing.
CONTRIBUTORS = {
    "archive.view_article",
    "archive.view_quote",
    "archive.view_person",
    "archive.view_organisation",
    "archive.add_proposal",
    "archive.view_proposal",
}


def permissions_of(role: str) -> QuerySet[Permission]:
    """What a role may do. An editor may do all with the archive's own records, so that what is added is theirs too."""
    own = Q(content_type__app_label="archive")
    history = Q(content_type__app_label="pghistory", codename__startswith="view_")
    users = Q(content_type__app_label="auth", codename__in=["view_group", "view_user", "add_user", "change_user"])
    locks = Q(content_type__app_label="axes", content_type__model="accessattempt", codename__regex="^(view|delete)_")
    match role:
        case "contributor":
            codenames = [name.partition(".")[2] for name in CONTRIBUTORS]
            return Permission.objects.filter(own, codename__in=codenames)
        case "editor":
            return Permission.objects.filter((own & ~Q(codename="add_proposal")) | history)
        case "administrator":
            return Permission.objects.filter((own & ~Q(codename="add_proposal")) | history | users | locks)
    raise ValueError(f"There is no role {role!r}.")


@transaction.atomic
def keep_roles() -> None:
    """The three groups, each with its permissions and no others. To be called when the permissions are there: after
    migrations. Nothing is written where nothing has changed."""
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role)
        wanted = set(permissions_of(role).values_list("pk", flat=True))
        if wanted != set(group.permissions.values_list("pk", flat=True)):
            group.permissions.set(wanted)


def may_do_more_than_propose(user: AbstractUser) -> bool:
    """Whether somebody has any right beyond those of a contributor, by whatever group or grant."""
    return user.is_superuser or not user.get_all_permissions() <= CONTRIBUTORS
