"""What every template is given: messages, the language, the rules, and what stands on every page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Flask, request
from jinja2.ext import Extension
from markupsafe import Markup
from werkzeug.local import LocalProxy

from screening.documents.number_drawing import word_fits
from screening.documents.scale_drawing import scale_drawing
from screening.questionnaire import results
from screening.questionnaire.current_request import current_journey, current_language, translated_rules
from screening.questionnaire.interrupts import open_interrupt_speed
from screening.runtime import Service, current_service
from screening.wording.document.emergency import nearest_first
from screening.wording.document.review_state import review_notice, review_stamp
from screening.wording.language.languages import language as language_of
from screening.wording.language.negotiation import regions_named
from screening.wording.language.pictures import picture_in
from screening.wording.summary.translations import translation_notice, translation_stamp


class Unindented(Extension):
    """Templates are indented to be read; what a browser gets is not: a tenth of a page was spaces."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - jinja passes them
        """The template without spaces before a tag that begins a line."""
        return re.sub(r"(?m)^[ \t]+(?=<)", "", source)


class Pictures:
    """The drawings by name, each in the language of the request."""

    def __init__(self, svgs: Mapping[str, str]) -> None:
        self._drawn = svgs

    def __getitem__(self, name: str) -> Markup:
        return Markup(picture_in(self._drawn[name], current_language()))  # noqa: S704 - checked when loaded


def init_templates(app: Flask, service: Service) -> None:
    """Give the templates their messages, and what stands on every page.

    What a macro needs is a global, so that the files that hold macros are read once and not with every page.
    """
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.add_extension(Unindented)
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals.update(_known_everywhere(service))

    @app.context_processor
    def every_page() -> dict[str, object]:
        return _on_every_page(service)


def _known_everywhere(service: Service) -> dict[str, object]:
    return {
        "_": lambda *args, **values: current_language().gettext(*args, **values),
        "gettext": lambda *args, **values: current_language().gettext(*args, **values),
        "ngettext": lambda *args, **values: current_language().ngettext(*args, **values),
        "sentence": lambda text: current_language().sentence(text),
        "labelled": lambda label, text: current_language().with_label(label, text),
        "article_url": results.article_url,
        "open_interrupt_speed": open_interrupt_speed,
        "scale_drawing": scale_drawing,
        "word_fits": word_fits,
        "rule_set": LocalProxy(lambda: translated_rules().rule_set),
        "nearest_first": lambda numbers: nearest_first(numbers, _regions()),
        "pictures": Pictures(service.rules.illustrations),
        "rules_language": service.rules.rule_set.language,
        "rules_hash": service.rules.hash,
        "settings": service.settings,
        "receipt": service.receipt,
    }


def _regions() -> tuple[str, ...]:
    """The countries in which the present person may be: as the browser says, else where the clinic is."""
    clinic = current_service().settings.clinic
    return (*regions_named(request.accept_languages.values()), *([clinic.country] if clinic else []))


def _on_every_page(service: Service) -> dict[str, object]:
    state = current_journey().state
    language = current_language()
    review = service.review
    rules = translated_rules()
    return {
        "language": language,
        "languages": [language_of(tag) for tag in service.languages],
        "translation_notice": translation_notice(rules, review, language),
        "translation_stamp": translation_stamp(rules, review, language),
        "review": review,
        "review_notice": review_notice(review, language),
        "review_stamp": review_stamp(review, language),
        "is_test": service.is_test,
        "answers_for_other": state.who == "helper",
        "answers_lost": state.lost,
        "has_answers": bool(state.answers),
    }
