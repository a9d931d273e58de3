"""A PostgreSQL server of one's own: a copy of the installed one with the extension in it, which is built, or taken
from what is installed below a root; a data directory that nobody else has, a Unix socket, no network. Nothing of the system is
changed, and all is gone when it is closed."""
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

POSTGRES = Path(__file__).resolve().parent.parent
NOBODY = 65534
PROGRAMS = ("initdb", "pg_ctl", "postgres", "psql")


class Failed(Exception):
    """A step that cannot be done; what it said."""


def pg_config():
    """The pg_config of the newest server that is installed, or that of PG_CONFIG."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_config"), key=lambda path: int(path.parts[4]))
    return os.environ.get("PG_CONFIG") or str(found[-1] if found else "pg_config")


def run(*command, check=True, said="", **options):
    """Runs a step that is said something, and returns what it says."""
    with tempfile.TemporaryFile("w+") as answer:  # no pipe, which a server that was started would keep open
        done = subprocess.run([str(word) for word in command], text=True, check=False, input=said, stdout=answer,
                              stderr=answer, **options)
        answer.seek(0)
        told = answer.read()
    if check and done.returncode != 0:
        raise Failed(" ".join(map(str, command)) + "\n" + told)
    return told


class Server:
    """Use it in a with statement. Databases have the extension: "utf8", "latin1" and "bytes" (SQL_ASCII)."""

    ENCODINGS = {"utf8": "UTF8", "latin1": "LATIN1", "bytes": "SQL_ASCII"}

    def __init__(self, build, settings=(), installed=None):
        self.folder = Path(tempfile.mkdtemp(prefix="piiglet-postgres-", dir="/tmp"))
        self.settings = settings
        self.build, self.installed = build, installed
        self.ask = {key: Path(run(pg_config(), f"--{key}").strip())
                    for key in ("bindir", "pkglibdir", "sharedir", "pgxs")}
        self.bin = self._at("bindir")
        self.data, self.socket = self.folder / "data", self.folder / "socket"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        self.environment |= {"PGHOST": str(self.socket), "PGUSER": "postgres", "LC_ALL": "C", "PGDATABASE": "utf8"}

    def _at(self, key):
        """Where something of the installed server is in the copy: the server finds all from its own place."""
        return self.folder / self.ask[key].relative_to("/")

    def as_user(self, *command, **options):
        """Runs as nobody, if we are root: the server refuses to be run by root."""
        if os.geteuid() == 0:
            options |= {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        return run(*command, env=self.environment, cwd=self.folder, **options)

    def _copy(self):
        self.folder.chmod(0o755)
        self.bin.mkdir(parents=True)
        for program in PROGRAMS:  # as files: a link would be followed to the installed server
            shutil.copy(self.ask["bindir"] / program, self.bin)
        for key in ("pkglibdir", "sharedir"):
            shutil.copytree(self.ask[key], self._at(key), ignore=shutil.ignore_patterns("pgxs", "bitcode"))
        if self.installed:
            for key in ("pkglibdir", "sharedir"):
                shutil.copytree(self.installed / self.ask[key].relative_to("/"), self._at(key), dirs_exist_ok=True)
        else:
            self._build()

    def _build(self):
        environment = {**os.environ, "PIIGLET_BUILD": str(self.build)}
        make = ("make", "-s", "-C", POSTGRES, f"PG_CONFIG={pg_config()}")
        run(*make, "WERROR=-Werror", env=environment)
        run(*make, "install", f"DESTDIR={self.folder}", env=environment)

    def __enter__(self):
        try:
            self._copy()
            self.socket.mkdir()
            if os.geteuid() == 0:
                os.chown(self.folder, NOBODY, NOBODY)
                os.chown(self.socket, NOBODY, NOBODY)
            self.as_user(self.bin / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                         "--locale=C.UTF-8", "--no-sync")
            with open(self.data / "postgresql.conf", "a", encoding="utf-8") as configuration:
                for line in (f"unix_socket_directories = '{self.socket}'", "listen_addresses = ''", "fsync = off",
                             "log_error_verbosity = verbose", *self.settings):
                    configuration.write(line + "\n")
            self.log = self.folder / "log"
            self.as_user(self.bin / "pg_ctl", "-D", self.data, "-l", self.log, "-w", "start")
            for name, encoding in self.ENCODINGS.items():
                self.psql(f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE '{'C.UTF-8' if name == 'utf8' else 'C'}' "
                          "TEMPLATE template0", database="postgres")
                self.psql("CREATE EXTENSION piiglet", database=name)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Stops the server at once and removes everything."""
        if (self.data / "postmaster.pid").exists():
            self.as_user(self.bin / "pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def psql(self, sql, database="utf8", check=True):
        """What psql says to commands: rows with | between columns."""
        return self.as_user(self.bin / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database,
                            check=check, said=sql)
