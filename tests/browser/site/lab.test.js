// A lecture in JupyterLab: it runs, its blocks are quotations, its quiz has formulas and answers. Run by `run`.

import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {cpSync, mkdirSync, rmSync} from "node:fs";
import {after, before, test} from "node:test";
import {chromium} from "playwright-core";

const FOLDER = new URL("lab/", import.meta.url).pathname;
const NAME = "1_logistic_regression.ipynb";

let server, address, browser;

before(async () => {
  rmSync(FOLDER, {recursive: true, force: true});
  mkdirSync(FOLDER, {recursive: true});
  cpSync(`${process.env.SITE}/downloads/lectures/${NAME}`, FOLDER + NAME);
  server = spawn("jupyter", ["lab", "--no-browser", "--allow-root", `--ServerApp.root_dir=${FOLDER}`], {
    stdio: ["ignore", "ignore", "pipe"],
    // The user's own settings and workspaces are neither read nor written.
    env: {
      ...process.env,
      JUPYTER_CONFIG_DIR: `${FOLDER}config`,
      JUPYTERLAB_SETTINGS_DIR: `${FOLDER}settings`,
      JUPYTERLAB_WORKSPACES_DIR: `${FOLDER}workspaces`,
    },
  });
  address = await new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (data) => {
      said += data;
      const [, origin, token] = said.match(/(http:\/\/127\.0\.0\.1:\d+\/)lab\?token=(\w+)/) ?? [];
      if (token) resolve(`${origin}lab/tree/${NAME}?token=${token}`);
    });
    server.on("exit", () => reject(new Error(said)));
  });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
});
after(async () => {
  await browser?.close();
  server.kill();
});

test("a lecture in JupyterLab", {timeout: 240_000}, async () => {
  const page = await browser.newPage({viewport: {width: 1300, height: 1400}});
  page.setDefaultTimeout(90_000);
  await page.goto(address);
  await page.getByText("Python 3 (ipykernel) | Idle").waitFor();
  const definition = page.locator("blockquote", {hasText: "Definition (Sigmoid)."});
  await definition.locator("mjx-container").first().waitFor();
  assert.equal(await page.getByText(/:::|\{prf:/).count(), 0);

  await page.getByRole("menuitem", {name: "Run", exact: true}).click();
  await page.getByRole("menuitem", {name: "Run All Cells", exact: true}).click();
  const quiz = page.locator(".quiz").first();
  await quiz.scrollIntoViewIfNeeded();
  assert.equal(await page.locator(".jp-OutputArea-output[data-mime-type*=stderr]").count(), 0);

  const question = quiz.locator("fieldset").nth(1);
  await question.locator("mjx-container").first().waitFor();
  await question.getByRole("radio").nth(2).click();
  const reason = question.locator(".reasons > p:visible");
  assert.equal(await reason.count(), 1);
  assert.match(await reason.textContent(), /^✓ Right\./);
  if (process.env.SHOTS) await page.screenshot({path: `${process.env.SHOTS}/lab.png`});
});
