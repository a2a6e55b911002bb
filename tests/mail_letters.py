"""Mails as customers write them."""

from email.message import EmailMessage


def written(text: str = "电梯停了三天没人管。", **heads: str) -> EmailMessage:
    """A mail of a person."""
    mail = EmailMessage()
    given = {
        "From": "王小明 <wang@kehu.example>",
        "To": "ts@yunfan.example",
        "Subject": "投诉电梯",
        "Message-ID": "<1@kehu.example>",
    } | {name.replace("_", "-"): value for name, value in heads.items()}
    for name, value in given.items():
        mail[name] = value
    mail.set_content(text)
    return mail
