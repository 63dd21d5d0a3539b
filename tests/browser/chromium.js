// The system's Chromium, and what is asked of any page in it.

import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {chromium} from "playwright-core";

export const launch = () =>
  chromium.launch({executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"]});

// A page, with what it asks for besides itself, and what fails in it.
export async function open(browser, address, options) {
  const page = await browser.newPage(options);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => page.faults.push(message.text()));
  page.on("request", (request) => {
    if (request.url() !== address) page.faults.push(request.url());
  });
  await page.goto(address);
  return page;
}

export async function close(page) {
  assert.deepEqual(page.faults, []);
  await page.close();
}

// How much wider than the page, or than one of these boxes, its content is.
export const excess = (page, boxes = "html") =>
  page.evaluate(
    (boxes) =>
      [...document.querySelectorAll(boxes)]
        .map((box) => box.scrollWidth - box.clientWidth)
        .find((more) => more > 0) ?? 0,
    boxes
  );

export const unfold = (page) =>
  page.locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));

// axe comes in by the test; past a page's own rule against scripts only if it was opened with bypassCSP.
export async function loadAxe(page) {
  await page.evaluate(readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8"));
}

// axe finds nothing, and had something to check for each of these rules.
export async function assertAccessible(page, rules) {
  await loadAxe(page);
  const {violations, passes} = await page.evaluate(() =>
    axe.run({rules: {"target-size": {enabled: true}}})
  );
  assert.deepEqual(
    violations.map(({id, nodes}) => [page.viewportSize(), id, nodes.map((node) => node.target)]),
    []
  );
  const checked = new Set(passes.map(({id}) => id));
  for (const rule of rules) assert.ok(checked.has(rule), `axe had nothing to check for ${rule}`);
}

// Made ready for paper, the page is dark on white, no wider than the paper, and becomes a PDF.
export async function assertPrintable(page) {
  await page.emulateMedia({media: "print", colorScheme: "light"});
  assert.equal(await excess(page), 0);
  const colours = await page.evaluate(() => {
    const {color, backgroundColor} = getComputedStyle(document.body);
    return [color, backgroundColor];
  });
  assert.deepEqual(colours, ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  assert.ok((await page.pdf({format: "A4"})).length > 10_000);
}
