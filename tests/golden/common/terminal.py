"""terminal.py stdout|stderr COMMAND...: runs a command with that output on a terminal, prints what it shows."""
import os
import pty
import subprocess
import sys

main, terminal = pty.openpty()
process = subprocess.Popen(sys.argv[2:], **{sys.argv[1]: terminal})
os.close(terminal)
shown = b""
while True:
    try:
        piece = os.read(main, 65536)
    except OSError:  # the last writer has gone
        break
    if not piece:
        break
    shown += piece
sys.stdout.write(shown.decode().replace("\r\n", "\n").replace("\033", "ESC").replace("\r", "CR"))
sys.stdout.flush()
sys.exit(process.wait())
