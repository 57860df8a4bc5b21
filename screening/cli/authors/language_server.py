"""The language server of rule files: what an editor asks, answered by the names of the file and by `check`."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import TextDocument

from screening.cli.input import english
from screening.rulefiles.authoring.offers import Names, Offer, OfferKind, names_in, offers_at, word_at
from screening.rulefiles.loading.loader import FileProblem, RuleFileError, load_rule_file
from screening.rulefiles.translation.loader import load_translations
from screening.ruleset.language.signatures import SIGNATURES
from screening.wording.authors.language_help import MEANINGS
from screening.wording.authors.mistakes.excerpts import told_mistake

NAME = "screening"
_TRIGGERS = ['"', "(", "{", "[", " ", "="]
_KINDS = {
    OfferKind.QUESTION: types.CompletionItemKind.Variable,
    OfferKind.VALUE: types.CompletionItemKind.Value,
    OfferKind.FUNCTION: types.CompletionItemKind.Function,
    OfferKind.OPTION: types.CompletionItemKind.EnumMember,
    OfferKind.CATEGORY: types.CompletionItemKind.Class,
    OfferKind.GROUND: types.CompletionItemKind.Event,
    OfferKind.SOURCE: types.CompletionItemKind.Reference,
    OfferKind.SPEED: types.CompletionItemKind.Constant,
}


class _Server(LanguageServer):
    """Keeps the names of each file as it could last be read, and which files it told mistakes of."""

    def __init__(self) -> None:
        super().__init__(NAME, "1")
        self.names: dict[str, Names] = {}
        self.told: dict[str, set[str]] = defaultdict(set)

    def names_of(self, document: TextDocument, line: int) -> Names:
        """The names of a document, in a line of which somebody types."""
        names = names_in(document.source, line)
        if names is not None:
            self.names[document.uri] = names
        return self.names.get(document.uri, Names())

    def check(self, uri: str) -> None:
        """Tell the editor all mistakes of the rule file that a file is, or belongs to, as it is saved."""
        path = rule_file_of(uri)
        if path is None:
            return
        by_file: dict[str, list[types.Diagnostic]] = defaultdict(list)
        for problem, severity in problems_of(path):
            by_file[from_fs_path(problem.file) or uri].append(self.diagnostic(problem, severity))
        rule_file = from_fs_path(str(path)) or uri
        for file in self.told[rule_file] | set(by_file) | {uri}:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(file, by_file.get(file, [])))
        self.told[rule_file] = set(by_file)

    def diagnostic(self, problem: FileProblem, severity: types.DiagnosticSeverity) -> types.Diagnostic:
        """A mistake at its place, as far as the word that stands there."""
        mistake = told_mistake(problem, english())
        here = next((line for line in mistake.lines if line.number == mistake.line), None)
        units = self.workspace.position_codec.client_num_units
        begin, length = (units(here.before), units(here.marked)) if here else (mistake.column - 1, 1)
        line = mistake.line - 1
        return types.Diagnostic(
            range=types.Range(types.Position(line, begin), types.Position(line, begin + length)),
            message=mistake.sentence,
            severity=severity,
            code=problem.problem.code,
            source=NAME,
        )


def make_server() -> LanguageServer:
    """The server, which begins to listen when it is started."""
    server = _Server()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(parameters: types.DidOpenTextDocumentParams) -> None:
        server.check(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(parameters: types.DidSaveTextDocumentParams) -> None:
        server.check(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=_TRIGGERS))
    def completion(parameters: types.CompletionParams) -> list[types.CompletionItem]:
        document, line, column = _place(server, parameters)
        before = document.lines[line][:column] if line < len(document.lines) else ""
        above = [text.rstrip("\r\n") for text in document.lines[:line]]
        return [_item(offer) for offer in offers_at(before, above, server.names_of(document, line))]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(parameters: types.HoverParams) -> types.Hover | None:
        document, line, column = _place(server, parameters)
        if line >= len(document.lines):
            return None
        explanation = explained(word_at(document.lines[line], column), server.names_of(document, line))
        return types.Hover(explanation) if explanation else None

    return server


def _place(
    server: LanguageServer, parameters: types.CompletionParams | types.HoverParams
) -> tuple[TextDocument, int, int]:
    """The document with a line and a column of it, counted in characters from 0."""
    document = server.workspace.get_text_document(parameters.text_document.uri)
    at = document.position_codec.position_from_client_units(document.lines, parameters.position)
    return document, at.line, at.character


def _item(offer: Offer) -> types.CompletionItem:
    return types.CompletionItem(
        label=offer.name, kind=_KINDS[offer.kind], detail=offer.about or None, insert_text=offer.typed
    )


def explained(word: str, names: Names) -> str:
    """What a word of a rule file stands for; nothing where it is none of its names."""
    say = english().gettext
    if word in names.questions:
        options = [f'- `"{code}"` {text}' for code, text in names.options.get(word, {}).items()]
        return "\n".join([names.questions[word], "", *options]).strip()
    if word in SIGNATURES:
        return f"`{SIGNATURES[word]}`\n\n{say(MEANINGS[word])}"
    if word in MEANINGS:
        return say(MEANINGS[word])
    if word in names.values:
        return f"`{names.values[word]}`"
    others = (names.categories, names.grounds, names.sources, names.speeds)
    return next((members[word] for members in others if word in members), "")


def rule_file_of(uri: str) -> Path | None:
    """The rule file that a file is, or belongs to: of NAME.cases.yaml and the like, NAME.yaml."""
    path = Path(to_fs_path(uri) or "")
    if path.suffix != ".yaml":
        return None
    own = path.with_name(f"{path.stem.partition('.')[0]}.yaml")
    return own if own.is_file() else path


def problems_of(path: Path) -> list[tuple[FileProblem, types.DiagnosticSeverity]]:
    """What `check` says of a rule file, its cases and its translations, with warnings."""
    try:
        rules = load_rule_file(path, cases_may_fail=True)
    except RuleFileError as error:
        return [(problem, types.DiagnosticSeverity.Error) for problem in error.problems]
    problems = [(problem, types.DiagnosticSeverity.Error) for problem in rules.failing]
    try:
        load_translations(rules)
    except RuleFileError as error:
        problems += [(problem, types.DiagnosticSeverity.Error) for problem in error.problems]
    return problems + [(problem, types.DiagnosticSeverity.Warning) for problem in rules.warnings]
