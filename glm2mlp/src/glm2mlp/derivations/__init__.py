"""The lectures' derivations, one module a lecture; importing one checks it. Student side, public.

In a notebook, a cell that ends with a derivation shows it:

    from glm2mlp.derivations.logistic_regression import SIGMOID_DERIVATIVE
    SIGMOID_DERIVATIVE
"""
