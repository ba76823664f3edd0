import { handoverOf, partiesOf } from "../../src/people/handover";
import { handoverMarkdown } from "../../src/people/handover-markdown";
import { modelWithLock } from "../../src/model/rollout/with-lock";
import type { Model } from "../../src/model/model";
import { agency } from "./agency";

const WHOLE = { account: "vendor", externalId: "vendors-key" };
const ROLE = { account: "vendor", role: "build", path: "/ci/", externalId: "vendors-key" };
const BUILD = "arn:aws:iam::900000000001:role/ci/build";

function entry(value: object): Model {
  return agency({ roles: { audit: { accounts: ["client"], ...value } } });
}

function markdown(model: Model, party = 0): string {
  return handoverMarkdown(handoverOf(model, "audit", partiesOf(model, "audit")[party]));
}

test("a role that trusts a whole account is handed over with all that they need", () => {
  expect(markdown(entry({ trusts: [WHOLE] }))).toBe(
    `# Access of vendor (900000000001) to audit

This is how you get into our role from your AWS account 900000000001.

## What lets you in

| role | external ID | lets in |
| --- | --- | --- |
| \`arn:aws:iam::111122223333:role/audit\` | \`vendors-key\` | each identity of your account that your policies allow |

Every request must carry the external ID. It is no password; use it for these roles alone, and for no other customer of yours.

## Attach this on your side

To the identity that assumes the role, as a policy of its own:

\`\`\`json
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sts:AssumeRole",
      "Resource": "arn:aws:iam::111122223333:role/audit"
    }
  ]
}
\`\`\`

## Configure it

In \`~/.aws/config\`. \`source_profile\` is your own profile; on a machine write \`credential_source = Ec2InstanceMetadata\`, \`EcsContainer\` or \`Environment\` in its place.

\`\`\`ini
[profile client/audit]
role_arn = arn:aws:iam::111122223333:role/audit
source_profile = default
external_id = vendors-key
duration_seconds = 3600
region = us-east-1
\`\`\`

## Try it

\`\`\`sh
aws sts get-caller-identity --profile client/audit
\`\`\`

It must print an ARN of \`assumed-role/audit\`. Then take \`external_id\` out of the profile: it must be refused with \`AccessDenied\`. Put it back.

## Send this back

- The ARN and ID of the role that you use, as \`aws iam get-role --role-name YOUR-ROLE --query 'Role.[Arn,RoleId]' --output text\` prints them: we can then trust that role in place of your whole account.`,
  );
});

describe("what they must send back", () => {
  const answers = (model: Model): string => markdown(model).split("## Send this back\n\n")[1];

  test("of a role that is trusted: its ID, once it exists", () => {
    expect(answers(entry({ trusts: [ROLE] }))).toBe(
      "- The ARN and ID of `build` once it exists, as `aws iam get-role --role-name build --query 'Role.[Arn,RoleId]' --output text` prints them: we then trust it alone, by its ID.",
    );
  });

  test("of a user: the user's", () => {
    const user = { account: "vendor", user: "eve", externalId: "eves-key" };

    expect(answers(entry({ trusts: [user] }))).toContain("`aws iam get-user --user-name eve ");
  });

  test("of a role that is confirmed: a word before it is made again", () => {
    const lock = {
      principals: { [BUILD]: { uniqueId: "AROABUILD1", confirmedAt: "2026-11-23T10:00:00Z" } },
      applied: {},
      stacks: {},
    };

    expect(answers(modelWithLock(entry({ trusts: [ROLE] }), lock))).toBe(
      "- A word before you delete `build` or make it again: the new one has another ID, and we must trust it anew.",
    );
  });

  test("of a role whose ID counts for nothing: that it works", () => {
    expect(answers(entry({ trusts: [{ ...ROLE, tighten: "principal-arn" }] }))).toBe(
      "- That it works.",
    );
  });
});

test("a user who needs MFA has a place for the device", () => {
  const user = { account: "vendor", user: "eve" };

  expect(markdown(entry({ trusts: [user] }))).toContain(
    "mfa_serial = arn:aws:iam::900000000001:mfa/YOUR-DEVICE\n",
  );
  expect(markdown(entry({ trusts: [user] }))).toContain("user/eve`, with MFA |");
});

test("of limits they get the other half, and a request in place of a profile", () => {
  const text = markdown(
    entry({
      trusts: [
        { ...WHOLE, sourceIdentity: "v-*", sessionTags: { team: ["it's", "b"], ticket: "*" } },
      ],
    }),
  );
  const role = "arn:aws:iam::111122223333:role/audit";
  const policies = [...text.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, json]) =>
    JSON.parse(json),
  );

  expect(policies.map(({ Statement }) => Statement)).toEqual([
    [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: role }],
    [
      { Effect: "Allow", Action: "sts:SetSourceIdentity", Resource: role },
      { Effect: "Allow", Action: "sts:TagSession", Resource: role },
    ],
  ]);
  expect(text).not.toContain("[profile");
  expect(text).toContain(
    `aws sts assume-role --role-arn ${role} --role-session-name 'YOUR-SESSION' --external-id 'vendors-key' --source-identity 'v-*' --tags 'Key=team,Value=it'\\''s' 'Key=ticket,Value=*'`,
  );
});

test("without an external ID nothing is said of one", () => {
  const text = markdown(entry({ trusts: [{ account: "vendor", acceptNoExternalId: true }] }));

  expect(text).toContain("| none |");
  expect(text).not.toMatch(/external_id|Every request/);
});

test("each party sees its own part alone", () => {
  const model = agency({
    roles: {
      audit: {
        accounts: ["client", "other"],
        trusts: [WHOLE, { account: "partner", externalId: "partners-key", in: "other" }],
      },
    },
  });

  expect(partiesOf(model, "audit").map(({ name }) => name)).toEqual(["vendor", "partner"]);
  expect(markdown(model, 0)).not.toMatch(/partner|900000000002/);
  expect(markdown(model, 1)).not.toMatch(/vendor|900000000001|111122223333/);
  expect(markdown(model, 1)).toContain("## What lets you in\n\n| role | external ID | lets in |");
});

test("only external accounts are parties: the other half of our own is made by their stacks", () => {
  expect(partiesOf(entry({ trusts: [{ account: "main" }, WHOLE] }), "audit")).toHaveLength(1);
});

describe("many roles", () => {
  const many = (accounts: number): Model =>
    agency({
      accounts: {
        ...Object.fromEntries(
          Array.from({ length: accounts }, (_, index) => [
            `account-${index}`,
            { id: String(200_000_000_000 + index) },
          ]),
        ),
        vendor: { id: "900000000001", external: true },
      },
      identities: {},
      roles: { audit: { accounts: ["*"], trusts: [WHOLE] } },
    });

  test("come in several policies where one has no room", () => {
    const { policies, over } = handoverOf(many(200), "audit", partiesOf(many(200), "audit")[0]);
    const arns = policies.flatMap(({ Statement }) =>
      [Statement].flat().flatMap(({ Resource }) => Resource ?? []),
    );

    expect(policies.length).toBeGreaterThan(1);
    expect([arns.length, over]).toEqual([200, 0]);
  });

  test("that are more than one identity can name are counted", () => {
    const text = markdown(many(2000));

    expect(text).toMatch(/\nThere are \d+ roles more than IAM lets one identity name/);
  });
});
