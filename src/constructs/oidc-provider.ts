import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** An OpenID Connect issuer whose tokens roles of the account may trust. */
export interface OidcProviderProps {
  /** `https://…`, without a trailing slash. */
  readonly issuer: string;
  /** At least one. */
  readonly audiences: readonly string[];
}

/** The OpenID Connect provider of an issuer: IAM allows one per issuer and account. */
export class OidcProvider extends Construct {
  /** The resource, for `dependsOn` of the roles that trust it. */
  readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: OidcProviderProps) {
    super(scope, id);
    this.dependable = new IamOpenidConnectProvider(this, "provider", {
      url: props.issuer,
      clientIdList: [...new Set(props.audiences)].sort(),
    });
  }
}
