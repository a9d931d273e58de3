#!/usr/bin/env python3
"""The command where its surroundings are against it.

Arguments: the command, the shim that is preloaded. Whatever goes wrong, no planted value comes
out; what did not go wrong changes nothing. The last line is "N passed, N failed"."""
import ctypes
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND, SHIM = (os.path.abspath(argument) for argument in sys.argv[1:3])
CANARY = "canary.kid.7391@example.org"
PHONE = "415-555-0137"
LINE = f"a line of text 12 and 3.5 then mail {CANARY} or call {PHONE}, level 2\n"
TEXT = (LINE + "nothing to see in this one, only words and 17 points\n" * 3) * 40
FAILED = (3, 4, 5)
INTRUDER_WORKED, INTRUDER_REFUSED = 77, 78
ENOSPC, EIO = 28, 5

results = []


def check(name, good, detail=""):
    results.append(bool(good))
    if not good:
        print(f"failed: {name} {detail}", file=sys.stderr)


def run(arguments, text=TEXT, shim=None, before=None, environment=None, **more):
    """The finished process; text is bytes or str for standard input."""
    variables = dict(os.environ if environment is None else environment)
    if shim is not None:
        variables.update(LD_PRELOAD=SHIM, SHIM=shim)
    data = text.encode() if isinstance(text, str) else text
    return subprocess.run([COMMAND, *arguments], input=data, capture_output=True, env=variables, preexec_fn=before,
                          timeout=120, check=False, **more)


EXPECTED = run([]).stdout


def silent(done):
    """No value in what came out, on either side."""
    return all(value.encode() not in stream for value in (CANARY, PHONE) for stream in (done.stdout, done.stderr))


def same(name, done):
    check(name, done.returncode == 0 and done.stdout == EXPECTED and silent(done), f"({done.returncode})")


def refused(name, done, codes=FAILED):
    """An error, and no more than the beginning of the right answer."""
    check(name, done.returncode in codes and EXPECTED.startswith(done.stdout) and silent(done) and done.stderr,
          f"({done.returncode}, {len(done.stdout)} bytes)")


# ---- Limits and settings of the process ----

def limit(kind, size):
    return lambda: resource.setrlimit(kind, (size, size))


def forbid_new_code():
    """PR_SET_MDWE: no memory becomes executable any more."""
    mdwe, refuse_gain = 65, 1
    if ctypes.CDLL(None).prctl(mdwe, refuse_gain, 0, 0, 0) != 0:
        os._exit(99)


def settings():
    for kernel in ("scalar", "ssse3", "avx2", "avx512", "neon"):
        done = run(["--kernel", kernel])
        if done.returncode != 2:
            same(f"kernel {kernel}", done)
    for name in ("C", "POSIX", "tr_TR.UTF-8", "de_DE.UTF-8", "zh_TW.Big5", "no such locale"):
        same(f"locale {name}", run([], environment={"LC_ALL": name, "LANG": name}))
    same("empty environment", run([], environment={}))
    same("a stack of 64 KiB", run([], before=limit(resource.RLIMIT_STACK, 64 * 1024)))
    same("200 MiB of address space", run([], before=limit(resource.RLIMIT_AS, 200 << 20)))
    same("eight descriptors", run([], before=limit(resource.RLIMIT_NOFILE, 8)))
    code = run([], before=limit(resource.RLIMIT_AS, 24 << 20))
    check("too little address space", code.returncode != 0 and silent(code) or code.stdout == EXPECTED)
    plain = run([], before=forbid_new_code)
    if plain.returncode != 99:
        same("no new machine code", plain)
        version = run(["--version"], before=forbid_new_code).stdout
        check("no new machine code shows in --version", b"JIT" in version and version != run(["--version"]).stdout)


# ---- Calls that fail ----

def failing_calls():
    same("short reads and writes", run([], shim="short"))
    same("interrupted calls", run([], shim="again"))
    same("both", run([], shim="short again"))
    for number in (1, 2):
        refused(f"read {number} fails", run([], shim=f"short read={number}:{EIO}"))
        for error in (ENOSPC, EIO):
            refused(f"write {number} fails", run([], shim=f"write={number}:{error}") if number == 1 else
                    run([], shim=f"short write={number}:{error}"))


