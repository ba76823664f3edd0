import { verifyLive } from "../../src/cli/verify-live";
import { estateOfModel } from "../../src/cli/estate-of-model";
import type { PolicyDocument } from "../../src/iam/policy-document";
import { NoCredentialsError } from "../../src/live/no-credentials-error";
import { FakeTerminal } from "../cli/fake-terminal";
import { modelOf } from "../stacks/organization";
import { FakeAws, type FakeWorld } from "./fake-aws";

const HUB = "100000000001";
const APP = "100000000002";
const DATA = "100000000003";
const arn = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const session = (account: string, name: string): string =>
  `arn:aws:sts::${account}:assumed-role/${name}/me`;

/** `start` in the hub assumes `app`, which assumes `data`; `admin` wants MFA. */
const MODEL = modelOf({
  accounts: { hub: { id: HUB }, app: { id: APP, profile: "app" }, data: { id: DATA } },
  identities: { hub: { users: { alice: {} } } },
  roles: {
    start: { accounts: ["hub"], trusts: [{ service: "ec2.amazonaws.com" }] },
    app: {
      accounts: ["app"],
      trusts: [{ account: "hub", role: "start", externalId: "agreed" }],
    },
    data: { accounts: ["data"], trusts: [{ account: "app", role: "app" }] },
    admin: { accounts: ["data"], trusts: [{ account: "hub", user: "alice" }] },
  },
});

/** AWS as the stacks say, but for some roles. */
async function worldWith(
  roles: Readonly<Record<string, PolicyDocument | "missing" | undefined>> = {},
  refused: Readonly<Record<string, string>> = {},
): Promise<FakeWorld> {
  const estate = await estateOfModel(MODEL, new FakeTerminal());
  const deployed = [...estate.identities.values()].flatMap(({ arn: role, trustPolicy }) =>
    typeof trustPolicy === "object" ? [[role, trustPolicy] as const] : [],
  );
  const all = { ...Object.fromEntries(deployed), ...roles };
  const there = Object.entries(all).filter(
    (entry): entry is [string, PolicyDocument | undefined] => entry[1] !== "missing",
  );
  return { roles: Object.fromEntries(there), refused, log: [] };
}

async function run(
  world: FakeWorld,
  caller: string | undefined,
  terminal = new FakeTerminal(true),
) {
  const connect = (_region: string, profile?: string) =>
    new FakeAws(world, profile === undefined ? caller : undefined);
  const code = await verifyLive(terminal, MODEL, { json: true }, connect);
  return { code, ...JSON.parse(terminal.out) };
}

const outcomes = ({ accesses, roles }: { readonly accesses: Row[]; readonly roles: Row[] }) => ({
  accesses: accesses.map(({ roleArn, outcome }) => `${roleArn}: ${outcome}`),
  roles: roles.map(({ roleArn, outcome }) => `${roleArn}: ${outcome}`),
});

interface Row {
  readonly roleArn: string;
  readonly outcome: string;
}

