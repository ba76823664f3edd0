import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout } from "../cli/checkout";
import { ROOT } from "../docs/markdown";
import { only } from "../constructs/stack-json";
import { readAccounts, synthesize } from "../stacks/organization";

const BUILDER = "arn:aws:iam::900000000601:role/ci/builder";
const EXTERNAL_ID = "58af0f2c-1c8b-4a0b-9d0e-6f1b1b1f4a3e";
const README = readFileSync(join(ROOT, "examples/build-server/README.md"), "utf8");
/** The two trusts that the page shows. */
const [FIRST, SECOND] = [...README.matchAll(/^ {3}```json\n([^]*?)^ {3}```/gm)].map(([, json]) =>
  JSON.parse(json),
);

describe("examples/build-server, step by step", () => {
  let checkout: Checkout;
  const accounts = JSON.parse(
    readFileSync(join(ROOT, "examples/build-server/accounts.json"), "utf8"),
  );

  beforeAll(() => {
    checkout = new Checkout(accounts);
  });

  afterAll(() => checkout.remove());

  function trust(): unknown {
    const { shared } = synthesize(readAccounts(checkout.path("accounts.json")));
    return JSON.parse(String(only(shared, "aws_iam_role").assume_role_policy)).Statement;
  }

  const statement = (principal: string, guard?: string) => [
    {
      Effect: "Allow",
      Principal: { AWS: principal },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "sts:ExternalId": EXTERNAL_ID },
        ...(guard !== undefined && { ArnEquals: { "aws:PrincipalArn": guard } }),
      },
    },
  ];

  test("1. with the external ID the whole account may come", () => {
    expect(accounts.roles.OurThingBuildRole.trusts).toEqual([FIRST]);
    expect(trust()).toEqual(statement("arn:aws:iam::900000000601:root"));
  });

  test("2. the handover tells them what they need, and asks for the role", async () => {
    const { code, out } = await checkout.run("handover", "OurThingBuildRole");
    expect(code).toBe(0);
    expect(out).toContain(EXTERNAL_ID);
    expect(out).toContain("arn:aws:iam::100000000601:role/OurThingBuildRole");
  });

  test("3. of the account only the role that is named gets in", () => {
    const { OurThingBuildRole: role } = accounts.roles;
    const named = { ...accounts, roles: { OurThingBuildRole: { ...role, trusts: [SECOND] } } };
    checkout.write("accounts.json", JSON.stringify(named));
    expect(trust()).toEqual(statement("arn:aws:iam::900000000601:root", BUILDER));
  });

  test("4. confirmed by hand, the role is the principal", async () => {
    const id = "AROAQRSTUVWXYZEXAMPLE";
    const { code } = await checkout.run("confirm", "--principal", BUILDER, "--unique-id", id);
    expect(code).toBe(0);
    expect(trust()).toEqual(statement(BUILDER));
  });
});
