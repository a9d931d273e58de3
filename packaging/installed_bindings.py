"""Bindings as Debian packages put them below a root: each runs the example of its README, PostgreSQL on a server of its own."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINDINGS = ROOT / "bindings"
sys.path.append(str(BINDINGS))
sys.path.append(str(BINDINGS / "postgres" / "test"))
from readme import readme_example  # noqa: E402
from server import Failed, Server  # noqa: E402

LANGUAGES = {"python": ("/usr/bin/python3", "-c"), "ruby": ("/usr/bin/ruby", "-e"), "node": ("node", "-e")}
# Says where the module came from, behind the example.
WHERE = {"python": "\nprint(piiglet.__file__)", "ruby": "\nputs $LOADED_FEATURES.grep(/piiglet\\.so$/)",
         "node": "\nconsole.log(require.resolve('piiglet'));"}


def environment(root):
    """Where the languages look: below the root, as they do below / once packages are installed there."""
    usr = root / "usr"
    return {"PYTHONPATH": str(usr / "lib/python3/dist-packages"), "PYTHONDONTWRITEBYTECODE": "1",
            "RUBYLIB": ":".join(map(str, (usr / "lib/ruby/vendor_ruby", *usr.glob("lib/*/ruby/vendor_ruby/*")))),
            "NODE_PATH": ":".join(map(str, usr.glob("lib/*/nodejs")))}


def check_languages(cases, root, run):
    """The module of the package does what the README of its binding says; RubyGems finds what Bundler asks for."""
    for language, command in LANGUAGES.items():
        done = run(*command, readme_example(language) + WHERE[language], cwd=root, env=environment(root))
        cases.check(done.returncode == 0 and str(root) in done.stdout, f"{language}: {done.stdout}{done.stderr}"[-2000:])
    file, = root.glob("usr/lib/*/rubygems-integration/*/specifications/piiglet-*.gemspec")
    done = run("ruby", "-e", "puts Gem::Specification.load(ARGV[0]).full_name", file)
    cases.check(re.fullmatch(r"piiglet-[\d.]+\n", done.stdout), f"gemspec: {done.stdout}{done.stderr}")


def check_postgres(cases, root):
    """A server with what the package installed."""
    try:
        with Server(None, installed=root) as server:
            told = server.psql("SELECT pii_scrub('write to kid.one@example.org'), pii_has('call 415-555-0134', '{PHONE}')")
    except Failed as problem:
        told = str(problem)
    cases.check(told == "write to [EMAIL]|t\n", f"postgresql: {told}"[-2000:])
