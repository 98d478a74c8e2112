"""What the scripts beside this one share: where the built programs lie, and what a command costs."""
import os
import subprocess
import sys
import time

from film import FOLDER

RELEASE = FOLDER.parent / "release"


def measure(command):
    """CPU and wall seconds of a command with all that it starts."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start
