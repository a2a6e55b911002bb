"""Those who complain: by the form, by mail to the door, by mail into a mailbox. Each goes on until
somebody said "received"; only that counts as acknowledged."""

import imaplib
import random
import re
import secrets
import smtplib
import threading
import time
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPException
from queue import Empty, SimpleQueue
from urllib.parse import urlencode

from benchmarks.killing.house import House

WAYS = {"http": 4, "smtp": 4, "imap": 4}  # threads
STORIES = (
    "电梯停了三天没人管，老人下不了楼。",
    "多收了两百块房费，前台不肯退。",
    "宽带断了一个星期，打了五次电话没人来。",
    "说好的赔偿一直没到账。",
)
FORM = "/o/killing/new/"
Send = Callable[[str, str, dict[str, str]], str]  # "" once it is acknowledged


class Crowd:
    """``tried``: every mark that was sent; ``acknowledged``: those that somebody vouched for."""

    def __init__(self, house: House, imap: int, complaints: int, seed: int, seconds: float) -> None:
        self.house, self.imap = house, imap
        chance = random.Random(seed)
        ways = ["http", "smtp", "imap"] if imap else ["http", "smtp"]
        self.tried = {f"K{number:05d}": chance.choice(ways) for number in range(complaints)}
        self.pause = seconds / max(complaints / (len(ways) * WAYS["http"]), 1)
        self.acknowledged: list[str] = []
        self.again: Counter[str] = Counter()  # way and what came instead of "received"
        self.lock = threading.Lock()

    def ways(self) -> str:
        """http 700, smtp 650 …"""
        counted = Counter(self.tried[mark] for mark in self.acknowledged)
        return ", ".join(f"{way} {number}" for way, number in sorted(counted.items()))

    def send(self, patience: float) -> None:
        """Everything, at the same time; returns when all is acknowledged or patience is out."""
        last = time.monotonic() + patience
        threads = []
        for way, number in WAYS.items():
            waiting: SimpleQueue[str] = SimpleQueue()
            for mark, chosen in self.tried.items():
                if chosen == way:
                    waiting.put(mark)
            work = {"http": self._by_form, "smtp": self._by_door, "imap": self._by_mailbox}[way]
            threads += [
                threading.Thread(target=self._work, args=(work, waiting, last))
                for _thread in range(number)
            ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _work(self, by: Send, waiting: "SimpleQueue[str]", last: float) -> None:
        begun, done = time.monotonic(), 0
        state: dict[str, str] = {}  # cookie and hidden fields of the form, between complaints
        while True:
            try:
                mark = waiting.get_nowait()
            except Empty:
                return
            key = secrets.token_hex(16)  # the same at every try, as the form keeps it
            while instead := by(mark, key, state):
                if time.monotonic() > last:
                    return
                with self.lock:
                    self.again[instead] += 1
                time.sleep(0.2)
            with self.lock:
                self.acknowledged.append(mark)
            done += 1  # whoever was held up hurries
            time.sleep(max(begun + done * self.pause - time.monotonic(), 0))

    def _by_form(self, mark: str, key: str, state: dict[str, str]) -> str:
        line = HTTPConnection("127.0.0.1", self.house.web, timeout=30)
        try:
            if not state and (status := _open_form(line, state)) != 200:
                return f"form {status}"
            fields = {name: value for name, value in state.items() if name != "cookie"}
            fields |= {"narrative": _story(mark), "request": "请尽快处理", "name": "王小明"}
            fields |= {"email": f"{mark}@kehu.example", "ik": key}
            heads = {"Cookie": state["cookie"], "Content-Type": "application/x-www-form-urlencoded"}
            line.request("POST", FORM, urlencode(fields), heads)
            answer = line.getresponse()
            answer.read()
        except (OSError, HTTPException) as problem:
            return f"http {type(problem).__name__}"
        finally:
            line.close()
        if answer.status == 403:
            state.clear()
        return "" if answer.status in (302, 303) else f"http {answer.status}"

    def _by_door(self, mark: str, key: str, state: dict[str, str]) -> str:
        del key, state
        try:
            with smtplib.SMTP("127.0.0.1", self.house.smtp, timeout=30) as client:
                client.sendmail("a@kehu.example", ["ts@killing.example"], _mail(mark))
        except (OSError, smtplib.SMTPException) as problem:
            return f"smtp {type(problem).__name__}"
        return ""

    def _by_mailbox(self, mark: str, key: str, state: dict[str, str]) -> str:
        """What a mail server took is acknowledged: it is ours to fetch."""
        del key, state
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=30) as client:
            client.login("killing", "geheim")
            took, _words = client.append("INBOX", "", "", _mail(mark).replace(b"\n", b"\r\n"))
        return "" if took == "OK" else f"imap {took}"


def _open_form(line: HTTPConnection, state: dict[str, str]) -> int:
    line.request("GET", FORM)
    answer = line.getresponse()
    page = answer.read().decode()
    if answer.status != 200:
        return answer.status
    state |= dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    state["cookie"] = answer.headers["Set-Cookie"].split(";")[0]
    return answer.status


def _story(mark: str) -> str:
    number = int(mark[1:])
    return f"{STORIES[number % len(STORIES)]}这是第{mark}号。"


def _mail(mark: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"王小明 <{mark.lower()}@kehu.example>"
    mail["To"] = "ts@killing.example"
    mail["Subject"] = f"投诉 {mark}"
    mail["Message-ID"] = f"<{mark}@kehu.example>"
    mail.set_content(_story(mark))
    return mail.as_bytes()
