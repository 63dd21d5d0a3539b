"""Hidden tests of the multilayer perceptron."""
