import { isStsAction } from "./sts-action";

/** What services call the policy on a resource of theirs. */
export const POLICY_NAMES = [
  "trust policy",
  "key policy",
  "bucket policy",
  "repository policy",
  "resource policy",
] as const;

/** What differs between services in who must allow an action on a resource. */
export interface ServiceRules {
  /** What the service calls the policy on its resources. */
  readonly policyName: (typeof POLICY_NAMES)[number];
  /** Whether identity policies count in the resource's account only where its policy delegates to them. */
  readonly policyMustAllow: boolean;
  /** What a statement without `Resource` means in the policy on a resource. */
  readonly withoutResource: "the resource" | "nothing" | "not documented";
  /** Actions, in lower case, that have no effect across accounts whatever policies allow. */
  readonly ownAccountOnly: (lowerCaseAction: string) => boolean;
}

/** The rules of the service that an action belongs to. */
export function rulesFor(action: string): ServiceRules {
  if (isStsAction(action)) return TRUST;
  const service = action.slice(0, action.indexOf(":")).toLowerCase();
  return RULES.get(service) ?? USUAL;
}

const USUAL: ServiceRules = {
  policyName: "resource policy",
  policyMustAllow: false,
  withoutResource: "not documented",
  ownAccountOnly: () => false,
};

/** IAM User Guide, "IAM roles", "Role trust policy": nobody assumes a role that its trust policy does not allow. */
const TRUST: ServiceRules = {
  policyName: "trust policy",
  policyMustAllow: true,
  withoutResource: "the resource",
  ownAccountOnly: () => false,
};

/** KMS Developer Guide, "Key policies in AWS KMS" and "Creating a key policy". */
const KMS: ServiceRules = {
  policyName: "key policy",
  policyMustAllow: true,
  withoutResource: "nothing",
  ownAccountOnly: (action) => !KMS_ACROSS_ACCOUNTS.test(action),
};

/** KMS Developer Guide, "Allowing users in other accounts to use a KMS key". */
const KMS_ACROSS_ACCOUNTS =
  /^kms:((en|de)crypt|reencrypt(from|to)|generatedatakey(pair)?(withoutplaintext)?|(generate|verify)mac|sign|verify|derivesharedsecret|(create|list|retire|revoke)grants?|describekey|getkeyrotationstatus|getpublickey)$/;

/** API_PutBucketPolicy: the caller must "belong to the bucket owner's account"; so for its like. */
const S3_OWN_ACCOUNT: readonly string[] = [
  "s3:deletebucketpolicy",
  "s3:getbucketpolicy",
  "s3:putbucketpolicy",
];

/** SQS Developer Guide, "Amazon SQS API permissions: Actions and resource reference". */
const SQS_OWN_ACCOUNT: readonly string[] = [
  "sqs:addpermission",
  "sqs:cancelmessagemovetask",
  "sqs:createqueue",
  "sqs:deletequeue",
  "sqs:listmessagemovetasks",
  "sqs:listqueues",
  "sqs:listqueuetags",
  "sqs:removepermission",
  "sqs:setqueueattributes",
  "sqs:startmessagemovetask",
  "sqs:tagqueue",
  "sqs:untagqueue",
];

const RULES: ReadonlyMap<string, ServiceRules> = new Map([
  ["kms", KMS],
  [
    "s3",
    {
      ...USUAL,
      policyName: "bucket policy",
      ownAccountOnly: (action: string) => S3_OWN_ACCOUNT.includes(action),
    },
  ],
  ["ecr", { ...USUAL, policyName: "repository policy", withoutResource: "the resource" }],
  ["sqs", { ...USUAL, ownAccountOnly: (action: string) => SQS_OWN_ACCOUNT.includes(action) }],
]);
