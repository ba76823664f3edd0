import { execFileSync } from "node:child_process";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { Checkout } from "./checkout";
import { rehearsedLock } from "./rehearsed-lock";

/*
 * `status --since` and `rehearse --since`: an organization with logs and sharing, to which an account is
 * added, or from which it is taken.
 */

const SERVICE = [{ service: "ecs-tasks.amazonaws.com" }];
const BASE = {
  root: { id: "100000000001", management: true },
  logs: { id: "100000000002" },
  hub: { id: "100000000003" },
  dev: { id: "100000000004" },
};
const ADDED = { ...BASE, prod: { id: "100000000005" } };

function organization(accounts: object, change: object = {}): string {
  const file = {
    settings: { bootstrap: { deployer: { account: "hub", role: "deployer" } } },
    accounts,
    roles: {
      deployer: { accounts: ["hub"], trusts: SERVICE },
      runner: { accounts: ["hub"], trusts: SERVICE },
      deploy: {
        accounts: ["*"],
        except: ["hub"],
        trusts: [{ account: "hub", role: "runner" }],
      },
    },
    logs: { account: "logs", cloudtrail: { bucket: "acme-cloudtrail" } },
    sharing: { images: { type: "ecr-repository", account: "hub", name: "images", with: ["dev"] } },
    ...change,
  };
  return JSON.stringify(file, undefined, 2);
}

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout(null, EMPTY_LOCK);
  checkout.write("accounts.json", organization(BASE));
  git("init", "--quiet", "--initial-branch=main");
  commit("before");
});

afterEach(() => checkout.remove());

function git(...args: readonly string[]): string {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  return execFileSync("git", [...identity, ...args], { cwd: checkout.folder, encoding: "utf8" });
}

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

async function since(revision: string) {
  const { code, out } = await checkout.run("status", "--since", revision, "--json");
  expect(code).toBe(0);
  return JSON.parse(out).since;
}

function changesOf(stacks: readonly { stack: string; change: string }[]): readonly string[] {
  return stacks.map(({ stack, change }) => `${stack} ${change}`);
}

/** Rolls the committed organization out, and keeps the lock that it ends with. */
async function rollOut(): Promise<void> {
  checkout.write("trust.lock.json", await checkout.inside(() => rehearsedLock()));
}

describe("status --since", () => {
  test("names what an added account changes, in the order of the deploy, as commands", async () => {
    await rollOut();
    commit("rolled out");
    checkout.write("accounts.json", organization(ADDED));

    const { stacks, next, commit: name } = await since("HEAD");

    expect(name).toBe(git("rev-parse", "HEAD").trim());
    expect(changesOf(stacks)).toEqual([
      "prod-bootstrap new",
      "hub changed",
      "logs changed",
      "prod new",
    ]);
    expect(next.map(({ command }: { command: string }) => command)).toEqual([
      "npx cdktf deploy prod-bootstrap",
      "npx cdktf deploy hub",
      "npx cdktf deploy logs",
      "npx cdktf deploy prod",
      "npx crosstrust confirm",
    ]);
  });

  test("names what to destroy first when an account is taken out, by the files that have it", async () => {
    checkout.write("accounts.json", organization(ADDED));
    await rollOut();
    commit("rolled out");
    checkout.write("accounts.json", organization(BASE));

    const { stacks, next, commit: name } = await since("main");

    expect(changesOf(stacks)).toEqual([
      "prod gone",
      "prod-bootstrap gone",
      "logs changed",
      "hub changed",
    ]);
    expect(
      next.map(({ command, as }: { command: string; as: string }) => `${command} # ${as}`),
    ).toEqual([
      `git switch --detach ${name.slice(0, 12)} # the files that still have prod, prod-bootstrap: commit yours first`,
      'npx cdktf destroy prod # as the deployer (arn:aws:iam::100000000003:role/deployer); with "protect": false in settings',
      'npx cdktf destroy prod-bootstrap # as an administrator of the management account; with "protect": false in settings',
      "git switch - # back to your files, once protect is as it was",
      "npx cdktf deploy logs hub # as the deployer (arn:aws:iam::100000000003:role/deployer)",
      "npx crosstrust confirm --prune # records what exists now",
    ]);
  });

  test("status knows what is gone by the name it had, and warns that it is still deployed", async () => {
    const sharing = { sharing: { notices: { type: "sns-topic", account: "hub", with: ["prod"] } } };
    checkout.write("accounts.json", organization(ADDED, sharing));
    await rollOut();
    const topic = { ...sharing.sharing.notices, with: ["dev"] };
    checkout.write("accounts.json", organization(BASE, { sharing: { notices: topic } }));

    const { out, err } = await checkout.run("status");

    expect(out).toMatch(/^hub\/sns-topic notices +prod +- +due +removed here, still deployed$/m);
    expect(out).toMatch(/^prod\/deploy +hub\/runner +- +due +removed here, still deployed$/m);
    expect(err).toMatch(/^warning: trust\.lock\.json:1:1 stacks\["prod"\]: .*\n$/);
  });

  test("names no renamed account's stacks to be destroyed without a word about its states", async () => {
    checkout.write("accounts.json", organization(ADDED));
    await rollOut();
    commit("rolled out");
    const { prod, ...others } = ADDED;
    checkout.write("accounts.json", organization({ ...others, production: prod }));

    const { next } = await since("HEAD");

    const destroyed = next.filter(({ command }: { command: string }) => /destroy/.test(command));
    expect(destroyed).toHaveLength(2);
    for (const { as } of destroyed) {
      expect(as).toMatch(
        /; not where the account is only renamed: docs\/commands\.md, "Renaming"$/,
      );
    }
  });

  test("says so where no stack changed, also where the file did", async () => {
    checkout.write("accounts.json", organization({ ...BASE, later: "" }));

    expect(await since("HEAD")).toMatchObject({ stacks: [], next: [] });
    const { code, out } = await checkout.run("status", "--since", "HEAD");

    expect(code).toBe(0);
    expect(out).toMatch(/^No stack changed since HEAD \([0-9a-f]{12}\)\.\n$/);
  });

  test("takes the revision's includes, and the lock that it had", async () => {
    checkout.write(
      "parts/more.json",
      JSON.stringify({ roles: { app: { accounts: ["dev"], trusts: SERVICE } } }),
    );
    checkout.write("accounts.json", organization(BASE, { include: "parts/*.json" }));
    commit("with a part");
    checkout.write(
      "parts/more.json",
      JSON.stringify({
        roles: { app: { accounts: ["dev"], trusts: SERVICE, description: "An app" } },
      }),
    );

    expect(changesOf((await since("HEAD")).stacks)).toEqual(["dev changed"]);
    await rollOut();
    expect(changesOf((await since("HEAD")).stacks)).toContain("hub-bootstrap changed");
  });

  test("prints a table and the commands", async () => {
    checkout.write("accounts.json", organization(ADDED));

    const { out } = await checkout.run("status", "--since", "HEAD");

    expect(out).toMatch(/^stack +since HEAD \([0-9a-f]{12}\)\nprod-bootstrap +new\n/);
    expect(out).toContain("\n4 stacks: 0 gone, 2 new, 2 changed\nNext:\n");
  });

  test("refuses a revision that is not there, and tells errors in the files of one that is", async () => {
    expect(await checkout.run("status", "--since", "mian")).toMatchObject({
      code: 2,
      err: expect.stringContaining('found "mian"; did you mean main?'),
    });
    checkout.write("accounts.json", organization(BASE, { roless: {} }));
    commit("broken");
    checkout.write("accounts.json", organization(BASE));
    expect(await checkout.run("status", "--since", "HEAD")).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^error: HEAD:accounts\.json:\d+:\d+ .*, do: name a revision whose files have no errors, with --since\n$/,
      ),
    });
  });

  test("exits 3 without git", async () => {
    const path = process.env.PATH;
    process.env.PATH = checkout.folder;
    try {
      expect(await checkout.run("status", "--since", "HEAD")).toMatchObject({
        code: 3,
        err: expect.stringContaining("expected git on the PATH, found none"),
      });
    } finally {
      process.env.PATH = path;
    }
  });
});

