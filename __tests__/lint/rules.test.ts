import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readEstate } from "../../src/estate/read-estate";
import { policyDocument, type OneOrMany, type Statement } from "../../src/iam/policy-document";
import { asArray } from "../../src/iam/policy-document";
import { lint } from "../../src/lint/lint";
import { LINT_RULES } from "../../src/lint/rules";
import { LINT_RULE_IDS } from "../../src/model/lint-rule-ids";

/**
 * What somebody wrote: the trust policy of role `target` in account 111111111111, the permission of role
 * `caller` in account 222222222222, or the policy of something in 111111111111; and what the rule finds.
 */
interface LintCase {
  readonly case: string;
  /** @default - the role trusts `caller` */
  readonly trust?: OneOrMany<Statement>;
  readonly maxSessionDuration?: number;
  /** @default - the caller may assume the role */
  readonly permission?: OneOrMany<Statement>;
  readonly key?: OneOrMany<Statement>;
  readonly secret?: OneOrMany<Statement>;
  readonly secretKey?: string;
  readonly repository?: OneOrMany<Statement>;
  readonly finds: readonly string[];
}

const FOLDER = join(__dirname, "cases");

const TRUST: Statement = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::222222222222:role/caller" },
  Action: "sts:AssumeRole",
};
const SERVICE: Statement = {
  Effect: "Allow",
  Principal: { Service: "ec2.amazonaws.com" },
  Action: "sts:AssumeRole",
};
const PERMISSION: Statement = {
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Resource: "arn:aws:iam::111111111111:role/target",
};

function stacksOf(given: LintCase): ReadonlyMap<string, unknown> {
  const { trust = TRUST, permission = PERMISSION, maxSessionDuration } = given;
  return new Map([
    [
      "trusting",
      stack("111111111111", {
        aws_iam_role: {
          target: {
            name: "target",
            assume_role_policy: text(trust),
            max_session_duration: maxSessionDuration,
          },
        },
        aws_kms_key: { key: { description: "a key" } },
        aws_kms_alias: { key: { name: "alias/key", target_key_id: "${aws_kms_key.key.id}" } },
        ...(given.key !== undefined && {
          aws_kms_key_policy: {
            key: { key_id: "${aws_kms_key.key.id}", policy: text(given.key) },
          },
        }),
        ...(given.secret !== undefined && {
          aws_secretsmanager_secret: {
            secret: { name: "secret", kms_key_id: given.secretKey, policy: text(given.secret) },
          },
        }),
        ...(given.repository !== undefined && {
          aws_ecr_repository: { images: { name: "images" } },
          aws_ecr_repository_policy: {
            images: {
              repository: "${aws_ecr_repository.images.name}",
              policy: text(given.repository),
            },
          },
        }),
      }),
    ],
    [
      "trusted",
      stack("222222222222", {
        aws_iam_role: { caller: { name: "caller", assume_role_policy: text(SERVICE) } },
        aws_iam_role_policy: {
          caller: { name: "inline", role: "${aws_iam_role.caller.name}", policy: text(permission) },
        },
        aws_iam_user: { alice: { name: "alice" } },
        aws_iam_user_policy: {
          alice: { name: "hers", user: "${aws_iam_user.alice.name}", policy: text(PERMISSION) },
        },
      }),
    ],
  ]);
}

function stack(accountId: string, resource: unknown): unknown {
  const text = JSON.stringify({
    provider: { aws: [{ region: "eu-west-1", allowed_account_ids: [accountId] }] },
    resource,
  });
  return JSON.parse(text);
}

function text(statements: OneOrMany<Statement>): string {
  return JSON.stringify(policyDocument(asArray(statements)));
}

describe.each(LINT_RULE_IDS)("%s", (id) => {
  const cases: readonly LintCase[] = jest.requireActual(join(FOLDER, `${id}.json`));

  test.each(cases.map((each) => [each.case, each] as const))("%s", async (_, each) => {
    const found = (await lint(readEstate(stacksOf(each))))
      .filter(({ rule }) => rule.id === id)
      .map(({ where, found: what }) => (where === undefined ? what : `${where}: ${what}`));
    expect(found).toEqual(each.finds);
  });

  test("has cases of both kinds", () => {
    expect(cases.some(({ finds }) => finds.length > 0)).toBe(true);
    expect(cases.some(({ finds }) => finds.length === 0)).toBe(true);
  });
});

test("every rule has an id, a table of cases, and a page of AWS's", () => {
  expect(LINT_RULES.map(({ id }) => id)).toEqual(LINT_RULE_IDS);
  expect(readdirSync(FOLDER).sort()).toEqual(LINT_RULE_IDS.map((id) => `${id}.json`));
  for (const { page } of LINT_RULES) expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
});
