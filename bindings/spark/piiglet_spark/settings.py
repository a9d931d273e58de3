"""Rules and policy of a job: read by the driver, carried to the executors with the tasks, compiled once in each of
their processes."""
import hashlib
import json
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import piiglet


@dataclass(frozen=True)
class Settings:
    """What counts and what becomes of it.

    policy: name of a built-in one, or None; policy_yaml: what a policy file holds, instead. rules: (name, what a
    rule file holds), added to the built-in rules. known: what a list of values known beforehand holds (docs/KNOWN.md). keys: (id, 32 bytes). subject: bytes; today: a date as ISO 8601 has it.
    limit: 'block' or 'redact'; invalid: 'block' or 'text'; None: as the policy says. failed: 'fail', a record that cannot be
    decided ends the job, or 'drop', it is left out and counted."""

    policy: str | None = None
    policy_yaml: bytes | None = None
    rules: tuple[tuple[str, bytes], ...] = ()
    known: bytes | None = None
    keys: tuple[tuple[str, bytes], ...] = ()
    subject: bytes | None = None
    today: str | None = None
    limit: str | None = None
    invalid: str | None = None
    failed: str = "fail"

    def digest(self):
        """Tells settings apart; of a key nothing can be read from it."""
        def plain(value):
            return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
        parts = [self.policy, plain(self.policy_yaml), plain(self.known), [[name, plain(yaml)] for name, yaml in self.rules],
                 [[name, plain(key)] for name, key in self.keys], plain(self.subject), self.today, self.limit,
                 self.invalid, self.failed]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@contextmanager
def _files(contents):
    """Paths of temporary files with these contents."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (name, content) in enumerate(contents):
            paths.append(Path(folder) / f"{number}-{Path(name).name}")
            paths[-1].write_bytes(content)
        yield paths


@cache
def _ruleset(rules):
    with _files(rules) as paths:
        return piiglet.Ruleset(*paths)


@cache
def scrubber(settings):
    """The scrubber of this process: compiled once, whatever the number of tasks. Raises what piiglet raises."""
    options = {"limit": settings.limit, "invalid": settings.invalid, "keys": dict(settings.keys),
               "subject": settings.subject, "today": date.fromisoformat(settings.today) if settings.today else None}
    with _files([("policy.yaml", settings.policy_yaml)] if settings.policy_yaml is not None else []) as paths:
        policy = piiglet.Policy(settings.policy, file=paths[0] if paths else None, **options)
    return piiglet.Scrubber(policy, _ruleset(settings.rules))


@cache
def known(settings):
    """The values known beforehand, of this process, or None."""
    if settings.known is None:
        return None
    with _files([("known", settings.known)]) as paths:
        return piiglet.Known(file=paths[0])
