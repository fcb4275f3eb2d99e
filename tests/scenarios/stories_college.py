"""Stories of schools beside colleges: agreed programmes, late closing, two rolls."""

from teller import Teller
from worlds import story

APRIL = "april 2024"
NOVEMBER = "november 2023"


@story(NOVEMBER, "RD204 C")
def scenario_05_three_plus_two_closed_late(tell: Teller) -> None:
    boy, vocational, college = tell.pupil(born="2005-03-08"), tell.school(), tell.school("higher")
    tell.enrol(boy, vocational, "202009", 分段培养方式="3+2")
    tell.enrol(boy, college, "202309", XZ="2", CC="专科")
    tell.row(
        "articulation_agreements",
        中职学校标识码=vocational.code,
        中职专业代码="720301",
        高校代码=college.code,
        培养方式="3+2",
        起始年级="2020",
        截止年级="2020",
    )


@story(APRIL, "DE103 A", "SA403 B")
def scenario_05_with_the_grant_still_drawn(tell: Teller) -> None:
    """学制 5 in the vocational row: the spell is not over, the college's years are the college's."""
    boy, vocational, college = tell.pupil(born="2005-03-09"), tell.school(), tell.school("higher")
    tell.enrol(boy, vocational, "202009", 分段培养方式="3+2", 学制="5")
    tell.enrol(boy, college, "202309", XZ="2")
    tell.aid(boy, vocational, "2023-2024 秋")
    tell.row(
        "articulation_agreements",
        中职学校标识码=vocational.code,
        中职专业代码="720301",
        高校代码=college.code,
        培养方式="3+2",
        起始年级="2020",
    )


@story(APRIL)
def x01_three_plus_two_whose_vocational_row_says_five_years(tell: Teller) -> None:
    boy, vocational, college = tell.pupil(born="2005-03-10"), tell.school(), tell.school("higher")
    tell.enrol(boy, vocational, "202009", 分段培养方式="3+2", 学制="5")
    tell.enrol(boy, college, "202309", XZ="2")
    tell.row(
        "articulation_agreements",
        中职学校标识码=vocational.code,
        中职专业代码="720301",
        高校代码=college.code,
        培养方式="3+2分段",
        起始年级="2020",
    )


@story(APRIL)
def x01_an_open_ended_agreement_binds_later_cohorts(tell: Teller) -> None:
    """My reading: an agreement that names no last cohort runs on; nobody files it anew each year."""
    boy, vocational, college = tell.pupil(born="2005-03-11"), tell.school(), tell.school("higher")
    tell.enrol(boy, vocational, "202009", 分段培养方式="3+2", 学制="5")
    tell.enrol(boy, college, "202309", XZ="2")
    tell.row(
        "articulation_agreements",
        中职学校标识码=vocational.code,
        中职专业代码="720301",
        高校代码=college.code,
        培养方式="3+2",
        起始年级="2018",
    )


@story(APRIL)
def x02_five_year_programme_listed_by_the_college_from_the_first_day(tell: Teller) -> None:
    boy, vocational, college = tell.pupil(), tell.school(), tell.school("higher")
    tell.enrol(boy, vocational, "202209", 分段培养方式="五年一贯制", 学制="5")
    tell.enrol(boy, college, "202209", XZ="5")
    tell.aid(boy, vocational, "2023-2024 秋")
    tell.row(
        "articulation_agreements",
        中职学校标识码=vocational.code,
        中职专业代码="720301",
        高校代码=college.code,
        培养方式="五年一贯制",
        起始年级="2022",
        截止年级="2024",
    )


@story(APRIL, "DE103 B", "SC512 B")
def scenario_06_college_without_an_agreement_in_the_third_year(tell: Teller) -> None:
    boy, vocational, college = tell.pupil(), tell.school(), tell.school("higher")
    other = tell.school("higher")
    tell.enrol(boy, vocational, "202109", 分段培养方式="3+2", 学制="5")
    tell.enrol(boy, college, "202309", XZ="3")
    tell.row(
        "articulation_agreements",
        中职学校标识码=vocational.code,
        中职专业代码="720301",
        高校代码=other.code,
        培养方式="3+2",
        起始年级="2021",
    )


