"""What can be taken away from a rule: `of(text)` gives each (line, what, text of the mutant) of a C++ source.

It reads the text, not the language, which is enough for code that is laid out as here: a mutant that does not compile is an error
of the run, not a kill.
"""
import re

PAIRS = {")": "(", "]": "[", "}": "{"}
REPLACED = [
    # what, pattern, replacements
    ("never said", r"(?:return )?reasons\.(?:add|leave_open|absorb)\(|\bjoin\((?=made)", [r"while (false) \g<0>"]),
    ("never asked", r"\bcheck_\w+\((?=(?:c|cell), )", [r"while (false) \g<0>"]),
    ("condition", r"(?:[\w:.>*-]+(?:\([^()]*\))? [!=]= )?!?[\w:.>*-]+(?:\([^()]*\))? \? ", ["true ? ", "false ? "]),
    ("answer", r"\breturn true;", ["return false;"]),
    ("answer", r"\breturn false;", ["return true;"]),
    ("equal", r"(?<=return )([^;?&|]*) == (?=[^;?&|]*;)", [r"\1 != "]),
    ("bound", r" <= ", [" < "]),
    ("bound", r" < ", [" <= "]),
    ("bound", r" > ", [" >= "]),
    ("each", r"\ball_of\(", ["any_of("]),
    ("each", r"\bany_of\(", ["all_of("]),
    ("rollout", r"\bRollout::asked\b", ["Rollout::not_asked"]),
    ("rollout", r"\bRollout::not_asked\b", ["Rollout::asked"]),
    ("intent", r"\bIntent::read\b", ["Intent::file"]),
    ("intent", r"\bIntent::file\b", ["Intent::read"]),
]
PERMIT = "model::Decision{.verdict = model::Verdict::permit}"


def closing(text, at):
    """The place of the bracket that closes the one at `at`."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] in "([{") - (text[i] in ")]}")
        if depth == 0:
            return i
    raise ValueError("an open bracket")


def conditions(text):
    for found in re.finditer(r"\bif (constexpr )?(?=\()", text):
        end = closing(text, found.end())
        inside = text[found.end() + 1:end]
        if re.match(r"(const )?[\w:]+[*&]? \w+ = ", inside):  # what it declares is used behind it
            yield end, end, "; false", "if false"
            continue
        for value in ("true", "false"):
            yield found.end() + 1, end, value, "if " + value


def refusals(text):
    for found in re.finditer(r"(?<=return )\{?(?:one_reason|no_route)\(|(?<== )no_route\(", text):
        end = closing(text, found.end() - 1) + 1
        start = found.start() + (found.group()[0] == "{")
        yield start, end, PERMIT, "permitted"


def operand_end(text, at, stops):
    depth = 0
    while True:
        if depth == 0 and (text[at] in ")]};,?" or any(text.startswith(stop, at) for stop in stops)):
            return at
        depth += (text[at] in "([{") - (text[at] in ")]}")
        at += 1


def operand_start(text, at, stops):
    depth = 0
    while True:
        before = text[at - 1]
        assigned = text[at - 2:at] == " =" and text[at] != "="
        if depth == 0 and (before in "([{;,?" or assigned or any(text.endswith(stop, 0, at) for stop in stops)):
            break
        depth += (before in ")]}") - (before in "([{")
        at -= 1
    return at + len(re.match(r"\s*(?:return\b)?", text[at:]).group())


def operands(text):
    """Each side of `&&` and `||` taken away: what it asks for is no longer asked."""
    for found in re.finditer(r" (&&|\|\|)\s+(?!\{)", text):
        stops = (" && ", " &&\n", " || ", " ||\n") if found.group(1) == "&&" else (" || ", " ||\n")
        start = operand_start(text, found.start(), stops)
        end = operand_end(text, found.end(), stops)
        yield start, found.end(), " " if text[start - 1] == "n" else "", "without the left side"
        yield found.start(), end, "", "without the right side"


def replacements(text):
    for what, pattern, news in REPLACED:
        for found in re.finditer(pattern, text):
            for new in news:
                yield found.start(), found.end(), found.expand(new), what
    yield from conditions(text)
    yield from refusals(text)
    yield from operands(text)


def of(text):
    comments = [found.span() for found in re.finditer(r"//[^\n]*|^#[^\n]*", text, re.MULTILINE)]
    seen = {text}
    for start, end, new, what in sorted(replacements(text)):
        mutant = text[:start] + new + text[end:]
        if mutant in seen or any(first <= start < last for first, last in comments):
            continue
        seen.add(mutant)
        old = " ".join(text[start:end].split())
        yield text.count("\n", 0, start) + 1, f"{what}: {old} -> {' '.join(new.split())}", mutant
