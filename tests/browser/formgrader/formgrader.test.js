// An instructor's way through formgrader in JupyterLab, on the course of class_of_four.py. Run by `run`.

import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {existsSync, readFileSync, writeFileSync} from "node:fs";
import {after, before, test} from "node:test";
import {launch} from "./chromium.js";
import {addressOf, startLabIn} from "./jupyterlab.js";
import {serveMathJax, typeset} from "./mathjax.js";

const FOLDER = new URL(".", import.meta.url).pathname;
const COURSE = `${FOLDER}course`;
const NAME = "softmax_regression";
const WRITTEN = "explain_convex_regions";
const COMMENT = "Right so far. And why does the largest logit stay the largest?";

let lab, origin, browser, page, formgrader, notebook;
const asked = []; // every address that the browser asks for

const report = (student) => JSON.parse(readFileSync(`${COURSE}/reports/${NAME}/${student}.json`));
const points = (student) => `${Math.round(100 * report(student).points) / 100}`;
const grade = () => execFileSync("autograder", ["grade", NAME, "--force", "--course", COURSE]);
const open = (list) =>
  page.frames().find((frame) => frame.url().includes("/formgrader/")).goto(`${origin}/formgrader/${list}`);
const row = (text) => formgrader.getByRole("row").filter({hasText: text});
const screenshot = (name) => page.screenshot({path: `${FOLDER}${name}.png`});

async function openSubmission(student) {
  await open("gradebook");
  await row(NAME).getByRole("link").click();
  await row(NAME).getByRole("link").click();
  await row("Submission #1").waitFor();
  await formgrader.getByText("Show All Names").click();
  await formgrader.getByRole("link", {name: student}).click();
  // From when these are there, formgrader shows what was saved, and saves what is typed.
  await formgrader.locator(".extra-credit[placeholder]").last().waitFor();
  await formgrader.locator(".comment[placeholder]").last().waitFor();
}

// The table of Manage Submissions, by student: status and score.
async function submissions() {
  await open("manage_assignments");
  await row(NAME).getByRole("link", {name: "4", exact: true}).click();
  await row("Lovelace, Ada").waitFor();
  const rows = await formgrader.locator("tbody tr").all();
  const cells = await Promise.all(rows.map((each) => each.locator("td").allInnerTexts()));
  return Object.fromEntries(cells.map(([, id, , status, score]) => [id, `${status}: ${score}`]));
}

async function closeDialog() {
  const dialog = formgrader.getByRole("dialog");
  await dialog.getByRole("button").last().click();
  await dialog.waitFor({state: "detached"});
}

before(async () => {
  lab = await startLabIn(COURSE, FOLDER);
  origin = new URL(lab.address).origin;
  browser = await launch();
  const context = await browser.newContext({viewport: {width: 1600, height: 1100}});
  context.setDefaultTimeout(60_000);
  context.on("request", (request) => asked.push(request.url()));
  await serveMathJax(context);
  page = await context.newPage();
  await page.goto(lab.address);
  await page.getByRole("menuitem", {name: "Nbgrader", exact: true}).click();
  await page.locator("#jp-mainmenu-nbgrader").getByText("Formgrader", {exact: true}).click();
  formgrader = page.frameLocator("iframe");
  notebook = formgrader.locator("#notebook").first(); // the template nests two
  await row(NAME).waitFor();
});
after(async () => {
  await browser?.close();
  await lab?.stop();
});

test("the lists show the points of the reports", async () => {
  assert.deepEqual(await submissions(), {
    ada: `needs manual grading: ${points("ada")} / 22`,
    ben: `needs manual grading: ${points("ben")} / 22`,
    eve: `needs manual grading: ${points("eve")} / 22`,
    dan: "needs autograding: ",
  });
  assert.equal(points("ada"), "20");
  assert.ok(report("ben").points < 20);
  await screenshot("submissions");
});

test("a submission shows answers, points, hint and rubric", async () => {
  await openSubmission("Okri, Ben");
  const {points: earned, hint} = report("ben").exercises.softmax;
  await notebook.locator("pre", {hasText: "E = np.exp(Z)"}).first().waitFor();
  await notebook.getByText(`${Number(earned.toPrecision(4))} of 3 points`).waitFor();
  await notebook.getByText(hint).waitFor();
  await notebook.getByText("a mixture of points has the mixture of logits").waitFor();
  await notebook.getByText("is the same mixture of the ends").waitFor(); // of the rubric
  await formgrader.locator(`#test_softmax[placeholder^="${String(earned).slice(0, 4)}"]`).waitFor();
  await notebook.getByText(hint).scrollIntoViewIfNeeded();
  await screenshot("softmax-of-ben");
});

// How many formulas the inner page of formgrader has typeset.
const typesetInside = () => typeset(page.frames().find((frame) => frame.url().includes("/submissions/")));

