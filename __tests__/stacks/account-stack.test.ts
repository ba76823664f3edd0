import {
  addressOf,
  countResources,
  named,
  only,
  policyOf,
  resourcesOf,
  type StackJson,
} from "../constructs/stack-json";
import { allowing } from "../constructs/trusts";
import { modelOf, readAccounts, synthesize } from "./organization";

const SAMPLE = synthesize(readAccounts("examples/staged-bootstrap/accounts.json"));

function addresses(stack: StackJson): readonly string[] {
  return Object.keys(stack.resource)
    .flatMap((type) => Object.keys(resourcesOf(stack, type)))
    .sort();
}

describe("the staged-bootstrap example", () => {
  test("has a stack per account, and a bootstrap stack per member account", () => {
    expect(Object.keys(SAMPLE).sort()).toEqual(
      [
        ...["root", "shared", "client", "deploy"],
        ...["shared-bootstrap", "client-bootstrap", "deploy-bootstrap"],
      ].sort(),
    );
  });

  // A changed address replaces what stands there: a role gets another unique ID, and every trust in
  // it breaks. These are a contract.
  test("has these resources at these addresses", () => {
    expect(addresses(SAMPLE.client)).toEqual([
      "aws_iam_role.role-Billing_role_19A44A9A",
      "aws_iam_role.role-BuildRole_role_3C1FBC95",
      "aws_iam_role.role-MainAccountAdminRole_role_9B325B08",
      "aws_iam_role.role-VendorReadOnly_role_BC8D9525",
      "aws_iam_role_policy.role-BuildRole_permissions_388ADBD6",
      "aws_iam_role_policy_attachment.role-Billing_managed-policy-job-function--Billing_833C5B1F",
      "aws_iam_role_policy_attachment.role-BuildRole_managed-policy-AmazonEC2ContainerRegistryPowerUser_E521D606",
      "aws_iam_role_policy_attachment.role-MainAccountAdminRole_managed-policy-AdministratorAccess_4C76D913",
      "aws_iam_role_policy_attachment.role-VendorReadOnly_managed-policy-ReadOnlyAccess_3F229301",
    ]);
    expect(addresses(SAMPLE.root)).toEqual([
      "aws_iam_group.group-CrossAccount_group_C0370A9C",
      "aws_iam_group_membership.group-CrossAccount_members_ED29C0EB",
      "aws_iam_group_policy.may-assume-group-CrossAccount_policy_BC42C1CC",
      "aws_iam_user.user-alice_user_8FB9DDEC",
      "aws_iam_user.user-bob_user_CD79230E",
      "aws_iam_user_policy.may-assume-user-bob_policy_077ACC11",
    ]);
    expect(addresses(SAMPLE.shared)).toEqual([
      "aws_iam_role.role-VendorReadOnly_role_BC8D9525",
      "aws_iam_role.role-ci_role_4A73F4FA",
      "aws_iam_role_policy.may-assume-role-ci_policy_C41C7D52",
      "aws_iam_role_policy_attachment.role-VendorReadOnly_managed-policy-ReadOnlyAccess_3F229301",
    ]);
    expect(addresses(SAMPLE.deploy)).toEqual([
      "aws_iam_openid_connect_provider.oidc-provider-tokenactionsgithubusercontentcom_provider_42655D3E",
      "aws_iam_role.role-crosstrust-deployer_role_AF8C2228",
      "aws_iam_role_policy.may-assume-role-crosstrust-deployer_policy_D22FCF04",
    ]);
    for (const account of ["shared", "client", "deploy"]) {
      expect(addresses(SAMPLE[`${account}-bootstrap`])).toEqual([
        "aws_iam_role.execution-role_execution_role_3728552B",
        "aws_iam_role_policy_attachment.execution-role_execution_managed-policy-AdministratorAccess_0B77FA43",
      ]);
    }
  });

  test("trusts exactly these, at first", () => {
    const organization = { "aws:PrincipalOrgID": "o-a1b2c3d4e5" };
    const expected = {
      BuildRole: allowing({
        Principal: { AWS: "arn:aws:iam::100000000002:root" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: organization,
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::100000000002:role/build/ci" },
        },
      }),
      MainAccountAdminRole: allowing({
        Principal: { AWS: "arn:aws:iam::100000000001:root" },
        Action: "sts:AssumeRole",
        Condition: {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          StringEquals: organization,
          ArnLike: { "aws:PrincipalArn": "arn:aws:iam::100000000001:user/*" },
        },
      }),
      Billing: allowing({
        Principal: { AWS: "arn:aws:iam::100000000001:root" },
        Action: "sts:AssumeRole",
        Condition: {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          StringEquals: organization,
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::100000000001:user/bob" },
        },
      }),
      VendorReadOnly: allowing({
        Principal: { AWS: "arn:aws:iam::900000000001:root" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "some_key_build" } },
      }),
    };
    for (const [name, policy] of Object.entries(expected)) {
      const role = named(SAMPLE.client, "aws_iam_role", name);
      expect(policyOf(role, "assume_role_policy")).toEqual(policy);
    }
    expect(
      policyOf(only(SAMPLE["client-bootstrap"], "aws_iam_role"), "assume_role_policy"),
    ).toEqual(
      allowing({
        Principal: { AWS: "arn:aws:iam::100000000004:root" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: organization,
          ArnEquals: {
            "aws:PrincipalArn": [
              "arn:aws:iam::100000000004:role/OrganizationAccountAccessRole",
              "arn:aws:iam::100000000004:role/crosstrust-deployer",
              "arn:aws:iam::100000000004:user/founder",
            ],
          },
        },
      }),
    );
  });

  test("gives exactly the other half: to the role, the user, the group and the deployer", () => {
    const may = (stack: StackJson, type: string) => policyOf(only(stack, type));
    const grant = (Resource: string | readonly string[]) =>
      allowing({ Action: "sts:AssumeRole", Resource });
    expect(may(SAMPLE.shared, "aws_iam_role_policy")).toEqual(
      grant("arn:aws:iam::100000000003:role/crosstrust/BuildRole"),
    );
    expect(may(SAMPLE.root, "aws_iam_user_policy")).toEqual(
      grant("arn:aws:iam::100000000003:role/Billing"),
    );
    expect(may(SAMPLE.root, "aws_iam_group_policy")).toEqual(
      grant("arn:aws:iam::100000000003:role/MainAccountAdminRole"),
    );
    expect(may(SAMPLE.deploy, "aws_iam_role_policy")).toEqual(
      grant([
        "arn:aws:iam::100000000002:role/crosstrust-execution",
        "arn:aws:iam::100000000003:role/crosstrust-execution",
        "arn:aws:iam::100000000004:role/crosstrust-execution",
      ]),
    );
  });

  test("protects the deployer and the execution roles, and no other role", () => {
    const protectedRoles = Object.entries(SAMPLE).flatMap(([name, stack]) =>
      Object.values(resourcesOf(stack, "aws_iam_role"))
        .filter(({ lifecycle }) => lifecycle !== undefined)
        .map((role) => `${name}: ${String(role.name)}`),
    );
    expect(protectedRoles.sort()).toEqual([
      "client-bootstrap: crosstrust-execution",
      "deploy-bootstrap: crosstrust-execution",
      "deploy: crosstrust-deployer",
      "shared-bootstrap: crosstrust-execution",
    ]);
  });

  const DIGEST: unknown = expect.stringMatching(/^[0-9a-f]{16}$/);
  const TRUSTING = [
    ["BuildRole", "3C1FBC95"],
    ["MainAccountAdminRole", "9B325B08"],
    ["Billing", "19A44A9A"],
    ["VendorReadOnly", "BC8D9525"],
  ] as const;

  test("tells in its outputs whom it trusts, who is trusted, and its roles", () => {
    const role = (name: string, hash: string) => `aws_iam_role.role-${name}_role_${hash}`;
    const arn = (name: string, hash: string) => `\${${role(name, hash)}.arn}`;
    expect(SAMPLE.client.output).toEqual({
      trusted_principals: { value: {} },
      trusts: {
        value: {
          "arn:aws:iam::100000000003:role/Billing": {
            "arn:aws:iam::100000000001:user/bob": "account",
          },
          "arn:aws:iam::100000000003:role/crosstrust/BuildRole": {
            "arn:aws:iam::100000000002:role/build/ci": "account",
          },
        },
        depends_on: TRUSTING.map(([name, hash]) => role(name, hash)),
      },
      trust_terms: {
        value: {
          "arn:aws:iam::100000000003:role/Billing": {
            "arn:aws:iam::100000000001:user/bob": DIGEST,
          },
          "arn:aws:iam::100000000003:role/MainAccountAdminRole": {
            "group 100000000001/CrossAccount": DIGEST,
          },
          "arn:aws:iam::100000000003:role/VendorReadOnly": { "account 900000000001": DIGEST },
          "arn:aws:iam::100000000003:role/crosstrust/BuildRole": {
            "arn:aws:iam::100000000002:role/build/ci": DIGEST,
          },
        },
        depends_on: TRUSTING.map(([name, hash]) => role(name, hash)),
      },
      role_arns: {
        value: {
          Billing: arn("Billing", "19A44A9A"),
          BuildRole: arn("BuildRole", "3C1FBC95"),
          MainAccountAdminRole: arn("MainAccountAdminRole", "9B325B08"),
          VendorReadOnly: arn("VendorReadOnly", "BC8D9525"),
        },
      },
    });
    // The order of keys is that of the bytes.
    for (const { value } of Object.values(SAMPLE.client.output)) {
      expect(Object.keys(Object(value))).toEqual(Object.keys(Object(value)).sort());
    }
    expect(SAMPLE.root.output).toEqual({
      trusted_principals: {
        value: {
          "arn:aws:iam::100000000001:user/bob": "${aws_iam_user.user-bob_user_CD79230E.unique_id}",
        },
      },
      trusts: { value: {} },
      trust_terms: { value: {} },
      role_arns: { value: {} },
    });
    expect(SAMPLE["client-bootstrap"].output.trusts).toEqual({
      value: {
        "arn:aws:iam::100000000003:role/crosstrust-execution": {
          "arn:aws:iam::100000000004:role/crosstrust-deployer": "account",
        },
      },
      depends_on: ["aws_iam_role.execution-role_execution_role_3728552B"],
    });
  });
});

