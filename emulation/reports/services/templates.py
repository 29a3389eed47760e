"""The office's own Word templates: uploaded as versions, tried with real facts, brought into use, taken out of it."""

import datetime as dt
import io
import uuid
import zipfile

from django.core.files import File
from django.db import IntegrityError
from django.db.models import Max

from emulation.core import files, jobs, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.models import DocumentKind, FileKind, Job
from emulation.core.transitions import check, move
from emulation.reports.domain.template import TEMPLATE
from emulation.reports.enums import TemplateState
from emulation.reports.models import DocumentTemplate

UNPACKED_MB = 50
_TYPES = "[Content_Types].xml"
HAS_MACROS = "Tệp có macro; lưu lại dạng .docx không có macro rồi tải lên."
TOO_LARGE = f"Nội dung tệp khi giải nén lớn hơn {UNPACKED_MB} MB; bỏ bớt ảnh trong mẫu rồi tải lên."
NOT_TRIED = "Phiên bản này chưa chạy thử đạt; chạy thử, sửa hết lỗi rồi đưa vào dùng."
QUICKER = "Người khác vừa thay đổi mẫu của loại văn bản này. Tải lại trang để xem trạng thái mới."


def upload(
    *,
    kind: DocumentKind,
    file: "File[bytes]",
    note: str,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> DocumentTemplate:
    """Store an edited template as the next version of its kind and queue its trial; a second click finds the first.

    Raises PermissionError, Refused for what is no plain Word file, or when another version came at the same moment.
    """
    if not can(actor, "reports.manage_template"):
        raise PermissionError("reports.manage_template")
    if found := DocumentTemplate.objects.filter(creation_key=creation_key).first():
        return found
    name, content = str(file.name), file.read()
    files.accept(name, content, kinds={FileKind.DOCX})
    _refuse_harmful(content)
    stored = files.store(name=name, content=content, kind=FileKind.DOCX, actor=actor)
    try:
        with act(actor=actor, at=at) as current:
            last = DocumentTemplate.objects.filter(kind=kind).aggregate(Max("version"))["version__max"] or 0
            template = revisions.insert(
                DocumentTemplate(
                    kind=kind,
                    version=last + 1,
                    file=stored,
                    note=note,
                    made_by_id=actor.user_id,
                    creation_key=creation_key,
                )
            )
            data = {"kind": template.kind, "version": template.version, "sha256": stored.sha256}
            current.record("template_uploaded", template, data=data)
            jobs.add(current, kind="template_trial", subject=template, total=1)
    except IntegrityError:
        raise Refused(QUICKER) from None
    return template


def _refuse_harmful(content: bytes) -> None:
    """Refuse macros, which papers would carry on, and what unpacks to more than a worker should hold."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(part.file_size for part in package.infolist()) > UNPACKED_MB * 1024 * 1024:
            raise Refused(TOO_LARGE)
        names = package.namelist()
        if any(name.casefold().endswith("vbaproject.bin") for name in names):
            raise Refused(HAS_MACROS)
        if _TYPES in names and b"macroEnabled" in package.read(_TYPES):
            raise Refused(HAS_MACROS)


def try_out(*, template: DocumentTemplate, actor: Actor, at: dt.datetime) -> Job:
    """Queue a trial of a version with the newest facts, or return the one under way. Raises PermissionError."""
    if not can(actor, "reports.manage_template", template):
        raise PermissionError("reports.manage_template")
    return jobs.request(kind="template_trial", subject=template, actor=actor, at=at, total=1)


def take(*, template: DocumentTemplate, action: str, actor: Actor, at: dt.datetime) -> None:
    """Bring a version into use, which takes the one before it out of use, or go back to the built-in template.

    Raises PermissionError, Refused at the wrong time, for a version whose trial did not succeed, or for a race.
    """
    check(template, TEMPLATE, action, actor=actor)
    if action == "activate" and template.tried_at is None:
        raise Refused(NOT_TRIED)
    try:
        with act(actor=actor, at=at) as current:
            data = {"kind": template.kind, "version": template.version}
            if action == "activate":
                in_use = DocumentTemplate.objects.filter(kind=template.kind, state=TemplateState.ACTIVE)
                for other in in_use.select_for_update().order_by("pk"):
                    move(current, other, TEMPLATE, "retire", data={"kind": other.kind, "version": other.version})
            since = at if action == "activate" else template.active_from
            move(current, template, TEMPLATE, action, data=data, active_from=since)
    except IntegrityError:
        raise Refused(QUICKER) from None
