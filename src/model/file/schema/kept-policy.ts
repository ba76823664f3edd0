import { z } from "zod";
import { expecting } from "../../../source/zod-problems";
import { closed } from "./text";

const texts = z.union([z.string(), z.array(z.string()).min(1)], {
  error: expecting("a text or a list of texts", "write it in quotes"),
});

/** JSON lets a condition's value be a number or a truth value; AWS gives back their text. */
const conditionText = z.union([z.string(), z.boolean(), z.number()]).transform(String);

const conditionTexts = z.union([conditionText, z.array(conditionText).min(1)], {
  error: expecting("a text or a list of texts", "write it in quotes"),
});

const principal = z.union(
  [
    z.literal("*"),
    closed({
      AWS: texts.optional(),
      Service: texts.optional(),
      Federated: texts.optional(),
      CanonicalUser: texts.optional(),
    }),
  ],
  { error: expecting('"*", or { "AWS": … } or { "Service": … }', "write whom it names") },
);

const statement = closed({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionTexts)).optional(),
})
  .refine(
    ({ Principal, NotPrincipal }) => (Principal === undefined) !== (NotPrincipal === undefined),
    {
      error: expecting("Principal or NotPrincipal, one of them", "say whom it is about"),
    },
  )
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
    error: expecting("Action or NotAction, one of them", "say which actions it is about"),
  });

const policy = closed({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z.union([z.array(statement), statement], {
    error: expecting("a statement or a list of statements", "write them in brackets"),
  }),
});

/** What `keep` names: the policy of a resource, or its statements alone. */
export const keptPolicySchema = z.union([z.array(statement), policy], {
  error: expecting(
    "a policy document, or a list of statements",
    "write what AWS shows as the resource's policy, or []",
  ),
});
