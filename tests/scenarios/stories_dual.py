"""Stories of one student at two schools of the secondary stage, and of those who only look like it."""

from teller import Teller
from worlds import story

APRIL = "april 2024"
NOVEMBER = "november 2023"
ALONE = "registries alone"


@story(APRIL, "DE101 A")
def scenario_01_two_open_enrolments_and_a_grant(tell: Teller) -> None:
    girl, nursing, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(girl, nursing, "202209")
    tell.enrol(girl, high, "202209")
    tell.aid(girl, nursing, "2023-2024 秋")
    tell.aid(girl, nursing, "2023-2024 秋", 资助项目="免学费")


@story(APRIL, "DE101 B")
def scenario_01_without_money_is_b(tell: Teller) -> None:
    girl, nursing, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(girl, nursing, "202209")
    tell.enrol(girl, high, "202209")


@story(ALONE, "DE101 B?")
def trap_21_without_the_changes_nobody_is_suspected(tell: Teller) -> None:
    """2.5 step 8: the list that would prove a transfer was not delivered."""
    girl, nursing, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(girl, nursing, "202209")
    tell.enrol(girl, high, "202209")


@story(APRIL)
def scenario_02_transferred_from_high_school_within_the_lag(tell: Teller) -> None:
    girl, nursing, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(girl, nursing, "202209", 注册时间="2022-09-20")
    tell.enrol(girl, high, "202209", 学籍状态="转出", 离校日期="2022-10-12")
    tell.transfer(girl, high, nursing, "2022-10-12")
    tell.aid(girl, nursing, "2023-2024 秋")


@story(APRIL)
def x08_the_high_school_closed_late_but_the_transfer_was_approved_in_time(tell: Teller) -> None:
    """The vocational row keeps 入学年月 of the high school: the transfer dates its beginning."""
    girl, nursing, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(girl, nursing, "202209", 注册时间="2023-03-10")
    tell.enrol(girl, high, "202209", 学籍状态="转出", 离校日期="2023-04-20")
    tell.transfer(girl, high, nursing, "2023-03-05")


@story(APRIL)
def x08_the_high_school_approved_the_transfer_and_forgot_to_close(tell: Teller) -> None:
    """My reading: the giving side's own approval ended the enrolment; its open row is a stale one (1.0 d).

    Nobody reports stale rows of the K-12 registry yet: RD206 looks at vocational and technical schools.
    """
    girl, nursing, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(girl, nursing, "202303")
    tell.enrol(girl, high, "202209")
    tell.transfer(girl, high, nursing, "2023-03-05")
    tell.aid(girl, nursing, "2023-2024 秋")


@story(APRIL, "DE101 B")
def r26_a_transfer_that_was_refused_excuses_nothing(tell: Teller) -> None:
    girl, nursing, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(girl, nursing, "202209")
    tell.enrol(girl, high, "202209", 学籍状态="转出", 离校日期="2023-09-30")
    named = {"转出学校标识码": high.code, "转入学校标识码": nursing.code}
    tell.change(girl, "转学(转出)", "2023-06-05", high, 审核状态="审核不通过", **named)


@story(APRIL)
def scenario_08_comprehensive_class_with_one_enrolment(tell: Teller) -> None:
    boy, vocational, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(boy, high, "202209", 班级="综合高中1班")
    tell.row(
        "integrated_classes",
        学年="2022-2023",
        中职学校标识码=vocational.code,
        普通高中标识码=high.code,
        班级="综合高中1班",
        学籍所在系统="普通高中",
    )


@story(APRIL, "DE101 B")
def scenario_09_comprehensive_class_with_both_enrolments(tell: Teller) -> None:
    boy, vocational, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(boy, high, "202209", 班级="综合高中1班")
    tell.enrol(boy, vocational, "202209", 班级名称="综合高中1班")
    for year in ("2022-2023", "2023-2024"):
        tell.row(
            "integrated_classes",
            学年=year,
            中职学校标识码=vocational.code,
            普通高中标识码=high.code,
            班级="综合高中1班",
            学籍所在系统="普通高中",
        )


@story(APRIL)
def scenario_10_intermediate_then_advanced_level_at_one_school(tell: Teller) -> None:
    boy, school = tell.pupil(born="2003-04-01"), tell.school("technical")
    tell.enrol(boy, school, "201809", 学籍状态="毕业", 离校日期="2021-06-30", 学籍号="T18000001")
    tell.enrol(boy, school, "202109", 培养层次="高级工", 学制="3", 学籍号="T21000001")


