import type { RehearsalJson } from "../../src/cli/rehearsal-json";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { Checkout } from "./checkout";

let checkout: Checkout;

afterEach(() => checkout.remove());

async function rehearseJson(): Promise<RehearsalJson> {
  const { code, out } = await checkout.run("rehearse", "--json");
  expect([0, 1]).toContain(code);
  return JSON.parse(out);
}

describe("rehearse", () => {
  test("prints each step in less than a screen, and how it ended", async () => {
    checkout = new Checkout();
    const { code, out, err, terminal } = await checkout.run("rehearse");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const steps = out.split("\n\n");
    expect(steps.pop()).toBe("Everything is tightened.\n");
    expect(steps.map((step) => step.split("\n")[0])).toEqual([
      "1. bootstrap: an administrator of the management account (root/user administrator) deploys shared-bootstrap, client-bootstrap, deploy-bootstrap",
      "2. hub: the hub's administrator (deploy/OrganizationAccountAccessRole) deploys deploy",
      "3. tighten bootstrap: an administrator of the management account (root/user administrator) deploys shared-bootstrap, client-bootstrap, deploy-bootstrap",
      "4. accounts: the deployer (deploy/crosstrust-deployer) deploys shared, client",
      "5. accounts: an administrator of the management account (root/user administrator) deploys root",
      "6. tighten: the deployer (deploy/crosstrust-deployer) deploys client",
      "in the end",
    ]);
    for (const step of steps) expect(step.split("\n").length).toBeLessThan(24);
    expect(steps[5]).toContain("  2 to update\n");
    expect(steps[3]).toMatch(/client\/BuildRole +shared\/ci +guarded account +wider than its end/);
    expect(steps[5]).toMatch(/ {2}~ {2}client\/BuildRole +shared\/ci +principal\n/);
    expect(steps[6]).toMatch(/\n {2}client\/BuildRole +shared\/ci +principal\n/);
    expect(terminal.progressLines[0]).toBe("rehearsing: bootstrap, 3 stacks");
  });

  test("shows of each step what it changes: new, gone, or let in another way", async () => {
    checkout = new Checkout();
    const steps = (await checkout.run("rehearse")).out.split("\n\n");
    const marks = steps.map((step) =>
      [...step.matchAll(/^ {2}([-+~]) /gm)].map(([, mark]) => mark),
    );
    expect(marks.map((each) => each.join(""))).toEqual([
      "++++++",
      "++++",
      "~~~------",
      "+++++",
      "++",
      "~~",
      "",
      "",
    ]);
    expect(steps[2]).toMatch(
      / {2}- {2}client\/crosstrust-execution +deploy\/user founder +guarded/,
    );
  });

  test("writes nothing", async () => {
    checkout = new Checkout();
    await checkout.run("rehearse");
    expect(checkout.lock).toEqual(EMPTY_LOCK);
    expect(checkout.has("cdktf.out")).toBe(false);
    expect(checkout.has("state")).toBe(false);
  });

  test("of many accesses prints the wider ones first, and how many more there are", async () => {
    const names = Array.from({ length: 80 }, (_, number) => `a${number}`);
    checkout = new Checkout({
      accounts: Object.fromEntries(
        names.map((name, number) => [name, { id: String(100_000_000_001 + number) }]),
      ),
      roles: {
        app: { accounts: ["a0"], trusts: [{ service: "lambda.amazonaws.com" }] },
        reader: { accounts: ["*"], except: ["a0"], trusts: [{ account: "a0", role: "app" }] },
      },
    });
    const [first, second, end] = (await checkout.run("rehearse")).out.split("\n\n");
    expect(first).toContain("deploys a0, a1, a2, a3, a4 and 75 more\n");
    expect(first.match(/wider than its end/g)).toHaveLength(60);
    expect(first).toContain("  and 20 more rows: --json lists them all\n");
    expect(first).toContain("  80 accesses, 79 wider than their end\n");
    expect(second).toContain("  80 accesses, 0 wider than their end\n");
    expect(end).toMatch(/^in the end\n/);
  });

  test("without a management account has an administrator outside of these accounts deploy", async () => {
    checkout = new Checkout({
      accounts: { a: { id: "111122223333" } },
      roles: { app: { accounts: ["a"], trusts: [{ service: "lambda.amazonaws.com" }] } },
    });
    const { out } = await checkout.run("rehearse");
    expect(out).toMatch(/^1\. accounts: an administrator outside of these accounts deploys a\n/);
    expect(out).not.toContain("000000000000");
  });

  test("says for whom it waits at its end, with exit code 0", async () => {
    checkout = new Checkout({
      accounts: { a: { id: "111122223333" }, vendor: { id: "900000000001", external: true } },
      roles: {
        audit: {
          accounts: ["a"],
          trusts: [{ account: "vendor", role: "auditor", externalId: "some_key" }],
        },
      },
    });
    const { code, out } = await checkout.run("rehearse");
    expect(code).toBe(0);
    expect(out).toContain("Waiting for arn:aws:iam::900000000001:role/auditor: no stack here");
    expect(out).toContain("1 access, 1 wider than their end");
  });

  test("says where it is refused, with AWS's words and exit code 1", async () => {
    checkout = new Checkout({
      accounts: {
        a: { id: "111122223333", profile: "admin" },
        b: { id: "444455556666", profile: "admin" },
      },
      roles: { app: { accounts: ["*"], trusts: [{ service: "lambda.amazonaws.com" }] } },
    });
    const { code, out } = await checkout.run("rehearse");
    expect(code).toBe(1);
    expect(out).toMatch(
      /\nRefused in stack b: AWS account ID not allowed: 111122223333\n {2}at provider\.aws\n$/,
    );
    expect(out).not.toContain("wider than");
  });
});

