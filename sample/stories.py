"""Who the students of the sample class are, and what each handed in for each assignment. Trusted side.

A style is an answer file, `answers/<assignment>/<style>.py`. An assignment that a student does not have
here was not handed in. What each submission has to earn stands in `expected/<assignment>.toml`.
"""

from sample import hostile, oddities, unreadable
from sample.changes import Change, letters, slip, untouched
from sample.submitted import ALL, GLM, LOGISTIC, MLP, MSE, REGULAR, SOFTMAX, WRONG, Story, answered
from sample.weaknesses import WEAKNESSES


def always(*parts: str | Change) -> dict[str, Story]:
    """All assignments in the same way."""
    return dict.fromkeys(ALL, answered(*parts))


STORIES: dict[str, dict[str, Story]] = {
    # Three who can do it, each in a style of their own.
    "s01_ada": always("plain"),
    "s02_ben": always("loops"),
    "s03_chloe": always("own"),
    # Finds no way in, and later some.
    "s04_dana": {
        LOGISTIC: answered(),
        SOFTMAX: unreadable.other_assignment,
        MSE: answered(
            "plain",
            untouched("gaussian_nll", "derive_mse_from_gaussian", "explain_assumptions"),
            letters(choose_noise="C", choose_constants="A"),
        ),
        MLP: answered(),
        WRONG: answered(
            "plain",
            letters(choose_cause_1="A", choose_cause_2="A", choose_cause_3="A"),
            letters(choose_preprocessing="B", choose_overfitting="A"),
            slip("repair_1", "X, 30.0", "X, 1"),
            slip("repair_2", "np.hstack([X, X**2]), 1.0", "X, 1"),
            slip("repair_3", "X, 0.1", "X, 1"),
        ),
        REGULAR: answered(),
    },
    # Starts late, and stops in the middle.
    "s05_emil": {
        LOGISTIC: answered("emil"),
        SOFTMAX: answered(),
        MSE: answered(
            "plain",
            slip(
                "gaussian_nll",
                "return mse(y, t) / (2 * variance) + np.log(2 * np.pi * variance) / 2",
                "p = np.exp(-((t - y) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)\n"
                "    return -np.mean(np.log(p))",
            ),
            untouched("derive_mse_from_gaussian", "choose_constants"),
            untouched("mle_variance", "explain_assumptions"),
        ),
        GLM: answered("emil"),
        MLP: answered(
            "plain",
            letters(choose_parameter_count="D"),
            untouched("forward", "gradients", "explain_identity_and_zero_init"),
        ),
        REGULAR: answered("plain", untouched("early_stopping"), letters(choose_examples="A")),
    },
    # Two who make the typical mistakes, most of which look plausible in the notebook.
    "s06_fatma": always("plain", "fatma"),
    "s07_goran": always("plain", "goran"),
    # Right, but what a mess: honest oddities, which cost nothing.
    "s08_hana": {
        LOGISTIC: oddities.noisy,
        SOFTMAX: oddities.magical,
        MSE: oddities.untidy,
        GLM: oddities.greedy,
        MLP: oddities.talkative,
        WRONG: oddities.curious,
    },
    # Fights with the editor, and then with git.
    "s09_ivan": {
        LOGISTIC: oddities.dismantled,
        SOFTMAX: unreadable.old_format,
        MSE: oddities.forgotten_draft,
        GLM: unreadable.merge_conflict,
        MLP: oddities.two_in_one,
        WRONG: answered("loops"),
        REGULAR: answered("loops"),
    },
    # Knows it all, but hands in something else.
    "s10_jana": {
        LOGISTIC: unreadable.truncated,
        SOFTMAX: unreadable.misnamed,
        MSE: unreadable.empty,
        GLM: answered("loops"),
        MLP: unreadable.folder,
        WRONG: answered("own"),
    },
    # Two hostile ones: the first gives up, the second copies from Ada afterwards.
    "s11_kofi": {LOGISTIC: hostile.linked, SOFTMAX: hostile.vandal, MSE: hostile.linked_folder},
    "s12_mallory": always("plain") | {LOGISTIC: hostile.saboteur, SOFTMAX: hostile.impostor},
    # Right and careful; it is the notebooks that go strange ways.
    "s13_lena": {
        LOGISTIC: oddities.renamed,
        SOFTMAX: oddities.bare,
        MSE: oddities.gathered,
        GLM: oddities.older,
        MLP: oddities.foreign,
        WRONG: oddities.twice,
        REGULAR: answered("own"),
    },
    # Each with a weakness, s14 to s21:
    **WEAKNESSES,
    # Joined in the third week; at home with formulas, less with arrays:
    "s22_uma": {
        MSE: answered(
            "plain", slip("gaussian_nll", "np.log(2 * np.pi * variance)", "log(2 * pi * variance)")
        ),
        GLM: answered("own"),
        MLP: answered(
            "plain", slip("gradients", "relu_derivative(hidden)", "hidden * (1 - hidden)")
        ),
        WRONG: answered("own", letters(choose_overfitting="B")),
        REGULAR: answered("own"),
    },
    # Cannot save a notebook, and once it is one, it never ends:
    "s23_viktor": {
        LOGISTIC: unreadable.western,
        SOFTMAX: unreadable.cells_only,
        GLM: unreadable.no_cells,
        MLP: answered(
            "loops",
            slip("init_parameters", "return P", "while len(layers) < 5: pass\n    return P"),
        ),
    },
    # A third hostile one, who has an eye on what carries values, formulas and trainings.
    "s24_xenia": {
        LOGISTIC: hostile.meddler,
        GLM: answered("plain", "xenia"),
        MLP: answered("plain", "xenia"),
        WRONG: answered("plain", "xenia"),
    },
}
HOSTILE = ("s11_kofi", "s12_mallory", "s24_xenia")
