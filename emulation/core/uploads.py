"""The wall before an upload: an oversized body is refused with a sentence, not read to the end first."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class SizeWall(FileUploadHandler):
    """Stop reading when the announced size passes the limit (no server reads beyond it); the form then says so."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Mark the request when the announced length is too large."""
        self.is_too_large = content_length > (settings.UPLOAD_LIMIT_MB + 1) * 1024 * 1024
        if self.is_too_large and self.request is not None:
            self.request.META["upload_too_large"] = True

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        """Pass the data on, or stop."""
        if self.is_too_large:
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, _file_size: int) -> None:
        """Leave the file to the next handler."""
        return
