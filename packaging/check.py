#!/usr/bin/env python3
"""What is installed works where it is used: packages, a static command, shells, build systems, hooks, pipelines.

Usage: check.py BUILD FOLDER    BUILD: a build directory; FOLDER: where the packages and a static build go, and stay
The last line is "N passed, N failed"."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests" / "meta"))
import installed_bindings  # noqa: E402
from cases import Cases  # noqa: E402

PACKAGES = ["libpiiglet-dev", "libpiiglet0", "piiglet", "node-piiglet", "postgresql-15-piiglet", "ruby-piiglet"]
UNPACKED = "python3-piiglet"  # its script asks the dpkg of the root, which has none
TEXT = "write to kid.one@example.org\n"
CMAKE = """cmake_minimum_required(VERSION 3.18)
project(tiny C)
find_package(piiglet 0.1 REQUIRED)
add_executable(tiny {source})
target_link_libraries(tiny PRIVATE piiglet::piiglet)
"""


def run(*command, **options):
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    options["env"] = {**os.environ, **options.get("env", {})}
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)


def said(done):
    return f"{done.stdout}{done.stderr}"[-2000:]


# ---- Debian packages ----

def check_packages(cases, folder, scratch):
    """They are made, lintian has nothing to say, and dpkg installs them into a root of their own, which it holds to
    the packages that are installed here; answers that root."""
    done = run(ROOT / "packaging" / "build_deb", folder)
    cases.check(done.returncode == 0, f"packages: {said(done)}")
    files = {name: list(folder.glob(f"{name}_*.deb")) for name in (*PACKAGES, UNPACKED)}
    if not cases.check(all(len(found) == 1 for found in files.values()), f"not one of each: {files}"):
        return None
    root = scratch / "root"
    admin = root / "var/lib/dpkg"
    (admin / "info").mkdir(parents=True)
    (admin / "updates").mkdir()
    shutil.copy("/var/lib/dpkg/status", admin)
    for action, names in (("-i", PACKAGES), ("--unpack", [UNPACKED])):
        done = run("dpkg", f"--root={root}", f"--log={scratch / 'log'}", "--force-not-root", action,
                   *[files[name][0] for name in names])
        cases.check(done.returncode == 0, f"dpkg {action}: {said(done)}")
    return root


def check_installed(cases, root, scratch):
    """Command, manual pages, and programs that are compiled against the packages."""
    library = next(root.glob("usr/lib/*/libpiiglet.so.0")).parent
    done = run(root / "usr/bin/piiglet", input=TEXT)
    cases.check(done.stdout == "write to [EMAIL]\n", f"the command: {said(done)}")
    for page in ("man1/piiglet.1.gz", "man5/piiglet-rules.5.gz", "man3/libpiiglet.3.gz"):
        done = run("mandoc", "-T", "html", root / "usr/share/man" / page)
        cases.check('id="EXAMPLES"' in done.stdout and not done.stderr, f"{page}: {done.stderr}")
    environment = {"LD_LIBRARY_PATH": str(library)}
    flags = run("pkg-config", f"--define-variable=prefix={root}/usr", "--cflags", "--libs", "piiglet",
                env={"PKG_CONFIG_PATH": str(library / "pkgconfig")}).stdout.split()
    program = scratch / "save_path"
    done = run("cc", ROOT / "examples/save_path.c", "-o", program, *flags)
    cases.check(done.returncode == 0 and flags, f"pkg-config: {said(done)}")
    cases.check("[EMAIL]" in run(program, input=TEXT, env=environment).stdout, "save_path with the package's library")
    check_cmake(cases, root / "usr", scratch / "cmake", environment)


def check_cmake(cases, prefix, folder, environment):
    """A project of somebody else's finds what is installed below `prefix`."""
    folder.mkdir()
    (folder / "CMakeLists.txt").write_text(CMAKE.format(source=ROOT / "examples/save_path.c"))
    done = run("cmake", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={prefix}",
               f"-Dpiiglet_DIR={next(prefix.rglob('piigletConfig.cmake')).parent}")
    cases.check(done.returncode == 0, f"cmake: {said(done)}")
    done = run("cmake", "--build", folder / "build")
    cases.check(done.returncode == 0, f"cmake --build: {said(done)}")
    done = run(folder / "build/tiny", input=TEXT, env=environment)
    cases.check("[EMAIL]" in done.stdout, f"built with cmake: {said(done)}")
    (folder / "CMakeLists.txt").write_text(CMAKE.format(source="x.c").replace("piiglet 0.1", "piiglet 7"))
    done = run("cmake", "-S", folder, "-B", folder / "other", f"-DCMAKE_PREFIX_PATH={prefix}",
               f"-Dpiiglet_DIR={next(prefix.rglob('piigletConfig.cmake')).parent}")
    cases.check(done.returncode != 0 and "version" in done.stderr, "a later version is asked for, and found")


