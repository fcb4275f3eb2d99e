"""Two ministries match rows without showing each other a number or a name."""

import csv
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.privacy.encode import encode_file, read_key

ID = "990102200705010029"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return a_key(tmp_path / "key", "k" * 40)


def a_key(path: Path, content: str, mode: int = 0o600) -> Path:
    path.write_text(content)
    path.chmod(mode)
    return path


def codes(
    folder: Path, key: Path, header: str, row: str, encoding: str = "utf-8"
) -> dict[str, str]:
    (folder / "in.csv").write_text(f"{header}\n{row}\n", encoding=encoding)
    encode_file(folder / "in.csv", folder / "out.csv", key)
    with (folder / "out.csv").open(encoding="utf-8") as stream:
        return next(csv.DictReader(stream))


def test_two_spellings_of_one_person_get_one_encoding(tmp_path: Path, key: Path) -> None:
    ours = codes(tmp_path, key, "姓名,身份证件号,出生日期", f"虚 构甲,{ID},2007/5/1", "gb18030")
    theirs = codes(tmp_path, key, "XM,SFZH,CSRQ", f"虚构甲,'{ID},20070501")
    assert ours == theirs


def test_another_key_gives_another_encoding(tmp_path: Path, key: Path) -> None:
    other = a_key(tmp_path / "other", "o" * 40)
    one = codes(tmp_path, key, "身份证件号", ID)
    assert one["id_number_code"] != codes(tmp_path, other, "身份证件号", ID)["id_number_code"]


def test_nothing_of_the_row_is_copied(tmp_path: Path, key: Path) -> None:
    codes(tmp_path, key, "姓名,身份证件号,备注", f"虚构甲,{ID},保密")
    written = (tmp_path / "out.csv").read_text("utf-8")
    assert [value for value in ("虚构甲", ID, "保密") if value in written] == []
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o600


def test_a_placeholder_is_no_identity(tmp_path: Path, key: Path) -> None:
    assert codes(tmp_path, key, "身份证件号", "无")["id_number_code"] == ""


def test_the_digest_is_named(tmp_path: Path, key: Path) -> None:
    assert codes(tmp_path, key, "身份证件号", ID)["id_number_code"].startswith("sm3:")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(UsageError, match="chmod 600"):
        read_key(a_key(tmp_path / "key", "k" * 40, mode))


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="openssl rand"):
        read_key(a_key(tmp_path / "key", "short"))


def test_a_file_without_identity_columns_is_refused_by_name(tmp_path: Path, key: Path) -> None:
    (tmp_path / "in.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no identity column"):
        encode_file(tmp_path / "in.csv", tmp_path / "out.csv", key)
