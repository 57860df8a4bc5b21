"""A rule file served to its author while it is written: the pages anew after each save, or its mistakes in their place.

For the author's own machine alone, and never for the public: every page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from flask import Flask, Response
from jinja2 import Environment, FileSystemLoader, Template

from screening.app import Served, create_app
from screening.app.guards import GUARDS
from screening.config.reading import read_settings
from screening.config.settings import Settings, SettingsError
from screening.content_policy import EVERY_PAGE, widen_policy
from screening.documents.font_checks import require_fonts
from screening.resources import resource
from screening.rulefiles.loading.loader import FileProblem, RuleFileError, load_rule_file
from screening.rulefiles.translation.loader import load_translations
from screening.runtime import EXTENSION
from screening.wording.authors.mistakes.excerpts import TOLD, told_mistake
from screening.wording.language.languages import SOURCE_LANGUAGE, language

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"
STATE = "/preview/state"
"""Asked by the script on every page, whether the file was saved since."""
FILES = {"/preview/preview.js": "text/javascript", "/preview/preview.css": "text/css"}
_STYLE = "/preview/style.css"
_STATIC = Path(__file__).parent.parent / "static"
_POLICY = "; ".join(f"{name} {value}" for name, value in {**EVERY_PAGE, "connect-src": "'self'"}.items())
Fingerprint = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class _Version:
    """What became of the file as it stood at one time."""

    number: int
    fingerprint: Fingerprint
    app: Flask | None = None
    """None: the mistakes are told in the place of every page."""
    problems: tuple[FileProblem, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why it cannot be served though it has no mistake."""


class Preview:
    """A WSGI application that serves a rule file, and sees at each request whether it, or a file beside it, changed."""

    def __init__(self, file: Path, instance: Path) -> None:
        self.file = file
        self.settings = _settings(file, instance)
        self.lock = Lock()
        self.version = _Version(0, ())
        self.templates = Environment(loader=FileSystemLoader(resource("templates")), autoescape=True)
        self.templates.globals["_"] = language(SOURCE_LANGUAGE).gettext

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        return self._answer(environ["PATH_INFO"])(environ, start_response)

    def _answer(self, path: str) -> WSGIApplication:
        if path in (*FILES, _STYLE):
            name = path.rsplit("/", 1)[1]
            return _guarded(Response((_STATIC / name).read_bytes(), mimetype=FILES.get(path, "text/css")))
        version = self.current()
        if path == STATE:
            return _guarded(Response(str(version.number), mimetype="text/plain"))
        if version.app:
            return version.app
        page = self._page(self.templates.get_template("preview/mistakes.html"), version)
        return _guarded(Response(page, status=503, mimetype="text/html"))

    def current(self) -> _Version:
        """What is served of the file as it stands now; read again only where it changed."""
        with self.lock:
            seen = _fingerprint(self.file)
            if seen != self.version.fingerprint:
                before, self.version = self.version, self._read(self.version.number + 1, seen)
                _close(before)
            return self.version

    def close(self) -> None:
        """End what the last version started."""
        _close(self.version)

    def _read(self, number: int, seen: Fingerprint) -> _Version:
        problems: list[FileProblem] = []

        def load(path: Path) -> Served:
            rules = load_rule_file(path, cases_may_fail=True)
            translations = load_translations(rules)
            require_fonts(rules, translations)
            problems.extend((*rules.failing, *rules.warnings))
            return rules, translations

        try:
            app = create_app(self.settings, load=load)
        except RuleFileError as error:
            return _Version(number, seen, problems=tuple(error.problems))
        except SettingsError as error:
            return _Version(number, seen, reasons=tuple(error.problems))
        version = _Version(number, seen, app, tuple(problems))
        head = self._page(self.templates.get_template("preview/head.html"), version)
        banner = self._page(self.templates.get_template("preview/banner.html"), version)
        _mark(app, head, banner)
        return version

    def _page(self, template: Template, version: _Version) -> str:
        shown = [told_mistake(problem, language(SOURCE_LANGUAGE)) for problem in version.problems[:TOLD]]
        return template.render(
            file=self.file.name, version=version, mistakes=shown, more=len(version.problems) - len(shown), style=_STYLE
        )


def _settings(file: Path, instance: Path) -> Settings:
    """Of a demonstration, so that every part and language is there and each page is a test; nothing is shared."""
    names = {"SCREENING_DEMONSTRATION": "1", "SCREENING_RULES": str(file), "SCREENING_INSTANCE": str(instance)}
    return replace(read_settings(names), clinic=None)


def _fingerprint(file: Path) -> Fingerprint:
    """What tells that the file, or one beside it that is read with it, was saved."""
    files = [file, *file.parent.glob(f"{file.stem}.*.yaml"), *(file.parent / "illustrations").glob("*.svg")]
    seen = []
    for path in sorted(files):
        with suppress(OSError):
            status = path.stat()
            seen.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(seen) or (("", 0, 0),)


def _close(version: _Version) -> None:
    if version.app:
        service = version.app.extensions[EXTENSION]
        service.workers.close()
        service.file_workers.close()


def _mark(app: Flask, head: str, banner: str) -> None:
    """Say on every page that it is a preview, and let it ask whether the file was saved."""

    @app.after_request
    def mark(response: Response) -> Response:
        if response.mimetype == "text/html":
            widen_policy(connect_src="'self'")
            page = response.get_data(as_text=True)
            response.set_data(page.replace("</head>", f"{head}</head>", 1).replace("<body>", f"<body>{banner}", 1))
        return response


def _guarded(response: Response) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    response.headers.update({**GUARDS, "Content-Security-Policy": _POLICY, "Cache-Control": "no-store"})
    return response
