"""Stories of who is who: damaged numbers, changed names, twins, namesakes, another's number."""

from datetime import date

from teller import Teller, identity_number
from worlds import story

APRIL = "april 2024"
AUTUMN = "2023-2024 秋"
_BORN = date(2007, 4, 21)


@story(APRIL, "DE102 A")
def scenario_21_changed_number_known_by_the_old_one_to_the_technical_school(tell: Teller) -> None:
    boy, vocational, technical = tell.pupil(), tell.school(), tell.school("technical")
    corrected = identity_number(boy.born, 771, "990103")
    tell.enrol(boy.but(number=corrected), vocational, "202209")
    tell.enrol(boy, technical, "202209")
    tell.aid(boy.but(number=corrected), vocational, "2023-2024 秋")


@story(APRIL, "DE101 B")
def trap_05_name_and_number_changed_and_only_the_record_number_links(tell: Teller) -> None:
    boy, vocational, high = tell.pupil("孔致远"), tell.school(), tell.school("high")
    corrected = identity_number(boy.born, 773, "990103")
    tell.enrol(boy, high, "202209")
    tell.enrol(boy.but(name="曹明轩", number=corrected, phone="19900005555"), vocational, "202209")


@story(APRIL, "DE102 B")
def scenario_22_temporary_number_same_name_birth_and_guardian_phone(tell: Teller) -> None:
    girl, vocational, technical = tell.pupil("尤语嫣"), tell.school(), tell.school("technical")
    temporary = f"999{vocational.code}00017"
    tell.enrol(girl.but(number=temporary, student_no="L" + temporary), vocational, "202209")
    tell.enrol(girl, technical, "202209", 监护人=girl.guardian, 监护人电话=girl.guardian_phone)


@story(APRIL)
def x13_twins_in_two_kinds_of_school_swap_phones_and_one_has_a_temporary_number(
    tell: Teller,
) -> None:
    elder = tell.pupil("魏博文", born="2007-05-06", sequence=121)
    younger = tell.pupil("魏博武", born="2007-05-06", sequence=123)
    vocational, high = tell.school(), tell.school("high")
    home = {"guardian": elder.guardian, "guardian_phone": elder.guardian_phone}
    temporary = f"999{vocational.code}00021"
    tell.enrol(elder.but(phone=younger.phone), high, "202209")
    tell.enrol(
        younger.but(phone=elder.phone, number=temporary, student_no="L" + temporary, **home),
        vocational,
        "202209",
    )


@story(APRIL)
def x13_twin_sisters_one_character_apart_in_two_schools_of_one_registry(tell: Teller) -> None:
    elder = tell.pupil("金雨婷", born="2007-08-16", sequence=226)
    younger = tell.pupil("金雨彤", born="2007-08-16", sequence=228)
    first, second = tell.school(), tell.school("technical")
    home = {
        "guardian": elder.guardian,
        "guardian_phone": elder.guardian_phone,
        "phone": elder.phone,
    }
    tell.enrol(elder, first, "202209")
    tell.enrol(younger.but(**home), second, "202209")
    tell.aid(elder, first, "2023-2024 秋")
    tell.aid(younger, second, "2023-2024 秋")


@story(APRIL)
def scenario_17_homophone_of_the_name_twice_in_one_class(tell: Teller) -> None:
    """A duplicate row (C, R55): not a second enrolment, which needs a second school."""
    boy, school = tell.pupil("李浩"), tell.school()
    tell.enrol(boy, school, "202209", 班级名称="护理1班")
    tell.enrol(boy.but(name="李皓"), school, "202209", 班级名称="护理1班")


@story(APRIL, "FR302 B")
def scenario_18_one_number_two_humans(tell: Teller) -> None:
    """R29; the dual-enrolment detectors must not take them for one student."""
    girl, boy = tell.pupil("王芳", sequence=302), tell.pupil("赵强", sequence=303)
    first, second = tell.school(), tell.school("technical")
    tell.enrol(girl, first, "202209")
    tell.enrol(boy.but(number=girl.number), second, "202209")


@story(APRIL)
def scenario_20_namesakes_born_on_one_day(tell: Teller) -> None:
    here = tell.pupil("张静", born="2007-01-15", sequence=322)
    there = tell.pupil("张静", born="2007-01-15", sequence=566)
    there = there.but(number=identity_number(there.born, 566, "990105"))
    tell.enrol(here, tell.school(), "202209")
    tell.enrol(there, tell.school("technical"), "202209")


@story(APRIL)
def scenario_48_two_girls_of_one_name_and_one_number(tell: Teller) -> None:
    """曲沃: never A; one number, one name, two households. My reading: 待核 at most, see report."""
    girl = tell.pupil("王丽", sequence=352)
    other = tell.pupil("王丽", sequence=352)
    tell.enrol(girl, tell.school(), "202209")
    tell.enrol(other.but(number=girl.number), tell.school("technical"), "202109", 学籍状态="毕业")


@story(APRIL)
def z6_2_two_children_carry_the_number_of_their_father(tell: Teller) -> None:
    father = identity_number(tell.pupil(born="1978-02-03").born, 441)
    elder = tell.pupil("冯天佑", born="2006-10-10", sequence=401)
    younger = tell.pupil("冯海棠", born="2008-01-20", sequence=402)
    tell.enrol(elder.but(number=father), tell.school(), "202209")
    tell.enrol(younger.but(number=father), tell.school("high"), "202309")


