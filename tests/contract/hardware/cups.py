"""A print server of the tests' own: the real CUPS, in a folder, with raw queues."""

import contextlib
import os
import shutil
import subprocess
import time

TOOLS = ("lp", "lpstat", "lpadmin", "cancel", "cupsd")
_PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
_FILES = """{1}
ServerRoot {0}
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/run
TempDir {0}/tmp
AccessLog {0}/access
ErrorLog {0}/error
PageLog {0}/page
"""
_SERVER = """LogLevel info
Listen {0}/sock
DefaultAuthType None
Browsing Off
WebInterface No
IdleExitTimeout 0
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""


def why_not():
    """Why there is no print server here; empty where there can be one."""
    missing = [each for each in TOOLS if shutil.which(each, path=_PLACES) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    return "" if os.name == "posix" else "CUPS is not for this system"


def _whose():
    """Root's server runs its printing programs as somebody less; anybody else's as themselves."""
    import grp
    import pwd

    if os.geteuid() == 0:
        return "SystemGroup root"
    user, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
    return f"SystemGroup {group}\nUser {user}\nGroup {group}"


class Cups:
    """A running server; `run` is for its programs."""

    def __init__(self, folder):
        self.environment = {"CUPS_SERVER": f"{folder}/sock", "PATH": _PLACES}
        self._folder = folder

    def run(self, *command):
        environment = {**os.environ, **self.environment, "LC_ALL": "C"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=20, check=False)
        return done.stdout + done.stderr

    def queue(self, name, port):
        """A raw queue to a printer on a port of this machine."""
        self.run("lpadmin", "-p", name, "-E", "-v", f"socket://127.0.0.1:{port}", "-m", "raw")

    def waiting(self, name):
        """Jobs of a queue that are not done."""
        return [line.split()[0] for line in self.run("lpstat", "-W", "not-completed", "-o", name).splitlines()]


@contextlib.contextmanager
def running(folder):
    """A server in `folder`, which should have a short name: it holds a socket."""
    for each in ("spool", "cache", "run", "tmp", "ssl"):
        (folder / each).mkdir()
    (folder / "files.conf").write_text(_FILES.format(folder, _whose()))
    (folder / "cupsd.conf").write_text(_SERVER.format(folder))
    cupsd = shutil.which("cupsd", path=_PLACES)
    command = [cupsd, "-f", "-c", folder / "cupsd.conf", "-s", folder / "files.conf"]
    with (folder / "out").open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out)
        try:
            cups = Cups(folder)
            end = time.monotonic() + 20
            while "scheduler is running" not in cups.run("lpstat", "-r"):
                assert server.poll() is None, (folder / "out").read_text()
                assert time.monotonic() < end, "the print server does not answer"
                time.sleep(0.05)
            yield cups
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
