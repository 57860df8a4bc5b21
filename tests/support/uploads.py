"""Forms with a file, byte by byte as browsers send them: made without the library that reads them."""

from __future__ import annotations


def form(content: bytes, boundary: str, name: str, fields: dict[str, str] | None = None) -> bytes:
    """A form as a browser sends it, made without werkzeug."""
    edge = b"--" + boundary.encode()
    parts = [
        b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (key.encode(), value.encode())
        for key, value in (fields or {}).items()
    ]
    head = b'Content-Disposition: form-data; name="file"; filename="%s"\r\nContent-Type: application/pdf\r\n\r\n'
    parts.append(head % name.encode() + content)
    return b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"
