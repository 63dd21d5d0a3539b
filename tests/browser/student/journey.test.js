// A student's way through an assignment in JupyterLab, without a network. Run by `run`; the parts are one journey.

import assert from "node:assert/strict";
import {copyFileSync, readFileSync} from "node:fs";
import {after, test} from "node:test";
import {launch} from "./chromium.js";
import {startLab} from "./jupyterlab.js";

const {NAME, WORK} = process.env;
const BUNDLE = `${WORK}/desk/glm2mlp-course`;
const FILE = `${BUNDLE}/assignments/${NAME}.ipynb`;
const ANSWERS = JSON.parse(readFileSync(`${WORK}/answers.json`, "utf-8"));
// A question is answered wrongly, which no check tells: the points must not be all.
ANSWERS.choose_boundary = ANSWERS.choose_boundary.replace(/"([A-D])"$/, (_, right) => `"${right === "A" ? "B" : "A"}"`);
const WRONG = "def sigmoid(z):\n    return 1 / (1 + np.exp(z))\n";

const saved = () => JSON.parse(readFileSync(FILE, "utf-8")).cells;
const CELLS = saved();
const place = (id) => CELLS.findIndex((cell) => cell.id === id);

let lab, browser, page;
after(async () => {
  await browser?.close();
  await lab?.stop();
});

const shoot = (page, name) => page.screenshot({path: `${WORK}/shots/${name}.png`});

// What each part took, for who reads the log.
let begun = performance.now();
function took(part) {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stderr.write(`${seconds.padStart(6)} s  ${part}\n`);
  begun = performance.now();
}

const idle = () => page.getByText("Python 3 (ipykernel) | Idle").waitFor();
const cell = (id) => page.locator(`.jp-Notebook [data-windowed-list-index="${place(id)}"]`);

async function menu(name, item) {
  await page.getByRole("menuitem", {name, exact: true}).click();
  await page.getByRole("menuitem", {name: item}).click();
}

// What a check said: it is waited for, since a cell that runs has its old output still.
async function verdict(id, said) {
  await cell(id).getByText(said).first().waitFor();
  return cell(id).innerText();
}

// By keyboard, from the cell that is selected to the one named: answers are written, code is run.
async function work(from, to, answers) {
  for (const {id, cell_type: kind} of CELLS.slice(place(from), place(to) + 1)) {
    if (id in answers) {
      await page.keyboard.press("Enter");
      await page.keyboard.press("Control+A");
      await page.keyboard.insertText(answers[id]);
      await page.keyboard.press("Shift+Enter");
    } else await page.keyboard.press(kind === "code" ? "Shift+Enter" : "j");
  }
}

async function validate() {
  await page.getByRole("button", {name: "Validate"}).click();
  const dialog = page.locator(".jp-Dialog");
  await dialog.waitFor();
  return dialog;
}

test("a later start is offline, and opens the assignment", async () => {
  lab = await startLab("sh", ["start-linux.sh", NAME], {cwd: BUNDLE});
  took("second start, offline");
  browser = await launch();
  page = await browser.newPage({viewport: {width: 1280, height: 800}});
  page.setDefaultTimeout(60_000);
  await page.goto(lab.address);
  await idle();
  await page.getByRole("heading", {name: "Logistic regression"}).waitFor();
  took("the assignment is open");
  assert.equal(await page.getByText("Nbgrader", {exact: true}).count(), 0, "it is for instructors");
  await shoot(page, "1-open");
});

test("a wrong answer is told, with a hint", async () => {
  await page.locator(".jp-Notebook .jp-Cell").first().click();
  await page.keyboard.press("Escape");
  await work("heading", "test_sigmoid", {sigmoid: WRONG});
  const said = await verdict("test_sigmoid", "0 of 3 public checks passed");
  assert.match(said, /σ must increase with z: look at the sign of the exponent/);
  took("a wrong answer, checked");
  await shoot(page, "2-wrong");
});

