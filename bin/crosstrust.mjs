#!/usr/bin/env node
// In a clone the commands are TypeScript, like the user's own extensions.ts that they load: tsx reads
// both. The package has them compiled, and no src.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const isClone = existsSync(new URL("../src/cli/main.ts", import.meta.url));
if (isClone) await import("tsx");
const { main } = require(isClone ? "../src/cli/main.ts" : "../dist/src/cli/main.js");
await main(process.argv.slice(2));
