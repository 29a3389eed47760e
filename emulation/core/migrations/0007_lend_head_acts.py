from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0006_achievement_reports")]

    operations = [
        migrations.AddField(
            model_name="province",
            name="lends_head_acts",
            field=models.BooleanField(default=False, verbose_name="chuyên viên được làm thay phần việc của lãnh đạo"),
        ),
    ]
