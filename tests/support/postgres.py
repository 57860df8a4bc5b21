"""A real PostgreSQL of the tests' own: a throw-away cluster behind a Unix socket, stopped and removed at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.support.system import postgresql_programs

OWNER = "screening"
ACCOUNT = "postgres"
"""PostgreSQL refuses to run as root; where the tests do, it runs as the account that Debian's package makes."""


@dataclass(frozen=True, eq=False)
class Cluster:
    """A running server."""

    folder: Path
    programs: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    """What it is started with, beside what the tests have."""

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://{OWNER}@/{name}?host={self.folder}"

    def create(self, name: str, template: str | None = None) -> str:
        """The address of a new database: empty, or with all that another one holds."""
        like = f' TEMPLATE "{template}"' if template else ""
        self._administer(f'CREATE DATABASE "{name}"{like}')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever still uses it."""
        self._administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def dump(self, name: str) -> bytes:
        """What pg_dump writes of a database."""
        command = [str(self.programs / "pg_dump"), "-h", str(self.folder), "-U", OWNER, name]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=200"
        self._control("-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it; `immediate` is as if the machine had lost its power."""
        self._control("-m", how, "stop")

    def limit_files(self, size: int | None) -> None:
        """Have every write fail that would make a file longer than so many bytes, from now on; None: no more.

        As on a full disk, but that the system says "File too large"; it needs no right to mount one.
        """
        limit = "unlimited" if size is None else str(size)
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        for process in (first, *children(first)):
            run_as_account(["prlimit", "--pid", str(process), f"--fsize={limit}:"])

    def _control(self, *arguments: str) -> None:
        variables = [f"{name}={value}" for name, value in self.environment.items()]
        command = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), *arguments]
        run_as_account(["env", *variables, *command])

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@contextmanager
def running_cluster(*options: str, environment: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """A new cluster, gone afterwards. `options`: more ones of initdb."""
    programs = postgresql_programs()
    folder = Path(tempfile.mkdtemp(prefix="screening-pg-", dir="/tmp"))
    if os.getuid() == 0:
        shutil.chown(folder, ACCOUNT)
    cluster = Cluster(folder, programs, environment or {})
    try:
        how = ("-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions")
        run_as_account([str(cluster.programs / "initdb"), "-D", str(folder / "data"), *how, *options])
        cluster.start()
        yield cluster
        cluster.stop("immediate")
    finally:
        shutil.rmtree(folder)


def run_as_account(command: list[str]) -> None:
    """Run one of PostgreSQL's programs, as its own account where the tests run as root."""
    if os.getuid() == 0:
        command = ["runuser", "-u", ACCOUNT, "--", *command]
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd="/tmp")
    assert result.returncode == 0, result.stderr or result.stdout
