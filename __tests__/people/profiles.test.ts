import {
  credentialSourceOf,
  profilesFor,
  rolesWithoutProfile,
  type ProfileSource,
} from "../../src/people/profiles";
import { profilesIni } from "../../src/people/profiles-ini";
import type { Identity } from "../../src/people/identity";
import type { Model } from "../../src/model/model";
import { ADMINS, agency, group, permissionSet, role, user } from "./agency";

const KEYS: ProfileSource = { profile: "default" };
const EC2 = { accounts: ["other"], trusts: [{ service: "ec2.amazonaws.com" }] };

function app(entry: object): Model {
  return agency({ roles: { app: { accounts: ["client"], ...entry }, ci: EC2 } });
}

/** The settings of the only profile. */
function settings(model: Model, identity: Identity, source = KEYS): Record<string, string> {
  const profiles = profilesFor(model, identity, source);
  expect(profiles).toHaveLength(1);
  return Object.fromEntries(profiles[0].settings);
}

describe("a user's profile", () => {
  test("has all that the role asks for", () => {
    const model = app({
      path: "/people/",
      trusts: [{ account: "main", user: "bob", externalId: "bobs:key" }],
      maxSessionDuration: 7200,
    });

    expect(profilesIni(profilesFor(model, user(model, "bob"), KEYS))).toBe(
      [
        "[profile client/app]",
        "role_arn = arn:aws:iam::111122223333:role/people/app",
        "source_profile = default",
        "mfa_serial = arn:aws:iam::100000000001:mfa/bobs-phone",
        "external_id = bobs:key",
        "role_session_name = bob",
        "duration_seconds = 7200",
        "region = us-east-1",
      ].join("\n"),
    );
  });

  test("names the device after the user where no other is said", () => {
    const model = app({ trusts: [ADMINS] });

    expect(settings(model, user(model, "alice")).mfa_serial).toBe(
      "arn:aws:iam::100000000001:mfa/alice",
    );
  });

  test("asks for no code where the role does not", () => {
    const model = app({ trusts: [{ ...ADMINS, mfa: false }] });

    expect(settings(model, user(model, "alice"))).not.toHaveProperty("mfa_serial");
  });

  test("takes the way in that asks for less, where there are two", () => {
    const model = app({
      trusts: [ADMINS, { account: "main", user: "alice", externalId: "alices", mfa: false }],
    });

    expect(settings(model, user(model, "alice"))).not.toHaveProperty("external_id");
  });

  test("leaves the session's name to the AWS CLI where the user's is too short for one", () => {
    const model = app({ trusts: [{ account: "main", user: "j" }] });

    expect(settings(model, user(model, "j"))).not.toHaveProperty("role_session_name");
  });

  test.each([
    ["${aws:username}", "alice"],
    ["*", "alice"],
    ["ops-*", "ops-alice"],
    ["ops-??", "ops-xx"],
  ])("has the session's name that the role asks for: %s", (sessionName, name) => {
    const model = app({ trusts: [{ ...ADMINS, sessionName }] });

    expect(settings(model, user(model, "alice")).role_session_name).toBe(name);
  });
});

test("a profile of a permission set is assumed from the sign-in's, for role chaining's hour, without MFA", () => {
  const model = agency({
    roles: {
      app: {
        accounts: ["client"],
        trusts: [{ account: "main", permissionSet: "Admin" }],
        maxSessionDuration: 7200,
      },
      audit: { accounts: ["client"], trusts: [{ account: "main", permissionSet: "Audit" }] },
      admins: { accounts: ["client"], trusts: [ADMINS] },
      elsewhere: { accounts: ["client"], trusts: [{ account: "other", permissionSet: "Admin" }] },
    },
  });

  expect(settings(model, permissionSet(model, "Admin"), { profile: "sso" })).toEqual({
    role_arn: "arn:aws:iam::111122223333:role/app",
    source_profile: "sso",
    duration_seconds: "3600",
    region: "us-east-1",
  });
});

test("a machine's profile has the session's name that the role asks for", () => {
  const model = app({ trusts: [{ account: "other", role: "ci", sessionName: "ci-*" }] });

  expect(settings(model, role(model, "ci")).role_session_name).toBe("ci-session");
});

