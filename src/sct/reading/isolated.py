"""Running a program on a file nobody vouches for: apart, with a limit of time and of memory, without network."""

from __future__ import annotations

import contextlib
import math
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

MEMORY = 2 * 2**30  # bytes of address space


class TooLongError(Exception):
    """The program was stopped because it took too long."""


class FailedError(Exception):
    """The program ended with an error or was killed; its last words are the message."""


def run(
    command: Sequence[str],
    *,
    stdin: bytes = b"",
    seconds: float,
    seconds_of_processor: float | None = None,
    memory: int | None = MEMORY,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> bytes:
    """The output of a program. Raises `TooLongError` or `FailedError`; nothing of it is left running."""

    processor = None if seconds_of_processor is None else math.ceil(seconds_of_processor)

    def limit() -> None:
        os.setsid()
        if processor is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    with tempfile.TemporaryFile() as given:
        given.write(stdin)
        given.seek(0)
        process = subprocess.Popen(  # noqa: S603 (our own programs, no shell)
            list(command),
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(environment) if environment is not None else None,
            cwd=folder,
            preexec_fn=limit,  # noqa: PLW1509 (two system calls, no locks)
        )
        try:
            output, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise TooLongError from error
        finally:
            _end(process)
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL) and seconds_of_processor is not None:
        raise TooLongError
    if process.returncode:
        raise FailedError(errors[-400:].decode("utf-8", "replace").strip() or f"exit {process.returncode}")
    return output


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program and all it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def python(script: Path, *, stdin: bytes, seconds: float) -> bytes:
    """The output of a script of ours that imports nothing of ours, run by this Python; seconds are the processor's."""
    command = [sys.executable, "-I", str(script)]
    return run(command, stdin=stdin, seconds=4 * seconds, seconds_of_processor=seconds)