@story(APRIL)
def x04_the_same_record_number_is_kept_for_the_higher_level(tell: Teller) -> None:
    """The intermediate row still says 在读 in its graduation year: RD204's late posting, see below."""
    boy, school = tell.pupil(born="2003-04-02"), tell.school("technical")
    tell.enrol(boy, school, "202009", 学籍状态="毕业", 学籍号="T20000002")
    tell.enrol(boy, school, "202309", 培养层次="高级工", 学制="2", 学籍号="T20000002")


@story(APRIL, "SA403 B", "SC509 C")
def x10_merged_and_then_renamed_school_lists_its_students_under_both_codes(tell: Teller) -> None:
    old, kept = tell.school(), tell.school()
    successor = tell.school()
    tell.row("school_events", 日期="2022-08-15", 类型="合并", 原标识码=old.code, 新标识码=kept.code)
    tell.row(
        "school_events", 日期="2023-06-15", 类型="更名", 原标识码=kept.code, 新标识码=successor.code
    )
    for _ in range(3):
        one = tell.pupil()
        tell.enrol(one, old, "202109")
        tell.enrol(one, successor, "202109")
        tell.aid(one, successor, "2023-2024 秋")
        tell.aid(one, old, "2022-2023 春")


@story(APRIL)
def x15_transfer_chain_over_three_schools(tell: Teller) -> None:
    """Every school keeps the month of entry; each left its row open for some weeks."""
    boy, schools = tell.pupil(), [tell.school() for _ in range(3)]
    ends: tuple[dict[str, str], ...] = (
        {"学籍状态": "转学", "离校日期": "2023-03-20"},
        {"学籍状态": "转学", "离校日期": "2023-10-25"},
        {},
    )
    for school, end in zip(schools, ends, strict=True):
        tell.enrol(boy, school, "202209", **end)
    tell.transfer(boy, schools[0], schools[1], "2023-02-25")
    tell.transfer(boy, schools[1], schools[2], "2023-09-25")
    tell.aid(boy, schools[0], "2022-2023 秋")
    tell.aid(boy, schools[1], "2022-2023 春")
    tell.aid(boy, schools[2], "2023-2024 秋")


@story(APRIL)
def x15_transfer_chain_known_by_its_arrivals_alone(tell: Teller) -> None:
    """The export of the giving side gives approved events only; the givers' rows have no leaving day."""
    boy, schools = tell.pupil(), [tell.school() for _ in range(3)]
    for school, status in zip(schools, ("转学", "转学", "在读"), strict=True):
        tell.enrol(boy, school, "202209", 学籍状态=status)
    for out, into, day in (
        (schools[0], schools[1], "2023-02-25"),
        (schools[1], schools[2], "2023-09-25"),
    ):
        tell.change(boy, "转学(转入)", day, into, 转出学校标识码=out.code, 转入学校标识码=into.code)


@story(APRIL, "DE106 B")
def x15_the_first_school_never_closed_after_the_transfer(tell: Teller) -> None:
    """My reading: a transfer that one side never carried out in a year leaves two enrolments (R20)."""
    boy, schools = tell.pupil(), [tell.school() for _ in range(2)]
    tell.enrol(boy, schools[0], "202209")
    tell.enrol(boy, schools[1], "202209")
    named = {"转出学校标识码": schools[0].code, "转入学校标识码": schools[1].code}
    tell.change(boy, "转学(转入)", "2023-02-25", schools[1], **named)


@story(APRIL)
def x20_army_service_with_a_reserved_enrolment(tell: Teller) -> None:
    boy, vocational, technical = tell.pupil(), tell.school(), tell.school("technical")
    tell.enrol(boy, vocational, "202209", 学籍状态="保留学籍")
    tell.change(boy, "保留学籍", "2022-12-01", vocational, 异动原因="应征入伍")
    tell.enrol(boy, technical, "202303")


@story(APRIL)
def x20_suspended_by_status_alone(tell: Teller) -> None:
    boy, vocational, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(boy, vocational, "202209")
    tell.enrol(boy, high, "202209", 学籍状态="休学")


@story(APRIL)
def x19_dropped_out_of_high_school_and_entered_as_past_graduate(tell: Teller) -> None:
    boy, vocational, high = tell.pupil(born="2005-11-02"), tell.school(), tell.school("high")
    tell.enrol(boy, high, "202109", 学籍状态="流失")
    tell.enrol(boy, vocational, "202309", 招生对象="往届初中毕业生")


