"""Runs a command with pipes that answer EAGAIN, fed and drained in small steps."""
import os
import subprocess
import sys
import threading
import time

data = sys.stdin.buffer.read() * 20000
feed_read, feed_write = os.pipe()
drain_read, drain_write = os.pipe()
os.set_blocking(feed_read, False)
os.set_blocking(drain_write, False)
process = subprocess.Popen(sys.argv[1:], stdin=feed_read, stdout=drain_write)
os.close(feed_read)
os.close(drain_write)


def feed():
    time.sleep(0.2)
    with os.fdopen(feed_write, "wb") as pipe:
        pipe.write(data)


threading.Thread(target=feed).start()
time.sleep(0.5)
with os.fdopen(drain_read, "rb") as pipe:
    output = pipe.read()
print(process.wait(), output.count(b"[EMAIL]"), output.count(b"\n"))
