import { asArray } from "../../iam/policy-document";
import type { Model, Sharing } from "../../model/model";
import { ecrActions, LAMBDA_PULL_ACTIONS } from "../../sharing/ecr-repository-policy";
import { EVENT_BUS_ACTION } from "../../sharing/event-bus-policy";
import {
  GRANT_ACTIONS,
  GRANTED_OPERATIONS,
  GRANTS_BY_SERVICES,
  KEY_USE_ACTIONS,
} from "../../sharing/kms-key-policy";
import { FUNCTION_ACTION } from "../../sharing/lambda-permissions";
import { bucketAllowances } from "../../sharing/s3-bucket-policy";
import { SECRET_ACTIONS, SECRET_KEY_ACTIONS } from "../../sharing/secret-policy";
import { secretKeyAliasArn, sharedArn } from "../../sharing/shared-arn";
import type {
  AllowedGrant,
  SharedEcrRepository,
  SharedKmsKey,
  SharedResource,
  SharedSecret,
} from "../../sharing/shared-resource";
import { queueActions } from "../../sharing/sqs-queue-policy";
import { topicActions } from "../../sharing/sns-topic-policy";
import { isPrincipalTrust } from "../../trust/trust";
import { conditionDemands } from "./condition-demands";
import {
  KEY_ADMINISTRATION,
  ORDINARY,
  type DeclaredResource,
  type ResourceUse,
  type ResourceWay,
} from "./declared-resource";
import { only, type Declarations } from "./declared-way";
import { ofConditions, oneOf, TLS } from "./demands";

/** What the entries of `sharing` mean, independently of the policies that are made of them. */
export function declaredSharing(
  model: Model,
  declarations: Declarations,
): readonly DeclaredResource[] {
  return model.sharing.flatMap((entry) => {
    const { resource } = entry;
    // Its permissions stand alone, so that no stack has anything of it before the first one.
    if (resource.type === "lambda-function" && resource.trusts.every(waits)) return [];
    return [
      ofShared(entry, { model, declarations }),
      ...(resource.type === "secret" ? keyOfSecret(entry, resource, declarations) : []),
    ];
  });
}

/** What an entry is read with. */
interface Meaning {
  readonly model: Model;
  readonly declarations: Declarations;
}

function ofShared({ resource, stack, account }: Sharing, meaning: Meaning): DeclaredResource {
  const uses = usesOf(resource);
  const trusts = resource.trusts
    .filter((trust) => resource.type !== "lambda-function" || !waits(trust))
    .map((trust) => ({ ...meaning.declarations.wayOf(trust), uses }));
  return {
    ...ORDINARY,
    stack,
    accountId: account.id,
    arn: sharedArn(resource),
    otherArns:
      resource.type === "kms-key" && resource.keyArn !== undefined ? [resource.keyArn] : [],
    ways: [...trusts, ...otherWays(resource, meaning)],
    isSettled: resource.type !== "kms-key" || resource.keyArn !== undefined,
    keep: resource.keep,
    ...(resource.type === "kms-key" && KEY_ADMINISTRATION),
  };
}

/** The key that is made for a secret: whoever the secret is shared with decrypts with it. */
function keyOfSecret(
  { stack, account }: Sharing,
  secret: SharedSecret,
  declarations: Declarations,
): readonly DeclaredResource[] {
  const arn = secretKeyAliasArn(secret);
  const { keyArn } = secret.key;
  if (arn === undefined) return [];
  const uses = SECRET_KEY_ACTIONS.map((action) => ({ action }));
  return [
    {
      ...ORDINARY,
      stack,
      accountId: account.id,
      arn,
      otherArns: keyArn === undefined ? [] : [keyArn],
      ways: secret.trusts.map((trust) => ({ ...declarations.wayOf(trust), uses })),
      isSettled: keyArn !== undefined,
      ...KEY_ADMINISTRATION,
    },
  ];
}

/** A function's permissions name confirmed principals and accounts alone. */
function waits(trust: SharedResource["trusts"][number]): boolean {
  return isPrincipalTrust(trust) && trust.uniqueId === undefined;
}

function usesOf(shared: SharedResource): readonly ResourceUse[] {
  const all = (actions: string | readonly string[]): readonly ResourceUse[] =>
    asArray(actions).map((action) => ({ action }));
  switch (shared.type) {
    case "kms-key":
      return [...all(KEY_USE_ACTIONS), ...GRANT_ACTIONS.map(byServices)];
    case "ecr-repository":
      return all(ecrActions(shared));
    case "secret":
      return all(SECRET_ACTIONS);
    case "s3-bucket":
      return bucketAllowances(shared).flatMap(({ actions, resources, conditions = {} }) =>
        asArray(actions).flatMap((action) =>
          asArray(resources).map((part) => ({
            action,
            part,
            demands: [TLS, ...conditionDemands(ofConditions(conditions))],
          })),
        ),
      );
    case "sns-topic":
      return all(topicActions(shared));
    case "sqs-queue":
      return all(queueActions(shared));
    case "event-bus":
      return all(EVENT_BUS_ACTION);
    case "lambda-function":
      return all(FUNCTION_ACTION);
  }
}

/** Grants are made by services alone, on the caller's behalf. */
function byServices(action: string): ResourceUse {
  return { action, demands: conditionDemands(ofConditions(GRANTS_BY_SERVICES)) };
}

/** Services and grantees. */
function otherWays(shared: SharedResource, meaning: Meaning): readonly ResourceWay[] {
  if (shared.type === "ecr-repository" && shared.allow.includes("lambda"))
    return [ofLambda(shared)];
  return shared.type === "kms-key"
    ? shared.grants.flatMap((grant) => ofGrant(grant, meaning, shared))
    : [];
}

function ofLambda({ trusts, partition, region }: SharedEcrRepository): ResourceWay {
  const accountIds = [...new Set(trusts.map(({ accountId }) => accountId))];
  const functions = accountIds.map((id) => `arn:${partition}:lambda:${region}:${id}:function:*`);
  return {
    ...only("lambda.amazonaws.com"),
    demands: conditionDemands([oneOf("aws:SourceArn", "function", functions)]),
    uses: LAMBDA_PULL_ACTIONS.map((action) => ({ action })),
  };
}

function ofGrant(
  { maker, granteeArn }: AllowedGrant,
  { model, declarations }: Meaning,
  key: SharedKmsKey,
): readonly ResourceWay[] {
  const grantee = conditionDemands([oneOf("kms:GranteePrincipal", "grantee", [granteeArn])]);
  const isMade = model.keyGrants.some(
    (grant) =>
      grant.granteeArn === granteeArn &&
      grant.aliasArn === sharedArn(key) &&
      grant.keyArn !== undefined,
  );
  return [
    {
      ...declarations.wayOf(maker),
      uses: [
        { action: "kms:CreateGrant", demands: grantee },
        { action: "kms:ListGrants" },
        { action: "kms:RevokeGrant" },
      ],
    },
    {
      ...only(granteeArn),
      // One of an account that is not ours is made by its owner.
      expected: isMade ? [granteeArn] : [],
      demands: [],
      uses: GRANTED_OPERATIONS.map((operation) => ({ action: `kms:${operation}` })),
    },
  ];
}
