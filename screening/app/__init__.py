"""The web application: wires rules, settings and views together, and sends every response with the same guards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from screening import health
from screening.api.blueprint import api_blueprint
from screening.app.errors import explain_errors
from screening.app.files import serve_files
from screening.app.form_tokens import protect_forms
from screening.app.guards import guard_responses
from screening.app.metrics import meters_of, serve_metrics, time_requests
from screening.app.odd_requests import refuse_odd_requests
from screening.app.request_ids import name_requests
from screening.app.template_context import init_templates
from screening.config.settings import Api, Settings, SettingsError, check_mode, check_review
from screening.crypto.certificates import fingerprints
from screening.crypto.keys import KeyRing, derive_key, load_or_create, parse_keys
from screening.desk.blueprint import desk_blueprint
from screening.documents.font_checks import require_fonts
from screening.documents.signing import Signing, is_usable, seal_of
from screening.documents.verification import Verifier
from screening.documents.workers import FILE_LIMITS, FILES_GIVE_WAY, FilesBusyError, Workers
from screening.forms.uploads import MAX_FIELDS, take_uploads
from screening.monitoring.meters import Meters, Pool
from screening.network import request_network
from screening.questionnaire import (
    amending,
    articles,
    interrupts,
    locale,
    questions,
    results,
    saving,
    sharing,
    start,
    status,
    verification,
)
from screening.questionnaire.form_reply import forget_accepted
from screening.resources import resource
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.review.proof_receipt import matching_receipt
from screening.rulefiles.translation.loader import Translation, load_translations
from screening.runtime import EXTENSION, Service, parts_off, wants_numbers
from screening.storage.database.clock import now
from screening.storage.opening import open_store
from screening.storage.statistics.tallies import Tallies
from screening.storage.store import Store
from screening.storage.submissions.deletion.told_limits import note_told_limit
from screening.wording.language.languages import SOURCE_LANGUAGE, language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput

WAITING_FILES = 3
"""Callers that may wait until a stranger's file is looked into: of the threads that serve pages they keep so many."""

Served = tuple[LoadedRules, dict[str, Translation]]
"""Rules with what they say in other languages."""


def load_served(path: Path) -> Served:
    """A rule file with its translations; raises what is wrong with either."""
    rules = load_rule_file(path)
    translations = load_translations(rules)
    require_fonts(rules, translations)
    return rules, translations


def create_app(settings: Settings, pdf_workers: int = 1, load: Callable[[Path], Served] = load_served) -> Flask:
    """The application for these settings; raises what keeps it from starting. `load` reads the rule file."""
    rules, translations = load(settings.rules or default_rules())
    check_mode(settings, wants_numbers=wants_numbers(rules.rule_set))
    check_review(settings, signed=rules.review.state(date.today()).signed)
    app = Flask("screening", template_folder=str(resource("templates")), static_folder=None)
    keys = _keys(settings)
    app.config.update(
        SECRET_KEY=sha256(b"session\0" + keys.current.secret).digest(),
        MAX_CONTENT_LENGTH=MAX_FIELDS,
        SESSION_COOKIE_NAME="__Host-form" if settings.https else "form",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer header, which our own Referrer-Policy forbids
    )
    app.url_map.strict_slashes = app.url_map.merge_slashes = False  # their redirects repeat the Host that was sent
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    service = app.extensions[EXTENSION] = _service(rules, translations, settings, keys, pdf_workers)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    time_requests(app, service.meters)
    refuse_odd_requests(app)
    name_requests(app)
    take_uploads(app)
    protect_forms(app)
    locale.init_app(app)
    app.after_request(forget_accepted)
    answering = (start, questions, interrupts, results, saving, articles)
    for part in (*answering, sharing, status, amending, verification, health):
        app.register_blueprint(part.blueprint)
    if service.store:
        app.register_blueprint(desk_blueprint())
    if settings.api is not Api.OFF:
        app.register_blueprint(api_blueprint(settings))
    serve_files(app)
    serve_metrics(app)
    init_templates(app, service)
    guard_responses(app)
    explain_errors(app)
    return app


def default_rules() -> Path:
    """The rule file that ships with the service."""
    return resource("rules") / "liver.yaml"


def _keys(settings: Settings) -> KeyRing:
    if settings.cookie_keys:
        return parse_keys(settings.cookie_keys)
    return load_or_create(settings.instance / "cookie.keys")


def _service(
    rules: LoadedRules, translations: dict[str, Translation], settings: Settings, keys: KeyRing, pdf_workers: int
) -> Service:
    off = parts_off(rules, settings)
    for translation in translations.values():
        translation.rules.explainer_without(off)  # compiled before anybody waits for it
    engine = rules.explainer_without(off).engine
    store = _store(settings) if settings.clinic else None
    receipt = matching_receipt(rules.path, rules.hash)
    meters = meters_of(settings)
    workers, file_workers = _pools(pdf_workers, meters)
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
        tallies=Tallies(store) if store else None,
        workers=workers,
        file_workers=file_workers,
        verifier=Verifier(
            rules,
            known=known,
            seal_of=lambda content, known: file_workers.run_for(request_network(), seal_of, content, known),
        ),
        naming_key=derive_key(keys, "names of PDFs"),
        signing=_signing(settings),
        meters=meters,
    )


def _pools(pdf_workers: int, meters: Meters) -> tuple[Workers, Workers]:
    """Worker processes that make PDFs, and those that look into files of strangers."""
    pdfs = Workers(pdf_workers, note=partial(meters.worked, Pool.PDFS), watch=partial(meters.waits, Pool.PDFS))
    files = Workers(
        1,
        WAITING_FILES,
        limits=FILE_LIMITS,
        gives_way=FILES_GIVE_WAY,
        busy=FilesBusyError,
        note=partial(meters.worked, Pool.FILES),
        watch=partial(meters.waits, Pool.FILES),
    )
    return pdfs, files


def _signing(settings: Settings) -> Signing | None:
    """By what PDFs are signed, if it can sign."""
    if settings.signing_key is None:
        return None
    if settings.signing_certificate is None:
        raise SettingsError(["SCREENING_SIGNING_KEY is set, but SCREENING_SIGNING_CERTIFICATE is empty. Set both."])
    return is_usable(Signing(settings.signing_key, settings.signing_certificate))


def _store(settings: Settings) -> Store:
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    plan = settings.notifications.plan
    store = open_store(settings.database, settings.master_key_file, settings.deletions_file, plan)
    try:  # from now on people can read of it
        store.write(lambda transaction: note_told_limit(transaction, settings.keep_idle_days))
    except BaseException:
        store.database.engine.dispose()
        raise
    return store


def judge_once(app: Flask) -> None:
    """Judge a case of each category before processes are forked: what is made at its first use is there in all of them,
    and in each that takes the place of one that ended.
    """
    service: Service = app.extensions[EXTENSION]
    by_category = {str(case.expected.get("category")): case for case in service.rules.cases}
    for case in by_category.values():
        source_language = language(SOURCE_LANGUAGE)
        summary_input = SummaryInput(
            service.rules, case.answers, source_language, now().date(), service.review, parts_off=service.parts_off
        )
        Assessment(summary_input).record()


def warm_up(app: Flask) -> None:
    """Prepare what would make the first person wait."""
    service: Service = app.extensions[EXTENSION]
    service.workers.warm_up()
    service.file_workers.warm_up(partial(seal_of, b"", ()))