# ---- Static command ----

def check_static(cases, folder):
    """One file that needs nothing of the system, nor a root with anything in it."""
    done = run("make", "-C", ROOT, "static", f"BUILD={folder.parent.parent}", "PACKAGES=no")
    if not cases.check(done.returncode == 0, f"static: {said(done)}"):
        return
    command = folder / "piiglet"
    done = run("ldd", command)
    cases.check("statically linked" in said(done) or "not a dynamic" in said(done), f"ldd: {said(done)}")
    cases.check("INTERP" not in run("readelf", "-lW", command).stdout, "it asks for a loader")
    done = run(command, "--format", "json", input='{"a": "kid@example.org", "say": "call 415-555-0134"}')
    cases.check(done.stdout == '{"a": "[EMAIL]", "say": "call [PHONE]"}', f"the static command: {said(done)}")
    with tempfile.TemporaryDirectory() as empty:
        shutil.copy(command, empty)
        done = run("unshare", "--map-root-user", "chroot", empty, "/piiglet", input=TEXT)
        if "unshare failed" not in done.stderr:
            cases.check(done.stdout == "write to [EMAIL]\n", f"in an empty root: {said(done)}")


# ---- Shells ----

BASH = """source "$1"; COMP_WORDS=({words}); COMP_CWORD={last}; compopt() {{ :; }}
_piiglet; printf '%s\\n' "${{COMPREPLY[@]}}" """
# A terminal, as completion of zsh needs one; the list comes from its own function.
ZSH = """
zmodload zsh/zpty
zpty -b shell zsh -f
zpty -w shell "PS1= ; fpath=($1 \\$fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=0; zstyle ':completion:*' list-separator ''"
zpty -w shell "stty cols 200; bindkey '^I' list-choices; echo READY"
zpty -r -m shell line '*READY*READY*' || true
zpty -w -n shell $'{words}\\t'
sleep 2
while zpty -r -t shell line; do print -r -- "$line"; done
zpty -d shell
"""
WANTED = [("piiglet sca", {"scan"}, {"scrub"}), ("piiglet scan --jso", {"--json"}, {"--in-place"}),
          ("piiglet --in-p", {"--in-place"}, {"--json"}), ("piiglet scan --format ts", {"tsv"}, {"text"}),
          ("piiglet report --messages e", {"en", "es"}, {"de"}), ("piiglet --policy save-", {"save-under-13"}, {"audit"}),
          ("piiglet --only EM", {"EMAIL"}, {"PHONE"}), ("piiglet rules l", {"list", "lint"}, {"test"}),
          ("piiglet rules list --no-d", {"--no-default-rules"}, {"--lenient"}),
          ("piiglet policies show au", {"audit"}, {"logs"})]


def complete(shell, completions, words):
    """What a shell offers, as a set of words."""
    if shell == "bash":
        script = BASH.format(words=words, last=len(words.split()) - 1)
        text = run("bash", "-c", script, "bash", completions / "bash-completion/completions/piiglet").stdout
    elif shell == "fish":
        script = f"source {completions}/fish/vendor_completions.d/piiglet.fish; complete -C '{words}'"
        text = "\n".join(line.split("\t")[0] for line in run("fish", "--no-config", "-c", script).stdout.splitlines())
    else:
        text = run("zsh", "-f", "-c", ZSH.format(words=words), "zsh", completions / "zsh/vendor-completions").stdout
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\x07", " ", text.split(words, 1)[-1])
    return set(text.split())


def check_shells(cases, root, command):
    for shell in ("bash", "fish", "zsh"):
        for words, there, absent in WANTED:
            offered = complete(shell, root / "usr/share", words)
            cases.check(there <= offered and not absent & offered, f"{shell}: {words}<TAB>: {sorted(offered)[:30]}")
    check_options(cases, root / "usr/share/bash-completion/completions/piiglet", command)


def check_options(cases, completion, command):
    """Every option that is offered is taken by its command, and the table of options has no other."""
    offered = set()
    for words, options in re.findall(r"^        '([a-z ]+)'\) options='([^']*)' ;;$", completion.read_text(), re.M):
        for option in options.split():
            offered.add(option)
            done = run(command, *words.split(), option)
            cases.check("is not an option" not in done.stderr and "does not take" not in done.stderr,
                        f"{words} {option}: {done.stderr}")
    table = re.findall(r'^    \{"([a-z-]+)", (?:no|required|optional)_argument', (ROOT / "engine/cli/options.c").read_text(), re.M)
    cases.check(len(table) > 20 and {f"--{name}" for name in table} <= offered,
                f"not offered: {({f'--{name}' for name in table}) - offered}")


# ---- Hooks and pipelines ----

