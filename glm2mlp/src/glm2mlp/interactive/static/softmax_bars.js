// softmax(z / temperature + c) as bars, with sliders for both (S21, S25, S26).

const COLDEST = -0.7; // the decimal logarithm of the lowest temperature
const FURTHEST = 4; // the largest shift

function draw({host, css, settings: {z}}) {
  const K = z.length;
  const ticks = z.map((_, i) => i);
  const yticks = fives(z.map((value) => value / 10 ** COLDEST));
  const axes = {grid: "rows", xlabel: "class", x: [-0.6, K - 0.4], xticks: ticks};
  const logits = plot({
    ...axes,
    title: "logits zₖ / τ + c",
    ylabel: "logit",
    y: [yticks[0], yticks[yticks.length - 1]],
    yticks,
  });
  const shares = plot({
    ...axes,
    title: "softmax",
    ylabel: "probability",
    y: [0, 1.08],
    yticks: [0, 0.25, 0.5, 0.75, 1],
  });
  const bars = (view) => z.map((_, i) => bar(view, i));
  const [logitBars, shareBars] = [bars(logits), bars(shares)];

  const values = numbers(
    Object.fromEntries(z.map((_, i) => [`p${i}`, `class ${i}:`]))
  );
  const temperature = slider(
    "temperature τ",
    {min: COLDEST, max: 1, step: 0.05, value: 0, map: (position) => 10 ** position},
    update
  );
  const shift = slider("shift c", {min: -FURTHEST, max: FURTHEST, step: 0.5, value: 0}, update);

  function update() {
    const moved = temperedLogits(z, temperature.read(), shift.read());
    const p = probabilities(moved);
    moved.forEach((value, i) => logitBars[i](value, number(value, 1)));
    p.forEach((value, i) => shareBars[i](value, number(value, 3)));
    values.write(Object.fromEntries(p.map((value, i) => [`p${i}`, number(value, 3)])));
    const list = (v, digits) => v.map((value) => number(value, digits)).join(", ");
    logits.describe(`Bars of the ${K} logits: ${list(moved, 1)}.`);
    shares.describe(
      `Bars of the ${K} probabilities at temperature ${number(temperature.read())} ` +
        `and shift ${number(shift.read())}: ${list(p, 3)}.`
    );
  }

  const panels = [logits, shares].map((view) => html("div", {class: "panel"}, view.root));
  mount(
    host,
    css,
    "What temperature and shift do to softmax",
    html("div", {class: "panels"}, ...panels),
    html("div", {class: "controls"}, temperature.node, shift.node),
    values.node
  );
  update();
}

// A bar from 0, with its number at the end.
function bar(view, i) {
  const width = 0.6;
  const box = svg("rect", {
    class: `mark ${CLASS_COLOURS[0]}`,
    x: view.left(i - width / 2),
    width: view.left(width) - view.left(0),
  });
  const text = svg("text", {class: "middle", x: view.left(i)});
  view.area.append(box);
  view.over.append(text);
  return (value, shown) => {
    const [zero, end] = [view.top(0), Math.min(Math.max(view.top(value), 0), PLOT.height)];
    set(box, {y: Math.min(zero, end), height: Math.abs(zero - end)});
    text.setAttribute("y", value < 0 ? Math.min(end + 14, PLOT.height - 4) : Math.max(end - 5, 10));
    text.textContent = shown;
  };
}

// Multiples of 5 (10, ...) that reach as far as the logits can go.
function fives(logits) {
  const low = Math.min(0, ...logits) - FURTHEST;
  const high = Math.max(0, ...logits) + FURTHEST;
  const step = 5 * Math.ceil((high - low) / 30);
  const first = Math.floor(low / step);
  return Array.from({length: Math.ceil(high / step) - first + 1}, (_, i) => step * (first + i));
}
