// Feedback pages of the sample class in a real browser: axe, no request, no script needed, formulas and plots
// that are there to see, by keyboard, on a phone, in the dark, on paper. Run by `run`.

import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {after, before, test} from "node:test";
import {pathToFileURL} from "node:url";
import {assertAccessible, assertPrintable, close, excess, launch, open, unfold} from "./chromium.js";

const LOOKS = {
  desktop: {viewport: {width: 1000, height: 800}, colorScheme: "light"},
  phone: {viewport: {width: 360, height: 700}, colorScheme: "dark"},
};
// Mistakes of every kind: signs, means, axes, numbers, randomness, aliasing, formulas, letters, hostile ones,
// unreadable ones, mended ones, and full points.
const PAGES = `
  s01_ada/softmax_regression s05_emil/logistic_regression s06_fatma/multilayer_perceptron
  s07_goran/generalized_linear_models s10_jana/mse_as_mle s12_mallory/logistic_regression
  s12_mallory/softmax_regression s13_lena/softmax_regression s14_marek/mse_as_mle
  s14_marek/softmax_regression s15_nadia/multilayer_perceptron s16_otto/multilayer_perceptron
  s16_otto/softmax_regression s17_pavla/logistic_regression s18_quentin/generalized_linear_models
  s19_rosa/multilayer_perceptron s20_samir/mse_as_mle s21_tereza/softmax_regression
  s22_uma/multilayer_perceptron s14_marek/what_went_wrong`.trim().split(/\s+/);

function address(page) {
  const [student, assignment] = page.split("/");
  return pathToFileURL(`${process.env.FEEDBACK}/${student}/${assignment}/${assignment}.html`).href;
}

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const show = (name, options) => open(browser, address(name), options);

for (const name of PAGES) {
  test(`axe finds nothing, and nothing is wider than the page: ${name}`, async () => {
    for (const [look, options] of Object.entries(LOOKS)) {
      // axe comes in by the test, past the page's own rule against scripts.
      const page = await show(name, {...options, bypassCSP: true});
      await unfold(page);
      await assertAccessible(page, ["color-contrast", "html-has-lang", "heading-order", "landmark-one-main"]);
      assert.equal(await excess(page, "html, nav .wide"), 0, look);
      await close(page);
    }
  });
}

test("every formula and every plot takes room, without a script", async () => {
  let seen = 0;
  for (const name of PAGES) {
    const page = await browser.newPage({...LOOKS.phone, javaScriptEnabled: false});
    await page.goto(address(name));
    const parts = await page.locator("math, figure > svg").evaluateAll((all) => {
      document.querySelectorAll("details").forEach((one) => (one.open = true));
      return all.map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 200)]);
    });
    for (const [{width, height}, text] of parts) {
      assert.ok(width > 3 && height > 5, `${name}: ${text} is ${width} by ${height}`);
      seen += 1;
    }
    await page.close();
  }
  assert.ok(seen > 300, `only ${seen} were looked at`);
});

test("a plot is named, described below, and its lines are told apart without colour", async () => {
  const page = await show("s06_fatma/logistic_regression", LOOKS.desktop);
  const plots = page.locator("figure");
  assert.ok((await plots.count()) > 0);
  for (const plot of await plots.all()) {
    const label = await plot.locator("svg[role=img]").getAttribute("aria-label");
    assert.match(label, /^Plot\. /);
    assert.ok((await plot.locator("figcaption").innerText()).length > 40);
    assert.match(await plot.locator(".legend").innerText(), /yours\s+right/);
    const dashes = await plot
      .locator("svg[role=img] polyline")
      .evaluateAll((all) => all.map((one) => [one.getAttribute("class"), getComputedStyle(one).strokeDasharray]));
    for (const [kind, dash] of dashes) assert.equal(dash === "none", kind === "yours");
  }
  await close(page);
});

test("by keyboard: past the head, to an exercise, to what was asked", async () => {
  const page = await show("s14_marek/softmax_regression", LOOKS.desktop);
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "To the exercises");
  assert.ok(await page.locator(".skip").isVisible());
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "softmax");
  const first = page.locator("details").first();
  await first.locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.ok(await first.locator("math").first().isVisible());
  await close(page);
});

test("the page itself forbids scripts", async () => {
  const html = readFileSync(new URL(address(PAGES[0])), "utf8");
  const script = '<script>document.title = "taken"</script></main>';
  const taken = async (text) => {
    const page = await browser.newPage();
    await page.setContent(text.replace("</main>", script));
    const title = await page.title();
    await page.close();
    return title === "taken";
  };
  assert.equal(await taken(html), false);
  assert.equal(await taken(html.replace(/<meta http-equiv[^>]*>/, "")), true, "it would have run");
});

test("on paper: dark on white, nothing folded, no wider than the paper", async () => {
  const page = await show("s16_otto/softmax_regression", {viewport: {width: 700, height: 900}, colorScheme: "dark"});
  await assertPrintable(page);
  assert.equal(await page.locator("details").first().isVisible(), false);
  await close(page);
});
