"""Pages for what went wrong: what happened, what to do next; never a stack trace."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tingsu.web import trouble


def page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    """An error in the house's own looks; bare for parts of pages."""
    context = {"title": title, "words": words, "status": status}
    return render(request, "web/error.html", context, status=status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        403,
        _("这里不归您办理"),
        _("您的角色不能做这一步。需要时请找主管或管理员开通。"),
    )


def no_house(request: HttpRequest) -> HttpResponse:
    """Signed in, but no longer (or not yet) a member anywhere."""
    return page(
        request,
        403,
        _("您现在不在任何机构里"),
        _("账号还在，但没有在岗的身份。请找管理员开通，或换一个账号登录。"),
    )


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request, 404, _("没有找到"), _("它可能已移走，或不在您的范围内。请核对编号后再试。")
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_big(request)
    return page(
        request, 400, _("没能读懂这次提交"), _("请退回上一页再试；您写的内容一般还在草稿里。")
    )


def too_big(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        413,
        _("一次提交的内容太多了"),
        _("请退回上一页，减少文件或删减文字，分几次提交；您写的内容一般还在草稿里。"),
    )


def broken(request: HttpRequest) -> HttpResponse:
    if trouble.cannot_keep(sys.exception()):
        return trouble.not_kept(request)
    return page(
        request,
        500,
        _("我们这边出了差错"),
        _("您写的内容已存为草稿。请过一会儿再试；还不行就告诉管理员现在的时间。"),
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    return page(request, 401, _("登录已过期"), _("请重新登录。您写的内容还在，登录后会自动恢复。"))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(
        request,
        403,
        _("这个页面放得太久了"),
        _("请退回上一页，刷新后再提交；您写的内容还在草稿里。"),
    )
