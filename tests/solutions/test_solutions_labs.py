import subprocess
import sys

import pytest
from thinning import slow

from glm2mlp.published import PUBLISHED
from solutions import labs

# What the labs publish, character for character; a block of each stands in the student package.
LABS = {
    "logistic_regression_sgd --data_size=100 --batch_size=10 --epochs=9 --learning_rate=0.5": (
        "\n".join([*PUBLISHED["logistic_regression"], ""])
    ),
    "softmax_classification_sgd --batch_size=10 --epochs=10 --learning_rate=0.005": (
        "\n".join([*PUBLISHED["softmax_regression"], ""])
    ),
    "mlp_classification_sgd --epochs=10 --batch_size=10 --hidden_layer=50": (
        "\n".join([*PUBLISHED["multilayer_perceptron"], ""])
    ),
    "logistic_regression_sgd --data_size=95 --test_size=45 --batch_size=5 --epochs=9 "
    "--learning_rate=0.5": """\
After epoch 1: train loss 0.2429 acc 96.0%, test loss 0.3187 acc 93.3%
After epoch 2: train loss 0.1853 acc 96.0%, test loss 0.2724 acc 93.3%
After epoch 3: train loss 0.1590 acc 96.0%, test loss 0.2525 acc 93.3%
After epoch 4: train loss 0.1428 acc 96.0%, test loss 0.2411 acc 93.3%
After epoch 5: train loss 0.1313 acc 98.0%, test loss 0.2335 acc 93.3%
After epoch 6: train loss 0.1225 acc 96.0%, test loss 0.2258 acc 93.3%
After epoch 7: train loss 0.1159 acc 96.0%, test loss 0.2220 acc 93.3%
After epoch 8: train loss 0.1105 acc 96.0%, test loss 0.2187 acc 93.3%
After epoch 9: train loss 0.1061 acc 96.0%, test loss 0.2163 acc 93.3%
Learned weights -0.61 3.61 0.12
""",
    "logistic_regression_sgd --data_size=95 --test_size=45 --batch_size=1 --epochs=9 "
    "--learning_rate=0.7": """\
After epoch 1: train loss 0.1141 acc 96.0%, test loss 0.2268 acc 93.3%
After epoch 2: train loss 0.0867 acc 96.0%, test loss 0.2150 acc 91.1%
After epoch 3: train loss 0.0797 acc 98.0%, test loss 0.2320 acc 88.9%
After epoch 4: train loss 0.0753 acc 96.0%, test loss 0.2224 acc 88.9%
After epoch 5: train loss 0.0692 acc 96.0%, test loss 0.2154 acc 88.9%
After epoch 6: train loss 0.0749 acc 98.0%, test loss 0.2458 acc 88.9%
After epoch 7: train loss 0.0638 acc 96.0%, test loss 0.2190 acc 88.9%
After epoch 8: train loss 0.0644 acc 98.0%, test loss 0.2341 acc 88.9%
After epoch 9: train loss 0.0663 acc 98.0%, test loss 0.2490 acc 88.9%
Learned weights -1.07 7.33 -0.40
""",
    "mlp_classification_sgd --epochs=3 --batch_size=10 --hidden_layer=20": """\
After epoch 1: train acc 79.7%, test acc 80.2%
After epoch 2: train acc 91.9%, test acc 88.3%
After epoch 3: train acc 92.4%, test acc 90.0%
Learned parameters:
  -0.03 0.09 0.05 0.02 -0.07 -0.07 -0.09 0.07 0.02 0.04 -0.10 0.09 ...
  -0.09 0.07 0.21 -0.16 -0.15 -0.07 0.01 -0.09 0.05 -0.11 -0.02 -0.04 ...
  -0.00 -0.00 0.00 0.00 0.00 0.00 -0.00 0.00 0.00 -0.00 0.00 -0.00 ...
  0.01 -0.01 0.01 -0.02 0.01 -0.01 0.00 0.01 0.01 -0.01 ...
""",
    "mlp_classification_sgd --epochs=3 --batch_size=10 --hidden_layer=200": """\
After epoch 1: train acc 95.4%, test acc 93.0%
After epoch 2: train acc 97.9%, test acc 96.6%
After epoch 3: train acc 98.8%, test acc 96.9%
Learned parameters:
  -0.03 0.09 0.05 0.02 -0.07 -0.07 -0.09 0.07 0.02 0.04 -0.10 0.09 ...
  0.01 -0.09 0.04 -0.09 0.06 0.06 -0.05 -0.04 -0.00 0.02 -0.04 0.02 ...
  0.00 0.00 -0.00 -0.00 0.00 -0.00 0.00 -0.00 0.00 0.00 -0.00 -0.00 ...
  -0.00 -0.00 -0.00 -0.00 0.00 -0.00 -0.00 0.00 0.00 0.00 ...
""",
}


