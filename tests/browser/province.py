"""The demo province, with every state a page can show laid on top: jobs, papers, uploads, waiting rows, factors."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import Client

from awards.models import AwardKind, Submission
from blocs.models import Agency, BlocYear, EmulationYear
from emulation.accounts.models import User
from emulation.accounts.queries import actor_for
from emulation.core import clock
from emulation.core.models import FileKind, JobState, label_of
from emulation.desk.models import ImportBatch
from emulation.desk.renderers.workbook import empty_book
from emulation.desk.services import demo, workbook
from tests import factories as make
from tests.blocs.people import book_of
from tests.browser.workbooks import with_mistakes

BOARD, LEADER, MEMBER, HEAD, ADMIN = "chuyenvien", "truongkhoi", "thanhvien", "lanhdao", "quantri"
MANAGER = "quanlytk"
CODE, YEAR = "SL-K1", "2026"
DOUBTED = "Sở Kế hoạch và Tài chính"  # under the code of another agency
_APPS = ("accounts", "mfa", "core", "blocs", "awards", "reports", "desk")
_KEPT: dict[str, tuple[Any, list[tuple[type[models.Model], list[Any]]]]] = {}
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Shown:
    """What there is to look at, by name."""

    bloc: BlocYear
    closed: BlocYear
    seeds: list[BlocYear]
    agency: Agency
    ids: dict[str, int]


def seed() -> BlocYear:
    """Bring the demo in; return the bloc year its logins are about."""
    return _once("demo", _demo)


def everything() -> Shown:
    """Bring the demo in and lay every state on it."""
    return _once("everything", everything_anew)


def _once(name: str, build: Callable[[], _Made]) -> _Made:
    """Build rows once for all tests, and put them back for each: eight workbooks take seconds, their rows a moment.

    Who may use the admin site is left out, for the permissions that hangs on are made anew for each test.
    """
    if name not in _KEPT:
        made = build()
        _KEPT[name] = (made, [(model, list(model.objects.order_by("pk"))) for model in _models()])
        return made
    made, kept = _KEPT[name]
    with transaction.atomic():
        for model, _ in reversed(kept):  # the catalogue comes back by itself after each flush
            model.objects.all()._raw_delete(connection.alias)
        for model, rows in kept:
            model.objects.bulk_create(rows)
    _continue_numbers()
    return made


def _demo() -> BlocYear:
    for _ in demo.seed():
        pass
    return BlocYear.objects.get(bloc__code=CODE, year__label=YEAR)


def _models() -> list[type[models.Model]]:
    every = [model for label in _APPS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    return [model for model in every if model not in {User.groups.through, User.user_permissions.through}]


def _continue_numbers() -> None:
    """Let the database number new rows after those put back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def everything_anew() -> Shown:
    """Bring the demo in, with who may use the admin site, and lay every state on it."""
    bloc = _demo()
    ids = (
        _papers(bloc)
        | _uploads()
        | _standings(bloc)
        | _successions(bloc)
        | _leadership(bloc)
        | _people()
        | _bloc_papers(bloc)
        | _decisions(bloc)
        | _nominations(bloc)
        | _packs(bloc)
        | _dossiers(bloc)
    )
    _factors(User.objects.get(username=HEAD))
    return Shown(
        bloc=bloc,
        closed=BlocYear.objects.get(bloc__code=CODE, year__label="2025"),
        seeds=list(BlocYear.objects.exclude(bloc__locality="").order_by("year__label", "pk")),
        agency=Agency.objects.get(name="Sở Tài chính", locality="", parent=None),
        ids=ids,
    )


