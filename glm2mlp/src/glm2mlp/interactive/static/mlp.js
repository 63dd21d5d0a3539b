// The network of the trainer: one hidden layer, softmax on top, minibatch SGD (S34-S45).
// Pure functions without a page and without chance of their own, so that they can be tested alone.
//
// X: examples, rows of D numbers.  t: their classes.  parameters: {W_h (D, H), b_h (H), W_y (H, K), b_y (K)},
// matrices as arrays of rows.

// Each activation with its slope, written in the unit's own value h = f(z); at ReLU's kink it is 0.
const ACTIVATIONS = {
  identity: {f: (z) => z, slope: () => 1},
  sigmoid: {f: (z) => 1 / (1 + Math.exp(-z)), slope: (h) => h * (1 - h)},
  tanh: {f: Math.tanh, slope: (h) => 1 - h * h},
  relu: {f: (z) => Math.max(0, z), slope: (h) => (h > 0 ? 1 : 0)},
};

// x W + b for one row x. Loops here and in logSoftmax, for the page calls them a million times a second.
function affine(x, W, b) {
  const z = b.slice();
  for (let j = 0; j < x.length; j++) {
    for (let i = 0; i < z.length; i++) z[i] += x[j] * W[j][i];
  }
  return z;
}

// log softmax(z): with max z taken away no exponential overflows.
function logSoftmax(z) {
  let top = z[0];
  for (let i = 1; i < z.length; i++) top = Math.max(top, z[i]);
  let sum = 0;
  for (let i = 0; i < z.length; i++) sum += Math.exp(z[i] - top);
  const rest = Math.log(sum);
  return z.map((value) => value - top - rest);
}

// The hidden layer (N, H) and the logarithms of the probabilities (N, K).
function forward({W_h, b_h, W_y, b_y}, X, activation) {
  const {f} = ACTIVATIONS[activation];
  const H = X.map((x) => affine(x, W_h, b_h).map(f));
  return {H, logY: H.map((h) => logSoftmax(affine(h, W_y, b_y)))};
}

// E = (1/N) sum of -log p(C_t | x).
function meanNll(parameters, X, t, activation) {
  const {logY} = forward(parameters, X, activation);
  return logY.reduce((sum, row, i) => sum - row[t[i]], 0) / X.length;
}

// The gradients of meanNll, all at the same parameters.
function lossGradients(parameters, X, t, activation) {
  const {slope} = ACTIVATIONS[activation];
  const {H, logY} = forward(parameters, X, activation);
  const g = zeros(parameters);
  X.forEach((x, i) => {
    // dE/dz of the output layer is y - 1_t, a share of 1/N for each example.
    const dY = logY[i].map((value, k) => (Math.exp(value) - (k === t[i] ? 1 : 0)) / X.length);
    const dH = H[i].map(
      (h, j) => slope(h) * dY.reduce((sum, d, k) => sum + d * parameters.W_y[j][k], 0)
    );
    addOuter(g.W_y, H[i], dY);
    addOuter(g.W_h, x, dH);
    dY.forEach((d, k) => (g.b_y[k] += d));
    dH.forEach((d, j) => (g.b_h[j] += d));
  });
  return g;
}

// One epoch: slices of `order`, the last one perhaps short; after each, p <- p - rate * gradient.
function sgdEpoch(parameters, X, t, order, {batchSize, learningRate, activation}) {
  for (let start = 0; start < order.length; start += batchSize) {
    const batch = order.slice(start, start + batchSize);
    const g = lossGradients(
      parameters,
      batch.map((i) => X[i]),
      batch.map((i) => t[i]),
      activation
    );
    parameters = descend(parameters, g, learningRate);
  }
  return parameters;
}

// The most probable class of each row of logarithms; of equals the lowest.
function classes(logY) {
  return logY.map((row) => row.indexOf(Math.max(...row)));
}

// The share of hidden units whose value is 0 for every example: as ReLUs, they are dead.
function deadShare(H) {
  const units = H[0].map((_, j) => H.every((h) => h[j] === 0));
  return units.filter(Boolean).length / units.length;
}

// Weights uniform on [-r, r], biases 0: "zero" has r = 0, "lecture" r = 1/sqrt(fan-in), "large" 10 times that.
const INITIALISATIONS = {zero: 0, lecture: 1, large: 10};
function initialParameters(D, H, K, initialisation, random) {
  const matrix = (rows, columns) => {
    const r = INITIALISATIONS[initialisation] / Math.sqrt(rows);
    return Array.from({length: rows}, () =>
      Array.from({length: columns}, () => r * (2 * random() - 1))
    );
  };
  return {W_h: matrix(D, H), b_h: Array(H).fill(0), W_y: matrix(H, K), b_y: Array(K).fill(0)};
}

// A random order of 0, ..., N - 1 (Fisher and Yates).
function permutation(N, random) {
  const order = Array.from({length: N}, (_, i) => i);
  for (let i = N - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

// Numbers in [0, 1) that depend on the seed alone (Tommy Ettinger's mulberry32).
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

function zeros({W_h, b_h, W_y, b_y}) {
  const matrix = (W) => W.map((row) => row.map(() => 0));
  return {W_h: matrix(W_h), b_h: b_h.map(() => 0), W_y: matrix(W_y), b_y: b_y.map(() => 0)};
}

function addOuter(matrix, column, row) {
  column.forEach((c, j) => row.forEach((r, k) => (matrix[j][k] += c * r)));
}

function descend(p, g, rate) {
  const vector = (b, d) => b.map((value, i) => value - rate * d[i]);
  const matrix = (W, d) => W.map((row, i) => vector(row, d[i]));
  return {
    W_h: matrix(p.W_h, g.W_h),
    b_h: vector(p.b_h, g.b_h),
    W_y: matrix(p.W_y, g.W_y),
    b_y: vector(p.b_y, g.b_y),
  };
}
