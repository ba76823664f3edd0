import { buildWorld } from "../../src/rehearsal/world";
import { modelOf, sample } from "./model-of";

const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";
const HUB = "100000000004";

/** The world of the sample with other first deployers, and with more roles and users. */
function worldWith(
  firstDeployers: readonly string[],
  more: {
    readonly roles?: Readonly<Record<string, unknown>>;
    readonly identities?: Readonly<Record<string, unknown>>;
    readonly accounts?: Readonly<Record<string, unknown>>;
  } = {},
) {
  const { settings, roles, identities, accounts, ...rest } = sample();
  const bootstrap = {
    deployer: { account: "deploy", role: "crosstrust-deployer" },
    firstDeployers,
  };
  const model = modelOf({
    ...rest,
    settings: { ...settings, bootstrap },
    accounts: { ...accounts, ...more.accounts },
    roles: { ...roles, ...more.roles },
    identities: { ...identities, ...more.identities },
  });
  return buildWorld(model);
}

describe("a first deployer", () => {
  test("that is a user has the path of its ARN, and administers the hub", () => {
    const { terraform } = worldWith([`arn:aws:iam::${HUB}:user/people/founder`]);
    const founder = terraform.aws.account(HUB).users.get("founder");
    expect(founder.arn).toBe(`arn:aws:iam::${HUB}:user/people/founder`);
    expect([...founder.attachedPolicies.keys()]).toEqual([ADMINISTRATOR_ACCESS]);
  });

  test("that is the hub's access role is that role, which still trusts the management account", () => {
    const accessRole = `arn:aws:iam::${HUB}:role/OrganizationAccountAccessRole`;
    const { terraform } = worldWith([accessRole, accessRole]);
    const role = terraform.aws.account(HUB).roles.get("OrganizationAccountAccessRole");
    expect(JSON.stringify(role.trust)).toContain("100000000001");
    expect([...role.attachedPolicies.keys()]).toEqual([ADMINISTRATOR_ACCESS]);
  });

  test.each(["existing", "import"])(
    "that accounts.json has as an %s role is there once, and administers the hub",
    (ownership) => {
      const { terraform } = worldWith([`arn:aws:iam::${HUB}:role/ops/founder`], {
        roles: {
          founder: {
            accounts: ["deploy"],
            path: "/ops/",
            [ownership]: true,
            ...(ownership === "import" && { trusts: [{ service: "ec2.amazonaws.com" }] }),
          },
        },
      });
      const founder = terraform.aws.account(HUB).roles.get("founder");
      expect([...founder.attachedPolicies.keys()]).toEqual([ADMINISTRATOR_ACCESS]);
    },
  );

  test("that a stack makes is not there yet", () => {
    const { terraform } = worldWith([`arn:aws:iam::${HUB}:role/crosstrust-deployer`]);
    expect(terraform.aws.account(HUB).roles.tryGet("crosstrust-deployer")).toBeUndefined();
  });
});

describe("the management account's administrator", () => {
  test("is nobody whom accounts.json names", () => {
    const { terraform, deployer } = worldWith([], {
      identities: {
        root: {
          users: { Administrator: {}, bob: {}, alice: {} },
          groups: { CrossAccount: { users: ["alice"] } },
        },
      },
    });
    expect(deployer("administrator").arn).toBe(
      "arn:aws:iam::100000000001:user/other-administrator",
    );
    expect(terraform.aws.account("100000000001").users.tryGet("administrator")).toBeUndefined();
  });
});

describe("a profile", () => {
  test("signs in to the account that names it first", () => {
    const { terraform } = worldWith([], {
      accounts: {
        shared: { id: "100000000002", profile: "admin" },
        client: { id: "100000000003", profile: "admin", tags: { env: "prod" } },
      },
    });
    expect(terraform.profiles.get("admin")?.arn).toBe(
      "arn:aws:iam::100000000002:user/administrator",
    );
  });

  test("of the management account is its administrator", () => {
    const { terraform, deployer } = worldWith([], {
      accounts: { root: { id: "100000000001", management: true, profile: "root" } },
    });
    expect(terraform.profiles.get("root")).toEqual(deployer("administrator"));
  });
});
