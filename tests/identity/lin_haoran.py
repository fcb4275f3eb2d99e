"""Lin Haoran, whom the tests of the matcher are about: his number, his home, and slips in his number."""

from persons import BORN, a_number

A = {"name": "林浩然", "sex": "male", "born_on": BORN, "id_number": a_number(11)}


HOME = {"guardian_name": "林建国", "guardian_phone": "19900001234", "address": "青禾市虚构路一号"}


def number_with(digit_changed_at: int) -> str:
    number = str(A["id_number"])
    changed = str((int(number[digit_changed_at]) + 1) % 10)
    return number[:digit_changed_at] + changed + number[digit_changed_at + 1 :]
