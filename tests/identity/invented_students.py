"""The students of the invented city, their names, and their valid, invented identity numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = (
    "王王王李李李张张张刘刘陈陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇解"
)
BOYS = [
    "浩宇",
    "宇航",
    "浩然",
    "俊杰",
    "天宇",
    "博文",
    "子豪",
    "鑫",
    "浩",
    "佳乐",
    "文博",
    "宇轩",
    "子轩",
    "志强",
    "建国",
    "博",
    "伟",
    "明辉",
    "泽宇",
    "俊熙",
    "天佑",
    "家豪",
    "睿",
    "晨阳",
    "鹏飞",
    "凯",
    "旭东",
]
GIRLS = [
    "欣怡",
    "佳怡",
    "雨欣",
    "思雨",
    "梦瑶",
    "佳琪",
    "雨涵",
    "婷婷",
    "静",
    "欣悦",
    "子涵",
    "梓涵",
    "诗涵",
    "一诺",
    "可馨",
    "雨桐",
    "梓萱",
    "丽",
    "敏",
    "芳",
    "雪",
    "晓燕",
    "慧敏",
    "嘉怡",
    "语嫣",
    "若曦",
    "紫萱",
]
MIDDLE = "文志天子梓雨佳晓思嘉宇俊泽浩家海明春玉金永国建晨梦诗欣若语一可慧"
LAST = "博杰豪轩涵怡悦琪瑶萱宁辉强斌鹏凯峰龙飞洋阳光林森涛波华明亮军平静敏丽娜雪梅兰英芳婷妍馨彤"


@dataclass(frozen=True)
class Student:
    number: int
    name: str
    sex: str
    born_on: date
    county: str
    id_number: str
    guardian_name: str
    guardian_phone: str
    guardian_id: str
    phone: str | None
    address: str
    origin_school: str
    exam_no: str
    old_number: str | None = None
    old_name: str | None = None


def with_check_digit(digits: str) -> str:
    rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11
    return digits + "10X98765432"[rest]
