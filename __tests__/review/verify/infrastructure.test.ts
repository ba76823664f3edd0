import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import type { Model } from "../../../src/model/model";
import { verify } from "../../../src/review/verify/verify";
import { synthesize } from "../../stacks/organization";
import { sharedOrganization } from "./shared-organization";

const listed = sharedOrganization();
const STACKS = synthesize(listed);

const TRAIL = "arn:aws:s3:::acme-cloudtrail";
const LOG_KEY = "arn:aws:kms:eu-west-1:111122223333:alias/logs";
const STATES = "arn:aws:s3:::acme-terraform";
const BUS = "arn:aws:events:eu-west-1:111122223333:event-bus/crosstrust-notifications";

/** The stacks in which texts of the policy of the resource that names this text are replaced. */
function withPolicy(of: string, replace: readonly (readonly [string, string])[]) {
  const changed = JSON.parse(JSON.stringify(STACKS)) as Record<
    string,
    { resource: Record<string, Record<string, { policy?: unknown }>> }
  >;
  const blocks = Object.values(changed)
    .flatMap(({ resource }) => Object.entries(resource))
    .flatMap(([type, byName]) => (type.startsWith("aws_iam_") ? [] : Object.values(byName)));
  for (const block of blocks) {
    const { policy } = block;
    if (typeof policy !== "string" || !policy.includes(of)) continue;
    block.policy = replace.reduce((text, [from, to]) => text.replaceAll(from, to), policy);
    expect(block.policy).not.toBe(policy);
  }
  return changed as unknown as typeof STACKS;
}

function told(stacks: typeof STACKS, model: Model = listed) {
  const { findings } = verify(
    model,
    readEstate(new Map(Object.entries(stacks)), estateFacts(model)),
  );
  return findings.map(({ kind, arn, principal, says }) => [kind, arn, principal, says]);
}

const OWNER = "111122223333";
const USER = "444455556666";
const THIRD = "777788889999";
const SOURCES = `["${OWNER}","${USER}","${THIRD}"]`;
const ACTIONS = "s3:GetBucketAcl and s3:PutObject";

/** The policy, what is changed in it, and what is found. */
const CASES: readonly (readonly [
  string,
  string,
  readonly (readonly [string, string])[],
  readonly (readonly unknown[])[],
])[] = [
  [
    "logs of an account that accounts.json does not have",
    `${TRAIL}/`,
    [[SOURCES, `["${OWNER}","${USER}","${THIRD}","999999999999"]`]],
    [
      [
        "wider",
        TRAIL,
        "cloudtrail.amazonaws.com",
        `it gets in without account ${OWNER} or ${USER} or ${THIRD}: ${ACTIONS}`,
      ],
    ],
  ],
  [
    "logs that an account cannot write",
    `${TRAIL}/`,
    [[SOURCES, `["${OWNER}","${USER}"]`]],
    [
      [
        "missing",
        TRAIL,
        "cloudtrail.amazonaws.com",
        `it is declared with aws:SourceAccount ${THIRD} and is refused then: ${ACTIONS}`,
      ],
    ],
  ],
  [
    "logs that come without TLS",
    `${TRAIL}/`,
    [
      [
        '"Effect":"Deny","Principal":"*","Action":"s3:*"',
        '"Effect":"Deny","Principal":"*","Action":"s3:List*"',
      ],
    ],
    [["wider", TRAIL, "cloudtrail.amazonaws.com", `it gets in without TLS: ${ACTIONS}`]],
  ],
  [
    "a service that cannot encrypt logs",
    `config.amazonaws.com"]`,
    [['"cloudtrail.amazonaws.com","config.amazonaws.com"', '"config.amazonaws.com"']],
    [
      [
        "missing",
        LOG_KEY,
        "cloudtrail.amazonaws.com",
        "it is declared and may not kms:Decrypt and kms:DescribeKey and kms:GenerateDataKey and kms:GenerateDataKeyPair and kms:GenerateDataKeyPairWithoutPlaintext and kms:GenerateDataKeyWithoutPlaintext",
      ],
    ],
  ],
  [
    "states that a deployer cannot reach",
    `${STATES}/`,
    [[`"arn:aws:iam::${OWNER}:role/deployer"`, `"arn:aws:iam::${OWNER}:role/deployers"`]],
    [
      [
        "missing",
        STATES,
        `arn:aws:iam::${OWNER}:role/deployer`,
        expect.stringMatching(/s3:GetObject/),
      ],
      [
        "wider",
        STATES,
        `arn:aws:iam::${OWNER}:role/deployers`,
        expect.stringMatching(/s3:GetObject/),
      ],
    ],
  ],
  [
    "states that everyone of the account reaches",
    `${STATES}/`,
    [
      [
        '"Effect":"Deny","Principal":"*","Action":"s3:*"',
        '"Effect":"Deny","Principal":"*","Action":"s3:Put*"',
      ],
    ],
    [
      [
        "wider",
        STATES,
        undefined,
        `every role of account ${OWNER} gets in that has the permission`,
      ],
    ],
  ],
  [
    "events of an account without notified roles",
    BUS,
    [
      [
        `"arn:aws:iam::${THIRD}:root"`,
        `["arn:aws:iam::${USER}:root","arn:aws:iam::${THIRD}:root"]`,
      ],
    ],
    [
      [
        "not declared",
        BUS,
        `arn:aws:iam::${USER}:root`,
        "it may events:PutEvents, which accounts.json does not say",
      ],
    ],
  ],
  [
    "events that the bus does not take",
    BUS,
    [[`arn:aws:iam::${THIRD}:root`, `arn:aws:iam::${OWNER}:root`]],
    [
      [
        "missing",
        BUS,
        `arn:aws:iam::${THIRD}:role/crosstrust-notify-forward`,
        "it is declared and may not events:PutEvents",
      ],
    ],
  ],
  [
    "events from whomever of an account",
    BUS,
    [["role/crosstrust-notify-forward", "role/*"]],
    [["wider", BUS, undefined, `every role of account ${THIRD} gets in that has the permission`]],
  ],
];

describe("verify compares with accounts.json", () => {
  it.each(CASES)("%s", (_, of, replace, findings) => {
    const found = told(withPolicy(of, replace));
    for (const finding of findings) expect(found).toContainEqual(finding);
  });

  it.each([
    ["the state bucket", STATES, "state-bucket"],
    ["the bus", BUS, "owner"],
    [
      "the function that makes messages",
      "arn:aws:lambda:eu-west-1:111122223333:function:crosstrust-notify",
      "owner",
    ],
    ["log buckets", TRAIL, "owner"],
  ])("%s, which no stack has", (_, arn, stack) => {
    const emptied = { ...STACKS, [stack]: { ...STACKS[stack], resource: {} } };
    expect(told(emptied)).toContainEqual([
      "missing",
      arn,
      undefined,
      "the resource is declared, and no stack has it or a policy of it",
    ]);
  });
});
