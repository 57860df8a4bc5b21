"""An article of a rule file as a Document: text and sources, with nothing of any answers."""

from __future__ import annotations

from dataclasses import dataclass

from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.texts import Article, Blocks, Claim
from screening.wording.document.blocks import Block, ClaimPair, Items, Lines, Paragraph, Part, SourceEntry, Table
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
        Part(section.id, section.title, _article_blocks(section.blocks, rule_set, citations))
        for section in article.sections
    )
    checks = None
    if article.checks:
        citations.cite(source for block in article.checks for source in block.sources)
        lines = Lines(tuple(block.text for block in article.checks))
        checks = Part("checks", language.gettext("A card to fill in and take along"), (lines,))
    citations.cite(article.sources)
    return ArticleDocument(article.title, article.summary, parts, checks, citations.entries(language))


def _article_blocks(blocks: Blocks, rule_set: RuleSet, citations: Citations) -> tuple[Block, ...]:
    shown: list[Block] = []
    for block in blocks:
        sources = citations.cite(block.sources)
        if block.text:
            shown.append(Paragraph(block.text, () if block.items or block.table else sources))
        if block.items:
            shown.append(Items(block.items, sources=sources))
        if block.table:
            rows = tuple(row.cells for row in block.table.rows)
            cited = (*(() for _ in rows[1:]), sources)  # behind the last row
            shown.append(Table(block.table.caption, block.table.columns, rows, cited))
        shown += (claim_pair(rule_set, claim, citations) for claim in rule_set.claims if claim.id in block.claims)
    return tuple(shown)


def claim_pair(rule_set: RuleSet, claim: Claim, citations: Citations) -> ClaimPair:
    """What the guide says, and what research makes of it."""
    label = next(label.text for label in rule_set.claim_labels if label.id == claim.label)
    return ClaimPair(claim.says, label, claim.research, citations.cite(claim.sources))