def _decisions(bloc: BlocYear) -> dict[str, int]:
    """Lay decisions in every state: a draft with a line that was changed and one that waits, an award taken back."""
    agency = Agency.objects.get(name="Sở Tài chính", locality="", parent=None)

    def asked(name: str, state: str, route: str = "board", slug: str = "bk_tinh") -> Any:
        person = make.PersonFactory(name=name, agency=agency)
        award = make.AwardKindFactory(slug=slug)
        title = f"{person.position}, {agency.name}"
        return make.NominationFactory(
            route=route, person=person, year=bloc.year, award=award, state=state, subject_title=title
        )

    def decision(state: str, number: str) -> Any:
        title = "Về việc tặng “Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh” năm 2026"
        signed = {} if state == "draft" else {"paper": make.SignedPaperFactory(number=number)}
        blank = {"number": "", "dated_on": None} if state == "draft" else {"number": number}
        return make.DecisionFactory(year=bloc.year, state=state, title=title, **blank, **signed)

    draft, numbered = decision("draft", ""), decision("numbered", "901/QĐ-UBND")
    issued = decision("issued", "902/QĐ-UBND")
    asked("Đặng Thị Hợp Nhất Trần", "approved")
    first = make.DecisionLineFactory(
        decision=draft,
        nomination=asked("Nguyễn Thị Thanh Huyền", "appraised"),
        directive="Chủ tịch UBND tỉnh, ngày 20/10/2026",
        merit="có thành tích xuất sắc trong khắc phục hậu quả mưa lũ, bảo đảm an sinh xã hội",
    )
    make.DecisionLineFactory(decision=draft, nomination=asked("Lê Văn C", "approved"), is_struck=True, directive="Chờ")
    plain = make.DecisionLineFactory(decision=draft, nomination=asked("Đỗ Văn D", "approved"))
    make.DecisionLineFactory(decision=numbered, nomination=asked("Trần Văn B", "approved"))
    grants = [
        make.GrantFactory(line=make.DecisionLineFactory(decision=issued, nomination=asked(name, "granted")))
        for name in ("Phạm Thị Yến", "Vũ Đức Quỳnh")
    ]
    make.RevocationFactory(grant=grants[1])
    type(grants[1]).objects.filter(pk=grants[1].pk).update(is_revoked=True)
    return {
        "decision_draft": draft.pk,
        "decision_numbered": numbered.pk,
        "decision_issued": issued.pk,
        "decision_line": first.pk,
        "decision_line_plain": plain.pk,
        "grant": grants[0].pk,
        "revoked": grants[1].pk,
        "recorded": asked("Hồ Thị Lan", "draft", "recorded", "ldtt").pk,
    }


def _people() -> dict[str, int]:
    """Lay a file of people that waits for its confirmation; name the person the pages are about."""
    board, person = User.objects.get(username=BOARD), User.objects.get(username="nguoiky")
    lines = [
        ["Sở Tài chính", "Lê Thị Mới", "Chuyên viên", "Đầu mối của đơn vị"],
        ["Sở Tài chính", "Đỗ Văn Hải", "Giám đốc", "Người ký của đơn vị", "Thủ trưởng"],
        ["Sở Không Có", "Trần Sai", "Chuyên viên", "Đầu mối của đơn vị"],
    ]
    stored = make.StoredFileFactory(
        name="nguoi-dung.xlsx", kind=FileKind.XLSX, content=book_of(lines), actor=actor_for(board, board.seats.get())
    )
    seat = person.seats.get()
    later = make.SeatFactory(user=person, agency=seat.agency, starts_on=clock.today() + dt.timedelta(days=30))
    return {
        "people_file": stored.pk,
        "person": person.pk,
        "person_seat": seat.pk,
        "later_seat": later.pk,
        "manager": User.objects.get(username=MANAGER).pk,
    }


def _leadership(bloc: BlocYear) -> dict[str, int]:
    """Lay a named next leader, a deputy that stands in, and a record of handing over in preparation."""
    leader, deputy = bloc.terms.get(role="leader"), bloc.terms.get(role="deputy")
    named = make.NextLeaderFactory(bloc_year=bloc, agency=deputy.agency)
    handover = make.HandoverFactory(bloc_year=bloc, giver=leader.agency, receiver=deputy.agency)
    titles = ("Kế hoạch hoạt động của Khối năm 2026, số 02/KH-KTĐ, ngày 27/01/2026", "Cờ luân lưu Trưởng khối")
    for number, title in enumerate(titles, start=1):
        make.HandoverItemFactory(handover=handover, number=number, title=title, is_handed=number == 1)
    members = bloc.memberships.exclude(agency__in=[leader.agency_id, deputy.agency_id]).select_related("agency")
    standing_in = make.LeadershipTermFactory(
        bloc_year=bloc, agency=members[0].agency, role="deputy", stands_in_from=dt.date(2026, 10, 1)
    )
    return {
        "leader": leader.pk,
        "deputy": deputy.pk,
        "next_leader": named.pk,
        "handover": handover.pk,
        "standing_in": standing_in.pk,
    }


