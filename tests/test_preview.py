"""`screening preview`: the pages of a rule file while it is written, or its mistakes in their place."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import Client, TestResponse

from screening.app.preview import Preview
from tests.cli.conftest import Call, call
from tests.rulefiles.edited import DATA, edited
from tests.support.patience import PATIENCE

__all__ = ["call"]  # a fixture

TEXT = (DATA / "rules" / "framed.yaml").read_text(encoding="utf-8")
CASES = "rules: dry_eyes\ncases:\n  - {name: Who is never dry, answers: {often: never}, category: not_dry}\n"


class Author:
    """Writes the file, and looks at it in a browser."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "eyes.yaml"
        self.saves = 0
        self.save()
        self.preview = Preview(self.file, folder / "instance")
        self.client = Client(self.preview)

    def save(self, *changes: tuple[str, str]) -> None:
        """Save the file with these changes; another size each time, as a clock may stand still between two saves."""
        self.saves += 1
        self.file.write_text(edited(*changes, text=TEXT) + "#" * self.saves, encoding="utf-8")

    def see(self, path: str) -> str:
        return self.client.get(path).get_data(as_text=True)

    def send(self, path: str, **answers: str) -> TestResponse:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.see(path))
        assert token
        return self.client.post(path, data={"csrf_token": token[1], **answers}, follow_redirects=True)

    def answer(self) -> None:
        self.send("/who", who="me")
        assert "Every day" in self.send("/questions/often", often="daily").get_data(as_text=True)


@pytest.fixture
def author(tmp_path: Path) -> Iterator[Author]:
    author = Author(tmp_path)
    yield author
    author.preview.close()


def test_every_page_says_that_it_is_a_preview_for_its_author_alone(author: Author) -> None:
    for path in ("/", "/who", "/about", "/nothing"):
        response = author.client.get(path)
        page = response.get_data(as_text=True)
        assert "never for the public" in page.split("<main", 1)[0]
        assert "Test version, not health advice." in page
        assert '<script src="/preview/preview.js" data-version="1" defer>' in page
        assert "connect-src 'self'" in response.headers["Content-Security-Policy"]
    assert "See what you sent" not in author.see("/")  # nothing is shared or stored
    for path in ("/preview/preview.js", "/preview/preview.css", "/preview/style.css"):
        assert author.client.get(path).status_code == 200


def test_a_mistake_stands_in_place_of_the_pages_until_it_is_mended(author: Author) -> None:
    author.send("/who", who="me")
    assert author.see("/preview/state") == "1"
    author.save(("  signs: Sudden loss of sight, or strong pain in the eye?", '  signs: "<b>Sudden</b> loss of sight?'))
    assert author.see("/preview/state") == author.see("/preview/state") == "2"
    response = author.client.get("/questions/often")
    page = response.get_data(as_text=True)
    assert response.status_code == 503
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "has none at its end. Add it." in page
    line = author.file.read_text(encoding="utf-8").split('"<b>')[0].count("\n") + 1
    assert f"<code>eyes.yaml:{line}:10</code>" in page
    assert f'<span class="number">{line}</span>   signs: <mark>&#34;</mark>&lt;b&gt;Sudden' in page
    author.save()
    assert author.see("/preview/state") == "3"
    assert "How often do your eyes feel dry?" in author.see("/questions/often")


def test_answers_stay_where_their_questions_still_exist(author: Author) -> None:
    author.answer()
    author.save(("frame: 1\n", "frame: 7\n"))
    assert "There is no frame 7" in author.see("/check")
    more = edited(("      - id: often\n", "      - id: often\n        help: As it was this month.\n"), text=TEXT)
    author.file.write_text(more, encoding="utf-8")
    assert "Every day" in author.see("/check")
    author.file.write_text(TEXT.replace("often", "how_often"), encoding="utf-8")
    assert author.client.get("/check", follow_redirects=True).status_code == 200
    assert "Every day" not in author.see("/check")


def test_cases_that_come_out_otherwise_are_told_above_the_pages(author: Author) -> None:
    cases = author.file.with_name("eyes.cases.yaml")
    cases.write_text(CASES, encoding="utf-8")
    assert "To look at" not in author.see("/")
    cases.write_text(CASES.replace("category: not_dry", "category: dry"), encoding="utf-8")
    page = author.see("/")
    assert "To look at: 1 " in page
    assert "expects the category dry, but the rules give not_dry" in page
    cases.write_text(CASES + "cases: twice\n", encoding="utf-8")
    assert "The key &#34;cases&#34; stands already" in author.see("/")


def test_a_file_that_is_taken_away_or_is_no_text_is_told_too(author: Author) -> None:
    author.file.write_bytes(b"title: caf\xe9\n")
    assert "is not UTF-8" in author.see("/")
    author.file.unlink()
    assert "There is no such file." in author.see("/")


def test_a_preview_says_what_keeps_it_from_starting(call: Call, tmp_path: Path) -> None:
    missing = call("preview", tmp_path / "no.yaml")
    assert (missing.exit_code, missing.stderr.count("screening new")) == (1, 1)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (tmp_path / "eyes.yaml").write_text(TEXT, encoding="utf-8")
        result = call("preview", tmp_path / "eyes.yaml", "--port", str(port))
    assert result.exit_code == 1
    assert f"Nothing can listen at port {port}." in result.stderr


def test_a_preview_runs_until_it_is_stopped_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "eyes.yaml").write_text(TEXT, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "screening"), "preview", "eyes.yaml", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert re.match(r"http://127\.0\.0\.1:\d+  shows eyes\.yaml\.", running.stdout.readline())
        running.send_signal(signal.SIGTERM)
        assert running.wait(PATIENCE) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["eyes.yaml"]
