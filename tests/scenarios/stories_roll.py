"""Stories of those who stay on the roll, of late registration, and of schools that may not recruit."""

from teller import Pupil, School, Teller
from worlds import story

APRIL, NOVEMBER, MARCH, ALONE = "april 2024", "november 2023", "march 2024", "registries alone"


def _intake(tell: Teller, school: School, entry: str, registered: str, size: int = 4) -> None:
    for _ in range(size):
        tell.enrol(tell.pupil(), school, entry, 注册时间=registered)


@story(APRIL, "RD204 B")
def r31_on_the_roll_nine_months_after_the_programme_ended(tell: Teller) -> None:
    tell.enrol(tell.pupil(born="2005-03-03"), tell.school(), "202009")


@story(ALONE, "RD204 B?")
def r31_without_changes_a_repeated_year_cannot_be_excluded(tell: Teller) -> None:
    tell.enrol(tell.pupil(born="2005-03-04"), tell.school(), "202009")


@story(NOVEMBER)
def x18_graduates_of_july_are_posted_in_october(tell: Teller) -> None:
    """Their certificates are of June; the status was posted within the summer and after."""
    boy, school = tell.pupil(born="2005-03-05"), tell.school()
    tell.enrol(boy, school, "202009", 学籍状态="毕业", 离校日期="2023-10-10")


@story(APRIL)
def x11_flexible_programme_filed_up_to_six_years(tell: Teller) -> None:
    man, school = tell.pupil(born="1990-01-01"), tell.school()
    tell.enrol(man, school, "202009", 招生对象="退役军人")
    tell.row(
        "flexible_filings",
        年度="2020",
        学校标识码=school.code,
        形式="弹性学制",
        备案日期="2020-06-01",
    )


@story(APRIL)
def r31_repeated_a_year(tell: Teller) -> None:
    boy, school = tell.pupil(born="2005-03-06"), tell.school()
    tell.enrol(boy, school, "202009")
    tell.change(boy, "留级", "2022-09-05", school)


@story(APRIL)
def x20_two_years_in_the_army_lengthen_the_programme(tell: Teller) -> None:
    boy, school = tell.pupil(born="2004-03-06"), tell.school()
    tell.enrol(boy, school, "201909")
    tell.change(
        boy,
        "休学",
        "2020-09-10",
        school,
        异动原因="服兵役",
        休学起始日期="2020-09-10",
        休学截止日期="2022-09-09",
    )
    tell.change(boy, "复学", "2022-09-10", school)


@story(APRIL)
def a12_five_year_advanced_level_and_technician_level(tell: Teller) -> None:
    """Levels from junior school: 高级工 five years, 预备技师 six; the file gives no 学制."""
    school = tell.school("technical")
    tell.enrol(tell.pupil(born="2004-01-06"), school, "201909", 培养层次="高级工", 学制="")
    tell.enrol(tell.pupil(born="2003-01-06"), school, "201809", 培养层次="预备技师", 学制="")


@story(APRIL, "SC512 C")
def a12_five_year_programme_in_its_fourth_year(tell: Teller) -> None:
    tell.enrol(
        tell.pupil(born="2005-01-06"), tell.school(), "202009", 分段培养方式="五年一贯制", 学制=""
    )


@story(APRIL)
def z5_spring_entrant_of_2021_ends_in_january_2024(tell: Teller) -> None:
    """My reading: the end of January and sixty days of posting, till 31 March; then two weeks more."""
    tell.enrol(
        tell.pupil(born="2005-09-06"),
        tell.school(),
        "202103",
        学籍状态="毕业",
        离校日期="2024-04-01",
    )