def _papers(bloc: BlocYear) -> dict[str, int]:
    at = clock.now()
    people = {"made_by": User.objects.get(username=LEADER)}
    signed = make.DocumentFactory(
        bloc_year=bloc, signed_scan=make.StoredFileFactory(name="ban-ky.pdf"), number="12/BC-KTĐ1",
        issued_on=dt.date(2026, 11, 3), **people,
    )  # fmt: skip
    draft = make.DocumentFactory(bloc_year=bloc, version=2, inputs_hash="1" * 64, **people)
    year = EmulationYear.objects.get(label=YEAR)
    of_year = {"kind": "province_reports", "subject_label": label_of(EmulationYear), "subject_id": year.pk}
    other = BlocYear.objects.exclude(pk=bloc.pk).get(year=year)
    asked = {"asked_by": people["made_by"], "asked_as": "Lê Văn Chung, Chuyên viên Văn phòng Sở"}
    over_all = make.JobFactory(
        bloc_year=bloc,
        state=JobState.RUNNING,
        attempt=1,
        lease_until=at + dt.timedelta(hours=1),
        total_count=2,
        done_count=1,
        stage="Đã xong 1/2 khối",
        **of_year,
    )
    ended = {"bloc_year": bloc, "finished_at": at}
    jobs = {
        "province": over_all,
        "zip": make.JobFactory(
            **ended, **of_year, state=JobState.READY, done_count=2, total_count=2,
            result=make.StoredFileFactory(name="toan-tinh.zip", kind=FileKind.ZIP, content=b"PK"),
        ),
        "ready": make.JobFactory(**ended, **asked, state=JobState.READY, document=draft, parent=over_all),
        "failed": make.JobFactory(
            **ended, **asked, state=JobState.FAILED,
            failure="Máy lập văn bản gặp lỗi. Bấm “Lập lại”; nếu vẫn không được, báo quản trị hệ thống mã việc số 3.",
        ),
        "cancelled": make.JobFactory(**ended, **asked, state=JobState.CANCELLED),
        "running": make.JobFactory(
            bloc_year=bloc, state=JobState.RUNNING, attempt=1, lease_until=at + dt.timedelta(hours=1),
            stage="Đang dựng bản PDF", done_count=1, total_count=4, **asked,
        ),
        "queued": make.JobFactory(bloc_year=other, parent=over_all, total_count=4),
    }  # fmt: skip
    return {"signed": signed.pk, "draft": draft.pk} | {name: job.pk for name, job in jobs.items()}


def _standings(bloc: BlocYear) -> dict[str, int]:
    """A published standing with its correction under way, one that was left out, and a member that may be taken out."""
    members = list(bloc.memberships.in_order())
    published = make.StandingFactory(bloc_year=bloc, state="published")
    provisional = make.StandingFactory(bloc_year=bloc, version=2, reason="Nhập nhầm hạng của hai đơn vị.")
    for standing, shift in ((published, 0), (provisional, 1)):
        for number, member in enumerate(members[:-1], start=1 + shift):
            make.PlaceFactory(
                standing=standing, membership=member, place=3 if number == 4 else number,
                points=Decimal("98.5") - number, proposal="Cờ thi đua của UBND tỉnh" if number == 1 else "",
            )  # fmt: skip
        make.PlaceFactory(standing=standing, membership=members[-1], place=None, remark="không tham gia bình xét")
    late = bloc.milestones.order_by("pk").filter(done_on=None, due_on__isnull=False).first()
    if late:
        make.ExtensionFactory(milestone=late, old_due_on=late.due_on - dt.timedelta(days=15), due_on=late.due_on)
    prepared = make.BlocYearFactory(year=bloc.year, name="Khối thi đua số 9, các hội")
    make.MilestoneFactory(bloc_year=prepared, kind="plan", due_on=dt.date(2027, 1, 20))
    return {
        "published": published.pk,
        "provisional": provisional.pk,
        "skipped": make.StandingFactory(bloc_year=prepared, state="none").pk,
        "prepared": prepared.pk,
        "unranked": BlocYear.objects.exclude(standings__isnull=False).exclude(state="closed").order_by("pk")[0].pk,
        "removable": make.MembershipFactory(bloc_year=prepared).pk,
        "monitor": make.MonitorFactory(bloc_year=prepared, seat=None, stated="Phó Giám đốc Sở Nội vụ").pk,
    }


