// Each figure in a real browser: moved by keyboard, its numbers compared with the reference's; axe; no
// request. Run by `run`.

import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {after, before, test} from "node:test";
import {assertAccessible, close, excess, launch, open} from "./chromium.js";

const PAGES = new URL("./", import.meta.url);
const EXPECTED = JSON.parse(readFileSync(new URL("expected.json", PAGES), "utf8"));
const SIZES = {desktop: {width: 1280, height: 900}, phone: {width: 375, height: 700}};

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

// A page of figures.
const show = ({theme = "light", size = "desktop", reducedMotion = "no-preference"} = {}) =>
  open(browser, new URL(`${theme}.html`, PAGES).href, {viewport: SIZES[size], reducedMotion});

const figure = (page, name, copy = "first") =>
  page.getByLabel(copy, {exact: true}).locator(`[data-figure=${name}]`);

async function press(locator, key, times = 1) {
  await locator.focus();
  for (let i = 0; i < times; i++) await locator.press(key);
}

async function numbers(shown) {
  const texts = await shown
    .locator("[data-name]")
    .evaluateAll((all) => all.map((b) => [b.dataset.name, b.textContent]));
  return Object.fromEntries(texts);
}

// What is written is the expected number, rounded to as many digits.
function assertShows(texts, expected) {
  assert.deepEqual(Object.keys(texts).sort(), Object.keys(expected).sort());
  for (const [name, text] of Object.entries(texts)) {
    const plain = text.replace("−", "-").replace(" %", "");
    const digits = (plain.split(".")[1] ?? "").length;
    const error = Math.abs(Number(plain) - expected[name]);
    assert.ok(error <= 0.501 * 10 ** -digits, `${name}: ${text} is written, ${expected[name]} expected`);
  }
}

for (const theme of ["light", "dark"]) {
  for (const size of Object.keys(SIZES)) {
    test(`axe finds nothing, and nothing is wider than the page: ${theme}, ${size}`, async () => {
      const page = await show({theme, size});
      await figure(page, "network_trainer").getByRole("button", {name: "Step"}).click();
      await assertAccessible(page, ["color-contrast", "label", "svg-img-alt", "target-size"]);
      assert.equal(await excess(page), 0);
      await close(page);
    });
  }
}

test("the sigmoid by keyboard", async () => {
  const page = await show();
  const shown = figure(page, "sigmoid_curve");
  await press(shown.getByRole("slider", {name: "weight w"}), "ArrowRight", 5);
  await press(shown.getByRole("slider", {name: "bias b"}), "ArrowLeft", 3);
  assertShows(await numbers(shown), EXPECTED.sigmoid);
  const text = await shown.getByRole("img").getAttribute("aria-label");
  assert.match(text, /w = 1\.50 and b = −0\.30: it is ½ at x = 0\.20/);
  const other = await numbers(figure(page, "sigmoid_curve", "second"));
  assert.equal(other.boundary, "0.00", "the second figure of the page moved too");
  await press(shown.getByRole("slider", {name: "weight w"}), "ArrowLeft", 15);
  const flat = await numbers(shown);
  assert.equal(flat.boundary, "none");
  await close(page);
});

test("softmax by keyboard", async () => {
  const page = await show();
  const shown = figure(page, "softmax_bars");
  await press(shown.getByRole("slider", {name: "temperature"}), "ArrowLeft", 6);
  const unshifted = await numbers(shown);
  assertShows(unshifted, EXPECTED.softmax);
  await press(shown.getByRole("slider", {name: "shift"}), "ArrowRight", 4);
  assert.deepEqual(await numbers(shown), unshifted);
  const logits = await shown.getByRole("img").first().getAttribute("aria-label");
  assert.match(logits, /: 6\.0, 4\.0, 2\.0, 0\.0\./);
  await close(page);
});

test("the variance by keyboard", async () => {
  const page = await show();
  const shown = figure(page, "normal_variance");
  await press(shown.getByRole("slider", {name: "variance"}), "ArrowRight", 10);
  await press(shown.getByRole("slider", {name: "slope"}), "ArrowLeft", 2);
  assertShows(await numbers(shown), EXPECTED.normal);
  await close(page);
});

