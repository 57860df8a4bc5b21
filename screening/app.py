"""The web application: wires rules, settings and views together, and sends every response with the same guards."""

from __future__ import annotations

import gzip
import logging
import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO

from flask import Flask, Request, Response, g, render_template, request, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2.ext import Extension
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy
from werkzeug.middleware.proxy_fix import ProxyFix

from screening import health
from screening.config import Settings, SettingsError, check_review
from screening.documents.scale_drawing import scale_drawing
from screening.documents.signing import Signing, seal_of, usable
from screening.documents.verifying import Verifier
from screening.documents.workers import BusyError, WorkError, Workers
from screening.questionnaire import (
    carry_on,
    changing,
    reading,
    results,
    sharing,
    speaking,
    start,
    status,
    verifying,
    views,
)
from screening.questionnaire.cookie import CookieTooLargeError
from screening.questionnaire.present import journey, spoken, spoken_rules
from screening.resources import resource
from screening.review.desk import desk_blueprint
from screening.rulefiles.loading import LoadedRules, load_rule_file
from screening.rulefiles.receipt import matching_receipt
from screening.rulefiles.translation import load_translations
from screening.sealing.certificates import fingerprints
from screening.sealing.keys import KeyRing, derived, load_or_create, parse_keys
from screening.service import EXTENSION, Service, parts_off, service
from screening.storage.clock import ClockError
from screening.storage.database import DatabaseUnavailableError
from screening.storage.store import Store, open_store
from screening.storage.tallies import Tallies
from screening.storage.vault import KeyMissingError
from screening.wording.language import language as language_of
from screening.wording.review import review_notice, review_stamp
from screening.wording.translations import translation_notice, translation_stamp

log = logging.getLogger(__name__)

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
GUARDS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
FILES = {"style.css": "text/css", "desk_style.css": "text/css", "idle.js": "text/javascript"}
"""What pages load: the names in `static`, and what each is."""
MAX_BODY = 64 * 1024
"""Bytes in a request: a page's form is far smaller."""


def create_app(settings: Settings, pdf_workers: int = 1) -> Flask:
    """The application for these settings; raises what keeps it from starting."""
    rules = load_rule_file(settings.rules or default_rules())
    check_review(settings, signed=rules.review.state(date.today()).signed)
    app = Flask("screening", template_folder=str(resource("templates")), static_folder=None)
    keys = _keys(settings)
    app.config.update(
        SECRET_KEY=sha256(b"session\0" + keys.current.secret).digest(),
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        SESSION_COOKIE_NAME="form",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer header, which our own Referrer-Policy forbids
    )
    app.url_map.strict_slashes = app.url_map.merge_slashes = False  # their redirects repeat the Host that was sent
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions[EXTENSION] = _service(rules, settings, keys, Workers(pdf_workers))
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    _take_files(app)
    CSRFProtect(app)
    speaking.init_app(app)
    for part in (start, views, results, carry_on, reading, sharing, status, changing, verifying, health):
        app.register_blueprint(part.blueprint)
    if app.extensions[EXTENSION].store:
        app.register_blueprint(desk_blueprint())
    _serve_files(app)
    _speak(app, app.extensions[EXTENSION])
    _guard(app)
    _explain_errors(app)
    _explain_no_pdf(app)
    return app


def default_rules() -> Path:
    """The rule file that ships with the service."""
    return resource("rules") / "liver.yaml"


def _keys(settings: Settings) -> KeyRing:
    if settings.cookie_keys:
        return parse_keys(settings.cookie_keys)
    return load_or_create(settings.instance / "cookie.keys")


