"""Invented numbers in true shapes: GB 11643 identity numbers of division 99, phones, cards, 学籍号."""

from __future__ import annotations

from datetime import date

from pipeline.sample.dice import Dice

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def check_digit(first_17: str) -> str:
    """Work out the check character of an identity number (GB 11643-1999, ISO 7064 mod 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK[total % 11]


def identity_number(division: str, born_on: date, sequence: int) -> str:
    """Compose a valid number; an odd sequence is a man's."""
    body = f"{division}{born_on:%Y%m%d}{sequence:03d}"
    return body + check_digit(body)


class Numbers:
    """Hands out numbers of every kind, none of them twice."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._sequences: set[tuple[str, date, int]] = set()
        self._serial = 0

    def sequence(self, division: str, born_on: date, sex: str) -> int:
        """Draw a sequence that nobody of that division and day has."""
        while True:
            drawn = self._dice.between(1, 44) * 2 - (1 if sex == "male" else 0)
            while (division, born_on, drawn) in self._sequences:
                drawn += 2
            if drawn < 999:
                self._sequences.add((division, born_on, drawn))
                return drawn

    def claim(self, division: str, born_on: date, sequence: int) -> bool:
        """Take a particular sequence if it is free."""
        key = (division, born_on, sequence)
        if key in self._sequences:
            return False
        self._sequences.add(key)
        return True

    def identity(self, division: str, born_on: date, sex: str) -> str:
        """Give a new valid identity number."""
        return identity_number(division, born_on, self.sequence(division, born_on, sex))

    def phone(self) -> str:
        """Give a new mobile number of the invented range 1990."""
        return f"1990{self._scattered(7)}"

    def card(self) -> str:
        """Give a new card number of the invented bank 6299."""
        return f"629900{self._scattered(13)}"

    def candidate(self, year: int, division: str) -> str:
        """Give a new 考生号 of the city's admission office."""
        self._serial += 1
        return f"{year % 100:02d}{division}{self._serial:06d}"

    def serial(self) -> int:
        """Give the next number of a running count."""
        self._serial += 1
        return self._serial

    def _scattered(self, digits: int) -> str:
        """Spread a running count over all numbers of that length; a multiplier coprime to 10 repeats none."""
        self._serial += 1
        return f"{(self._serial * 7_368_787 + 1_234_577) % 10**digits:0{digits}d}"
