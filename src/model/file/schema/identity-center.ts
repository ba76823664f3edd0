import { NAME, closed, notes, region, text } from "./text";

/** `settings.identityCenter`: the instance whose permission sets a stack of ours defines. */
export const identityCenterSchema = closed({
  instanceArn: text(
    /^arn:aws[a-z-]*:sso:::instance\/(sso)?ins-[\w.-]{16}$/,
    "the ARN of an Identity Center instance, arn:aws:sso:::instance/ssoins-…",
    "copy it: aws sso-admin list-instances",
  ),
  identityStoreId: text(
    /^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
    "the ID of an identity store, d- and 10 hexadecimal digits",
    "copy it: aws sso-admin list-instances",
  ),
  account: text(NAME, "the name of an account", "name the account that administers Identity Center")
    .optional()
    .describe("Management account by default, or the delegated administrator"),
  region: region.optional().describe("Of the instance; the account's by default"),
  notes,
}).describe("The instance of IAM Identity Center whose permission sets are defined here");