def _service(rules: LoadedRules, settings: Settings, keys: KeyRing, workers: Workers) -> Service:
    off = parts_off(rules, settings)
    translations = load_translations(rules)
    for each in translations.values():
        each.rules.explainer_without(off)  # compiled before anybody waits for it
    engine = rules.explainer_without(off).engine
    store = _store(settings) if settings.clinic else None
    receipt = matching_receipt(rules.path, rules.hash)
    certificate = settings.signing_certificate
    known = fingerprints(certificate) if certificate else ()
    return Service(
        rules=rules,
        engine=engine,
        settings=settings,
        receipt=receipt,
        cookie_keys=keys,
        store=store,
        translations=translations,
        tallies=Tallies(store.database) if store else None,
        workers=workers,
        verifier=Verifier(rules, known=known, seal_of=lambda content, known: workers.run(seal_of, content, known)),
        naming_key=derived(keys, "names of PDFs"),
        signing=_signing(settings),
    )


def _signing(settings: Settings) -> Signing | None:
    """By what PDFs are signed, if it can sign."""
    if settings.signing_key is None:
        return None
    if settings.signing_certificate is None:
        raise SettingsError(["SCREENING_SIGNING_KEY is set, but SCREENING_SIGNING_CERTIFICATE is empty. Set both."])
    return usable(Signing(settings.signing_key, settings.signing_certificate))


class _KeptInMemory(Request):
    """A request whose files never touch a disk: they may hold somebody's answers."""

    def _get_file_stream(self, *_arguments: object, **_named: object) -> IO[bytes]:
        return BytesIO()


def _take_files(app: Flask) -> None:
    """Let larger requests in where a file is sent; it must be known before anything reads the form."""
    app.request_class = _KeptInMemory

    @app.before_request
    def larger() -> None:
        if request.endpoint == "verifying.verified":
            request.max_content_length = verifying.MAX_UPLOAD


def _store(settings: Settings) -> Store:
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    return open_store(settings.database, settings.master_key_file, settings.deletions_file)


def _serve_files(app: Flask) -> None:
    """The stylesheet and the script, compressed once; pages are not: they hold a token beside what was typed."""
    plain = {name: _without_waste(Path(__file__).parent / "static" / name) for name in FILES}
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


