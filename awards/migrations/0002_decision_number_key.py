import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0001_nominations_to_decisions"),
        ("blocs", "0004_opinions"),
        ("core", "0004_document_drafts"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="decision", name="awards_decision_number"),
        migrations.AddField(
            model_name="decision",
            name="number_key",
            field=models.CharField(default="", editable=False, max_length=400, verbose_name="khóa số"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="year",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="blocs.emulationyear",
                verbose_name="năm thi đua",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("numbered", "issued"))),
                fields=("number_key", "number_year"),
                name="awards_decision_number",
                violation_error_message="Số này trong năm đã ghi cho một quyết định khác; kiểm tra lại với văn thư.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_elsewhere", True), ("year__isnull", False), _connector="OR"),
                name="awards_decision_own_has_year",
            ),
        ),
    ]
