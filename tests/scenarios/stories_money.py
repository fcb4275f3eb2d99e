"""Stories of aid: who was paid for which term, how often, and to whose account."""

from teller import School, Teller
from worlds import story

APRIL, MARCH, ALONE = "april 2024", "march 2024", "registries alone"
AUTUMN, SPRING = "2023-2024 秋", "2023-2024 春"
WAIVER = {"资助项目": "免学费"}


def _class_of(tell: Teller, school: School, size: int = 4) -> None:
    """Let honest classmates be paid, so that the export is seen to be whole."""
    for _ in range(size):
        one = tell.pupil()
        tell.enrol(one, school, "202209")
        tell.aid(one, school, AUTUMN)


@story(APRIL, "SA403 C")
def scenario_28_left_on_25_october_paid_on_5_november(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    _class_of(tell, school)
    tell.enrol(boy, school, "202209", 学籍状态="退学", 离校日期="2023-10-25")
    tell.change(boy, "退学", "2023-10-25", school)
    tell.aid(boy, school, AUTUMN)


@story(APRIL, "SA401 A")
def scenario_28_had_left_on_10_september(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    _class_of(tell, school)
    tell.enrol(boy, school, "202209", 学籍状态="退学", 离校日期="2023-09-10")
    tell.change(boy, "退学", "2023-09-10", school)
    tell.aid(boy, school, AUTUMN)


@story(APRIL, "SA401 A")
def scenario_29_suspended_since_march_paid_for_the_spring(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    _class_of(tell, school)
    tell.enrol(boy, school, "202209", 学籍状态="休学")
    tell.change(
        boy, "休学", "2024-03-04", school, 休学起始日期="2024-03-04", 休学截止日期="2025-02-28"
    )
    tell.aid(boy, school, SPRING)


@story(APRIL)
def scenario_30_army_service_for_two_years_without_aid(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    tell.enrol(boy, school, "202109", 学籍状态="休学")
    tell.change(
        boy,
        "休学",
        "2022-09-10",
        school,
        异动原因="参军",
        休学起始日期="2022-09-10",
        休学截止日期="2024-09-09",
    )
    tell.aid(boy, school, "2021-2022 春")


@story(APRIL)
def r36_paid_in_april_for_the_autumn_before(tell: Teller) -> None:
    """Match on the benefit term, not on the day of payment."""
    boy, school = tell.pupil(), tell.school()
    tell.enrol(boy, school, "202209", 学籍状态="退学", 离校日期="2024-02-20")
    tell.change(boy, "退学", "2024-02-20", school)
    tell.aid(boy, school, AUTUMN, 发放日期="2024-04-08")


@story(MARCH)
def r36_the_spring_term_has_hardly_begun_when_its_aid_is_paid(tell: Teller) -> None:
    """A term of which twelve days have passed cannot show a month of presence."""
    boy, school = tell.pupil(), tell.school()
    tell.enrol(boy, school, "202209")
    tell.aid(boy, school, SPRING, 发放日期="2024-03-10")
    tell.aid(boy, school, SPRING, "900", 发放日期="2024-03-10", **WAIVER)


@story(MARCH)
def r36_a_transferred_student_is_paid_in_the_first_days_of_the_spring(tell: Teller) -> None:
    boy, old, new = tell.pupil(), tell.school(), tell.school()
    tell.enrol(boy, old, "202209", 学籍状态="转学", 离校日期="2024-02-26")
    tell.enrol(boy, new, "202209")
    tell.transfer(boy, old, new, "2024-02-26")
    tell.aid(boy, new, SPRING, 发放日期="2024-03-10")


@story(MARCH, "SA401 A")
def r36_who_left_in_november_is_paid_in_the_first_days_of_the_spring(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    _class_of(tell, school)
    tell.enrol(boy, school, "202209", 学籍状态="退学", 离校日期="2023-11-20")
    tell.change(boy, "退学", "2023-11-20", school)
    tell.aid(boy, school, SPRING, 发放日期="2024-03-10")


@story(APRIL, "SA401 A")
def r36_no_enrolment_at_all(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    _class_of(tell, school)
    tell.aid(boy, school, AUTUMN)


@story(APRIL, "SA401 A")
def p07_a_small_school_most_of_whose_aided_pupils_had_left(tell: Teller) -> None:
    """The export shows them all, as having left: it is not the export that is incomplete."""
    school = tell.school()
    stayed = tell.pupil()
    tell.enrol(stayed, school, "202209")
    tell.aid(stayed, school, AUTUMN)
    for _ in range(3):
        gone = tell.pupil()
        tell.enrol(gone, school, "202209", 学籍状态="退学", 离校日期="2023-04-10")
        tell.change(gone, "退学", "2023-04-10", school)
        tell.aid(gone, school, AUTUMN)


@story(APRIL)
def r36_returned_by_the_bank_or_taken_back(tell: Teller) -> None:
    gone, other, school = tell.pupil(), tell.pupil(), tell.school()
    for one in (gone, other):
        tell.enrol(one, school, "202209", 学籍状态="退学", 离校日期="2023-06-20")
        tell.change(one, "退学", "2023-06-20", school)
    tell.aid(gone, school, AUTUMN, 银行回盘状态="失败")
    tell.aid(other, school, AUTUMN)
    tell.aid(other, school, AUTUMN, "-1000", 发放日期="2023-12-20")


@story(APRIL)
def r38_returned_by_the_bank_and_paid_again(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    tell.enrol(boy, school, "202209")
    tell.aid(boy, school, AUTUMN, 银行回盘状态="账户异常退回")
    tell.aid(boy, school, AUTUMN, 发放日期="2023-12-01")


@story(APRIL)
def r38_paid_in_monthly_instalments(tell: Teller) -> None:
    """4.1: earlier monthly, ten times a year."""
    boy, school = tell.pupil(), tell.school()
    tell.enrol(boy, school, "202209")
    for month in ("09", "10", "11", "12"):
        tell.aid(boy, school, AUTUMN, "200", 发放日期=f"2023-{month}-10")
    tell.aid(boy, school, AUTUMN, "200", 发放日期="2024-01-10")


@story(APRIL)
def r38_a_dear_waiver_in_two_instalments_at_a_school_with_few_pupils(tell: Teller) -> None:
    """4.1: the waiver of an advanced class is 3600 yuan a year in places; 2000 is a reference only."""
    school = tell.school("technical")
    for _ in range(3):
        one = tell.pupil()
        tell.enrol(one, school, "202209", 培养层次="高级工", 学制="5")
        tell.aid(one, school, AUTUMN, "900", 发放日期="2023-10-10", **WAIVER)
        tell.aid(one, school, AUTUMN, "900", 发放日期="2023-12-10", **WAIVER)


@story(APRIL, "SA402 A")
def p11_paid_three_times_at_one_school(tell: Teller) -> None:
    boy, school = tell.pupil(), tell.school()
    _class_of(tell, school, 6)
    tell.enrol(boy, school, "202209")
    for day in ("2023-11-05", "2023-11-25", "2023-12-20"):
        tell.aid(boy, school, AUTUMN, 发放日期=day)


@story(APRIL)
def x15_two_schools_paid_their_part_of_a_term(tell: Teller) -> None:
    boy, old, new = tell.pupil(), tell.school(), tell.school()
    tell.enrol(boy, old, "202209", 学籍状态="转学", 离校日期="2023-11-10")
    tell.enrol(boy, new, "202209")
    tell.transfer(boy, old, new, "2023-11-10")
    tell.aid(boy, old, AUTUMN, "500")
    tell.aid(boy, new, AUTUMN, "500")


@story(ALONE, "SA401 A?", "SA402 A?")
def x15_two_parts_of_a_term_where_no_changes_were_delivered(tell: Teller) -> None:
    """The registry says 转学 and nobody says when: nothing is proven, everything waits."""
    boy, old, new = tell.pupil(), tell.school(), tell.school("technical")
    tell.enrol(boy, old, "202209", 学籍状态="转学")
    tell.enrol(boy, new, "202209")
    tell.aid(boy, old, AUTUMN, "500")
    tell.aid(boy, new, AUTUMN, "500")


@story(APRIL, "SA405 A")
def scenario_44_the_class_teacher_holds_the_cards(tell: Teller) -> None:
    school = tell.school()
    for _ in range(7):
        one = tell.pupil()
        tell.enrol(one, school, "202209")
        tell.aid(one, school, AUTUMN, 银行卡号="6299000011112222333", 账户姓名="司徒老师")


@story(APRIL)
def scenario_45_cards_issued_one_after_another(tell: Teller) -> None:
    school = tell.school()
    for serial in range(7):
        one = tell.pupil()
        tell.enrol(one, school, "202209")
        tell.aid(one, school, AUTUMN, 银行卡号=f"629900009999888877{serial}")


@story(APRIL)
def scenario_16_twins_on_the_card_of_their_father(tell: Teller) -> None:
    school = tell.school()
    elder = tell.pupil("华博文", born="2007-06-07", sequence=531)
    younger = tell.pupil("华博武", born="2007-06-07", sequence=533)
    younger = younger.but(guardian=elder.guardian, guardian_phone=elder.guardian_phone)
    for one in (elder, younger):
        tell.enrol(one, school, "202209")
        tell.aid(one, school, AUTUMN, 银行卡号="6299000044445555666", 账户姓名=elder.guardian)


@story(APRIL, "SA405 C")
def scenario_16_at_a_technical_school_that_knows_no_guardians(tell: Teller) -> None:
    """1.14: the technical registry has no guardian data; a holder of the children's surname is C."""
    school = tell.school("technical")
    elder = tell.pupil("姜子轩", born="2007-06-08", sequence=551)
    younger = tell.pupil("姜子豪", born="2007-06-08", sequence=553)
    for one in (elder, younger):
        tell.enrol(one, school, "202209")
        tell.aid(one, school, AUTUMN, 银行卡号="6299000077775555666", 账户姓名="姜国栋")


@story(APRIL, "SA405 B")
def r37_one_pupil_paid_to_one_stranger(tell: Teller) -> None:
    boy, school = tell.pupil("戚文涛"), tell.school()
    tell.enrol(boy, school, "202209")
    tell.aid(boy, school, AUTUMN, 账户姓名="邹永康")


@story(APRIL)
def x17_the_account_bears_the_former_name(tell: Teller) -> None:
    boy, school = tell.pupil("谢学勤"), tell.school()
    tell.enrol(boy, school, "202209", 曾用名="喻学勤")
    tell.aid(boy, school, AUTUMN, 账户姓名="喻学勤")


@story(APRIL)
def s51_the_bank_drops_the_dot_and_cuts_the_name(tell: Teller) -> None:
    girl, school = tell.pupil("古丽娜尔·阿不都热合曼", sequence=562), tell.school()
    tell.enrol(girl, school, "202209")
    tell.aid(girl, school, AUTUMN, 账户姓名="古丽娜尔阿不都热")


@story(APRIL, "SA403 B")
def r36_a_part_time_student_draws_the_grant(tell: Teller) -> None:
    """非全日制 may not apply, but he is enrolled: a matter for SA403 alone."""
    boy, school = tell.pupil(born="1985-01-01"), tell.school()
    _class_of(tell, school)
    tell.enrol(boy, school, "202209", 学习形式="非全日制", 招生对象="返乡农民工")
    tell.aid(boy, school, AUTUMN)


@story(APRIL, "SA403 B")
def trap_02_third_year_grant_before_2025_is_not_an_unfounded_enrolment(tell: Teller) -> None:
    """Ineligible until spring 2025, lawful after (R36, R38): SA403 says so, SA401 must not."""
    boy, school = tell.pupil(), tell.school()
    tell.enrol(boy, school, "202109")
    tell.aid(boy, school, AUTUMN, 就读年级="3")


@story(APRIL)
def x10_aid_under_the_code_of_the_school_that_was_merged(tell: Teller) -> None:
    boy, old, new = tell.pupil(), tell.school(), tell.school()
    tell.row("school_events", 日期="2022-08-20", 类型="合并", 原标识码=old.code, 新标识码=new.code)
    tell.enrol(boy, new, "202209")
    tell.aid(boy, old, AUTUMN)


@story(APRIL)
def s1_14_the_export_lists_present_students_and_the_graduates_have_a_list_of_their_own(
    tell: Teller,
) -> None:
    """The roll of April 2024 does not know who graduated in 2023: their aid of 2022 was lawful."""
    school = tell.school()
    for _ in range(4):
        one = tell.pupil()
        tell.enrol(one, school, "202209")
        tell.aid(one, school, "2022-2023 秋")
    graduate, left = tell.pupil(born="2005-01-30"), tell.pupil()
    for one in (graduate, left):
        tell.aid(one, school, "2022-2023 秋")
    tell.row(
        "graduates",
        系统="中职",
        证书编号="B2023777",
        姓名=graduate.name,
        身份证号=graduate.number,
        学校代码=school.code,
        入学年月="202009",
        毕业日期="2023-06-30",
    )
    tell.change(left, "退学", "2023-05-10", school, 转出学校标识码=school.code)


@story(ALONE, "SA401 A?")
def s2_5_a_name_no_registry_knows_where_neither_leavers_nor_graduates_were_delivered(
    tell: Teller,
) -> None:
    school = tell.school()
    for _ in range(4):
        one = tell.pupil()
        tell.enrol(one, school, "202209")
        tell.aid(one, school, AUTUMN)
    tell.aid(tell.pupil(), school, "2022-2023 秋")


@story(APRIL)
def s1_14_taken_back_by_a_negative_row_of_a_later_term(tell: Teller) -> None:
    """1.14: late corrections come as negative rows, labelled with the term in which they were booked."""
    boy, school = tell.pupil(), tell.school()
    _class_of(tell, school)
    tell.enrol(boy, school, "202209", 学籍状态="退学", 离校日期="2023-06-10")
    tell.change(boy, "退学", "2023-06-10", school)
    tell.aid(boy, school, AUTUMN)
    tell.aid(boy, school, SPRING, "-1000")


@story(APRIL)
def p12_the_words_of_banks_for_money_that_came_back(tell: Teller) -> None:
    school = tell.school()
    _class_of(tell, school)
    for words in ("退汇", "户名不符", "账号不存在", "账户冻结"):
        gone = tell.pupil()
        tell.enrol(gone, school, "202209", 学籍状态="退学", 离校日期="2023-06-20")
        tell.change(gone, "退学", "2023-06-20", school)
        tell.aid(gone, school, AUTUMN, 银行回盘状态=words)


@story(APRIL, "SA401 A")
def p07_paid_again_after_the_bank_had_returned_it(tell: Teller) -> None:
    gone, school = tell.pupil(), tell.school()
    _class_of(tell, school)
    tell.enrol(gone, school, "202209", 学籍状态="退学", 离校日期="2023-06-20")
    tell.change(gone, "退学", "2023-06-20", school)
    tell.aid(gone, school, AUTUMN, 银行回盘状态="发放成功(原退汇,已重发)")
