import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { Backend } from "../model/model";

/** Where a stack's state lies. */
export interface StackBackendProps {
  readonly backend: Backend;
  /**
   * Folder of the local states, relative to the checkout, where `cdktf.out` lies: no path of the
   * machine gets into the JSON.
   */
  readonly stateFolder: string;
}

/** From `cdktf.out/stacks/<stack>`, where Terraform runs, up to the checkout. */
const CHECKOUT = "../../..";

/** The local state of a stack, relative to the folder in which Terraform runs. */
export function localStatePath(stateFolder: string, stack: string): string {
  return `${CHECKOUT}/${stateFolder}/${stack}.tfstate`;
}

/** Gives a stack its backend; none of them needs Terraform at synthesis. */
export function addBackend(
  stack: TerraformStack,
  { backend, stateFolder }: StackBackendProps,
): void {
  const name = stack.node.id;
  switch (backend.type) {
    case "local":
      new LocalBackend(stack, { path: localStatePath(stateFolder, name) });
      return;
    case "s3":
      new S3Backend(stack, {
        bucket: backend.bucket,
        key: `${backend.keyPrefix}${name}.tfstate`,
        region: backend.region,
        encrypt: true,
      }).addOverride("use_lockfile", true);
      return;
    case "cloud":
      // cdktf's CloudBackend runs `terraform version` once per stack, and fails without Terraform.
      stack.addOverride("terraform.backend", undefined);
      stack.addOverride("terraform.cloud", {
        hostname: backend.hostname,
        organization: backend.organization,
        workspaces: {
          name: `${backend.workspacePrefix}${name}`,
          ...(backend.project !== undefined && { project: backend.project }),
        },
      });
  }
}
