#!/usr/bin/env python3
"""Measure dossier on books of 1,000, 10,000 and 100,000 entries.

usage: scale.py [--entries N ...] [--runs R] [--dir DIR] [--binary FILE]

For each size it writes the corpus (corpus.py) unless it is there, and then, in turn, so that a machine that slows down
slows both: builds the site from nothing (no output, no cache), and copies that output with `cp -r`. Besides it
measures a check, a second build after one edit, and what `dossier serve` takes from the save of a file to the notice in
the browser: of an edit of a body, of one that links elsewhere, and of the title of the entry that most others link to.

Everything lies in DIR, which should be in memory (default /dev/shm/dossier-scale). Printed are medians of R runs
(default 5): seconds, peak memory, and the ratio of a build to the copy. Build the binary before: cargo build --release.
"""
import argparse
import base64
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(command):
    """Seconds and peak memory in MiB of a command, which must succeed."""
    started = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {process.returncode}\n{said}")
    return took, usage.ru_maxrss / 1024


def median(values):
    return statistics.median(values)


def clear(*paths):
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)


def pages(out):
    """How many pages there are, the median size of one in KB, and the size of the whole output in MB."""
    files = [path for path in out.rglob("*") if path.is_file()]
    sizes = sorted(path.stat().st_size for path in files if path.suffix == ".html")
    return len(sizes), sizes[len(sizes) // 2] / 1000, sum(path.stat().st_size for path in files) / 1e6


class Tab:
    """A tab that shows a page, as a server sees it: it says what it has, and is told (RFC 6455, as far as needed)."""

    def __init__(self, port, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}") as answer:
            html = answer.read().decode("utf-8")
        known = {key: re.search(f'data-{key}="([^"]*)"', html)[1] for key in ("hash", "look")}
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.settimeout(60)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((
            f"GET /.dossier/socket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode())
        self.bytes = b""
        while b"\r\n\r\n" not in self.bytes:
            self.more()
        head, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n")[0]:
            sys.exit(f"the server takes no tabs: {head.decode()}")
        self.say(json.dumps({"path": path, **known, "missing": False, "uses": []}))

    def say(self, text):
        data, mask = text.encode(), os.urandom(4)
        head = bytes([0x81, 0x80 | len(data)]) if len(data) < 126 else b"\x81\xfe" + len(data).to_bytes(2, "big")
        self.socket.sendall(head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)))

    def more(self):
        more = self.socket.recv(1 << 16)
        if not more:
            sys.exit("the server has gone")
        self.bytes += more

    def next(self):
        """The next message."""
        while True:
            while len(self.bytes) < 10:
                length = self.bytes[1] & 127 if len(self.bytes) > 1 else 126
                if len(self.bytes) > 1 and length < 126:
                    break
                self.more()
            kind, length, start = self.bytes[0] & 15, self.bytes[1] & 127, 2
            if length == 126:
                length, start = int.from_bytes(self.bytes[2:4], "big"), 4
            elif length == 127:
                length, start = int.from_bytes(self.bytes[2:10], "big"), 10
            while len(self.bytes) < start + length:
                self.more()
            message, self.bytes = self.bytes[start:start + length], self.bytes[start + length:]
            if kind == 1:
                return json.loads(message)


def served(binary, book, file, edit, runs):
    """Milliseconds from the save of an edit to the notice in the tab of the page."""
    process = subprocess.Popen([str(binary), "serve", str(book), "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        for line in process.stdout:
            if "http://127.0.0.1:" in line:
                port = int(line.split("http://127.0.0.1:")[1].split("/")[0].split()[0])
                break
        page = file.relative_to(book / "content").with_suffix(".html")
        tab = Tab(port, str(page))
        text, times = file.read_text("utf-8"), []
        time.sleep(1)
        for nth in range(runs + 1):
            changed = edit(text, nth)
            started = time.perf_counter()
            file.write_text(changed, "utf-8")
            while not told(tab.next()):
                pass
            times.append((time.perf_counter() - started) * 1000)
            time.sleep(0.3)
        file.write_text(text, "utf-8")
        return median(times[1:])
    finally:
        process.terminate()
        process.wait()


def told(message):
    """Whether a message says that the page has changed."""
    return message.get("reload") is True


def measure(binary, home, entries, runs):
    book, out, copy = home / f"kb-{entries}", home / "out", home / "copy"
    if not (book / "corpus.json").exists():
        clear(book)
        subprocess.run([sys.executable, HERE / "corpus.py", book, "--entries", str(entries)], check=True,
                       stdout=subprocess.DEVNULL)
    facts = json.loads((book / "corpus.json").read_text("utf-8"))
    cache = book / ".dossier"
    builds, copies, checks, peaks = [], [], [], []
    for _ in range(runs):
        clear(out, copy, cache)
        took, peak = run([binary, "build", book, "--out", out])
        builds.append(took)
        peaks.append(peak)
        copies.append(run(["cp", "-r", out, copy])[0])
        checks.append(run([binary, "check", book])[0])
    count, size, total = pages(out)
    file = sorted((book / "content/events").glob("*.md"))[entries // 4]
    text, again = file.read_text("utf-8"), []
    for nth in range(runs):
        file.write_text(f"{text}\nMore words {nth}.\n", "utf-8")
        again.append(run([binary, "build", book, "--out", out])[0] * 1000)
    file.write_text(text, "utf-8")
    clear(out, copy, cache)
    print(f"{entries:>9,} entries: {count:,} pages, {total:.0f} MB, median page {size:.1f} KB")
    print(f"    build     {median(builds):8.2f} s   {min(builds):.2f} to {max(builds):.2f}, peak {median(peaks):.0f} MiB")
    print(f"    cp -r     {median(copies):8.2f} s   {min(copies):.2f} to {max(copies):.2f}; a build is "
          f"{median(builds) / median(copies):.1f} times that")
    print(f"    check     {median(checks):8.2f} s")
    print(f"    rebuild   {median(again):8.0f} ms  after one edit")
    body = lambda text, nth: f"{text}\nMore words {nth}.\n"
    print(f"    serve     {served(binary, book, file, body, runs):8.0f} ms  from the save of a body to the notice")
    link = f" [[{facts['hub']}]]"
    links = lambda text, nth: f"{text}\nSee{link * (nth % 3 + 1)} {nth}.\n"
    print(f"    serve     {served(binary, book, file, links, runs):8.0f} ms  from the save of a body that links elsewhere")
    hub = book / "content" / f"{facts['hub']}.md"
    title = lambda text, nth: text.replace('title: "', f'title: "Title {nth} ', 1)
    print(f"    serve     {served(binary, book, hub, title, runs):8.0f} ms  from the save of the title of the entry "
          f"with most links to it ({facts['max_in_degree']:,}) to the notice", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="N")
    parser.add_argument("--runs", type=int, default=5, metavar="R")
    parser.add_argument("--dir", type=Path, default=Path("/dev/shm/dossier-scale"))
    parser.add_argument("--binary", type=Path, default=HERE.parent / "target/release/dossier")
    args = parser.parse_args()
    if not args.binary.exists():
        parser.error(f"there is no {args.binary}; build it with cargo build --release")
    args.dir.mkdir(parents=True, exist_ok=True)
    for entries in args.entries:
        measure(args.binary.resolve(), args.dir, entries, args.runs)


if __name__ == "__main__":
    main()
