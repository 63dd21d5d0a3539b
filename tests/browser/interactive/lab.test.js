// The figures as outputs in JupyterLab, and their versions with ipywidgets. Run by `run`.

import assert from "node:assert/strict";
import {mkdirSync, rmSync, writeFileSync} from "node:fs";
import {after, before, test} from "node:test";
import {launch} from "./chromium.js";
import {addressOf, startLabIn} from "./jupyterlab.js";

const FOLDER = new URL("lab/", import.meta.url).pathname;
const CELLS = [
  "from glm2mlp import interactive\nfrom glm2mlp.interactive import widgets",
  "interactive.sigmoid_curve()",
  "interactive.network_trainer()",
  "widgets.sigmoid_curve()",
  "widgets.softmax_bars()",
  "widgets.normal_variance()",
];

let lab, browser;

before(async () => {
  rmSync(FOLDER, {recursive: true, force: true});
  mkdirSync(FOLDER, {recursive: true});
  const cells = CELLS.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const kernel = {kernelspec: {display_name: "Python 3", language: "python", name: "python3"}};
  const notebook = {cells, metadata: kernel, nbformat: 4, nbformat_minor: 5};
  writeFileSync(`${FOLDER}figures.ipynb`, JSON.stringify(notebook));
  lab = await startLabIn(FOLDER);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await lab?.stop();
});

test("figures and widgets in JupyterLab, light and dark", {timeout: 180_000}, async () => {
  const page = await browser.newPage({viewport: {width: 1300, height: 4200}});
  page.setDefaultTimeout(60_000);
  await page.goto(addressOf(lab, "figures.ipynb"));
  await page.getByText("Python 3 (ipykernel) | Idle").waitFor();
  await page.getByRole("menuitem", {name: "Run", exact: true}).click();
  await page.getByText("Run All Cells", {exact: true}).click();

  const sigmoid = page.locator("[data-figure=sigmoid_curve]");
  const weight = sigmoid.getByRole("slider", {name: "weight w"});
  await weight.focus();
  for (let i = 0; i < 5; i++) await weight.press("ArrowRight");
  assert.equal(await sigmoid.locator("[data-name=slope]").textContent(), "0.375");

  const trainer = page.locator("[data-figure=network_trainer]");
  await trainer.getByRole("button", {name: "Step"}).press("Enter");
  assert.equal(await trainer.locator("[data-name=epoch]").textContent(), "1");

  // Each slider of each widget, by keyboard; the kernel draws anew and says what it drew.
  const widgets = page.locator(".jp-OutputArea-output .widget-vbox");
  for (const [i, first, ...moved] of [
    [0, "for w = 1.00 and b = 0.00", "for w = 1.10 and b = 0.00", "for w = 1.10 and b = 0.10"],
    [1, "temperature 1.00 and shift 0.0", "temperature 1.12 and shift 0.0", "temperature 1.12 and shift 0.1"],
    [2, "slope 0.20 with ribbons of one and two standard deviations, 1.00",
      "slope 0.20 with ribbons of one and two standard deviations, 1.06",
      "slope 0.30 with ribbons of one and two standard deviations, 1.06"],
  ]) {
    const widget = widgets.nth(i);
    await widget.getByAltText(first).waitFor();
    for (const [k, told] of moved.entries()) {
      await widget.locator(".noUi-handle").nth(k).focus();
      await page.keyboard.press("ArrowRight");
      await widget.getByAltText(told).waitFor();
    }
  }
  await page.screenshot({path: `${FOLDER}light.png`});

  const ink = () => sigmoid.locator("figcaption").evaluate((node) => getComputedStyle(node).color);
  const before = await ink();
  await page.getByRole("menuitem", {name: "Settings", exact: true}).click();
  await page.getByText("Theme", {exact: true}).hover();
  await page.getByText("JupyterLab Dark", {exact: true}).click();
  await page.locator("body[data-jp-theme-light=false]").waitFor({state: "attached"});
  await page.waitForTimeout(500);
  assert.notEqual(await ink(), before);
  await page.screenshot({path: `${FOLDER}dark.png`});
  await page.close();
});
