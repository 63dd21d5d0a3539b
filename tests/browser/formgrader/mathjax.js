// The real MathJax from npm in place of the CDN, and what it knows.

import {existsSync, readFileSync} from "node:fs";

const FOLDER = new URL("node_modules/mathjax/", import.meta.url).pathname;
const TYPES = {js: "text/javascript", json: "application/json", woff: "font/woff", otf: "font/otf"};

// Serve it to all pages of a context; no other request leaves them. Returns the addresses that pages ask for.
export async function serveMathJax(context) {
  await context.route("https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/**", (route) => {
    const path = new URL(route.request().url()).pathname.replace("/ajax/libs/mathjax/2.7.7/", "");
    const file = `${FOLDER}${path}`;
    if (!existsSync(file)) return route.fulfill({status: 404});
    const contentType = TYPES[path.split(".").pop()] ?? "application/octet-stream";
    return route.fulfill({body: readFileSync(file), contentType, headers: {"Access-Control-Allow-Origin": "*"}});
  });
  // Stock pages ask for the newest version first.
  await context.route("https://api.cdnjs.com/**", (route) =>
    route.fulfill({json: {version: "2.7.7"}, headers: {"Access-Control-Allow-Origin": "*"}})
  );
}

// Wait until all that a page has for MathJax is typeset; returns how many formulas came of it.
export async function typeset(page) {
  await page.waitForFunction(() => window.MathJax?.isReady);
  await page.evaluate(() => new Promise((done) => MathJax.Hub.Queue(done)));
  await page.waitForLoadState("networkidle");
  return page.locator(".mjx-chtml").count();
}

// The tables of MathJax's TeX, with all extensions: names of commands, of environments, of delimiters.
export async function tables(page) {
  const extensions = [
    ..."AMScd AMSmath AMSsymbols HTML action autobold autoload-all bbox begingroup boldsymbol cancel".split(" "),
    ..."color enclose extpfeil mathchoice mediawiki-texvc mhchem newcommand unicode verb".split(" "),
  ];
  return page.evaluate(async (extensions) => {
    for (const name of extensions) {
      await new Promise((done) => MathJax.Hub.Queue(["Require", MathJax.Ajax, `[MathJax]/extensions/TeX/${name}.js`], done));
    }
    const {macros, environment, delimiter, special, ...letters} = MathJax.InputJax.TeX.Definitions;
    const signs = ["mathchar0mi", "mathchar0mo", "mathchar7"].flatMap((name) => Object.keys(letters[name]));
    return {
      commands: Object.keys(macros),
      signs,
      environments: Object.keys(environment),
      delimiters: Object.keys(delimiter),
      special: Object.keys(special),
    };
  }, extensions);
}
