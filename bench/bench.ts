import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { buildApp } from "../src/app";
import { accessOf } from "../src/estate/access";
import { readEstate } from "../src/estate/read-estate";
import { readModel } from "../src/model/read-model";
import { compareEstates } from "../src/review/diff/compare-estates";
import { rehearse } from "../src/rehearsal/rollout";
import { verify } from "../src/review/verify/verify";
import { ROLES_PER_ACCOUNT, writeOrganization } from "./organization";
import { commandCost } from "./command-cost";
import { measure } from "./measure";
import { benchOneMoreAccount } from "./one-more-account";

/*
 * `npm run bench [accounts …]`: what each part costs at 10, 100 and 1,000 accounts, beside a floor
 * measured in the same run. Figures of a run stand in docs/performance.md.
 */
const sizes = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), "crosstrust-bench-"));

interface Row {
  readonly what: string;
  readonly milliseconds: number;
  readonly note: string;
}

/** The floor, by a process of its own (see run-bare.ts). */
function benchBare(accounts: number): { readonly construct: number; readonly synth: number } {
  const outdir = join(folder, `bare-${accounts}`);
  mkdirSync(outdir);
  const args = ["--import", "tsx", join(__dirname, "run-bare.ts"), outdir, String(accounts)];
  const output = execFileSync(process.execPath, args, { encoding: "utf8" });
  const [construct, synth] = output.match(/[\d.]+/g) ?? [];
  return { construct: Number(construct), synth: Number(synth) };
}

function bench(accounts: number): readonly Row[] {
  const rows: Row[] = [];
  const add = (what: string, milliseconds: number, note = ""): void => {
    rows.push({ what, milliseconds, note });
  };
  const file = writeOrganization(join(folder, String(accounts)), accounts);

  const bare = benchBare(accounts);

  const read = measure(() => readModel(file));
  const { model, problems } = read.result;
  if (model === undefined || problems.some(({ severity }) => severity === "error")) {
    throw new Error(problems.map(({ found }) => found).join("\n"));
  }
  const out = join(folder, `out-${accounts}`);
  mkdirSync(out);
  const construct = measure(() => buildApp(model, () => undefined, { outdir: out }));
  const synth = measure(() => construct.result.synth());
  const floor = bare.construct + bare.synth;
  const all = read.milliseconds + construct.milliseconds + synth.milliseconds;

  const texts = model.accounts.map(({ name }) =>
    readFileSync(join(out, "stacks", name, "cdk.tf.json"), "utf8"),
  );
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  const writing = measure(() => {
    texts.forEach((text, number) => writeFileSync(join(folder, `copy-${number}`), text));
  });
  const stacks = new Map(
    model.accounts.map(({ name }, number): [string, unknown] => [name, JSON.parse(texts[number])]),
  );
  const estate = measure(() => readEstate(stacks));
  const access = measure(() => accessOf(estate.result));
  const pairs = accounts * (ROLES_PER_ACCOUNT + 1) * accounts * (ROLES_PER_ACCOUNT + 1);
  const verified = measure(() => verify(model, estate.result));
  const rehearsal = measure(() => rehearse(model, () => undefined));

  add("read and resolve", read.milliseconds);
  add("construct", construct.milliseconds, `bare cdktf ${ms(bare.construct)}`);
  add("synthesize and write", synth.milliseconds, `bare cdktf ${ms(bare.synth)}`);
  add("file to Terraform JSON", all, `${(all / floor).toFixed(2)} times bare cdktf's ${ms(floor)}`);
  add("writing the same bytes", writing.milliseconds, `${(bytes / 1e6).toFixed(1)} MB`);
  add("estate", estate.milliseconds);
  add(
    "who can assume what",
    access.milliseconds,
    `${pairs.toLocaleString("en-US")} pairs, ${access.result.length.toLocaleString("en-US")} accesses`,
  );
  add(
    "verify",
    verified.milliseconds,
    `${verified.result.findings.length} findings, ${verified.result.undecided.length} undecided`,
  );
  const [everyTrust, nothing] = [withExternalId(stacks), structuredClone(stacks)].map((changed) =>
    measure(() => compareEstates(estate.result, readEstate(changed))),
  );
  const more = benchOneMoreAccount(join(folder, `more-${accounts}`), accounts);
  add("diff, nothing changed", nothing.milliseconds, "one of the estates read in it");
  add(
    "diff, every trust changed",
    everyTrust.milliseconds,
    `${everyTrust.result.differences.length.toLocaleString("en-US")} differences, ${everyTrust.result.requests.toLocaleString("en-US")} requests`,
  );
  const { steps, outcome } = rehearsal.result;
  add("rehearsal", rehearsal.milliseconds, `${steps.length} steps, ${outcome.kind}`);
  add("one more account", more.synthesis, "files to Terraform JSON of all stacks");
  add("which stacks differ", more.comparison, more.changed.join(", "));
  add("what is due, in order", more.order);
  const changed = join(folder, `changed-${accounts}`);
  cpSync(out, changed, { recursive: true });
  for (const [name, stack] of withExternalId(stacks)) {
    writeFileSync(join(changed, "stacks", name, "cdk.tf.json"), JSON.stringify(stack));
  }
  const commands = {
    "crosstrust --help": ["--help"],
    "crosstrust verify": ["verify", out],
    "crosstrust diff, nothing": ["diff", out, out],
    "crosstrust diff, all": ["diff", out, changed],
  };
  for (const [what, args] of Object.entries(commands)) {
    const { milliseconds, memory } = commandCost(dirname(file), args);
    add(what, milliseconds, `${memory} MiB, a process of its own`);
  }
  return rows;
}

/** The stacks with a condition more in every trust policy. */
function withExternalId(stacks: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const asked = '\\"Condition\\":{\\"StringEquals\\":{\\"sts:ExternalId\\":\\"x\\"},';
  const changed = JSON.stringify([...stacks]).replaceAll('\\"Condition\\":{', asked);
  return new Map(JSON.parse(changed) as [string, unknown][]);
}

function ms(milliseconds: number): string {
  return `${Math.round(milliseconds).toLocaleString("en-US")} ms`;
}

try {
  const [cpu] = cpus();
  console.log(
    `node ${process.version}, ${cpus().length} × ${cpu.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  );
  for (const accounts of sizes.length > 0 ? sizes : [10, 100, 1_000]) {
    console.log(`\n${accounts.toLocaleString("en-US")} accounts, ${ROLES_PER_ACCOUNT} roles each`);
    for (const { what, milliseconds, note } of bench(accounts)) {
      console.log(`  ${what.padEnd(26)}${ms(milliseconds).padStart(12)}  ${note}`);
    }
    const rss = process.resourceUsage().maxRSS / 1024;
    console.log(`  ${"peak memory".padEnd(26)}${`${Math.round(rss)} MiB`.padStart(12)}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
