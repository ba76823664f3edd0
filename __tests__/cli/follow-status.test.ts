import { Checkout } from "./checkout";
import { FakeTerraform } from "./fake-terraform";
import { nextOf, SimulatedCdktf } from "./simulated-cdktf";

const END = "Nothing is left to do: every trust has come to its end.\n";

let checkout: Checkout;

afterEach(() => {
  FakeTerraform.remove();
  checkout.remove();
});

/** Types what `status` says until nothing is left, and tells what was typed. */
async function followStatus(): Promise<readonly string[]> {
  new FakeTerraform(checkout.folder);
  const cdktf = new SimulatedCdktf(checkout);
  const typed: string[] = [];
  for (let round = 0; round < 8; round += 1) {
    const { code, out } = await checkout.run("status");
    expect(code).toBe(0);
    if (out.endsWith(END)) return typed;
    for (const each of nextOf(out)) {
      typed.push(each.command);
      if (each.command.includes("…")) return typed;
      if (each.command === "npx crosstrust confirm") {
        expect(await checkout.run("confirm")).toMatchObject({ code: 0, err: "" });
      } else await cdktf.deploy(each);
    }
  }
  throw new Error("status never came to an end");
}

describe("typing what status says, in the order in which it says it", () => {
  test("takes the sample from nothing to its end", async () => {
    checkout = new Checkout();
    expect(await followStatus()).toEqual([
      "npx cdktf deploy '*-bootstrap'",
      "npx cdktf deploy deploy",
      "npx crosstrust confirm",
      "npx cdktf deploy '*-bootstrap'",
      "npx cdktf deploy shared client",
      "npx cdktf deploy root",
      "npx crosstrust confirm",
      "npx cdktf deploy client",
      "npx crosstrust confirm",
    ]);
    expect((await checkout.run("status", "--fail-on-open")).code).toBe(0);
  });

  test("takes an organization without a bootstrap there, in deploy_order", async () => {
    checkout = new Checkout({
      accounts: {
        a: { id: "111122223333", deploy_order: 2 },
        b: { id: "444455556666", deploy_order: 1 },
      },
      roles: {
        reader: { accounts: ["a"], trusts: [{ account: "b", role: "app" }] },
        app: { accounts: ["b"], trusts: [{ service: "lambda.amazonaws.com" }] },
      },
    });
    expect(await followStatus()).toEqual([
      "npx cdktf deploy b a",
      "npx crosstrust confirm",
      "npx cdktf deploy a",
      "npx crosstrust confirm",
    ]);
  });

  test("keeps cdktf from starting more than four stacks at once", async () => {
    const names = ["a", "b", "c", "d", "e"];
    checkout = new Checkout({
      accounts: Object.fromEntries(
        names.map((name, number) => [name, { id: String(100_000_000_001 + number) }]),
      ),
      roles: { app: { accounts: ["*"], trusts: [{ service: "lambda.amazonaws.com" }] } },
    });
    expect(await followStatus()).toEqual([
      "npx cdktf deploy a b c d e --parallelism 4 --skip-provider-lock",
      "npx crosstrust confirm",
    ]);
  });

  test("ends at the confirmation by hand of a role that no stack makes, and then goes on", async () => {
    checkout = new Checkout({
      accounts: {
        a: { id: "111122223333" },
        vendor: { id: "900000000001", external: true },
      },
      roles: {
        audit: {
          accounts: ["a"],
          trusts: [{ account: "vendor", role: "auditor", externalId: "some_key" }],
        },
      },
    });
    const auditor = "arn:aws:iam::900000000001:role/auditor";
    expect(await followStatus()).toEqual([
      "npx cdktf deploy a",
      "npx crosstrust confirm",
      `npx crosstrust confirm --principal ${auditor} --unique-id AROA…`,
    ]);
    const { out } = await checkout.run(
      ...["confirm", "--principal", auditor, "--unique-id", "AROAEXAMPLEEXAMPLE01"],
    );
    expect(nextOf(out).map(({ command }) => command)).toEqual([
      "npx cdktf deploy a",
      "npx crosstrust confirm",
    ]);
  });
});

test("once all is deployed, status says how to find a role that was made again, and that finds it", async () => {
  checkout = new Checkout();
  await followStatus();
  const { out } = await checkout.run("status");
  const commands = out.split("\n").filter((line) => line.startsWith("  npx "));
  expect(commands).toEqual([
    "  npx cdktf deploy shared deploy --refresh-only --auto-approve --outputs-file refreshed.json",
    "  npx crosstrust confirm --outputs refreshed.json",
    "  npx cdktf deploy root --refresh-only --auto-approve --outputs-file refreshed.json",
    "  npx crosstrust confirm --outputs refreshed.json",
  ]);

  const ci = "arn:aws:iam::100000000002:role/build/ci";
  checkout.write(
    "refreshed.json",
    JSON.stringify({
      shared: {
        trusted_principals: { [ci]: "AROAANOTHERANOTHER01" },
        trusts: {},
        role_arns: {},
      },
    }),
  );
  const noticed = await checkout.run("confirm", "--outputs", "refreshed.json");
  expect(noticed.code).toBe(1);
  expect(noticed.out).toMatch(/^recreated arn:aws:iam::100000000002:role\/build\/ci: was AROA/m);
  expect(noticed.out).toContain("trusted by client, to be deployed again");
});
