"""People are searched without accents and ordered by their given names."""

from typing import Any

from django.db import migrations, models

from emulation.accounts.models import keys_of


def fill(apps: Any, _editor: Any) -> None:
    for user in apps.get_model("accounts", "User").objects.only("pk", "full_name", "username").iterator():
        user.search_key, user.sort_key = keys_of(user.full_name, user.username)
        user.save(update_fields=["search_key", "sort_key"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("user", "search_key", models.CharField(
            default="", editable=False, max_length=400, verbose_name="khóa tìm"
        )),
        migrations.AddField("user", "sort_key", models.CharField(
            default="", editable=False, max_length=400, verbose_name="khóa xếp"
        )),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex("user", models.Index(fields=["sort_key"], name="accounts_user_sort")),
    ]
