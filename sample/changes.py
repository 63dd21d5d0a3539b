"""What a student did to a notebook besides filling it in, as functions that do it. Trusted side.

Slips change one answer of a style; oddities are honest, and cost nothing unless a story says so.
"""

from collections.abc import Callable

from sample.notebook import Notebook

Change = Callable[[Notebook], None]


def slip(exercise: str, there: str, instead: str) -> Change:
    """Wrote something else at one place of an answer."""
    return lambda notebook: notebook.change(exercise, there, instead)


def letters(**chosen: str) -> Change:
    """Chose these letters, whatever the style says."""

    def change(notebook: Notebook) -> None:
        for name, letter in chosen.items():
            notebook.answer(name, f"def {name}():\n    return {letter!r}")

    return change


def untouched(*exercises: str) -> Change:
    """Did not get to these exercises: the stubs stand there as they were released."""

    def change(notebook: Notebook) -> None:
        for name in exercises:
            notebook.reset(name)

    return change


def added(source: str, *, after: str) -> Change:
    """Inserted a cell of one's own."""

    def change(notebook: Notebook) -> None:
        notebook.add(source, after=after)

    return change


def kernel(name: str, language: str, version: str) -> Change:
    """Opened and saved the notebook with another kernel."""

    def change(notebook: Notebook) -> None:
        shown = f"{language.title()} {version} ({name})"
        spec = {"display_name": shown, "language": language, "name": name}
        info = {"name": language, "version": version}
        notebook.metadata |= {"kernelspec": spec, "language_info": info}

    return change


def without_metadata(notebook: Notebook) -> None:
    """Saved by an editor that keeps no metadata of cells, nor their ids."""
    for cell in notebook.cells:
        cell["metadata"] = {}
        del cell["id"]
    notebook.metadata.clear()
    notebook.minor = 4


def without_ids(notebook: Notebook) -> None:
    """Saved by an older Jupyter, which knows no ids of cells, and folded some."""
    for cell in notebook.cells:
        del cell["id"]
        cell["metadata"] |= {"collapsed": True, "tags": ["mine"]}
    notebook.minor = 4


def in_one_cell(*exercises: str) -> Change:
    """Moved these answers into a single cell at the end; their own cells are stubs again."""

    def change(notebook: Notebook) -> None:
        collected = "\n\n\n".join(notebook.find(name)["source"] for name in exercises)
        untouched(*exercises)(notebook)
        notebook.add(collected, after="check_all")

    return change


def copied(exercise: str, draft: str = "", *, after: str) -> Change:
    """Copied an answer cell, so that its id is there twice; the copy may hold a first draft."""

    def change(notebook: Notebook) -> None:
        final = notebook.find(exercise)
        copy = notebook.add(draft or final["source"], after=after)
        copy["metadata"] = final["metadata"]

    return change
