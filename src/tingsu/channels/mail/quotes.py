"""What is new in an answer, and the earlier mail below it. Touches nothing.

Written for the clients that people in China use (Outlook, Foxmail, QQ, 163, Gmail, Apple, phones),
in Simplified, Traditional and English. In doubt nothing is folded away: the whole text is kept in
any case, and a line too many on screen is better than a word of the customer too few.
"""

import re

# A line after which everything is earlier mail.
_RULE = re.compile(
    r"[-_=\s*]*(?:原始邮件|原邮件|原始郵件|原郵件|转发邮件信息|轉寄郵件|回复的原邮件"
    r"|Original Message|Original Appointment|Forwarded message)[-_=\s*:：]*",
    re.IGNORECASE,
)
# "somebody wrote at some time:" in one or two lines.
_WROTE = re.compile(
    r"(?:(?:在|于|於|On|At|Am|Le)\s?.{0,160}|.{0,120}(?:<[^<>\s]+@[^<>\s]+>|@\S+).{0,120})"
    r"(?:写道|寫道|写到|来信说|wrote|writes|schrieb|a écrit)\s*[:：]?\s*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\W{0,3}(?:发件人|寄件者|寄件人|發件人|From)\s?[:：].+", re.IGNORECASE)
_FIELD = re.compile(
    r"\W{0,3}(?:发件人|发送时间|发送日期|日期|时间|收件人|抄送|主题|寄件者|寄件人|寄件日期|收件者|副本"
    r"|主旨|發件人|發送時間|傳送時間|主題|From|Sent|Date|To|Cc|Subject)\s?[:：].*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s{0,3}[>＞|].*")
_FIELDS_OF_A_HEAD = 3


def folded(text: str) -> tuple[str, str]:
    """What is new, and what is quoted below it; ("text", "") when nothing can be told apart."""
    lines = text.split("\n")
    for at in range(len(lines)):
        if (end := _begins(lines, at)) is None:
            continue
        if end == len(lines):
            return _parted(lines, at)
        rest = _after_marks(lines, end)
        if not any(line.strip() for line in lines[rest:]):
            return _parted(lines, at)
        return text, ""  # answered between the lines: only the whole makes sense
    return _only_marks(lines, text)


def _begins(lines: list[str], at: int) -> int | None:
    """Where the head of an earlier mail that begins at this line ends; the end of the text when
    everything below belongs to it; None when none begins here."""
    line = lines[at].strip()
    if not line:
        return None
    if _RULE.fullmatch(line) or (_FROM.fullmatch(line) and _is_head(lines, at)):
        return len(lines)
    two = f"{line} {lines[at + 1].strip()}" if at + 1 < len(lines) else line
    for length, candidate in ((1, line), (2, two)):
        if len(candidate) < 400 and _WROTE.fullmatch(candidate):
            marked = _next_said(lines, at + length)
            return at + length if marked else len(lines)
    return None


def _is_head(lines: list[str], at: int) -> bool:
    """From, Sent, To, Subject: at least three such lines, blank ones aside."""
    near = [line for line in lines[at : at + 9] if line.strip()][:5]
    return sum(bool(_FIELD.fullmatch(line.strip())) for line in near) >= _FIELDS_OF_A_HEAD


def _next_said(lines: list[str], at: int) -> bool:
    """Whether the next line with words carries the mark of a quotation."""
    following = next((line for line in lines[at:] if line.strip()), "")
    return bool(_QUOTED.fullmatch(following))


def _after_marks(lines: list[str], at: int) -> int:
    while at < len(lines) and (not lines[at].strip() or _QUOTED.fullmatch(lines[at])):
        at += 1
    return at


def _only_marks(lines: list[str], text: str) -> tuple[str, str]:
    """A tail of marked lines without a head."""
    at = len(lines)
    while at and (not lines[at - 1].strip() or _QUOTED.fullmatch(lines[at - 1])):
        at -= 1
    if any(_QUOTED.fullmatch(line) for line in lines[at:]) and any(x.strip() for x in lines[:at]):
        return _parted(lines, at)
    return text, ""


def _parted(lines: list[str], at: int) -> tuple[str, str]:
    said = "\n".join(lines[:at]).strip()
    # A forwarded mail has nothing above it: then the mail itself is what was said.
    return (said, "\n".join(lines[at:]).strip()) if said else ("\n".join(lines).strip(), "")