def check_hook(cases, root, scratch):
    """A commit with personal information is stopped, by the real pre-commit and the hook of this checkout."""
    project, hooks = scratch / "project", scratch / "hooks"
    environment = {"PATH": f"{root / 'usr/bin'}:{os.environ['PATH']}", "HOME": str(scratch), "GIT_CONFIG_GLOBAL": "/dev/null",
                   "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
                   "GIT_COMMITTER_EMAIL": "a@example.org"}
    environment["PRE_COMMIT_HOME"] = str(scratch / "pre-commit")

    def git(folder, *words):
        return run("git", "-c", "init.defaultBranch=main", *words, cwd=folder, env=environment)

    for folder in (project, hooks):
        folder.mkdir()
        git(folder, "init", "-q")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    git(hooks, "add", "-A")
    git(hooks, "commit", "-qm", "hooks")
    revision = git(hooks, "rev-parse", "HEAD").stdout.strip()
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n      - id: piiglet\n")
    done = run("pre-commit", "install", cwd=project, env=environment)
    cases.check(done.returncode == 0, f"pre-commit install: {said(done)}")
    (project / "story.txt").write_text("Once upon a time there were 3 robots.\n")
    git(project, "add", "-A")
    done = git(project, "commit", "-qm", "a story")
    cases.check(done.returncode == 0, f"a clean commit: {said(done)}")
    (project / "story.txt").write_text(TEXT)
    git(project, "add", "-A")
    done = git(project, "commit", "-qm", "an address")
    cases.check(done.returncode != 0 and "story.txt" in said(done) and "kid.one" not in said(done),
                f"a commit with an address: {said(done)}")


def check_rsyslog(cases, root, scratch):
    """The recipe with the real program, its files in another place."""
    log, clean = scratch / "app.log", scratch / "clean.log"
    log.write_text("".join(f"{number} mail kid{number}@example.org\n" for number in range(200)))
    recipe = (ROOT / "examples/pipelines/rsyslog.conf").read_text()
    for old, new in (("/var/log/app/app.log", log), ("/var/log/app/clean.log", clean),
                     ("/usr/bin/piiglet", root / "usr/bin/piiglet")):
        cases.check(old in recipe, f"rsyslog.conf: no {old}")
        recipe = recipe.replace(old, str(new))
    (scratch / "rsyslog.conf").write_text(f'global(workDirectory="{scratch}")\n{recipe}')
    server = subprocess.Popen(["/usr/sbin/rsyslogd", "-n", "-f", scratch / "rsyslog.conf", "-i", scratch / "pid"],
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 20
    while time.monotonic() < end and not (clean.exists() and clean.stat().st_size):
        time.sleep(0.1)
    server.terminate()
    server.wait(timeout=30)
    lines = clean.read_text().splitlines() if clean.exists() else []
    cases.check(lines == [f"{number} mail [EMAIL]" for number in range(200)], f"rsyslog: {lines[:3]}, {len(lines)} lines")


def check_service(cases, root):
    """The unit as systemd reads it, the command at its place."""
    done = run("systemd-analyze", "verify", "--man=no", ROOT / "examples/systemd/piiglet-log.service")
    cases.check(done.returncode == 0 and not said(done), f"systemd-analyze: {said(done)}")
    unit = (ROOT / "examples/systemd/piiglet-log.service").read_text()
    with tempfile.TemporaryDirectory() as folder:
        start = re.search(r"^ExecStart=/bin/sh -c '(.*)'$", unit, re.M).group(1)
        start = start.replace("/run/piiglet-log", folder).replace("/var/log/piiglet-log", folder)
        os.mkfifo(f"{folder}/in")
        service = subprocess.Popen(["/bin/sh", "-c", start], env={**os.environ,
                                                                 "PATH": f"{root / 'usr/bin'}:{os.environ['PATH']}"})
        Path(folder, "in").write_text(TEXT)
        service.wait(timeout=20)
        cases.check(Path(folder, "clean.log").read_text() == "write to [EMAIL]\n", "the filter of the unit")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    build, folder = (Path(argument).resolve() for argument in sys.argv[1:])
    cases = Cases()
    done = run(sys.executable, ROOT / "packaging/symbols.py", build / "libpiiglet.so")
    cases.check(done.returncode == 0, f"debian/libpiiglet0.symbols: {said(done)}; packaging/symbols.py --write")
    with tempfile.TemporaryDirectory() as scratch:
        root = check_packages(cases, folder / "deb", Path(scratch))
        if root:
            check_installed(cases, root, Path(scratch))
            installed_bindings.check_languages(cases, root, run)
            installed_bindings.check_postgres(cases, root)
            check_shells(cases, root, build / "piiglet")
            check_hook(cases, root, Path(scratch))
            check_rsyslog(cases, root, Path(scratch))
            check_service(cases, root)
    check_static(cases, folder / "static")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
