import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EMPTY_LOCK } from "../../../src/trust/lock";
import { Checkout } from "../../cli/checkout";
import { synthesizeTo } from "../../cli/synthesize-to";

const BIN = join(__dirname, "../../../bin/crosstrust.mjs");

const ORGANIZATION = {
  accounts: { build: { id: "100000000001" }, prod: { id: "100000000002" } },
  roles: {
    ci: { accounts: ["build"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
    deploy: { accounts: ["prod"], trusts: [{ account: "build", role: "ci" }] },
  },
};

const WIDENED = {
  ...ORGANIZATION,
  roles: { ...ORGANIZATION.roles, deploy: { accounts: ["prod"], trusts: [{ account: "build" }] } },
};

/** A run of a shell step. */
export interface StepRun {
  readonly code: number;
  readonly out: string;
}

/**
 * A checkout of a merge request, with two commits, in which steps of a job are run by bash. npm, npx, gh
 * and curl are stand-ins: npx runs the real crosstrust, and for `cdktf synth` copies the stacks that the
 * commit holds; gh and curl say what they were called with, and answer what they are told.
 */
export class JobFolder {
  private readonly checkout = new Checkout(ORGANIZATION, EMPTY_LOCK);
  readonly base: string;

  constructor(change: "widened" | "nothing") {
    this.commit(ORGANIZATION);
    this.base = this.git("rev-parse", "HEAD").trim();
    this.commit(change === "widened" ? WIDENED : ORGANIZATION);
    this.stub("npm", "exit 0");
    this.stub(
      "npx",
      `if [ "$1" = cdktf ]; then cp -r synthesized "$4"; exit 0; fi\nshift\nexec '${process.execPath}' '${BIN}' "$@"`,
    );
  }

  path(name: string): string {
    return this.checkout.path(name);
  }

  write(name: string, text: string): void {
    this.checkout.write(name, text);
  }

  /** Puts a program into the way; it sees its arguments. */
  stub(name: string, script: string): void {
    const file = this.path(`../${this.id}-bin/${name}`);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, `#!/bin/bash\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** One that notes its arguments, a line for each call, and answers. */
  answering(name: string, answer: string): void {
    this.write(`../${this.id}-answer`, answer);
    this.stub(
      name,
      `echo "$*" >> '${this.path(`../${this.id}-calls`)}'\ncat '${this.path(`../${this.id}-answer`)}'`,
    );
  }

  get calls(): readonly string[] {
    const file = this.path(`../${this.id}-calls`);
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  }

  /** Runs a script as the runners do: it ends at the first command that fails. */
  run(script: string, env: Readonly<Record<string, string>>): StepRun {
    const path = `${this.path(`../${this.id}-bin`)}:${process.env.PATH ?? ""}`;
    const { status, stdout, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", script], {
      cwd: this.checkout.folder,
      encoding: "utf8",
      env: { ...process.env, ...env, PATH: path },
    });
    return { code: status ?? -1, out: stdout + stderr };
  }

  remove(): void {
    const beside = ["bin", "answer", "calls", "out"].map((name) =>
      this.path(`../${this.id}-${name}`),
    );
    execFileSync("rm", ["-rf", ...beside]);
    this.checkout.remove();
  }

  /** Of the folders beside the checkout. */
  get id(): string {
    return this.checkout.folder.slice(this.checkout.folder.lastIndexOf("/") + 1);
  }

  private commit(organization: object): void {
    this.write("accounts.json", JSON.stringify(organization, undefined, 2));
    synthesizeTo(this.checkout, "synthesized", organization, EMPTY_LOCK, () => undefined);
    if (!existsSync(this.path(".git"))) this.git("init", "--quiet", "--initial-branch=main");
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", "files");
  }

  private git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    return execFileSync("git", [...identity, ...args], {
      cwd: this.checkout.folder,
      encoding: "utf8",
    });
  }
}
