"""The chapters of the guide, and which pages each is about; pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chapter:
    """One chapter: its address, its heading, how the names of its routes begin; its text is in templates/desk/guide/.

    A page belongs to the chapter with the longest beginning that fits.
    """

    slug: str
    title: str
    routes: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """Return the template of the text."""
        return f"desk/guide/{self.slug}.html"


CHAPTERS = (
    Chapter(
        "bat-dau", "Đăng nhập và chọn tư cách làm việc", ("account_", "mfa_", "seat_choose")
    ),
    Chapter("trang-chu", "Trang chủ", ("home", "grid_", "year_choose")),
    Chapter("khoi", "Khối thi đua", ("bloc_", "blocyear_", "leadership", "year_division")),
    Chapter(
        "nam-cua-khoi",
        "Năm của khối: giao ước, xếp hạng, bàn giao",
        (
            "bloc_paper", "bloc_calendar", "bloc_members", "bloc_groups", "bloc_monitor", "bloc_files", "blocyear_open",
            "calendar_", "milestone_", "monitor_", "member_", "covenant_", "signature_",
            "signed_paper_", "standing_", "term_", "next_leader_", "handover_", "year_open",
        ),
    ),
    Chapter("bao-cao-nam", "Báo cáo tổng kết: soạn nội dung, góp ý", ("narrative_", "opinion_")),
    Chapter(
        "tham-dinh", "Hồ sơ trình, thẩm định, phê duyệt", ("submission_", "appraisal_", "nomination_resend")
    ),
    Chapter("quyet-dinh-tra-cuu", "Quyết định, thu hồi, tra cứu khen thưởng", ("decision_", "grant_")),
    Chapter("de-nghi-khen-thuong", "Đề nghị khen thưởng", ("nomination", "attachment_")),
    Chapter("so-lieu", "Số liệu của khối: tệp Excel", ("workbook_", "parked_")),
    Chapter("don-vi", "Đơn vị", ("agency_", "succession_")),
    Chapter("nguoi-dung", "Người dùng và tài khoản", ("people_", "person_", "seat_")),
    Chapter("tim-kiem", "Tìm kiếm", ("search",)),
    Chapter("quan-tri", "Trang quản trị"),
    Chapter(
        "bo-trinh-ky",
        "Bộ trình ký, mẫu văn bản",
        ("decision_pack", "submission_pack", "nomination_pack", "template_"),
    ),
    Chapter(
        "van-ban",
        "Văn bản: báo cáo tổng kết năm",
        ("paper_", "document_", "report_request", "province_request", "job_"),
    ),
)  # fmt: skip


def chapter_of(route: str) -> Chapter | None:
    """Return the chapter about a page, by the name of its route; None for the guide itself and what is no page."""
    fitting = [(start, chapter) for chapter in CHAPTERS for start in chapter.routes if route.startswith(start)]
    return max(fitting, key=lambda found: len(found[0]))[1] if fitting else None
