import { synthesizeInMemory } from "../../src/app";
import { modelOf, NO_EXTENSION } from "../stacks/organization";
import { Checkout } from "./checkout";

const FILE = {
  accounts: { a: { id: "111122223333", management: true }, b: { id: "444455556666" } },
  identities: { a: { users: { alice: {} } } },
  sharing: {
    jobs: {
      type: "sqs-queue",
      account: "b",
      name: "jobs",
      with: [{ account: "a", role: "ci" }],
      allow: "send",
    },
  },
  roles: {
    ci: {
      accounts: ["a"],
      trusts: [{ service: "ec2.amazonaws.com" }, { account: "a", user: "alice" }],
    },
    build: { accounts: ["a", "b"], trusts: [{ account: "a", role: "ci" }] },
  },
};

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout(FILE);
});

afterEach(() => checkout.remove());

function writeStacks(): void {
  const stacks = [...synthesizeInMemory(modelOf(FILE), NO_EXTENSION)];
  const manifest = stacks.map(([name]) => [name, { synthesizedStackPath: `${name}.json` }]);
  checkout.write("out/manifest.json", JSON.stringify({ stacks: Object.fromEntries(manifest) }));
  for (const [name, json] of stacks) checkout.write(`out/${name}.json`, JSON.stringify(json));
}

/** The lines that say who and by which roles. */
function chains(out: string): readonly string[] {
  return out.split("\n").filter((line) => line.includes(" -> "));
}

describe("who-can", () => {
  test("of a role names everyone, with the chain, what is needed and whether the console does it", async () => {
    const { code, out, err } = await checkout.run("who-can", "b/build");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(chains(out)).toEqual([
      "  a/ci -> b/build",
      "  a/user alice -> a/ci -> b/build",
      "  ec2.amazonaws.com -> a/ci -> b/build",
    ]);
    expect(out).toContain("1. assumes a/ci, with MFA\n");
    expect(out).toContain(
      "not in the console: every switch is made with the credentials of the sign-in",
    );
  });

  test("of a key answers for each of its accounts", async () => {
    const { out } = await checkout.run("who-can", "build", "--json");
    const answers: readonly { readonly name: string }[] = JSON.parse(out);
    expect(answers.map(({ name }) => name)).toEqual(["a/build", "b/build"]);
  });

  test("of a resource tells the actions, and of one action whoever can do it", async () => {
    const { out } = await checkout.run("who-can", "jobs");
    expect(out).toMatch(/ {2}a\/ci -> b\/jobs\n {4}.*sqs:SendMessage/);
    const { out: one } = await checkout.run("who-can", "b/jobs", "sqs:DeleteQueue");
    expect(chains(one).filter((line) => !line.endsWith("unknown"))).toEqual([]);
  });

  test("in JSON has the deciding statements with stack and address", async () => {
    const { out } = await checkout.run("who-can", "b/build", "--json");
    const [{ ways }] = JSON.parse(out);
    expect(ways[0].steps[0].statements).toEqual([
      expect.objectContaining({ policy: "trust policy", statement: 0, stack: "b" }),
      expect.objectContaining({ policy: "CrossAccountAssumeRole", statement: 0, stack: "a" }),
    ]);
  });

  test.each([
    ["b/buidl", "", 'write "b/build" if that is meant'],
    ["jbos", "", 'write "jobs" if that is meant'],
    ["nothing near it", "", "write a key of accounts.json, account/name or an ARN"],
    ["jobs", "sqs:SendMesage", "write sqs:SendMessage if that is meant"],
    ["jobs", "s3:GetObject", "expected an action of sqs"],
    ["b/build", "iam:PassRole", "expected sts:AssumeRole"],
  ])("of %s %s is refused: %s", async (word, action, says) => {
    const { code, err } = await checkout.run("who-can", word, ...(action === "" ? [] : [action]));
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  test("asks a folder of stacks, without an accounts file too", async () => {
    writeStacks();
    const { out } = await checkout.run("who-can", "b/build", "--estate", "out");
    expect(chains(out)).toContain("  a/ci -> b/build");

    const other = new Checkout(null, null);
    try {
      const { code, out: byId } = await other.run(
        "who-can",
        "444455556666/build",
        "--estate",
        checkout.path("out"),
      );
      expect(code).toBe(0);
      expect(chains(byId)).toContain("  111122223333/ci -> 444455556666/build");
    } finally {
      other.remove();
    }
  });

  test("says what it could not read", async () => {
    writeStacks();
    const changed = checkout
      .read("out/b.json")
      .replace(/"assume_role_policy":"(?:[^"\\]|\\.)*"/, () => {
        return '"assume_role_policy":"${aws_iam_policy.other.policy}"';
      });
    checkout.write("out/b.json", changed);
    const { err } = await checkout.run("who-can", "b/build", "--estate", "out");
    expect(err).toMatch(
      /^not read, so that somebody may be missing: b aws_iam_role\.\S+ assume_role_policy: /,
    );
  });
});

describe("can", () => {
  test("lists every role and resource that somebody reaches", async () => {
    const { code, out } = await checkout.run("can", "alice");
    expect(code).toBe(0);
    expect(chains(out).filter((line) => !line.endsWith("unknown"))).toEqual([
      "  a/user alice -> a/ci, with MFA",
      "  a/user alice -> a/ci -> a/build",
      "  a/user alice -> a/ci -> b/build",
      "  a/user alice -> a/ci -> b/jobs",
    ]);
  });

  test("of somebody outside whom nobody lets in says so", async () => {
    const { code, out } = await checkout.run("can", "lambda.amazonaws.com");
    expect({ code, out }).toEqual({
      code: 0,
      out: "lambda.amazonaws.com\n  reaches no role and no resource of the estate\n",
    });
  });

  test("suggests the closest name", async () => {
    const { code, err } = await checkout.run("can", "a/user alcie");
    expect(code).toBe(2);
    expect(err).toContain('write "a/user alice" if that is meant');
  });
});
