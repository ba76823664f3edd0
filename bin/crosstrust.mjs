#!/usr/bin/env node
// The commands are TypeScript, like the user's own extensions.ts that they load: tsx reads both.
import "tsx";
import { createRequire } from "node:module";

const { main } = createRequire(import.meta.url)("../src/cli/main.ts");
await main(process.argv.slice(2));
