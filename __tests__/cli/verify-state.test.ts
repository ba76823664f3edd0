import { Checkout } from "./checkout";
import { FakeTerraform } from "./fake-terraform";

const CI = "arn:aws:iam::111122223333:role/ci";
const BUILD = "arn:aws:iam::444455556666:role/build";

let checkout: Checkout;
let terraform: FakeTerraform;

beforeEach(() => {
  checkout = new Checkout({
    accounts: { a: { id: "111122223333" }, b: { id: "444455556666" } },
    roles: {
      ci: { accounts: ["a"], trusts: [{ service: "ec2.amazonaws.com" }] },
      build: { accounts: ["b"], trusts: [{ account: "a", role: "ci" }] },
    },
  });
  terraform = new FakeTerraform(checkout.folder);
});

afterEach(() => {
  FakeTerraform.remove();
  checkout.remove();
});

const policy = (...Statement: readonly unknown[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });

function role(arn: string, trust: unknown, uniqueId: string, inline: readonly unknown[] = []) {
  return {
    type: "aws_iam_role",
    attributes: {
      arn,
      name: arn.split("/")[1],
      path: "/",
      unique_id: uniqueId,
      permissions_boundary: "",
      managed_policy_arns: [],
      inline_policy: inline,
      assume_role_policy: policy(trust),
    },
  };
}

/** Writes a state as `terraform state pull` prints it. */
function writeState(
  stack: string,
  resources: readonly { readonly type: string; readonly attributes: object }[],
): void {
  const state = {
    version: 4,
    terraform_version: "1.9.0",
    outputs: {},
    resources: resources.map(({ type, attributes }, index) => ({
      mode: "managed",
      type,
      name: `x${index}`,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ schema_version: 0, attributes }],
    })),
  };
  checkout.write(`state/${stack}.tfstate`, JSON.stringify(state));
}

const EC2 = {
  Effect: "Allow",
  Principal: { Service: "ec2.amazonaws.com" },
  Action: "sts:AssumeRole",
};
const MAY = policy({ Effect: "Allow", Action: "sts:AssumeRole", Resource: BUILD });
const inline = [{ name: "assume", policy: MAY }];
const trusting = (principal: string) => ({
  Effect: "Allow",
  Principal: { AWS: principal },
  Action: "sts:AssumeRole",
});
const guarded = {
  ...trusting("arn:aws:iam::111122223333:root"),
  Condition: { ArnEquals: { "aws:PrincipalArn": CI } },
};

function writeCi(): void {
  writeState("a", [
    role(CI, EC2, "AROAEXAMPLEEXAMPLE01", inline),
    { type: "aws_iam_role_policy", attributes: { role: "ci", name: "assume", policy: MAY } },
  ]);
}

async function findings(): Promise<readonly (readonly [string, string, string])[]> {
  const { out } = await checkout.run("verify", "--state", "--json");
  const parsed = JSON.parse(out) as {
    readonly findings: readonly { kind: string; arn: string; principal: string }[];
  };
  return parsed.findings.map(({ kind, arn, principal }) => [kind, arn, principal] as const);
}

describe("verify --state", () => {
  test("finds nothing where every stack is deployed as declared", async () => {
    writeCi();
    writeState("b", [role(BUILD, guarded, "AROAEXAMPLEEXAMPLE02")]);
    const { code, out } = await checkout.run("verify", "--state", "--strict");
    expect([code, out]).toEqual([
      0,
      "2 roles compared with accounts.json: 0 findings, 0 undecided\n",
    ]);
  });

  test("finds the unique ID of a deleted principal in a trust policy", async () => {
    writeCi();
    writeState("b", [role(BUILD, trusting("AROAEXAMPLEDELETED00"), "AROAEXAMPLEEXAMPLE02")]);
    expect(await findings()).toEqual([
      ["orphan", BUILD, "AROAEXAMPLEDELETED00"],
      ["missing", BUILD, CI],
    ]);
  });

  test("finds the unique ID of a deleted principal in the policy of a queue, made by hand", async () => {
    writeCi();
    const arn = "arn:aws:sqs:us-east-1:444455556666:jobs";
    const sends = { Effect: "Allow", Action: "sqs:SendMessage", Resource: arn };
    writeState("b", [
      role(BUILD, guarded, "AROAEXAMPLEEXAMPLE02"),
      {
        type: "aws_sqs_queue",
        attributes: {
          arn,
          name: "jobs",
          policy: policy({ ...sends, Principal: { AWS: "AROAEXAMPLEDELETED00" } }),
        },
      },
    ]);
    expect(await findings()).toEqual([["orphan", arn, "AROAEXAMPLEDELETED00"]]);
  });

  test("finds who was let in by hand, and a policy that was attached by hand", async () => {
    writeState("a", [
      role(CI, EC2, "AROAEXAMPLEEXAMPLE01", [
        ...inline,
        {
          name: "by-hand",
          policy: policy({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }),
        },
      ]),
      { type: "aws_iam_role_policy", attributes: { role: "ci", name: "assume", policy: MAY } },
    ]);
    const stranger = "arn:aws:iam::999999999999:root";
    const hand = { ...role(BUILD, guarded, "AROAEXAMPLEEXAMPLE02") };
    hand.attributes.assume_role_policy = policy(guarded, trusting(stranger));
    writeState("b", [hand]);
    expect(await findings()).toEqual([
      ["not declared", BUILD, stranger],
      ["permission without trust", CI, undefined],
    ]);
  });

  test("finds what was never applied as missing", async () => {
    writeCi();
    expect(await findings()).toEqual([["missing", BUILD, undefined]]);
  });

  test("names the stack whose backend cannot be reached", async () => {
    terraform.mode = "unreachable";
    const { code, err } = await checkout.run("verify", "--state");
    expect(code).toBe(3);
    expect(err).toMatch(/stack [ab]: expected to read its state from its backend/);
  });

  test("takes either a folder or the states", async () => {
    const { code, err } = await checkout.run("verify", "out", "--state");
    expect([code, err]).toEqual([
      2,
      "error: expected a folder or --state, found both; leave one out\n",
    ]);
  });
});
