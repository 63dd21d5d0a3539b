"""Hidden tests of softmax regression."""
