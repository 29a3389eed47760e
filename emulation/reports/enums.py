"""The choices of the app, with their Vietnamese labels."""

from django.db.models import TextChoices


class NarrativeSection(TextChoices):
    """The sections of the year-end report that people write; labels bear the numbers of the paper."""

    DUTIES = "duties", "I.2. Chức năng, nhiệm vụ"
    CONDITIONS = "conditions", "I.3. Thuận lợi, khó khăn"
    GUIDANCE = "guidance", "II.1. Công tác tổ chức, chỉ đạo"
    TASKS = "tasks", "II.2. Thực hiện nhiệm vụ chính trị"
    MOVEMENTS = "movements", "II.3. Các phong trào thi đua"
    EXAMPLES = "examples", "II.5. Điển hình tiên tiến"
    ACTIVITIES = "activities", "II.6. Hoạt động chung"
    LIMITS = "limits", "III.1. Hạn chế"
    CAUSES = "causes", "III.2. Nguyên nhân"
    PLANS = "plans", "IV. Phương hướng, nhiệm vụ năm sau"
    REQUESTS = "requests", "V.4. Kiến nghị"


class TemplateState(TextChoices):
    """Where a version of the office's own template of a paper is."""

    DRAFT = "draft", "Chưa dùng"
    ACTIVE = "active", "Đang dùng"
    RETIRED = "retired", "Đã thôi dùng"
