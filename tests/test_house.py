"""The house stands as it was drawn: floors, names, sizes, words and locks, checked by machine."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ("app", "ui", "build", "tests")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-package.txt")

# Put together from parts, so that this file does not hold what it looks for.
UNFINISHED = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error", "coming" + " soon"]))
MACHINE_PATHS = re.compile(
    "|".join(f"(?<![\\w.~]){place}/" for place in ("/wo" + "rk", "/ro" + "ot", "/ho" + "me/\\w+"))
)
REGISTRIES = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)", r"deb\.deb" + "ian"])
)
VAGUE = set("utils util helpers helper common manager core base impl data info handle process misc".split())


def python_files(*folders: str) -> list[Path]:
    """Our own Python files in the named folders, sorted."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def text_files() -> Iterator[tuple[str, str]]:
    """Name and content of every text file of the repository that people read or a machine runs."""
    endings = {".py", ".md", ".toml", ".txt", ".json", ".spec", ".mako", ".qss", ".po", ".pot", ".html", ""}
    ours = (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")
    tops = [path for path in ours if not path.name.startswith(".coverage")]
    folders = [ROOT / name for name in (*CODE, "resources", ".ci")]
    inside = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    for path in sorted(tops + inside):
        if path.suffix in endings and not {"__pycache__", "licences"} & set(path.parts):
            yield shown(path), path.read_text(encoding="utf-8")


def shown(path: Path) -> str:
    """A path as it is named in a finding."""
    return path.relative_to(ROOT).as_posix()


def tool(name: str) -> str:
    """A program of this environment."""
    return str(Path(sys.executable).with_name(name + (".exe" if os.name == "nt" else "")))


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter, so that neither imports nor crashes touch this one."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_every_room_keeps_to_its_floor(tmp_path: Path) -> None:
    done = subprocess.run(
        [tool("lint-imports"), "--cache-dir", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout


def test_every_room_stands_on_a_floor() -> None:
    (floors,) = [
        contract["layers"]
        for contract in PROJECT["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    ]
    placed = set(re.findall(r"[\w.]+", " ".join(floors)))
    rooms = {f"app.{path.stem}" for path in (ROOT / "app").iterdir() if not path.name.startswith("__")}
    assert rooms <= placed


def test_no_file_is_longer_than_500_lines() -> None:
    lengths = {
        shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*CODE)
    }
    assert {name: length for name, length in lengths.items() if length > 500} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = [
        path for path in python_files("app", "ui", "build") if VAGUE & {path.stem, *path.parent.parts[-2:]}
    ]
    assert [shown(path) for path in names] == []


def test_no_class_is_named_after_what_it_is_made_of() -> None:
    empty = re.compile(r"(Manager|Helper|Utils?|Impl|Base|Info|Data)$|^(Base|Abstract)[A-Z]")
    found = [
        f"{shown(path)}: {node.name}"
        for path in python_files("app", "ui")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and empty.search(node.name)
    ]
    assert found == []


def test_every_module_says_what_it_promises() -> None:
    silent = [
        shown(path)
        for path in python_files("app", "ui", "build")
        if ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_every_public_function_and_property_says_what_it_promises() -> None:
    silent = [
        f"{shown(path)}: {node.name}"
        for path in [*python_files("app"), *python_files("ui")]
        if "migrations" not in path.parts
        for node in promising(
            ast.parse(path.read_text(encoding="utf-8")), is_window=path.is_relative_to(ROOT / "ui")
        )
        if not node.name.startswith("_") and ast.get_docstring(node) is None
    ]
    assert silent == []


def promising(module: ast.Module, *, is_window: bool) -> list[ast.FunctionDef]:
    """The functions of a module and, of the window's public classes, what reads like a value."""
    found = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    for kind in module.body if is_window else ():
        if isinstance(kind, ast.ClassDef) and not kind.name.startswith("_"):
            found += [
                node
                for node in kind.body
                if isinstance(node, ast.FunctionDef)
                and any(ast.unparse(each) == "property" for each in node.decorator_list)
            ]
    return found


def test_nothing_is_left_unfinished() -> None:
    assert [name for name, text in text_files() if UNFINISHED.search(text)] == []


def test_no_file_knows_a_machine_or_a_registry() -> None:
    found = [name for name, text in text_files() if MACHINE_PATHS.search(text) or REGISTRIES.search(text)]
    assert found == []


def test_app_runs_without_qt() -> None:
    done = run_python(
        "import importlib, pkgutil, sys, app\n"
        "names = [m.name for m in pkgutil.walk_packages(app.__path__, 'app.')]\n"
        "[importlib.import_module(n) for n in names if '__main__' not in n and '.migrations.' not in n]\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in ('PySide6', 'shiboken6', 'ui')))"
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_the_engine_needs_nothing_but_numpy() -> None:
    imported = {
        name.split(".")[0]
        for path in python_files("app/engine")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in imported_names(node)
    }
    assert {name for name in imported if name not in sys.stdlib_module_names} <= {"numpy", "app"}


def imported_names(node: ast.AST) -> list[str]:
    """The modules that one statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []


def test_twenty_thousand_void_qt_calls_do_not_wear_out_none() -> None:
    """Some releases of the Qt binding lose a reference to None at each such call, until Python aborts."""
    done = run_python(
        "import sys\nfrom PySide6.QtCore import QObject\n"
        "thing = QObject()\nbefore = sys.getrefcount(None)\n"
        "for _ in range(20_000): thing.setObjectName('x')\n"
        "print(before - sys.getrefcount(None))"
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 100


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_is_pinned_by_version_and_hash(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / "build" / name).read_text(encoding="utf-8").strip())
    loose = [
        entry.split()[0] for entry in entries if "==" not in entry.split()[0] or "--hash=sha256:" not in entry
    ]
    assert loose == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_dependency_is_in_the_lock(name: str) -> None:
    wanted = [*PROJECT["project"]["dependencies"]]
    for part, extra in (("-dev", "dev"), ("-package", "package")):
        wanted += PROJECT["project"]["optional-dependencies"][extra] if part in name else []
    locked = set(
        re.findall(r"^([a-z0-9-]+)==", (ROOT / "build" / name).read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {re.split(r"[<>=\[]", requirement)[0].lower() for requirement in wanted} <= locked


def test_all_locks_agree() -> None:
    pins = [
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "build" / name).read_text(), re.M)) for name in LOCKS
    ]
    runtime = pins[0]
    assert all(lock[name] == version for lock in pins[1:] for name, version in runtime.items())
    assert runtime["pyside6-essentials"].startswith("6.11.")
    assert runtime["python-dateutil"].startswith("2.")


def test_every_command_in_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    wanted = set(re.findall(r"build/dev\.py (\w+)", readme))
    helped = subprocess.run(
        [sys.executable, str(ROOT / "build" / "dev.py"), "--help"], capture_output=True, text=True
    )
    assert {"run", "test"} <= wanted
    assert wanted <= set(re.findall(r"^ {4}(\w+)", helped.stdout, re.MULTILINE))


def test_the_readme_s_map_names_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    drawn = readme.partition("## The map")[2].partition("```")[2].partition("```")[0]
    rooms = {
        room.strip("() ")
        for contract in PROJECT["tool"]["importlinter"]["contracts"]
        for layer in contract.get("layers", [])
        for room in re.split(r"[|:]", layer)
    }
    rooms = {room for room in rooms if list(ROOT.glob(f"{room.replace('.', '/')}*"))}
    assert "app.engine" in rooms
    assert {room for room in rooms if not re.search(rf"(?<![\w.]){re.escape(room)}(?!\w)", drawn)} == set()


def test_ci_runs_the_readme_s_test_command() -> None:
    script = ROOT / ".ci" / "run"
    assert "python3 build/dev.py test" in script.read_text(encoding="utf-8")
    assert os.name == "nt" or os.access(script, os.X_OK)


def test_the_version_is_the_same_everywhere() -> None:
    import app

    assert app.__version__ == PROJECT["project"]["version"]


def test_words_kept_in_a_table_are_marked_for_the_translator() -> None:
    bare = []
    for path in python_files("app", "ui"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        tables = {
            name.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
            for name in node.targets
            if isinstance(name, ast.Name)
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"):
                continue
            named = {each.id for each in ast.walk(node.args[0]) if isinstance(each, ast.Name)}
            bare += [
                f"{shown(path)}: {name}"
                for name in named & tables.keys()
                if any(isinstance(value, ast.Constant) for value in tables[name].values)
            ]
    assert bare == []


def test_every_sentence_can_be_found_by_the_translator() -> None:
    """A sentence put together before `tr` sees it is in no catalogue."""
    built = [
        f"{shown(path)}:{node.lineno}"
        for path in python_files("app", "ui")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"tr", "trn", "mark"}
        and any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args)
    ]
    assert built == []


def test_no_label_takes_what_people_named_for_markup() -> None:
    bare = [
        f"{shown(path)}:{node.lineno}"
        for path in python_files("ui")
        if path.name != "label.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QLabel"
    ]
    assert bare == []


def test_the_window_starts_without_what_only_an_open_portfolio_needs() -> None:
    heavy = ("numpy", "sqlalchemy", "app.derive", "app.engine", "app.exchange", "matplotlib", "openpyxl")
    program = f"import sys, ui.main; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_setuptools_keeps_its_scratch_out_of_build() -> None:
    scratch = PROJECT["tool"]["distutils"]
    assert scratch["build"]["build_base"].startswith(".scratch")
    assert scratch["egg_info"]["egg_base"].startswith(".scratch")


def test_every_icon_is_listed_and_takes_its_colour_from_the_theme() -> None:
    folder = ROOT / "resources" / "icons"
    listed = json.loads((folder / "list.json").read_text(encoding="utf-8"))
    drawn = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.svg")}
    assert set(listed) == set(drawn)
    assert [name for name, drawing in drawn.items() if 'stroke="currentColor"' not in drawing] == []


def test_what_is_shipped_from_others_has_its_licence_beside_it() -> None:
    licences = ROOT / "resources" / "licences"
    named = set(re.findall(r"`([\w.-]+\.txt)`", (licences / "README.md").read_text(encoding="utf-8")))
    assert named == {path.name for path in licences.glob("*.txt")}
