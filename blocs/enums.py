"""The choices of the app, with their Vietnamese labels."""

from django.db.models import TextChoices

UNSTATED_LOCALITY = "không nêu"  # the source does not say which province


class YearKind(TextChoices):
    """Which kind of year an emulation year is."""

    CALENDAR = "calendar", "Năm công tác"
    SCHOOL = "school", "Năm học"


class YearState(TextChoices):
    """Whether the emulation year still takes changes."""

    OPEN = "open", "Đang mở"
    CLOSED = "closed", "Đã khóa"


class BlocKind(TextChoices):
    """What the province calls it."""

    KHOI = "khoi", "Khối"
    CUM = "cum", "Cụm"


class BlocYearState(TextChoices):
    """Where the bloc's year is; it locks nothing but what is published."""

    PREPARING = "preparing", "Chuẩn bị"
    RUNNING = "running", "Đang thực hiện"
    SCORING = "scoring", "Chấm điểm, bình xét"
    CONCLUDED = "concluded", "Đã tổng kết"
    CLOSED = "closed", "Đã khóa"


class MilestoneKind(TextChoices):
    """The steps of a bloc's year, in the order of the work."""

    PLAN = "plan", "Kế hoạch hoạt động của Khối"
    COVENANT = "covenant", "Ký kết giao ước thi đua"
    REGISTRATION = "registration", "Đăng ký danh hiệu thi đua, hình thức khen thưởng"
    HALF_YEAR = "half_year", "Sơ kết 6 tháng đầu năm"
    SELF_SCORE = "self_score", "Tự chấm điểm, thẩm định điểm"
    YEAR_REVIEW = "year_review", "Hội nghị tổng kết, bình xét"
    SUBMISSION = "submission", "Trình hồ sơ đề nghị khen thưởng"
    YEAR_REPORT = "year_report", "Báo cáo tổng kết năm"
    HANDOVER = "handover", "Bàn giao Trưởng khối"


class MonitorRole(TextChoices):
    """Who follows a bloc."""

    COUNCIL = "council", "Thành viên Hội đồng Thi đua - Khen thưởng theo dõi Khối"
    SPECIALIST = "specialist", "Chuyên viên phụ trách"


class AgencyKind(TextChoices):
    """What kind of body an agency is."""

    DEPARTMENT = "department", "Sở, ban, ngành của tỉnh"
    PARTY = "party", "Cơ quan Đảng"
    FRONT = "front", "Mặt trận, đoàn thể"
    CENTRAL = "central", "Cơ quan Trung ương trên địa bàn"
    ARMED = "armed", "Lực lượng vũ trang"
    ENTERPRISE = "enterprise", "Doanh nghiệp, hợp tác xã"
    COMMUNE = "commune", "Xã, phường, đặc khu"
    SERVICE = "service", "Đơn vị sự nghiệp"
    OTHER = "other", "Khác"


class HeaderStyle(TextChoices):
    """Which header an agency's papers carry."""

    STATE = "state", "Cơ quan nhà nước"
    PARTY = "party", "Cơ quan Đảng"


class LeadershipRole(TextChoices):
    """What an agency is in the leadership of a bloc's year."""

    LEADER = "leader", "Trưởng khối"
    DEPUTY = "deputy", "Phó Trưởng khối"


class SeatCapacity(TextChoices):
    """In which capacity a person acts."""

    BOARD_HEAD = "board_head", "Lãnh đạo cơ quan thường trực"
    BOARD_SPECIALIST = "board_specialist", "Chuyên viên cơ quan thường trực"
    COUNCIL = "council", "Thành viên Hội đồng Thi đua - Khen thưởng"
    OFFICER = "officer", "Đầu mối của đơn vị"
    ACCOUNT_MANAGER = "account_manager", "Người quản lý tài khoản của đơn vị"
    SIGNER = "signer", "Người ký của đơn vị"