describe("rehearse --json", () => {
  test("has the steps with what they change, who can assume what, and what is confirmed", async () => {
    checkout = new Checkout();
    const { steps, outcome } = await rehearseJson();
    expect(outcome).toEqual({ kind: "tightened" });
    const last = steps[5];
    expect(Object.keys(last)).toEqual([
      ...["name", "by", "principal", "changes", "stacks", "access", "wider", "confirmation"],
    ]);
    expect({ ...last, access: last.access[4] }).toEqual({
      name: "tighten",
      by: "deployer",
      principal: "arn:aws:iam::100000000004:role/crosstrust-deployer",
      changes: { update: 2 },
      stacks: [
        {
          stack: "client",
          result: "deployed",
          changes: [
            {
              action: "update",
              address: expect.stringMatching(/^aws_iam_role\./),
              attributes: ["assume_role_policy"],
            },
            {
              action: "update",
              address: expect.stringMatching(/^aws_iam_role\./),
              attributes: ["assume_role_policy"],
            },
          ],
        },
      ],
      access: {
        roleArn: "arn:aws:iam::100000000003:role/crosstrust/BuildRole",
        principal: "arn:aws:iam::100000000002:role/build/ci",
        result: "allowed",
        by: "principal",
        needs: [],
      },
      wider: [],
      confirmation: {
        confirmed: [],
        applied: [
          "arn:aws:iam::100000000003:role/crosstrust/BuildRole",
          "arn:aws:iam::100000000003:role/Billing",
        ],
      },
    });
    expect(steps[3].wider).toEqual([
      {
        roleArn: "arn:aws:iam::100000000003:role/crosstrust/BuildRole",
        principal: "arn:aws:iam::100000000002:role/build/ci",
        result: "allowed",
        by: "guarded account",
        needs: [],
      },
    ]);
  });

  test("of a refusal has the stack, and no end to compare with", async () => {
    checkout = new Checkout({
      accounts: {
        a: { id: "111122223333", profile: "admin" },
        b: { id: "444455556666", profile: "admin" },
      },
      roles: { app: { accounts: ["*"], trusts: [{ service: "lambda.amazonaws.com" }] } },
    });
    const { steps, outcome } = await rehearseJson();
    expect(outcome).toEqual({
      kind: "refused",
      stack: "b",
      address: "provider.aws",
      error: "AWS account ID not allowed: 111122223333",
    });
    expect(steps[0].stacks.map(({ stack, result }) => [stack, result])).toEqual([
      ["a", "deployed"],
      ["b", "refused"],
    ]);
    expect(steps[0]).not.toHaveProperty("wider");
  });

  test("is the same for the same files, byte by byte", async () => {
    checkout = new Checkout();
    const [first, second] = [
      await checkout.run("rehearse", "--json"),
      await checkout.run("rehearse", "--json"),
    ];
    expect(first.out).toBe(second.out);
  });
});
