"""`screening editor`: an editor asks, as the Language Server Protocol says, and gets names, meanings and mistakes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.rulefiles.edited import DATA, edited
from tests.support.patience import PATIENCE

TEXT = (DATA / "rules" / "framed.yaml").read_text(encoding="utf-8")
BROKEN = edited(("when: 'often == \"never\"'", "when: 'often == \"nefer\"'"), text=TEXT)
CASES = "rules: dry_eyes\ncases:\n  - {name: Who is never dry, answers: {often: never}, category: dry}\n"


class Editor:
    """An editor with one folder open, and what it was told of each file."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.told: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()

    def address(self, name: str) -> str:
        return (self.folder / name).as_uri()

    async def open(self, name: str, text: str) -> None:
        document = types.TextDocumentItem(self.address(name), "yaml", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    async def mistakes(self, name: str) -> list[types.Diagnostic]:
        """What is told of a file next."""
        while (said := await asyncio.wait_for(self.told.get(), PATIENCE)).uri != self.address(name):
            pass
        return list(said.diagnostics)


def in_an_editor(folder: Path, work: Callable[[Editor], Awaitable[None]]) -> None:
    """Start the server as an editor does, do the work, and end it."""

    async def run() -> None:
        client = LanguageClient("an editor", "1")
        editor = Editor(client, folder)

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def told(parameters: types.PublishDiagnosticsParams) -> None:
            editor.told.put_nowait(parameters)

        await client.start_io(str(Path(sys.executable).parent / "screening"), "editor")
        capabilities = types.ClientCapabilities()
        await client.initialize_async(types.InitializeParams(capabilities, root_uri=folder.as_uri()))
        client.initialized(types.InitializedParams())
        try:
            await work(editor)
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()  # type: ignore[no-untyped-call]

    # In a thread of its own: in this one a browser of another test may have a loop running.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(lambda: asyncio.run(run())).result()


@pytest.mark.slow
def test_an_editor_is_told_mistakes_names_and_meanings(tmp_path: Path) -> None:
    (tmp_path / "eyes.yaml").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "eyes.cases.yaml").write_text(CASES, encoding="utf-8")

    async def work(editor: Editor) -> None:
        await editor.open("eyes.yaml", BROKEN)
        (mistake,) = await editor.mistakes("eyes.yaml")
        assert mistake.message.startswith('"often" has no option "nefer". Did you mean "never"?')
        line, column = mistake.range.start.line, mistake.range.start.character
        assert BROKEN.splitlines()[line][column:].startswith("often ==")

        at = types.Position(line, BROKEN.splitlines()[line].index("nefer"))
        document = types.TextDocumentIdentifier(editor.address("eyes.yaml"))
        offered = await editor.client.text_document_completion_async(types.CompletionParams(document, at))
        assert isinstance(offered, list)
        assert {(item.label, item.detail) for item in offered} >= {("never", "Never"), ("daily", "Every day")}

        hovered = types.Position(line, column + 2)
        hover = await editor.client.text_document_hover_async(types.HoverParams(document, hovered))
        assert hover is not None
        assert isinstance(hover.contents, str)
        assert hover.contents.startswith("How often do your eyes feel dry? (choice)")
        assert '- `"daily"` Every day' in hover.contents

        (tmp_path / "eyes.yaml").write_text(TEXT, encoding="utf-8")
        editor.client.text_document_did_save(types.DidSaveTextDocumentParams(document))
        (case,) = await editor.mistakes("eyes.cases.yaml")
        assert "expects the category dry, but the rules give not_dry" in case.message

        (tmp_path / "eyes.cases.yaml").write_text(CASES.replace("category: dry", "category: not_dry"), encoding="utf-8")
        editor.client.text_document_did_save(types.DidSaveTextDocumentParams(document))
        assert await editor.mistakes("eyes.cases.yaml") == []

    in_an_editor(tmp_path, work)