@story(APRIL, "RD206 B")
def r31_withdrawn_by_change_and_still_on_the_roll(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    tell.enrol(boy, school, "202209")
    tell.change(boy, "退学", "2023-10-08", school)


@story(APRIL, "RD206 A", "SA401 A")
def p07_withdrawn_still_on_the_roll_and_paid(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    for _ in range(3):
        one = tell.pupil()
        tell.enrol(one, school, "202209")
        tell.aid(one, school, "2023-2024 春")
    tell.enrol(boy, school, "202209")
    tell.change(boy, "退学", "2023-10-08", school)
    tell.aid(boy, school, "2023-2024 春")


@story(APRIL)
def z6_7_withdrew_came_back_and_studies(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    tell.enrol(boy, school, "202209", 学籍状态="复学")
    tell.change(
        boy, "休学", "2023-03-08", school, 休学起始日期="2023-03-08", 休学截止日期="2024-03-07"
    )
    tell.change(boy, "复学", "2024-03-08", school)


@story(APRIL, "SC509 C")
def scenario_24_merger_doubles_the_cohort_in_september(tell: Teller) -> None:
    old, new = tell.school(), tell.school()
    tell.row("school_events", 日期="2023-08-20", 类型="合并", 原标识码=old.code, 新标识码=new.code)
    for _ in range(4):
        one = tell.pupil()
        tell.enrol(one, old, "202209")
        tell.enrol(one, new, "202209")


@story(APRIL, "SC503 B?")
def x10_new_entrants_after_a_merger_whose_list_names_the_old_code(tell: Teller) -> None:
    old, new = tell.school(listed=False), tell.school(listed=False)
    tell.qualify(old, 2023)
    tell.row("school_events", 日期="2023-08-20", 类型="合并", 原标识码=old.code, 新标识码=new.code)
    _intake(tell, new, "202309", "2023-10-15")


@story(APRIL)
def scenario_26_the_cohort_of_2022_entered_while_the_school_was_listed(tell: Teller) -> None:
    school = tell.school(listed=False)
    tell.qualify(school, 2022)
    _intake(tell, school, "202209", "2022-10-15")


@story(APRIL, "SC501 B")
def scenario_26_the_cohort_of_2023_entered_when_it_was_not(tell: Teller) -> None:
    school = tell.school(listed=False)
    tell.qualify(school, 2022)
    _intake(tell, school, "202209", "2022-10-15")
    _intake(tell, school, "202309", "2023-10-15")


@story(APRIL, "SC501 A")
def r01_marked_as_not_qualified_and_aided(tell: Teller) -> None:
    school = tell.school(listed=False)
    tell.qualify(school, 2023, "否")
    for _ in range(3):
        one = tell.pupil()
        tell.enrol(one, school, "202309")
        tell.aid(one, school, "2023-2024 秋")


@story(APRIL)
def scenario_50_attached_vocational_class_of_a_high_school(tell: Teller) -> None:
    high = tell.school("high")
    tell.row("filed_majors", 年度="2023", 学校标识码=high.code, 专业代码="720301")
    vocational = School(high.code, "vocational", high.name)
    _intake(tell, vocational, "202309", "2023-10-15")


@story(MARCH)
def s2_7_the_list_of_2023_is_not_out_and_the_school_was_on_the_last_one(tell: Teller) -> None:
    """Without the list R01 cannot run; an honest school must not be asked because nobody delivered it."""
    _intake(tell, tell.school(), "202309", "2023-10-15")


@story(MARCH, "SC501 B?")
def s2_7_the_list_of_2023_is_not_out_and_the_school_was_never_on_one(tell: Teller) -> None:
    _intake(tell, tell.school(listed=False), "202309", "2023-10-15")


@story(NOVEMBER, "RQ601 C")
def r18_xinzhou_2023_closes_on_10_november(tell: Teller) -> None:
    school = tell.school()
    _intake(tell, school, "202309", "2023-10-30")
    _intake(tell, school, "202309", "2023-11-11", 1)


@story(NOVEMBER)
def r18_the_cohort_of_2022_had_until_20_november(tell: Teller) -> None:
    _intake(tell, tell.school(), "202209", "2022-11-18")


@story(NOVEMBER, "RQ601 C")
def r18_technical_schools_close_on_20_october(tell: Teller) -> None:
    _intake(tell, tell.school("technical"), "202309", "2023-10-25")


@story(APRIL)
def r18_spring_entrants_have_until_20_april(tell: Teller) -> None:
    _intake(tell, tell.school(), "202303", "2023-04-18")
    _intake(tell, tell.school("technical"), "202403", "2024-04-10")


@story(APRIL)
def scenario_46_admitted_in_october_entered_in_september(tell: Teller) -> None:
    _intake(tell, tell.school("technical"), "202309", "2023-10-19")


@story(APRIL)
def r18_transferred_in_after_the_deadline(tell: Teller) -> None:
    boy, old, new = tell.pupil(), tell.school(), tell.school()
    tell.enrol(boy, old, "202309", 学籍状态="转学", 离校日期="2024-03-10", 注册时间="2023-10-10")
    tell.enrol(boy, new, "202309", 注册时间="2024-03-10")
    tell.transfer(boy, old, new, "2024-03-10")


@story(APRIL)
def r01_a_handful_of_pupils_at_an_unlisted_school_may_be_typing(tell: Teller) -> None:
    """One or two rows under a code are a slip before they are an intake: my reading of R01's counts."""
    _intake(tell, tell.school(listed=False), "202309", "2023-10-15", 2)


@story(APRIL)
def d5_a_school_with_three_pupils_is_not_judged_by_statistics(tell: Teller) -> None:
    school = tell.school()
    for _ in range(3):
        tell.enrol(tell.pupil(), school, "202209", 联系电话="19900009999", 监护人电话="19900009999")


@story(NOVEMBER, "RD206 B")
def trap_22_certificate_of_june_and_still_on_the_roll_in_november(tell: Teller) -> None:
    girl, school = tell.pupil(born="2005-01-17"), tell.school()
    tell.enrol(girl, school, "202009")
    _certificate(tell, girl, school)


@story(NOVEMBER, "RD206 C")
def scenario_05_with_the_certificate_handed_out(tell: Teller) -> None:
    """Late closing is C whether the end is told by the calendar (RD204) or by a certificate."""
    girl, school, college = tell.pupil(born="2005-01-18"), tell.school(), tell.school("higher")
    tell.enrol(girl, school, "202009")
    tell.enrol(girl, college, "202309")
    _certificate(tell, girl, school)


@story(APRIL, "RD204 C")
def x18_at_college_by_the_entrance_examination_and_not_closed(tell: Teller) -> None:
    girl, school, college = tell.pupil(born="2005-01-19"), tell.school(), tell.school("higher")
    tell.enrol(girl, school, "202009")
    tell.enrol(girl, college, "202309")


@story(APRIL)
def x20_suspended_by_status_alone_beyond_the_programme(tell: Teller) -> None:
    """Nobody told since when; a hold of unknown length can neither be counted nor denied."""
    tell.enrol(tell.pupil(born="2005-01-20"), tell.school(), "202009", 学籍状态="休学")


@story(APRIL)
def x18_high_school_graduate_learns_a_trade_while_the_high_school_closes_late(tell: Teller) -> None:
    boy, high, school = tell.pupil(born="2005-01-21"), tell.school("high"), tell.school()
    tell.enrol(boy, high, "202009")
    tell.enrol(boy, school, "202309", 招生对象="应届高中毕业生", 学制="1")


def _certificate(tell: Teller, pupil: Pupil, school: School) -> None:
    tell.row(
        "graduates",
        系统="中职",
        证书编号=f"C{pupil.number[6:17]}",
        姓名=pupil.name,
        身份证号=pupil.number,
        学校代码=school.code,
        毕业日期="2023-06-30",
        证书类别="毕业",
    )


@story(APRIL)
def x10_registered_anew_under_the_code_of_the_merged_school(tell: Teller) -> None:
    """R18: re-registration is not late registration; the merger moved a cohort that had been in time."""
    old, new = tell.school(), tell.school()
    tell.row("school_events", 日期="2022-08-15", 类型="合并", 原标识码=old.code, 新标识码=new.code)
    _intake(tell, new, "202109", "2022-09-05")


@story(APRIL, "RQ601 C")
def x10_a_merger_does_not_excuse_those_who_entered_after_it(tell: Teller) -> None:
    old, new = tell.school(), tell.school()
    tell.row("school_events", 日期="2022-08-15", 类型="合并", 原标识码=old.code, 新标识码=new.code)
    _intake(tell, new, "202209", "2022-12-05")


@story(APRIL)
def scenario_13_a_veteran_of_42_in_a_filed_flexible_programme(tell: Teller) -> None:
    man, school = tell.pupil(born="1981-12-12"), tell.school()
    tell.enrol(man, school, "202109", 招生对象="退役军人", 学制="3")
    tell.row(
        "flexible_filings",
        年度="2021",
        学校标识码=school.code,
        形式="弹性学制",
        备案日期="2021-06-01",
    )


@story(APRIL)
def scenario_14_farmers_of_one_village_taught_at_an_approved_site(tell: Teller) -> None:
    school = tell.school()
    tell.row(
        "teaching_sites", 学校标识码=school.code, 教学点名称="虚构村", 批准文号="虚教〔2022〕1号"
    )
    for serial in range(35):
        farmer = tell.pupil(born=f"1975-03-{serial % 28 + 1:02d}", sequence=700 + serial)
        tell.enrol(farmer, school, "202209", 招生对象="新型职业农民", 校外教学点="虚构村")
