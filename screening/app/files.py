"""The stylesheets and the scripts, as small as they can be sent."""

from __future__ import annotations

import gzip
import re
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request, url_for

FILES = {
    "style.css": "text/css",
    "desk_style.css": "text/css",
    "reference.css": "text/css",
    "idle.js": "text/javascript",
    "share.js": "text/javascript",
    "wait.js": "text/javascript",
    "shorten.js": "text/javascript",
    "keep.js": "text/javascript",
    "desk.js": "text/javascript",
}
"""What pages load: the names in `static`, and what each is."""
_FOLDER = Path(__file__).parent.parent / "static"


def serve_files(app: Flask) -> None:
    """The stylesheet and the script, compressed once; pages are not: they hold a token beside what was typed."""
    plain = {name: _without_waste(_FOLDER / name) for name in FILES}
    compressed = {name: gzip.compress(content, mtime=0) for name, content in plain.items()}
    versions = {name: sha256(content).hexdigest()[:12] for name, content in plain.items()}

    @app.get(f"/static/<any({', '.join(map(repr, FILES))}):name>")
    def file(name: str) -> Response:
        headers = {"Vary": "Accept-Encoding"}
        if not request.accept_encodings.quality("gzip"):
            return Response(plain[name], mimetype=FILES[name], headers=headers)
        return Response(compressed[name], mimetype=FILES[name], headers=headers | {"Content-Encoding": "gzip"})

    @app.context_processor
    def addresses() -> dict[str, object]:
        return {"file_url": lambda name: url_for("file", name=name, v=versions[name])}


def _without_waste(path: Path) -> bytes:
    """What a file holds; a stylesheet without its comments and the space between its words: people pay for it."""
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        content = re.sub(r"/\*.*?\*/", "", content, flags=re.DOTALL)
        content = re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", content)).strip()
    return content.encode()