test("Validate names the cells that fail", async () => {
  const dialog = await validate();
  assert.match(await dialog.innerText(), /The following cell failed:\s+check\("sigmoid"\)/);
  await shoot(page, "3-not-valid");
  await dialog.getByRole("button", {name: "Ok"}).click();
  took("Validate, not valid");
});

test("a right answer passes", async () => {
  await cell("sigmoid").click({position: {x: 5, y: 5}});
  await page.keyboard.press("Escape");
  await work("sigmoid", "test_sigmoid", ANSWERS);
  await verdict("test_sigmoid", "3 of 3 public checks passed");
  took("a right answer, checked");
  await shoot(page, "4-right");
});

test("all is answered; run anew from the top, check_all lists what passes", async () => {
  await work("prose_sigmoid_derivative", "check_all", ANSWERS);
  await verdict("check_all", "worth 22 of 22 points");
  took("all answers, each checked");
  await menu("Kernel", /^Restart Kernel and Run All Cells/);
  await page.getByRole("button", {name: "Confirm Kernel Restart"}).click();
  // Counted from 1 again: what is shown is of this run.
  const last = CELLS.filter(({cell_type: kind}) => kind === "code").length;
  await cell("check_all").getByText(`[${last}]:`).waitFor();
  await verdict("check_all", "worth 22 of 22 points");
  took("Restart Kernel and Run All Cells");
  await shoot(page, "5-check-all");
});

test("saved, the notebook holds the answers", async () => {
  await page.keyboard.press("Control+S");
  await page.locator(".jp-NotebookPanel-toolbar").waitFor();
  await page.waitForFunction(() => !document.querySelector(".lm-TabBar-tab.jp-mod-dirty"));
  for (const {id, source} of saved().filter(({id}) => id in ANSWERS))
    assert.equal([source].flat().join(""), ANSWERS[id], id);
  took("saved");
});

test("Validate says so", async () => {
  const dialog = await validate();
  assert.match(await dialog.innerText(), /Success! Your notebook passes all the tests/);
  await shoot(page, "6-valid");
  await dialog.getByRole("button", {name: "Ok"}).click();
  took("Validate, valid");
});

test("a later start without a name opens what was open", async () => {
  await lab.stop();
  lab = await startLab("sh", ["start-linux.sh"], {cwd: BUNDLE});
  await page.goto(lab.address);
  await page.locator(".jp-mod-current[role=tab]", {hasText: `${NAME}.ipynb`}).waitFor();
  await idle();
  await lab.stop();
  copyFileSync(FILE, `${WORK}/handed-in/by-file/${NAME}.ipynb`);
  took("third start, what was open; handed in as a file");
});

test("on a server: fetched from the exchange and handed in there", async () => {
  const env = {...process.env, PATH: process.env.SERVER_PATH, JUPYTER_CONFIG_DIR: `${WORK}/etc`};
  lab = await startLab("jupyter", ["lab"], {cwd: `${WORK}/server`, env});
  await page.goto(lab.address);
  await menu("Nbgrader", "Assignment List");
  took("the server's Assignment List");
  await page.getByRole("button", {name: "Fetch", exact: true}).click();
  await page.getByRole("button", {name: "Submit", exact: true}).waitFor();
  await shoot(page, "7-fetched");
  assert.deepEqual(
    JSON.parse(readFileSync(`${WORK}/server/${NAME}/${NAME}.ipynb`, "utf-8")).cells.map(({id}) => id),
    CELLS.map(({id}) => id),
    "the bundle has the notebook that the exchange has"
  );
  copyFileSync(FILE, `${WORK}/server/${NAME}/${NAME}.ipynb`); // as uploaded there
  await page.getByRole("button", {name: "Submit", exact: true}).click();
  await page.getByRole("button", {name: "Fetch Feedback", exact: true}).waitFor();
  await shoot(page, "8-submitted");
  took("fetched, and submitted to the exchange");
});
