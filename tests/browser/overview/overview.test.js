// The overview of the sample class and of one of five thousand in a real browser: axe, no request, no script
// needed, pictures that are there to see, by keyboard, on a phone, in the dark, on paper. Run by `run`.

import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {after, before, test} from "node:test";
import {assertAccessible, assertPrintable, close, excess, launch, open, unfold} from "./chromium.js";

const LOOKS = {
  "desktop, light": {viewport: {width: 1100, height: 900}, colorScheme: "light"},
  "desktop, dark": {viewport: {width: 1100, height: 900}, colorScheme: "dark"},
  "phone, light": {viewport: {width: 360, height: 700}, colorScheme: "light"},
  "phone, dark": {viewport: {width: 360, height: 700}, colorScheme: "dark"},
};
const PAGES = ["sample", "large"];
const MOST_BYTES = 150_000; // of one assignment, however many students

const address = (name) => new URL(`${name}.html`, import.meta.url).href;

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const show = (name, options) => open(browser, address(name), options);

for (const name of PAGES) {
  for (const [look, options] of Object.entries(LOOKS)) {
    test(`axe finds nothing, and nothing is wider than the page: ${name}, ${look}`, async () => {
      // axe comes in by the test, past the page's own rule against scripts.
      const page = await show(name, {...options, bypassCSP: true});
      await unfold(page);
      await assertAccessible(page, ["color-contrast", "html-has-lang", "heading-order", "landmark-unique"]);
      assert.equal(await excess(page), 0);
      await close(page);
    });
  }

  test(`pictures take room without a script, and are named: ${name}`, async () => {
    const page = await browser.newPage({...LOOKS["phone, dark"], javaScriptEnabled: false});
    await page.goto(address(name));
    const assignments = await page.locator("section.assignment").count();
    assert.equal(await page.locator("figure svg[role=img]").count(), assignments);
    for (const label of await page.locator("figure svg").evaluateAll((all) => all.map((one) => one.ariaLabel))) {
      assert.match(label, /^Histogram\. .*Median \d/);
    }
    const bars = await page
      .locator("svg.share")
      .evaluateAll((all) => all.map((one) => [one.getBoundingClientRect(), one.nextElementSibling.textContent]));
    assert.ok(bars.length > 10 * assignments);
    for (const [{width, height}, words] of bars) {
      assert.ok(width > 200 && height > 10, `${words} is ${width} by ${height}`);
      assert.match(words, /\d+ (%|students?)/);
    }
    await page.close();
  });

  test(`pictures come before tables, in every assignment: ${name}`, async () => {
    const page = await show(name, LOOKS["desktop, light"]);
    const order = await page.locator("section.assignment").evaluateAll((all) =>
      all.map((one) => [...one.querySelectorAll("figure, .rows, table")].map((part) => part.localName).join(" "))
    );
    for (const parts of order) assert.match(parts, /^figure ul (ul )?(table ?)+$/);
    await close(page);
  });

  test(`on paper: dark on white, no wider than the paper: ${name}`, async () => {
    const page = await show(name, {viewport: {width: 700, height: 900}, colorScheme: "dark"});
    await assertPrintable(page);
    await close(page);
  });
}

test("the page of five thousand is short", async () => {
  const html = readFileSync(new URL(address("large")), "utf8");
  assert.ok(html.length < MOST_BYTES, `${html.length} characters`);
  const page = await show("large", LOOKS["desktop, light"]);
  const tile = page.locator(".tiles dd").first();
  assert.ok(Number(await tile.innerText()) > 4800);
  await close(page);
});

test("by keyboard: past the head, to an assignment, to an example", async () => {
  const page = await show("sample", LOOKS["desktop, light"]);
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "To the assignments");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Logistic regression");
  const first = page.locator(".confusions details").first();
  await first.locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.ok(await first.locator("pre").isVisible());
  await close(page);
});