def _uploads() -> dict[str, int]:
    """Three uploads of a sixth bloc: one put aside, one confirmed with rows that wait, one open."""
    board = User.objects.get(username=BOARD)
    actor = actor_for(board, board.seats.get())
    book = with_mistakes(empty_book())
    book.write("Thành viên", "Tên đơn vị", 4, DOUBTED)
    book.write("Thành viên", "Mã đơn vị", 4, "SL-STC")
    Agency.objects.filter(name="Sở Tài chính", locality="").update(code="SL-STC")

    def upload() -> tuple[ImportBatch, Any]:
        return workbook.upload(name="khoi-6-giao-thong.xlsx", content=book.content, actor=actor)

    discarded, _ = upload()
    workbook.discard(batch=discarded, actor=actor)
    confirmed, plan = upload()
    confirmed = workbook.confirm(batch=confirmed, digest=plan.digest, actor=actor, at=clock.now())
    opened, _ = upload()
    ids = {"discarded": discarded.pk, "confirmed": confirmed.pk, "opened": opened.pk}
    doubted = confirmed.parked.get(title=DOUBTED)
    wrong = confirmed.parked.exclude(pk=doubted.pk).order_by("pk").first()
    return ids | {"parked": wrong.pk, "doubted": doubted.pk}


def _successions(bloc: BlocYear) -> dict[str, int]:
    """A merger of the leader with another member in preparation; one of agencies outside the bloc that is done."""
    leader = bloc.terms.get(role="leader", ends_on=None).agency
    other = bloc.memberships.exclude(agency=leader).order_by("pk")[0].agency
    merger = make.AgencySuccessionFactory()
    for agency in (leader, other):
        make.SuccessionPartyFactory(succession=merger, agency=agency, name=agency.names.get(valid_to=None))
    make.SuccessionPartyFactory(succession=merger, side="new", agency=None, title="Sở hợp nhất")
    merged = make.AgencySuccessionFactory(state="done", paper=make.SignedPaperFactory())
    gone = make.AgencyFactory(name="Ban Dân tộc tỉnh", ended_on=dt.date(2026, 5, 31))
    make.SuccessionPartyFactory(succession=merged, agency=gone)
    make.SuccessionPartyFactory(succession=merged, side="new", agency=other)
    make.SuccessionLineFactory(succession=merged)
    return {"merger": merger.pk, "merged": merged.pk}


def _factors(user: User) -> None:
    """Give a person every kind of second factor. The passkey is a row only: nobody logs in with it here."""
    TOTP.activate(user, generate_totp_secret())
    passkey = {"clientExtensionResults": {"credProps": {"rk": True}}}
    Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "Khóa của máy cơ quan", "credential": passkey}
    )
    RecoveryCodes.activate(user)


def session_of(username: str) -> dict[str, str]:
    """Return the cookie of a session that has just shown its password."""
    client = Client()
    user = User.objects.get(username=username)
    client.force_login(user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": clock.now().timestamp(), "username": username, "reauthenticated": True}
    ]
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key)}


def _nominations(bloc: BlocYear) -> dict[str, int]:
    """A member's nomination that waits for the bloc, with a file and gaps; another of it that is held."""
    agency = bloc.memberships.in_order().last().agency
    flag, certificate = (AwardKind.objects.get(slug=slug) for slug in ("co_tinh", "bk_tinh"))
    said = {"bloc_year": bloc, "agency": agency, "state": "submitted", "achievement": "Hoàn thành 12/12 chỉ tiêu."}
    waiting = make.NominationFactory(**said, award=flag, place=1, points=Decimal("98.5"), votes_for=9, votes_of=10)
    file = make.AttachmentFactory(nomination=waiting, need=flag.papers.order_by("position")[0])
    make.FindingFactory(nomination=waiting)
    held = make.NominationFactory(**said, award=certificate, is_held=True)
    make.HoldFactory(nomination=held)
    make.GrantFactory(line__nomination=make.NominationFactory(**said | {"state": "granted"}, award=certificate))
    return {"nomination": waiting.pk, "nomination_file": file.pk, "held": held.pk}


