import type { PolicyDocument } from "../iam/policy-document";
import { stagedStatements } from "../trust/staged-statements";
import { keyAdministration } from "./kms-key-policy";
import { namedPolicy } from "./named-statements";
import type { SharedSecret } from "./shared-resource";

/** Reading a secret: its value, and what it is. */
export const SECRET_ACTIONS = [
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetSecretValue",
] as const;

/** What reading a secret takes of its key. */
export const SECRET_KEY_ACTIONS = ["kms:Decrypt", "kms:DescribeKey"] as const;

/** The resource policy of a secret; `Resource` is the secret itself (`*`). */
export function secretPolicy(secret: SharedSecret): PolicyDocument {
  return namedPolicy(secret.keep, [
    {
      name: "Read",
      statements: stagedStatements(secret.trusts, { actions: SECRET_ACTIONS, resources: "*" }),
    },
  ]);
}

/**
 * The policy of the key that is made for a secret: administration by the owning account, decryption
 * for whoever the secret is shared with. An existing key's policy is its owner's.
 */
export function secretKeyPolicy(secret: SharedSecret): PolicyDocument {
  return namedPolicy(
    [],
    [
      keyAdministration(secret),
      {
        name: "DecryptSecret",
        statements: stagedStatements(secret.trusts, {
          actions: SECRET_KEY_ACTIONS,
          resources: "*",
        }),
      },
    ],
  );
}
