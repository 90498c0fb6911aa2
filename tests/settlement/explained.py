"""What every refusal owes the reader, whoever refuses."""

from __future__ import annotations

import json
import re

from fotfeste.errors import DataMissing, FotfesteError, Infeasible, InputError
from fotfeste.messages import Message, language

from .made import Case

LANGUAGES = tuple(language(locale) for locale in ("nb", "nn", "en"))
CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z][a-z0-9_]*)+")
LEFT_OVER = re.compile(r"\{\w*\}")
PROGRAM_WORDS = re.compile(  # «None or floor» is English for a rule
    r"\bNone\b(?! or floor)|Decimal\(|Fraction\(|datetime\.|<class|Traceback|Input should|should be|valid string|valid list"
    r"|_KeyIn|_RuleIn|_CriterionIn|_CriteriaIn|Error\b"
)


def assert_explained_refusal(error: FotfesteError, case: Case) -> str:
    """Fail unless the refusal has a stable code, says what to do, and reads as text in all languages."""
    assert isinstance(error, InputError | DataMissing | Infeasible), type(error)
    assert error.exit_code in (3, 4, 5)
    written = json.dumps(case, ensure_ascii=False)
    for problem in (error.problem, *error.problems):
        assert CODE.fullmatch(problem.code), problem.code
        assert_text(problem.what, written)
        if problem.remedy is not None:
            assert_text(problem.remedy, written)
        if problem.place is not None:
            assert_text(problem.place, written)
    assert error.problem.remedy is not None or error.problems, f"{error.code}: no way out: {error}"
    return error.code


def assert_text(text: Message | str, written: str = "") -> None:
    """Fail unless ``text`` is words in every language, apart from what the case itself has ``written``."""
    for words in LANGUAGES:
        said = words.text(text)
        assert said.strip(), text
        for pattern in (LEFT_OVER, PROGRAM_WORDS):
            found = pattern.search(said)
            assert found is None or found[0] in written, f"«{found[0]}» in: {said}"
