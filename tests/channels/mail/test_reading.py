"""A mail as it arrives, whatever it looks like (IN-4)."""

import tarfile
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from tingsu.channels.mail.message import Sort, Unreadable
from tingsu.channels.mail.reading import read

PLAIN = b"From: =?gb2312?B?zfXQocP3?= <Wang@B.example>\r\nTo: ts@tingsu.example\r\n"


def _plain(head: str, body: str = "电梯坏了") -> bytes:
    return PLAIN + head.encode() + b"\r\n\r\n" + body.encode()


def test_who_wrote_what_and_when() -> None:
    mail = read(
        _plain(
            "Subject: =?UTF-8?B?55S15qKv?= =?UTF-8?Q?=E5=9D=8F=E4=BA=86?=\r\n"
            "Message-ID: <1@b.example>\r\nIn-Reply-To: <9@t>\r\nReferences: <8@t>\r\n <9@t>\r\n"
            "Date: Sat, 21 Nov 2026 10:02:03 +0800"
        )
    )
    assert (mail.sender, mail.sender_name) == ("wang@b.example", "王小明")
    assert (mail.subject, mail.said, mail.message_id) == ("电梯坏了", "电梯坏了", "<1@b.example>")
    assert mail.answers == ("<8@t>", "<9@t>")
    assert mail.to == ("ts@tingsu.example",)
    assert mail.written_at is not None
    assert mail.written_at.isoformat() == "2026-11-21T02:02:03+00:00"


def test_a_character_cut_in_two_between_encoded_words() -> None:
    raw = "电梯坏了".encode()
    words = " ".join(
        f"=?utf-8?Q?{''.join(f'={b:02X}' for b in raw[i : i + 4])}?=" for i in (0, 4, 8)
    )
    assert read(_plain(f"Subject: {words}")).subject == "电梯坏了"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_headers_in_raw_bytes(codec: str) -> None:
    raw = b"From: a@b.example\r\nSubject: " + "电梯坏了三天".encode(codec) + b"\r\n\r\nx"
    assert read(raw).subject == "电梯坏了三天"


@pytest.mark.parametrize(
    "disposition",
    [
        'attachment; filename="=?gbk?B?t6LGsS5wZGY=?="',
        "attachment; filename*=utf-8''%E5%8F%91%E7%A5%A8.pdf",
        "attachment; filename*0*=utf-8''%E5%8F%91; filename*1*=%E7%A5%A8.pdf",
        'attachment; filename="C:\\\\files\\\\发票.pdf"',
    ],
)
def test_file_names_of_every_kind(disposition: str) -> None:
    raw = (
        "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        "--x\r\n\r\n见附件\r\n"
        f"--x\r\nContent-Type: application/pdf\r\nContent-Disposition: {disposition}\r\n\r\n"
        "%PDF\r\n--x--\r\n"
    ).encode()
    mail = read(raw)
    assert [(part.name, part.data) for part in mail.parts] == [("发票.pdf", b"%PDF")]
    assert mail.said == "见附件"


def test_only_html_is_read_as_words_and_kept() -> None:
    html = "<style>p{}</style><p>电梯<b>坏了</b></p><script>x()</script><p>三天</p>"
    mail = read(MIMEText(html, "html", "utf-8").as_bytes())
    assert mail.said.split() == ["电梯坏了", "三天"]
    assert mail.html == html


def test_of_two_ways_to_say_it_one_is_read() -> None:
    made = MIMEMultipart("alternative")
    made.attach(MIMEText("电梯坏了", "plain", "utf-8"))
    made.attach(MIMEText("<p>电梯坏了</p>", "html", "utf-8"))
    mail = read(made.as_bytes())
    assert (mail.text, mail.html, mail.parts) == ("电梯坏了", "<p>电梯坏了</p>", ())


def test_files_that_have_no_name_get_one() -> None:
    made = MIMEMultipart()
    made.attach(MIMEText("会议", "plain", "utf-8"))
    made.attach(MIMEText("BEGIN:VCALENDAR", "calendar", "utf-8"))
    made.attach(MIMEApplication(b"\x78\x9f\x3e\x22", "ms-tnef"))
    assert [part.name for part in read(made.as_bytes()).parts] == ["invite.ics", "winmail.dat"]


def test_a_forwarded_mail_without_a_word_of_its_own_is_read() -> None:
    inner = EmailMessage()
    inner["Subject"] = "电梯"
    inner.set_content("电梯坏了三天")
    made = EmailMessage()
    made["From"] = "a@b.example"
    made.set_content("")
    made.add_attachment(inner)
    mail = read(made.as_bytes())
    assert mail.text.strip() == "电梯坏了三天"
    assert [part.kind for part in mail.parts] == ["message/rfc822"]


def test_a_file_written_into_the_text() -> None:
    body = "见文件\nbegin 644 a.txt\n#0V%T\n`\nend\n完"
    mail = read(_plain("Subject: x", body))
    assert [(part.name, part.data) for part in mail.parts] == [("a.txt", b"Cat")]
    assert mail.text.split() == ["见文件", "完"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"From: a@b.example\r\n\r\n", "no_text"),
        (
            b"".join(
                b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
                for n in range(80)
            ),
            "too_deep",
        ),
    ],
)
def test_what_cannot_become_a_case_says_why(raw: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(raw)
    assert told.value.why == why


@pytest.mark.parametrize(
    ("head", "sort"),
    [
        ("Subject: 投诉", Sort.PERSON),
        ("Auto-Submitted: no", Sort.PERSON),
        ("Auto-Submitted: auto-replied", Sort.AUTOMATIC),
        ("Subject: 自动回复：我在休假", Sort.AUTOMATIC),
        ("Subject: 你们的自动回复真气人", Sort.PERSON),
        ("Precedence: bulk", Sort.LIST),
        ("List-Id: <news.example>", Sort.LIST),
        ("Return-Path: <>", Sort.BOUNCE),
        ("X-Tingsu: 1", Sort.OWN),
    ],
)
def test_who_or_what_wrote(head: str, sort: Sort) -> None:
    assert read(_plain(head)).sort is sort


def test_every_hard_case_is_read_or_named(shared: object) -> None:
    """The mail fixtures: what came out of years of broken senders."""
    readable, named, replaced = 0, [], 0
    with tarfile.open(f"{shared}/data/mail_fixtures.tar.gz") as box:
        files = [one for one in box.getmembers() if one.isfile()]
        for one in files:
            raw = box.extractfile(one)
            assert raw is not None
            try:
                mail = read(raw.read())
            except Unreadable as problem:
                named.append(problem.why)
                continue
            readable += 1
            replaced += "\ufffd" in mail.text + mail.subject + mail.sender_name
    assert (len(files), readable, sorted(named)) == (167, 165, ["empty", "no_text"])
    assert replaced <= 1


def test_a_bounce_names_letter_and_address() -> None:
    told = (
        "From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/plain\r\n\r\nNot delivered\r\n"
        "--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        "Final-Recipient: rfc822; Wang@B.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n"
        "Final-Recipient: rfc822; li@b.example\r\nAction: delayed\r\nStatus: 4.2.2\r\n\r\n"
        "--x\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <letter@tingsu>\r\n\r\n"
        "hello\r\n--x--\r\n"
    )
    first, second = read(told.encode()).bounces
    assert (first.address, first.status, first.lasting) == ("wang@b.example", "5.1.1", True)
    assert (first.message_id, first.words) == ("<letter@tingsu>", "smtp; 550 no such user")
    assert (second.address, second.lasting) == ("li@b.example", False)
