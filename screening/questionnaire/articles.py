"""The rule file's articles: everything that can be read without answering."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from screening.questionnaire.current_request import current_language, translated_rules
from screening.runtime import current_service
from screening.wording.document.review_state import article_notice
from screening.wording.summary.articles import article_document

blueprint = Blueprint("articles", __name__, url_prefix="/read")


@blueprint.get("/")
def contents() -> str:
    """List the articles."""
    return render_template("questionnaire/contents.html", articles=translated_rules().rule_set.articles)


@blueprint.get("/<article_id>")
def article(article_id: str) -> str:
    """Show one article."""
    rule_set = translated_rules().rule_set
    chosen = next((candidate for candidate in rule_set.articles if candidate.id == article_id), None)
    if chosen is None:
        abort(404)
    document = article_document(rule_set, chosen, current_language())
    notice = article_notice(chosen, current_service().review, current_language())
    return render_template("questionnaire/article.html", document=document, notice=notice)
