import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { App, TerraformStack } from "cdktf";
import { invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import type { AccountExtension } from "./stacks/account-extension";
import { AccountStack } from "./stacks/account-stack";
import { BootstrapStack } from "./stacks/bootstrap-stack";
import { StateBucketStack } from "./stacks/state-bucket-stack";
import type { Model } from "./model/model";
import { groupBy } from "./model/group-by";
import { STATE_BUCKET_STACK } from "./model/stack-names";
import { withoutTokenTraces } from "./token-traces";

/** How an app is built. */
export interface BuildAppOptions {
  /** Where its files are written. @default - CDKTF_OUTDIR, else `cdktf.out` */
  readonly outdir?: string;
  /** Where Terraform is to run: local states are named from there. @default - `outdir` */
  readonly runFrom?: string;
  /** Only these stacks. @default - all */
  readonly only?: ReadonlySet<string>;
}

/** The user's function in `extensions.ts`: called once per account stack, adds constructs to it. */
export type Extend = (extension: AccountExtension) => void;

/** The folder that `cdktf` writes to and runs Terraform in. */
export function defaultOutdir(): string {
  return process.env.CDKTF_OUTDIR ?? "cdktf.out";
}

/** The app with a stack and a bootstrap stack per account: the only place that composes stacks. */
export function buildApp(model: Model, extend: Extend, options: BuildAppOptions = {}): App {
  return withoutTokenTraces(() => {
    const app = new QuickApp({ outdir: options.outdir ?? defaultOutdir(), stackTraces: false });
    addStacks(app, model, extend, options);
    return app;
  });
}

/** An app that synthesizes without a stack trace for each token. */
class QuickApp extends App {
  override synth(): void {
    withoutTokenTraces(() => super.synth());
  }
}

function addStacks(app: App, model: Model, extend: Extend, options: BuildAppOptions): void {
  const { settings } = model;
  const checkout = dirname(resolve(options.runFrom ?? app.outdir));
  const stateFolder = relative(checkout, resolve(model.folder, "state")).split(sep).join("/");
  const wanted = (stack: string | undefined): stack is string =>
    stack !== undefined && (options.only === undefined || options.only.has(stack));
  const roles = groupBy(model.roles, (role) => role.stack);
  const users = groupBy(model.users, (user) => user.stack);
  const groups = groupBy(model.groups, (group) => group.stack);
  const permissionSets = groupBy(model.permissionSets, (set) => set.identityCenter?.stack);
  const sharing = groupBy(model.sharing, (shared) => shared.stack);
  const keyGrants = groupBy(model.keyGrants, (grant) => grant.stack);
  const logging = new Map(model.logging.map((part) => [part.stack, part]));
  const onlyPaths = groupBy(model.onlyPaths, ({ stack }) => stack);
  const notifying = new Map(model.notifying.map((part) => [part.stack, part]));

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
        permissionSets: permissionSets.get(account.stack) ?? [],
        sharing: sharing.get(account.stack) ?? [],
        keyGrants: keyGrants.get(account.stack) ?? [],
        logging: logging.get(account.stack),
        notifying: notifying.get(account.stack),
        onlyPaths: onlyPaths.get(account.stack) ?? [],
      });
      extend(stack.extension);
    }
  }
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
    const app = buildApp(model, extend, { outdir, runFrom: defaultOutdir(), only });
    return withoutTokenTraces(() => toJson(app));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function toJson(app: App): SynthesizedStacks {
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
}
