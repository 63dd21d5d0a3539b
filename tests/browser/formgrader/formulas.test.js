// No formula of a student's makes a page ask for an address: every command that MathJax knows is tried, with each
// protection alone, and with none as a control. Run by `run`.

import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {after, before, test} from "node:test";
import {launch} from "./chromium.js";
import {serveMathJax, tables, typeset} from "./mathjax.js";

const FOLDER = new URL(".", import.meta.url).pathname;
const PAGE = "http://127.0.0.1:9/formgrader/submissions/1/"; // nothing listens there: all is served here
const GOOD = String.raw`$\frac{a}{b} + \sum_{i=1}^n x_i^2$`;
const CELL = 9_000; // characters, and formulas: what our filter still reads in one cell, and in a notebook
const CELLS = 20;

let browser, context, page, known;
const asked = [];

const address = (mark) => `http:/formgrader?path=eve.${encodeURIComponent(mark)}`;

// A command as somebody would use it who wants this address asked for.
const used = (name) => {
  const forms = [
    (a) => `\\${name}{${a}}{x}{y}`,
    (a) => `\\${name}[${a}]{x}{y}`,
    (a) => `\\${name}{mglyph}[src="${a}"]{x}`,
    (a) => `\\${name}{mtext}[href="${a}"]{x}`,
    (a) => `\\${name}{background:url(${a})}{x}`,
    (a) => `\\${name} \\mmlToken{mglyph}[src="${a}"]{}`,
    (a) => `\\${name}{\\mmlToken{mglyph}[src="${a}"]{}}{x}{y}`,
  ];
  return forms.map((form, i) => `$${form(address(`${name}.${i}`))}$`);
};
const asEnvironment = (name) => [
  `\\begin{${name}}{${address(`${name}.e`)}}[${address(`${name}.e`)}] x & y \\end{${name}}`,
  `\\begin{${name}}\\mmlToken{mglyph}[src="${address(`${name}.f`)}"]{}\\end{${name}}`,
];
const asDelimiter = (name) => [`$\\left${name} \\href{${address(`${name}.d`)}}{x} \\right${name}$`];
const M = (mark) => String.raw`\mmlToken{mglyph}[src="${address(mark)}",width="99"]{}`;
// What a table does not have: new commands, old ones under new names, and formulas where our filter sees none.
const tricks = [
  String.raw`$\let\x\mmlToken \x{mglyph}[src="${address("let")}"]{}$`,
  String.raw`$\newcommand{\x}{\mmlToken{mglyph}}\x[src="${address("newcommand")}"]{}$`,
  String.raw`$\def\x#1{\mmlToken{mglyph}[src="#1"]{}}\x{${address("def")}}$`,
  String.raw`$\newenvironment{e}{${M("newenvironment")}}{}\begin{e}\end{e}$`,
  String.raw`$\csname mmlToken\endcsname{mglyph}[src="${address("csname")}"]{}$`,
  String.raw`$\require{HTML}\require{unicode}\style{background:url(${address("style")})}{x}$`,
  String.raw`$\ce{${M("ce")}}$`,
  String.raw`$\text{$${M("text")}$}$`,
  String.raw`$x % }$ ${M("comment")}`,
  String.raw`$^^5cmmlToken{mglyph}[src="${address("hats")}"]{}$`,
  String.raw`\\(${M("round")}\\)`,
  String.raw`\\[${M("square")}\\]`,
  String.raw`\(${M("one-round")}\)`,
  String.raw`\\\(${M("three-round")}\\\)`,
  String.raw`$$${M("two")}$$`,
  String.raw`\begin{align}${M("align")}\end{align}`,
  String.raw`\begin {align}${M("align-space")}\end {align}`,
  String.raw`\begin{x y}${M("xy")}\end{x y}`,
  String.raw`\eqref{${address("eqref")}}`,
  String.raw`$ **a** ${M("nodes")} **b** $`,
  String.raw`**$** ${M("strong")} **$**`,
  String.raw`\$${M("escaped")}\$ \\$${M("escaped-2")}\\$`,
  `\`$${M("codespan")}$\``,
  `    $$${M("indented")}$$`,
  `\`\`\`\n$$${M("fenced")}$$\n\`\`\``,
  `# $${M("heading")}$`,
  `| a |\n|---|\n| $${M("table")}$ |`,
  `- $${M("list")}$\n- $${M("list-2")}`,
  `> $${M("quote")}$`,
  `[$${M("link")}$](x)`,
  `![$${M("alt")}$](x.png "$${M("title")}$")`,
  `![x](attachment:$${M("attachment")}$)`,
  `<span class="tex2jax_process">$${M("class")}$</span>`,
  `<script type="math/tex">${M("script")}</script>`,
  `<math><mglyph src="${address("math")}"/></math>`,
  `<img src="${address("img")}">`,
  `![x](${address("picture")})`,
  `$a\n\n${M("paragraphs")}\n\nb$`,
  `$$\n\n- a\n- ${M("items")}\n$$`,
];