@pytest.mark.parametrize("command", LABS)
def test_published_output(command, capsys):
    labs.main(command.split())
    assert capsys.readouterr().out == LABS[command]


@slow
def test_run_as_a_module():
    command = next(iter(LABS))
    run = subprocess.run(
        [sys.executable, "-m", "solutions.labs", *command.split()],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == LABS[command]
    assert run.stderr == ""


DEFAULTS = {
    "logistic_regression_sgd": {
        "batch_size": 10,
        "data_size": 100,
        "epochs": 50,
        "learning_rate": 0.01,
        "seed": 42,
        "test_size": 0.5,
    },
    "softmax_classification_sgd": {
        "batch_size": 10,
        "classes": 10,
        "epochs": 10,
        "learning_rate": 0.01,
        "seed": 244,
        "test_size": 797,
    },
    "mlp_classification_sgd": {
        "batch_size": 10,
        "classes": 10,
        "epochs": 10,
        "hidden_layer": 50,
        "learning_rate": 0.01,
        "seed": 42,
        "test_size": 797,
    },
}


@pytest.mark.parametrize("task", DEFAULTS)
def test_defaults_are_the_labs_own(task):
    flags = vars(labs.argument_parser().parse_args([task]))
    assert flags.pop("run").__name__ == flags.pop("task") == task
    assert flags == DEFAULTS[task]


@pytest.mark.parametrize("task", DEFAULTS)
def test_help_tells_each_flag_and_its_default(task, capsys):
    with pytest.raises(SystemExit) as exit_:
        labs.main([task, "--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert exit_.value.code == 0
    for flag, default in DEFAULTS[task].items():
        assert f"--{flag} " in text
        assert f"(default: {default})" in text


@pytest.mark.parametrize(("size", "count"), [("30", 30), ("0.3", 30), ("1", 1), ("1e-1", 10)])
def test_test_size_is_a_count_or_a_share(size, count):
    args = labs.argument_parser().parse_args(["logistic_regression_sgd", f"--test_size={size}"])
    data = labs.split(labs.np.zeros((100, 2)), labs.np.zeros(100), args)
    assert (len(data.X_test), len(data.X_train)) == (count, 100 - count)


def test_fewer_classes_and_a_short_last_batch(capsys):
    labs.main(["softmax_classification_sgd", "--classes=3", "--test_size=0.5", "--epochs=1"])
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 2 + 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "required: TASK"),
        ("perceptron", "invalid choice: 'perceptron'"),
        ("logistic_regression_sgd --classes=3", "unrecognized arguments: --classes=3"),
        ("logistic_regression_sgd --hidden_layer=3", "unrecognized arguments: --hidden_layer=3"),
        ("softmax_classification_sgd --data_size=3", "unrecognized arguments: --data_size=3"),
        ("mlp_classification_sgd --classes=11", "--classes: 11 is not between 1 and 10"),
        ("mlp_classification_sgd --batch_size=0", "--batch_size: 0 is not between 1 and"),
        ("mlp_classification_sgd --epochs=ten", "--epochs: invalid integer value: 'ten'"),
        ("mlp_classification_sgd --classes=2", "--test_size: test_size=797 should be"),
        ("logistic_regression_sgd --test_size=1.5", "--test_size: The 'test_size' parameter"),
        ("logistic_regression_sgd --test_size=half", "--test_size: invalid count_or_share value"),
    ],
)
def test_usage_errors(arguments, message, capsys):
    with pytest.raises(SystemExit) as exit_:
        labs.main(arguments.split())
    assert exit_.value.code == 2
    assert message in capsys.readouterr().err
