#!/usr/bin/env python3
"""What a run over a tree does with files and directories of every kind, and with a tree that others change meanwhile.

Argument: the command."""
import os
import resource
import shutil
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import trees

sys.path.append(str(Path(__file__).resolve().parents[1] / "meta"))
from cases import Cases  # noqa: E402

FOUND = "mail kid@example.org now\n"
CLEAN = "the score is 10\n"
SCRUBBED = "mail [EMAIL] now\n"
DEPTH = 3000
DESCRIPTORS = 200


class Files:
    """The cases; each has a folder of its own."""

    def __init__(self, command):
        self.command, self.cases, self.top = command, Cases(), None

    def run(self, *arguments, **more):
        return trees.run(self.command, *arguments, timeout=120, **more)

    def tree(self, **files):
        """A tree with these files; __ in a name stands for a slash."""
        tree = self.top / "tree"
        tree.mkdir()
        for name, body in files.items():
            path = tree / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body)
            os.utime(path, (1_700_000_000, 1_700_000_000))
        return tree

    def unchanged(self):
        tree = self.tree(clean=CLEAN, found=FOUND)
        before = (tree / "clean").stat()
        os.chmod(tree / "clean", 0o444)
        done = self.run("-r", "--in-place", tree)
        after = (tree / "clean").stat()
        self.cases.check(done.returncode == 0 and (before.st_ino, before.st_mtime_ns) ==
                         (after.st_ino, after.st_mtime_ns), "a file without findings is not touched")
        self.cases.check((tree / "found").read_text() == SCRUBBED, "a file with findings is rewritten")

    def attributes(self):
        tree = self.tree(file=FOUND, listed=FOUND)
        os.chmod(tree / "file", 0o4640)
        os.setxattr(tree / "file", "user.class", b"4b")
        if os.geteuid() == 0:
            os.chown(tree / "file", 12345, 23456)
            os.chmod(tree / "file", 0o4640)
        # rw for the owner, r for user 4711, nothing for the group, mask r, nothing for others
        entries = [(1, 6, -1), (2, 4, 4711), (4, 0, -1), (16, 4, -1), (32, 0, -1)]
        access = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
        os.setxattr(tree / "listed", "system.posix_acl_access", access)
        before = [(tree / name).stat() for name in ("file", "listed")]
        done = self.run("-r", "--in-place", tree)
        after = [(tree / name).stat() for name in ("file", "listed")]
        self.cases.check(done.returncode == 0 and (tree / "file").read_text() == SCRUBBED, "rewritten")
        for old, new in zip(before, after):
            self.cases.check((old.st_mode, old.st_uid, old.st_gid) == (new.st_mode, new.st_uid, new.st_gid),
                             f"mode and owner stay: {old} {new}")
        self.cases.check(os.getxattr(tree / "file", "user.class") == b"4b", "user attributes stay")
        self.cases.check(os.getxattr(tree / "listed", "system.posix_acl_access") == access, "access lists stay")

    def default_list(self):
        """A list that a directory gives to new files must not open an old one to more people."""
        tree = self.tree(file=FOUND)
        os.chmod(tree / "file", 0o640)
        entries = [(1, 6, -1), (2, 6, 4711), (4, 4, -1), (16, 6, -1), (32, 4, -1)]
        os.setxattr(tree, "system.posix_acl_default",
                    struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries))
        done = self.run("-r", "--in-place", tree)
        self.cases.check(done.returncode == 0 and "system.posix_acl_access" not in os.listxattr(tree / "file") and
                         stat.S_IMODE((tree / "file").stat().st_mode) == 0o640, "no list comes from the directory")

    def special(self):
        tree = self.tree(file=FOUND)
        os.mkfifo(tree / "fifo")
        listener = socket.socket(socket.AF_UNIX)
        here = os.getcwd()
        os.chdir(tree)
        listener.bind("socket")
        os.chdir(here)
        os.symlink("file", tree / "link")
        os.symlink("/etc", tree / "elsewhere")
        os.symlink("loop", tree / "loop")
        done = self.run("scan", "-r", tree)
        listener.close()
        self.cases.check(done.returncode == 0 and len(done.stdout.splitlines()) == 1, "only the file is read")
        self.cases.check("3 symbolic links, 2 devices, FIFOs or sockets" in done.stderr, f"counted: {done.stderr}")

    def unreadable(self):
        """One file that cannot be read does not keep the others from being done."""
        tree = self.tree(a=FOUND, b=FOUND, shut__c=FOUND, z=FOUND)
        nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        for path in [self.top, tree, *tree.rglob("*")]:
            if nobody:
                os.chown(path, 65534, 65534)
        os.chmod(tree / "b", 0)
        os.chmod(tree / "shut", 0)
        command = shutil.copy(self.command, self.top) if nobody else self.command
        done = trees.run(command, "-r", "--in-place", tree, **nobody)
        self.cases.check(done.returncode == 5 and "tree/b: Permission denied" in done.stderr and
                         "tree/shut: Permission denied" in done.stderr and "2 that failed" in done.stderr,
                         f"named and counted: {done.stderr}")
        self.cases.check((tree / "a").read_text() == SCRUBBED and (tree / "z").read_text() == SCRUBBED, "others are done")

    def names(self):
        tree = self.tree()
        names = [b"new\nline", b"\xff\xfe", b"-r", b"[EMAIL]", b"n" * 255, b"100%41", b"kid@example.org"]
        for name in names:
            (Path(os.fsdecode(os.fsencode(tree) + b"/" + name))).write_text(FOUND)
        done = self.run("scan", "-r", tree)
        self.cases.check(done.returncode == 0 and len(done.stdout.splitlines()) == len(names), "any name is read")
        journal = self.top / "journal"
        for path in tree.iterdir():
            os.utime(path, (1_700_000_000, 1_700_000_000))
        threading.Event().wait(0.05)
        first, second = self.run("scan", "-r", "--journal", journal, tree), self.run("scan", "-r", "--journal", journal,
                                                                                      tree)
        self.cases.check(len(first.stdout.splitlines()) == len(names) and second.stdout == "",
                         "any name goes into a journal")
        done = self.run("-r", "--in-place", tree)
        self.cases.check(done.returncode == 0 and set(trees.all_files(tree).values()) == {SCRUBBED.encode()},
                         "any name is rewritten")

    def deep(self):
        """Deeper than a path can tell, with few descriptors."""
        tree = self.tree()
        here = os.getcwd()
        os.chdir(tree)
        for level in range(DEPTH):
            os.mkdir("d")
            os.mkdir("z")
            if level % 500 == 0:
                Path("z/file").write_text(FOUND)
            os.chdir("d")
        Path("file").write_text(FOUND)
        os.chdir(here)
        files = DEPTH // 500 + 1

        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
        done = self.run("scan", "-r", "--threads", "2", tree, preexec_fn=few)
        self.cases.check(done.returncode == 0 and len(done.stdout.splitlines()) == files, f"deep: {done.stderr[-300:]}")
        copy = self.top / "copy"
        done = self.run("-r", "-o", copy, "--threads", "2", tree, preexec_fn=few)
        self.cases.check(done.returncode == 0, f"deep copy: {done.stderr[-300:]}")
        done = self.run("scan", "-r", copy)
        self.cases.check(f"{files} files done" in done.stderr and "0 findings" in done.stderr, "deep copy is whole")
        for top in (tree, copy):
            subprocess.run(["rm", "-rf", top], check=True)

    def leftovers(self):
        """What a killed run has left goes; what only looks alike is a file as any other."""
        tree = self.tree(a=FOUND)
        journal = self.top / "journal"
        self.run("-r", "--in-place", "--journal", journal, tree)
        run = journal.read_text().split()[2]
        left, alike = tree / f".piiglet-{run}-999999999-5-0", tree / f".piiglet-{'0' * len(run)}-999999999-5-0"
        left.write_text("half")
        alike.write_text(FOUND)
        (tree / "b").write_text(FOUND)
        done = self.run("-r", "--in-place", "--journal", journal, tree)
        self.cases.check(done.returncode == 0 and not left.exists(), "a temporary file of a killed run is removed")
        self.cases.check(alike.read_text() == SCRUBBED and (tree / "b").read_text() == SCRUBBED, "others are scrubbed")

    def between_backup_and_rename(self):
        tree = self.tree(a=FOUND)
        os.link(tree / "a", tree / "a.old")
        done = self.run("-r", "--in-place", "--backup", ".old", tree)
        self.cases.check(done.returncode == 0 and (tree / "a").read_text() == SCRUBBED and
                         (tree / "a.old").read_text() == FOUND, f"goes on: {done.stderr}")

    def hard_links(self):
        tree = self.tree(a=FOUND)
        os.link(tree / "a", self.top / "other")
        done = self.run("-r", "--in-place", tree)
        self.cases.check(done.returncode == 5 and (tree / "a").read_text() == FOUND, "a file with two names stays")

    def torn_journal(self):
        tree = self.tree(a=FOUND, b=FOUND, c=FOUND)
        journal = self.top / "journal"
        threading.Event().wait(0.05)
        self.run("scan", "-r", "--journal", journal, tree)
        lines = journal.read_bytes().splitlines(keepends=True)
        self.cases.check(len(lines) == 4, "a line for each file")
        for size in range(len(lines[3])):
            journal.write_bytes(b"".join(lines[:3]) + lines[3][:size])
            done = self.run("scan", "-r", "--journal", journal, tree)
            if not self.cases.check(len(done.stdout.splitlines()) == 1, f"a line torn after {size} bytes"):
                break
        damaged = bytearray(b"".join(lines))
        damaged[len(lines[0]) + 30] ^= 1
        journal.write_bytes(damaged)
        done = self.run("scan", "-r", "--journal", journal, tree)
        self.cases.check(len(done.stdout.splitlines()) == 1, "a damaged line does not count")

    def swapped(self):
        """A directory that somebody turns into a symbolic link, back and forth, leads nowhere."""
        tree = self.tree(**{f"d{number % 9}__{number}": FOUND for number in range(400)})
        outside = self.top / "outside"
        outside.mkdir()
        for number in range(400):
            (outside / str(number)).write_text(FOUND)
        stop = threading.Event()

        def swap():
            turn = 0
            while not stop.is_set():
                name, aside = tree / f"d{turn % 9}", self.top / "aside"
                turn += 1
                os.rename(name, aside)
                os.symlink(outside, name)
                os.unlink(name)
                os.rename(aside, name)
        thread = threading.Thread(target=swap)
        thread.start()
        codes = {self.run("-r", "--in-place", "--threads", "4", tree).returncode for _ in range(12)}
        stop.set()
        thread.join()
        self.cases.check(codes <= {0, 5}, f"exit codes {codes}")
        self.cases.check(set(trees.all_files(outside).values()) == {FOUND.encode()}, "nothing outside was changed")
        self.cases.check(not any(trees.TEMPORARY in name for name in os.listdir(outside)), "nothing was made there")
        done = self.run("-r", "--in-place", tree)
        self.cases.check(done.returncode == 0 and set(trees.all_files(tree).values()) == {SCRUBBED.encode()},
                         "in the end all is done")

    def other_file_system(self):
        """Only where a file system may be mounted."""
        tree = self.tree(a=FOUND, other__b=FOUND)
        script = f"mount -t tmpfs none '{tree}/other' && echo 'kid@example.org' > '{tree}/other/c' && "
        for option, findings in (("", 2), ("--one-file-system", 1)):
            done = subprocess.run(["unshare", "-m", "sh", "-c", script + f"'{self.command}' scan -r {option} '{tree}'"],
                                  capture_output=True, text=True, check=False)
            if "piiglet:" not in done.stderr:
                return
            self.cases.check(len(done.stdout.splitlines()) == findings, f"{option}: {done.stderr}")

    def no_room(self):
        """A run that cannot write leaves the old files, and says so."""
        tree = self.tree(a=FOUND + CLEAN * 5000, b=CLEAN)

        def little():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        done = self.run("-r", "--in-place", "--backup", ".old", tree, preexec_fn=little)
        self.cases.check(done.returncode == 5 and sorted(trees.all_files(tree)) == ["a", "b"] and
                         (tree / "a").read_text().startswith(FOUND), f"the old file stays: {done.stderr}")

    def all(self):
        for name in ("unchanged", "attributes", "default_list", "special", "unreadable", "names", "deep", "leftovers",
                     "between_backup_and_rename", "hard_links", "torn_journal", "swapped", "other_file_system",
                     "no_room"):
            with tempfile.TemporaryDirectory() as folder:
                self.top = Path(folder)
                getattr(self, name)()
        return self.cases.end()


if __name__ == "__main__":
    sys.exit(Files(str(Path(sys.argv[1]).resolve())).all())
