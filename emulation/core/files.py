"""Private files: kinds by content, size, hash; under a random key; streamed only after the owner's permission."""

import hashlib
import io
import secrets
import zipfile

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import FileResponse

from emulation.core.access import Actor
from emulation.core.errors import Refused
from emulation.core.models import FileKind, StoredFile
from emulation.core.vietnamese import nfc

MIME = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.ZIP: "application/zip",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}
INLINE = {FileKind.PDF, FileKind.PNG, FileKind.JPEG}
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(content: bytes) -> FileKind | None:
    """Say what a file is by its content; None when it is nothing we take. Raises Refused for encrypted Office files."""
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(_OLE2):
        raise Refused(
            "Tệp được đặt mật khẩu hoặc ở dạng Office cũ (.xls, .doc); "
            "bỏ mật khẩu, lưu lại dạng .xlsx hoặc .docx rồi tải lên."
        )
    if content.startswith(b"PK"):
        return _office_kind(content)
    return None


def _office_kind(content: bytes) -> FileKind | None:
    """Look inside a zip for the part that makes it a workbook or a Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "word/document.xml" in names:
        return FileKind.DOCX
    return None


def accept(name: str, content: bytes, *, kinds: set[FileKind]) -> FileKind:
    """Return the kind of an upload, or raise Refused with one sentence: empty, too large, not what its name says."""
    wanted = ", ".join(sorted(kind.label for kind in kinds))
    if not content:
        raise Refused(f"Tệp “{name}” rỗng; chọn lại tệp {wanted}.")
    if len(content) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        raise Refused(too_large())
    kind = kind_of(content)
    if kind not in kinds:
        raise Refused(f"Nội dung tệp “{name}” không phải là {wanted}; mở tệp bằng đúng phần mềm, lưu lại rồi tải lên.")
    return kind


def too_large() -> str:
    """Return the sentence about the size limit."""
    return f"Tệp lớn hơn {settings.UPLOAD_LIMIT_MB} MB; giảm dung lượng (quét ở 200 dpi, bỏ ảnh thừa) rồi tải lên."


def store(*, name: str, content: bytes, kind: FileKind, actor: Actor | None = None) -> StoredFile:
    """Write the bytes, then the row that names them; nothing is ever overwritten."""
    key = f"{secrets.token_hex(2)}/{secrets.token_urlsafe(24)}"
    storages["private"].save(key, ContentFile(content))
    return StoredFile.objects.create(
        key=key,
        name=nfc(name)[:200],
        kind=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_by_id=actor.user_id if actor else None,
    )


def read(stored: StoredFile) -> bytes:
    """Return the bytes of a stored file."""
    with storages["private"].open(stored.key, "rb") as handle:
        return bytes(handle.read())


def stream(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """Answer with the file; PDF and pictures may open in the browser, under a policy that lets them do nothing."""
    may_open = inline and stored.kind in INLINE
    response = FileResponse(
        storages["private"].open(stored.key, "rb"),
        as_attachment=not may_open,
        filename=stored.name,
        content_type=MIME[FileKind(stored.kind)],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:"
    return response