@story(APRIL, "DE102 B")
def z6_2_minority_name_with_and_without_the_dot_and_a_damaged_number(tell: Teller) -> None:
    girl = tell.pupil("阿依古丽·买买提", sequence=502)
    vocational, technical = tell.school(), tell.school("technical")
    swapped = girl.number[:15] + girl.number[16] + girl.number[15] + girl.number[17]
    tell.enrol(girl, vocational, "202209")
    tell.enrol(girl.but(name="阿依古丽买买提", number=swapped), technical, "202209")


@story(APRIL, "DE102 B")
def trap_09_the_whole_file_was_rounded_by_excel(tell: Teller) -> None:
    boy, other = tell.pupil("许景行"), tell.pupil("何守义")
    vocational, technical = tell.school(), tell.school("technical")
    tell.enrol(boy, vocational, "202209")
    for one in (boy, other):
        tell.enrol(
            one.but(number=one.number[:15] + "000"), technical, "202209", file=f"r{technical.code}"
        )


@story(APRIL, "DE101 B")
def r20_full_width_spaced_and_lower_case_numbers_are_one_person(tell: Teller) -> None:
    sequence = next(n for n in range(601, 699) if identity_number(_BORN, n)[-1] == "X")
    boy = tell.pupil("陶少峰", born=_BORN.isoformat(), sequence=sequence)
    vocational, high = tell.school(), tell.school("high")
    full_width = boy.number.translate({48 + n: 0xFF10 + n for n in range(10)})[:17] + "Х"
    tell.enrol(
        boy.but(number=f"'{boy.number[:6]} {boy.number[6:14]} {boy.number[14:17]}x"), high, "202209"
    )
    tell.enrol(boy.but(number=full_width, name="陶　少峰"), vocational, "202209")


@story(APRIL)
def s6_4_twins_one_of_whom_is_on_two_rolls_leave_the_other_alone(tell: Teller) -> None:
    """A bad row must not chain twins: the younger brother's row carries the elder's number, mistyped."""
    elder = tell.pupil("严子轩", born="2007-02-17", sequence=611)
    younger = tell.pupil("严子豪", born="2007-02-17", sequence=613)
    home = {"guardian": elder.guardian, "guardian_phone": elder.guardian_phone}
    first, second = tell.school(), tell.school("high")
    tell.enrol(elder, first, "202209")
    tell.enrol(younger.but(number=elder.number[:17] + "0", **home), second, "202209")


@story(APRIL)
def s6_4_the_twin_is_registered_under_the_number_of_the_other(tell: Teller) -> None:
    """One number, two given names, one home: R29 to be verified, never one student on two rolls."""
    elder = tell.pupil("严文博", born="2007-02-18", sequence=631)
    younger = tell.pupil("严文武", born="2007-02-18", sequence=633)
    home = {"guardian": elder.guardian, "guardian_phone": elder.guardian_phone}
    tell.enrol(elder, tell.school(), "202209")
    tell.enrol(younger.but(number=elder.number, **home), tell.school("high"), "202209")


@story(APRIL, "DE102 B")
def z6_2_the_name_was_changed_when_the_parents_divorced(tell: Teller) -> None:
    boy, vocational, technical = tell.pupil("尤承志"), tell.school(), tell.school("technical")
    tell.enrol(boy.but(name="沈承志"), vocational, "202209", 曾用名="尤承志")
    tell.enrol(boy, technical, "202209")


@story(APRIL, "DE102 B")
def z6_2_day_and_month_of_birth_were_swapped_in_the_other_registry(tell: Teller) -> None:
    girl = tell.pupil("秦梦洁", born="2007-03-08", sequence=642)
    vocational, technical = tell.school(), tell.school("technical")
    tell.enrol(girl, vocational, "202209")
    tell.enrol(girl, technical, "202209", 出生日期="2007-08-03")


@story(APRIL)
def x30_a_student_with_a_travel_permit(tell: Teller) -> None:
    girl, vocational, technical = tell.pupil("何思琪"), tell.school(), tell.school("technical")
    other = tell.pupil("何思琪")
    tell.enrol(
        girl.but(number="H12345678", student_no="J990102200705060011"),
        vocational,
        "202209",
        身份证件类型="香港特区护照/身份证明",
    )
    tell.enrol(other, technical, "202209")


@story(APRIL)
def s6_4_a_namesake_in_the_class_and_one_on_the_list_of_changes(tell: Teller) -> None:
    """The change names the number; the namesake of the class must not be taken to have left."""
    here, gone, school = (
        tell.pupil("李伟", sequence=801),
        tell.pupil("李伟", sequence=803),
        tell.school(),
    )
    tell.enrol(here, school, "202209")
    tell.enrol(gone, school, "202209", 学籍状态="退学", 离校日期="2023-10-10")
    tell.change(gone, "退学", "2023-10-10", school)


@story(APRIL, "DE102 A")
def p02_registered_by_a_technical_school_under_a_misspelt_name_and_a_slipped_number(
    tell: Teller,
) -> None:
    """R22 by a damaged identity: homophone of the name, one digit of the number, same birth and phone."""
    boy, school, technical = tell.pupil("张宇轩"), tell.school(), tell.school("technical")
    slipped = boy.number[:16] + str((int(boy.number[16]) + 3) % 10) + boy.number[17]
    tell.enrol(boy, school, "202209")
    tell.aid(boy, school, AUTUMN)
    tell.enrol(boy.but(name="张雨萱", number=slipped), technical, "202209")
