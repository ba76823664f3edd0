import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { App, TerraformStack } from "cdktf";
import { invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import type { AccountExtension } from "./stacks/account-extension";
import { AccountStack } from "./stacks/account-stack";
import { BootstrapStack } from "./stacks/bootstrap-stack";
import { StateBucketStack } from "./stacks/state-bucket-stack";
import type { Model } from "./model/model";
import { groupBy } from "./model/group-by";
import { STATE_BUCKET_STACK } from "./model/stack-names";

/** How an app is built. */
export interface BuildAppOptions {
  /** @default - CDKTF_OUTDIR, else `cdktf.out` */
  readonly outdir?: string;
  /** Only these stacks. @default - all */
  readonly only?: ReadonlySet<string>;
}

/** The user's function in `extensions.ts`: called once per account stack, adds constructs to it. */
export type Extend = (extension: AccountExtension) => void;

/** The app with a stack and a bootstrap stack per account: the only place that composes stacks. */
export function buildApp(model: Model, extend: Extend, options: BuildAppOptions = {}): App {
  const app = new App({ outdir: options.outdir, stackTraces: false });
  const { settings } = model;
  const stateFolder = relative(process.cwd(), join(model.folder, "state")).split(sep).join("/");
  const wanted = (stack: string | undefined): stack is string =>
    stack !== undefined && (options.only === undefined || options.only.has(stack));
  const roles = groupBy(model.roles, (role) => role.stack);
  const users = groupBy(model.users, (user) => user.stack);
  const groups = groupBy(model.groups, (group) => group.stack);

  const { backend, bootstrap } = settings;
  if (backend.type === "s3" && backend.createBucket !== "no" && bootstrap !== undefined) {
    if (wanted(STATE_BUCKET_STACK)) {
      new StateBucketStack(app, STATE_BUCKET_STACK, { settings, backend, bootstrap, stateFolder });
    }
  }
  for (const account of model.accounts) {
    if (wanted(account.bootstrapStack)) {
      const [executionRole] = roles.get(account.bootstrapStack) ?? [];
      new BootstrapStack(app, account.bootstrapStack, {
        account,
        settings,
        stateFolder,
        executionRole,
      });
    }
    if (wanted(account.stack)) {
      const stack = new AccountStack(app, account.stack, {
        account,
        settings,
        stateFolder,
        roles: roles.get(account.stack) ?? [],
        users: users.get(account.stack) ?? [],
        groups: groups.get(account.stack) ?? [],
      });
      extend(stack.extension);
    }
  }
  return app;
}

/** Terraform JSON of stacks by name, as `cdktf synth` writes it. */
export type SynthesizedStacks = ReadonlyMap<string, unknown>;

/**
 * Synthesizes in memory what `cdktf synth` would write, validations included. Nothing is left on
 * disk: cdktf's App makes its output folder when it is built, so it gets one that is removed.
 */
export function synthesizeInMemory(
  model: Model,
  extend: Extend,
  only?: ReadonlySet<string>,
): SynthesizedStacks {
  const outdir = mkdtempSync(join(tmpdir(), "crosstrust-"));
  try {
    const app = buildApp(model, extend, { outdir, only });
    const stacks = app.node.findAll().filter((node) => TerraformStack.isStack(node));
    for (const stack of stacks) stack.prepareStack();
    const result = new Map<string, unknown>();
    for (const stack of stacks) {
      invokeAspects(stack);
      stack.runAllValidations();
      result.set(stack.node.id, stack.toTerraform());
    }
    const problems = app.node.validate();
    if (problems.length > 0) throw new Error(problems.join("\n"));
    return result;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
