// A line with its Normal distribution, and the loss over the slope: σ² moves the curve, not its lowest
// point (S15-S17).

function draw({host, css, settings: {x, t, intercept}}) {
  const w_best = bestSlope(intercept, x, t);
  const slopes = [w_best - 3, w_best + 3].map((value) => Math.round(2 * value) / 2);
  const data = plot({
    title: "y = wx + b with y ± σ, y ± 2σ",
    xlabel: "x",
    ylabel: "t",
    x: [-2.2, 2.2],
    y: [-6, 6],
    xticks: [-2, -1, 0, 1, 2],
    yticks: [-6, -3, 0, 3, 6],
  });
  const loss = plot({
    title: "mean of −log p over the slope",
    xlabel: "slope w",
    ylabel: "mean NLL",
    x: slopes,
    y: [0, 8],
    xticks: sampled((v) => v, slopes, 7).map(([v]) => v),
    yticks: [0, 2, 4, 6, 8],
  });
  const ribbons = [data.band(), data.band()];
  const line = data.curve("blue");
  x.forEach((value, i) => data.mark("circle", "orange")(value, t[i]));
  const lowest = loss.curve("thin dotted");
  lowest([[w_best, -1], [w_best, 9]]);
  const curve = loss.curve("blue");
  const here = loss.mark("square", "orange");
  const best = loss.mark("circle");

  const values = numbers({
    best: "lowest at w =",
    nll: "mean NLL",
    mse: "MSE, and best σ² for this w:",
  });
  const variance = slider(
    "variance σ²",
    {min: -1.5, max: 1.5, step: 0.05, value: 0, show: brief, map: (position) => 10 ** position},
    update
  );
  const slope = slider(
    "slope w",
    {min: slopes[0], max: slopes[1], step: 0.1, value: Math.round(10 * w_best) / 10 - 1},
    update
  );

  function update() {
    const [v, w] = [variance.read(), slope.read()];
    const sigma = Math.sqrt(v);
    const nllAt = (weight) => normalNll(meanSquares(weight, intercept, x, t), v);
    const y = (value) => w * value + intercept;
    ribbons.forEach((ribbon, i) =>
      ribbon((value) => y(value) - (i + 1) * sigma, (value) => y(value) + (i + 1) * sigma)
    );
    line(y);
    curve(nllAt);
    here(w, nllAt(w));
    best(w_best, nllAt(w_best));
    values.write({
      best: number(w_best, 3),
      nll: number(nllAt(w), 3),
      mse: number(meanSquares(w, intercept, x, t), 3),
    });
    data.describe(
      `${x.length} examples around the line of slope ${number(w)}, with ribbons of one and two ` +
        `standard deviations, ${number(sigma)}.`
    );
    loss.describe(
      `The mean NLL over the slope for σ² = ${brief(v)}: a parabola, lowest at slope ` +
        `${number(w_best, 3)}, where it is ${number(nllAt(w_best), 3)}; at slope ${number(w)} it is ` +
        `${number(nllAt(w), 3)}.`
    );
  }

  const panels = [data, loss].map((view) => html("div", {class: "panel"}, view.root));
  mount(
    host,
    css,
    "What σ² does to the likelihood",
    html("div", {class: "panels"}, ...panels),
    html("div", {class: "controls"}, variance.node, slope.node),
    values.node
  );
  update();
}
