import fc from "fast-check";
import {
  CrossAccountRole,
  type CrossAccountRoleProps,
} from "../../src/constructs/cross-account-role";
import { OidcProvider } from "../../src/constructs/oidc-provider";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { principalTrust } from "../../src/trust/principal-trust";
import type { Trust } from "../../src/trust/trust";
import {
  addressOf,
  countResources,
  named,
  only,
  policyOf,
  resourcesOf,
  synthesizeStack,
  terraformText,
  type StackJson,
} from "./stack-json";
import { allowing, CI, CI_ID, lockOf, TRUSTED, TRUSTING } from "./trusts";

const TRUSTS_CI: readonly Trust[] = [principalTrust(CI, EMPTY_LOCK)];

function synthesizeRole(props: Partial<CrossAccountRoleProps> = {}): StackJson {
  return synthesizeStack((stack) => {
    new CrossAccountRole(stack, "images", {
      roleName: "BuildRole",
      accountId: TRUSTING,
      trusts: TRUSTS_CI,
      ...props,
    });
  });
}

describe("the role's resource", () => {
  test("a role with a trust and nothing else is one resource with three arguments", () => {
    const stack = synthesizeRole();
    expect(stack.resource).toEqual({
      aws_iam_role: {
        images_role_8F5631CA: {
          name: "BuildRole",
          path: "/",
          assume_role_policy: JSON.stringify(
            allowing({
              Principal: { AWS: `arn:aws:iam::${TRUSTED}:root` },
              Action: "sts:AssumeRole",
              Condition: { ArnEquals: { "aws:PrincipalArn": CI } },
            }),
          ),
        },
      },
    });
    expect(stack.import).toEqual([]);
  });

  test("path, description and session duration are IAM's own arguments", () => {
    const stack = synthesizeRole({
      path: "/crosstrust/",
      description: "Push images",
      maxSessionDuration: 43_200,
    });
    expect(only(stack, "aws_iam_role")).toMatchObject({
      name: "BuildRole",
      path: "/crosstrust/",
      description: "Push images",
      max_session_duration: 43_200,
    });
  });

  test("deprecated arguments are never written: policies are resources of their own", () => {
    const role = only(
      synthesizeRole({
        statements: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }],
        managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      }),
      "aws_iam_role",
    );
    expect(Object.keys(role).sort()).toEqual(["assume_role_policy", "name", "path"]);
  });

  test("prevent_destroy stands there only when it is asked for", () => {
    expect(only(synthesizeRole({ destroy: "prevent" }), "aws_iam_role").lifecycle).toEqual({
      prevent_destroy: true,
    });
    expect(only(synthesizeRole({ destroy: "allow" }), "aws_iam_role")).not.toHaveProperty(
      "lifecycle",
    );
  });

  test("a role that exists is taken over by an import block at its own address", () => {
    const stack = synthesizeRole({ ownership: "import" });
    expect(stack.import).toEqual([{ to: addressOf(stack, "aws_iam_role"), id: "BuildRole" }]);
  });

  test("of a role without a trust denies everybody: IAM takes no empty trust policy", () => {
    const { assume_role_policy: policy } = only(synthesizeRole({ trusts: [] }), "aws_iam_role");
    expect(JSON.parse(String(policy)).Statement).toEqual([
      {
        Sid: "NobodyIsTrusted",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "sts:AssumeRole",
      },
    ]);
  });

  test("the ARN is known before the role exists, in every partition", () => {
    const arns = (["aws", "aws-us-gov", "aws-cn"] as const).map((partition) => {
      let arn = "";
      synthesizeStack((stack) => {
        ({ roleArn: arn } = new CrossAccountRole(stack, "images", {
          roleName: "BuildRole",
          accountId: TRUSTING,
          partition,
          path: "/crosstrust/",
          trusts: TRUSTS_CI,
        }));
      });
      return arn;
    });
    expect(arns).toEqual([
      "arn:aws:iam::111122223333:role/crosstrust/BuildRole",
      "arn:aws-us-gov:iam::111122223333:role/crosstrust/BuildRole",
      "arn:aws-cn:iam::111122223333:role/crosstrust/BuildRole",
    ]);
  });
});

