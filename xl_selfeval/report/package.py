"""A .docx as its parts: read from bytes, written so that the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip entry can carry
_UNIX = 3


def read_parts(content: bytes) -> dict[str, bytes]:
    """The parts of a .docx by name, in their order. Raises zipfile.BadZipFile when it is no zip or is damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def write_parts(parts: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    """A .docx of `parts`; the bytes depend on nothing else.

    `packed=False` leaves the parts uncompressed: then they are the same on every machine, whichever zlib it has.
    """
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.create_system, info.external_attr = method, _UNIX, 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()