test("nothing of a hostile submission runs, and its addresses are not asked for", async () => {
  await openSubmission("<i>Adams</i>, Eve");
  assert.ok((await typesetInside()) >= 4); // two good formulas, in two cells
  await formgrader.getByText("Mine is convex.").scrollIntoViewIfNeeded();
  await screenshot("answer-of-eve");
  assert.equal(await notebook.getByRole("link").count(), 0);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(asked.filter((url) => url.includes("eve-was-here")), []);
  assert.ok(!existsSync(`${COURSE}/eve-was-here`));
});

test("a hostile notebook in JupyterLab asks formgrader in vain", async () => {
  const path = `submitted/eve/${NAME}/notes.ipynb`;
  const notebook = JSON.parse(readFileSync(`${COURSE}/submitted/eve/${NAME}/${NAME}.ipynb`));
  const run = `${origin}/formgrader?path=submitted/eve/${NAME}&eve-was-here`;
  notebook.cells = [{...notebook.cells.find(({id}) => id === "prose"), source: `![x](${run})\n\n<img src="${run}">\n\nHere.`}];
  writeFileSync(`${COURSE}/${path}`, JSON.stringify(notebook));
  const other = await page.context().newPage();
  const refused = other.waitForResponse((response) => response.url().includes("eve-was-here"));
  await other.goto(addressOf(lab, path));
  assert.equal((await refused).status(), 403);
  await other.getByRole("paragraph").filter({hasText: "Here."}).waitFor();
  await other.screenshot({path: `${FOLDER}eve-in-jupyterlab.png`});
  await other.close();
  assert.ok(!existsSync(`${COURSE}/eve-was-here`));
  asked.length = 0;
});

test("the same tricks would be seen in a page that lets them", async () => {
  const {cells} = JSON.parse(readFileSync(`${COURSE}/submitted/eve/${NAME}/${NAME}.ipynb`));
  const other = await page.context().newPage();
  await other.goto(`${origin}/formgrader/manage_students`);
  await other.setContent(cells.find(({id}) => id === "raw").source);
  await other.waitForLoadState("networkidle");
  await other.close();
  const seen = asked.filter((url) => url.includes("eve-was-here"));
  assert.ok(seen.length >= 5, seen.join());
});

test("points by the rubric and a comment are in the gradebook, and stay when all is graded again", async () => {
  await openSubmission("Okri, Ben");
  const cell = formgrader.locator(".nbgrader_cell", {has: page.locator(`#${WRITTEN}`)});
  const saved = (what) =>
    page.waitForResponse((r) => r.request().method() === "PUT" && r.url().includes(`/api/${what}/`));
  await Promise.all([saved("grade"), cell.locator(".score").fill("1").then(() => page.keyboard.press("Tab"))]);
  await Promise.all([saved("comment"), cell.locator(".comment").fill(COMMENT).then(() => page.keyboard.press("Tab"))]);
  await screenshot("written-answer-of-ben");
  const both = `graded: ${Math.round(100 * (report("ben").points + 1)) / 100} / 22`;
  assert.equal((await submissions()).ben, both);

  grade();

  assert.equal((await submissions()).ben, both);
  await openSubmission("Okri, Ben");
  assert.equal(await cell.locator(".score").inputValue(), "1");
  assert.equal(await cell.locator(".comment").inputValue(), COMMENT);
});

test("formgrader's own button grades by the autograder", async () => {
  await submissions();
  await row("Dvořák, Dan").locator(".autograde a").click();
  await formgrader.getByText("Successfully autograded").waitFor();
  await screenshot("autograded-dan");
  await closeDialog();
  assert.equal(report("dan").points, report("ben").points);
  assert.equal((await submissions()).dan, `needs manual grading: ${points("ben")} / 22`);
});

test("the feedback that formgrader makes has points, hint and comment, and no script", async () => {
  await submissions();
  for (const name of ["Okri, Ben", "Adams"]) {
    await row(name).locator(".generate-feedback a").click();
    await formgrader.getByText("Successfully generated feedback").waitFor();
    await closeDialog();
  }
  const other = await page.context().newPage();
  await other.goto(`file://${COURSE}/feedback/ben/${NAME}/${NAME}.html`);
  await other.getByText(report("ben").exercises.softmax.hint).waitFor();
  await other.getByText(COMMENT).waitFor();
  await other.screenshot({path: `${FOLDER}feedback-of-ben.png`});
  asked.length = 0;
  await other.goto(`file://${COURSE}/feedback/eve/${NAME}/${NAME}.html`);
  await other.getByText("Mine is convex.").waitFor();
  await other.close();
  assert.deepEqual(asked.filter((url) => url.includes("eve-was-here")), []);
});
