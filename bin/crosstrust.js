#!/usr/bin/env node
// The commands are TypeScript, like the user's own extensions.ts that they load: tsx reads both.
require("tsx/cjs");
const { main } = require("../src/cli/main.ts");
main(process.argv.slice(2));