describe("what the role may do", () => {
  test("its own statements are its inline policy `permissions`", () => {
    const stack = synthesizeRole({
      statements: [
        { Effect: "Allow", Action: "dynamodb:PutItem", Resource: "arn:aws:dynamodb:*:*:table/T" },
        { Effect: "Deny", Action: "dynamodb:DeleteItem", Resource: "*" },
      ],
    });
    expect(countResources(stack)).toEqual({ aws_iam_role: 1, aws_iam_role_policy: 1 });
    const policy = only(stack, "aws_iam_role_policy");
    expect(policy).toMatchObject({
      name: "permissions",
      role: `\${${addressOf(stack, "aws_iam_role")}.name}`,
    });
    expect(policyOf(policy)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "dynamodb:PutItem", Resource: "arn:aws:dynamodb:*:*:table/T" },
        { Effect: "Deny", Action: "dynamodb:DeleteItem", Resource: "*" },
      ],
    });
  });

  test("each managed policy is an attachment at an address built from its name and path", () => {
    const arns = [
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      "arn:aws:iam::aws:policy/job-function/Billing",
      "arn:aws:iam::111122223333:policy/Billing",
    ];
    const one = synthesizeRole({ managedPolicyArns: arns });
    const other = synthesizeRole({ managedPolicyArns: [...arns].reverse() });
    const attachments = resourcesOf(one, "aws_iam_role_policy_attachment");
    expect(
      Object.values(attachments)
        .map(({ policy_arn }) => policy_arn)
        .sort(),
    ).toEqual([...arns].sort());
    expect(resourcesOf(other, "aws_iam_role_policy_attachment")).toEqual(attachments);
  });

  test("IAM's own variables and template directives come to AWS as they were written", () => {
    const stack = synthesizeRole({
      description: "for ${aws:username}, 100%{sure}",
      statements: [
        {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::home/${aws:username}/%{if}/*",
          Condition: { StringEquals: { "aws:PrincipalTag/x": "$${literal}" } },
        },
      ],
    });
    const policy = only(stack, "aws_iam_role_policy");
    expect(policy.policy).toContain("home/$${aws:username}/%%{if}/*");
    const description = only(stack, "aws_iam_role").description;
    expect(description).toBe("for $${aws:username}, 100%%{sure}");
    expect(terraformText(String(description))).toBe("for ${aws:username}, 100%{sure}");
  });
});

describe("an instance profile", () => {
  test.each(["ec2.amazonaws.com", "ec2.amazonaws.com.cn"])(
    "is made for a trust in %s",
    (service) => {
      const stack = synthesizeRole({ path: "/app/", trusts: [{ kind: "service", service }] });
      expect(only(stack, "aws_iam_instance_profile")).toEqual({
        name: "BuildRole",
        path: "/app/",
        role: `\${${addressOf(stack, "aws_iam_role")}.name}`,
      });
    },
  );

  test.each(["ecs-tasks.amazonaws.com", "ec2x.amazonaws.com", "spot.ec2.amazonaws.com"])(
    "is not made for a trust in %s",
    (service) => {
      const stack = synthesizeRole({ trusts: [{ kind: "service", service }] });
      expect(countResources(stack)).toEqual({ aws_iam_role: 1 });
    },
  );
});

describe("trust by stage", () => {
  test("a confirmed role is trusted by its ARN alone", () => {
    const stack = synthesizeRole({ trusts: [principalTrust(CI, lockOf({ [CI]: CI_ID }))] });
    expect(policyOf(only(stack, "aws_iam_role"), "assume_role_policy")).toEqual(
      allowing({ Principal: { AWS: CI }, Action: "sts:AssumeRole" }),
    );
  });

  test("`appliedTrusts` says what the policy says: the account, or the unique ID", () => {
    const user = `arn:aws:iam::${TRUSTED}:user/bob`;
    const lock = lockOf({ [CI]: CI_ID });
    synthesizeStack((stack) => {
      const role = new CrossAccountRole(stack, "images", {
        roleName: "BuildRole",
        accountId: TRUSTING,
        trusts: [
          principalTrust(CI, lock),
          principalTrust(user, lock),
          { kind: "service", service: "ecs-tasks.amazonaws.com" },
        ],
      });
      expect(role.appliedTrusts).toEqual({ [CI]: CI_ID, [user]: "account" });
    });
  });

  test("between any two stages only assume_role_policy differs, at the same address", () => {
    const principal = fc.record({
      name: fc.stringMatching(/^[A-Za-z][\w+=,.@-]{0,20}$/),
      type: fc.constantFrom("role" as const, "user" as const),
      tighten: fc.constantFrom("role", "unique-id", "principal-arn", "never" as const),
      externalId: fc.option(fc.constant("some_key_build"), { nil: undefined }),
      confirmed: fc.boolean(),
    });
    const scenario = fc.record({
      principals: fc.uniqueArray(principal, {
        minLength: 1,
        maxLength: 4,
        selector: ({ name, type }) => `${type}/${name}`,
      }),
      destroy: fc.constantFrom("allow" as const, "prevent" as const),
      ownership: fc.constantFrom("define" as const, "import" as const),
      statements: fc.constantFrom(
        [],
        [{ Effect: "Allow", Action: "s3:*", Resource: "*" } as const],
      ),
    });
    fc.assert(
      fc.property(scenario, ({ principals, ...props }) => {
        const all = principals.map(({ name, type, ...rest }) => ({
          ...rest,
          type,
          arn: `arn:aws:iam::${TRUSTED}:${type}/${name}`,
        }));
        const ids = all.filter(({ confirmed }) => confirmed);
        const lock = lockOf(
          Object.fromEntries(
            ids.map(({ arn, type }) => [
              arn,
              `${type === "role" ? "AROA" : "AIDA"}EXAMPLE12345678`,
            ]),
          ),
        );
        const [before, after] = [EMPTY_LOCK, lock].map((each) =>
          synthesizeRole({
            ...props,
            trusts: all.map(({ arn, tighten, externalId }) =>
              principalTrust(arn, each, { tighten, externalId }),
            ),
          }),
        );
        const changes = ids.some(({ tighten }) => tighten === "role" || tighten === "unique-id");
        expect(withoutTrustPolicy(after)).toEqual(withoutTrustPolicy(before));
        expect(JSON.stringify(after) !== JSON.stringify(before)).toBe(changes);
      }),
      { numRuns: 60 },
    );
  });
});

function withoutTrustPolicy(stack: StackJson): unknown {
  const copy = structuredClone(stack);
  for (const role of Object.values(copy.resource.aws_iam_role)) delete role.assume_role_policy;
  return copy;
}

describe("a trust in tokens of an OpenID Connect provider", () => {
  const trusts: readonly Trust[] = [
    {
      kind: "oidc",
      partition: "aws",
      accountId: TRUSTING,
      issuer: "https://token.actions.githubusercontent.com",
      audience: "sts.amazonaws.com",
      subjects: ["repo:acme/infra:ref:refs/heads/main"],
    },
  ];

  test("the role is made after the provider, and pins issuer, audience and subject", () => {
    const stack = synthesizeStack((scope) => {
      const provider = new OidcProvider(scope, "github", {
        issuer: "https://token.actions.githubusercontent.com",
        audiences: ["sts.amazonaws.com"],
      });
      new CrossAccountRole(scope, "deployer", {
        roleName: "deployer",
        accountId: TRUSTING,
        trusts,
        dependsOn: [provider.dependable],
      });
    });
    const role = named(stack, "aws_iam_role", "deployer");
    expect(role.depends_on).toEqual([addressOf(stack, "aws_iam_openid_connect_provider")]);
    expect(policyOf(role, "assume_role_policy")).toEqual(
      allowing({
        Principal: {
          Federated: `arn:aws:iam::${TRUSTING}:oidc-provider/token.actions.githubusercontent.com`,
        },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:acme/infra:ref:refs/heads/main",
          },
        },
      }),
    );
  });

  test("an empty list of dependencies leaves no trace", () => {
    expect(only(synthesizeRole({ trusts, dependsOn: [] }), "aws_iam_role")).not.toHaveProperty(
      "depends_on",
    );
  });
});
