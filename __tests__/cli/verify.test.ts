import { synthesizeInMemory } from "../../src/app";
import { Checkout } from "./checkout";
import { modelOf, NO_EXTENSION } from "../stacks/organization";

const FILE = {
  accounts: { a: { id: "111122223333" }, b: { id: "444455556666" } },
  roles: {
    ci: { accounts: ["a"], trusts: [{ service: "ec2.amazonaws.com" }] },
    build: { accounts: ["b"], trusts: [{ account: "a", role: "ci" }] },
  },
};

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout(FILE);
});

afterEach(() => checkout.remove());

/** Writes the stacks to `out`, with the trust policy of `build` changed. */
function writeStacks(change: (text: string) => string): void {
  const stacks = [...synthesizeInMemory(modelOf(FILE), NO_EXTENSION)];
  const manifest = stacks.map(([name]) => [name, { synthesizedStackPath: `${name}.json` }]);
  checkout.write("out/manifest.json", JSON.stringify({ stacks: Object.fromEntries(manifest) }));
  for (const [name, json] of stacks) {
    checkout.write(`out/${name}.json`, change(JSON.stringify(json)));
  }
}

describe("verify", () => {
  test("of what would be deployed finds nothing, and exits 0", async () => {
    const { code, out } = await checkout.run("verify", "--strict");
    expect({ code, out }).toEqual({
      code: 0,
      out: "2 roles compared with accounts.json: 0 findings, 0 undecided\n",
    });
  });

  test("says what was compared besides roles", async () => {
    checkout.write(
      "accounts.json",
      JSON.stringify({
        ...FILE,
        settings: { organizationId: "o-a1b2c3d4e5", region: "eu-west-1" },
        accounts: {
          root: { id: "100000000001", management: true },
          a: FILE.accounts.a,
          b: { ...FILE.accounts.b, onlyPath: true },
        },
        sharing: { jobs: { type: "sqs-queue", account: "b", with: ["a"] } },
      }),
    );
    const { out } = await checkout.run("verify");
    expect(out).toBe(
      "2 roles, 1 resource and the only way into 1 account compared with accounts.json: 0 findings, 0 undecided\n",
    );
  });

  test("of a folder names place, statement and remedy of a finding, and exits 1", async () => {
    writeStacks((text) => text.replace(/,\\"Condition\\":\{\\"ArnEquals\\".*?\}\}/, ""));
    const { code, out } = await checkout.run("verify", "out");
    expect(code).toBe(1);
    expect(out).toContain("not declared: b/build by a: it gets in");
    expect(out).toMatch(
      /account b, stack b, aws_iam_role\.\S+, trust policy, statement 0\n {2}do: /,
    );
  });

  test("lists what cannot be read as undecided, on which --strict fails", async () => {
    writeStacks((text) =>
      text.replace(/"assume_role_policy":"(?:[^"\\]|\\.)*ArnEquals(?:[^"\\]|\\.)*"/, () => {
        return '"assume_role_policy":"${aws_iam_policy.other.policy}"';
      }),
    );
    const { code, out } = await checkout.run("verify", "out", "--json");
    const { code: strict } = await checkout.run("verify", "out", "--strict");
    expect(JSON.parse(out).findings).toEqual([]);
    expect(JSON.parse(out).undecided.length).toBeGreaterThan(0);
    expect([code, strict]).toEqual([0, 1]);
  });
});
