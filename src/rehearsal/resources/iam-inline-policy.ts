import { tryKnownText } from "../../estate/resolved-text";
import type { SimulatedIdentity } from "../aws/entities";
import { deleteInlinePolicy, putInlinePolicy } from "../aws/holder-policies";
import type { SimulatedAccount } from "../aws/simulated-account";
import { UnknownValue } from "../value";
import type { ResourceCall, ResourceType } from "./resource-type";

/**
 * `aws_iam_role_policy`, `aws_iam_user_policy`, `aws_iam_group_policy`. The ID is `HOLDER:NAME`.
 */
export function iamInlinePolicy(kind: SimulatedIdentity["kind"]): ResourceType {
  const put = ({ account, arguments: args, origin }: ResourceCall): string => {
    const holder = { kind, name: args.text(kind) };
    putInlinePolicy(account, holder, args.text("name"), args.policy("policy"), origin);
    return `${holder.name}:${args.text("name")}`;
  };
  return {
    defaults: {},
    replacedBy: [kind, "name"],
    policies: ["policy"],
    refused: ["name_prefix"],
    importable: true,
    create: put,
    read: ({ account }, id) => {
      const [holderName, name] = id.split(":");
      const policy = tryGetHolder(account, kind, holderName)?.inlinePolicies.get(name);
      return policy === undefined
        ? undefined
        : {
            id,
            [kind]: holderName,
            name,
            policy: tryKnownText(policy.text) ?? new UnknownValue(policy.text, false),
          };
    },
    update: put,
    delete({ account }, id) {
      const [holderName, name] = id.split(":");
      const holder = tryGetHolder(account, kind, holderName);
      if (holder?.inlinePolicies.has(name) === true) deleteInlinePolicy(account, holder, name);
    },
  };
}

/** The role, user or group of that name; undefined when there is none. */
export function tryGetHolder(
  account: SimulatedAccount,
  kind: SimulatedIdentity["kind"],
  name: string,
): SimulatedIdentity | undefined {
  switch (kind) {
    case "role":
      return account.roles.tryGet(name);
    case "user":
      return account.users.tryGet(name);
    case "group":
      return account.groups.tryGet(name);
  }
}