def _dossiers(bloc: BlocYear) -> dict[str, int]:
    """An agency's dossier at the board with a line in every hand, and one that is not sent."""
    agency = bloc.memberships.in_order().last().agency
    said = {"bloc_year": None, "year": bloc.year, "agency": agency}
    draft = make.SubmissionFactory(**said)
    sent = make.SubmissionFactory(
        **said, state="received", register_number="31", register_year=2026, paper=make.SignedPaperFactory()
    )
    award = AwardKind.objects.get(slug="bk_tinh")

    def line(state: str, dossier: Submission) -> int:
        asked = {"route": "direct", "year": bloc.year, "award": award, "achievement": "Trực 24/24 giờ trong đợt lũ."}
        row = make.NominationFactory(person=make.PersonFactory(agency=agency), state=state, submission=dossier, **asked)
        if state == "appraised":
            make.AppraisalFactory(nomination=row, opinion="Đủ thành phần hồ sơ.")
        return int(row.pk)

    line("draft", draft)
    return {
        "sender": agency.pk,
        "dossier": sent.pk,
        "dossier_draft": draft.pk,
        **{state: line(state, sent) for state in ("sent", "returned", "appraised")},
    }


def _packs(bloc: BlocYear) -> dict[str, int]:
    """A decision and a dossier with a paper each, one more that failed; versions of a template, one faulty."""
    flag = AwardKind.objects.get(slug="co_tinh")
    asked = make.NominationFactory(bloc_year=bloc, state="approved", award=flag, submission=_dossier(bloc))
    decision = make.DecisionLineFactory(
        nomination=asked, decision__year=bloc.year, decision__number="", decision__dated_on=None
    ).decision
    about = {"subject_label": "awards.decision", "subject_id": decision.pk}
    make.DocumentFactory(kind="board_proposal", number="148/TTr-SNV", **about)
    failed = {"state": "failed", "finished_at": clock.now(), "failure": "Lập văn bản quá lâu nên đã dừng."}
    make.JobFactory(kind="decision", **failed, **about)
    make.DocumentFactory(kind="bloc_list", subject_label="awards.submission", subject_id=asked.submission.pk)
    for said in ({"state": "active", "tried_at": clock.now()}, {}):
        template = make.DocumentTemplateFactory(note="Đổi cỡ chữ nơi nhận", **said)
    faulty = {"subject_label": "reports.documenttemplate", "subject_id": template.pk}
    make.JobFactory(kind="template_trial", **failed, **faulty)
    return {"packed_decision": decision.pk, "packed_dossier": asked.submission.pk}


def _dossier(bloc: BlocYear) -> Submission:
    dossier: Submission = make.SubmissionFactory(bloc_year=bloc, year=bloc.year, state="received")
    return dossier


def _bloc_papers(bloc: BlocYear) -> dict[str, int]:
    """Find the demo's plan and covenant that is being signed; lay drafts under another bloc of the year."""
    covenant = bloc.papers.get(kind="covenant")
    unsigned = bloc.memberships.exclude(signatures__paper=covenant).first()
    other = BlocYear.objects.filter(year=bloc.year).exclude(pk=bloc.pk).first()
    drafted = make.CovenantFactory(bloc_year=other)
    make.TargetFactory(bloc_year=other, covenant=drafted, number=1)
    report = make.BlocPaperFactory(bloc_year=bloc, kind="year_report", state="circulated", body="")
    make.NarrativeFactory(
        paper=report, text="Một số đơn vị gửi báo cáo chậm.\n- Quý I: 02 đơn vị\n- Quý III: 01 đơn vị"
    )
    speaks = bloc.memberships.get(agency__name="Sở Khoa học và Công nghệ")
    opinion = make.OpinionFactory(paper=report, membership=speaks, section="III.1. Hạn chế")
    make.OpinionFactory(paper=report, membership=speaks, outcome="answered", answer="Số liệu lấy theo báo cáo quý IV.")
    return {
        "report": report.pk,
        "opinion": opinion.pk,
        "passed": bloc.papers.get(kind="plan").pk,
        "plan": make.BlocPaperFactory(bloc_year=other, kind="plan").pk,
        "covenant": covenant.pk,
        "covenant_member": unsigned.pk,
        "signature": covenant.signatures.first().pk,
        "covenant_draft": drafted.paper_id,
        "draft_member": other.memberships.first().pk,
        "other": other.pk,
    }
