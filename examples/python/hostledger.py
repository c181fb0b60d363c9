"""Starts Hostledger in memory, for tests. The program `hostledger` has to be on the PATH."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

LOGIN, PASSWORD = "admin", "setup-Pa55word"


class Hostledger:
    """A server with the subscriptions of fixture.xml, that fails as faults say: the content of a file for --faults."""

    def __init__(self, faults=""):
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        (folder / "faults.toml").write_text(faults)
        self._log = folder / "log"
        program = ["hostledger", "serve", "--ephemeral", "--listen", "", "--http", "127.0.0.1:0"]
        program += ["--fixture", Path(__file__).with_name("fixture.xml")]
        program += ["--faults", folder / "faults.toml", "--url-file", folder / "url"]
        environment = {**os.environ, "HOSTLEDGER_ADMIN_PASSWORD": PASSWORD}
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(program, env=environment, stderr=log)
        self.url = self._await(folder / "url")

    def _await(self, file):
        while not file.exists():
            if self._process.poll() is not None:
                raise RuntimeError(self.log())
            time.sleep(0.005)
        return file.read_text().strip()

    def log(self):
        """Returns what the server has logged, with every fault that happened."""
        return self._log.read_text()

    def stop(self):
        self._process.kill()  # it has nothing to keep
        self._process.wait()
        self._folder.cleanup()
