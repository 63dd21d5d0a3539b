// The mathematics of the figures with sliders. Pure functions, without a page, so that they can be
// tested alone. Needs mlp.js for logSoftmax.

// sigma(z), right at any scale.
function logistic(z) {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

// Mean NLL of p(C_1 | x) = sigma(w x + b): the mean of log(1 + e^z) - t z, which no z overflows.
function logisticNll(w, b, x, t) {
  const loss = (z, target) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target * z;
  return mean(x.map((value, i) => loss(w * value + b, t[i])));
}

// Each logit, divided by the temperature, then moved by the shift.
function temperedLogits(z, temperature, shift) {
  return z.map((value) => value / temperature + shift);
}

function probabilities(z) {
  return logSoftmax(z).map(Math.exp);
}

// The mean squared error of y = w x + b.
function meanSquares(w, b, x, t) {
  return mean(x.map((value, i) => (w * value + b - t[i]) ** 2));
}

// Mean of -log N(t; y, variance), which depends on the predictions by their MSE alone.
function normalNll(mse, variance) {
  return (Math.log(2 * Math.PI * variance) + mse / variance) / 2;
}

// The slope of the least squares for a fixed intercept b.
function bestSlope(b, x, t) {
  const products = x.reduce((sum, value, i) => sum + value * (t[i] - b), 0);
  return products / x.reduce((sum, value) => sum + value * value, 0);
}

// Logits of a softmax regression whose last row of weights is the biases.
function linearLogits(W, x) {
  return affine(x, W.slice(0, -1), W[W.length - 1]);
}

// Logits of a network with ReLU.
function networkLogits({W_h, b_h, W_y, b_y}, x) {
  return affine(affine(x, W_h, b_h).map(ACTIVATIONS.relu.f), W_y, b_y);
}

// lambda a + (1 - lambda) b.
function between(a, b, lambda) {
  return a.map((value, i) => lambda * value + (1 - lambda) * b[i]);
}

// The index of the largest entry; of equals the lowest.
function largest(z) {
  return z.indexOf(Math.max(...z));
}

// The classes that a segment from b to a meets, in order, without repetition next to each other.
function classesAlong(logits, a, b, steps = 400) {
  const met = [];
  for (let i = 0; i <= steps; i++) {
    const k = largest(logits(between(a, b, i / steps)));
    if (met[met.length - 1] !== k) met.push(k);
  }
  return met;
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
