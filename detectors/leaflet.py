"""One detector on one page: what `qingji detectors show` prints and the catalogue contains."""

from __future__ import annotations

from detectors import casebook_model
from detectors.contract import Detector, LawfulException, Parameter
from schemas import policy

NOTHING = "none"


def show(detector: Detector) -> str:
    """Say on one page what a detector flags, by which law, what excuses, and how it is proven."""
    lines = [
        f"{detector.id}  {detector.title}（{detector.title_zh}）",
        f"severity {detector.severity}, {detector.certainty}; a case about a {detector.subject}",
        "",
        f"says      {detector.message}",
        f"          {detector.message_zh}",
        f"first     {detector.next}",
        f"          {detector.next_zh}",
        *_block("law", laws(detector)),
        *_block("excused", [in_words(exception) for exception in detector.exceptions]),
        *_block("params", params(detector)),
        *_block("needs", needs(detector)),
        *_block("gives", [", ".join(detector.columns), f"one case for each {key(detector)}"]),
        *_block("proof", examples(detector)),
        *_block("history", [f"{note.on} {note.note}" for note in detector.history]),
        "",
        detector.explanation,
        "",
        f"{detector.path.name}, {detector.casebook_path.name}",
    ]
    return "\n".join(lines)


def laws(detector: Detector) -> list[str]:
    """List the clauses cited: document, section, what it demands in our words, and how we know."""
    cited = [policy.cite(reference) for reference in detector.policy]
    return [
        f"{law.document}{law.section}：{law.says} {law.says_en}（{law.basis.label}）"
        for law in cited
    ]


def in_words(exception: LawfulException) -> str:
    """Name a lawful look-alike, and what proves it."""
    return f"{exception.name}: {exception.says} ({exception.says_zh}); proof: {exception.proof}"


def params(detector: Detector) -> list[str]:
    """List the thresholds with where their values come from."""
    return [_parameter(name, parameter) for name, parameter in detector.params.items()]


def needs(detector: Detector) -> list[str]:
    """List the tables: without the first kind it cannot run, without the second it cannot excuse."""
    reads = detector.reads
    required = list(dict.fromkeys((*reads.required, *reads.needs_sources)))
    optional = [f"{table} (optional)" for table in reads.optional]
    return [", ".join((*required, *optional))]


def key(detector: Detector) -> str:
    """Name what makes tomorrow's row the same case."""
    return " × ".join(detector.key)


def examples(detector: Detector) -> list[str]:
    """List the examples by name, with what is expected of each."""
    book = casebook_model.read(detector.casebook_path)
    return [f"{example.name}: {_expected(example)}" for example in book.examples]


def _expected(example: casebook_model.Example) -> str:
    if example.exception:
        return f"excused by {example.exception}"
    found = example.flags if isinstance(example.flags, int) else len(example.flags)
    if example.known_miss:
        return "ought to be flagged, is not yet"
    return "flagged" if found else "not flagged"


def _parameter(name: str, parameter: Parameter) -> str:
    value = parameter.policy_key or parameter.default
    source = "set by policy " if parameter.policy_key else "= "
    unit = f" {parameter.unit}" if parameter.unit else ""
    return f"{name} {source}{value}{unit}: {parameter.comment}"


def _block(word: str, lines: list[str]) -> list[str]:
    first, *rest = lines or [NOTHING]
    return [f"{word:<9} {first}", *(f"{'':<9} {line}" for line in rest)]