describe("rehearse --since", () => {
  const titles = (out: string): readonly string[] =>
    out.split("\n").filter((line) => /^(\d+\.|before|after|Everything)/.test(line));

  test("shows before, the steps of the addition, and after", async () => {
    checkout.write("accounts.json", organization(ADDED));

    const { code, out } = await checkout.run("rehearse", "--since", "HEAD");

    expect(code).toBe(0);
    expect(titles(out)).toEqual([
      "before: HEAD, rolled out",
      "Everything is tightened.",
      "1. bootstrap: an administrator of the management account (root/user administrator) deploys prod-bootstrap",
      "2. hub: the deployer (hub/deployer) deploys hub",
      "3. accounts: the deployer (hub/deployer) deploys logs",
      "4. accounts: the deployer (hub/deployer) deploys prod",
      "Everything is tightened.",
      "after: 2 accesses new, 0 gone",
    ]);
    expect(out).toMatch(
      /new:\n.*\n +prod\/crosstrust-execution +hub\/deployer +principal\n +prod\/deploy +hub\/runner +principal\n/,
    );
  });

  test("shows the removal as its mirror image, what is gone destroyed first", async () => {
    checkout.write("accounts.json", organization(ADDED));
    commit("added");
    checkout.write("accounts.json", organization(BASE));

    const { code, out } = await checkout.run("rehearse", "--since", "HEAD");

    expect(code).toBe(0);
    expect(titles(out).slice(2)).toEqual([
      "1. destroy: the deployer (hub/deployer) destroys prod",
      "2. destroy: an administrator of the management account (root/user administrator) destroys prod-bootstrap",
      "3. tighten: the deployer (hub/deployer) deploys logs, hub",
      "Everything is tightened.",
      "after: 0 accesses new, 2 gone",
    ]);
  });

  test("has it as data", async () => {
    checkout.write("accounts.json", organization(ADDED));

    const { out } = await checkout.run("rehearse", "--since", "HEAD", "--json");
    const { since: what, before, steps, outcome, gained, lost } = JSON.parse(out);

    expect(what).toEqual({ revision: "HEAD", commit: git("rev-parse", "HEAD").trim() });
    expect(before.outcome).toEqual({ kind: "tightened" });
    expect(steps.map(({ name }: { name: string }) => name)).toEqual([
      "bootstrap",
      "hub",
      "accounts",
      "accounts",
    ]);
    expect(outcome).toEqual({ kind: "tightened" });
    expect(gained).toHaveLength(2);
    expect(lost).toEqual([]);
  });
});
