// What every figure is made of: elements, sliders, menus, numbers in words, and plots. Page side.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 360;
const HEIGHT = 270;
const MARGIN = {left: 58, right: 10, top: 26, bottom: 40};
const PLOT = {
  width: WIDTH - MARGIN.left - MARGIN.right,
  height: HEIGHT - MARGIN.top - MARGIN.bottom,
};
const CLASS_COLOURS = ["blue", "orange", "green"];
const CLASS_RGB = [
  [0, 114, 178],
  [213, 94, 0],
  [0, 158, 115],
];

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function html(name, attributes = {}, ...children) {
  const node = set(document.createElement(name), attributes);
  node.append(...children);
  return node;
}

function svg(name, attributes = {}, ...children) {
  const node = set(document.createElementNS(SVG, name), attributes);
  node.append(...children);
  return node;
}

// A number in words, with a true minus; -0.00 is 0.00.
function number(value, digits = 2) {
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

// A number of about three digits at any scale.
function brief(value) {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

// A labelled range input. `map` makes the figure's value of the slider's position.
function slider(label, {min, max, step, value, show = number, map = (v) => v}, change) {
  const input = html("input", {type: "range", min, max, step, value});
  const text = html("span", {class: "value", "aria-hidden": "true"});
  const read = () => map(Number(input.value));
  const tell = () => {
    text.textContent = show(read());
    input.setAttribute("aria-valuetext", text.textContent);
  };
  input.addEventListener("input", () => {
    tell();
    change();
  });
  tell();
  return {node: html("label", {}, html("span", {}, label), input, text), read};
}

// A labelled menu; `choices` are [value, text].
function menu(label, choices, chosen, change) {
  const options = choices.map(([value, text]) => html("option", {value}, text));
  const select = html("select", {}, ...options);
  select.value = chosen;
  select.addEventListener("change", change);
  return {node: html("label", {}, html("span", {}, label), select), read: () => select.value};
}

// Numbers with their names. Assistive technology reads a live one out when it changes.
function numbers(names, {live = true} = {}) {
  const values = Object.fromEntries(
    Object.keys(names).map((key) => [key, html("b", {"data-name": key})])
  );
  const items = Object.entries(names).map(([key, text]) =>
    html("span", {}, text, " ", values[key])
  );
  const node = html("p", {class: "numbers", ...(live && {role: "status"})}, ...items);
  return {
    node,
    write(texts) {
      for (const [key, text] of Object.entries(texts)) values[key].textContent = text;
    },
  };
}

// An empty plot: title, axes, ticks, an `area` that cuts off what leaves it, and a grid of "both"
// directions, of "rows" or "none".
function plot({title, xlabel, ylabel, x, y, xticks, yticks, grid = "both"}) {
  const left = (value) => ((value - x[0]) / (x[1] - x[0])) * PLOT.width;
  const top = (value) => (1 - (value - y[0]) / (y[1] - y[0])) * PLOT.height;
  const area = svg("svg", {
    class: "area",
    "aria-hidden": "true",
    x: MARGIN.left,
    y: MARGIN.top,
    width: PLOT.width,
    height: PLOT.height,
  });
  const over = svg("g", {transform: `translate(${MARGIN.left} ${MARGIN.top})`});
  const axes = svg("g", {transform: `translate(${MARGIN.left} ${MARGIN.top})`});
  const root = svg("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img"}, axes, area, over);

  function drawAxes() {
    const middle = PLOT.width / 2;
    const parts = [
      svg("text", {class: "title middle", x: middle, y: -10}, title),
      svg("text", {class: "middle", x: middle, y: PLOT.height + 34}, xlabel),
      svg("text", {class: "middle", transform: `translate(-45 ${PLOT.height / 2}) rotate(-90)`}, ylabel),
    ];
    for (const value of xticks) {
      const line = {x1: left(value), x2: left(value), y1: 0, y2: PLOT.height};
      if (grid === "both") parts.push(svg("line", {class: "grid", ...line}));
      parts.push(
        svg("text", {class: "middle", x: left(value), y: PLOT.height + 16}, brief(value))
      );
    }
    for (const value of yticks) {
      const line = {x1: 0, x2: PLOT.width, y1: top(value), y2: top(value)};
      if (grid !== "none") parts.push(svg("line", {class: "grid", ...line}));
      parts.push(svg("text", {class: "end", x: -6, y: top(value) + 4}, brief(value)));
    }
    parts.push(svg("path", {class: "frame", d: `M0 0V${PLOT.height}H${PLOT.width}`}));
    axes.replaceChildren(...parts);
  }
  drawAxes();

  // Far outside is as good as any number there; a path may not hold 1e+25.
  const bounded = (pixels) => Math.max(-1e6, Math.min(1e6, pixels)).toFixed(2);
  const path = (points) =>
    points.map(([a, b], i) => `${i ? "L" : "M"}${bounded(left(a))} ${bounded(top(b))}`).join("");
  return {
    root,
    area,
    over,
    left,
    top,
    // A curve through points, or of a function over the whole width.
    curve(style) {
      const node = svg("path", {class: `line ${style}`});
      area.append(node);
      return (drawn) => {
        const points = typeof drawn === "function" ? sampled(drawn, x) : drawn;
        node.setAttribute("d", path(points));
      };
    },
    // What lies between two functions.
    band() {
      const node = svg("path", {class: "ribbon"});
      area.append(node);
      return (low, high) =>
        node.setAttribute("d", `${path([...sampled(low, x, 2), ...sampled(high, x, 2).reverse()])}Z`);
    },
    mark(shape, style = "") {
      const node = marker(shape, `mark ${style}`);
      area.append(node);
      return (a, b) => node.setAttribute("transform", `translate(${left(a)} ${top(b)})`);
    },
    // Entries of [style of line, text] at the left, from this height downwards.
    legend(entries, fromTop = 12) {
      entries.forEach(([style, text], i) => {
        const at = fromTop + 17 * i;
        over.append(
          svg("path", {class: `line ${style}`, d: `M10 ${at}h24`}),
          svg("text", {x: 40, y: at + 4}, text)
        );
      });
    },
    // The x axis reaches to `end` from now on.
    stretch(end, ticks) {
      x = [x[0], end];
      xticks = ticks;
      drawAxes();
    },
    describe: (text) => root.setAttribute("aria-label", text),
  };
}

function sampled(f, [from, to], count = 200) {
  return Array.from({length: count}, (_, i) => from + ((to - from) * i) / (count - 1)).map((v) => [v, f(v)]);
}

const SHAPES = {
  circle: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0",
  square: "M-4 -4h8v8h-8z",
  triangle: "M0 -5L5 4H-5z",
};
const CLASS_SHAPES = ["circle", "square", "triangle"];

function marker(shape, style) {
  return svg("path", {class: style, d: SHAPES[shape]});
}

// A canvas that lies under a plot's area, and how to colour it by classes.
function underlay(columns, rows) {
  const canvas = html("canvas", {width: columns, height: rows, "aria-hidden": "true"});
  const share = (part, whole) => `${(100 * part) / whole}%`;
  Object.assign(canvas.style, {
    left: share(MARGIN.left, WIDTH),
    top: share(MARGIN.top, HEIGHT),
    width: share(PLOT.width, WIDTH),
    height: share(PLOT.height, HEIGHT),
  });
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  return {
    canvas,
    // The middle of each cell in [-reach, reach]², by rows from the top.
    points(reach) {
      const middle = (i, count) => reach * ((2 * i + 1) / count - 1);
      return Array.from({length: columns * rows}, (_, i) => [
        middle(i % columns, columns),
        -middle(Math.floor(i / columns), rows),
      ]);
    },
    // Each cell in the colour of its class, the paler the less sure; rows of log p, as in `points`.
    colour(logY) {
      const K = logY[0].length;
      logY.forEach((row, i) => {
        const k = largest(row);
        const sureness = (Math.exp(row[k]) - 1 / K) / (1 - 1 / K);
        image.data.set(CLASS_RGB[k], 4 * i);
        image.data[4 * i + 3] = 255 * (0.1 + 0.4 * sureness);
      });
      context.putImageData(image, 0, 0);
    },
  };
}

// Put a figure into the page: its own tree, which the page's styles leave alone.
function mount(host, css, caption, ...parts) {
  const root = host.attachShadow({mode: "open"});
  const figure = html("figure", {}, html("figcaption", {}, caption), ...parts);
  root.append(html("style", {}, css), figure);
  return figure;
}
