// An assignment in the browser, with all of Pyodide that it needs. Run by `run`, if it is given such a folder.

import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {notebook, open, runTo, shot, write} from "./browser.js";

const RIGHT = `def softmax(Z):
    Z = np.asarray(Z, dtype=float)
    exponentials = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)`;
const WRONG = `def softmax(Z):
    return np.exp(Z) / np.exp(Z).sum()`;

let opened;

before(async () => {
  opened = await open();
});
after(async () => {
  await opened?.close();
});

test("a reader answers an exercise and is told at once", {timeout: 400_000}, async () => {
  const page = await notebook(opened, "assignments/softmax_regression.ipynb");
  await runTo(page, "def softmax(Z)");
  await write(page, WRONG);
  await page.keyboard.press("Shift+Enter");
  const check = await runTo(page, 'check("softmax")');
  const output = page.locator(".jp-Notebook-cell", {hasText: 'check("softmax")'}).last();
  await page.keyboard.press("Shift+Enter");
  await output.getByText("✗ failed").first().waitFor();
  await shot(page, "wrong");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await write(page, RIGHT);
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Shift+Enter");
  await output.getByText("✓ passed").first().waitFor();
  assert.equal(await output.getByText("✗ failed").count(), 0);
  await shot(page, "right");
  await page.close();
});

test("a lecture runs from top to bottom without an error, and draws its pictures", {timeout: 400_000}, async () => {
  const page = await notebook(opened, "lectures/4_generalized_linear_models.ipynb");
  await page.getByRole("menuitem", {name: "Run", exact: true}).click();
  await page.getByRole("menuitem", {name: "Run All Cells", exact: true}).click();
  await page.locator(".quiz").first().waitFor({timeout: 300_000});
  assert.equal(await page.locator("[data-mime-type='application/vnd.jupyter.error']").count(), 0);
  assert.ok((await page.locator(".jp-OutputArea-output img").count()) > 0);
  await shot(page, "lecture");
  await page.close();
});

test("nothing is asked of anybody but Pyodide's CDN", () => {
  assert.ok([...opened.asked].some((name) => name.startsWith("numpy-")));
  assert.deepEqual([...opened.refused], []);
});
