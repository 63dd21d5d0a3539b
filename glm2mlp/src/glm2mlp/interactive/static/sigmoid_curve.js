// p(C_1 | x) = sigma(w x + b) with sliders for w and b, and the loss of a few examples (S2-S6).

function draw({host, css, settings: {x, t}}) {
  const view = plot({
    title: "p(C₁ | x) = σ(wx + b)",
    xlabel: "x",
    ylabel: "probability",
    x: [-6, 6],
    y: [-0.08, 1.08],
    xticks: [-6, -4, -2, 0, 2, 4, 6],
    yticks: [0, 0.25, 0.5, 0.75, 1],
  });
  const middle = view.curve("thin dotted");
  const slope = view.curve("green dashed");
  const curve = view.curve("");
  x.forEach((value, i) => view.mark(CLASS_SHAPES[t[i]], CLASS_COLOURS[t[i]])(value, t[i]));
  view.legend([
    ["", "σ(wx + b)"],
    ["green dashed", "tangent"],
  ], 30);

  const values = numbers({boundary: "p = ½ at x =", slope: "slope there", nll: "mean NLL"});
  const weight = slider("weight w", {min: -5, max: 5, step: 0.1, value: 1}, update);
  const bias = slider("bias b", {min: -5, max: 5, step: 0.1, value: 0}, update);

  function update() {
    const [w, b] = [weight.read(), bias.read()];
    const boundary = w === 0 ? NaN : -b / w;
    const loss = number(logisticNll(w, b, x, t), 3);
    curve((value) => logistic(w * value + b));
    middle(w === 0 ? [] : [[boundary, -1], [boundary, 2]]);
    slope(w === 0 ? [] : (value) => 0.5 + (w / 4) * (value - boundary));
    values.write({
      boundary: w === 0 ? "none" : number(boundary),
      slope: w === 0 ? "none" : number(w / 4, 3),
      nll: loss,
    });
    const where = w === 0 ? "is the same for every x" : `is ½ at x = ${number(boundary)}`;
    view.describe(
      `Curve of σ(wx + b) for w = ${number(w)} and b = ${number(b)}: it ${where}. ` +
        `${x.length} examples of two classes on the lines 0 and 1 have mean NLL ${loss}.`
    );
  }

  mount(
    host,
    css,
    "What w and b do to the sigmoid",
    html("div", {class: "panels"}, html("div", {class: "panel"}, view.root)),
    html("div", {class: "controls"}, weight.node, bias.node),
    values.node
  );
  update();
}
