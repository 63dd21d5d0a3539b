// The course in the browser, with Pyodide's core: pages, kernel, the student package's wheel. Run by `run`.

import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {notebook, open, runTo, shot, write} from "./browser.js";

let opened;

before(async () => {
  opened = await open();
});
after(async () => {
  await opened?.close();
});

test("the front page leads to a lecture", {timeout: 120_000}, async () => {
  const page = await opened.context.newPage();
  await page.goto(opened.address);
  await page.getByRole("heading", {name: "The course in your browser"}).waitFor();
  await shot(page, "start");
  await page.getByRole("link", {name: "3 Softmax regression"}).click();
  await page.getByText("%pip install -q glm2mlp").waitFor();
  await page.close();
});

test("the kernel starts, and finds the student package in the folder", {timeout: 240_000}, async () => {
  const page = await notebook(opened, "lectures/1_logistic_regression.ipynb");
  await runTo(page, "%pip install -q glm2mlp");
  // Without its dependencies, which are compiled.
  await write(
    page,
    "import piplite, sys\n" +
      "await piplite.install('glm2mlp', deps=False)\n" +
      "from glm2mlp import quiz\n" +
      "print('on', sys.platform)\n" +
      "quiz.show('1_logistic_regression')"
  );
  await page.keyboard.press("Shift+Enter");
  await page.getByText("on emscripten").waitFor();
  const question = page.locator(".quiz").first();
  await question.scrollIntoViewIfNeeded();
  await question.getByRole("radio").first().click();
  await question.getByText(/✓ Right|✗ Not this one/).first().waitFor();
  await shot(page, "quiz");
  await page.close();
});

test("what a reader writes is there again after a reload", {timeout: 240_000}, async () => {
  const page = await notebook(opened, "assignments/logistic_regression.ipynb");
  await runTo(page, "%pip install -q glm2mlp");
  await write(page, "print('kept by the browser')");
  await page.keyboard.press("Control+s");
  await page.getByText("Saving completed").waitFor();
  await page.close();
  const again = await notebook(opened, "assignments/logistic_regression.ipynb");
  await again.getByText("print('kept by the browser')").waitFor();
  await again.close();
});

test("nothing is asked of anybody but Pyodide's CDN", () => {
  assert.ok(opened.asked.has("pyodide.js") && opened.asked.has("pyodide.asm.wasm"));
  assert.deepEqual([...opened.refused], []);
});