describe("verify --live", () => {
  test("follows chains from the credentials at hand, with what each trust demands", async () => {
    const world = await worldWith();
    const result = await run(world, session(HUB, "start"));
    expect(result.code).toBe(0);
    expect(outcomes(result)).toEqual({
      accesses: [`${arn(APP, "app")}: works`, `${arn(DATA, "data")}: works`],
      roles: [
        `${arn(HUB, "start")}: same`,
        `${arn(APP, "app")}: same`,
        `${arn(DATA, "data")}: same`,
        `${arn(DATA, "admin")}: same`,
      ],
    });
    expect(world.log).toEqual([
      `${session(HUB, "start")} -> ${arn(APP, "app")} {"externalId":"agreed"}`,
      `arn:aws:sts::${APP}:assumed-role/app/crosstrust-live -> ${arn(DATA, "data")} {}`,
    ]);
    expect(result.outOfReach).toBe(1);
  });

  test("does not try what wants MFA, and says so", async () => {
    const result = await run(await worldWith(), `arn:aws:iam::${HUB}:user/alice`);
    expect(result.accesses).toEqual([
      expect.objectContaining({
        roleArn: arn(DATA, "admin"),
        outcome: "not tried",
        because: "it needs MFA: no code is asked for here",
      }),
    ]);
    expect(outcomes(result).roles).toContain(`${arn(DATA, "admin")}: not readable`);
    expect(result.code).toBe(0);
  });

  test("a refusal is a finding, with AWS's own words", async () => {
    const words = "AccessDenied: not authorized to perform: sts:AssumeRole";
    const result = await run(
      await worldWith({}, { [arn(APP, "app")]: words }),
      session(HUB, "start"),
    );
    expect(result.code).toBe(1);
    expect(result.accesses).toEqual([
      expect.objectContaining({ outcome: "refused", because: words }),
    ]);
  });

  test.each([
    ["missing", "missing", undefined],
    [
      "orphaned",
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "AROAQRSTUVWXYZEXAMPLE" },
            Action: "sts:AssumeRole",
          },
        ],
      },
      "AROAQRSTUVWXYZEXAMPLE",
    ],
    [
      "differs",
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: APP }, Action: "sts:AssumeRole" }],
      },
      expect.stringContaining(APP),
    ],
  ] as const)("a role that is %s is a finding", async (outcome, there, because) => {
    const result = await run(
      await worldWith({ [arn(DATA, "data")]: there }),
      session(HUB, "start"),
    );
    expect(result.code).toBe(1);
    const [role] = result.roles.filter((each: Row) => each.roleArn === arn(DATA, "data"));
    expect(role).toEqual({
      roleArn: arn(DATA, "data"),
      stack: "data",
      address: expect.stringMatching(/^aws_iam_role\./),
      outcome,
      ...(because !== undefined && { because }),
    });
  });

  test("a trust policy that says the same in other words is the same", async () => {
    const { roles } = await worldWith();
    const trust = roles[arn(APP, "app")];
    const [statement] = [trust?.Statement ?? []].flat();
    const other = {
      Version: "2012-10-17",
      Statement: { ...statement, Action: ["sts:AssumeRole"], Principal: { AWS: HUB } },
    } as const;
    const result = await run(await worldWith({ [arn(APP, "app")]: other }), session(HUB, "start"));
    expect(outcomes(result).roles).toContain(`${arn(APP, "app")}: same`);
  });

  test("says what it will do, and does nothing without a yes", async () => {
    const world = await worldWith();
    const terminal = new FakeTerminal(false);
    const connect = () => new FakeAws(world, session(HUB, "start"));
    expect(await verifyLive(terminal, MODEL, {}, connect)).toBe(0);
    expect(terminal.err).toMatch(/^This assumes roles for real, .* called crosstrust-live, /);
    expect(terminal.questions).toEqual(["Go on?"]);
    expect(world.log).toEqual([]);
    await expect(verifyLive(new FakeTerminal(), MODEL, {}, connect)).rejects.toThrow(
      "expected --yes, because nobody can be asked here",
    );
    expect(world.log).toEqual([]);
  });

  test("without credentials says what was tried", async () => {
    const connect = () => new FakeAws({ roles: {}, log: [] }, undefined);
    const verified = verifyLive(new FakeTerminal(true), MODEL, {}, connect);
    await expect(verified).rejects.toThrow(NoCredentialsError);
    await expect(verified).rejects.toThrow(
      "no credentials at hand: the environment: Could not load credentials from any providers; profile app: ",
    );
  });

  test("prints a table, what is wrong with what to do, and a summary", async () => {
    const world = await worldWith({ [arn(DATA, "data")]: "missing" });
    const terminal = new FakeTerminal(true);
    const connect = (_region: string, profile?: string) =>
      new FakeAws(world, profile === undefined ? session(HUB, "start") : undefined);
    expect(await verifyLive(terminal, MODEL, {}, connect)).toBe(1);
    expect(terminal.out).toBe(
      [
        `as ${session(HUB, "start")}`,
        "who        role",
        "hub/start  app/app    works",
        "app/app    data/data  works",
        "missing: data/data: AWS has no such role",
        "  do: npx cdktf deploy data",
        "2 accesses work, 0 refused, 0 not tried, 1 of others, whose credentials are not at hand, 3 trust policies are as the stacks say, 1 not, 0 not readable",
        "",
      ].join("\n"),
    );
  });
});