function* notebooks(formulas) {
  let cells = [GOOD];
  for (const formula of formulas) {
    const longer = `${cells.at(-1)}\n\n${formula}`;
    if (longer.length < CELL && longer.split("\n\n").length < 90) {
      cells[cells.length - 1] = longer;
    } else if (cells.length < CELLS) {
      cells.push(`${GOOD}\n\n${formula}`);
    } else {
      yield cells;
      cells = [`${GOOD}\n\n${formula}`];
    }
  }
  yield cells;
}

const made = (asked) =>
  JSON.parse(execFileSync("python", ["formula_pages.py"], {cwd: FOLDER, input: JSON.stringify(asked), maxBuffer: 1 << 30}));

// Show these formulas; returns how many were typeset, how many cells there were, and the addresses asked for.
// A link to a place in the page itself, as \ref makes it, is no address.
async function show(name, formulas) {
  const all = [...notebooks(formulas)];
  const pages = made(all.map((cells) => ({name, cells})));
  const found = {formulas: 0, good: 0, links: [], asked: []};
  for (const [i, body] of pages.entries()) {
    asked.length = 0;
    await page.unrouteAll();
    await page.route(PAGE, (route) => route.fulfill({body, contentType: "text/html"}));
    await page.goto(PAGE);
    found.formulas += await typeset(page);
    found.links.push(...(await page.locator(`.mjx-chtml a:not([href^="#"]), .mjx-chtml img`).evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 200)))));
    found.good += all[i].length;
    found.asked.push(...asked.filter((url) => url.includes("?path=eve.")));
  }
  return found;
}

const some = () => [...tricks, ...known.commands.flatMap((name) => used(name).slice(2, 4))];
const everything = () => [
  ...tricks,
  ...known.commands.flatMap(used),
  ...known.signs.map((name) => used(name)[2]),
  ...known.environments.flatMap(asEnvironment),
  ...known.delimiters.flatMap(asDelimiter),
];

before(async () => {
  browser = await launch();
  context = await browser.newContext();
  context.on("request", (request) => asked.push(request.url()));
  await context.route("**/*", (route) => route.abort());
  await serveMathJax(context);
  page = await context.newPage();
  page.setDefaultTimeout(300_000);
  await show("control", []);
  known = await tables(page);
});
after(() => browser?.close());

test("MathJax's tables are there", () => {
  for (const name of ["frac", "mmlToken", "href", "let", "def", "newcommand", "unicode", "style", "class", "cssId", "ce"]) {
    assert.ok(known.commands.includes(name), name);
  }
  assert.ok(known.environments.includes("CD"));
});

test("without our protections formulas ask for addresses", async (t) => {
  // nbconvert fails where an attachment is missing.
  const found = await show("control", some().filter((formula) => !formula.includes("(attachment:")));
  const marks = new Set(found.asked.map((url) => decodeURIComponent(url.split("?path=eve.")[1])));
  t.diagnostic(`${marks.size} of these formulas asked, and ${found.links.length} pictures and links: ${[...marks].join(" ")}`);
  for (const mark of ["mmlToken.2", "let", "newcommand", "align", "img"]) assert.ok(marks.has(mark), mark);
  assert.ok(found.links.some((html) => html.includes('href="http:/formgrader?path=eve.'))); // they wait for a click
});

const uses = {filter: everything, mathjax: everything, both: some, feedback: some};
for (const [name, formulas] of Object.entries(uses)) {
  test(`${name}: MathJax typesets, and no formula asks for an address`, async () => {
    const found = await show(name, formulas());
    assert.deepEqual(found.asked, []);
    assert.ok(found.formulas >= found.good, `${found.formulas} of ${found.good}`);
    assert.deepEqual(found.links, []);
  });
}
