// Opens all pages that are made of a class of attackers, and prints what each student's pages did that an innocent
// student's do not: a line of JSON for each, [student, [what was broken]]. Run by `run`.

import {existsSync, readdirSync, rmSync} from "node:fs";
import {launch} from "./chromium.js";
import {addressOf, startLabIn} from "./jupyterlab.js";
import {serveMathJax, typeset} from "./mathjax.js";

// `attackers` are opened in JupyterLab, too.
const [, , own, course, assignment, ...attackers] = process.argv;
const INNOCENT = ["a-nora", "z-nils"];
const RAN = `${course}/mallory-ran`; // the configuration that attacks ask for makes it
const MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/";

const lab = await startLabIn(course, own);
const {origin} = new URL(lab.address);
const browser = await launch();
const context = await browser.newContext();
context.setDefaultTimeout(60_000);
await context.route(/^https?:\/\/(?!127\.0\.0\.1)/, (route) => route.abort());
await serveMathJax(context);

const broken = new Map();
const expected = new Set(); // what innocent pages ask for
const note = (student, told) => broken.set(student, [...(broken.get(student) ?? []), told]);
// An address without what differs between students.
const common = (url) => {
  const {protocol, host, pathname} = new URL(url);
  return `${protocol}//${host}${pathname}`.replace(/\/submissions\/\w+\//, "/submissions/…/").replace(/.*feedback\/[^/]+\//, "…/");
};

// Where pages are opened, one after the other: to open a tab for each takes longer than to show it.
const tab = await context.newPage();
let shown; // the student, the kind of page, and what it asked for
tab.on("request", (request) => shown.asked.push(request.url()));
tab.on("dialog", async (dialog) => {
  note(shown.student, `${shown.kind} opens a dialog`);
  await dialog.dismiss();
});

// Open a page; note what it asks for and runs.
async function open(student, kind, address, settled = () => {}) {
  const asked = [];
  shown = {student, kind, asked};
  await tab.goto(address);
  const found = await settled(tab);
  const links = await tab.locator("a, area, form").evaluateAll((all) => all.map((one) => one.href?.baseVal ?? one.href ?? one.action));
  const bad = [...asked, ...links].filter((url) => /was-here|[?&;]path=|^javascript:/.test(url));
  if (bad.length) note(student, `${kind} has ${bad[0].slice(0, 200)}`);
  for (const url of asked.filter((url) => !url.startsWith("data:") && !url.startsWith(MATHJAX)).map(common)) {
    if (INNOCENT.includes(student)) expected.add(`${kind} ${url}`);
    else if (!expected.has(`${kind} ${url}`)) note(student, `${kind} asks for ${url.slice(0, 200)}`);
  }
  if (existsSync(RAN)) {
    note(student, `${kind} ran a configuration`);
    rmSync(RAN);
  }
  return found;
}

// JupyterLab shows pictures by their addresses; what they ask of this server has to be refused.
async function openInLab(student) {
  const page = await context.newPage();
  page.on("response", (response) => {
    if (response.url().includes("was-here") && response.status() !== 403) note(student, `JupyterLab gets ${response.status()} for ${response.url()}`);
  });
  await page.goto(addressOf(lab, `submitted/${student}/${assignment}/${assignment}.ipynb`));
  await page.locator(".jp-Notebook .jp-Cell:visible").first().waitFor(); // the notebook before this one may still be open, hidden
  await page.waitForLoadState("networkidle");
  await page.close();
  if (existsSync(RAN)) {
    note(student, "JupyterLab ran a configuration");
    rmSync(RAN);
  }
}

const first = (all) => [...INNOCENT, ...all.filter((student) => !INNOCENT.includes(student))];
const {search} = new URL(lab.address); // the token
const list = await context.request.get(`${origin}/formgrader/api/submitted_notebooks/${assignment}/${assignment}${search}`);
const submissions = Object.fromEntries((await list.json()).map(({student, id}) => [student, id]));

for (const student of first(Object.keys(submissions))) {
  broken.set(student, []);
  const formulas = await open(student, "formgrader", `${origin}/formgrader/submissions/${submissions[student]}/${search}`, typeset);
  if (INNOCENT.includes(student) && !formulas) note("", "MathJax typesets no formula in formgrader");
}
for (const kind of ["nbgrader-feedback", "feedback"]) {
  for (const student of first(readdirSync(`${course}/${kind}`))) {
    await open(student, kind, `file://${course}/${kind}/${student}/${assignment}/${assignment}.html`);
  }
}
for (const student of attackers) await openInLab(student);
const overview = `file://${course}/overview.html`;
expected.add(`overview ${overview}`);
await open("", "overview", overview);

await browser.close();
await lab.stop();
for (const row of broken) console.log(JSON.stringify(row));
