import { IamGroup } from "@cdktf/provider-aws/lib/iam-group";
import { IamGroupMembership } from "@cdktf/provider-aws/lib/iam-group-membership";
import { Construct } from "constructs";

/** An IAM group of the trusted account, with its members. */
export interface CrossAccountGroupProps {
  readonly groupName: string;
  /** Begins and ends with a slash. @default "/" */
  readonly path?: string;
  /** Names of users, or references to them. The group has these members and no others. */
  readonly userNames: readonly string[];
  /** `import`: the group exists and is taken over; its membership is replaced. @default "define" */
  readonly ownership?: "define" | "import";
}

/** An IAM group: what its members may assume is its policy, so a new member changes this account alone. */
export class CrossAccountGroup extends Construct {
  private readonly group: IamGroup;

  constructor(scope: Construct, id: string, props: CrossAccountGroupProps) {
    super(scope, id);
    this.group = new IamGroup(this, "group", { name: props.groupName, path: props.path ?? "/" });
    if (props.ownership === "import") this.group.importFrom(props.groupName);
    if (props.userNames.length > 0) {
      new IamGroupMembership(this, "members", {
        name: `${props.groupName}-members`,
        group: this.group.name,
        users: [...props.userNames],
      });
    }
  }

  /** The name as a reference to the resource: what uses it is made after the group. */
  get groupNameReference(): string {
    return this.group.name;
  }
}
