import { tryKnownText } from "../../estate/resolved-text";
import { createPolicy, deletePolicy, updatePolicy } from "../aws/customer-policies";
import { UnknownValue } from "../value";
import type { ResourceType } from "./resource-type";

/** `aws_iam_policy`. The document changes in place, all else makes another policy. The ID is the ARN. */
export const iamPolicy: ResourceType = {
  defaults: { path: "/" },
  replacedBy: ["name", "path", "description"],
  policies: ["policy"],
  refused: ["name_prefix"],
  importable: true,
  create: ({ account, arguments: args, origin }) =>
    createPolicy(account, {
      name: args.text("name"),
      path: args.optionalText("path"),
      description: args.optionalText("description"),
      policy: args.policy("policy"),
      origin,
    }).arn,
  read: ({ account }, id) => {
    const found = account.tryGetPolicy(id);
    return found === undefined
      ? undefined
      : {
          id,
          arn: id,
          name: found.name,
          path: found.path,
          description: found.description,
          policy: tryKnownText(found.policy.text) ?? new UnknownValue(found.policy.text, false),
        };
  },
  update({ account, arguments: args, changed }, id) {
    if (changed.has("policy")) updatePolicy(account, id, args.policy("policy"));
    return id;
  },
  delete({ account }, id) {
    if (account.tryGetPolicy(id) !== undefined) deletePolicy(account, id);
  },
};