/** The stacks of two accounts, `shared` and `client`, with these roles. */
function withRoles(
  roles: Readonly<Record<string, unknown>>,
  rest: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, StackJson>> {
  return synthesize(
    modelOf({
      accounts: { shared: { id: "100000000002" }, client: { id: "100000000003" } },
      roles,
      ...rest,
    }),
  );
}

const CI = { accounts: ["shared"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] } as const;
const TRUSTS_CI = [{ account: "shared", role: "ci" }] as const;

describe("without settings.bootstrap", () => {
  test("there are no bootstrap stacks", () => {
    const stacks = withRoles({ ci: CI, images: { accounts: ["client"], trusts: TRUSTS_CI } });
    expect(Object.keys(stacks)).toEqual(["shared", "client"]);
  });
});

test("external and planned accounts get no stack", () => {
  const stacks = synthesize(
    modelOf({
      accounts: {
        shared: { id: "100000000002" },
        dev: { id: "" },
        vendor: { id: "900000000001", external: true },
      },
      roles: { ci: CI },
    }),
  );
  expect(Object.keys(stacks)).toEqual(["shared"]);
});

describe("an OpenID Connect provider", () => {
  const oidc = (issuer: string, audience: string, subject: string) => ({
    oidc: { issuer, audience, subject },
  });
  const github = "https://token.actions.githubusercontent.com";
  const { shared } = withRoles({
    plan: {
      accounts: ["shared"],
      trusts: [
        oidc(github, "sts.amazonaws.com", "repo:acme/infra:pull_request"),
        oidc(
          "https://app.terraform.io",
          "aws.workload.identity",
          "organization:acme:project:p:workspace:w:run_phase:plan",
        ),
      ],
    },
    apply: {
      accounts: ["shared"],
      trusts: [oidc(github, "apply", "repo:acme/infra:ref:refs/heads/main")],
    },
    ci: CI,
  });
  const providers = resourcesOf(shared, "aws_iam_openid_connect_provider");

  test("is made once per issuer, with the audiences of all roles that trust it", () => {
    expect(Object.values(providers)).toEqual([
      { url: github, client_id_list: ["apply", "sts.amazonaws.com"] },
      { url: "https://app.terraform.io", client_id_list: ["aws.workload.identity"] },
    ]);
  });

  test("is made before the roles that trust it, and only before those", () => {
    const [ofGithub, ofTerraform] = Object.keys(providers);
    expect(named(shared, "aws_iam_role", "plan").depends_on).toEqual([ofGithub, ofTerraform]);
    expect(named(shared, "aws_iam_role", "apply").depends_on).toEqual([ofGithub]);
    expect(named(shared, "aws_iam_role", "ci")).not.toHaveProperty("depends_on");
  });
});

describe("a role that is not ours (`existing`)", () => {
  const { shared } = withRoles({
    legacy: { accounts: ["shared"], existing: true },
    images: { accounts: ["client"], trusts: [{ account: "shared", role: "legacy" }] },
  });

  test("is looked up, and gets its permission as an attached policy", () => {
    expect(countResources(shared)).toEqual({
      aws_iam_policy: 1,
      aws_iam_role_policy_attachment: 1,
    });
    expect(Object.values(shared.data.aws_iam_role)).toEqual([
      expect.objectContaining({ name: "legacy" }),
    ]);
    expect(policyOf(only(shared, "aws_iam_policy"))).toEqual(
      allowing({ Action: "sts:AssumeRole", Resource: "arn:aws:iam::100000000003:role/images" }),
    );
    expect(only(shared, "aws_iam_role_policy_attachment")).toEqual({
      role: expect.stringMatching(/^\$\{data\.aws_iam_role\.[\w-]+\.name\}$/),
      policy_arn: `\${${addressOf(shared, "aws_iam_policy")}.arn}`,
    });
  });

  test("tells its unique ID", () => {
    expect(shared.output.trusted_principals.value).toEqual({
      "arn:aws:iam::100000000002:role/legacy": expect.stringMatching(
        /^\$\{data\.aws_iam_role\.[\w-]+\.unique_id\}$/,
      ),
    });
  });
});

test("import takes over a role, a user and a group, each at its own address", () => {
  const { shared } = withRoles(
    { ci: { ...CI, import: true } },
    {
      identities: {
        shared: {
          users: { bob: { import: true } },
          groups: { admins: { import: true, users: ["bob"] } },
        },
      },
    },
  );
  const imported = ["aws_iam_role", "aws_iam_user", "aws_iam_group"].map((type) => ({
    to: addressOf(shared, type),
    id: only(shared, type).name,
  }));
  expect(shared.import).toEqual(expect.arrayContaining(imported));
  expect(shared.import).toHaveLength(3);
});

test("placeholders are filled in, IAM's own variables reach AWS", () => {
  const { shared } = withRoles({
    ci: {
      ...CI,
      statements: [
        {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource:
            "arn:${Partition}:s3:::${AccountName}-${AccountId}-${Region}/${aws:username}/%{a",
        },
      ],
    },
  });
  const policy = only(shared, "aws_iam_role_policy");
  expect(policyOf(policy)).toEqual(
    allowing({
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::shared-100000000002-us-east-1/${aws:username}/%{a",
    }),
  );
});

test("a trust in EC2 makes an instance profile", () => {
  const { shared } = withRoles({
    build: { accounts: ["shared"], path: "/ec2/", trusts: [{ service: "ec2.amazonaws.com" }] },
  });
  expect(only(shared, "aws_iam_instance_profile")).toMatchObject({ name: "build", path: "/ec2/" });
});

test("the other half of 250 roles is numbered managed policies, whose union is exactly those roles", () => {
  const names = Array.from({ length: 250 }, (_, number) => `a-role-with-a-longer-name-${number}`);
  const { shared } = withRoles({
    ci: CI,
    ...Object.fromEntries(names.map((name) => [name, { accounts: ["client"], trusts: TRUSTS_CI }])),
  });
  const policies = Object.values(resourcesOf(shared, "aws_iam_policy"));
  expect(policies.map(({ name }) => name).sort()).toEqual([
    "CrossAccountAssumeRole-role-ci-1",
    "CrossAccountAssumeRole-role-ci-2",
    "CrossAccountAssumeRole-role-ci-3",
  ]);
  const arns = policies.flatMap(
    ({ policy }) => String(policy).match(/arn:aws:iam::\d{12}:role\/[\w-]+/g) ?? [],
  );
  expect(arns.sort()).toEqual(names.map((name) => `arn:aws:iam::100000000003:role/${name}`).sort());
  expect(countResources(shared).aws_iam_role_policy).toBeUndefined();
});

test("a role that others trust in several accounts grows by its own edges alone", () => {
  const roles = { ci: CI, images: { accounts: ["client"], trusts: TRUSTS_CI } };
  const before = withRoles(roles);
  const after = withRoles({ ...roles, more: { accounts: ["client"], trusts: TRUSTS_CI } });
  expect(policyOf(only(after.shared, "aws_iam_role_policy"))).toEqual(
    allowing({
      Action: "sts:AssumeRole",
      Resource: ["arn:aws:iam::100000000003:role/images", "arn:aws:iam::100000000003:role/more"],
    }),
  );
  expect(named(after.client, "aws_iam_role", "images")).toEqual(
    named(before.client, "aws_iam_role", "images"),
  );
});

test("a role of ours that a foreign role trusts gets the permission to assume it, and no stack makes that", () => {
  const stacks = synthesize(
    modelOf({
      accounts: {
        root: { id: "100000000001", management: true },
        shared: { id: "444455556666" },
        partner: { id: "900000000001", external: true },
      },
      roles: {
        ci: { accounts: ["shared"], trusts: [{ service: "ec2.amazonaws.com" }] },
        reports: {
          accounts: ["partner"],
          existing: true,
          path: "/agency/",
          trusts: [{ account: "shared", role: "ci", externalId: "our-key" }],
        },
      },
    }),
  );

  expect(policyOf(only(stacks.shared, "aws_iam_role_policy"))).toEqual(
    allowing({
      Action: "sts:AssumeRole",
      Resource: "arn:aws:iam::900000000001:role/agency/reports",
    }),
  );
  expect(Object.keys(stacks)).toEqual(["root", "shared"]);
});
