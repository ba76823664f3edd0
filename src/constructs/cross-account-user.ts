import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { Construct } from "constructs";

/** An IAM user of the trusted account. */
export interface CrossAccountUserProps {
  readonly userName: string;
  /** Begins and ends with a slash. @default "/" */
  readonly path?: string;
  /** `import`: the user exists and is taken over. @default "define" */
  readonly ownership?: "define" | "import";
}

/**
 * An IAM user, without password or access key: neither may stand in JSON or state, so people get
 * theirs by hand.
 */
export class CrossAccountUser extends Construct {
  private readonly user: IamUser;

  constructor(scope: Construct, id: string, props: CrossAccountUserProps) {
    super(scope, id);
    this.user = new IamUser(this, "user", { name: props.userName, path: props.path ?? "/" });
    if (props.ownership === "import") this.user.importFrom(props.userName);
  }

  /** The name as a reference to the resource: what uses it is made after the user. */
  get userNameReference(): string {
    return this.user.name;
  }

  /** The user's unique ID (`AIDA…`), known to Terraform after the apply. */
  get uniqueIdReference(): string {
    return this.user.uniqueId;
  }
}
