"""Small files and functions: a file holds one thing, a function fits a screen."""

from tests.repo.source import ROOT, functions, modules

FILE_LIMIT = 500
FUNCTION_LIMIT = 60


def test_no_file_is_longer_than_five_hundred_lines():
    long = {}
    paths = [*modules().values(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
    for path in paths:
        lines = len(path.read_text("utf-8").splitlines())
        if lines > FILE_LIMIT:
            long[str(path.relative_to(ROOT))] = lines
    assert long == {}


def test_no_function_is_longer_than_sixty_lines():
    long = {}
    for module, path in modules().items():
        if ".migrations." in module:
            continue
        for function in functions(path):
            assert function.end_lineno is not None
            length = function.end_lineno - function.lineno + 1
            if length > FUNCTION_LIMIT:
                long[f"{module}.{function.name}"] = length
    assert long == {}


def test_half_of_all_functions_are_short():
    lengths = sorted(
        (f.end_lineno or f.lineno) - f.lineno + 1
        for module, path in modules().items()
        if ".migrations." not in module
        for f in functions(path)
    )
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[len(lengths) * 9 // 10] <= 32
