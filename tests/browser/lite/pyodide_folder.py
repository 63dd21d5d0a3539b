"""Makes a folder of Pyodide from what package registries have: npm has its core, PyPI the pure packages.

What is compiled is not to be had there. Of that, the kernel asks for ssl and for sqlite3 (for a history that
is switched off): here they are stand-ins without content. NumPy, SciPy, scikit-learn and Matplotlib are
missing, and so is most of the student package.
    python pyodide_folder.py NPM-PACKAGE FOLDER
"""

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

# IPython names its errors at import.
STAND_IN = "def __getattr__(name):\n    return Exception\n"
ASKED_FOR = ("micropip", "ssl", "sqlite3", "jedi", "ipython")  # by jupyterlite-pyodide-kernel
CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")


def main(core: Path, folder: Path) -> None:
    """Put the folder together, with a lock that has the sums of what is in it."""
    folder.mkdir(parents=True)
    for name in CORE:
        shutil.copy(core / name, folder)
    lock = json.loads((core / "pyodide-lock.json").read_text())
    packages = with_dependencies(lock["packages"])
    pure = [p for p in packages if p["file_name"].endswith("none-any.whl")]
    download(pure, folder)
    for package in packages:
        path = folder / package["file_name"]
        if package not in pure:
            stand_in(package, path)
        package["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "pyodide-lock.json").write_text(json.dumps(lock))


def with_dependencies(packages: dict[str, dict]) -> list[dict]:
    """What the kernel asks for, and what that needs, from the lock."""
    queue = list(ASKED_FOR)
    for name in queue:
        needed = (each.lower().replace("_", "-") for each in packages[name]["depends"])
        queue += [each for each in needed if each not in queue]
    return [packages[name] for name in queue]


def download(packages: list[dict], folder: Path) -> None:
    """Fetch these versions from PyPI, and give them the names that the lock has."""
    lines = [f"{package['name']}=={package['version']}" for package in packages]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary", ":all:", "--python-version", "3.12"]
    subprocess.run([*command, "--dest", str(folder), *lines], check=True)
    for package in packages:
        wanted = package["file_name"]
        (found,) = (p for p in folder.glob("*.whl") if p.name.lower() == wanted.lower())
        found.rename(folder / wanted)


def stand_in(package: dict, path: Path) -> None:
    """Write a package that can be installed, and no more."""
    about = f"{package['name']}-{package['version']}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        if path.suffix == ".whl":
            archive.writestr(
                f"{about}/METADATA", f"Name: {package['name']}\nVersion: {package['version']}\n"
            )
            archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\n")
            archive.writestr(f"{about}/RECORD", "")
            archive.writestr(f"{package['name']}.py", STAND_IN)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
