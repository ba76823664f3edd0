import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { secretKeyPolicy } from "../sharing/secret-policy";
import { secretKeyAliasArn } from "../sharing/shared-arn";
import type { SharedSecret } from "../sharing/shared-resource";
import { sharedApplied, sharedTerms } from "../sharing/shared-terms";
import {
  regionArgument,
  tryPolicyText,
  type CrossAccountResource,
  type CrossAccountResourceProps,
} from "./cross-account-resource";
import { secretWithoutArn, secretWithoutKey } from "./errors";
import { ManagedKey } from "./managed-key";

/**
 * A secret that principals of other accounts read, with a key of its own unless an existing one is
 * named; of an existing secret the policy alone. Its value is put in by hand: neither JSON nor state
 * ever holds it.
 *
 * Guarantee: from stage to stage only the policies of secret and key differ, at the same addresses.
 */
export class CrossAccountSecret extends Construct implements CrossAccountResource {
  readonly appliedTrusts: Readonly<Record<string, string>>;
  readonly trustTerms: Readonly<Record<string, string>>;
  readonly keyArns: Readonly<Record<string, string>>;
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CrossAccountResourceProps<SharedSecret>) {
    super(scope, id);
    const { resource } = props;
    const aliasArn = secretKeyAliasArn(resource);
    this.appliedTrusts = sharedApplied(resource);
    this.trustTerms = sharedTerms(resource);
    const key = this.tryDefineKey(props);
    this.keyArns =
      key === undefined || aliasArn === undefined ? {} : { [aliasArn]: key.keyArnReference };
    const secretArn =
      resource.ownership === "existing"
        ? existingSecretArn(resource)
        : this.defineSecret(props, key?.keyArnReference ?? resource.key.keyArn);
    const policy = tryPolicyText(resource);
    this.dependables = [
      ...(policy === undefined
        ? []
        : [
            new SecretsmanagerSecretPolicy(this, "policy", {
              secretArn,
              policy,
              blockPublicPolicy: true,
              ...regionArgument(props),
            }),
          ]),
      ...(key === undefined ? [] : [key.dependable]),
    ];
  }

  private tryDefineKey(props: CrossAccountResourceProps<SharedSecret>): ManagedKey | undefined {
    const { alias, ownership } = props.resource.key;
    if (ownership === "existing" || alias === undefined) return undefined;
    return new ManagedKey(this, "key", {
      alias,
      policy: secretKeyPolicy(props.resource),
      ...regionArgument(props),
    });
  }

  private defineSecret(
    props: CrossAccountResourceProps<SharedSecret>,
    kmsKeyId: string | undefined,
  ): string {
    const { name, recoveryWindowInDays } = props.resource;
    if (kmsKeyId === undefined) throw secretWithoutKey(name);
    return new SecretsmanagerSecret(this, "secret", {
      name,
      kmsKeyId,
      recoveryWindowInDays,
      ...regionArgument(props),
    }).arn;
  }
}

/** The ARN of an existing secret: Terraform takes no name in its place. */
function existingSecretArn({ secretArn, name }: SharedSecret): string {
  if (secretArn === undefined) throw secretWithoutArn(name);
  return secretArn;
}