class Unindented(Extension):
    """Templates are indented to be read; what a browser gets is not: a tenth of a page was spaces."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - jinja passes them
        """The template without spaces before a tag that begins a line."""
        return re.sub(r"(?m)^[ \t]+(?=<)", "", source)


def _speak(app: Flask, found: Service) -> None:
    """Give the templates their messages, and what stands on every page.

    What a macro needs is a global, so that the files that hold macros are read once and not with every page.
    """
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.add_extension(Unindented)
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals.update(
        _=lambda *args, **values: spoken().gettext(*args, **values),
        gettext=lambda *args, **values: spoken().gettext(*args, **values),
        ngettext=lambda *args, **values: spoken().ngettext(*args, **values),
        article_url=results.article_url,
        scale_drawing=scale_drawing,
        rule_set=LocalProxy(lambda: spoken_rules().rule_set),
        pictures={name: Markup(svg) for name, svg in found.rules.illustrations.items()},  # noqa: S704 - checked when loaded
        rules_hash=found.rules.hash,
        settings=found.settings,
        receipt=found.receipt,
    )

    @app.context_processor
    def every_page() -> dict[str, object]:
        kept = journey().kept
        language = spoken()
        review = found.review
        rules = spoken_rules()
        return {
            "language": language,
            "languages": [language_of(each) for each in found.languages],
            "translation_notice": translation_notice(rules, review, language),
            "translation_stamp": translation_stamp(rules, review, language),
            "review": review,
            "review_notice": review_notice(review, language),
            "review_stamp": review_stamp(review, language),
            "is_test": found.is_test,
            "answers_for_other": kept.who == "helper",
            "answers_lost": kept.lost,
            "has_answers": bool(kept.answers),
        }


def _guard(app: Flask) -> None:
    @app.after_request
    def guard(response: Response) -> Response:
        response.headers.update(GUARDS)
        if wider := g.get("content_security_policy"):
            response.headers["Content-Security-Policy"] = _policy(wider)
        if request.endpoint == "file" and response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers["Cache-Control"] = "no-store"
        if service().settings.https:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        return response


def _policy(wider: Mapping[str, str]) -> str:
    """The policy with what one page needs beside."""
    members = dict(each.split(" ", 1) for each in CONTENT_SECURITY_POLICY.split("; "))
    return "; ".join(f"{name} {value}" for name, value in {**members, **wider}.items())


def _explain_errors(app: Flask) -> None:
    """Every error is a page in plain words; what was typed is shown again wherever it can be."""

    @app.errorhandler(CSRFError)
    def form_not_ours(_error: CSRFError) -> tuple[str, int]:
        message = spoken().gettext(
            "Your browser did not send what we need to know that this form is ours. Press the button once more. "
            "If this comes again, allow cookies for this page: your answers are kept in one."
        )
        page_id = (request.view_args or {}).get("page_id")
        if request.endpoint == "questionnaire.answer" and page_id:
            shown = views.answer_not_accepted(page_id, message)
            if shown:
                return shown
        if request.endpoint == "sharing.submit" and (shown := sharing.not_accepted(message)):
            return shown
        return render_template("errors/error.html", title=spoken().gettext("Please try again"), text=message), 400

    @app.errorhandler(DatabaseUnavailableError)
    @app.errorhandler(KeyMissingError)
    @app.errorhandler(ClockError)
    def store_unavailable(error: Exception) -> tuple[str, int, dict[str, str]]:
        log.error("the store cannot be used in %s: %s", request.endpoint, error)
        say = spoken().gettext
        text = say(
            "Nothing was lost: what was sent before is kept, and your answers are still in your browser. "
            "Please go back and try again in a while."
        )
        title = say("Not possible just now")
        return render_template("errors/error.html", title=title, text=text), 503, health.RETRY_AFTER

    @app.errorhandler(CookieTooLargeError)
    def too_large(_error: CookieTooLargeError) -> tuple[str, int]:
        text = spoken().gettext("Your answers are too long to be kept. Go back and type shorter numbers.")
        return render_template("errors/error.html", title=spoken().gettext("Too long"), text=text), 400

    @app.errorhandler(HTTPException)
    def plain(error: HTTPException) -> tuple[str, int]:
        code = error.code or 500
        say = spoken().gettext
        texts = {
            404: (say("Page not found"), say("There is no such page. Your answers are still here.")),
            405: (say("That does not work here"), say("Go back and use the buttons on the page.")),
            413: (say("Too much was sent"), say("Go back and type less.")),
        }
        title, text = texts.get(code, (say("Something is wrong with this request"), say("Go back and try again.")))
        return render_template("errors/error.html", title=title, text=text), code

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> tuple[str, int]:
        log.error("unexpected error in %s: %s", request.endpoint, type(error).__name__, exc_info=app.debug)
        say = spoken().gettext
        text = say(
            "This is our mistake, not yours. Your answers are still in your browser. Please try again in a while."
        )
        return render_template("errors/error.html", title=say("Something went wrong"), text=text), 500


def _explain_no_pdf(app: Flask) -> None:
    """Say why there is no PDF, and that nothing is lost."""

    @app.errorhandler(BusyError)
    def busy(_error: BusyError) -> tuple[str, int, dict[str, str]]:
        text = spoken().gettext(
            "Many PDFs are being made right now. Please wait some seconds, go back and press the button once more. "
            "Your answers are still in your browser."
        )
        title = spoken().gettext("Please wait a moment")
        return render_template("errors/error.html", title=title, text=text), 503, {"Retry-After": "5"}

    @app.errorhandler(WorkError)
    def not_made(error: WorkError) -> tuple[str, int]:
        log.error("work for %s failed: %s", request.endpoint, error)
        text = spoken().gettext(
            "The file could not be made or looked at. This is our mistake, not yours. Your answers are still in your "
            "browser. Please try again in a while; you can also print the page with the result."
        )
        return render_template("errors/error.html", title=spoken().gettext("No PDF this time"), text=text), 500


def warm_up(app: Flask) -> None:
    """Prepare what would make the first person wait."""
    found: Service = app.extensions[EXTENSION]
    found.workers.warm_up()
