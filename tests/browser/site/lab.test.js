// A lecture in JupyterLab: it runs, its blocks are quotations, its quiz has formulas and answers. Run by `run`.

import assert from "node:assert/strict";
import {cpSync, mkdirSync, rmSync} from "node:fs";
import {after, before, test} from "node:test";
import {launch} from "./chromium.js";
import {addressOf, startLabIn} from "./jupyterlab.js";

const FOLDER = new URL("lab/", import.meta.url).pathname;
const NAME = "1_logistic_regression.ipynb";

let lab, browser;

before(async () => {
  rmSync(FOLDER, {recursive: true, force: true});
  mkdirSync(FOLDER, {recursive: true});
  cpSync(`${process.env.SITE}/downloads/lectures/${NAME}`, FOLDER + NAME);
  lab = await startLabIn(FOLDER);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await lab?.stop();
});

test("a lecture in JupyterLab", {timeout: 240_000}, async () => {
  const page = await browser.newPage({viewport: {width: 1300, height: 1400}});
  page.setDefaultTimeout(90_000);
  await page.goto(addressOf(lab, NAME));
  await page.getByText("Python 3 (ipykernel) | Idle").waitFor();
  const definition = page.locator("blockquote", {hasText: "Definition (Sigmoid)."});
  await definition.locator("mjx-container").first().waitFor();
  assert.equal(await page.getByText(/:::|\{prf:/).count(), 0);

  await page.getByRole("menuitem", {name: "Run", exact: true}).click();
  await page.getByRole("menuitem", {name: "Run All Cells", exact: true}).click();
  const quiz = page.locator(".quiz").first();
  await quiz.scrollIntoViewIfNeeded();
  assert.equal(await page.locator(".jp-OutputArea-output[data-mime-type*=stderr]").count(), 0);

  const question = quiz.locator("fieldset").nth(1);
  await question.locator("mjx-container").first().waitFor();
  await question.getByRole("radio").nth(2).click();
  const reason = question.locator(".reasons > p:visible");
  assert.equal(await reason.count(), 1);
  assert.match(await reason.textContent(), /^✓ Right\./);
  if (process.env.SHOTS) await page.screenshot({path: `${process.env.SHOTS}/lab.png`});
});
