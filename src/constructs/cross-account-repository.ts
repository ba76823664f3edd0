import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { SharedEcrRepository } from "../sharing/shared-resource";
import { sharedApplied, sharedTerms } from "../sharing/shared-terms";
import {
  regionArgument,
  tryPolicyText,
  type CrossAccountResource,
  type CrossAccountResourceProps,
} from "./cross-account-resource";

/**
 * An ECR repository that principals of other accounts pull from or push to; of an existing one the
 * policy alone. Copies to other Regions are the registry's (`EcrReplication`).
 *
 * Guarantee: from stage to stage only the policy differs, at the same Terraform address.
 */
export class CrossAccountRepository extends Construct implements CrossAccountResource {
  readonly appliedTrusts: Readonly<Record<string, string>>;
  readonly trustTerms: Readonly<Record<string, string>>;
  readonly keyArns = {};
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CrossAccountResourceProps<SharedEcrRepository>) {
    super(scope, id);
    const { resource } = props;
    this.appliedTrusts = sharedApplied(resource);
    this.trustTerms = sharedTerms(resource);
    const region = regionArgument(props);
    const repository = resource.ownership === "existing" ? resource.name : this.define(props);
    const policy = tryPolicyText(resource);
    this.dependables =
      policy === undefined
        ? []
        : [new EcrRepositoryPolicy(this, "policy", { repository, policy, ...region })];
  }

  private define(props: CrossAccountResourceProps<SharedEcrRepository>): string {
    const { name, scanOnPush, immutableTags, lifecycle } = props.resource;
    const region = regionArgument(props);
    const repository = new EcrRepository(this, "repository", {
      name,
      imageTagMutability: immutableTags ? "IMMUTABLE" : "MUTABLE",
      imageScanningConfiguration: { scanOnPush },
      ...region,
    });
    const rules = lifecycleRules(lifecycle ?? {});
    if (rules.length > 0) {
      new EcrLifecyclePolicy(this, "lifecycle", {
        repository: repository.name,
        policy: JSON.stringify({ rules }),
        ...region,
      });
    }
    return repository.name;
  }
}

/** In ECR's own spelling. The rule for any image must come last (ECR User Guide, "Lifecycle policies"). */
function lifecycleRules({
  keepImages,
  untaggedDays,
}: NonNullable<SharedEcrRepository["lifecycle"]>): readonly unknown[] {
  const selections = [
    ...(untaggedDays === undefined
      ? []
      : [
          {
            tagStatus: "untagged",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: untaggedDays,
          },
        ]),
    ...(keepImages === undefined
      ? []
      : [{ tagStatus: "any", countType: "imageCountMoreThan", countNumber: keepImages }]),
  ];
  return selections.map((selection, position) => ({
    rulePriority: position + 1,
    selection,
    action: { type: "expire" },
  }));
}
