// A segment that the reader drags over decision regions, and the logits along it: straight lines for
// softmax regression, so that its regions are convex; bent ones for a network (S28, S29).

const REACH = 3;

function draw({host, css, settings: {W, network, a, b}}) {
  const models = {
    linear: (x) => linearLogits(W, x),
    network: (x) => networkLogits(network, x),
  };
  const ends = {A: a, B: b};
  const span = [-REACH, REACH];
  const ticks = [-3, -2, -1, 0, 1, 2, 3];
  const regions = plot({
    title: "decision regions",
    xlabel: "x₁",
    ylabel: "x₂",
    x: span,
    y: span,
    xticks: ticks,
    yticks: ticks,
    grid: "none",
  });
  const ground = underlay(240, 180);
  const cells = ground.points(REACH);
  const signs = names(regions);
  const segment = svg("line", {class: "line"});
  regions.over.append(segment);
  const point = svg("g", {}, marker("square", "mark"));
  regions.over.append(point);
  const handles = Object.keys(ends).map((name) => handle(name, regions, ends, update));

  const along = svg("svg");
  const panel = html("div", {class: "panel"}, along);
  const model = menu(
    "model",
    [
      ["linear", "softmax regression"],
      ["network", "MLP with 4 ReLU units"],
    ],
    "linear",
    repaint
  );
  const lambda = slider("u", {min: 0, max: 1, step: 0.01, value: 0.5}, update);
  const values = numbers({point: "uA + (1 − u)B =", winner: "its class:"});
  const verdict = html("p", {class: "message", role: "status"});

  function repaint() {
    const logits = models[model.read()];
    const logY = cells.map((cell) => logSoftmax(logits(cell)));
    ground.colour(logY.map(sure));
    signs(logits);
    update();
  }

  function update() {
    const logits = models[model.read()];
    const x = between(ends.A, ends.B, lambda.read());
    set(segment, {
      x1: regions.left(ends.A[0]),
      y1: regions.top(ends.A[1]),
      x2: regions.left(ends.B[0]),
      y2: regions.top(ends.B[1]),
    });
    point.setAttribute("transform", `translate(${regions.left(x[0])} ${regions.top(x[1])})`);
    handles.forEach((move) => move(logits));
    panel.replaceChildren(logitsAlong(logits, ends, lambda.read()));
    values.write({point: pair(x), winner: String(largest(logits(x)))});
    const told = judgement(logits, ends);
    if (verdict.textContent !== told) verdict.textContent = told;
    regions.describe(
      `Decision regions of three or fewer classes over x₁ and x₂, and a segment from A, ${pair(ends.A)}, ` +
        `to B, ${pair(ends.B)}. ${told}`
    );
  }

  mount(
    host,
    css,
    "Is every region convex? Drag A and B, or move them with the arrow keys",
    html(
      "div",
      {class: "panels"},
      html("div", {class: "panel"}, ground.canvas, regions.root),
      panel
    ),
    html("div", {class: "controls"}, model.node, lambda.node),
    values.node,
    verdict
  );
  // The handles are to be reached by keyboard, so the plot is no mere image.
  regions.root.setAttribute("role", "group");
  repaint();
}

// Regions in full colour, whatever the probability: only the class counts here.
function sure(row) {
  const k = largest(row);
  return row.map((_, i) => (i === k ? Math.log(0.7) : Math.log(0.3 / (row.length - 1))));
}

function pair(x) {
  return `(${number(x[0], 1)}, ${number(x[1], 1)})`;
}

function judgement(logits, {A, B}) {
  const [kA, kB] = [largest(logits(A)), largest(logits(B))];
  if (kA !== kB) {
    return `A lies in the region of class ${kA}, B in that of class ${kB}: put both into one region.`;
  }
  const others = new Set(classesAlong(logits, A, B).filter((k) => k !== kA));
  if (others.size === 0) return `A and B lie in the region of class ${kA}, and so does the whole segment.`;
  return (
    `A and B lie in the region of class ${kA}, but between them the segment meets class ` +
    `${[...others].join(" and ")}: this region is not convex.`
  );
}

