"""An article of a rule file as a Document: text and sources, with nothing of any answers."""

from __future__ import annotations

from dataclasses import dataclass

from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.texts import Article, Blocks
from screening.wording.document.blocks import Block, Items, Lines, Paragraph, Part, SourceEntry
from screening.wording.document.citations import Citations
from screening.wording.language.languages import Language


@dataclass(frozen=True, slots=True)
class ArticleDocument:
    """What an article's page prints."""

    title: str
    summary: str
    parts: tuple[Part, ...]
    checks: Part | None
    """Points to fill in by hand on a card."""
    sources: tuple[SourceEntry, ...]


def article_document(rule_set: RuleSet, article: Article, language: Language) -> ArticleDocument:
    """An article with its citations numbered."""
    citations = Citations(rule_set)
    parts = tuple(
        Part(section.id, section.title, _article_blocks(section.blocks, citations)) for section in article.sections
    )
    checks = None
    if article.checks:
        citations.cite(source for block in article.checks for source in block.sources)
        lines = Lines(tuple(block.text for block in article.checks))
        checks = Part("checks", language.gettext("A card to fill in and take along"), (lines,))
    citations.cite(article.sources)
    return ArticleDocument(article.title, article.summary, parts, checks, citations.entries(language))


def _article_blocks(blocks: Blocks, citations: Citations) -> tuple[Block, ...]:
    shown: list[Block] = []
    for block in blocks:
        sources = citations.cite(block.sources)
        if block.text:
            shown.append(Paragraph(block.text, () if block.items else sources))
        if block.items:
            shown.append(Items(block.items, sources=sources))
    return tuple(shown)