@story(APRIL)
def x35_joint_programme_of_two_accredited_schools(tell: Teller) -> None:
    girl, east, west = tell.pupil(), tell.school(), tell.school()
    tell.enrol(girl, west, "202209", 联招合作类型="东西部", 联招合作学校代码=east.code)
    tell.enrol(girl, east, "202209", 联招合作类型="东西部", 联招合作学校代码=west.code)
    tell.row(
        "joint_programs",
        学校标识码=west.code,
        合作机构代码=east.code,
        合作机构类别="学历教育",
        起始日期="2022-01-01",
        截止日期="2025-12-31",
    )


@story(APRIL, "DE106 A", "SA402 A")
def r20_two_schools_of_one_registry_both_paid(tell: Teller) -> None:
    girl, one, two = tell.pupil(), tell.school(), tell.school()
    for school in (one, two):
        tell.enrol(girl, school, "202209")
        tell.aid(girl, school, "2023-2024 秋")


@story(APRIL, "DE102 A", "SA402 A")
def p06_two_plates_on_one_gate(tell: Teller) -> None:
    """X33 is a mechanism, not an excuse."""
    girl, vocational, technical = tell.pupil(), tell.school(), tell.school("technical")
    for school in (vocational, technical):
        tell.enrol(girl, school, "202209")
        tell.aid(girl, school, "2023-2024 秋")


@story(NOVEMBER, "RQ604 C")
def x18_junior_school_closes_late(tell: Teller) -> None:
    boy, junior, vocational = tell.pupil(), tell.school("junior"), tell.school()
    tell.enrol(boy, junior, "202009")
    tell.enrol(boy, vocational, "202309")


@story(APRIL)
def z1_11_the_same_file_twice(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    for file in (f"a{school.code}", f"b{school.code}"):
        tell.enrol(boy, school, "202209", file=file)
    tell.aid(boy, school, "2023-2024 秋")


@story(APRIL)
def x09_back_to_high_school_where_mutual_transfer_is_not_allowed(tell: Teller) -> None:
    """Whether he may is another rule (R26); he is on one roll at a time, so it is no R21."""
    boy, vocational, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(boy, vocational, "202209", 学籍状态="转学", 离校日期="2023-03-05")
    tell.enrol(boy, high, "202209", 注册时间="2023-03-01")
    tell.transfer(boy, vocational, high, "2023-03-01")


@story(APRIL, "SC509 C")
def x10_one_of_two_merged_schools_keeps_its_code(tell: Teller) -> None:
    """Trap 16: the copies in the dead code are migration, whoever keeps the code."""
    dead, kept = tell.school(), tell.school()
    tell.row(
        "school_events", 日期="2023-08-25", 类型="合并", 原标识码=dead.code, 新标识码=kept.code
    )
    boy = tell.pupil()
    tell.enrol(boy, dead, "202209")
    tell.enrol(boy, kept, "202209")
    tell.aid(boy, dead, "2022-2023 春")
    tell.aid(boy, kept, "2023-2024 秋")


@story(APRIL)
def x07_comprehensive_class_converted_to_the_vocational_registry(tell: Teller) -> None:
    """One enrolment after the other, and the vocational row keeps the month of entry."""
    boy, school, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(boy, high, "202209", 班级="综合高中1班", 学籍状态="转出", 离校日期="2023-06-20")
    tell.enrol(boy, school, "202209", 班级名称="综合高中1班", 注册时间="2022-11-01")
    tell.transfer(boy, high, school, "2023-06-20")
    tell.row(
        "integrated_classes",
        学年="2022-2023",
        中职学校标识码=school.code,
        普通高中标识码=high.code,
        班级="综合高中1班",
        学籍所在系统="普通高中",
    )


@story(APRIL)
def trap_22_an_older_snapshot_beside_a_newer_one(tell: Teller) -> None:
    """In November he was there; in April the same row says he left in December, for the high school."""
    boy, school, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(boy, school, "202309", file=f"2023-11-{school.code}")
    tell.enrol(
        boy, school, "202309", file=f"2024-04-{school.code}", 学籍状态="退学", 离校日期="2023-12-20"
    )
    tell.enrol(boy, high, "202401")


@story(APRIL)
def x19_left_high_school_in_january_and_entered_in_spring(tell: Teller) -> None:
    boy, school, high = tell.pupil(), tell.school(), tell.school("high")
    tell.enrol(boy, high, "202209", 学籍状态="退学", 离校日期="2023-01-10")
    tell.enrol(boy, school, "202303", 招生对象="往届初中毕业生")
    tell.aid(boy, school, "2022-2023 春")