test("the segment by keyboard and by pointer", async () => {
  const page = await show();
  const shown = figure(page, "convex_segment");
  const status = shown.getByRole("status").last();
  const A = shown.getByRole("slider", {name: "end A"});
  assert.match(await status.textContent(), /class 0, and so does the whole segment/);
  await press(shown.getByLabel("model"), "ArrowDown");
  assert.match(await status.textContent(), /class 0, but between them the segment meets class 1: .* not convex/);

  await press(shown.getByRole("slider", {name: "u"}), "End");
  assert.deepEqual(await numbers(shown), {point: "(−2.0, −0.6)", winner: "0"});
  await press(A, "ArrowUp", 8);
  await press(A, "ArrowRight", 3);
  assert.equal(await A.getAttribute("aria-valuetext"), "(−1.7, 0.2), class 1");
  assert.deepEqual(await numbers(shown), {point: "(−1.7, 0.2)", winner: "1"});
  assert.match(await status.textContent(), /^A lies in the region of class 1, B in that of class 0/);

  const box = await A.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 400, y + 400, {steps: 5});
  await page.mouse.up();
  assert.equal(await A.getAttribute("aria-valuetext"), "(−3.0, −3.0), class 0");
  await page.mouse.move(x, y);
  assert.equal(await A.getAttribute("aria-valuetext"), "(−3.0, −3.0), class 0");
  const other = figure(page, "convex_segment", "second").getByRole("slider", {name: "end A"});
  assert.equal(await other.getAttribute("aria-valuetext"), "(−2.0, −0.6), class 0");
  await close(page);
});

for (const [how, rate] of [
  ["lecture", "0.1"],
  ["zero", "0.1"],
  ["large", "3"],
]) {
  test(`three steps of the trainer are the reference's: ${how}, ${rate}`, async () => {
    const page = await show();
    const shown = figure(page, "network_trainer");
    await shown.getByLabel("initial weights").selectOption(how);
    await shown.getByLabel("learning rate").selectOption(rate);
    await press(shown.getByRole("button", {name: "Step"}), "Enter", 3);
    assertShows(await numbers(shown), EXPECTED.trainer[how]);
    await press(shown.getByRole("button", {name: "Reset"}), "Space");
    assert.equal((await numbers(shown)).epoch, "0");
    await press(shown.getByRole("button", {name: "Step"}), "Enter", 3);
    assertShows(await numbers(shown), EXPECTED.trainer[how]);
    await close(page);
  });
}

test("the trainer starts, learns, pauses, and leaves the other one alone", async () => {
  const page = await show();
  const shown = figure(page, "network_trainer");
  const epoch = shown.locator("[data-name=epoch]");
  await press(shown.getByRole("button", {name: "Start"}), "Enter");
  await page.waitForFunction((node) => Number(node.textContent) >= 60, await epoch.elementHandle());
  await press(shown.getByRole("button", {name: "Pause"}), "Enter");
  const stopped = await numbers(shown);
  await page.waitForTimeout(300);
  assert.deepEqual(await numbers(shown), stopped);
  assert.equal(stopped.accuracy, "100.0 %");
  const spoken = await shown.getByRole("status").allTextContents();
  assert.ok(spoken.some((text) => text.startsWith(`epoch ${stopped.epoch}, mean NLL`)));
  assert.equal((await numbers(figure(page, "network_trainer", "second"))).epoch, "0");
  await close(page);
});

test("every choice of the trainer works by keyboard, and each begins anew", async () => {
  const page = await show();
  const shown = figure(page, "network_trainer");
  const step = shown.getByRole("button", {name: "Step"});
  const seen = new Set();
  for (const [label, key] of [
    ["data", "ArrowDown"],
    ["hidden activation", "ArrowUp"],
    ["hidden units", "ArrowLeft"],
    ["initial weights", "ArrowDown"],
    ["seed", "ArrowUp"],
  ]) {
    await press(step, "Enter");
    await press(shown.getByLabel(label), key);
    if (label === "seed") await shown.getByLabel(label).press("Tab");
    const now = await numbers(shown);
    assert.equal(now.epoch, "0", `${label} does not begin anew`);
    seen.add(now.loss);
  }
  assert.equal(seen.size, 5, "a choice changed nothing");
  assert.equal((await numbers(shown)).dead, "–");
  await close(page);
});

test("a rate that is far too high is told in words", async () => {
  const page = await show();
  const shown = figure(page, "network_trainer");
  await shown.getByLabel("hidden activation").selectOption("identity");
  await shown.getByLabel("initial weights").selectOption("large");
  await shown.getByLabel("learning rate").selectOption("10");
  const step = shown.getByRole("button", {name: "Step"});
  for (let i = 0; i < 40 && (await numbers(shown)).loss !== "overflow"; i++) await step.click();
  assert.ok((await shown.getByRole("status").allTextContents()).join().includes("overflowed"));
  await close(page);
});

test("with reduced motion there is no animation", async () => {
  const page = await show({reducedMotion: "reduce"});
  const shown = figure(page, "network_trainer");
  const button = shown.getByRole("button", {name: "Train 50 epochs"});
  await press(button, "Enter", 2);
  assert.equal((await numbers(shown)).epoch, "100");
  await page.waitForTimeout(300);
  assert.equal((await numbers(shown)).epoch, "100");
  await close(page);
});
