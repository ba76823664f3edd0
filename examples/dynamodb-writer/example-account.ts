import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, type TerraformStack } from "cdktf";

/** One of the example's two accounts, and how to get into it. */
export interface ExampleAccount {
  /** 12 digits. */
  readonly id: string;
  /** A named profile of the AWS configuration, with the credentials of an administrator. */
  readonly profile: string;
  readonly region: string;
}

/**
 * Gives a stack its account: the provider, which stops when the profile's credentials are those of
 * another account, and a state of its own in `state/` beside `main.ts`.
 */
export function deployTo(stack: TerraformStack, account: ExampleAccount): void {
  new AwsProvider(stack, "aws", {
    region: account.region,
    profile: account.profile,
    allowedAccountIds: [account.id],
  });
  // Terraform runs in cdktf.out/stacks/<stack>.
  new LocalBackend(stack, { path: `../../../state/${stack.node.id}.tfstate` });
}
