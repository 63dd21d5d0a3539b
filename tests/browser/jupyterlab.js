// A JupyterLab that a command starts, for one test.

import {spawn} from "node:child_process";

// Whether a process of this group is there.
function running(group) {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

// Start it; returns the address that it prints, and how to end it.
export async function startLab(command, words, options) {
  const server = spawn(command, [...words, "--no-browser", "--allow-root"], {
    ...options,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => server.on("exit", resolve));
  // A test that fails leaves it running no longer than itself.
  const kill = () => process.kill(-server.pid, "SIGKILL");
  process.on("exit", kill);
  ended.then(() => process.off("exit", kill));
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
  // By SIGTERM: without a terminal JupyterLab makes of SIGINT a KeyboardInterrupt, which a callback can swallow.
  const stop = async () => {
    process.kill(-server.pid, "SIGTERM");
    for (const late = Date.now() + 30_000; running(server.pid); await new Promise((go) => setTimeout(go, 50)))
      if (Date.now() > late) process.kill(-server.pid, "SIGKILL");
    await ended;
  };
  return {address, stop};
}

// Start it in a folder; the user's own settings and workspaces are neither read nor written, but made in `own`.
export const startLabIn = (folder, own = folder) =>
  startLab("jupyter", ["lab"], {
    cwd: folder,
    env: {
      ...process.env,
      JUPYTER_CONFIG_DIR: `${own}config`,
      JUPYTERLAB_SETTINGS_DIR: `${own}settings`,
      JUPYTERLAB_WORKSPACES_DIR: `${own}workspaces`,
    },
  });

// The address of a file in it.
export function addressOf(lab, file) {
  const address = new URL(lab.address);
  address.pathname = `/lab/tree/${file}`;
  return address.href;
}
