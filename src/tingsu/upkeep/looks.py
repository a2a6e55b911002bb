"""What the doctor looks at, a function each. Reads tables, files, settings; changes nothing."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.timezone import now

from tingsu.cases import scanner
from tingsu.cases.models import Attachment, Case, Letter, Party
from tingsu.cases.verify import verify_case
from tingsu.channels.models import Delivery, Mailbox, ReceivedMail, ReceivedMessage
from tingsu.people.models import Organisation, new_id
from tingsu.terminal import _
from tingsu.upkeep import ready
from tingsu.upkeep.lags import lags
from tingsu.vault import Vault, VaultError

LATE = 600.0  # seconds after which what should happen by itself is late
SAMPLE = 200  # cases whose chain is checked, files that are looked for
LITTLE, TOO_LITTLE = 5 * 2**30, 2**29  # bytes left on the disk
OLD = timedelta(days=8)


@dataclass(frozen=True)
class Finding:
    """One sentence: what is wrong and what to do. bad: a person is needed; else a hint."""

    words: str
    bad: bool = True


def queues(at: datetime) -> Iterator[Finding]:
    """What the worker and the watchers should have done by now."""
    seen = lags(at)
    if seen.letters_late > LATE:
        words = _("有 {0} 封信该发没发，最早的晚了 {1} 分钟。请看后台任务（tingsu work）在不在。")
        yield Finding(words.format(seen.letters_waiting, _minutes(seen.letters_late)))
    if seen.clocks_late > LATE:
        words = _("时限已过 {0} 分钟还没有人被提醒。请看后台任务（tingsu work）在不在。")
        yield Finding(words.format(_minutes(seen.clocks_late)))
    if seen.mails_late > LATE:
        words = _("有 {0} 封来信收下了还没读，最早的等了 {1} 分钟。请看后台任务在不在。")
        yield Finding(words.format(seen.mails_unread, _minutes(seen.mails_late)))
    if seen.mails_quarantined:
        words = _("有 {0} 封来信等人看（页面“来信”）。")
        yield Finding(words.format(seen.mails_quarantined), bad=False)


def messages(at: datetime) -> Iterator[Finding]:
    """What channels brought, and what is told to addresses outside."""
    new = ReceivedMessage.objects.filter(state="new", stored_at__lt=at - timedelta(seconds=LATE))
    if late := new.count():
        words = _("有 {0} 条消息收下了还没读，已超过十分钟。请看后台任务在不在。")
        yield Finding(words.format(late))
    if unread := ReceivedMessage.objects.filter(state="waiting").count():
        words = _("有 {0} 条消息没读懂，等人看（页面“来信”）。")
        yield Finding(words.format(unread), bad=False)
    if dead := Delivery.objects.filter(state="dead", subscription__active=True).count():
        words = _("有 {0} 条通知没能送到外面的系统（页面“对外连接”）。")
        yield Finding(words.format(dead), bad=False)


def mailboxes(at: datetime) -> Iterator[Finding]:
    """Those that are to be fetched."""
    for box in Mailbox.objects.filter(active=True, kind="imap").order_by("address"):
        if box.trouble:
            words = _("收信邮箱 {0} 连不上（{1}）。请核对服务器、账号和授权码。")
            yield Finding(words.format(box.address, box.trouble))
        elif (at - (box.looked_at or box.created_at)).total_seconds() > LATE:
            yield Finding(
                _("收信邮箱 {0} 很久没有收取了，请看后台任务在不在。").format(box.address)
            )
        if box.answers_from is None:
            words = _("收信邮箱 {0} 只收不答：看过头几封以后，请按“开始发回执”。")
            yield Finding(words.format(box.address), bad=False)


def letters(at: datetime) -> Iterator[Finding]:
    """Those that could not be brought."""
    failed = Letter.objects.filter(state="failed", send_after__gt=at - timedelta(days=2)).count()
    if failed:
        words = _("两天里有 {0} 封信没有送达，承办人已有待办。")
        yield Finding(words.format(failed), bad=False)
    stuck = Letter.objects.filter(state="waiting", attempts__gt=1).count()
    if stuck:
        words = _("有 {0} 封信发了几次没发出去，还会再发。请看邮件中继（TINGSU_SMTP_HOST）。")
        yield Finding(words.format(stuck))


def chains(_at: datetime) -> Iterator[Finding]:
    """A sample, from a place that chance chooses, and the newest."""
    some = Case.objects.order_by("id")
    chosen = [*some.filter(id__gte=_somewhere())[:SAMPLE], *some.reverse()[: SAMPLE // 4]]
    broken = {case.number for case in chosen if verify_case(case)}
    if broken:
        words = _("{0} 的经过对不上（抽查 {1} 件）。请运行 tingsu verify 全查，并保留备份。")
        yield Finding(words.format("、".join(sorted(broken)[:5]), len(chosen)))


def files(_at: datetime) -> Iterator[Finding]:
    """Whether the newest files are where they should be, and new ones can be kept."""
    if not ready.storage_takes():
        yield Finding(_("附件存不进去。请看磁盘、权限或存储服务（TINGSU_S3_BUCKET）。"))
        return
    rows = Attachment.objects.order_by("-id").values_list("stored_as", flat=True)[:SAMPLE]
    gone = sum(not default_storage.exists(path) for path in set(rows))
    if gone:
        yield Finding(_("抽查的附件里有 {0} 个文件不见了，请从备份里找回。").format(gone))


def keys(_at: datetime) -> Iterator[Finding]:
    """Whether the keys at hand open what is sealed."""
    vault = Vault([secret.encode() for secret in settings.VAULT_SECRETS])
    mail = ReceivedMail.objects.exclude(raw_sealed=b"").order_by("-id").first()
    party = Party.objects.filter(phone_sealed__isnull=False).order_by("-id").first()
    try:
        if mail:
            vault.open_bytes(bytes(mail.raw_sealed), mail.id, "raw")
        if party:
            vault.open(bytes(party.phone_sealed), party.id, "phone")
    except VaultError:
        yield Finding(_("钥匙打不开个人资料：vault.key 不是原来那一把。请先找回，不要再登记。"))


def house(_at: datetime) -> Iterator[Finding]:
    """What an organisation still lacks."""
    rows = Organisation.objects.filter(active=True, contact_phone="").order_by("name")
    for name in rows.values_list("name", flat=True)[:5]:
        words = _("机构“{0}”还没写对外的联系电话，回执里就没有（页面“设置”）。")
        yield Finding(words.format(name), bad=False)


WITH_TABLES: tuple[Callable[[datetime], Iterator[Finding]], ...] = (
    queues, messages, mailboxes, letters, chains, files, keys, house,
)  # fmt: skip


def around() -> Iterator[Finding]:
    """What can be seen without a table."""
    yield from _disk()
    yield from _scanner()
    yield from _backup()
    yield from _open_doors()
    yield from _mail_out()


def _disk() -> Iterator[Finding]:
    room = shutil.disk_usage(settings.DATA).free
    if room < LITTLE:
        words = _("磁盘只剩 {0} MB。满了就收不进投诉，请尽快腾出地方。")
        yield Finding(words.format(room // 2**20), bad=room < TOO_LITTLE)


def _scanner() -> Iterator[Finding]:
    if settings.CLAMD and not scanner.answers():
        yield Finding(_("查毒程序没有应答（{0}），现在不收附件。").format(settings.CLAMD))


def _backup() -> Iterator[Finding]:
    """Nobody who copies by other means is to be frightened: a hint."""
    try:
        last = datetime.fromisoformat((settings.DATA / "backup.last").read_text().strip())
    except (OSError, ValueError):
        yield Finding(_("还没有备份过。请定时运行：tingsu backup 文件名"), bad=False)
        return
    if now() - last > OLD:
        yield Finding(_("上次备份是 {0} 天以前。").format((now() - last).days), bad=False)


def _open_doors() -> Iterator[Finding]:
    """Settings that leave something open."""
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(_("TINGSU_HOSTS 里有 *：别人可以冒用网址。请写出真正的主机名。"))
    outside = set(settings.ALLOWED_HOSTS) - {"localhost", "127.0.0.1", "[::1]", "*"}
    if outside and not settings.BEHIND_TLS:
        words = _("对外的网址没有开 TINGSU_TLS：密码和个人资料可能被人看到。")
        yield Finding(words)
    if outside and not settings.PUBLIC_URL:
        yield Finding(_("没有写 TINGSU_PUBLIC_URL：信里和二维码里没有网址。"), bad=False)
    if outside and not settings.REQUIRE_MFA:
        words = _("没有要求二次验证（TINGSU_REQUIRE_MFA）。")
        yield Finding(words, bad=False)
    if not settings.PUBLIC_LIMITS:
        yield Finding(_("公众页面的次数限制关着（TINGSU_PUBLIC_LIMITS），只适合压力测试。"))
    for name in ("vault.key", "session.key", "tingsu.db"):
        path: Path = settings.DATA / name
        if path.exists() and _others_read(path):
            yield Finding(_("别的用户读得到 {0}。请运行：chmod 600 {0}").format(path))


def _others_read(path: Path) -> bool:
    """The folder counts as well: behind a closed door nothing is read."""
    inside = path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)
    through = path.parent.stat().st_mode & (stat.S_IXGRP | stat.S_IXOTH)
    return bool(inside and through and os.name == "posix")


def _mail_out() -> Iterator[Finding]:
    if settings.DKIM and not (settings.DKIM_KEY and os.access(settings.DKIM_KEY, os.R_OK)):
        yield Finding(_("读不到签名用的钥匙（TINGSU_DKIM_KEY），信发不出去。"))
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        words = _(
            "信只写进 {0}，没有真的寄出。要寄出，请设 TINGSU_EMAIL_BACKEND 和 TINGSU_SMTP_HOST。"
        )
        yield Finding(words.format(settings.EMAIL_FILE_PATH), bad=False)
    elif settings.EMAIL_HOST not in ("localhost", "127.0.0.1", "::1") and not (
        settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    ):
        yield Finding(_("发信不加密（TINGSU_SMTP_SECURITY）：信的内容路上可能被人看到。"))


def _minutes(seconds: float) -> int:
    return round(seconds / 60)


def _somewhere() -> UUID:
    """An id between the first case and now."""
    first = Case.objects.order_by("id").values_list("id", flat=True).first()
    newest = new_id()
    if first is None:
        return newest
    share = int.from_bytes(os.urandom(4), "big") / 2**32
    return UUID(int=first.int + int((newest.int - first.int) * share))
