import { z } from "zod";
import { expecting } from "../../../source/zod-problems";
import { closed, text } from "./text";

/** Characters that IAM takes in a policy (IAM User Guide, "IAM and AWS STS quotas"). */
const policyText = text(
  /^[\t\n\r\u0020-\u00ff]*$/,
  "text of the characters that IAM takes in a policy: tab, line ends, U+0020 to U+00FF",
  "replace the other characters",
);

const texts = z.union([policyText, z.array(policyText).min(1)], {
  error: expecting("a text or a list of texts", "write it in quotes"),
});

const resource = policyText.regex(/^(\*|arn:.+)$/, {
  error: expecting("* or an ARN (IAM refuses anything else)", "write the ARN"),
});

const resources = z.union([resource, z.array(resource).min(1)], {
  error: expecting("an ARN or a list of ARNs", "write it in quotes"),
});

const action = z.union(
  [
    text(/^(\*|[A-Za-z0-9-]+:[\w*?]+)$/, "an action such as s3:GetObject", "write service:Action"),
    z
      .array(
        text(
          /^(\*|[A-Za-z0-9-]+:[\w*?]+)$/,
          "an action such as s3:GetObject",
          "write service:Action",
        ),
      )
      .min(1),
  ],
  { error: expecting("an action or a list of actions", "write service:Action in quotes") },
);

/** A statement of a role's own permissions, in IAM's spelling. Without a Principal: it has one. */
export const statementSchema = closed({
  Sid: text(/^[A-Za-z0-9]*$/, "a Sid of letters and digits", "take the others out").optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: action.optional(),
  NotAction: action.optional(),
  Resource: resources.optional(),
  NotResource: resources.optional(),
  Condition: z.record(policyText, z.record(policyText, texts)).optional(),
})
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
    error: expecting("Action or NotAction, one of them", "say which actions it is about"),
  })
  .refine(({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined), {
    error: expecting("Resource or NotResource, one of them", "say which resources it is about"),
  });
