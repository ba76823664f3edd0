import { assumeRole, type AssumeRoleRequest } from "./harness/assume-role";
import { AwsError } from "./harness/aws";
import { describeEndToEnd } from "./harness/describe-end-to-end";
import { Project } from "./harness/project";
import type { Credentials } from "./harness/sigv4";
import requests from "./limits/requests.json";

const ACCOUNTS = { main: "100000000401", build: "100000000402", prod: "100000000403" } as const;

const CI = { account: "build", role: "ci" } as const;

/** A role for each limit, and one beside it that differs in the limit alone. */
const ROLES = {
  Tagged: { trusts: [{ ...CI, sessionTags: { ticket: "OPS-*" } }] },
  Named: { trusts: [{ ...CI, sessionName: "release-*" }] },
  FromHere: { trusts: [{ ...CI, sourceIp: ["127.0.0.0/8"] }] },
  FromElsewhere: { trusts: [{ ...CI, sourceIp: ["203.0.113.0/24"] }] },
  NotYetOver: { trusts: [{ ...CI, expires: "2199-01-01T00:00:00Z" }] },
  Over: { trusts: [{ ...CI, expires: "2020-01-01T00:00:00Z" }] },
  OfBuild: {
    trusts: [{ ...CI, conditions: { StringEquals: { "aws:PrincipalAccount": ACCOUNTS.build } } }],
  },
  OfProd: {
    trusts: [{ ...CI, conditions: { StringEquals: { "aws:PrincipalAccount": ACCOUNTS.prod } } }],
  },
  Unbounded: { managedPolicies: ["AdministratorAccess"], trusts: [CI] },
  Bounded: {
    managedPolicies: ["AdministratorAccess"],
    permissionsBoundary: "IAMReadOnlyAccess",
    trusts: [CI],
  },
};

type RoleName = keyof typeof ROLES;

const roleArn = (name: RoleName): string => `arn:aws:iam::${ACCOUNTS.prod}:role/${name}`;

interface Case {
  readonly rule: string;
  readonly role: RoleName;
  readonly request?: Omit<AssumeRoleRequest, "roleArn">;
  readonly verdict: "allowed" | "denied";
}

const CASES = requests as readonly Case[];

describeEndToEnd("limits of a trust", (endToEnd) => {
  let project: Project;
  let ci: Credentials;

  beforeAll(async () => {
    const { clone, cloud, env } = endToEnd();
    clone.copyTo("examples/limits/trust.lock.json", "limits/trust.lock.json");
    const roles = Object.entries(ROLES).map(([name, role]) => [
      name,
      { accounts: ["prod"], ...role },
    ]);
    clone.write(
      "limits/accounts.json",
      JSON.stringify({
        settings: { region: "us-east-1" },
        accounts: {
          main: { id: ACCOUNTS.main, management: true },
          build: { id: ACCOUNTS.build },
          prod: { id: ACCOUNTS.prod },
        },
        roles: {
          ci: { accounts: ["build"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
          ...Object.fromEntries(roles),
        },
      }),
    );
    project = new Project({
      clone,
      env: { ...env, CROSSTRUST_ACCOUNTS: "limits/accounts.json" },
      credentials: await cloud.createOrganization(ACCOUNTS.main, [ACCOUNTS.build, ACCOUNTS.prod]),
    });
  });

  async function verdictOf({ role, request }: Case): Promise<string> {
    const answer = await assumeRole(endToEnd().cloud.as(ci), {
      roleArn: roleArn(role),
      ...request,
    });
    return answer.verdict;
  }

  /** Each case with what the emulator says of it. */
  async function judged(): Promise<readonly Case[]> {
    const verdicts: Case[] = [];
    for (const each of CASES) {
      verdicts.push({ ...each, verdict: (await verdictOf(each)) as Case["verdict"] });
    }
    return verdicts;
  }

  test("both accounts are deployed", async () => {
    await project.deploy(["build", "prod"]);
    ci = await endToEnd().cloud.sessionOf(ACCOUNTS.build, "ci");
  });

  test("while the account is trusted, guarded, each limit holds", async () => {
    expect(await judged()).toEqual(CASES);
  });

  test("tightening changes the trust policies alone", async () => {
    await project.crosstrust(0, "confirm");
    await project.cdktf("synth");
    const { changes } = await project.plan("prod");
    expect(changes).toHaveLength(Object.keys(ROLES).length);
    for (const { changed } of changes) expect(changed).toEqual(["assume_role_policy"]);
    await project.deploy(["prod"]);
  });

  test("where the role itself is trusted, each limit holds", async () => {
    expect(await judged()).toEqual(CASES);
  });

  test("a session does what its role's policies and its permissions boundary both allow", async () => {
    const { cloud } = endToEnd();
    const does = async (role: RoleName, action: string, parameters = {}): Promise<string> => {
      const answer = await assumeRole(cloud.as(ci), { roleArn: roleArn(role) });
      if (answer.verdict === "denied") return "no session";
      try {
        await cloud.as(answer.credentials).iam(action, parameters);
        return "allowed";
      } catch (error) {
        if (error instanceof AwsError && error.code === "AccessDenied") return "denied";
        throw error;
      }
    };
    expect({
      boundedLists: await does("Bounded", "ListRoles"),
      boundedCreates: await does("Bounded", "CreateGroup", { GroupName: "made" }),
      unboundedCreates: await does("Unbounded", "CreateGroup", { GroupName: "made" }),
    }).toEqual({ boundedLists: "allowed", boundedCreates: "denied", unboundedCreates: "allowed" });
  });
});