def failing_files(folder):
    for call in ("write", "fsync", "rename", "link", "close", "read"):
        for number in range(1, 9):
            for error in (ENOSPC, EIO):
                path = folder / "project.txt"
                path.write_text(TEXT)
                done = run(["--in-place", str(path)], shim=f"{call}={number}:{error}")
                left = path.read_bytes()
                whole = left in (TEXT.encode(), EXPECTED)
                right = done.returncode != 0 or left == EXPECTED
                check(f"{call} {number} fails in place", whole and right and silent(done), f"({done.returncode})")
                others = sorted(name for name in os.listdir(folder) if name != "project.txt")
                check(f"{call} {number} leaves nothing", not others, str(others))


def killed(folder):
    """At random moments: the file is old or new, and at most a hidden one is left beside it."""
    path = folder / "killed.txt"
    text = TEXT * 60
    expected = run([], text=text).stdout
    for round_number in range(25):
        path.write_text(text)
        process = subprocess.Popen([COMMAND, "--in-place", str(path)], stderr=subprocess.DEVNULL)
        time.sleep(0.001 * round_number)
        process.send_signal(signal.SIGKILL)
        process.wait()
        check(f"killed after {round_number} ms", path.read_bytes() in (text.encode(), expected))
        for name in os.listdir(folder):
            if name != "killed.txt":
                check("nothing but a scrubbed beginning is left", CANARY.encode() not in (folder / name).read_bytes())
                (folder / name).unlink()


# ---- What the command has given up ----

def state_of(process, name):
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1])
    return None


def while_reading(arguments, look):
    """`look` at the process once it waits for standard input."""
    process = subprocess.Popen([COMMAND, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(TEXT.encode() * 3)
    process.stdin.flush()
    process.stdout.read(1000)
    found = look(process)
    process.stdin.close()
    process.stdout.read()
    process.wait()
    return found


def given_up(folder):
    filters = while_reading([], lambda process: state_of(process, "Seccomp"))
    check("system calls are filtered", filters == 2, f"({filters})")
    check("no new rights", while_reading([], lambda process: state_of(process, "NoNewPrivs")) == 1)
    check("not with --no-sandbox", while_reading(["--no-sandbox"], lambda process: state_of(process, "Seccomp")) == 0)
    secret = folder / "secret"
    secret.write_text(TEXT)
    for wish in ("socket", "program", "trace"):
        done = run([], shim=f"short {wish}")
        check(f"{wish} ends the process", done.returncode == -signal.SIGSYS, f"({done.returncode})")
        free = run(["--no-sandbox"], shim=f"short {wish}").returncode
        check(f"{wish} works without the sandbox", free in (INTRUDER_WORKED, 0), f"({free})")
    done = run([], shim=f"short open={secret}")
    check("another file is refused", done.returncode == INTRUDER_REFUSED, f"({done.returncode})")
    done = run(["--no-sandbox"], shim=f"short open={secret}")
    check("another file opens without the sandbox", done.returncode == INTRUDER_WORKED, f"({done.returncode})")
    done = run([str(secret)], shim=f"short open={secret}")
    check("an input opens", done.returncode == INTRUDER_WORKED, f"({done.returncode})")


def no_core(folder):
    process = subprocess.Popen([COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder,
                               preexec_fn=limit(resource.RLIMIT_CORE, resource.RLIM_INFINITY))
    process.stdin.write(TEXT.encode() * 3)
    process.stdin.flush()
    process.stdout.read(1000)
    process.send_signal(signal.SIGSEGV)
    process.stdin.close()
    process.stdout.read()
    _, status = os.waitpid(process.pid, 0)
    process.returncode = status
    check("no core file", not os.WCOREDUMP(status) and not [name for name in os.listdir(folder) if "core" in name])


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check("there is something to lose", silent(run([])) and EXPECTED != TEXT.encode())
        settings()
        failing_calls()
        failing_files(folder)
        killed(folder)
        given_up(folder)
        no_core(folder)
    failed = results.count(False)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
