// A network of one hidden layer that learns in the page (S34-S45).

const REACH = 3;
const BATCH = 10;
const MOST_EPOCHS = 5000;
const SILENCE = 5000; // ms between two remarks while it runs

function draw({host, css, settings: {datasets}}) {
  const span = [-REACH, REACH];
  const ticks = [-3, -2, -1, 0, 1, 2, 3];
  const regions = plot({
    title: "examples and decision regions",
    xlabel: "x₁",
    ylabel: "x₂",
    x: span,
    y: span,
    xticks: ticks,
    yticks: ticks,
    grid: "none",
  });
  const ground = underlay(88, 66);
  const cells = ground.points(REACH);
  const folds = svg("g", {"aria-hidden": "true"});
  const dots = svg("g", {"aria-hidden": "true"});
  regions.area.append(folds, dots);
  const losses = plot({
    title: "loss after each epoch",
    xlabel: "epoch",
    ylabel: "mean NLL",
    x: [0, 50],
    y: [0, 1.5],
    xticks: [0, 25, 50],
    yticks: [0, 0.5, 1, 1.5],
  });
  const curve = losses.curve("blue");

  const data = menu("data", Object.entries(datasets).map(([key, {name}]) => [key, name]), "ring", reset);
  const activation = menu(
    "hidden activation",
    [
      ["identity", "identity"],
      ["sigmoid", "sigmoid σ"],
      ["tanh", "tanh"],
      ["relu", "ReLU"],
    ],
    "relu",
    reset
  );
  const units = slider("hidden units H", {min: 1, max: 16, step: 1, value: 8, show: String}, reset);
  const rate = menu(
    "learning rate α",
    ["0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"].map((v) => [v, v]),
    "0.1",
    () => {}
  );
  const initialisation = menu(
    "initial weights",
    [
      ["zero", "all zero"],
      ["lecture", "U[−1/√M, 1/√M]"],
      ["large", "U[−10/√M, 10/√M]"],
    ],
    "lecture",
    reset
  );
  const seed = numberField("seed", 1, reset);

  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const start = html("button", {type: "button"}, "Start");
  const step = html("button", {type: "button"}, "Step");
  const again = html("button", {type: "button"}, "Reset");
  start.addEventListener("click", () => (still.matches ? leap() : run(!running)));
  step.addEventListener("click", () => {
    run(false);
    learn(1);
    show();
    say();
  });
  again.addEventListener("click", () => {
    reset();
    say();
  });
  still.addEventListener("change", () => run(false));

  const values = numbers(
    {epoch: "epoch", loss: "mean NLL", accuracy: "accuracy", dead: "dead ReLUs", count: "parameters"},
    {live: false}
  );
  const remark = html("p", {class: "unseen", role: "status"});
  const warning = html("p", {class: "message", role: "status"});

  let parameters, random, history;
  let epoch = 0;
  let running = false;
  let spoken = 0;

  const chosen = () => datasets[data.read()];

  function reset() {
    run(false);
    const {X, t} = chosen();
    const K = Math.max(...t) + 1;
    random = randomNumbers(seed.read());
    parameters = initialParameters(X[0].length, units.read(), K, initialisation.read(), random);
    epoch = 0;
    history = [[0, meanNll(parameters, X, t, activation.read())]];
    dots.replaceChildren(
      ...X.map(([a, b], i) =>
        set(marker(CLASS_SHAPES[t[i]], "dot"), {
          fill: `rgb(${CLASS_RGB[t[i]]})`,
          transform: `translate(${regions.left(a)} ${regions.top(b)})`,
        })
      )
    );
    losses.stretch(50, [0, 25, 50]);
    show();
  }

  function learn(epochs) {
    const {X, t} = chosen();
    for (let i = 0; i < epochs && healthy(); i++) {
      parameters = sgdEpoch(parameters, X, t, permutation(X.length, random), {
        batchSize: BATCH,
        learningRate: Number(rate.read()),
        activation: activation.read(),
      });
      epoch += 1;
      history.push([epoch, meanNll(parameters, X, t, activation.read())]);
    }
  }

  const healthy = () => Number.isFinite(history[history.length - 1][1]);

  function show() {
    const {X, t} = chosen();
    const {H, logY} = forward(parameters, X, activation.read());
    const loss = history[history.length - 1][1];
    const right = classes(logY).filter((k, i) => k === t[i]).length;
    const texts = {
      epoch: String(epoch),
      loss: healthy() ? number(loss, 4) : "overflow",
      accuracy: `${number((100 * right) / X.length, 1)} %`,
      dead: activation.read() === "relu" ? `${number(100 * deadShare(H), 0)} %` : "–",
      count: String(countOf(parameters)),
    };
    values.write(texts);
    warning.textContent = healthy()
      ? ""
      : "The weights have overflowed: choose a smaller learning rate, then Reset.";
    if (healthy()) {
      ground.colour(forward(parameters, cells, activation.read()).logY);
      drawFolds();
    }
    if (epoch > 50) {
      const end = 50 * 2 ** Math.ceil(Math.log2(epoch / 50));
      losses.stretch(end, [0, end / 2, end]);
    }
    curve(history.filter(([, value]) => Number.isFinite(value)));
    regions.describe(
      `${X.length} examples of ${Math.max(...t) + 1} classes, ${chosen().name}, on the regions of the ` +
        `network: ${texts.accuracy} of them lie in the region of their class.`
    );
    losses.describe(`The loss from ${number(history[0][1], 3)} at first to ${texts.loss} after epoch ${epoch}.`);
  }

  // Where a hidden unit's pre-activation is 0: there its ReLU bends.
  function drawFolds() {
    const {W_h, b_h} = parameters;
    const lines = b_h.map((bias, j) => fold(W_h[0][j], W_h[1][j], bias)).filter(Boolean);
    folds.replaceChildren(
      ...lines.map(([[x1, y1], [x2, y2]]) =>
        svg("line", {
          class: "line thin dashed fold",
          x1: regions.left(x1),
          y1: regions.top(y1),
          x2: regions.left(x2),
          y2: regions.top(y2),
        })
      )
    );
  }

  function say() {
    const {epoch: at, loss, accuracy} = Object.fromEntries(
      [...values.node.querySelectorAll("b")].map((b) => [b.dataset.name, b.textContent])
    );
    remark.textContent = `epoch ${at}, mean NLL ${loss}, accuracy ${accuracy}`;
  }

  function run(on) {
    running = on;
    start.textContent = still.matches ? "Train 50 epochs" : on ? "Pause" : "Start";
    if (on) requestAnimationFrame(frame);
    else if (epoch > 0) say();
  }

  function frame(now) {
    if (!running) return;
    learn(1);
    show();
    if (now - spoken > SILENCE) {
      spoken = now;
      say();
    }
    if (!healthy() || epoch >= MOST_EPOCHS || !host.isConnected) run(false);
    else requestAnimationFrame(frame);
  }

  // For readers who want no motion: many epochs, one picture.
  function leap() {
    learn(50);
    show();
    say();
  }

  mount(
    host,
    css,
    "A network that learns in this page",
    html(
      "div",
      {class: "panels"},
      html("div", {class: "panel"}, ground.canvas, regions.root),
      html("div", {class: "panel"}, losses.root)
    ),
    html("div", {class: "buttons"}, start, step, again),
    values.node,
    warning,
    html(
      "div",
      {class: "controls form"},
      ...[data, activation, units, rate, initialisation, seed].map(({node}) => node)
    ),
    remark
  );
  reset();
}

function countOf({W_h, b_h, W_y, b_y}) {
  return W_h.length * b_h.length + b_h.length + W_y.length * b_y.length + b_y.length;
}

// Two points far away on the line u x₁ + v x₂ + c = 0, if there is one.
function fold(u, v, c) {
  const norm = Math.hypot(u, v);
  if (norm === 0) return null;
  const foot = [(-c * u) / norm ** 2, (-c * v) / norm ** 2];
  const far = (side) => [foot[0] - (side * 9 * v) / norm, foot[1] + (side * 9 * u) / norm];
  return [far(-1), far(1)];
}

function numberField(label, value, change) {
  const input = html("input", {type: "number", min: 1, max: 999, value});
  input.addEventListener("change", change);
  return {node: html("label", {}, html("span", {}, label), input), read: () => Number(input.value) || 1};
}
