/** Services whose resources have policies or lists that name accounts and principals. */
const SERVICES = ["config", "ecr", "events", "kms", "lambda", "s3", "secretsmanager", "sns", "sqs"];

/** Whether a text is the ARN of a resource that is shared or takes logs. */
export function isResourceArn(text: string): boolean {
  const parts = /^arn:aws[a-z-]*:([a-z0-9]+):[a-z0-9-]*:(?:\d{12})?:[^\s*?]+$/.exec(text);
  return parts !== null && SERVICES.includes(parts[1]);
}

/** Whether a text is the ARN of an account's own principal: what the account uses has terms too. */
export function isAccountArn(text: string): boolean {
  return /^arn:aws[a-z-]*:iam::\d{12}:root$/.test(text);
}

/** Whether a text is the ARN of a KMS alias. */
export function isAliasArn(text: string): boolean {
  return /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:alias\/[\w/-]+$/.test(text);
}

/** Whether a text can be the ARN of the key that an alias stands for: one of its account and region. */
export function isKeyArnOf(aliasArn: string, text: string): boolean {
  const [prefix] = aliasArn.split("alias/");
  return text.startsWith(`${prefix}key/`) && /^[\w-]+$/.test(text.slice(prefix.length + 4));
}