class SignsAs(TextChoices):
    """With which words before the title a signer signs (Decree 30/2020, Annex I)."""

    HEAD = "head", "Thủ trưởng"
    IN_CHARGE = "in_charge", "Phụ trách"
    KT = "kt", "KT. (ký thay)"
    ACTING = "q", "Q. (quyền)"
    TUQ = "tuq", "TUQ. (thừa ủy quyền)"


class Launcher(TextChoices):
    """Who launched a movement."""

    PRIME_MINISTER = "prime_minister", "Thủ tướng Chính phủ"
    PROVINCE = "province", "Tỉnh"
    BLOC = "bloc", "Khối"
    SECTOR = "sector", "Bộ, ngành Trung ương"
    UNSTATED = "unstated", "Không nêu"


class TargetDirection(TextChoices):
    """Which way a figure is better."""

    HIGHER = "higher", "Càng cao càng tốt"
    LOWER = "lower", "Càng thấp càng tốt"


class ResultStage(TextChoices):
    """Whether a stated award was proposed or received."""

    PROPOSED = "proposed", "Đề nghị"
    GRANTED = "granted", "Đã nhận"


class PaperKind(TextChoices):
    """The papers a bloc passes each year (BLOCS: plan, rules, covenant) and the draft of its year-end report."""

    PLAN = "plan", "Kế hoạch hoạt động của Khối"
    RULES = "rules", "Quy chế hoạt động của Khối"
    COVENANT = "covenant", "Giao ước thi đua"
    REPORT = "year_report", "Báo cáo tổng kết"


class OpinionOutcome(TextChoices):
    """What the leader made of a member's comment."""

    OPEN = "open", "Chưa xem xét"
    ADOPTED = "adopted", "Đã tiếp thu"
    ANSWERED = "answered", "Đã trả lời"


class PaperChange(TextChoices):
    """What a version is to the one before it."""

    FIRST = "first", "Ban hành lần đầu"
    AMENDMENT = "amendment", "Sửa đổi, bổ sung"
    ANNEX = "annex", "Thêm phụ lục"


class PaperState(TextChoices):
    """Where a paper of the bloc is; a covenant is signed where a plan or rules are passed."""

    DRAFT = "draft", "Dự thảo"
    CIRCULATED = "circulated", "Đang lấy ý kiến"
    SIGNING = "signing", "Đang ký"
    PASSED = "passed", "Đã thông qua"
    SIGNED = "signed", "Đã ký"
    SUPERSEDED = "superseded", "Đã có bản thay thế"
    NONE = "none", "Không có"


class SignatureWay(TextChoices):
    """How an agency signed."""

    SCREEN = "screen", "Ký trên hệ thống"
    PAPER = "paper", "Ký trên giấy"
    MEETING = "meeting", "Ký tại hội nghị"


class StandingState(TextChoices):
    """Where a version of the standing is; a published one is never written over."""

    PROVISIONAL = "provisional", "Dự kiến"
    PUBLISHED = "published", "Đã công bố"
    SUPERSEDED = "superseded", "Đã có bản thay thế"
    NONE = "none", "Không xếp hạng"


class HandoverState(TextChoices):
    """Where the handing over of the leadership is."""

    DRAFT = "draft", "Đang chuẩn bị"
    HANDED = "handed", "Đã bàn giao"
    NONE = "none", "Không bàn giao"


class SuccessionKind(TextChoices):
    """What happened to agencies."""

    MERGE = "merge", "Sáp nhập, hợp nhất"
    SPLIT = "split", "Chia, tách"
    RENAME = "rename", "Đổi tên"
    DISSOLVE = "dissolve", "Giải thể"
    TRANSFER = "transfer", "Chuyển sang khối khác"


class SuccessionState(TextChoices):
    """Where a succession is."""

    DRAFT = "draft", "Đang chuẩn bị"
    DONE = "done", "Đã thực hiện"
    CANCELLED = "cancelled", "Đã hủy"


class SuccessionSide(TextChoices):
    """On which side of a succession an agency stands."""

    OLD = "old", "Đơn vị cũ"
    NEW = "new", "Đơn vị mới"
