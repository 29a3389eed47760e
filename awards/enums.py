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


#: Conferred by others than the province.
ABOVE_PROVINCE = (AwardLevel.STATE, AwardLevel.GOVERNMENT, AwardLevel.MINISTRY)


class Route(TextChoices):
    """The way a nomination goes; it never changes."""

    VIA_BLOC = "via_bloc", "Qua khối"
    DIRECT = "direct", "Đơn vị trình thẳng"
    BOARD = "board", "Sở Nội vụ lập"
    RECORDED = "recorded", "Đơn vị tự quyết định"


class NominationState(TextChoices):
    """Where a nomination is."""

    DRAFT = "draft", "Bản nháp"
    SUBMITTED = "submitted", "Chờ khối xét"
    RETURNED = "returned", "Trả lại để hoàn thiện"
    ENDORSED = "endorsed", "Khối thống nhất đề nghị"
    DECLINED = "declined", "Khối không đề nghị"
    SENT = "sent", "Chờ thẩm định"
    APPRAISED = "appraised", "Đã thẩm định, chờ phê duyệt"
    APPROVED = "approved", "Đồng ý trình khen"
    REFUSED = "refused", "Không đồng ý trình khen"
    PROPOSED_UP = "proposed_up", "Đã trình cấp trên"
    NOT_GRANTED = "not_granted", "Cấp trên không tặng"
    GRANTED = "granted", "Đã có quyết định tặng"
    REJECTED = "rejected", "Trả hồ sơ (không đủ điều kiện)"
    WITHDRAWN = "withdrawn", "Đơn vị rút"


class Verdict(TextChoices):
    """What a specialist's appraisal says of one nomination."""

    FIT = "fit", "Đủ điều kiện"
    CHANGE = "change", "Đề nghị hình thức khác"
    UNFIT = "unfit", "Không đủ điều kiện"


class SubmissionState(TextChoices):
    """Where a dossier a bloc or an agency sends is."""

    DRAFT = "draft", "Đang chuẩn bị"
    SENT = "sent", "Đã gửi, chờ tiếp nhận"
    RECEIVED = "received", "Đã tiếp nhận"
    RETURNED = "returned", "Trả lại để hoàn thiện"
    APPRAISED = "appraised", "Đã thẩm định"
    DECIDED = "decided", "Đã có kết quả"


class ReceivedAs(TextChoices):
    """In which form a dossier came in."""

    SYSTEM = "system", "Trên hệ thống"
    PAPER = "paper", "Bản giấy"
    FILE = "file", "Tệp điện tử"


class DecisionState(TextChoices):
    """Where a decision is. Number and date come from văn thư, never from us."""

    DRAFT = "draft", "Dự thảo"
    NUMBERED = "numbered", "Đã vào số"
    ISSUED = "issued", "Đã ban hành"
    CANCELLED = "cancelled", "Đã hủy"


class BasisUse(TextChoices):
    """Which papers a set of legal bases ("Căn cứ") is for."""

    PROPOSAL = "proposal", "Tờ trình"
    APPRAISAL = "appraisal", "Báo cáo thẩm định"
    DECISION = "decision", "Quyết định"