@story(APRIL)
def x22_part_time_college_beside_vocational_school(tell: Teller) -> None:
    boy, vocational, college = tell.pupil(), tell.school(), tell.school("higher")
    tell.enrol(boy, vocational, "202209")
    tell.enrol(boy, college, "202303", XXXS="业余", XZ="2.5")
    tell.aid(boy, vocational, "2023-2024 秋")


@story(APRIL, "DE103 A")
def r23_a_university_student_used_again_as_vocational_student(tell: Teller) -> None:
    boy, vocational, college = tell.pupil(born="2003-05-01"), tell.school(), tell.school("higher")
    tell.enrol(boy, college, "202109", XZ="4", CC="本科")
    tell.enrol(boy, vocational, "202209", 招生对象="往届高中毕业生")
    tell.aid(boy, vocational, "2023-2024 秋")


@story(APRIL)
def x05_a_technician_college_was_promoted_and_moved_its_cohort(tell: Teller) -> None:
    technical, college = tell.school("technical"), tell.school("higher")
    tell.row(
        "school_events",
        日期="2023-08-01",
        类型="升格",
        原标识码=technical.code,
        新标识码=college.code,
    )
    boy = tell.pupil(born="2004-06-07")
    tell.enrol(boy, technical, "202209", 培养层次="高级工", 生源类别="应届高中毕业生")
    tell.enrol(boy, college, "202309")


@story(NOVEMBER)
def x18_school_leavers_of_june_still_open_in_november(tell: Teller) -> None:
    """Trap 22 / GH×HE: a freshman whose high school closes late is C at most, and has no detector."""
    boy, high, college = tell.pupil(born="2005-02-02"), tell.school("high"), tell.school("higher")
    tell.enrol(boy, high, "202009")
    tell.enrol(boy, college, "202309")


@story(APRIL)
def x01_the_vocational_registry_does_not_tell_the_major(tell: Teller) -> None:
    boy, vocational, college = tell.pupil(born="2005-03-12"), tell.school(), tell.school("higher")
    tell.enrol(boy, vocational, "202009", 分段培养方式="3+2", 学制="5", 专业代码="")
    tell.enrol(boy, college, "202309", XZ="2")
    tell.row(
        "articulation_agreements",
        中职学校标识码=vocational.code,
        中职专业代码="720301",
        高校代码=college.code,
        培养方式="3+2",
        起始年级="2020",
    )


@story(APRIL)
def x18_first_enrolment_ended_by_the_certificate_alone(tell: Teller) -> None:
    girl, vocational, college = tell.pupil(born="2004-10-10"), tell.school(), tell.school("higher")
    tell.enrol(girl, vocational, "202009", 学籍状态="毕业")
    tell.enrol(girl, college, "202309", XZ="3")
    tell.row(
        "graduates",
        系统="中职",
        证书编号="B2023001",
        姓名=girl.name,
        身份证号=girl.number,
        学校代码=vocational.code,
        毕业日期="2023-06-30",
    )


@story(APRIL)
def x23_an_adult_with_a_degree_learns_a_second_trade(tell: Teller) -> None:
    man, vocational, college = tell.pupil(born="1995-01-09"), tell.school(), tell.school("higher")
    tell.enrol(man, college, "201309", XZ="4", XJZT="毕业")
    tell.enrol(man, vocational, "202209", 招生对象="下岗失业人员")


@story(APRIL, "DE105 B")
def scenario_12_technical_school_and_university(tell: Teller) -> None:
    """R23 JG × HE; nothing else may speak in its place."""
    boy, school, college = (
        tell.pupil(born="2003-09-09"),
        tell.school("technical"),
        tell.school("higher"),
    )
    tell.enrol(boy, college, "202109", XZ="4", CC="本科")
    tell.enrol(boy, school, "202209")
