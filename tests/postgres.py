"""A private PostgreSQL server on loopback for one test run: Debian's binaries, a temporary folder, a free port."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path


def binaries() -> Path | None:
    """The newest folder of PostgreSQL's own programs, None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


class Server:
    """Started when made; `stop` ends it and removes its folder. `durable`: it waits for the disk, as in real use."""

    def __init__(self, *, durable: bool = False) -> None:
        programs = binaries()
        assert programs is not None
        # PostgreSQL refuses to run as root: then it runs as Debian's user postgres.
        self.user = "postgres" if os.geteuid() == 0 else getpass.getuser()
        self.options: dict = {}
        self.folder = Path(tempfile.mkdtemp(prefix="sct-postgresql-"))
        if os.geteuid() == 0:
            self.options = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(self.folder, "postgres", "postgres")
        self.port = free_port()
        self._run(programs / "initdb", "-D", self.data, "-U", "sct", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        quick = [] if durable else ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        settings = [
            part
            for one in [*quick, "unix_socket_directories=", "listen_addresses=127.0.0.1", f"port={self.port}"]
            for part in ("-c", one)
        ]
        self.log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(self.data), *settings],
            stdout=self.log,
            stderr=self.log,
            cwd=self.folder,
            start_new_session=True,
            **self.options,
        )
        self._wait()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        return f"postgresql://sct@127.0.0.1:{self.port}/postgres"

    def _run(self, *command: object) -> None:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            cwd=self.folder,
            check=False,
            **self.options,
        )
        assert done.returncode == 0, done.stderr

    def _wait(self) -> None:
        import psycopg

        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.05)

    def stop(self) -> None:
        self.process.send_signal(2)  # fast shutdown
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
