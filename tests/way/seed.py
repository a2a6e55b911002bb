"""Fills empty tables for a walk through the real server: the people of the tests, with
passwords. Run as a program with DJANGO_SETTINGS_MODULE set."""

import django

django.setup()

from factories import make_house  # noqa: E402

PASSWORD = "电梯修好了-2026"  # of a database that lives for one test

if __name__ == "__main__":
    house = make_house()
    for name, member in house.people.items():
        member.user.username = {
            "甲": "jia",
            "乙": "yi",
            "丁": "ding",
            "管理员": "guanli",
            "审计": "shenji",
        }.get(name, member.user.username)
        member.user.set_password(PASSWORD)
        member.user.save()
