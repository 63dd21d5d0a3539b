// Chromium before the built folder, as a reader meets it; what it asks of Pyodide's CDN comes from a folder.

import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {launch} from "./chromium.js";

const {LITE, PYODIDE} = process.env;
const settings = JSON.parse(readFileSync(`${LITE}/jupyter-lite.json`))["jupyter-config-data"];
const kernel = settings.litePluginSettings["@jupyterlite/pyodide-kernel-extension:kernel"];
const CDN = new URL(".", kernel.pyodideUrl).href;
const TYPES = {js: "text/javascript", wasm: "application/wasm", json: "application/json"};

// Serve the folder as the guide says, and open a browser: {address, context, asked, refused, close}.
export async function open() {
  const server = spawn("python3", ["-u", "-m", "http.server", "--bind", "127.0.0.1", "-d", LITE, "0"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const port = await new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (data) => {
      said += data;
      const [, number] = said.match(/port (\d+) /) ?? [];
      if (number) resolve(number);
    });
    server.on("exit", () => reject(new Error("no server")));
  });
  const browser = await launch();
  const context = await browser.newContext({viewport: {width: 1300, height: 1000}});
  context.setDefaultTimeout(30_000);
  const asked = new Set();
  const refused = new Set();
  await context.route(
    (url) => url.hostname !== "127.0.0.1",
    (route) => {
      const url = route.request().url();
      const file = `${PYODIDE}/${url.slice(CDN.length)}`;
      if (!url.startsWith(CDN) || !existsSync(file)) {
        refused.add(url);
        return route.abort();
      }
      asked.add(url.slice(CDN.length));
      return route.fulfill({
        body: readFileSync(file),
        contentType: TYPES[file.split(".").pop()] ?? "application/zip",
        headers: {"access-control-allow-origin": "*"},
      });
    }
  );
  const close = async () => {
    await browser.close();
    server.kill();
  };
  return {address: `http://127.0.0.1:${port}/`, context, asked, refused, close};
}

// Open a notebook and wait for its kernel.
export async function notebook({address, context}, name) {
  const page = await context.newPage();
  await page.goto(`${address}lab/index.html?path=${name}`);
  await page.getByText("Python (Pyodide) | Idle").waitFor({timeout: 120_000});
  await page.locator(".jp-Notebook-cell").first().click();
  return page;
}

// Run cell by cell, down to the first one that holds `text`; it is the active one then, and has not run.
export async function runTo(page, text) {
  const active = page.locator(".jp-Notebook-cell.jp-mod-active");
  for (let i = 0; i < 30; i++) {
    if ((await active.locator(".jp-InputArea").innerText()).includes(text)) return active;
    await page.keyboard.press("Shift+Enter");
    await page.waitForTimeout(200);
  }
  await shot(page, "lost");
  assert.fail(`no cell with ${text}`);
}

// Write this into the active cell instead of what stands there.
export async function write(page, source) {
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(source);
  await page.keyboard.press("Escape");
}

export async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({path: `${process.env.SHOTS}/lite-${name}.png`});
}
