import { isAccountId } from "./arn";

/**
 * Whether two policy texts say the same, as Terraform's provider compares them: white space, the
 * order of keys and lists, one value or a list of one, and an account's ID for its ARN do not matter.
 */
export function isSamePolicy(a: string, b: string): boolean {
  if (a === b) return true;
  try {
    return canonical(JSON.parse(a)) === canonical(JSON.parse(b));
  } catch {
    return false;
  }
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(",")}]`;
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}:${listed(key === "AWS" ? accountIds(item) : item)}`,
    );
    return `{${entries.sort().join(",")}}`;
  }
  return JSON.stringify(String(value));
}

function listed(value: unknown): string {
  return canonical(Array.isArray(value) ? value : [value]);
}

function accountIds(principals: unknown): unknown {
  const list: readonly unknown[] = Array.isArray(principals) ? principals : [principals];
  return list.map((principal) => {
    const id = /^arn:[^:]+:iam::(\d{12}):root$/.exec(String(principal))?.[1];
    return id !== undefined && isAccountId(id) ? id : principal;
  });
}

function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
