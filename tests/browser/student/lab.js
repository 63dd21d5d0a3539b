// A JupyterLab that a command starts, and a browser in it.

import {spawn} from "node:child_process";
import {chromium} from "playwright-core";

let begun = performance.now();

// What each part took, for who reads the log.
export function took(part) {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stderr.write(`${seconds.padStart(6)} s  ${part}\n`);
  begun = performance.now();
}

// Start it; returns the address that it prints, and how to end it.
export async function startLab(command, words, options) {
  const server = spawn(command, [...words, "--no-browser", "--allow-root"], {
    ...options,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => server.on("exit", resolve));
  const address = await new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (data) => {
      said += data;
      const [found] = said.match(/http:\/\/127\.0\.0\.1:\d+\/lab\S*token=\w+/) ?? [];
      if (found) resolve(found);
    });
    server.on("exit", () => reject(new Error(said)));
  });
  // It prints the address a moment before it listens there.
  while (!(await fetch(address).catch(() => null))) await new Promise((go) => setTimeout(go, 50));
  const stop = async () => {
    process.kill(-server.pid, "SIGINT");
    await ended;
  };
  return {address, stop};
}

export async function openBrowser() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const page = await browser.newPage({viewport: {width: 1280, height: 800}});
  page.setDefaultTimeout(60_000);
  return {browser, page};
}

export const shoot = (page, name) => page.screenshot({path: `${process.env.WORK}/shots/${name}.png`});
