"""The choices of the app, with their Vietnamese labels."""

from django.db.models import TextChoices


class AwardNature(TextChoices):
    """Titles and commendations are different natures and never share a list unmarked."""

    TITLE = "title", "Danh hiệu thi đua"
    COMMENDATION = "commendation", "Hình thức khen thưởng"
    MIXED = "mixed", "Danh hiệu và hình thức (chưa tách)"


class AwardLevel(TextChoices):
    """Who confers."""

    STATE = "state", "Nhà nước"
    GOVERNMENT = "government", "Chính phủ, Thủ tướng Chính phủ"
    MINISTRY = "ministry", "Bộ, ban, ngành Trung ương"
    PROVINCE = "province", "Tỉnh"
    GRASSROOTS = "grassroots", "Cơ sở"
    UNSTATED = "unstated", "Không nêu cấp"