test.each([
  ["a source identity", { sourceIdentity: "*" }],
  ["session tags", { sessionTags: { ticket: "*" } }],
])(
  "a role that demands %s has no profile, unless another trust lets him in without",
  (_, limit) => {
    const limited = app({ trusts: [{ ...ADMINS, ...limit }] });
    const both = app({
      trusts: [
        { ...ADMINS, ...limit },
        { account: "main", user: "alice" },
      ],
    });

    expect(profilesFor(limited, user(limited, "alice"), KEYS)).toEqual([]);
    expect(rolesWithoutProfile(limited, user(limited, "alice")).map(({ key }) => key)).toEqual([
      "app",
    ]);
    expect(profilesFor(both, user(both, "alice"), KEYS)).toHaveLength(1);
    expect(rolesWithoutProfile(both, user(both, "alice"))).toEqual([]);
  },
);

test("a user has a profile for each role that trusts him or a group of his, by account", () => {
  const model = agency({
    roles: {
      admin: { accounts: ["*"], trusts: [ADMINS] },
      dev: { accounts: ["client"], trusts: [{ account: "main", group: "Developers" }] },
      whole: { accounts: ["client"], trusts: [{ account: "main" }] },
      bobs: { accounts: ["client"], trusts: [{ account: "main", user: "bob" }] },
    },
  });
  const names = profilesFor(model, user(model, "alice"), KEYS).map(({ name }) => name);

  expect(names).toEqual(["client/admin", "client/dev", "other/admin"]);
});

test("a profile's name has no character that an SDK refuses, and no two roles share one", () => {
  const roles = Object.fromEntries(
    ["a=b,c", "a+b@c.d-e_f"].map((name, index) => [
      `key${index}`,
      { name, accounts: ["client"], trusts: [ADMINS] },
    ]),
  );
  const model = agency({ roles });
  const names = profilesFor(model, user(model, "alice"), KEYS).map(({ name }) => name);

  expect(names).toEqual(["client/a%3Db%2Cc", "client/a+b@c.d-e_f"]);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_\-/.%@:+]+$/);
});

test("a group's profile leaves the device to its members", () => {
  const model = app({ trusts: [ADMINS] });

  expect(settings(model, group(model, "Admins"))).toMatchObject({
    mfa_serial: "arn:aws:iam::100000000001:mfa/YOUR-DEVICE",
  });
  expect(settings(model, group(model, "Admins"))).not.toHaveProperty("role_session_name");
});

describe("a machine's profile", () => {
  const CI = { account: "other", role: "ci" };

  test("is from the machine's own credentials, and within the hour of role chaining", () => {
    const model = app({ trusts: [CI], maxSessionDuration: 43200 });

    expect(settings(model, role(model, "ci"), { credentials: "Ec2InstanceMetadata" })).toEqual({
      role_arn: "arn:aws:iam::111122223333:role/app",
      credential_source: "Ec2InstanceMetadata",
      duration_seconds: "3600",
      region: "us-east-1",
    });
  });

  test.each([
    ["Ec2InstanceMetadata", [{ service: "ec2.amazonaws.com" }]],
    ["Ec2InstanceMetadata", [{ service: "ec2.amazonaws.com.cn" }]],
    ["EcsContainer", [{ service: "ecs-tasks.amazonaws.com" }]],
    ["EcsContainer", [{ service: "codebuild.amazonaws.com" }]],
    ["Environment", [{ service: "lambda.amazonaws.com" }]],
    [
      "Environment",
      [
        {
          oidc: {
            issuer: "https://token.actions.githubusercontent.com",
            audience: "sts.amazonaws.com",
            subject: "repo:acme/infra:ref:refs/heads/main",
          },
        },
      ],
    ],
    [undefined, [{ service: "ec2.amazonaws.com" }, { service: "lambda.amazonaws.com" }]],
    [undefined, [{ service: "states.amazonaws.com" }]],
    [undefined, [ADMINS]],
  ])("finds its credentials in %s where its role trusts %j", (source, trusts) => {
    const model = app({ trusts });
    const found = model.roles.find(({ key }) => key === "app");

    expect(found && credentialSourceOf(found)).toBe(source);
  });
});
