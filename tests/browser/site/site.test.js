// The site in a real browser: axe on every page, nothing from elsewhere, the quiz by keyboard and without
// scripts, search, print. Run by `run`.

import assert from "node:assert/strict";
import {createReadStream, existsSync, readdirSync, statSync} from "node:fs";
import {createServer} from "node:http";
import {extname, join, normalize} from "node:path";
import {after, before, test} from "node:test";
import {launch, loadAxe} from "./chromium.js";

const SITE = process.env.SITE;
const SIZES = {desktop: {width: 1280, height: 900}, phone: {width: 390, height: 800}};
const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const PART = process.env.PART ?? ""; // test the pages of this folder only
const PAGES = readdirSync(SITE, {recursive: true})
  .filter((name) => name.endsWith(".html") && name.startsWith(PART))
  .sort();
const LECTURES = PAGES.filter((name) => /^lectures\/\d_/.test(name));

let browser, server, home;
before(async () => {
  server = createServer((request, response) => {
    const file = join(SITE, normalize(decodeURI(new URL(request.url, "http://x").pathname)));
    if (!file.startsWith(SITE) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {"content-type": TYPES[extname(file)] ?? "application/octet-stream"});
    createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  home = `http://127.0.0.1:${server.address().port}/`;
  browser = await launch();
});
after(async () => {
  await browser.close();
  server.close();
});

// Open a page; what it asks for from elsewhere, what is missing and what fails are its faults.
async function open(name, options = {}) {
  const context = await browser.newContext({viewport: SIZES.desktop, ...options});
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.faults.push(message.text());
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !url.startsWith("data:")) page.faults.push(url);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) page.faults.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(home + name);
  return page;
}

async function close(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

test("there are pages, and lectures among them", () => {
  assert.ok(PAGES.length >= (PART ? 10 : 40));
  assert.equal(LECTURES.length, PART ? 0 : 6);
});

// The boxes that draw a formula are many, hidden from screen readers, and alike in all ways to look at a page.
const ALL = {};
const NO_FORMULA_BOXES = {exclude: [[".katex-html"]]};

for (const name of PAGES) {
  test(`axe finds nothing, and nothing is too wide: ${name}`, async () => {
    const page = await open(name);
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    await page.addStyleTag({content: "* { transition: none !important; animation: none !important; }"}); // no colour half-way
    await loadAxe(page);
    let part = ALL;
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({colorScheme});
        await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme);
        const {violations} = await page.evaluate(
          (context) => axe.run({include: [["html"]], ...context}, {resultTypes: ["violations"]}),
          part,
        );
        part = NO_FORMULA_BOXES;
        const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 2)}`);
        assert.deepEqual(found, [], `${size}, ${colorScheme}`);
      }
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(width, viewport.width, size);
    }
    await close(page);
  });
}

test("the dark theme is dark", async () => {
  const page = await open("index.html", {colorScheme: "dark"});
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const [r, g, b] = colour.match(/\d+/g).map(Number);
  assert.ok(r + g + b < 150, colour);
  await close(page);
});

// The question's reasons that can be seen.
const reasons = (question) =>
  question.locator(".reasons > p").evaluateAll((all) =>
    all.filter((p) => getComputedStyle(p).display !== "none").map((p) => p.textContent.trim()));

for (const lecture of LECTURES) {
  test(`the quiz is answered by keyboard: ${lecture}`, async () => {
    const page = await open(lecture);
    const questions = page.locator(".quiz fieldset");
    const count = await questions.count();
    assert.ok(count >= 5);
    for (let i = 0; i < count; i++) {
      const question = questions.nth(i);
      const choices = question.getByRole("radio");
      assert.deepEqual(await reasons(question), []);
      // Tab from just before the question leads to its first choice; an arrow goes on.
      await choices.first().focus();
      await page.keyboard.press("Space");
      const seen = [];
      for (let k = 0; k < (await choices.count()); k++) {
        assert.ok(await choices.nth(k).isChecked());
        const [reason, ...others] = await reasons(question);
        assert.deepEqual(others, []);
        seen.push(reason);
        await page.keyboard.press("ArrowDown");
      }
      assert.equal(new Set(seen).size, seen.length);
      assert.equal(seen.filter((text) => text.startsWith("✓ Right.")).length, 1);
    }
    await close(page);
  });

  test(`Tab goes from question to question: ${lecture}`, async () => {
    const page = await open(lecture);
    const radios = page.locator(".quiz fieldset input:first-of-type");
    await radios.first().focus();
    for (let i = 1; i < (await radios.count()); i++) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => document.activeElement.name);
      assert.equal(name, await radios.nth(i).getAttribute("name"));
    }
    await close(page);
  });

  test(`without scripts there are formulas and quiz: ${lecture}`, async () => {
    const page = await open(lecture, {javaScriptEnabled: false});
    assert.ok((await page.locator(".katex").count()) > 20);
    const question = page.locator(".quiz fieldset").first();
    await question.locator("label").first().click();
    assert.equal(await question.locator(".reasons > p:visible").count(), 1);
    await close(page);
  });

  test(`printed, model answers are open and menus are gone: ${lecture}`, async () => {
    const page = await open(lecture);
    await page.emulateMedia({media: "print"});
    const answers = page.locator("details:not(.hide)");
    assert.ok((await answers.count()) > 0);
    for (const answer of await answers.all()) {
      assert.ok((await answer.locator("p, .math-block").first().boundingBox()).height > 0);
    }
    for (const menu of ["#pst-header", "#pst-primary-sidebar", "#pst-secondary-sidebar"]) {
      assert.ok(!(await page.locator(menu).isVisible()), menu);
    }
    const box = await page.locator(".bd-article").boundingBox();
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(box.y + box.height <= height + 1); // nothing is cut off below
    await close(page);
  });

  test(`formulas carry MathML, and none is red: ${lecture}`, async () => {
    const page = await open(lecture);
    const formulas = await page.locator(".katex").count();
    assert.equal(await page.locator(".katex math").count(), formulas);
    assert.equal(await page.locator(".katex-error").count(), 0);
    assert.ok(!/\$[^$]+\$|\\\(/.test(await page.locator(".bd-article").innerText()));
    await close(page);
  });
}

test("search finds a lecture by a word of its text", async () => {
  const page = await open("search.html?q=logit");
  const results = page.locator("#search-results li a");
  await results.first().waitFor();
  const found = await results.evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  assert.ok(found.some((href) => href.includes("lectures/1_logistic_regression.html")));
  await close(page);
});