// The class of a place, written all over the plot, so that regions differ in more than colour.
function names(view) {
  const places = [-2.25, -0.75, 0.75, 2.25].flatMap((y) => [-2.4, -0.8, 0.8, 2.4].map((x) => [x, y]));
  const texts = places.map(([x, y]) => svg("text", {class: "middle", x: view.left(x), y: view.top(y) + 4}));
  view.over.append(svg("g", {"aria-hidden": "true"}, ...texts));
  return (logits) => places.forEach((x, i) => (texts[i].textContent = largest(logits(x))));
}

// An end of the segment: dragged by pointer, moved by a tenth with the arrow keys.
function handle(name, view, ends, change) {
  const node = svg(
    "g",
    {class: "handle", tabindex: 0, role: "slider", "aria-label": `end ${name} of the segment`},
    svg("circle", {r: 13}),
    svg("text", {class: "middle", y: 4}, name)
  );
  set(node, {"aria-valuemin": -REACH, "aria-valuemax": REACH});
  view.over.append(node);

  function go(x, y) {
    const kept = (value) => Math.min(Math.max(Math.round(10 * value) / 10, -REACH), REACH);
    ends[name] = [kept(x), kept(y)];
    change();
  }
  const steps = {ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowDown: [0, -0.1], ArrowUp: [0, 0.1]};
  node.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    go(ends[name][0] + step[0], ends[name][1] + step[1]);
  });
  node.addEventListener("pointerdown", (event) => {
    node.setPointerCapture(event.pointerId);
    event.preventDefault();
    node.focus();
  });
  node.addEventListener("pointermove", (event) => {
    if (!node.hasPointerCapture(event.pointerId)) return;
    const {left, top, width, height} = view.root.getBoundingClientRect();
    const x = ((event.clientX - left) / width) * WIDTH - MARGIN.left;
    const y = ((event.clientY - top) / height) * HEIGHT - MARGIN.top;
    go(REACH * ((2 * x) / PLOT.width - 1), REACH * (1 - (2 * y) / PLOT.height));
  });
  return (logits) => {
    const x = ends[name];
    set(node, {
      transform: `translate(${view.left(x[0])} ${view.top(x[1])})`,
      "aria-valuenow": x[0],
      "aria-valuetext": `${pair(x)}, class ${largest(logits(x))}`,
    });
  };
}

// The logits on the way from B (u = 0) to A (u = 1).
function logitsAlong(logits, {A, B}, lambda) {
  const at = (value) => logits(between(A, B, value));
  const all = sampled((value) => Math.max(...at(value)), [0, 1], 61).concat(
    sampled((value) => Math.min(...at(value)), [0, 1], 61)
  );
  const heights = all.map(([, value]) => value);
  const [low, high] = [Math.floor(Math.min(...heights)), Math.ceil(Math.max(...heights))];
  const room = high - low;
  const view = plot({
    title: "logits along the segment",
    xlabel: "u, from B (0) to A (1)",
    ylabel: "logit",
    x: [0, 1],
    y: [low - 0.05 * room, high + 0.2 * room],
    xticks: [0, 0.25, 0.5, 0.75, 1],
    yticks: [low, (low + high) / 2, high],
  });
  view.curve("thin dotted")([[lambda, low - room], [lambda, high + 0.05 * room]]);
  const styles = ["blue", "orange dashed", "green dotted"];
  const logitsHere = at(lambda);
  logitsHere.forEach((value, k) => {
    view.curve(styles[k])((place) => at(place)[k]);
    view.mark(CLASS_SHAPES[k], CLASS_COLOURS[k])(lambda, value);
  });
  const across = (k) => 10 + k * 98;
  logitsHere.forEach((_, k) =>
    view.over.append(
      svg("path", {class: `line ${styles[k]}`, d: `M${across(k)} 10h24`}),
      svg("text", {x: across(k) + 29, y: 14}, `class ${k}`)
    )
  );
  const list = logitsHere.map((value, k) => `class ${k} ${number(value)}`).join(", ");
  view.describe(`The logits along the segment; at u = ${number(lambda)}: ${list}.`);
  return view.root;
}
