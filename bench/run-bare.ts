import { buildBareApp } from "./bare-cdktf";
import { measure } from "./measure";

/*
 * Measures the floor in a process of its own: cdktf keeps every token for the life of a process, and
 * those of the floor would weigh on what is measured after it. Prints the milliseconds of construct and synthesis.
 */
const [outdir, accounts] = process.argv.slice(2);
const construct = measure(() => buildBareApp(outdir, Number(accounts)));
const synth = measure(() => construct.result.synth());
console.log(JSON.stringify([construct.milliseconds, synth.milliseconds]));
